"""How well a text answers the words of a question: rare words count most, most of all in the promise itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from storage.search_text import Query, Words, some

OTHER_WORD = 0.85
"""What another word for the same thing is worth, beside the word itself."""
PIECES = 0.6
UNSEEN = 0.55
"""A word that stands nowhere in the ledger is missed by less than a rare one that stands elsewhere."""
ACTION = 0.5
OPTIONAL = 0.35


@dataclass(frozen=True, slots=True)
class Term:
    """A word to look for, other words for it, whether it only says what is done, whether it may be missing."""

    text: str
    others: tuple[str, ...] = ()
    action: bool = False
    optional: bool = False

    @property
    def pieces(self) -> tuple[str, ...]:
        """Pairs of neighbouring characters: what is left of a longer word when one character is wrong."""
        if len(self.text) < 3 or self.text.isascii():
            return ()
        return tuple(self.text[at : at + 2] for at in range(len(self.text) - 1))

    def query(self) -> Query:
        return some([Words(word) for word in (self.text, *self.others)]) or Words(self.text)


@dataclass(frozen=True, slots=True)
class Weighed:
    term: Term
    weight: float

    def presence(self, text: str) -> float:
        """1 for the word itself, less for another word for it or for most of its pieces, 0 for nothing."""
        if self.term.text in text:
            return 1.0
        if any(other in text for other in self.term.others):
            return OTHER_WORD
        pieces = self.term.pieces
        share = sum(piece in text for piece in pieces) / len(pieces) if pieces else 0.0
        return PIECES * share if share >= 0.5 else 0.0


@dataclass(frozen=True, slots=True)
class Fields:
    """How much a word counts in each part of what is searched."""

    body: float
    near: float
    head: float


COMMITMENT = Fields(body=1.0, near=0.6, head=0.5)
REPLY = Fields(body=1.0, near=0.55, head=0.6)


def weigh(term: Term, found: int, total: int) -> Weighed:
    """`found` rows hold the term, of `total`; 0 for a term that only its pieces or nothing can match."""
    rarest = math.log(1 + total)
    weight = math.log(1 + total / found) if found else UNSEEN * rarest
    factor = (ACTION if term.action else 1.0) * (OPTIONAL if term.optional else 1.0)
    return Weighed(term, max(weight, 0.1) * factor)


@dataclass(frozen=True, slots=True)
class Rank:
    """`score` orders, `coverage` (0..1) says how much of the question is there at all, `matter` whether a thing is."""

    score: float
    coverage: float
    own: float
    """The share of the question that stands in the row's own words."""
    matter: bool


def rank(terms: Sequence[Weighed], fields: Fields, body: str, near: str, head: str) -> Rank:
    score = present = own = 0.0
    matter = False
    for term in terms:
        in_body, in_near, in_head = term.presence(body), term.presence(near), term.presence(head)
        score += term.weight * max(in_body * fields.body, in_near * fields.near, in_head * fields.head)
        if term.term.optional:
            continue
        best = max(in_body, in_near, in_head)
        present += term.weight * best
        own += term.weight * in_body
        matter = matter or (best > 0.3 and not term.term.action)
    asked = sum(term.weight for term in terms if not term.term.optional) or 1.0
    return Rank(score, present / asked, own / asked, matter)
