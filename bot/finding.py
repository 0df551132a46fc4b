"""Which replies and commitments a question means: ids only, and never one that the asker may not see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.fitting import KINDS, how_well
from commitments.people import Speaker
from commitments.states import CommitmentState
from extraction import question_rules as rules
from extraction.keywords import Keyword
from extraction.question_rules import Intent
from extraction.questions import Question
from storage.engine import Look
from storage.ledger.queries import ReplyHead, heads_of
from storage.ranking import Term
from storage.search import ANYBODY, SEARCH_COMMITMENT, SEARCH_REPLY
from storage.search_queries import Hit, Hits, counting, matching, search
from storage.search_sets import Due, count_share, due_days, find_set, keep_visible
from storage.search_text import Label, Query, Words, every, label, some

ENOUGH = 0.5
"""The share of a question's words that an answer must hold; less is no answer but at most what is near."""
ENOUGH_AROUND = 0.7
"""The same where none of them is among the answer's own words: the place may be right and the thing another one."""
NEARLY_ALL, CLEARLY_MORE = 0.85, 0.2
WITH_A_DAY, IN_THE_PERIOD, WITH_THE_MEASURE, WITH_THE_FIGURE = 1.12, 1.1, 1.15, 1.25
WITH_THE_END, WITH_EACH_YEAR = 1.2, 1.1
AS_GOOD, ALIKE = 0.6, 0.9
"""Behind the first come those with this share of its score; titles must be nearly alike to be meant together."""
SHOWN, MANY, REPLIES = 10, 30, 20
ALL = 10_000
UNDER_WAY = (CommitmentState.OPEN, CommitmentState.REPORTED)
NOTHING = Label("zznothing")


@dataclass(frozen=True, slots=True)
class Found:
    """Best first; `total` counts a set that is longer than what is listed, `share` is a part of a whole."""

    replies: tuple[int, ...] = ()
    commitments: tuple[int, ...] = ()
    total: int = 0
    nearest: tuple[int, ...] = ()
    choices: tuple[int, ...] = ()
    share: tuple[int, int] | None = None
    named: tuple[ReplyHead, ...] = ()
    """Replies that the question names, as they were read on the way."""


def visible_to(speaker: Speaker | None, *, open_to_all: bool) -> Query | None:
    """The labels of what somebody may see, as storage/ledger/lists.py has it; None for everything."""
    if speaker is None or speaker.is_admin:
        return None
    seen = [Label(label("d", delegate)) for delegate in sorted(speaker.seen_delegate_ids)]
    seen += [Label(label("i", unit)) for unit in sorted(speaker.unit_ids)]
    if speaker.delegate_ids:
        if open_to_all:
            return None
        seen.append(Label(ANYBODY))
    return some(seen) or NOTHING


