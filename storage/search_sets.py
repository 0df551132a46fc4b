"""Sets of commitments: all of a state, a day, a reply or a label, how many there are, and which share of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, text
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from commitments.states import CommitmentState
from storage.engine import Look
from storage.search import ANYBODY, SEARCH_COMMITMENT, SHOWN
from storage.search_queries import is_sqlite
from storage.search_text import Every, Label, Query, Some, to_fts5, to_tsquery
from storage.tables import Commitment


@dataclass(frozen=True, slots=True)
class Due:
    """Which commitments a set takes: states, first and last due day (inclusive) or none, and of which replies."""

    states: tuple[CommitmentState, ...] = SHOWN
    first: date | None = None
    last: date | None = None
    undated: bool = False
    reply_ids: tuple[int, ...] = ()


def find_set(look: Look, due: Due, within: Query | None, limit: int) -> tuple[list[int], int]:
    """The first of all commitments of a kind, and how many there are: by due day where one is asked for, else in order.

    Each state is read by itself, so that the index over state and due day gives its rows in order.
    """
    if due.reply_ids:
        return _find_in_replies(look, due, within, limit)
    if within is not None and _leads_to_few(within):
        return _find_labelled(look, due, within, limit)
    order, values = _order(due), _values(look, within)
    by_day = len(order) > 1
    found: list[tuple[date, int]] = []
    total = 0
    for state in due.states:
        conditions = [col(Commitment.state) == state, *_due_conditions(due), *_labels(look, within)]
        listed = select(Commitment.id, Commitment.due_on).where(*conditions).order_by(*order).limit(limit)  # type: ignore[type-var]
        rows = look.execute(listed, values).all()
        found += [((day or date.max) if by_day else date.min, row_id or 0) for row_id, day in rows]
        total += len(rows) if len(rows) < limit else _count(look, conditions, values)
    return [row_id for _, row_id in sorted(found)[:limit]], total


def _order(due: Due) -> tuple[Any, ...]:
    by_day = due.first is not None or due.last is not None
    return (col(Commitment.due_on), col(Commitment.id)) if by_day else (col(Commitment.id),)


def _find_labelled(look: Look, due: Due, within: Query, limit: int) -> tuple[list[int], int]:
    """The labels lead to few rows: these are read once, and their states and days are looked at afterwards."""
    # An expression instead of the bare column keeps the planner from walking all rows of a state.
    in_states = col(Commitment.state).concat("").in_(due.states)
    listed = select(col(Commitment.id), func.count().over().label("total"))
    listed = listed.where(in_states, *_due_conditions(due), *_labels(look, within)).order_by(*_order(due))
    rows = look.execute(listed.limit(limit), _values(look, within)).all()
    return [row_id for row_id, _ in rows if row_id is not None], rows[0].total if rows else 0


def _find_in_replies(look: Look, due: Due, within: Query | None, limit: int) -> tuple[list[int], int]:
    """A few letters hold few commitments: their rows are read by letter and the states are looked at afterwards."""
    conditions = [col(Commitment.reply_id).in_(due.reply_ids), *_due_conditions(due), *_labels(look, within)]
    placed = select(Commitment.id, Commitment.state).where(*conditions)
    in_order = placed.order_by(col(Commitment.reply_id), col(Commitment.position))
    rows = look.execute(in_order, _values(look, within)).all()
    ids = [row_id for row_id, state in rows if row_id is not None and state in due.states]
    return ids[:limit], len(ids)


def _labels(look: Look, within: Query | None) -> list[ColumnElement[bool]]:
    if within is None:
        return []
    name = SEARCH_COMMITMENT.name
    if is_sqlite(look):
        inner = f"SELECT rowid FROM {name}_index WHERE {name}_index MATCH :query"  # noqa: S608
    else:
        inner = f"SELECT id FROM {name} WHERE tokens @@ CAST(:query AS tsquery)"  # noqa: S608
        # PostgreSQL takes a rare label for a common one; an array is read before all else, and by the index.
        inner = f"SELECT unnest(ARRAY({inner}))" if _leads_to_few(within) else inner
    return [col(Commitment.id).in_(text(inner))]


def _leads_to_few(within: Query) -> bool:
    """Whether the labels name somebody; what is open to everybody may be nearly all."""
    match within:
        case Every(parts):
            return any(map(_leads_to_few, parts))
        case Some(parts):
            return all(map(_leads_to_few, parts))
        case _:
            return within != Label(ANYBODY)


def _values(look: Look, within: Query | None) -> dict[str, str]:
    if within is None:
        return {}
    return {"query": to_fts5(within) if is_sqlite(look) else to_tsquery(within)}


def count_share(
    look: Look, rate: str, reply_ids: tuple[int, ...], within: Query | None, today: date
) -> tuple[int, int]:
    """How many commitments a rate counts, and of how many: see RATES."""
    of, part = RATES[rate]
    conditions = [_is_shown(), *of(today), *_labels(look, within)]
    conditions += [col(Commitment.reply_id).in_(reply_ids)] if reply_ids else []
    values = _values(look, within)
    whole = _count(look, conditions, values)
    return _count(look, [*conditions, part], values), whole


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


def _count(look: Look, conditions: list[ColumnElement[bool]], values: dict[str, str]) -> int:
    counted = select(func.count()).select_from(Commitment).where(*conditions)
    return look.scalar(counted, values) or 0


def _due_conditions(due: Due) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if due.undated:
        conditions.append(col(Commitment.due_on).is_(None))
    if due.first is not None:
        conditions.append(col(Commitment.due_on) >= due.first)
    if due.last is not None:
        conditions.append(col(Commitment.due_on) <= due.last)
    return conditions


def due_days(look: Look, commitment_ids: Sequence[int]) -> dict[int, date | None]:
    return {row.id: row.due_on for row in look.execute(_DUE_DAYS, {"ids": commitment_ids})} if commitment_ids else {}


_DUE_DAYS = select_columns(col(Commitment.id), col(Commitment.due_on)).where(
    col(Commitment.id).in_(bindparam("ids", expanding=True))
)


def keep_visible(look: Look, ids: Sequence[int], visible: Query | None) -> list[int]:
    """Those of the commitments that are in the index and carry these labels, in their order."""
    conditions = [col(Commitment.id).in_(ids), _is_shown(), *_labels(look, visible)]
    rows = look.scalars(select(Commitment.id).where(*conditions), _values(look, visible))
    kept = set(rows)
    return [number for number in ids if number in kept]


def _is_shown() -> ColumnElement[bool]:
    return col(Commitment.state).in_(SHOWN)
