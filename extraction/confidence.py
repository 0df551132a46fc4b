"""How sure the reader is of what it took or left, 0..1: a sum of signs, fitted on first readings of unseen letters.

A sign's weight is what it adds to the log-odds: of a commitment, that it is one and its day is right; of a segment
that was left, that it is a commitment after all. `python -m tests.bench.doubt` measures and fits them.
"""

from __future__ import annotations

import math
from operator import mul
from typing import NamedTuple

from extraction.commitments import Verdict
from extraction.cues import Weight
from extraction.deadlines import vague_words
from extraction.outline import Placed, Stance
from extraction.recurrence import find_recurrence
from extraction.second_reader import log_odds
from extraction.splitting import Part


class Around(NamedTuple):
    """What a segment stands beside: was the one before it taken, the one behind it; its paragraph's place, 0 to 1."""

    behind_taken: bool
    before_taken: bool
    place: float


class Taken(NamedTuple):
    """The signs of a commitment: 0 or 1, but for the second reader's log-odds and the place in the body, 0 to 1."""

    always: float
    second_reader: float
    looks_forward: float
    closes: float
    place: float
    cut_at_comma: float
    several_dates: float
    inherits_day: float
    recurs: float


class Left(NamedTuple):
    """The signs of a segment that was left; also the log-odds of the rule that left it."""

    always: float
    second_reader: float
    rule: float
    reports: float
    closes: float
    place: float
    behind_taken: float
    before_taken: float
    own_day: float
    inherits_day: float
    waits: float
    half_done: float
    promising_word: float
    recurs: float


TAKEN = Taken(
    always=0.7,
    second_reader=0.35,
    looks_forward=0.3,
    closes=-0.7,
    place=0.95,
    cut_at_comma=-0.5,
    several_dates=0.65,
    inherits_day=0.35,
    recurs=0.3,
)
LEFT = Left(
    always=-0.75,
    second_reader=0.7,
    rule=-1.05,
    reports=-0.95,
    closes=-0.5,
    place=0.6,
    behind_taken=0.5,
    before_taken=-0.4,
    own_day=0.25,
    inherits_day=0.45,
    waits=0.6,
    half_done=-0.2,
    promising_word=0.2,
    recurs=0.45,
)
_WORTH_A_LOOK = 0.03


def signs_of_taken(spot: Placed, verdict: Verdict, part: Part, words: str, *, inherits: bool, around: Around) -> Taken:
    return Taken(
        always=1,
        second_reader=log_odds(words),
        looks_forward=spot.stance is Stance.FORWARD,
        closes=spot.closing,
        place=around.place,
        cut_at_comma=part.end - part.start < len(spot.segment.text),
        several_dates=len(verdict.dates) > 1,
        inherits_day=inherits,
        recurs=find_recurrence(words) is not None,
    )


def signs_of_left(spot: Placed, verdict: Verdict, *, inherits: bool, around: Around) -> Left:
    words, weights = spot.segment.text, {cue.weight for cue in verdict.cues}
    return Left(
        always=1,
        second_reader=log_odds(words),
        rule=math.log(verdict.sureness / (1 - verdict.sureness)),
        reports=spot.stance is Stance.REPORT,
        closes=spot.closing,
        place=around.place,
        behind_taken=around.behind_taken,
        before_taken=around.before_taken,
        own_day=bool(verdict.dates),
        inherits_day=inherits,
        waits=not (verdict.dates or inherits) and vague_words(words) is not None,
        half_done=Weight.DONE in weights,
        promising_word=Weight.STRONG in weights,
        recurs=find_recurrence(words) is not None,
    )


def rate(signs: Taken) -> float:
    """How sure it is that the quote is a commitment and that its day is right."""
    return round(min(0.99, max(0.05, _probability(TAKEN, signs))), 3)


def rate_near_miss(signs: Left) -> float | None:
    """How likely a segment that was left is a commitment after all; None when it is not worth a person's look."""
    found = _probability(LEFT, signs)
    return round(min(0.49, found), 3) if found >= _WORTH_A_LOOK else None


def _probability(weights: Taken | Left, signs: Taken | Left) -> float:
    return 1 / (1 + math.exp(-sum(map(mul, weights, signs))))