@dataclass(slots=True)
class Finder:
    """One look into the ledger for one question."""

    look: Look
    question: Question
    visible: Query | None
    speaker: Speaker | None
    today: date
    most: int

    def find(self) -> Found:
        question = self.question
        if question.unknown:
            return self._find_unknown()
        if question.intent in (Intent.SMALL_TALK, Intent.HELP, Intent.UNKNOWN):
            return Found()
        selected = self._select_replies()
        if selected is not None and not selected:
            return Found()
        if question.wants_a_set:
            found = self._find_set(selected)
            return found if found.commitments or not self._counts_things() else self._find_by_words()
        return replace(self._find_within(selected), named=tuple(selected)) if selected else self._find_by_words()

    def _counts_things(self) -> bool:
        """还要加开几条: a number of things that a promise may hold, where no promises were found to be counted."""
        question = self.question
        return question.intent is Intent.COUNT and not (question.due or question.overdue or question.rate)

    def _find_unknown(self) -> Found:
        """Somebody whom no letter answers: the letters that speak of them; nothing of a unit that promised nothing."""
        if self.question.strangers:
            return Found()
        spoken_of = every(*map(Words, self.question.unknown))
        ids = matching(self.look, SEARCH_REPLY, every(spoken_of, self.visible) or NOTHING, REPLIES)
        if not ids:
            return Found()
        commitments, total = find_set(self.look, Due(reply_ids=tuple(ids)), None, self.most)
        return Found(tuple(ids), tuple(commitments), total)

    def find_shown(self, ids: Sequence[int]) -> Found:
        """What was listed before, as far as it may still be seen."""
        kept = keep_visible(self.look, ids, self.visible)
        return Found((), tuple(kept), len(kept))

    # Replies that the question names by number, person or contact.

    def _select_replies(self) -> list[ReplyHead] | None:
        """The replies that are named, the best fitting; None where the question names none."""
        query = self._named_replies()
        if query is None:
            return None
        ids = matching(self.look, SEARCH_REPLY, every(query, self.visible) or query, REPLIES)
        heads = heads_of(self.look, ids)
        fits = {head_id: how_well(self.question, heads[head_id]) for head_id in ids}
        best = max(fits.values(), default=0.0)
        return [heads[head_id] for head_id in ids if fits[head_id] == best >= 0]

    def _named_replies(self) -> Query | None:
        question = self.question
        mine = self.speaker.delegate_ids if question.mine and self.speaker else ()
        return every(
            Words(question.document_no) if question.document_no else None,
            Label(label("n", question.number)) if question.number else None,
            Label(label("y", question.year)) if question.number and question.year else None,
            Words(question.phone) if question.phone else None,
            _any_label("p", question.people),
            None if question.people else _any_label("c", question.contacts),
            _any_label("d", mine),
        )

    # Sets: everything that fits.

    def _find_set(self, selected: list[ReplyHead] | None) -> Found:
        replies = tuple(head.id for head in selected or ())
        within = every(self.visible, self._whose())
        due = replace(self._due(), reply_ids=replies)
        terms = self._terms()
        if selected is None and any(not term.optional for term in terms):
            terms = self._without_unheard(terms) if self._sets_apart() else terms
        if selected is None and any(not term.optional for term in terms):
            narrowed = self._narrow_by_words(terms, within)
            if isinstance(narrowed, Found):
                return narrowed
            due = replace(due, reply_ids=narrowed)
        ids, total = find_set(self.look, due, within, self.most)
        rate = self.question.rate
        share = count_share(self.look, rate, due.reply_ids, within, self.today) if rate else None
        return Found(replies, tuple(ids), total, share=share)

    def _sets_apart(self) -> bool:
        """Whether a unit, a place, a time or a state already says which commitments are meant."""
        question = self.question
        stated = question.overdue or question.due or question.done is not None or question.undated
        return stated or question.ours or bool(question.units or question.places)

    def _without_unheard(self, terms: list[Term]) -> list[Term]:
        """Nobody ever wrote 交账: where the set is known anyhow, that is a way of speaking, unless it names a thing."""
        return [term for term in terms if term.names or term.optional or self._is_heard(term)]

    def _is_heard(self, term: Term) -> bool:
        queries = [Words(term.text), *(Words(other) for other in term.others)]
        tables = (SEARCH_COMMITMENT, SEARCH_REPLY)
        return any(counting(self.look, table, query, 1) for query in queries for table in tables)

    def _narrow_by_words(self, terms: list[Term], within: Query | None) -> tuple[int, ...] | Found:
        """The replies whose titles the words name; else the commitments that hold the words themselves."""
        if all(term.action or term.optional for term in terms):
            return self._narrow_by_action(terms, within)
        found = search(self.look, terms, within, self.most)
        titled = [hit for hit in found.replies if hit.rank.own >= ENOUGH and hit.rank.matter]
        if titled:
            return tuple(hit.id for hit in _as_good(titled, ALIKE))
        kept = set((find_set(self.look, self._due(), within, ALL))[0])
        ids = tuple(hit.id for hit in found.commitments if _answers(hit) and hit.id in kept)
        return Found((), ids, len(ids))

    def _narrow_by_action(self, terms: list[Term], within: Query | None) -> Found:
        """要开工的有哪些: those of the set that say so themselves, the best first."""
        acts = [replace(term, action=False) for term in terms]
        hits = search(self.look, acts, within, self.most, letters=False).commitments
        kept = set(find_set(self.look, self._due(), within, ALL)[0])
        ids = tuple(hit.id for hit in hits if hit.rank.own > 0 and hit.id in kept)
        return Found((), ids, len(ids))

    def _whose(self) -> Query | None:
        question = self.question
        units = [Label(label(kind, name)) for name in question.units for kind in "uo"]
        ours = self.speaker.unit_ids if question.ours and self.speaker else ()
        return every(some(units), _any_label("l", question.places), _any_label("w", ours))

    def _due(self) -> Due:
        question = self.question
        first, last = question.period if question.period and (question.due or question.overdue) else (None, None)
        if question.overdue:
            yesterday = self.today - timedelta(days=1)
            return Due((CommitmentState.OPEN,), first, min(last, yesterday) if last else yesterday)
        if question.done:
            return Due((CommitmentState.CLOSED,), first, last)
        if question.done is False or question.due:
            return Due(UNDER_WAY, first, last, question.undated)
        return Due(undated=question.undated)

    # One thing: the best answers to the words.

    def _find_within(self, selected: list[ReplyHead]) -> Found:
        """Inside named replies: what the words mean, or all of it."""
        replies = tuple(head.id for head in selected)
        within = every(self.visible, _any_label("r", replies))
        if self._terms():
            hits = (search(self.look, self._terms(), within, SHOWN, letters=False)).commitments
            if hits and hits[0].rank.own > 0:
                hits = _as_good(self._by_what_is_asked(hits), AS_GOOD)
                return Found(replies, tuple(hit.id for hit in hits), len(hits))
        ids, total = find_set(self.look, Due(reply_ids=replies), None, self.most)
        return Found(replies, tuple(ids), total, choices=replies if len(replies) > 1 else ())

    def _find_by_words(self) -> Found:
        if not any(not term.action and not term.optional for term in self._terms()):
            return self._find_by_action() if self._whose() is not None else Found()
        hits = self._search_best()
        answers = self._by_what_is_asked([hit for hit in hits.commitments if _answers(hit)])
        answers = _as_good(answers, AS_GOOD)[:SHOWN]
        letters = _as_good([hit for hit in hits.replies if _answers(hit)], AS_GOOD)
        replies = self._of_the_kind([hit.id for hit in letters]) or [_reply_of(hit) for hit in answers]
        ids = tuple(hit.id for hit in answers)
        nearest = () if ids else tuple(hit.id for hit in hits.commitments[:2] if hit.rank.matter)
        return Found(tuple(dict.fromkeys(replies)), ids, len(ids), nearest)

    def _of_the_kind(self, replies: list[int]) -> list[int]:
        """Proposals first where a proposal is asked for."""
        kind = KINDS.get(self.question.kind or "")
        if kind is None or len(replies) < 2:
            return replies
        heads = heads_of(self.look, replies)
        return sorted(replies, key=lambda reply: heads[reply].kind != kind)

    def _find_by_action(self) -> Found:
        """Of a unit only what is done: its own promises of it, else those of others, else all it owes."""
        terms = self._terms()
        if not any(term.action for term in terms):
            return self._find_set(None)
        own = self._narrow_by_action(terms, every(self.visible, self._whose()))
        if own.commitments:
            return own
        needed = [replace(term, action=False, optional=False) for term in terms if not term.optional or term.names]
        hits = search(self.look, needed, self.visible, SHOWN, letters=False).commitments
        ids = tuple(hit.id for hit in hits if hit.rank.own > 0 and hit.rank.coverage >= ENOUGH)
        return Found((), ids, len(ids)) if ids else self._find_set(None)

    def _search_best(self) -> Hits:
        """What is named counts first, unless elsewhere something holds clearly more of the words: a place may only be
        part of a title (云澜市停车条例), not the one who promised."""
        named = self._search_where_named()
        if named is not None and _coverage(named) >= NEARLY_ALL and len(self.question.units) <= 1:
            return named
        everywhere = self._search_everywhere()
        if named is not None and len(self.question.units) > 1 and _best(named) < _best(everywhere):
            return everywhere
        if named is not None and _coverage(everywhere) < _coverage(named) + CLEARLY_MORE:
            return named
        return everywhere

    def _search_where_named(self) -> Hits | None:
        """What the units or places that are named have promised, where that answers the words at all."""
        whose = self._whose()
        if whose is None:
            return None
        hits = self._search(every(self.visible, whose))
        return hits if any(map(_answers, hits.commitments[:1])) else None

    def _search_everywhere(self) -> Hits:
        """All that may be seen; of places that are named at least the words."""
        hits = self._search(self.visible)
        places = [name for place in self.question.places for name in (place, place[:-1])]
        return hits if not places else Hits(*(_naming(places, found) for found in (hits.commitments, hits.replies)))

    def _search(self, within: Query | None) -> Hits:
        about_reply = self.question.about_reply or self.question.intent is Intent.CONTACT
        return search(self.look, self._terms(), within, MANY, letters=about_reply)

    def _by_what_is_asked(self, hits: list[Hit]) -> list[Hit]:
        """A question for a day is better answered by a promise with a day, one for a number by that measure."""
        question, days = self.question, due_days(self.look, [hit.id for hit in hits])
        measure = re.compile(rf"\d[多余万]{{0,2}}(?:{question.measure})") if question.measure else None

        figures = [
            re.compile(rf"(?<![\d.]){re.escape(word.text)}(?![\d.])")
            for word in question.words
            if len(word.text) > 1 and word.text.isdecimal()
        ]

        best = max((hit.rank.coverage for hit in hits), default=0.0)

        def worth(hit: Hit) -> tuple[float, date]:
            day, factor = days.get(hit.id), 1.0
            if question.when and day:
                factor *= WITH_A_DAY
            if question.period and day and question.period[0] <= day <= question.period[1]:
                factor *= IN_THE_PERIOD
            if question.finished and hit.rank.coverage >= ALIKE * best and rules.FINISHES.search(hit.searched.body):
                factor *= WITH_THE_END
            if question.yearly and rules.EACH_YEAR.search(hit.searched.body):
                factor *= WITH_EACH_YEAR
            if any(figure.search(hit.searched.body) for figure in figures):
                factor *= WITH_THE_FIGURE
            if measure and measure.search(hit.searched.body):
                factor *= WITH_THE_MEASURE
            return round(hit.rank.score * factor, 6), day or date.min

        return sorted(hits, key=worth, reverse=True)

    def _terms(self) -> list[Term]:
        return [_term(word) for word in self.question.words]


