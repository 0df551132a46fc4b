"""A place's own numbers (return of a wrong item, second handling, look-back) under a name that messages give."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

_WRITTEN = re.compile(r"\s*(\d{1,3})\s+(day|month)s?\s*")


@dataclass(frozen=True, slots=True)
class Period:
    """So many days or calendar months, written "15 days" or "1 month"."""

    count: int
    unit: str

    def after(self, day: date) -> date:
        """The same day of a later month, or that month's last; 31 January + 1 month is 28 or 29 February."""
        if self.unit == "day":
            return day + timedelta(days=self.count)
        return _shift_months(day, self.count)

    def before(self, day: date) -> date:
        return day - timedelta(days=self.count) if self.unit == "day" else _shift_months(day, -self.count)

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'s' if self.count != 1 else ''}"


def period(written: str) -> Period:
    """Raises ValueError for anything but so many days or months."""
    found = _WRITTEN.fullmatch(written)
    if found is None or int(found[1]) == 0:
        raise ValueError(f"not a period such as '15 days' or '1 month': {written}")
    return Period(int(found[1]), found[2])


ONE_MONTH, HALF_A_YEAR = Period(1, "month"), Period(6, "month")
_USUAL_CLASSES = MappingProxyType(
    {
        "A": "所提问题已经解决或基本解决",
        "B": "所提问题正在解决或列入计划解决",
        "C": "因条件限制一时不能解决",
        "D": "留作参考",
    }
)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What a place has laid down; the numbers of a place that has laid down nothing are the usual ones."""

    name: str
    return_workdays: int = 5
    """非本单位: a unit may give an item back within so many working days after it was opened."""
    co_host: Period = ONE_MONTH
    """会办意见: by when a co-host's opinion must have come."""
    decide_workdays: int = 2
    """A request that is undecided for so many working days is brought up with the admins."""
    redo: Period = ONE_MONTH
    most_redos: int = 2
    look_back: Period = HALF_A_YEAR
    classes: Mapping[str, str] = field(default_factory=lambda: _USUAL_CLASSES)
    """办理类型: what the letters of a reply's class mean here."""


RULE_SETS = {
    "usual": RuleSet(name="通行做法"),
    "city": RuleSet(name="澄湾市办理规则（示例）"),
    "district": RuleSet(
        name="云澜区办理规则（示例）",
        return_workdays=3,
        co_host=Period(15, "day"),
        redo=Period(15, "day"),
        most_redos=1,
        look_back=Period(3, "month"),
        classes=MappingProxyType({"A": "已经解决或采纳", "B": "正在解决或已列入计划", "C": "留作参考或向上反映"}),
    ),
}
"""What [rules] in config.toml begins with; the two examples are of invented places."""


def _shift_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
