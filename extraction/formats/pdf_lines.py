"""From the signs on printed pages back to paragraphs, judged by where lines begin and end as a reader's eye does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple, Self

from extraction.formats.paragraphs import WIDE

_IS_WIDE = re.compile(f"[{WIDE}]")
# Some printers map 日 and 月 to the look-alikes ⽇ and ⽉ of the radicals' block.
_RADICAL = re.compile(r"[\u2e80-\u2fdf]")
_PAGE_NUMBER = re.compile(r"[-—–－·•\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/,，共]*\s*\d{1,3}\s*页?)?[-—–－·•\s]*")
# No line breaks inside a word of another script, after an opening bracket, or before closing punctuation.
_WORD = re.compile(rf"(?:[^{WIDE}\s]|[（〔《“‘「『【）〕》”’」』】，。、；：！？])+|.", re.DOTALL)
_ENDS_SENTENCE = re.compile(r"[。！？；：!?;:][”’」』）)]*$")
_SALUTATION = re.compile(r"[^。；]{2,40}(?:代表|委员|同志)们?(?:[（(][^）)]*[）)])?[：:]")
_NOT_OF_A_TITLE = re.compile(r"^[（(]|[〔\[［]\d|[。，：:]$")

_COLUMN_GAP = 0.8  # in widths of a wide character: less is only the air that printers leave around digits
_TABLE_GAP = 2.5
_INDENT = 1.2
_RAGGED = 1.3
_TALL_GAP = 1.7


class Sign(NamedTuple):
    text: str
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; `first_word` is the width of what could not have been broken off to the line before."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    height: float
    first_word: float

    @classmethod
    def of(cls, signs: Sequence[Sign]) -> Iterator[Self]:
        """The line of these signs, or nothing when they are blank."""
        # Files keep signs in the order of their fonts at times; the eye goes from left to right.
        signs = sorted(signs, key=lambda sign: (sign.left, _is_ink(sign)))
        inked = [sign for sign in signs if _is_ink(sign)]
        if not inked:
            return
        text = _spaced(inked, set(_blanks(signs)))
        first = _WORD.match("".join(sign.text for sign in inked))
        word_end = inked[(first.end() if first else 1) - 1].right
        yield cls(
            _RADICAL.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text),
            min(sign.left for sign in inked),
            max(sign.right for sign in inked),
            min(sign.bottom for sign in inked),
            max(sign.top for sign in inked),
            max(median(sign.top - sign.bottom for sign in inked), 1.0),
            word_end - inked[0].left,
        )

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


def _is_ink(sign: Sign) -> bool:
    return bool(sign.text.strip("\0 \t\xa0\u3000"))


def _blanks(signs: Iterable[Sign]) -> Iterator[int]:
    """For each blank, the number of inked signs before it."""
    inked = 0
    for sign in signs:
        if _is_ink(sign):
            inked += 1
        else:
            yield inked


def _spaced(inked: Sequence[Sign], blanks: set[int]) -> str:
    """The signs with a blank where people left one: not around digits, where only the printer did."""
    size = _size(inked)
    parts = [inked[0].text]
    for at, (before, sign) in enumerate(pairwise(inked), start=1):
        gap = sign.left - before.right
        wide = _IS_WIDE.match(before.text) or _IS_WIDE.match(sign.text)
        if gap > _TABLE_GAP * size:
            parts.append("\t")
        elif gap > _COLUMN_GAP * size or (at in blanks and not wide):
            parts.append(" ")
        parts.append(sign.text)
    return "".join(parts)


def _size(signs: Iterable[Sign]) -> float:
    signs = list(signs)
    wide = [sign.right - sign.left for sign in signs if _IS_WIDE.match(sign.text)]
    return max(median(wide) if wide else median(sign.top - sign.bottom for sign in signs), 1.0)


def paragraphs(pages: Iterable[list[Line]]) -> list[str]:
    """The text of all pages as paragraphs, without page numbers."""
    rows = [_rows(_without_page_numbers(page)) for page in pages]
    lines = [line for page in rows for line in page]
    if not lines:
        return []
    column = _Column.of(lines)
    texts = [lines[0].text]
    for above, below in pairwise(lines):
        if column.continues(above, below):
            texts[-1] = joined(texts[-1], below.text)
        else:
            texts.append(below.text)
    return texts


def joined(above: str, below: str) -> str:
    """Two lines of one paragraph; only words of other scripts need a blank between them."""
    both_narrow = not _IS_WIDE.match(above[-1:]) and not _IS_WIDE.match(below[:1])
    inside_a_number = above[-1:].isdigit() and below[:1].isdigit()
    return above + (" " if both_narrow and not inside_a_number else "") + below


def _without_page_numbers(page: list[Line]) -> list[Line]:
    inner = page[:]
    for end in (-1, 0):
        if inner and _PAGE_NUMBER.fullmatch(inner[end].text):
            inner.pop(end)
    return inner


def _rows(page: list[Line]) -> list[Line]:
    """Pieces printed side by side, as table cells are, put on one line."""
    rows: list[Line] = []
    for line in page:
        if rows and _beside(rows[-1], line):
            between = "\t" if line.left - rows[-1].right > rows[-1].height / 2 else ""
            rows[-1] = replace(rows[-1], text=rows[-1].text + between + line.text, right=line.right)
        else:
            rows.append(line)
    return rows


def _beside(left: Line, right: Line) -> bool:
    overlap = min(left.top, right.top) - max(left.bottom, right.bottom)
    return overlap > 0.6 * min(left.height, right.height) and right.left >= left.right - 1


@dataclass(frozen=True, slots=True)
class _Column:
    """The column of running text: where its lines begin and end, how high and how far apart they are."""

    left: float
    right: float
    height: float
    pitch: float

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Self:
        longest = max(line.right - line.left for line in lines)
        long = [line for line in lines if line.right - line.left > 0.7 * longest]
        height = median(line.height for line in long)
        pitches = [above.middle - below.middle for above, below in pairwise(lines) if above.middle > below.middle]
        rights = sorted(line.right for line in long)
        return cls(
            min(line.left for line in long),
            rights[len(rights) * 9 // 10],
            height,
            median(pitches) if pitches else 2 * height,
        )

    def continues(self, above: Line, below: Line) -> bool:
        """Whether `below` goes on with the paragraph of `above`."""
        same_page = above.middle > below.middle
        if same_page and above.middle - below.middle > _TALL_GAP * self.pitch:
            return False
        if "\t" in above.text or "\t" in below.text or not _alike(above, below):
            return False
        if self._headline(above) and self._headline(below):
            return not any(_NOT_OF_A_TITLE.search(line.text) for line in (above, below))
        if _SALUTATION.fullmatch(below.text):
            return False
        if above.right + below.first_word < self.right - _RAGGED * self._em:
            return False
        if below.left < self.left + _INDENT * self._em:
            return True
        same_start = abs(above.left - below.left) < 0.5 * self._em
        long = above.right - above.left > 0.6 * (self.right - self.left)
        return same_start and long and not _ENDS_SENTENCE.search(above.text)

    @property
    def _em(self) -> float:
        return 0.85 * self.height

    def _headline(self, line: Line) -> bool:
        off_centre = abs((line.left + line.right) - (self.left + self.right)) / 2
        return off_centre < self._em and line.height > 1.1 * self.height


def _alike(above: Line, below: Line) -> bool:
    """Printed in one size, give or take what a mixture of scripts does to it."""
    return abs(above.height - below.height) < 0.12 * max(above.height, below.height)