def _term(word: Keyword) -> Term:
    return Term(
        word.text,
        word.others,
        word.action,
        word.optional,
        word.names,
        word.vague,
        word.exact,
        tuple(map(_term, word.parts)),
    )


def _answers(hit: Hit) -> bool:
    return hit.rank.matter and hit.rank.coverage >= (ENOUGH if hit.rank.own else ENOUGH_AROUND)


def _coverage(hits: Hits) -> float:
    """How much of the question's words the best commitment holds."""
    return max((hit.rank.coverage for hit in hits.commitments[:3] if hit.rank.matter), default=0.0)


def _best(hits: Hits) -> float:
    return max((hit.rank.score for hit in hits.commitments[:1]), default=0.0)


def _naming(places: Sequence[str], hits: list[Hit]) -> list[Hit]:
    texts = ((hit, f"{hit.searched.body}{hit.searched.near}{hit.searched.head}") for hit in hits)
    return [hit for hit, text in texts if any(place in text for place in places)]


def _as_good(hits: Sequence[Hit], share: float) -> list[Hit]:
    return [hit for hit in hits if hit.rank.score >= share * hits[0].rank.score] if hits else []


def _reply_of(hit: Hit) -> int:
    match = re.match(label("r", "") + r"(\d+)", hit.searched.labels)
    assert match is not None
    return int(match[1])


def _any_label(kind: str, names: Iterable[object]) -> Query | None:
    return some([Label(label(kind, name)) for name in names])
