"""The binary layout of old Word files ([MS-DOC]): pieces of text, and the properties that say what they are.

Offsets are those of the FibRgFcLcb97 and FibRgLw97 tables in section 2.5 of that document.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from legacy_doc import LegacyDocError

End = Literal["outside", "inside", "cell", "row"]
"""How a paragraph ends: outside of tables, inside a cell, with its cell, or as the mark of a row's end."""
Story = list[tuple[str, End]]

_STORY_LENGTHS = 0x4C
_MAIN_STORY, _TEXT_BOXES, _STORIES = 0, 6, 7
_PLC_BTE_CHPX, _PLC_BTE_PAPX, _CLX = 0xFA, 0x102, 0x1A2
_PAGE = 512
_PAGE_NUMBER = 0x3FFFFF
_MOST_PIECES = 200_000

_DELETED, _HIDDEN = 0x0800, 0x083C
_IN_TABLE, _ROW_END, _INNER_CELL, _INNER_ROW_END = 0x2416, 0x2417, 0x244B, 0x244C
_OPERAND_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_TABLE_DEFINITION = 0xD608

_GONE = "\ufdd0"
_INK = str.maketrans(dict.fromkeys([*range(1, 9), 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x1C, 0x1D, 0xFDD0]))


class _Piece(NamedTuple):
    text: str
    offset: int
    width: int


class _Properties:
    """Which byte ranges of the text carry which properties."""

    def __init__(self, runs: Iterable[tuple[int, int, dict[int, int]]]) -> None:
        kept = sorted((run for run in runs if run[2]), key=lambda run: run[0])
        self._starts = [start for start, _, _ in kept]
        self._runs = kept

    def at(self, offset: int) -> dict[int, int]:
        found = bisect_right(self._starts, offset) - 1
        if found < 0 or offset >= self._runs[found][1]:
            return {}
        return self._runs[found][2]


def stories(main: bytes, table: bytes) -> list[Story]:
    """The text boxes, which hold letterheads, and the main text; not headers, footers, notes and comments."""
    lengths = struct.unpack_from(f"<{_STORIES}I", main, _STORY_LENGTHS)
    ends = list(accumulate(lengths))
    if ends[-1] > len(main):
        raise LegacyDocError("stories longer than the file")
    pieces = list(_pieces(main, table))
    characters = _Properties(_runs(main, table, _PLC_BTE_CHPX, _character_properties))
    text, offsets = _visible(pieces, characters)
    paragraphs = _Properties(_runs(main, table, _PLC_BTE_PAPX, _paragraph_properties))
    chosen = (_TEXT_BOXES, _MAIN_STORY)
    return [list(_split(text, offsets, ends[at] - lengths[at], ends[at], paragraphs)) for at in chosen]


def _pieces(main: bytes, table: bytes) -> Iterator[_Piece]:
    """[MS-DOC] 2.4.1: the text lies about in pieces of one or two bytes a character."""
    plc = _piece_table(_part(main, table, _CLX))
    count = (len(plc) - 4) // 12
    if not 0 < count <= _MOST_PIECES:
        raise LegacyDocError("no pieces")
    positions = struct.unpack_from(f"<{count + 1}I", plc)
    if positions[-1] > len(main):
        raise LegacyDocError("more text than the file can hold")
    for at, (start, end) in enumerate(pairwise(positions)):
        (packed,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * at + 2)
        width = 1 if packed & 0x40000000 else 2
        offset = (packed & 0x3FFFFFFF) // (3 - width)
        size = (end - start) * width
        if size < 0 or offset + size > len(main):
            raise LegacyDocError("a piece outside of the file")
        yield _Piece(_decoded(main[offset : offset + size], width), offset, width)


def _piece_table(clx: bytes) -> bytes:
    at = 0
    while at < len(clx) and clx[at] == 1:  # property modifiers, which the pieces of a fast save refer to
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise LegacyDocError("no piece table")
    (size,) = struct.unpack_from("<I", clx, at + 1)
    return clx[at + 5 : at + 5 + size]


