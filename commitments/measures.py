"""How far a report says that a commitment is: a percentage, or a value against its target (8/14 家)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from commitments.letters import Target

NUMBER = r"(\d+(?:\.\d+)?)"
_PERCENT = re.compile(rf"(?<![\d.]){NUMBER}\s*%")
_RATIO = re.compile(rf"(?<![\d./-]){NUMBER}\s*/\s*{NUMBER}(?![\d./-])\s*([㐀-鿿]{{0,3}})")


@dataclass(frozen=True, slots=True)
class Measure:
    """`value` of `target` in `unit`; a bare percentage is a value of 100 %."""

    value: float
    target: float
    unit: str

    @property
    def percent(self) -> int:
        return round(100 * self.value / self.target)


def find_measure(text: str, targets: Iterable[Target] = ()) -> Measure | None:
    """The measured value in a report's words; one that can be no progress (25/4, a date) is none."""
    plain = unicodedata.normalize("NFKC", text)
    targets = tuple(targets)
    if found := _RATIO.search(plain):
        value, target = float(found[1]), float(found[2])
        return Measure(value, target, _unit(found[3], targets)) if target > 0 and value <= 2 * target else None
    if found := _PERCENT.search(plain):
        return Measure(float(found[1]), 100, "%") if float(found[1]) <= 200 else None
    return _against_target(plain, targets)


def _against_target(plain: str, targets: tuple[Target, ...]) -> Measure | None:
    """已认定 8 家, where exactly one target counts in 家."""
    for target in targets:
        alone = sum(other.unit == target.unit for other in targets) == 1
        found = re.findall(rf"(?<![\d.]){NUMBER}\s*{re.escape(target.unit)}", plain) if target.unit else []
        if alone and len(found) == 1 and target.value > 0:
            return Measure(float(found[0]), target.value, target.unit)
    return None


def _unit(following: str, targets: tuple[Target, ...]) -> str:
    """What follows the numbers as far as it is a target's unit; without targets its first character."""
    for target in targets:
        if target.unit and following.startswith(target.unit):
            return target.unit
    return following[:1] if following and not targets else targets[0].unit if len(targets) == 1 else ""
