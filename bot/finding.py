"""Which replies and commitments a question means: ids only, and never one that the asker may not see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from commitments.people import Speaker
from commitments.states import CommitmentState
from extraction.question_rules import Intent
from extraction.questions import Question
from storage.engine import Database
from storage.ledger.queries import ReplyHead
from storage.ranking import Term
from storage.search_queries import (
    Due,
    Hit,
    Hits,
    Session,
    due_days,
    find_heads,
    find_replies_within,
    find_set,
    find_unit_names,
    search,
)
from storage.search_text import Label, Query, Words, every, label, some

ENOUGH = 0.42
"""The share of a question's words that an answer must hold; less is no answer but at most what is near."""
WITH_A_DAY, IN_THE_PERIOD, WITH_THE_MEASURE = 1.12, 1.1, 1.15
AS_GOOD = 0.6
"""Answers with at least this share of the first one's score are shown behind it."""
SHOWN = 10
MANY = 30
REPLIES = 50
UNDER_WAY = (CommitmentState.OPEN, CommitmentState.REPORTED)
NOTHING = Label("zznothing")


@dataclass(frozen=True, slots=True)
class Found:
    """Best first; `total` counts a set that is longer than what is listed."""

    replies: tuple[int, ...] = ()
    commitments: tuple[int, ...] = ()
    total: int = 0
    nearest: tuple[int, ...] = ()
    choices: tuple[int, ...] = ()


async def visible_to(database: Database, speaker: Speaker | None, *, open_to_all: bool) -> Query | None:
    """The labels of what somebody may see; None for everything (admins, the terminal)."""
    if speaker is None or speaker.is_admin:
        return None
    seen = [Label(label("d", delegate)) for delegate in sorted(speaker.delegate_ids)]
    seen += [Label(label("i", unit)) for unit in sorted(speaker.unit_ids)]
    if speaker.unit_ids:
        async with database.reading() as session:
            seen += [Label(label("o", name)) for name in await find_unit_names(session, speaker.unit_ids)]
    if speaker.delegate_ids:
        if open_to_all:
            return None
        seen.append(Label("zzpublic"))
    return some(seen) or NOTHING


