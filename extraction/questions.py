"""A question in plain Chinese → what it asks for, which replies and commitments it means, and the words that remain."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from commitments.units import LEVELS
from extraction import question_rules as rules
from extraction.folding import fold
from extraction.keywords import GAP, Keyword, read_keywords
from extraction.names import Lexicon, Named
from extraction.numerals import read_int
from extraction.periods import RULES as PERIODS
from extraction.periods import Period
from extraction.question_rules import Intent
from extraction.words import plain

NEAR_DAYS = 30


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that one question says; what it does not say is None, False or empty."""

    text: str
    intent: Intent
    about_reply: bool = False
    """Asked is a reply as a whole, not one of its commitments."""
    number: str | None = None
    year: int | None = None
    prefix: str | None = None
    document_no: str | None = None
    session: tuple[str, str] | None = None
    body: str | None = None
    level: str | None = None
    kind: str | None = None
    people: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    phone: str | None = None
    """The digits of a number to call, without the code of its area."""
    units: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    period: Period | None = None
    mine: bool = False
    ours: bool = False
    overdue: bool = False
    due: bool = False
    undated: bool = False
    done: bool | None = None
    rate: str | None = None
    when: bool = False
    """Asked is a day, so a promise with a day answers better."""
    finished: bool = False
    """Asked is the day on which it is there, not that on which it is begun."""
    yearly: bool = False
    """Asked is what is done each year."""
    measure: str | None = None
    """Asked is a number of these, as a pattern over the letter's words."""
    leans: bool = False
    """It goes on from the question before."""
    ordinal: int | None = None
    """Which of the things listed before is meant, from 1; -1 for the last."""
    words: tuple[Keyword, ...] = ()
    strangers: tuple[str, ...] = ()
    """Units that the ledger does not know at the place that is named."""
    unknown: tuple[str, ...] = ()
    """People or units that are named and stand in no reply: nothing may be answered in their name."""

    @property
    def names_a_reply(self) -> bool:
        return bool(self.number or self.document_no or self.people or self.contacts or self.phone)

    @property
    def has_subject(self) -> bool:
        """Whether it says what it is about; else only what was shown before can be meant."""
        named = (
            self.names_a_reply or self.units or self.strangers or self.places or self.mine or self.ours or self.unknown
        )
        return bool(named or self.period or any(not word.action and not word.optional for word in self.words))

    @property
    def wants_a_set(self) -> bool:
        return self.intent in (Intent.LIST, Intent.DUE, Intent.OVERDUE, Intent.COUNT)


@dataclass(slots=True)
class _Page:
    """The question's text, from which what has been understood is struck out; every character keeps its place."""

    text: str
    rest: str = field(init=False)
    mentions: list[tuple[str, ...]] = field(default_factory=list)
    """Units and places as the question writes them, units also without the place before them."""
    things: list[str] = field(default_factory=list)
    """What is known by its number: 4号线."""

    def __post_init__(self) -> None:
        self.rest = self.text

    def strike(self, start: int, end: int) -> None:
        self.rest = self.rest[:start] + GAP * (end - start) + self.rest[end:]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.search(self.rest)
        if match:
            self.strike(*match.span())
        return match


def read_question(text: str, *, lexicon: Lexicon, today: date) -> Question:
    """Read one question by the ledger's own names; `today` anchors 本月, 年底前 and their like."""
    wording = _without_slips(plain(text))
    if not wording.strip(" ?？!！.。,，") or rules.SMALL_TALK.match(wording):
        return Question(text, Intent.SMALL_TALK)
    question = _read(text, wording, lexicon, today)
    if match := rules.ORDINAL.search(wording):
        rest = wording[: match.start()] + GAP + wording[match.end() :]
        listed = _read(text, rest, lexicon, today)
        if not listed.has_subject:
            return replace(listed, ordinal=_ordinal(match))
    return question


def _read(text: str, wording: str, lexicon: Lexicon, today: date) -> Question:
    page = _Page(wording)
    which = _read_reply(page, lexicon) | _read_names(page, lexicon)
    flags = _read_flags(page)
    period = _read_period(page, today, flags)
    rest = rules.OF_SETS.sub(GAP, page.rest) if _asks_for_sets(wording, which, flags) else page.rest
    words = () if "unknown" in which else read_keywords(rest, page.mentions, page.things)
    known = Question(
        text,
        Intent.UNKNOWN,
        period=period,
        words=words,
        leans=bool(rules.LEANS.search(wording)),
        **which,  # type: ignore[arg-type]
        **flags,  # type: ignore[arg-type]
    )
    return _with_intent(known, wording, today)


def _asks_for_sets(wording: str, which: dict[str, object], flags: dict[str, object]) -> bool:
    asks = flags["due"] or flags["overdue"] or "done" in flags or "units" in which
    return bool(asks or rules.LIST.search(wording) or rules.COUNT.search(wording))


