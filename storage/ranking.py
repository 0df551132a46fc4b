"""How well a text answers the words of a question: rare words count most, most of all in the promise itself."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from storage.search_text import Query, Words, some

OTHER_WORD, EACH_FARTHER, FARTHEST = 0.88, 0.03, 0.55
"""What another word for the same thing is worth, beside the word itself: less the farther it is."""
ONE_CHARACTER = 0.6
"""补 stands in 补助, but in 补偿 too."""
PIECES = 0.6
SHORTENED = 0.55
"""二小 for 第二小学, 地标 for 地理标志: the characters in their order with little between them."""
UNSEEN_ACTION, UNSEEN_WORD, UNSEEN_THING, UNSEEN_EXACT, UNSEEN_VAGUE = 0.5, 0.55, 1.0, 4.0, 0.35
"""What weighs a word that stands nowhere in the ledger: an action or a short word less than a rare one that stands
elsewhere; a thing with a name of its own (动物园, 充电桩) is what was asked for: without it the rest is no answer;
least of all without a number that is named (7号线)."""
ACTION_COVERS = 0.25
OPTIONAL = 0.35


@dataclass(frozen=True, slots=True)
class Term:
    """A word to look for, other words for it, whether it only says what is done, may be missing, names a thing, is
    vague (no thing as far as is known) or exact: nothing that only resembles it is meant."""

    text: str
    others: tuple[str, ...] = ()
    action: bool = False
    optional: bool = False
    names: bool = False
    vague: bool = False
    exact: bool = False
    parts: tuple[Term, ...] = ()
    """What to look for instead where nothing holds the whole."""

    @property
    def pieces(self) -> tuple[str, ...]:
        """Pairs of neighbouring characters: what is left of a longer word when one character is wrong."""
        if len(self.text) < 3 or self.exact or self.text.isascii():
            return ()
        return tuple(self.text[at : at + 2] for at in range(len(self.text) - 1))

    @property
    def weight_unseen(self) -> float:
        """What nobody ever wrote of: a thing weighs most, an action least."""
        if self.exact:
            return UNSEEN_EXACT
        if self.action:
            return UNSEEN_ACTION
        if self.names:
            return UNSEEN_THING
        return UNSEEN_VAGUE if self.vague else UNSEEN_WORD

    def query(self) -> Query:
        """What finds it. What is done stands in every other promise: only its own word is counted."""
        others = () if self.action else tuple(word for word in self.others if len(word) > 1)
        return some([Words(word) for word in _without_longer((self.text, *others))]) or Words(self.text)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A term with its weight (0..1); `seen` is False for one that stands nowhere in the ledger."""

    term: Term
    weight: float
    seen: bool
    covers: float
    """How much of the question it is."""
    forms: tuple[tuple[str, float], ...]
    """The word itself and other words for it, each with its worth."""

    @property
    def leads(self) -> bool:
        """Whether a row that holds it and nothing else may be an answer."""
        return not self.term.optional and not self.term.action

    def presences(self, parts: Sequence[str], forms: Sequence[tuple[str, float]]) -> list[float]:
        """What it is worth in each part, by those of its forms that stand in any of them."""
        if self.seen and len(forms) == 1 and not forms[0][0].isascii():  # nearly always: it need not be fast elsewhere
            form, worth = forms[0]
            return [worth if form in part else 0.0 for part in parts]
        return [self._presence(part, forms) for part in parts]

    def _presence(self, text: str, forms: Sequence[tuple[str, float]]) -> float:
        """What the best of the forms in this part is worth; else of most of its pieces or of its long form."""
        for form, worth in forms:
            if form in text and (not form.isascii() or _stands_alone(form, text)):
                return worth
        if self.seen or self.term.exact:
            return 0.0
        pieces = self.term.pieces
        share = sum(piece in text for piece in pieces) / len(pieces) if pieces else 0.0
        shortened = SHORTENED if _long_form(self.term.text).search(text) else 0.0
        return max(PIECES * share if share >= 0.5 else 0.0, shortened)


THING = (1.0, 0.75, 0.8, 0.6, 0.85, 0.5)
"""How much a word counts in each part of a commitment: its own words, the head of its reply, the section's heading,
the sentences before, the same sentence before, what follows."""
ACTION = (1.0, 0.2, 0.3, 0.15, 0.25, 0.15)
"""What is done must be done by the promise itself."""
LETTER = (1.0, 0.6, 0.55)
"""The parts of a letter: title, head, text."""


@dataclass(frozen=True, slots=True)
class Rank:
    """`score` orders, `coverage` (0..1) says how much of the question is there at all, `matter` whether a thing is."""

    score: float
    coverage: float
    own: float
    """The share of the question that stands in the row's own words."""
    matter: bool


def weigh(term: Term, share: float) -> Weighed:
    """`share` says how rare the term is among the rows (0..1); 0 for one that none of them holds."""
    weight = max(share, 0.05) if share else term.weight_unseen
    itself = 1.0 if len(term.text) > 1 or term.text.isascii() else ONE_CHARACTER
    others = ((word, max(OTHER_WORD - EACH_FARTHER * at, FARTHEST)) for at, word in enumerate(term.others))
    forms = ((term.text, itself), *others)
    covers = 0.0 if term.optional else weight * ACTION_COVERS if term.action else weight
    return Weighed(term, weight * (OPTIONAL if term.optional else 1.0), bool(share), covers, forms)


def rarity(found: int, total: int) -> float:
    """1 for a word in one row, near 0 for a word in all; 0 for a word in none."""
    return math.log(1 + total / found) / math.log(1 + total) if found and total else 0.0


def rank_commitment(terms: Sequence[Weighed], parts: Sequence[str]) -> Rank:
    return _rank(terms, parts, THING, ACTION)


def rank_letter(terms: Sequence[Weighed], parts: Sequence[str]) -> Rank:
    return _rank(terms, parts, LETTER, LETTER)


def _rank(terms: Sequence[Weighed], parts: Sequence[str], thing: Sequence[float], action: Sequence[float]) -> Rank:
    score = present = own = 0.0
    matter = False
    whole = "\n".join(parts)
    for term in terms:
        forms = [form for form in term.forms if form[0] in whole]
        if not forms and term.seen:
            continue
        found = term.presences(parts, forms)
        score += term.weight * max(map(mul, found, action if term.term.action else thing))
        best = max(found)
        present, own = present + term.covers * best, own + term.covers * found[0]
        matter = matter or (term.covers > 0 and best > 0.3 and not term.term.action)
    asked = sum(term.covers for term in terms) or 1.0
    return Rank(score, present / asked, own / asked, matter)


def _without_longer(words: Sequence[str]) -> list[str]:
    """Where 车库 stands is found without 停车库 as well."""
    chinese = [word for word in words if all(character > "z" for character in word)]
    return [word for word in words if not any(short in word and short != word for short in chinese)]


def _stands_alone(word: str, text: str) -> bool:
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None


@lru_cache(maxsize=4096)
def _long_form(word: str) -> re.Pattern[str]:
    """The characters with up to two others between them, or a longer word with one character wrong."""
    if not 2 <= len(word) <= 4 or word.isascii():
        return re.compile(r"(?!)")
    forms = [_BETWEEN.join(word)]
    if len(word) > 2:
        forms += [f"{word[:at]}.{word[at + 1 :]}" for at in range(1, len(word) - 1)]
    return re.compile("|".join(forms))


_BETWEEN = "[一-鿿]{0,2}"
