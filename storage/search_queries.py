"""Looks things up in the full-text index: by words, by whose they are, by when they are due."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Table, and_, func, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.states import CommitmentState
from storage.ledger.queries import ReplyHead, heads
from storage.ranking import Rank, Term, Text, Weighed, rank_commitment, rank_letter, rarity, weigh
from storage.search import (
    SEARCH_COMMITMENT,
    SEARCH_REPLY,
    SHOWN,
    Searched,
    is_sqlite,
    matching,
    newest_id,
    searched_rows,
)
from storage.search_text import Every, Query, Words, every, some, to_fts5, to_tsquery
from storage.tables import Commitment, Reply

Session = AsyncSession

COMMON = 1_500
"""A word in more rows than this is not enumerated: it only orders what rarer words have found."""
CANDIDATES = 250


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that answers some of the words, with what was compared."""

    id: int
    rank: Rank
    searched: Searched


@dataclass(frozen=True, slots=True)
class Due:
    """Which commitments a set takes: states, first and last due day (inclusive) or none, and of which replies."""

    states: tuple[CommitmentState, ...] = SHOWN
    first: date | None = None
    last: date | None = None
    undated: bool = False
    reply_ids: tuple[int, ...] = ()
    of_few: bool = False
    """The labels name somebody: they lead to fewer rows than the state and the day do."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What some words find, best first."""

    commitments: list[Hit]
    replies: list[Hit]


async def search(session: AsyncSession, terms: Sequence[Term], within: Query | None, limit: int) -> Hits:
    """Commitments and replies that hold some of the words."""
    totals = [await newest_id(session, table) for table in (SEARCH_COMMITMENT, SEARCH_REPLY)]
    terms, found = await _find_terms(session, terms, within)
    shares = [sum(rarity(len(ids), total) for ids, total in zip(both.whole, totals, strict=True)) / 2 for both in found]
    weighed = [weigh(term, share) for term, share in zip(terms, shares, strict=True)]
    hits = [
        await _rank_rows(session, table, weighed, [both.rows(at) for both in found], within, limit)
        for at, table in enumerate((SEARCH_COMMITMENT, SEARCH_REPLY))
    ]
    return Hits(*hits)


@dataclass(frozen=True, slots=True)
class _FoundTerm:
    """The commitments and the replies that hold a term, or where none does, some of its pieces."""

    whole: tuple[list[int], list[int]]
    pieces: tuple[list[int], list[int]]

    def rows(self, at: int) -> list[int]:
        return self.whole[at] or self.pieces[at]


async def _find_terms(
    session: AsyncSession, terms: Sequence[Term], within: Query | None
) -> tuple[list[Term], list[_FoundTerm]]:
    """Each term with the rows that hold it; a long word that none holds gives way to its parts."""
    kept: list[Term] = []
    found: list[_FoundTerm] = []
    for term in terms:
        rows = await _find_term(session, term, within)
        for part in term.parts if term.parts and not any(rows.whole) else (term,):
            kept.append(part)
            found.append(rows if part is term else await _find_term(session, part, within))
    return kept, found


async def _find_term(session: AsyncSession, term: Term, within: Query | None) -> _FoundTerm:
    if term.action and len(term.text) == 1:
        return _FoundTerm(([], []), ([], []))
    commitments = await matching(session, SEARCH_COMMITMENT, _both(term.query(), within), COMMON)
    replies = await matching(session, SEARCH_REPLY, _both(term.query(), within), COMMON)
    if commitments or replies or not term.pieces or term.optional:
        return _FoundTerm((commitments, replies), ([], []))
    pieces = _both(some([Words(piece) for piece in term.pieces]) or term.query(), within)
    parts = [await matching(session, table, pieces, COMMON) for table in (SEARCH_COMMITMENT, SEARCH_REPLY)]
    return _FoundTerm(([], []), (parts[0], parts[1]))


async def _rank_rows(
    session: AsyncSession,
    table: Table,
    terms: Sequence[Weighed],
    rows: Sequence[list[int]],
    within: Query | None,
    limit: int,
) -> list[Hit]:
    masses: dict[int, float] = defaultdict(float)
    common = [
        term.term.query() for term, ids in zip(terms, rows, strict=True) if len(ids) >= COMMON and not term.term.action
    ]
    together = await matching(session, table, _both(Every(tuple(common)), within), COMMON) if len(common) > 1 else []
    for term, ids in (*zip(terms, rows, strict=True), *([(None, together)] if together else [])):
        for row_id in () if term and (term.term.optional or term.term.action) else ids:
            masses[row_id] += term.weight if term else 1.0
    best = sorted(masses, key=lambda row_id: (-masses[row_id], -row_id))[:CANDIDATES]
    texts = await searched_rows(session, table, best)
    order = rank_commitment if table is SEARCH_COMMITMENT else rank_letter
    hits = [Hit(row_id, order(terms, _text(table, row)), row) for row_id, row in texts.items()]
    return sorted(hits, key=lambda hit: (-hit.rank.score, -hit.id))[:limit]


def _text(table: Table, row: Searched) -> Text:
    if table is SEARCH_REPLY:
        return Text(row.body, (row.near,), row.head)
    section, before, after = row.near.split("\n", 2)
    sentences = re.split(r"(?<=[。；！？])", before)
    return Text(row.body, (section, "".join(sentences[:-1]), sentences[-1], after), row.head)


async def find_replies_within(session: AsyncSession, within: Query, limit: int) -> list[int]:
    """Replies that carry these labels, newest first."""
    return await matching(session, SEARCH_REPLY, within, limit)