def _decoded(data: bytes, width: int) -> str:
    """One character a unit, so that positions hold; characters beyond the first plane stay halved until the end."""
    return (
        data.decode("cp1252", "replace")
        if width == 1
        else "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data)))
    )


def _visible(pieces: Sequence[_Piece], characters: _Properties) -> tuple[str, list[int]]:
    """All text with what is deleted or hidden blotted out, and each character's place in the file."""
    parts: list[str] = []
    offsets: list[int] = []
    for piece in pieces:
        places = range(piece.offset, piece.offset + len(piece.text) * piece.width, piece.width)
        offsets += places
        parts += [
            _GONE if _is_gone(characters.at(place)) else character
            for character, place in zip(piece.text, places, strict=True)
        ]
    return "".join(parts), offsets


def _is_gone(properties: dict[int, int]) -> bool:
    return bool(properties.get(_DELETED) or properties.get(_HIDDEN))


def _split(
    text: str, offsets: Sequence[int], start: int, end: int, properties: _Properties
) -> Iterator[tuple[str, End]]:
    begin = start
    for at in range(start, min(end, len(text))):
        if text[at] not in "\r\x07\x0c":
            continue
        yield _inked(text[begin:at]), _end(text[at], properties.at(offsets[at]))
        begin = at + 1
    if begin < min(end, len(text)):
        yield _inked(text[begin:end]), "outside"


def _end(mark: str, properties: dict[int, int]) -> End:
    if properties.get(_ROW_END) or properties.get(_INNER_ROW_END):
        return "row"
    if mark == "\x07" or properties.get(_INNER_CELL):
        return "cell"
    return "inside" if properties.get(_IN_TABLE) else "outside"


def _inked(text: str) -> str:
    text = text.translate(_INK)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _part(main: bytes, table: bytes, at: int) -> bytes:
    offset, size = struct.unpack_from("<II", main, at)
    return table[offset : offset + size]


def _runs(
    main: bytes, table: bytes, at: int, properties: Callable[[bytes, int, int], dict[int, int]]
) -> Iterator[tuple[int, int, dict[int, int]]]:
    """[MS-DOC] 2.9.33: pages of 512 bytes, each with the bounds of its runs and, from its end, their properties."""
    plc = _part(main, table, at)
    count = max(0, (len(plc) - 4) // 8)
    for (number,) in struct.iter_unpack("<I", plc[4 * (count + 1) : 4 * (2 * count + 1)]):
        start = (number & _PAGE_NUMBER) * _PAGE
        page = main[start : start + _PAGE]
        runs = page[-1] if len(page) == _PAGE else 0
        if 0 < 4 * (runs + 1) < _PAGE:
            bounds = struct.unpack_from(f"<{runs + 1}I", page)
            yield from ((*bound, properties(page, 4 * (runs + 1), run)) for run, bound in enumerate(pairwise(bounds)))


def _character_properties(page: bytes, base: int, run: int) -> dict[int, int]:
    at = 2 * page[base + run]
    return _modifiers(page[at + 1 : at + 1 + page[at]]) if at else {}


def _paragraph_properties(page: bytes, base: int, run: int) -> dict[int, int]:
    at = 2 * page[base + 13 * run]
    if not at:
        return {}
    size, at = (2 * page[at + 1], at + 2) if page[at] == 0 else (2 * page[at] - 1, at + 1)
    return _modifiers(page[at + 2 : at + size])


def _modifiers(data: bytes) -> dict[int, int]:
    """[MS-DOC] 2.6: each property's code with the first byte of its value."""
    found: dict[int, int] = {}
    at = 0
    while at + 2 < len(data):
        (code,) = struct.unpack_from("<H", data, at)
        found[code] = data[at + 2]
        at += 2 + _operand_size(code, data, at + 2)
    return found


def _operand_size(code: int, data: bytes, at: int) -> int:
    fixed = _OPERAND_SIZES.get(code >> 13)
    if fixed is not None:
        return fixed
    if code == _TABLE_DEFINITION and at + 2 <= len(data):
        return int.from_bytes(data[at : at + 2], "little") + 1
    return data[at] + 1
