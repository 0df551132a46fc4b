"""Looks things up in the full-text index by their words, the best first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, Table, TextClause, bindparam, func, select, text

from storage.engine import Look
from storage.ranking import Rank, Term, Text, Weighed, rank_commitment, rank_letter, rarity, weigh
from storage.search import SEARCH_COMMITMENT, SEARCH_REPLY, Searched
from storage.search_text import Every, Query, Words, every, some, to_fts5, to_tsquery

COMMON = 1_500
"""A word in more rows than this is not enumerated: it only orders what rarer words have found."""
CANDIDATES = 150


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that answers some of the words, with what was compared."""

    id: int
    rank: Rank
    searched: Searched


@dataclass(frozen=True, slots=True)
class Hits:
    """What some words find, best first."""

    commitments: list[Hit]
    replies: list[Hit]


def search(look: Look, terms: Sequence[Term], within: Query | None, limit: int, *, letters: bool = True) -> Hits:
    """Commitments, and with `letters` the replies, that hold some of the words."""
    totals = [_newest_id(look, table) for table in (SEARCH_COMMITMENT, SEARCH_REPLY)]
    terms, found = _find_terms(look, terms, within)
    shares = [sum(rarity(len(ids), total) for ids, total in zip(both.whole, totals, strict=True)) / 2 for both in found]
    weighed = [weigh(term, share) for term, share in zip(terms, shares, strict=True)]
    commitments = _rank_rows(look, SEARCH_COMMITMENT, weighed, [both.rows(0) for both in found], within, limit)
    if not letters:
        return Hits(commitments, [])
    return Hits(commitments, _rank_rows(look, SEARCH_REPLY, weighed, [both.rows(1) for both in found], within, limit))


@dataclass(frozen=True, slots=True)
class _FoundTerm:
    """The commitments and the replies that hold a term, or where none does, some of its pieces."""

    whole: tuple[list[int], list[int]]
    pieces: tuple[list[int], list[int]]

    def rows(self, at: int) -> list[int]:
        return self.whole[at] or self.pieces[at]


def _find_terms(look: Look, terms: Sequence[Term], within: Query | None) -> tuple[list[Term], list[_FoundTerm]]:
    """Each term with the rows that hold it; a long word that none holds gives way to its parts."""
    kept: list[Term] = []
    found: list[_FoundTerm] = []
    for term in terms:
        rows = _find_term(look, term, within)
        for part in term.parts if term.parts and not any(rows.whole) else (term,):
            kept.append(part)
            found.append(rows if part is term else _find_term(look, part, within))
    return kept, found


def _find_term(look: Look, term: Term, within: Query | None) -> _FoundTerm:
    if term.action and len(term.text) == 1:
        return _FoundTerm(([], []), ([], []))
    commitments = matching(look, SEARCH_COMMITMENT, _both(term.query(), within), COMMON)
    replies = matching(look, SEARCH_REPLY, _both(term.query(), within), COMMON)
    if commitments or replies or not term.pieces or term.optional:
        return _FoundTerm((commitments, replies), ([], []))
    pieces = _both(some([Words(piece) for piece in term.pieces]) or term.query(), within)
    parts = [matching(look, table, pieces, COMMON) for table in (SEARCH_COMMITMENT, SEARCH_REPLY)]
    return _FoundTerm(([], []), (parts[0], parts[1]))


def _rank_rows(
    look: Look,
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
    together = matching(look, table, _both(Every(tuple(common)), within), COMMON) if len(common) > 1 else []
    for row_id in together:
        masses[row_id] += 1.0
    # What is done, or welcome but not needed, leads to no row by itself: it only says which of many are looked at.
    for term, ids in sorted(zip(terms, rows, strict=True), key=lambda pair: not pair[0].leads):
        for row_id in ids if term.leads else masses.keys() & ids:
            masses[row_id] += term.weight
    best = sorted(masses, key=lambda row_id: (-masses[row_id], -row_id))[:CANDIDATES]
    texts = _searched_rows(look, table, best)
    order = rank_commitment if table is SEARCH_COMMITMENT else rank_letter
    hits = [Hit(row_id, order(terms, _text(table, row)), row) for row_id, row in texts.items()]
    return sorted(hits, key=lambda hit: (-hit.rank.score, -hit.id))[:limit]


def _text(table: Table, row: Searched) -> Text:
    if table is SEARCH_REPLY:
        return Text(row.body, (row.near,), row.head)
    section, before, after = row.near.split("\n", 2)
    sentences = re.split(r"(?<=[。；！？])", before)
    return Text(row.body, (section, "".join(sentences[:-1]), sentences[-1], after), row.head)


def _both(query: Query, within: Query | None) -> Query:
    return every(query, within) or query


def matching(look: Look, table: Table, query: Query, limit: int) -> list[int]:
    """The ids of rows that match, newest first."""
    sqlite = is_sqlite(look)
    words = to_fts5(query) if sqlite else to_tsquery(query)
    return [
        row[0] for row in look.execute(_matching(table.name, sqlite=sqlite), {"query": words, "limit": limit}).all()
    ]


@cache
def _matching(name: str, *, sqlite: bool) -> TextClause:
    if sqlite:
        return text(
            f"SELECT rowid FROM {name}_index WHERE {name}_index MATCH :query ORDER BY rowid DESC LIMIT :limit"  # noqa: S608
        )
    # "id + 0" keeps the planner from walking the whole table backwards in search of a rare word.
    condition = f"{name}.tokens @@ CAST(:query AS tsquery)"
    return text(f"SELECT id FROM {name} WHERE {condition} ORDER BY id + 0 DESC LIMIT :limit")  # noqa: S608


def is_sqlite(look: Look) -> bool:
    return look.dialect.name == "sqlite"


def _searched_rows(look: Look, table: Table, ids: Sequence[int]) -> dict[int, Searched]:
    return {
        row.id: Searched(row.body, row.near, row.head, row.labels) for row in look.execute(_rows(table), {"ids": ids})
    }


@cache
def _rows(table: Table) -> Select[tuple[int, str, str, str, str]]:
    columns = (table.c[name] for name in ("id", "body", "near", "head", "labels"))
    return select(*columns).where(table.c.id.in_(bindparam("ids", expanding=True)))


def _newest_id(look: Look, table: Table) -> int:
    """About how many rows there are, without counting them."""
    return look.scalar(_newest(table)) or 0


@cache
def _newest(table: Table) -> Select[tuple[int]]:
    return select(func.max(table.c.id))