def _both(query: Query, within: Query | None) -> Query:
    return every(query, within) or query


async def find_set(session: AsyncSession, due: Due, within: Query | None, limit: int) -> tuple[list[int], int]:
    """The first of all commitments of a kind, and how many there are: by due day where one is asked for, else in order.

    Each state is read by itself, so that the index over state and due day gives its rows in order.
    """
    if due.reply_ids:
        return await _find_in_replies(session, due, within, limit)
    by_day = due.first is not None or due.last is not None
    order = (col(Commitment.due_on), col(Commitment.id)) if by_day else (col(Commitment.id),)
    values = _values(session, within)
    found: list[tuple[date, int]] = []
    total = 0
    for state in due.states:
        # An expression instead of the bare column keeps the planner from walking all rows of a state.
        in_state = col(Commitment.state).concat("") if due.of_few else col(Commitment.state)
        conditions = [in_state == state, *_due_conditions(due), *_labels(session, within)]
        listed = select(Commitment.id, Commitment.due_on).where(*conditions).order_by(*order).limit(limit)  # type: ignore[type-var]
        rows = (await session.exec(listed, params=values)).all()
        found += [((day or date.max) if by_day else date.min, row_id or 0) for row_id, day in rows]
        total += len(rows) if len(rows) < limit else await _count(session, conditions, values)
    return [row_id for _, row_id in sorted(found)[:limit]], total


async def _find_in_replies(session: AsyncSession, due: Due, within: Query | None, limit: int) -> tuple[list[int], int]:
    """A few letters hold few commitments: their rows are read by letter and the states are looked at afterwards."""
    conditions = [col(Commitment.reply_id).in_(due.reply_ids), *_due_conditions(due), *_labels(session, within)]
    placed = select(Commitment.id, Commitment.state).where(*conditions)
    in_order = placed.order_by(col(Commitment.reply_id), col(Commitment.position))
    rows = await session.exec(in_order, params=_values(session, within))
    ids = [row_id for row_id, state in rows if row_id is not None and state in due.states]
    return ids[:limit], len(ids)


def _labels(session: AsyncSession, within: Query | None) -> list[ColumnElement[bool]]:
    return [] if within is None else [_labelled(session)]


def _values(session: AsyncSession, within: Query | None) -> dict[str, str]:
    if within is None:
        return {}
    return {"query": to_fts5(within) if is_sqlite(session) else to_tsquery(within)}


async def count_share(
    session: AsyncSession, rate: str, reply_ids: tuple[int, ...], within: Query | None, today: date
) -> tuple[int, int]:
    """How many commitments a rate counts, and of how many: see RATES."""
    of, part = RATES[rate]
    conditions = [_is_shown(), *of(today), *_labels(session, within)]
    conditions += [col(Commitment.reply_id).in_(reply_ids)] if reply_ids else []
    values = _values(session, within)
    whole = await _count(session, conditions, values)
    return await _count(session, [*conditions, part], values), whole


_Conditions = list[ColumnElement[bool]]
_IS_CLOSED = col(Commitment.state) == CommitmentState.CLOSED
RATES: dict[str, tuple[Callable[[date], _Conditions], ColumnElement[bool]]] = {
    "dated": (lambda _: [], col(Commitment.due_on).is_not(None)),
    "closed": (lambda _: [], _IS_CLOSED),
    "kept": (
        lambda today: [col(Commitment.due_on) < today],
        and_(_IS_CLOSED, func.date(Commitment.closed_at) <= col(Commitment.due_on)),
    ),
}
"""Of which commitments, and which of them count; kept: of those that are due, what was closed by its day."""


async def _count(session: AsyncSession, conditions: list[ColumnElement[bool]], values: dict[str, str]) -> int:
    counted = select(func.count()).select_from(Commitment).where(*conditions)
    return (await session.exec(counted, params=values)).one()


def _due_conditions(due: Due) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if due.undated:
        conditions.append(col(Commitment.due_on).is_(None))
    if due.first is not None:
        conditions.append(col(Commitment.due_on) >= due.first)
    if due.last is not None:
        conditions.append(col(Commitment.due_on) <= due.last)
    return conditions


def _labelled(session: AsyncSession) -> ColumnElement[bool]:
    name = SEARCH_COMMITMENT.name
    if is_sqlite(session):
        inner = f"SELECT rowid FROM {name}_index WHERE {name}_index MATCH :query"  # noqa: S608
    else:
        inner = f"SELECT id FROM {name} WHERE tokens @@ CAST(:query AS tsquery)"  # noqa: S608
    return col(Commitment.id).in_(text(inner))


async def find_heads(session: AsyncSession, reply_ids: Sequence[int]) -> dict[int, ReplyHead]:
    """What a card says of these replies."""
    return await heads(session, (await session.exec(select(Reply).where(col(Reply.id).in_(reply_ids)))).all())


async def due_days(session: AsyncSession, commitment_ids: Sequence[int]) -> dict[int, date | None]:
    rows = await session.exec(select(Commitment).where(col(Commitment.id).in_(commitment_ids)))
    return {row.id: row.due_on for row in rows if row.id is not None}


async def keep_visible(session: AsyncSession, ids: Sequence[int], visible: Query | None) -> list[int]:
    """Those of the commitments that are in the index and carry these labels, in their order."""
    conditions = [col(Commitment.id).in_(ids), _is_shown(), *_labels(session, visible)]
    rows = await session.exec(select(Commitment.id).where(*conditions), params=_values(session, visible))
    kept = set(rows)
    return [number for number in ids if number in kept]


def _is_shown() -> ColumnElement[bool]:
    return col(Commitment.state).in_(SHOWN)
