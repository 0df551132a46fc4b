"""Looks things up in the full-text index by their words, the best first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import JSON, Select, Table, TextClause, TextualSelect, bindparam, func, select, text

from storage.engine import Look
from storage.ranking import Rank, Term, Weighed, rank_commitment, rank_letter, rarity, weigh
from storage.search import SEARCH_COMMITMENT, SEARCH_REPLY, Searched
from storage.search_text import Every, Query, Words, every, some, to_fts5, to_tsquery

COMMON = 1_500
"""A word in more rows than this is not enumerated: it only orders what rarer words have found."""
CANDIDATES = 100
SENTENCE_ENDS = "。；！？"


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
    finding = _Finding(look, within, letters)
    found = [row for term in terms for row in finding.find_with_parts(term)]
    weighed = [weigh(row.term, row.share) for row in found]
    commitments = _rank_rows(look, SEARCH_COMMITMENT, weighed, [row.commitments for row in found], within, limit)
    if not letters:
        return Hits(commitments, [])
    replies = _rank_rows(look, SEARCH_REPLY, weighed, [row.replies for row in found], within, limit)
    return Hits(commitments, replies)


@dataclass(frozen=True, slots=True)
class _FoundTerm:
    """The commitments and the replies that hold a term, or where none does (`share` 0), some of its pieces."""

    term: Term
    share: float
    commitments: Sequence[int] = ()
    replies: Sequence[int] = ()


class _Finding:
    """Finds the rows of each term; without `letters` the replies are only counted, for how rare the term is."""

    def __init__(self, look: Look, within: Query | None, letters: bool) -> None:
        self._look, self._within, self._letters = look, within, letters
        self._totals = [newest or 0 for newest in look.execute(_NEWEST).one()]

    def find_with_parts(self, term: Term) -> list[_FoundTerm]:
        """A long word that nothing holds gives way to its parts."""
        found = self._find(term)
        return [found] if found.share or not term.parts else [self._find(part) for part in term.parts]

    def _find(self, term: Term) -> _FoundTerm:
        if term.action and len(term.text) == 1:
            return _FoundTerm(term, 0.0)
        query = _both(term.query(), self._within)
        commitments, replies = self._matching(query)
        in_replies = len(replies) if self._letters else counting(self._look, SEARCH_REPLY, query, COMMON)
        if commitments or in_replies or not term.pieces or term.optional:
            held_by = zip((len(commitments), in_replies), self._totals, strict=True)
            share = sum(rarity(held, total) for held, total in held_by) / 2
            return _FoundTerm(term, share, commitments, replies)
        pieces = _both(some([Words(piece) for piece in term.pieces]) or term.query(), self._within)
        return _FoundTerm(term, 0.0, *self._matching(pieces))

    def _matching(self, query: Query) -> tuple[list[int], list[int]]:
        replies = matching(self._look, SEARCH_REPLY, query, COMMON) if self._letters else []
        return matching(self._look, SEARCH_COMMITMENT, query, COMMON), replies


def _rank_rows(
    look: Look,
    table: Table,
    terms: Sequence[Weighed],
    rows: Sequence[Sequence[int]],
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
    newest = sorted(masses, reverse=True)
    heaviest = sorted(newest, key=masses.__getitem__, reverse=True)[:CANDIDATES]
    texts = _searched_rows(look, table, heaviest)
    commitments = table is SEARCH_COMMITMENT
    order, parts = (rank_commitment, _parts) if commitments else (rank_letter, _letter_parts)
    hits = [Hit(row_id, order(terms, parts(row)), row) for row_id, row in texts.items()]
    return sorted(hits, key=lambda hit: (-hit.rank.score, -hit.id))[:limit]


def _parts(row: Searched) -> tuple[str, ...]:
    section, before, after = row.near.split("\n", 2)
    sentence = max(map(before.rfind, SENTENCE_ENDS)) + 1
    return row.body, row.head, section, before[:sentence], before[sentence:], after


def _letter_parts(row: Searched) -> tuple[str, ...]:
    return row.body, row.head, row.near


def _both(query: Query, within: Query | None) -> Query:
    return every(query, within) or query


def matching(look: Look, table: Table, query: Query, limit: int) -> list[int]:
    """The ids of rows that match, newest first; they come as one value, which is cheaper than a thousand rows."""
    statement, values = _matching(look, table, query, limit)
    listed = "json_group_array(id)" if is_sqlite(look) else "json_agg(id)"
    return look.scalar(_ids(f"SELECT {listed} AS ids FROM ({statement}) AS newest"), values) or []  # noqa: S608


def counting(look: Look, table: Table, query: Query, most: int) -> int:
    """How many rows match, counted up to `most`."""
    statement, values = _matching(look, table, query, most)
    return look.scalar(_text(f"SELECT count(*) FROM ({statement}) AS newest"), values) or 0  # noqa: S608


def _matching(look: Look, table: Table, query: Query, limit: int) -> tuple[str, dict[str, str | int]]:
    if is_sqlite(look):
        return _FTS5.format(table.name), {"query": to_fts5(query), "limit": limit}
    strictly, loosely = to_tsquery(query), to_tsquery(query, loosely=True)
    if strictly == loosely:
        return _TSQUERY.format(table.name), {"query": strictly, "limit": limit}
    return _LOOSELY_FIRST.format(table.name), {"query": strictly, "loosely": loosely, "limit": limit}


_FTS5 = "SELECT rowid AS id FROM {0}_index WHERE {0}_index MATCH :query ORDER BY rowid DESC LIMIT :limit"
# "id + 0" keeps PostgreSQL's planner from walking the whole table backwards in search of a rare word.
_TSQUERY = "SELECT id FROM {0} WHERE tokens @@ CAST(:query AS tsquery) ORDER BY id + 0 DESC LIMIT :limit"
# Its index does not know what stands together: that is looked up row by row, and only as far as the limit.
_LOOSELY_FIRST = """
SELECT id FROM (
    SELECT id + 0 AS id FROM {0} WHERE tokens @@ CAST(:loosely AS tsquery) ORDER BY id + 0 DESC OFFSET 0
) AS loose
WHERE (SELECT tokens @@ CAST(:query AS tsquery) FROM {0} WHERE {0}.id = loose.id) ORDER BY id DESC LIMIT :limit
"""


@cache
def _text(statement: str) -> TextClause:
    return text(statement)


@cache
def _ids(statement: str) -> TextualSelect:
    return text(statement).columns(ids=JSON)


def is_sqlite(look: Look) -> bool:
    return look.dialect.name == "sqlite"


def _searched_rows(look: Look, table: Table, ids: Sequence[int]) -> dict[int, Searched]:
    rows: Sequence[Any] = look.execute(_rows(table), {"ids": ids}).all()
    return {row_id: Searched(body, near, head, labels) for row_id, body, near, head, labels in rows}


@cache
def _rows(table: Table) -> Select[tuple[int, str, str, str, str]]:
    columns = (table.c[name] for name in ("id", "body", "near", "head", "labels"))
    return select(*columns).where(table.c.id.in_(bindparam("ids", expanding=True)))


# About how many rows there are, without counting them.
_NEWEST = select(*(select(func.max(table.c.id)).scalar_subquery() for table in (SEARCH_COMMITMENT, SEARCH_REPLY)))
