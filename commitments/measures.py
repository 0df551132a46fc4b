"""How far a report says that a commitment is: a percentage, or a value against its target (8/14 家)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from commitments.letters import Target

NUMBER = r"(\d+(?:\.\d+)?)"
_PERCENT = re.compile(rf"(?<![\d.]){NUMBER}\s*%")
_COUNTED = "家个处项件户人名场次条座所台套批公里米亩吨"
_RATIO = re.compile(rf"(?<![\d./-]){NUMBER}\s*/\s*{NUMBER}(?![\d./-])\s*([㐀-鿿]{{0,6}})")


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
        value, target, unit = float(found[1]), float(found[2]), _find_unit(found[3], float(found[2]), targets)
        return Measure(value, target, unit) if unit and target > 0 and value <= 2 * target else None
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


def _find_unit(following: str, counted_to: float, targets: tuple[Target, ...]) -> str | None:
    """A target's unit, by its name or its number, else a common measure word; None where nothing is counted."""
    for target in targets:
        if target.unit and (following.startswith(target.unit) or counted_to == target.value):
            return target.unit
    return following[0] if following and following[0] in _COUNTED else None