def _without_slips(text: str) -> str:
    for wrong, right in rules.SLIPS:
        text = wrong.sub(right, text)
    return text


def _ordinal(match: re.Match[str]) -> int:
    return -1 if match["last"] else read_int(match["number"] or match["bare"])


def _read_reply(page: _Page, lexicon: Lexicon) -> dict[str, object]:
    """Number, document number, session, and whether it is a suggestion or a proposal, at which level."""
    found: dict[str, object] = {}
    if match := page.take(rules.SESSION):
        found["session"] = (match["term"], match["meeting"])
    if match := page.take(rules.BODY):
        found |= {"body": match["body"], "level": match["level"]}
    if match := page.take(rules.PHONE):
        found["phone"] = match["local"] or match["mobile"] or match["bare"]
    while match := page.take(rules.NAMED_BY_NUMBER):
        page.things.append(match.group())
    if match := page.take(rules.DOCUMENT_NO):
        found["document_no"] = "".join(re.findall(r"\w+", match.group())).replace("第", "")
    elif number := _read_number(page, lexicon):
        found |= number
    kinds = {word for word in ("建议", "提案") if word in page.rest}
    if len(kinds) == 1:
        found["kind"] = kinds.pop()
    return found


def _read_number(page: _Page, lexicon: Lexicon) -> dict[str, object] | None:
    match = rules.NUMBER.search(page.rest)
    if match and _names_a_thing(page, match, lexicon):
        page.strike(match.start() - 2, match.end())
        page.things.append(page.text[match.start() - 2 : match.end()])
    elif match:
        page.strike(*match.span())
        year = match["year"]
        digits = match["digits"].lstrip("0")
        found: dict[str, object] = {"number": digits or "0"}
        if year:
            found["year"] = int(year) if len(year) == 4 else 2000 + int(year)
        if match["prefix"] and match["prefix"] not in "查看找第的":
            found["prefix"] = match["prefix"]
        return found
    if match := page.take(rules.CHINESE_NUMBER):
        return {"number": str(read_int((match["digits"] or match["second"]).replace("零", "〇")))}
    if match := page.take(rules.BARE_NUMBER):
        return {"number": (match["after"] or match["bare"]).lstrip("0") or "0"}
    return None


def _names_a_thing(page: _Page, match: re.Match[str], lexicon: Lexicon) -> bool:
    """明珠1号 is no suggestion: a small number right behind a word that is neither a place nor says where it stands."""
    before = page.rest[: match.start()]
    if len(match["digits"]) > 2 or match["digits"][0] == "0" or match.group()[0] in "第编n":
        return False
    if rules.ABOUT_REPLY.search(page.rest) or not rules.NAMED.search(before) or rules.NO_NAME.search(before):
        return False
    return not any(place.end == len(before) for place in (*lexicon.find_places(before), *lexicon.find_units(before)))


def _read_names(page: _Page, lexicon: Lexicon) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, named in (("people", lexicon.find_people(page.rest)), ("contacts", lexicon.find_contacts(page.rest))):
        if named:
            found[key] = _strike_all(page, named)
    if "people" not in found and (stranger := _find_stranger(page.rest)):
        return found | {"unknown": (stranger,)}
    for key, find in (("units", lexicon.find_units), ("places", lexicon.find_places)):
        if named := find(page.rest):
            page.mentions += [_mention(page.rest[span.start : span.end], lexicon) for span in named]
            found[key] = _strike_all(page, named)
    if "units" in found and not found["units"]:
        found["strangers"] = tuple(mention[0] for mention in page.mentions[:1])
    return found


def _mention(written: str, lexicon: Lexicon) -> tuple[str, ...]:
    place = next((place for place in lexicon.find_places(written) if place.start == 0), None)
    bare = written[place.end :].lstrip(LEVELS) if place else ""
    return (written, bare) if len(bare) > 2 else (written,)


def _strike_all(page: _Page, named: list[Named]) -> tuple[str, ...]:
    for span in named:
        page.strike(span.start, span.end)
    return tuple(dict.fromkeys(name for span in named for name in span.names))


def _find_stranger(text: str) -> str | None:
    """Somebody who is called a delegate and is not known: nothing must be answered in that name."""
    for match in rules.STRANGER.finditer(text):
        name = match["name"]
        if name[0] in rules.SURNAMES and not rules.NOT_A_NAME.search(name):
            return name
    return None


def _read_flags(page: _Page) -> dict[str, object]:
    text = page.rest
    flags: dict[str, object] = {
        "rate": next((name for name, pattern in rules.RATES if page.take(pattern)), None),
        "mine": bool(page.take(rules.MINE)),
        "ours": bool(page.take(rules.OURS)),
        "undated": bool(page.take(rules.UNDATED)),
        "overdue": bool(page.take(rules.OVERDUE)),
        "due": bool(page.take(rules.DUE)),
        "about_reply": bool(rules.ABOUT_REPLY.search(text)) and not rules.INSIDE_REPLY.search(text),
        "when": bool(rules.WHEN.search(page.text)),
        "finished": bool(rules.FINISHED.search(page.text)),
        "yearly": bool(rules.YEARLY.search(page.text)),
        "measure": _measure(page),
    }
    if rules.UNDONE.search(text):
        flags["done"] = False
    elif rules.DONE.search(text):
        flags["done"] = True
    return flags


