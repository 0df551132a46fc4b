"""Old Word files, and those of WPS: their main text and text boxes, as it reads with tracked changes accepted."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess

from legacy_doc import ExtractionOptions, LegacyDocError
from legacy_doc.ole import OleReader

from extraction.formats.content import Content, Refusal, Refused
from extraction.formats.doc_text import Story, stories
from extraction.formats.paragraphs import table_row, tidy

_ENCRYPTED = 0x0100
_SECOND_TABLE = 0x0200
_WORD_97 = 0xA5EC
_SECONDS = 10
# Field codes run from \x13 to \x14, what they show from there to \x15.
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*(?:\x14|(?=\x15))")
_FIELD_END = re.compile("\x15")


def read(data: bytes) -> Content:
    container = _container(data)
    try:
        lines = [line for story in _stories(container) for line in _lines(story)]
    except (LegacyDocError, struct.error, IndexError) as error:
        lines = _by_antiword(data)
        if not lines:
            raise Refused(Refusal.BROKEN, "doc") from error
    text = tidy("\n".join(lines))
    if not text.strip():
        raise Refused(Refusal.NO_TEXT)
    return Content(text)


def _container(data: bytes) -> OleReader:
    try:
        container = OleReader(data, options=ExtractionOptions(max_file_bytes=len(data)))
        names = {name.casefold() for name in container.list_streams()}
    except (LegacyDocError, struct.error) as error:
        raise Refused(Refusal.BROKEN, "ole") from error
    if "encryptedpackage" in names:
        raise Refused(Refusal.PASSWORD)
    if "worddocument" not in names:
        raise Refused(Refusal.UNKNOWN_TYPE, _program(names))
    return container


def _program(names: set[str]) -> str:
    if names & {"workbook", "book"}:
        return "xls"
    return "ppt" if "powerpoint document" in names else "ole"


def _stories(container: OleReader) -> list[Story]:
    main = container.read_stream("WordDocument")
    ident, flags = struct.unpack_from("<H8xH", main)
    if flags & _ENCRYPTED:
        raise Refused(Refusal.PASSWORD)
    if ident != _WORD_97:
        raise LegacyDocError("written by a Word before 97")
    table = container.read_stream("1Table" if flags & _SECOND_TABLE else "0Table")
    return stories(main, table)


def _lines(story: Story) -> list[str]:
    """The story's paragraphs, and its table rows one line each."""
    lines: list[str] = []
    row: list[list[str]] = []
    cell: list[str] = []
    for text, end in story:
        shown = [line.strip() for line in _shown(text).split("\n")]
        if end == "row":
            lines += table_row(row)
            row, cell = [], []
        elif end == "outside":
            lines += shown
        else:
            cell += [line for line in shown if line]
        if end == "cell":
            row.append(cell)
            cell = []
    return lines + [line for left in (*row, cell) for line in left]


def _shown(text: str) -> str:
    """What is seen of a paragraph: results of fields instead of their codes, line breaks, plain hyphens."""
    while _FIELD_CODE.search(text):
        text = _FIELD_END.sub("", _FIELD_CODE.sub("", text, count=1), count=1)
    return text.translate({0x0B: "\n", 0x0C: "\n", 0x1E: "-", 0x1F: None, 0x13: None, 0x14: None, 0x15: None})


def _by_antiword(data: bytes) -> list[str]:
    """A second opinion on files that we cannot read, where antiword is installed."""
    program = shutil.which("antiword")
    if program is None:
        return []
    try:
        done = subprocess.run(  # noqa: S603 - the file goes in as bytes, nothing of it into the command
            [program, "-m", "UTF-8.txt", "-w", "0", "-"], input=data, capture_output=True, timeout=_SECONDS, check=True
        )
    except (subprocess.SubprocessError, OSError):
        return []
    return [_unframed(line) for line in done.stdout.decode(errors="replace").splitlines()]


def _unframed(line: str) -> str:
    """A table row without the bars that antiword draws."""
    if not (line.startswith("|") and line.endswith("|")):
        return line
    return "\t".join(cell.strip() for cell in line[1:-1].split("|"))
