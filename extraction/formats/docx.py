"""New Word files: the text as it reads with all tracked changes accepted, tables row by row, text boxes once."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from extraction.formats.content import Content, Refusal, Refused
from extraction.formats.docx_numbering import Counter, Numbering, number_of, read_numbering
from extraction.formats.paragraphs import table_row, tidy
from extraction.formats.xml import heard
from extraction.formats.zipped import member

_LARGEST_PART = 40 * 1024 * 1024
# Deleted and moved-away text, the copy of a text box for old programs, field codes, readings above characters.
_UNREAD = frozenset({"del", "moveFrom", "Fallback", "delText", "instrText", "delInstrText", "rt"})
_OFF = ("0", "false", "off")


def read(container: zipfile.ZipFile) -> Content:
    names = container.namelist()

    def part(name: str) -> bytes:
        return member(container, name, _LARGEST_PART) if name in names else b""

    body = next((name for name in names if name.startswith("word/document") and name.endswith(".xml")), "")
    xml = part(body)
    may_count = b"numPr" in xml or b"pStyle" in xml  # the styles are often the larger part by far
    numbering = read_numbering(part("word/numbering.xml"), part("word/styles.xml")) if may_count else Numbering()
    lines = heard(xml, _Body(Counter(numbering), numbering.of_style)).lines()
    text = tidy("\n".join(lines))
    if not text.strip():
        raise Refused(Refusal.NO_TEXT)
    return Content(text)


@dataclass
class _Paragraph:
    parts: list[str] = field(default_factory=list)
    style: str | None = None
    list_id: str | None = None
    level: int = 0
    mark_deleted: bool = False


@dataclass
class _Row:
    cells: list[list[str]] = field(default_factory=list)
    deleted: bool = False


class _Body:
    """Hears document.xml once from start to end; every stack below is as deep as tables and text boxes nest."""

    heeds: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, counter: Counter, list_of_style: Callable[[str | None], tuple[str | None, int]]) -> None:
        self._counter = counter
        self._list_of_style = list_of_style
        self._places: list[list[str]] = [[]]
        self._paragraphs: list[_Paragraph] = []
        self._rows: list[_Row] = []
        self._placeholders: list[bool] = []
        self._path: list[str] = []
        self._unread = 0
        self._hidden = False
        self._carried: list[str] = []

    def lines(self) -> list[str]:
        if self._carried:
            self._places[0].append("".join(self._carried))
        return self._places[0]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        parent = self._path[-1] if self._path else ""
        self._path.append(tag)
        if self._unread or self._opens_unread(tag, parent):
            self._unread += 1
            return
        opener = _OPENERS.get(tag)
        if opener is not None:
            opener(self, attributes)
        elif self._paragraphs:
            self._property(tag, parent, attributes)

    def end(self, tag: str) -> None:
        self._path.pop()
        if self._unread:
            self._unread -= 1
            return
        closer = _CLOSERS.get(tag)
        if closer is not None:
            closer(self)

    def data(self, text: str) -> None:
        if self._path[-1] == "t" and not self._unread and not self._hidden and self._paragraphs:
            self._paragraphs[-1].parts.append(text)

    def _opens_unread(self, tag: str, parent: str) -> bool:
        if tag == "del" and parent == "rPr":  # the paragraph's mark is deleted, not its text
            if self._paragraphs and self._path[-3:-2] == ["pPr"]:
                self._paragraphs[-1].mark_deleted = True
            return True
        if tag == "del" and parent == "trPr":
            if self._rows:
                self._rows[-1].deleted = True
            return True
        if tag == "sdtContent" and self._placeholders and self._placeholders[-1]:
            return True
        return tag in _UNREAD

    def _property(self, tag: str, parent: str, attributes: Mapping[str, str]) -> None:
        paragraph = self._paragraphs[-1]
        if tag == "pStyle":
            paragraph.style = attributes.get("val")
        elif tag == "numId" and parent == "numPr":
            paragraph.list_id = attributes.get("val")
        elif tag == "ilvl" and parent == "numPr":
            paragraph.level = number_of(attributes)
        elif tag == "vanish" and self._path[-3:-2] == ["r"]:
            self._hidden = attributes.get("val") not in _OFF
        elif tag in _SIGNS and parent == "r" and not self._hidden:
            paragraph.parts.append(_SIGNS[tag])

    def _open_paragraph(self, _: Mapping[str, str]) -> None:
        self._paragraphs.append(_Paragraph())

    def _close_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        text = self._label(paragraph) + "".join(paragraph.parts)
        if paragraph.mark_deleted:
            self._carried.append(text)
            return
        whole = "".join(self._carried) + text
        self._carried = []
        self._places[-1] += [line.strip() for line in whole.split("\n")]

    def _label(self, paragraph: _Paragraph) -> str:
        from_style, level = self._list_of_style(paragraph.style)
        list_id = paragraph.list_id or from_style
        if list_id is None or not any(part.strip() for part in paragraph.parts):
            return ""
        return self._counter.label(list_id, paragraph.level if paragraph.list_id else level)

    def _open_run(self, _: Mapping[str, str]) -> None:
        self._hidden = False

    def _open_row(self, _: Mapping[str, str]) -> None:
        self._rows.append(_Row())

    def _close_row(self) -> None:
        row = self._rows.pop()
        if not row.deleted:
            self._places[-1] += table_row(row.cells)

    def _open_cell(self, _: Mapping[str, str]) -> None:
        self._places.append([])

    def _close_cell(self) -> None:
        cell = [line for line in self._places.pop() if line]
        if self._rows:
            self._rows[-1].cells.append(cell)

    def _open_control(self, _: Mapping[str, str]) -> None:
        self._placeholders.append(False)

    def _close_control(self) -> None:
        self._placeholders.pop()

    def _mark_placeholder(self, attributes: Mapping[str, str]) -> None:
        if self._placeholders:
            self._placeholders[-1] = attributes.get("val") not in _OFF


_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OPENERS: Mapping[str, Callable[[_Body, Mapping[str, str]], None]] = {
    "p": _Body._open_paragraph,
    "r": _Body._open_run,
    "tr": _Body._open_row,
    "tc": _Body._open_cell,
    "sdt": _Body._open_control,
    "showingPlcHdr": _Body._mark_placeholder,
}
_CLOSERS: Mapping[str, Callable[[_Body], None]] = {
    "p": _Body._close_paragraph,
    "tr": _Body._close_row,
    "tc": _Body._close_cell,
    "sdt": _Body._close_control,
}
