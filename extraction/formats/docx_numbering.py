"""The automatic numbers of Word lists (一、 （二） 3.), which are nowhere in the text itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from extraction.formats.xml import heard

_DIGITS = "〇一二三四五六七八九"
_PLACE = re.compile(r"%(\d)")
_LEVELS = 9


@dataclass
class Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    plain: bool = False
    """Numbers of higher levels are shown as 1, 2, 3 here, however they count themselves."""


@dataclass
class Numbering:
    """The lists that numbering.xml defines and the styles that use them."""

    lists: dict[str, str] = field(default_factory=dict)
    """List id → id of its pattern; lists of one pattern count on together."""
    patterns: dict[str, dict[int, Level]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Level)))
    restarts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    styles: dict[str, tuple[str | None, int]] = field(default_factory=dict)
    """Paragraph style → list id and level."""
    parents: dict[str, str] = field(default_factory=dict)

    def of_style(self, style: str | None) -> tuple[str | None, int]:
        for _ in range(_LEVELS):
            if style is None or style in self.styles:
                break
            style = self.parents.get(style)
        return self.styles.get(style or "", (None, 0))


class Counter:
    """Counts the numbered paragraphs of one document in their order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._restarted: set[str] = set()

    def label(self, list_id: str, level: int) -> str:
        """The number of the next paragraph on this level, as Word shows it; '' for bullets and unknown lists."""
        pattern_id = self._numbering.lists.get(list_id)
        levels = self._numbering.patterns.get(pattern_id or "")
        if pattern_id is None or levels is None or level not in levels:
            return ""
        counts = self._counts[pattern_id]
        if list_id not in self._restarted:
            self._restarted.add(list_id)
            counts.update({at: start - 1 for at, start in self._numbering.restarts.get(list_id, {}).items()})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        return _shown(levels, level, counts)


def _shown(levels: Mapping[int, Level], level: int, counts: Mapping[int, int]) -> str:
    if levels[level].style in ("bullet", "none"):
        return ""

    def number(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        here = levels.get(at, Level())
        style = "decimal" if levels[level].plain else here.style
        return _FORMATS.get(style, str)(counts.get(at, here.start))

    label = _PLACE.sub(number, levels[level].text)
    return label + " " if label[-1:].isalnum() and label[-1:].isascii() else label


def chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 120 → 一百二十; lists do not grow beyond."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    signs = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, sign in signs:
        text += sign * (number // value)
        number %= value
    return text


def _from(first: str, count: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= count else str(number)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "chineseLegalSimplified": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "ideographDigital": chinese,
    "ideographTraditional": lambda number: "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10],
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": lambda number: _roman(min(number, 100)),
    "upperRoman": lambda number: _roman(min(number, 100)).upper(),
}


def read_numbering(numbering_xml: bytes, styles_xml: bytes) -> Numbering:
    """What both parts say together; either may be empty."""
    numbering = Numbering()
    if numbering_xml:
        heard(numbering_xml, _Lists(numbering))
    if styles_xml:
        heard(styles_xml, _Styles(numbering))
    return numbering


def number_of(attributes: Mapping[str, str], default: int = 0) -> int:
    value = attributes.get("val", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else default


class _Part:
    """A part that says everything in the attributes of a few elements."""

    def data(self, text: str) -> None:
        raise NotImplementedError

    def end(self, tag: str) -> None:
        raise NotImplementedError


class _Lists(_Part):
    heeds: ClassVar[frozenset[str]] = frozenset(
        [
            "abstractNum",
            "num",
            "abstractNumId",
            "lvlOverride",
            "startOverride",
            "lvl",
            "start",
            "numFmt",
            "isLgl",
            "lvlText",
        ]
    )

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._pattern = self._list = ""
        self._level = Level()
        self._at = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "abstractNum":
            self._pattern, self._list = attributes.get("abstractNumId", ""), ""
        elif tag == "num":
            self._list = attributes.get("numId", "")
        elif tag == "abstractNumId":
            self._numbering.lists[self._list] = attributes.get("val", "")
        elif tag == "lvlOverride":
            self._at = number_of({"val": attributes.get("ilvl", "")})
        elif tag == "startOverride":
            self._numbering.restarts[self._list][self._at] = number_of(attributes, 1)
        else:
            self._level_part(tag, attributes)

    def _level_part(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "lvl":
            self._level = Level()
            if not self._list:  # levels inside a list only override its pattern
                self._numbering.patterns[self._pattern][number_of({"val": attributes.get("ilvl", "")})] = self._level
        elif tag == "start":
            self._level.start = number_of(attributes, 1)
        elif tag == "numFmt":
            self._level.style = attributes.get("val", "decimal")
        elif tag == "isLgl":
            self._level.plain = True
        elif tag == "lvlText":
            self._level.text = attributes.get("val", "")


class _Styles(_Part):
    heeds: ClassVar[frozenset[str]] = frozenset(["style", "basedOn", "ilvl", "numId"])

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._style = ""
        self._level = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "style":
            self._style, self._level = attributes.get("styleId", ""), 0
        elif tag == "basedOn":
            self._numbering.parents[self._style] = attributes.get("val", "")
        elif tag == "ilvl":
            self._level = number_of(attributes)
        elif tag == "numId":
            self._numbering.styles[self._style] = (attributes.get("val"), self._level)
