"""Looks things up in the full-text index: by words, by whose they are, by when they are due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, func, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.states import CommitmentState
from storage.ledger.queries import ReplyHead, heads
from storage.ranking import COMMITMENT, REPLY, Fields, Rank, Term, Weighed, rank, weigh
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
from storage.search_text import Every, Query, Some, Words, every, to_fts5, to_tsquery
from storage.tables import Commitment, Reply, Unit

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
    """Which commitments a set takes: states, first and last due day (inclusive), or those without a day."""

    states: tuple[CommitmentState, ...] = SHOWN
    first: date | None = None
    last: date | None = None
    undated: bool = False


async def search_commitments(
    session: AsyncSession, terms: Sequence[Term], within: Query | None, limit: int
) -> list[Hit]:
    """Commitments that hold some of the words, best first."""
    return await _search(session, SEARCH_COMMITMENT, COMMITMENT, terms, within, limit)


async def search_replies(session: AsyncSession, terms: Sequence[Term], within: Query | None, limit: int) -> list[Hit]:
    """Replies whose title, letter or people hold some of the words, best first."""
    return await _search(session, SEARCH_REPLY, REPLY, terms, within, limit)


async def find_replies_within(session: AsyncSession, within: Query, limit: int) -> list[int]:
    """Replies that carry these labels, newest first."""
    return await matching(session, SEARCH_REPLY, within, limit)


async def _search(
    session: AsyncSession, table: Table, fields: Fields, terms: Sequence[Term], within: Query | None, limit: int
) -> list[Hit]:
    total = await newest_id(session, table)
    weighed, masses = await _candidates(session, table, terms, within, total)
    ids = [row_id for row_id, _ in sorted(masses.items(), key=lambda item: (-item[1], -item[0]))[:CANDIDATES]]
    rows = await searched_rows(session, table, ids)
    hits = [Hit(row_id, rank(weighed, fields, row.body, row.near, row.head), row) for row_id, row in rows.items()]
    return sorted(hits, key=lambda hit: (-hit.rank.score, -hit.id))[:limit]


async def _candidates(
    session: AsyncSession, table: Table, terms: Sequence[Term], within: Query | None, total: int
) -> tuple[list[Weighed], dict[int, float]]:
    """What each term weighs, and how much weight each row has gathered from the rarer terms."""
    weighed: list[Weighed] = []
    masses: dict[int, float] = defaultdict(float)
    common: list[Query] = []
    for term in terms:
        found = await matching(session, table, _both(term.query(), within), COMMON)
        weighed.append(weigh(term, len(found), total))
        if term.optional:
            continue
        share = 1.0
        if not found and term.pieces:
            found, share = await matching(session, table, _both(_pieces(term), within), COMMON), 0.5
        if len(found) >= COMMON:
            common.append(term.query())
        for row_id in found:
            masses[row_id] += share * weighed[-1].weight
    if len(common) > 1:
        for row_id in await matching(session, table, _both(Every(tuple(common)), within), COMMON):
            masses[row_id] += 1.0
    return weighed, masses


def _pieces(term: Term) -> Query:
    return Some(tuple(Words(piece) for piece in term.pieces)) if len(term.pieces) > 1 else Words(term.pieces[0])


def _both(query: Query, within: Query | None) -> Query:
    return every(query, within) or query


async def find_set(session: AsyncSession, due: Due, within: Query | None, limit: int) -> tuple[list[int], int]:
    """All commitments of a kind: the first of them by due day, letter and place in it, and how many there are."""
    conditions = _due_conditions(due)
    values: dict[str, Any] = {}
    if within is not None:
        conditions.append(_labelled(session))
        values["query"] = to_fts5(within) if is_sqlite(session) else to_tsquery(within)
    order = (col(Commitment.due_on).is_(None), col(Commitment.due_on), col(Commitment.reply_id), Commitment.position)
    listed = select(Commitment.id).where(*conditions).order_by(*order).limit(limit)  # type: ignore[arg-type]
    ids = list((await session.exec(listed, params=values)).all())
    if len(ids) < limit:
        return [row_id for row_id in ids if row_id], len(ids)
    total = (await session.exec(select(func.count()).select_from(Commitment).where(*conditions), params=values)).one()
    return [row_id for row_id in ids if row_id], total


def _due_conditions(due: Due) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [col(Commitment.state).in_(due.states)]
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


async def find_unit_names(session: AsyncSession, unit_ids: frozenset[int]) -> list[str]:
    return list(await session.exec(select(Unit.name).where(col(Unit.id).in_(unit_ids))))
