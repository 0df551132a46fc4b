"""`jiannuo load`: what /load does, from the terminal."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot import texts
from bot.cards.letters import Loaded
from bot.reading import keep_reading, read_document
from bot.services import Services
from bot.settings import Settings
from bot.terminal.opening import open_ledger
from commitments.clock import local_day
from commitments.letters import Reading
from commitments.people import Actor
from commitments.states import Role
from extraction.documents import Document, UnreadableDocument
from storage.ledger.replies import Given, NotReady, confirm_reply

READ_AHEAD = 8
"""So many files are read before the first of them is kept."""
TERMINAL = Actor("终端", frozenset({Role.ADMIN}))
errors = Console(stderr=True, highlight=False, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Read:
    """A document and what was read in it; None for one that is no letter."""

    document: Document
    reading: Reading | None


async def load(settings: Settings, files: list[Path], *, given: Given, confirm: bool) -> int:
    """Load the files in order; the number of files that could not be loaded, each with its sentence."""
    problems: list[str] = []
    async with open_ledger(settings) as services:
        with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
            shown = progress.add_task("载入", total=len(files))
            async for found in _read_ahead(services, files, given):
                problems += await _keep(services, found, given=given, confirm=confirm)
                progress.advance(shown)
    for problem in problems:
        errors.print(problem, style="red", markup=False)
    return len(problems)


async def _read_ahead(services: Services, files: list[Path], given: Given) -> AsyncIterator[list[Read | str]]:
    """What each file holds, in order; the workers read the next files while one is kept."""
    waiting: deque[asyncio.Task[list[Read | str]]] = deque()
    for path in files:
        waiting.append(asyncio.create_task(_read_file(services, path, given)))
        if len(waiting) > READ_AHEAD:
            yield await waiting.popleft()
    while waiting:
        yield await waiting.popleft()


async def _read_file(services: Services, path: Path, given: Given) -> list[Read | str]:
    """The documents of a file as they were read, and the sentences for what could not be."""
    try:
        found = await services.readers.read_each(await asyncio.to_thread(path.read_bytes), path.name)
    except OSError:
        return [texts.file_not_found(path)]
    return [
        texts.refusal(document.reason, document.name)
        if isinstance(document, UnreadableDocument)
        else Read(document, await read_document(services, document, given))
        for document in found
    ]


async def _keep(services: Services, found: list[Read | str], *, given: Given, confirm: bool) -> list[str]:
    """Keep the documents of one file; the sentences for what could not be loaded."""
    problems: list[str] = []
    for one in found:
        if isinstance(one, str):
            problems.append(one)
            continue
        loaded = await keep_reading(services, one.document, one.reading, by=TERMINAL, given=given)
        problem = await _settle(services, loaded, confirm=confirm)
        problems += [problem] if problem else []
    return problems


async def _settle(services: Services, loaded: Loaded, *, confirm: bool) -> str | None:
    """Confirm where that is wanted, and say what became of the letter; the sentence when it could not be loaded."""
    if loaded.reply_id is None:
        return texts.not_a_letter(loaded.name)
    if loaded.difference is not None:
        errors.print(texts.loaded_before(loaded.name, changes=bool(loaded.difference)), markup=False)
        return None
    now = services.clock.now()
    try:
        if confirm:
            await confirm_reply(
                services.database,
                loaded.reply_id,
                now=now,
                today=local_day(now, services.settings.zone),
                by=TERMINAL,
                without_unit=True,
            )
    except NotReady as incomplete:
        return texts.draft_incomplete(loaded.name, incomplete.missing)
    line = texts.loaded_line(loaded.name, loaded.found, confirmed=confirm, missing=loaded.missing)
    errors.print(line, markup=False)
    return None
