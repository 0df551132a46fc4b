"""`jiannuo extract`: reads letters and shows what is in them; stores nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from rich.console import Console

from bot import texts
from bot.cards.reading import listed, marked_up
from commitments.letters import Reading
from extraction.documents import Document, UnreadableDocument
from extraction.export import to_json
from extraction.sandbox import Readers
from extraction.tasks import find_reading

out = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def extract(files: list[Path], replied_on: date | None, *, as_json: bool, explain: bool) -> int:
    """Show each file's reading in order; the number of files that gave none."""
    failed = 0
    with Readers(1) as readers:
        for path in files:
            problem = _show(readers, path, replied_on, as_json=as_json, explain=explain)
            if problem is None:
                continue
            failed += 1
            errors.print(problem, style="red", markup=False)
            if as_json:
                print(json.dumps({"file": str(path), "error": problem}, ensure_ascii=False))
    return failed


def _show(readers: Readers, path: Path, replied_on: date | None, *, as_json: bool, explain: bool) -> str | None:
    try:
        documents = readers.read_now(path.read_bytes(), path.name)
        for document in documents:
            reading = readers.run_now(find_reading, document.text, replied_on)
            if reading is None:
                return texts.not_a_letter(path.name)
            _print(path, document, reading, as_json=as_json, explain=explain)
    except OSError:
        return texts.file_not_found(path)
    except UnreadableDocument as refused:
        return texts.refusal(refused.reason, path.name)
    return None


def _print(path: Path, document: Document, reading: Reading, *, as_json: bool, explain: bool) -> None:
    if as_json:
        print(json.dumps(to_json(reading, str(path)), ensure_ascii=False))
    else:
        out.print(marked_up(document, reading) if explain else listed(document, reading))
