"""The lines that a browser would show of an element: a new one only after block tags, a table row on one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from extraction.formats.paragraphs import WIDE, table_row


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCKS = _tags(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul"
)
_UNREAD = _tags("script style noscript template iframe object svg select button textarea input head")
_SITE = _tags("header footer nav aside form")
_MOSTLY_LINKS = 0.5
_WRAP = re.compile(rf"(?<=[{WIDE}])[ \t]*[\r\n]\s*|[ \t]*[\r\n]\s*(?=[{WIDE}])")
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")


def squeezed(text: str) -> str:
    """One line of a page: source line wraps next to Chinese mean nothing, other blanks are one blank."""
    return _BLANKS.sub(" ", _WRAP.sub("", text)).strip()


def lines_of(root: LexborNode, *, skip_links: bool = False) -> list[str]:
    """The lines below `root`; `skip_links` leaves out the site's own parts and lines that are mostly links."""
    page = _Page(skip_links)
    unread = _UNREAD | _SITE if skip_links else _UNREAD
    for entering, node in _walk(root, unread):
        page.visit(node, entering=entering)
    return page.finish()


def _walk(root: LexborNode, unread: frozenset[str]) -> Iterator[tuple[bool, LexborNode]]:
    """Each node when it opens and when it closes; no recursion, as broken pages nest thousands deep."""
    end = root.mem_id
    node: LexborNode | None = root
    while node is not None:
        yield True, node
        below = None if node.tag in unread else node.child
        while below is None and node is not None:
            yield False, node
            if node.mem_id == end:  # nodes compare by their whole markup
                return
            below = node.next
            node = node.parent if below is None else node
        node = below


@dataclass
class _Cell:
    """What gathers lines: the page itself, or a table cell."""

    lines: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    skip_links: bool = False

    def end_line(self) -> None:
        line = squeezed("".join(self.parts))
        if line and not (self.skip_links and self.linked > len(line) * _MOSTLY_LINKS):
            self.lines.append(line)
        self.parts, self.linked = [], 0


class _Page:
    def __init__(self, skip_links: bool) -> None:
        self._skip_links = skip_links
        self._open = [_Cell(skip_links=skip_links)]
        self._rows: list[list[_Cell]] = []
        self._links = 0
        self._preformatted = 0

    def finish(self) -> list[str]:
        self._open[0].end_line()
        return self._open[0].lines

    def visit(self, node: LexborNode, *, entering: bool) -> None:
        tag = node.tag
        if tag == "-text":
            self._text(node.text_content or "" if entering else "")
        elif tag == "a":
            self._links += 1 if entering else -1
        elif tag in ("td", "th") and self._rows:
            self._cell(entering=entering)
        elif tag == "br" or tag in _BLOCKS:
            self._block(tag, entering=entering)

    def _text(self, text: str) -> None:
        here = self._open[-1]
        first, *rest = text.split("\n") if self._preformatted else [text]
        here.parts.append(first)
        for line in rest:
            here.end_line()
            here.parts.append(line)
        if self._links:
            here.linked += len(text.strip())

    def _block(self, tag: str, *, entering: bool) -> None:
        self._open[-1].end_line()
        if tag == "pre":
            self._preformatted += 1 if entering else -1
        if tag == "tr" and entering:
            self._rows.append([])
        elif tag == "tr":
            self._open[-1].lines += table_row(cell.lines for cell in self._rows.pop())

    def _cell(self, *, entering: bool) -> None:
        if entering:
            self._open.append(_Cell(skip_links=self._skip_links))
            return
        cell = self._open.pop()
        cell.end_line()
        self._rows[-1].append(cell)
