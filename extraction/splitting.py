"""Cuts a commitment further, at a comma, where the next clause brings another deadline or another named unit."""

from __future__ import annotations

import re
from typing import NamedTuple

from extraction.deadlines import DateMention
from extraction.lexicon import ACTION_WORD, OWN_SIDE, opens_with_action
from extraction.owners import find_bracketed, find_in_row, find_unit


class Part(NamedTuple):
    """One commitment's share of a segment: offsets in the segment, its last date, the unit that acts."""

    start: int
    end: int
    date: DateMention | None
    unit: str | None


_MARKED = re.compile(r"《[^《》]*》|“[^“”]*”|（[^（）]*）")
_ADVERBIAL = re.compile(
    r"(?:前|后|时|中|(?<!以)[上下]|起|期间|方面|基础上|精神|要求|部署|原则|规定|情况|条件|道路|同时|其次|此外|另外|一步|今后|问题|需求|实际|契机|目标|统筹)，?$|所需[^，]{0,6}(?:资金|经费|费用)$"
    r"|^(?:关于|根据|按照|针对|结合|围绕|为|在|对|鉴于|经|依托|以|通过|其中|随着|因|截至)"
)


# 待预算出来后，由县水利局…: a clause that only waits belongs to the one behind it.
_OWN_AGAIN = re.compile(rf"(?:同时|并)?(?:{OWN_SIDE})(?:将|拟|配套|负责|同步|牵头)")
_BY_SOMEBODY = re.compile(r"(?:将|拟|计划|均|统一)?由")
_CONDITION = re.compile(r"^待.*后$")


def clauses(text: str) -> list[tuple[int, int]]:
    """The stretches between commas; commas in brackets and quotation marks do not count."""
    marked = "“" in text or "（" in text or "《" in text
    plain = _MARKED.sub(lambda match: "·" * len(match[0]), text) if marked else text
    found, start = [], 0
    for clause in plain.split("，"):
        if clause:
            found.append((start, start + len(clause)))
        start += len(clause) + 1
    return found


def split(text: str, dates: tuple[DateMention, ...], organ: str | None) -> list[Part]:
    """The parts of one folded segment, in order; one part when nothing divides it."""
    parts: list[Part] = []
    start, date, unit, substance = 0, None, None, False
    opening: int | None = None
    for begin, end in clauses(text):
        clause = text[begin:end]
        own_dates = [mention for mention in dates if begin <= mention.start < end]
        closes = end == len(text) or not clause.startswith("由")  # 由X牵头 at the end only says who acts
        bracketed = find_bracketed(clause, organ) if closes else None
        own_unit = None if bracketed else find_unit(clause, organ)
        substance = substance and not (date is None and _only_names_the_matter(text[:begin], clause))
        another_day = bool(own_dates) and date is not None and substance
        another_unit = own_unit is not None and own_unit != unit and substance
        # 县发改局编制规划，我公司建站: the answering organ takes over from another unit.
        own_again = bool(unit and substance and not (own_unit or bracketed)) and _names_the_organ(clause)
        if another_day or another_unit or own_again:
            cut = begin if opening is None or own_dates else opening
            parts.append(Part(start, cut - 1, date, unit))
            start, date, substance = cut, None, False
            unit = None if own_again else own_unit or unit
        date = _sharpest(date, own_dates)
        unit = bracketed or unit or own_unit
        substance = substance or _has_substance(clause, own_dates)
        opening = (begin if opening is None else opening) if _CONDITION.search(clause) else None
    return [*parts, Part(start, len(text), date, find_in_row(text) or unit)]


def _names_the_organ(clause: str) -> bool:
    """The answering organ acts, as we or by its name."""
    return _OWN_AGAIN.match(clause) is not None or (not clause.startswith("由") and find_unit(clause, None) is not None)


def _only_names_the_matter(before: str, clause: str) -> bool:
    """支渠改造，将由县政府解决: what stands before the first unit that acts is no promise of its own."""
    return len(before) <= 18 and _BY_SOMEBODY.match(clause) is not None and not opens_with_action(before)


def _sharpest(date: DateMention | None, own_dates: list[DateMention]) -> DateMention | None:
    """The last day that is more than a bare year, else the last one."""
    exact = [mention for mention in own_dates if mention.rule != "year"]
    if exact:
        return exact[-1]
    return own_dates[-1] if own_dates and (date is None or date.rule == "year") else date


def _has_substance(clause: str, own_dates: list[DateMention]) -> bool:
    """False for a clause that is only a day, a place or a reason, and waits for what it introduces."""
    if own_dates:
        return len(clause) - sum(len(mention.text) for mention in own_dates) >= 2
    if len(clause) <= 2:
        return False
    return not _ADVERBIAL.search(clause) and ACTION_WORD.search(clause) is not None