@dataclass(slots=True)
class Finder:
    """One look into the ledger for one question."""

    database: Database
    question: Question
    visible: Query | None
    speaker: Speaker | None
    today: date
    most: int

    async def find(self) -> Found:
        question = self.question
        if question.intent in (Intent.SMALL_TALK, Intent.HELP, Intent.UNKNOWN) or question.unknown:
            return Found()
        selected = await self._select_replies()
        if selected is not None and not selected:
            return Found()
        if question.wants_a_set:
            return await self._find_set(selected)
        return await (self._find_within(selected) if selected else self._find_by_words())

    # Replies that the question names by number, person or contact.

    async def _select_replies(self) -> list[ReplyHead] | None:
        """The replies that are named, the best fitting; None where the question names none."""
        query = self._named_replies()
        if query is None:
            return None
        async with self.database.reading() as session:
            ids = await find_replies_within(session, every(query, self.visible) or query, REPLIES)
            heads = await find_heads(session, ids)
        fits = {head_id: _fit(self.question, heads[head_id]) for head_id in ids}
        best = max(fits.values(), default=0.0)
        return [heads[head_id] for head_id in ids if fits[head_id] == best >= 0]

    def _named_replies(self) -> Query | None:
        question = self.question
        parts: list[Query | None] = []
        if question.document_no:
            parts.append(Words(question.document_no))
        if question.number:
            parts.append(Label(label("n", question.number)))
            parts.append(Label(label("y", question.year)) if question.year else None)
        parts.append(_any_label("p", question.people))
        parts.append(_any_label("c", question.contacts) if not question.people else None)
        if question.mine and self.speaker and self.speaker.delegate_ids:
            parts.append(_any_label("d", self.speaker.delegate_ids))
        return every(*parts)

    # Sets: everything that fits.

    async def _find_set(self, selected: list[ReplyHead] | None) -> Found:
        within = every(self.visible, self._whose(), _any_label("r", [head.id for head in selected or ()]))
        if any(not term.optional for term in self._terms()):
            narrowed = await self._narrow_by_words(within)
            if isinstance(narrowed, Found):
                return narrowed if selected is None else await self._list(within, selected)
            within = every(within, narrowed)
        return await self._list(within, selected)

    async def _list(self, within: Query | None, selected: list[ReplyHead] | None) -> Found:
        async with self.database.reading() as session:
            ids, total = await find_set(session, self._due(), within, self.most)
        return Found(tuple(head.id for head in selected or ()), tuple(ids), total)

    async def _narrow_by_words(self, within: Query | None) -> Query | Found:
        """The replies whose titles the words name; else the commitments that hold the words themselves."""
        async with self.database.reading() as session:
            found = await search(session, self._terms(), within, self.most)
            titled = [hit for hit in found.replies if hit.rank.own >= ENOUGH and hit.rank.matter]
            if titled:
                return _any_label("r", [hit.id for hit in _as_good(titled, 0.9)]) or NOTHING
            hits = [hit for hit in found.commitments if _answers(hit)]
            due, _ = await find_set(session, self._due(), within, 10_000)
        kept = set(due)
        ids = tuple(hit.id for hit in hits if hit.id in kept)
        return Found((), ids, len(ids))

    def _whose(self) -> Query | None:
        question = self.question
        units = [Label(label(kind, name)) for name in question.units for kind in "uo"]
        ours = self.speaker.unit_ids if question.ours and self.speaker else ()
        return every(some(units), _any_label("l", question.places), _any_label("i", ours))

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

    async def _find_within(self, selected: list[ReplyHead]) -> Found:
        """Inside named replies: what the words mean, or all of it."""
        within = every(self.visible, _any_label("r", [head.id for head in selected]))
        replies = tuple(head.id for head in selected)
        async with self.database.reading() as session:
            if self._terms():
                hits = (await search(session, self._terms(), within, SHOWN)).commitments
                if hits and hits[0].rank.own > 0:
                    hits = await self._by_what_is_asked(session, hits)
                    return Found(replies, tuple(hit.id for hit in _as_good(hits, AS_GOOD)), len(hits))
            ids, total = await find_set(session, Due(), within, self.most)
        return Found(replies, tuple(ids), total, choices=replies if len(replies) > 1 else ())

    async def _find_by_words(self) -> Found:
        if not any(not term.action and not term.optional for term in self._terms()):
            return await self._find_set(None) if self._whose() is not None else Found()
        async with self.database.reading() as session:
            hits = await self._search_where_named(session) or await search(session, self._terms(), self.visible, MANY)
            answers = await self._by_what_is_asked(session, [hit for hit in hits.commitments if _answers(hit)])
        answers = _as_good(answers, AS_GOOD)[:SHOWN]
        letters = _as_good([hit for hit in hits.replies if _answers(hit)], AS_GOOD)
        return self._ranked(hits.commitments, answers, letters)

    async def _by_what_is_asked(self, session: Session, hits: list[Hit]) -> list[Hit]:
        """A question for a day is better answered by a promise with a day, one for a number by that measure."""
        question, days = self.question, await due_days(session, [hit.id for hit in hits])
        measure = re.compile(rf"\d[多余万]{{0,2}}(?:{question.measure})") if question.measure else None

        def worth(hit: Hit) -> tuple[float, date]:
            day, factor = days.get(hit.id), 1.0
            if question.when and day:
                factor *= WITH_A_DAY
            if question.period and day and question.period[0] <= day <= question.period[1]:
                factor *= IN_THE_PERIOD
            if measure and measure.search(hit.searched.body):
                factor *= WITH_THE_MEASURE
            return round(hit.rank.score * factor, 6), day or date.min

        return sorted(hits, key=worth, reverse=True)

    async def _search_where_named(self, session: Session) -> Hits | None:
        """What the units or places that are named have promised, where that answers the words at all."""
        whose = self._whose()
        if whose is None:
            return None
        hits = await search(session, self._terms(), every(self.visible, whose), MANY)
        return hits if any(map(_answers, hits.commitments[:1])) else None

    def _ranked(self, hits: list[Hit], answers: list[Hit], letters: list[Hit]) -> Found:
        about_reply = self.question.about_reply or self.question.intent is Intent.CONTACT
        from_answers = tuple(dict.fromkeys(_reply_of(hit) for hit in answers))
        replies = tuple(hit.id for hit in letters) if about_reply and letters else from_answers
        ids = tuple(hit.id for hit in answers)
        nearest = () if ids else tuple(hit.id for hit in hits[:2] if hit.rank.matter)
        return Found(replies, ids, len(ids), nearest)

    def _terms(self) -> list[Term]:
        return [Term(word.text, word.others, word.action, word.optional) for word in self.question.words]


def _answers(hit: Hit) -> bool:
    return hit.rank.matter and hit.rank.coverage >= ENOUGH


def _as_good(hits: Sequence[Hit], share: float) -> list[Hit]:
    return [hit for hit in hits if hit.rank.score >= share * hits[0].rank.score] if hits else []


def _reply_of(hit: Hit) -> int:
    match = re.match(r"zzr(\d+)", hit.searched.labels)
    assert match is not None
    return int(match[1])


def _any_label(kind: str, names: Iterable[object]) -> Query | None:
    return some([Label(label(kind, name)) for name in names])


def _fit(question: Question, head: ReplyHead) -> float:
    """How well a reply fits what else the question says of it; below zero where it contradicts."""
    fit = 0.0
    if question.body:
        other = {"人大": "政协", "政协": "人大"}[question.body]
        said = (head.session or "") + {"delegate_suggestion": "人大", "cppcc_proposal": "政协"}.get(head.kind, "")
        if other in said and question.body not in said:
            return -1.0
        fit += question.body in said
    if question.level and (level := re.search(r"[省市县区镇乡州]", head.session or "")):
        fit += 2 * (level.group() == question.level)
    if question.session and head.session:
        fit += 2 * all(part in head.session for part in question.session)
    if question.prefix and head.number:
        fit += 2 * (question.prefix in head.number)
    if question.kind:
        fit += 0.5 * (question.kind in (head.title or "") or _is_kind(question.kind, head.kind))
    named = f"{head.unit or ''}{head.session or ''}"
    fit += 2 * any(place in named for place in question.places) + 2 * any(unit in named for unit in question.units)
    words = [word for word in question.words if not word.optional]
    title = head.title or ""
    fit += sum(3 / len(words) for word in words if word.text in title) if words else 0
    return round(fit, 3)


def _is_kind(kind: str, written: str) -> bool:
    return {"建议": "delegate_suggestion", "提案": "cppcc_proposal"}[kind] == written
