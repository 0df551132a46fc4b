"""The calendar arithmetic behind deadlines: ends of months and quarters, months added, festivals, working days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_FIXED_FESTIVALS = {
    "元旦": (1, 1), "三八": (3, 8), "妇女节": (3, 8), "五一": (5, 1), "劳动节": (5, 1), "五四": (5, 4),
    "青年节": (5, 4), "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "建党节": (7, 1), "八一": (8, 1),
    "建军节": (8, 1), "教师节": (9, 10), "国庆": (10, 1), "十一": (10, 1),
}  # fmt: skip

# Month and day by year, as published by the Purple Mountain Observatory.
_LUNAR_FESTIVALS = {
    "春节": {
        2012: (1, 23), 2013: (2, 10), 2014: (1, 31),
        2015: (2, 19), 2016: (2, 8), 2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25), 2021: (2, 12),
        2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26),
        2029: (2, 13), 2030: (2, 3), 2031: (1, 23), 2032: (2, 11), 2033: (1, 31), 2034: (2, 19), 2035: (2, 8),
    },
    "清明": dict.fromkeys(range(2012, 2036), (4, 4)) | {2014: (4, 5), 2015: (4, 5), 2018: (4, 5), 2019: (4, 5),
        2022: (4, 5), 2023: (4, 5), 2026: (4, 5), 2027: (4, 5), 2030: (4, 5), 2031: (4, 5), 2034: (4, 5), 2035: (4, 5)},
    "端午": {
        2012: (6, 23), 2013: (6, 12), 2014: (6, 2),
        2015: (6, 20), 2016: (6, 9), 2017: (5, 30), 2018: (6, 18), 2019: (6, 7), 2020: (6, 25), 2021: (6, 14),
        2022: (6, 3), 2023: (6, 22), 2024: (6, 10), 2025: (5, 31), 2026: (6, 19), 2027: (6, 9), 2028: (5, 28),
        2029: (6, 16), 2030: (6, 5), 2031: (6, 24), 2032: (6, 12), 2033: (6, 1), 2034: (6, 20), 2035: (6, 10),
    },
    "中秋": {
        2012: (9, 30), 2013: (9, 19), 2014: (9, 8),
        2015: (9, 27), 2016: (9, 15), 2017: (10, 4), 2018: (9, 24), 2019: (9, 13), 2020: (10, 1), 2021: (9, 21),
        2022: (9, 10), 2023: (9, 29), 2024: (9, 17), 2025: (10, 6), 2026: (9, 25), 2027: (9, 15), 2028: (10, 3),
        2029: (9, 22), 2030: (9, 12), 2031: (10, 1), 2032: (9, 19), 2033: (9, 8), 2034: (9, 27), 2035: (9, 16),
    },
    "重阳": {
        2012: (10, 23), 2013: (10, 13), 2014: (10, 2),
        2015: (10, 21), 2016: (10, 9), 2017: (10, 28), 2018: (10, 17), 2019: (10, 7), 2020: (10, 25), 2021: (10, 14),
        2022: (10, 4), 2023: (10, 23), 2024: (10, 11), 2025: (10, 29), 2026: (10, 18), 2027: (10, 8), 2028: (10, 26),
        2029: (10, 16), 2030: (10, 5), 2031: (10, 24), 2032: (10, 12), 2033: (10, 1), 2034: (10, 20), 2035: (10, 9),
    },
}  # fmt: skip
_LUNAR_FESTIVALS["元宵"] = {
    year: ((start := date(year, *day) + timedelta(days=14)).month, start.day)
    for year, day in _LUNAR_FESTIVALS["春节"].items()
}

FESTIVALS = (*_FIXED_FESTIVALS, *_LUNAR_FESTIVALS)


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def add_months(start: date, months: int) -> date:
    """The same day some months later, or that month's last day where it has no such day."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add_working_days(start: date, days: int) -> date:
    """Monday to Friday; a letter's own count of working days does not know the year's make-up days either."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def festival(name: str, year: int) -> date | None:
    """The festival's first day in that year, or None outside the years of the table."""
    month_day = _FIXED_FESTIVALS.get(name) or _LUNAR_FESTIVALS.get(name, {}).get(year)
    return date(year, *month_day) if month_day else None


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of that day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
