"""Cuts the body of a letter into segments: at stops, at line breaks and before enumerators."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from extraction.numerals import read_int


@dataclass(slots=True)
class Segment:
    """A stretch of the letter without its enumerator and its stop; `level` is the enumerator's rank, 0 for none."""

    start: int
    end: int
    text: str
    level: int
    ordinal: int
    opens_line: bool
    stop: str
    sentence: int


_BOUNDARY = r"(?<![^。！？；：\s〕）”|])"
_HAN = "一二三四五六七八九十"
_ENUMERATORS = (
    (10, rf"{_BOUNDARY}[{_HAN}]{{1,3}}、"),
    (20, rf"{_BOUNDARY}（[{_HAN}]{{1,3}}）、?"),
    (30, rf"{_BOUNDARY}\d{{1,2}}(?:[.、](?!\d)|\.(?=\d{{1,2}}月|20\d\d年|\d{{1,2}}个))"),
    (40, rf"{_BOUNDARY}(?:（\d{{1,2}}）|\d{{1,2}}）)、?"),
    (55, rf"{_BOUNDARY}——"),
    (50, r"[①-⑳❶-❿⑴-⑽]"),
    (
        60,
        rf"(?<![第之统唯专单同万])[{_HAN}]是(?!否|一)|{_BOUNDARY}[{_HAN}]要|(?<![^。！？；：\s，])(?:首先|其次|再次|第[{_HAN}]|其[{_HAN}])(?:，|、|是(?!否))",
    ),
)
# Every token begins with one of these; a look at one character spares most places the alternatives.
_FIRST = rf"(?=[{_HAN}\d首其再第（—①-⑳❶-❿⑴-⑽。！？；\n《“])"
_TOKEN = re.compile(
    f"{_FIRST}(?:"
    + "|".join(f"({pattern})" for _, pattern in _ENUMERATORS)
    + r"|([。！？；\n])|《[^《》\n]{0,100}》|“[^“”。\n]{0,60}”|（[^（）\n]{0,80}）)"
)
_STOP = len(_ENUMERATORS) + 1
_SECTION_WORD = re.compile(
    r"(?:情况|打算|工作|措施|计划|思路|安排|方面|问题|成效|建议|进展|举措|意见|目标|任务|说明|答复|背景|现状|做法|考虑|方向|重点)$"
)


_PAGE_NUMBER = re.compile(r"[—–\- ]*\d{1,3}[—–\- ]*|第\d{1,3}页(?:，?共\d{1,3}页)?")


def cut(text: str, start: int, end: int) -> list[Segment]:
    """The segments of text[start:end] in order; `text` is folded."""
    pieces = (piece for piece in _raw(text, start, end) if not _PAGE_NUMBER.fullmatch(piece.text))
    return _nested([part for piece in pieces for part in _heading_cut_off(piece)])


def _nested(segments: list[Segment]) -> list[Segment]:
    """A numbering that starts again right under a heading of its own rank (四、… 一、…) goes one step deeper."""
    expected: dict[int, int] = {}
    before: Segment | None = None
    for segment in segments:
        level = segment.level
        if level:
            under = before is not None and before.level == level and (segment.opens_line or before.stop == "")
            restarts = segment.ordinal == 1 and under
            if restarts or expected.get(level) == segment.ordinal:
                expected[level] = segment.ordinal + 1
                segment.level += 5
            else:
                expected.pop(level, None)
        before = segment
    return segments


def _raw(text: str, start: int, end: int) -> list[Segment]:
    found: list[Segment] = []
    begin, level, ordinal, opens, sentence = start, 0, 0, True, 0
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastindex
        if kind is None:
            continue
        stop = match[0] if kind == _STOP else ""
        piece = _trimmed(text, begin, match.start(), level, ordinal, opens, stop, sentence)
        if piece:
            found.append(piece)
            opens, level, ordinal = False, 0, 0
        begin = match.end()
        if kind == _STOP:
            sentence += stop != "；"
            if stop == "\n":
                opens, level, ordinal = True, 0, 0
        else:
            level, ordinal = _ENUMERATORS[kind - 1][0], _ordinal(match[0])
    last = _trimmed(text, begin, end, level, ordinal, opens, "\n", sentence)
    return [*found, last] if last else found


_NUMERAL = re.compile(rf"\d+|[{_HAN}]+")


def _ordinal(enumerator: str) -> int:
    numeral = _NUMERAL.search(enumerator)
    if numeral:
        return read_int(numeral[0])
    return int(unicodedata.numeric(enumerator[0], 0))


def _trimmed(
    text: str, start: int, end: int, level: int, ordinal: int, opens: bool, stop: str, sentence: int
) -> Segment | None:
    while start < end and text[start] in " |，、。；.":
        start += 1
    while end > start and text[end - 1] in " |":
        end -= 1
    return Segment(start, end, text[start:end], level, ordinal, opens, stop, sentence) if start < end else None


def _heading_cut_off(segment: Segment) -> list[Segment]:
    """A heading that runs into its sentence with only a blank between them becomes a segment of its own."""
    text = segment.text
    blank = text.find(" ")
    if not 2 <= blank <= 32 or len(text) - blank < 6 or "，" in text[:blank] or "《" in text[:blank]:
        return [segment]
    if not (_SECTION_WORD.search(text[:blank]) or (0 < segment.level <= 20 and text.startswith("关于"))):
        return [segment]
    rest = len(text) - len(text[blank:].lstrip())
    head = replace(segment, end=segment.start + blank, text=text[:blank], opens_line=True, stop="\n")
    tail = replace(segment, start=segment.start + rest, text=text[rest:], level=0, ordinal=0, opens_line=True)
    return [head, *_heading_cut_off(tail)]
