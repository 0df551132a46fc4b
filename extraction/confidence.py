"""How sure the reader is of what it took or left, 0..1: a sum of signs, fitted on first readings of unseen letters.

A sign's weight is what it adds to the log-odds: of a commitment, that it is one and its day is right; of a segment
that was left, that it is a commitment after all. `python -m tests.bench.doubt` measures and fits them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from extraction.commitments import Verdict
from extraction.cues import Weight
from extraction.lexicon import opens_with_action
from extraction.outline import Placed, Stance
from extraction.second_reader import log_odds
from extraction.splitting import Part


@dataclass(frozen=True, slots=True)
class Case:
    """A part that was taken or a segment that was left, and what stands around it in the letter."""

    spot: Placed
    verdict: Verdict
    part: Part
    words: str
    weights: frozenset[Weight]
    """What its cues weigh."""
    recurs: bool
    """It comes back every month, quarter or year."""
    inherits: bool
    """Its day comes from what holds it."""
    waits: bool
    """It speaks of time (适时, 待…后) but has no day."""
    behind_taken: bool
    """The segment before it was taken."""
    before_taken: bool
    """The segment behind it was taken."""
    place: float
    """Where its paragraph stands in the body, 0 to 1."""

    @property
    def whole(self) -> bool:
        return self.part.end - self.part.start == len(self.spot.segment.text)


@dataclass(frozen=True, slots=True)
class Sign:
    """One row: a name, its weight, its value for a case (0 or 1 for most)."""

    name: str
    weight: float
    value: Callable[[Case], float]


def _is(stance: Stance) -> Callable[[Case], float]:
    return lambda case: case.spot.stance is stance


def _cue(weight: Weight) -> Callable[[Case], float]:
    return lambda case: weight in case.weights


def _worth_of_rule(case: Case) -> float:
    return math.log(case.verdict.sureness / (1 - case.verdict.sureness))


TAKEN = (
    Sign("always", 0.48, lambda case: 1.0),
    Sign("the second reader", 0.24, lambda case: log_odds(case.words)),
    Sign("the worth of its rule", 0.10, _worth_of_rule),
    Sign("opens with an action", 0.35, lambda case: opens_with_action(case.words)),
    Sign("in a part that looks forward", 0.41, _is(Stance.FORWARD)),
    Sign("in a part that reports", -0.49, _is(Stance.REPORT)),
    Sign("where letters close", -0.64, lambda case: case.spot.closing),
    Sign("late in the letter", 0.55, lambda case: case.place),
    Sign("cut at a comma", -0.98, lambda case: not case.whole),
    Sign("several dates", 0.58, lambda case: len(case.verdict.dates) > 1),
    Sign("a day of its own", 0.08, lambda case: case.part.date is not None),
    Sign("a day from above", 0.28, lambda case: case.inherits),
    Sign("waits", -0.11, lambda case: case.waits),
    Sign("half of it is done", 0.26, _cue(Weight.DONE)),
    Sign("a figure that may report", 0.30, _cue(Weight.SOFT_DONE)),
    Sign("a refusal or another's words beside it", 0.43, _cue(Weight.UNLESS_PROMISED)),
    Sign("comes back", -0.17, lambda case: case.recurs),
)

LEFT = (
    Sign("always", -0.53, lambda case: 1.0),
    Sign("the second reader", 0.56, lambda case: log_odds(case.words)),
    Sign("the worth of its rule", -0.98, _worth_of_rule),
    Sign("opens with an action", 0.11, lambda case: opens_with_action(case.words)),
    Sign("in a part that looks forward", 0.07, _is(Stance.FORWARD)),
    Sign("in a part that reports", -0.76, _is(Stance.REPORT)),
    Sign("where letters close", -0.86, lambda case: case.spot.closing),
    Sign("late in the letter", 0.65, lambda case: case.place),
    Sign("behind a commitment", 0.79, lambda case: case.behind_taken),
    Sign("before a commitment", -0.15, lambda case: case.before_taken),
    Sign("a day of its own", 0.59, lambda case: case.part.date is not None),
    Sign("a day from above", 0.56, lambda case: case.inherits),
    Sign("waits", 1.02, lambda case: case.waits),
    Sign("half of it is done", -0.39, _cue(Weight.DONE)),
    Sign("a figure that may report", 0.05, _cue(Weight.SOFT_DONE)),
    Sign("a promising word", 0.48, _cue(Weight.STRONG)),
    Sign("comes back", 0.64, lambda case: case.recurs),
)

_WORTH_A_LOOK = 0.04


def rate(case: Case) -> float:
    """How sure it is that the quote is a commitment and that its day is right."""
    return round(min(0.99, max(0.05, _probability(TAKEN, case))), 3)


def rate_near_miss(case: Case) -> float | None:
    """How likely a segment that was left is a commitment after all; None when it is not worth a person's look."""
    found = _probability(LEFT, case)
    return round(min(0.49, found), 3) if found >= _WORTH_A_LOOK else None


def _probability(signs: tuple[Sign, ...], case: Case) -> float:
    return 1 / (1 + math.exp(-math.fsum(sign.weight * sign.value(case) for sign in signs)))
