"""Which stretch of days a question means: 本月, 下周, 三季度, 年底前, 未来30天, 去年, 上半年."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from extraction.calendar_math import add_months, month_end, week_of
from extraction.folding import fold
from extraction.numerals import CHINESE, read_int

Period = tuple[date, date]
Fields = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """One row; the resolver gets the named parts of the pattern and today, and gives first and last day."""

    name: str
    pattern: re.Pattern[str]
    resolve: Callable[[Fields, date], Period | None]


_NEAR = {"今": 0, "本": 0, "当": 0, "明": 1, "来": 1, "下": 1, "后": 2, "去": -1, "上": -1, "前": -2}
_YEAR = r"(?:(?P<year>20\d\d)年?度?|(?P<near>[今本明来后去前上])(?:一)?年度?)?的?"
_PLANS = {"十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}
_NUMBER = rf"\d{{1,3}}|[{CHINESE}]{{1,3}}|半"


def _year(fields: Fields, today: date) -> int:
    written, near = fields.get("year"), fields.get("near")
    if written:
        return int(written)
    return today.year + (_NEAR[near] if near else 0)


def _whole_year(fields: Fields, today: date) -> Period:
    year = _year(fields, today)
    return date(year, 1, 1), date(year, 12, 31)


def _years(fields: Fields, _today: date) -> Period:
    return date(int(fields["first"] or 0), 1, 1), date(int(fields["last"] or 0), 12, 31)


def _rest_of_year(fields: Fields, today: date) -> Period:
    year = _year(fields, today)
    return today if year >= today.year else date(year, 1, 1), date(year, 12, 31)


def _half(fields: Fields, today: date) -> Period:
    year, first = _year(fields, today), fields["half"] == "上"
    return date(year, 1 if first else 7, 1), month_end(year, 6 if first else 12)


def _quarter(fields: Fields, today: date) -> Period:
    year, quarter = _year(fields, today), read_int(fields["quarter"] or "")
    start = 1 if fields.get("upto") else quarter * 3 - 2
    return date(year, start, 1), month_end(year, quarter * 3)


def _near_quarter(fields: Fields, today: date) -> Period:
    start = add_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * _step(fields))
    end = add_months(start, 2)
    return start, month_end(end.year, end.month)


def _step(fields: Fields) -> int:
    words = fields["which"] or ""
    return words.count("下") - words.count("上")


def _month(fields: Fields, today: date) -> Period:
    year, month = _year(fields, today), read_int(fields["month"] or "")
    return date(year, month, 1), month_end(year, month)


def _months(fields: Fields, today: date) -> Period:
    year, first, last = _year(fields, today), read_int(fields["first"] or ""), read_int(fields["last"] or "")
    return date(year, first, 1), month_end(year + (last < first), last)


def _near_month(fields: Fields, today: date) -> Period:
    start = add_months(today.replace(day=1), _step(fields))
    return start, month_end(start.year, start.month)


def _rest_of_month(fields: Fields, today: date) -> Period:
    if not fields.get("month"):
        return today, month_end(today.year, today.month)
    first, last = _month(fields, today)
    return min(today, first), last


def _near_week(fields: Fields, today: date) -> Period:
    return week_of(today + timedelta(days=7 * _step(fields)))


def _near_day(fields: Fields, today: date) -> Period:
    words = fields["which"] or ""
    ahead = {"今": 0, "明": 1, "后": 2, "昨": -1, "前": -2}[words[0]]
    return today + timedelta(days=ahead), today + timedelta(days=ahead)


def _span(fields: Fields, today: date) -> Period:
    words, unit = fields["count"] or "", fields["unit"] or ""
    if words == "半":
        days_ahead = 182 if "年" in unit else 15
        return today, today + timedelta(days=days_ahead)
    number = read_int(words)
    if "年" in unit:
        return today, add_months(today, 12 * number)
    if "月" in unit:
        return today, add_months(today, number)
    return today, today + timedelta(days=number * (7 if "周" in unit or "星期" in unit else 1))


def _past_span(fields: Fields, today: date) -> Period:
    _, ahead = _span(fields, today)
    words, unit = fields["count"] or "", fields["unit"] or ""
    if words != "半" and ("年" in unit or "月" in unit):
        return add_months(today, -read_int(words) * (12 if "年" in unit else 1)), today
    return today - (ahead - today), today


def _one_day(fields: Fields, today: date) -> Period | None:
    try:
        day = date(_year(fields, today), read_int(fields["month"] or ""), read_int(fields["day"] or ""))
    except ValueError:
        return None
    return (min(today, day), day) if fields.get("by") else (day, day)


def _plan(fields: Fields, _today: date) -> Period:
    start = _PLANS[fields["plan"] or ""]
    return date(start, 1, 1), date(start + 4, 12, 31)


_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
_UNIT = r"(?P<unit>天|日|个?星期|个?周|个?月|年)"


def _row(name: str, pattern: str, resolve: Callable[[Fields, date], Period | None]) -> PeriodRule:
    return PeriodRule(name, re.compile(pattern), resolve)


RULES = (
    _row("years", r"(?P<first>20\d\d)年?(?:至|到|-|—|~)(?P<last>20\d\d)年?", _years),
    _row("plan", r"“?(?P<plan>十[二三四五六])五”?(?:期间|时期|期末|末)?", _plan),
    _row(
        "day",
        rf"{_YEAR}{_MONTH}(?P<day>[0-3]?\d|[一二三]?十?[一二三四五六七八九十]?)[日号](?P<by>之?前|以前)?",
        _one_day,
    ),
    _row("months", rf"{_YEAR}(?P<first>\d{{1,2}})月?(?:至|到|-|—|~)(?P<last>\d{{1,2}})月", _months),
    _row("by month's end", rf"{_YEAR}{_MONTH}份?(?:底|末)?(?:之?前|以前)", _rest_of_month),
    _row("month", rf"{_YEAR}{_MONTH}(?!内)", _month),
    _row("quarters", rf"{_YEAR}(?P<upto>前)(?P<quarter>[二三四2-4])个?季度?", _quarter),
    _row("quarter", rf"{_YEAR}第?(?P<quarter>[一二三四1-4])季度?", _quarter),
    _row("near quarter", r"(?P<which>本|这个?|当前?|下个?|下一个?|上个?|上一个?)季度?", _near_quarter),
    _row("half", rf"{_YEAR}(?P<half>[上下])半年", _half),
    _row("past span", rf"(?:过去|最近|近|前)(?:的)?(?P<count>{_NUMBER}){_UNIT}(?!内到期|后)", _past_span),
    _row("coming span", rf"(?:未来|今后|接下来|接下去|往后|之后)的?(?P<count>{_NUMBER}){_UNIT}", _span),
    _row("span", rf"(?P<count>{_NUMBER}){_UNIT}(?:之内|以内|内|后)", _span),
    _row("rest of month", r"(?:本月|这个月|月)(?:底|末)(?:之?前|以前)?", _rest_of_month),
    _row("near month", r"(?P<which>本|这个?|当|下下个?|下个?|上上个?|上个?)月", _near_month),
    _row("near week", r"(?P<which>本|这个?|下下个?|下个?|上个?|上上个?)(?:周|星期|礼拜)", _near_week),
    _row("near day", r"(?P<which>今天|今日|明天|明日|后天|昨天|昨日|前天)", _near_day),
    _row("rest of year", rf"{_YEAR}年?(?:年底|年末|年终)(?:之?前|以前)?", _rest_of_year),
    _row("by year's end", rf"{_YEAR}(?:底|末)(?:之?前|以前)", _rest_of_year),
    _row("this year", r"全年|年内|本年度?|今年", lambda _fields, today: _whole_year({}, today)),
    _row("year", r"(?:(?P<year>20\d\d)年度?|(?P<near>[明来后去前上])年度?)", _whole_year),
)


def read_period(text: str, today: date) -> Period | None:
    """First and last day, both inclusive, of the stretch of time that a question names; None when it names none."""
    folded = fold(text)
    for rule in RULES:
        match = rule.pattern.search(folded)
        period = rule.resolve(match.groupdict(), today) if match else None
        if period is not None:
            return period
    return None