def _measure(page: _Page) -> str | None:
    match = rules.MEASURE.search(page.rest)
    if match is None:
        return None
    page.strike(*match.span())
    written = match["measure"]
    return rules.MEASURED.get(written, written)


def _read_period(page: _Page, today: date, flags: dict[str, object]) -> Period | None:
    page.take(rules.START_IS_TODAY)
    if flags["overdue"] or "done" in flags:
        page.take(rules.UP_TO_TODAY)
    found = _find_period(page, today)
    if found is None:
        near = flags["due"] and rules.NEAR.search(page.text)
        return (today, today + timedelta(days=NEAR_DAYS)) if near else None
    first, last = found
    if first < last == today and flags["due"] and not flags["overdue"] and not rules.PAST_SPAN.search(page.text):
        return today, today + (last - first)
    if rules.FROM_TODAY.search(page.text) and first < today <= last:
        first = today
    return first, last


def _find_period(page: _Page, today: date) -> Period | None:
    folded = fold(page.rest)
    for rule in PERIODS:
        match = rule.pattern.search(folded)
        if match and (period := rule.resolve(match.groupdict(), today)):
            page.strike(*match.span())
            return period
    return None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What decides what is asked for."""

    question: Question
    text: str
    counted: bool
    listed: bool

    @property
    def selects(self) -> bool:
        question = self.question
        return question.names_a_reply or bool(
            question.units or question.strangers or question.places or question.mine or question.ours
        )

    @property
    def matter(self) -> bool:
        """Whether some word names a thing, not only what is done to it."""
        return any(not word.action and not word.optional for word in self.question.words)

    @property
    def gathers(self) -> bool:
        """Whether all of something is wanted: words of a matter ask for one thing unless a list or number is named."""
        if self.listed or self.counted or not self.matter or self.text.rstrip("?？。 ").endswith("的"):
            return True
        return self.selects and all(word.vague or word.action or word.optional for word in self.question.words)

    @property
    def wonders(self) -> bool:
        """逾期了吗: about what was shown before."""
        return not (self.selects or self.listed or self.counted) and bool(rules.YES_OR_NO.search(self.text))

    def has(self, pattern: re.Pattern[str]) -> bool:
        return pattern.search(self.text) is not None


_INTENTS: tuple[tuple[Intent, Callable[[_Asked], bool]], ...] = (
    (Intent.SMALL_TALK, lambda asked: asked.has(rules.CHATTER) and not asked.selects),
    (Intent.HELP, lambda asked: asked.has(rules.HELP) and not asked.selects and not asked.matter),
    (Intent.CONTACT, lambda asked: asked.has(rules.CONTACT) or asked.question.phone is not None),
    (Intent.STATUS, lambda asked: asked.question.overdue and asked.wonders),
    (Intent.COUNT, lambda asked: asked.counted),
    (Intent.OVERDUE, lambda asked: asked.question.overdue and asked.gathers),
    (Intent.ORGAN, lambda asked: asked.has(rules.ORGAN) and not asked.listed),
    (Intent.DUE, lambda asked: asked.question.due and asked.question.period is not None and asked.gathers),
    (Intent.LIST, lambda asked: asked.listed or (asked.question.undated and not asked.matter)),
    (Intent.STATUS, lambda asked: asked.matter or asked.question.names_a_reply or asked.question.mine),
    (Intent.DUE, lambda asked: asked.question.period is not None and asked.question.done is False),
    (Intent.STATUS, lambda asked: asked.question.when and any(word.action for word in asked.question.words)),
    (Intent.LIST, lambda asked: asked.selects),
    (Intent.STATUS, lambda asked: bool(asked.question.words)),
)
"""What is asked for, by the first row that fits."""


def _with_intent(question: Question, text: str, today: date) -> Question:
    asked = _Asked(question, text, bool(rules.COUNT.search(text)), bool(rules.LIST.search(text)))
    intent = next((intent for intent, fits in _INTENTS if fits(asked)), Intent.UNKNOWN)
    known = replace(question, intent=intent)
    if known.wants_a_set and _falls_due(known, text, today):
        known = replace(known, due=True)
    return replace(known, unknown=question.strangers) if known.wants_a_set and question.strangers else known


def _falls_due(question: Question, text: str, today: date) -> bool:
    """Days to come can only be those on which something is due, unless they say when it was promised."""
    to_come = question.period is not None and question.period[1] >= today
    return to_come and question.done is not True and not question.overdue and not rules.PROMISED.search(text)
