"""Which stretch of days a question means: 本月, 下周, 三季度, 年底前, 未来30天, 去年, 上半年."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from extraction.calendar_math import FESTIVALS, add_months, festival, month_end, week_of
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


_NEAR = {
    "大后": 3,
    "大前": -3,
    "今": 0,
    "本": 0,
    "当": 0,
    "明": 1,
    "来": 1,
    "下": 1,
    "后": 2,
    "去": -1,
    "上": -1,
    "前": -2,
}
_YEAR = (
    r"(?:(?P<year>20\d\d|二[〇零一二三四五六七八九]{3}|(?<!\d)[12]\d(?=年(?![内以之后前来多])))年?度?"
    r"|(?P<near>大[后前]|[今本明来后去前上])(?:一)?年度?)?的?"
)
_PLANS = {"十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}
_NUMBER = rf"\d{{1,3}}|[{CHINESE}]{{1,3}}|半|几|俩|仨"
_COUNTS = {"几": 3, "俩": 2, "仨": 3}
_BEFORE = r"(?:之前|以前|前|为止|截止)"


def _year(fields: Fields, today: date) -> int:
    written, near = fields.get("year"), fields.get("near")
    if written:
        return read_int(written) % 2000 + 2000
    return today.year + (_NEAR[near] if near else 0)


def _whole_year(fields: Fields, today: date) -> Period:
    year = _year(fields, today)
    return _until(fields, today, (date(year, 1, 1), date(year, 12, 31)))


def _years(fields: Fields, _today: date) -> Period:
    return date(int(fields["first"] or 0), 1, 1), date(int(fields["last"] or 0), 12, 31)


def _until(fields: Fields, today: date, period: Period) -> Period:
    """九月底前 begins today, 九月 on its first day."""
    first, last = period
    return (today if fields.get("by") and today <= last else first), last


def _end_of_year(fields: Fields, today: date) -> Period:
    year = _year(fields, today)
    first = today if year == today.year or (year > today.year and fields.get("by")) else date(year, 1, 1)
    return first, date(year, 12, 31)


def _middle_of_year(fields: Fields, today: date) -> Period:
    first, last = date(_year(fields, today), 1, 1), date(_year(fields, today), 6, 30)
    return (today if today <= last else first), last


def _half(fields: Fields, today: date) -> Period:
    year, first = _year(fields, today), fields["half"] in ("上", "头")
    return _until(fields, today, (date(year, 1 if first else 7, 1), month_end(year, 6 if first else 12)))


def _quarter(fields: Fields, today: date) -> Period:
    year, quarter = _year(fields, today), read_int(fields["quarter"] or "")
    start = 1 if fields.get("upto") else read_int(fields.get("from") or fields["quarter"] or "") * 3 - 2
    return _until(fields, today, (date(year, start, 1), month_end(year, quarter * 3)))


def _near_quarter(fields: Fields, today: date) -> Period:
    start = add_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * _step(fields))
    end = add_months(start, 2)
    return _until(fields, today, (start, month_end(end.year, end.month)))


def _step(fields: Fields) -> int:
    words = fields["which"] or ""
    return words.count("下") - words.count("上")


def _month(fields: Fields, today: date) -> Period:
    year, month = _year(fields, today), read_int(fields["month"] or "")
    return _until(fields, today, (date(year, month, 1), month_end(year, month)))


def _months(fields: Fields, today: date) -> Period:
    year, first, last = _year(fields, today), read_int(fields["first"] or ""), read_int(fields["last"] or "")
    return date(year, first, 1), month_end(year + (last < first), last)


def _near_month(fields: Fields, today: date) -> Period:
    start = add_months(today.replace(day=1), _step(fields))
    return start, month_end(start.year, start.month)


def _rest_of_month(fields: Fields, today: date) -> Period:
    """月底: what is left of this month, or all of another one."""
    first, last = _near_month(fields, today)
    return _until(fields, today, (max(today, first) if _step(fields) == 0 else first, last))


def _tenth(fields: Fields, today: date) -> Period:
    """上旬 and 月初 are the first ten days of a month, 中旬 and 月中 the next ten, 下旬 what is left."""
    first, last = _month(fields | {"by": None}, today) if fields.get("month") else _near_month(fields, today)
    third = {"初": 0, "上": 0, "中": 1, "下": 2}[fields["tenth"] or ""]
    tenth = first.replace(day=1 + 10 * third), last if third == 2 else first.replace(day=10 + 10 * third)
    return _until(fields, today, tenth)


def _near_week(fields: Fields, today: date) -> Period:
    return _until(fields, today, week_of(today + timedelta(days=7 * _step(fields))))


def _weekday(fields: Fields, today: date) -> Period:
    monday, sunday = week_of(today + timedelta(days=7 * _step(fields)))
    if fields["weekday"] == "末":
        return _until(fields, today, (monday + timedelta(days=5), sunday))
    day = monday + timedelta(days="一二三四五六日天".index(fields["weekday"] or "") % 7)
    day = sunday if fields["weekday"] == "天" else day
    if not fields["which"] and day < today:
        day += timedelta(days=7)
    return _until(fields, today, (day, day))


def _near_day(fields: Fields, today: date) -> Period:
    words = fields["which"] or ""
    ahead = {"今": 0, "明": 1, "后": 2, "昨": -1, "前": -2}[words[0]]
    first = today + timedelta(days=ahead)
    return _until(fields, today, (first, today + timedelta(days=2) if "后" in words else first))


def _span(fields: Fields, today: date) -> Period:
    words, unit = fields["count"] or "", fields["unit"] or ""
    if words == "半":
        days_ahead = {"年": 182, "月": 15}.get(unit[-1], 3)
        return today, today + timedelta(days=days_ahead)
    number = _count(words, unit)
    if "季" in unit:
        return today, add_months(today, 3 * number)
    if "年" in unit:
        return today, add_months(today, 12 * number)
    if "月" in unit:
        return today, add_months(today, number)
    return today, today + timedelta(days=number * (1 if unit in ("天", "日") else 7))


def _count(words: str, unit: str) -> int:
    """几天 may be a week, 几个月 a quarter."""
    if words == "几" and unit in ("天", "日"):
        return 7
    return _COUNTS.get(words) or read_int(words)


def _past_span(fields: Fields, today: date) -> Period:
    _, ahead = _span(fields, today)
    words, unit = fields["count"] or "", fields["unit"] or ""
    if words != "半" and ("年" in unit or "月" in unit):
        return add_months(today, -_count(words, unit) * (12 if "年" in unit else 1)), today
    return today - (ahead - today), today


def _this_and_next_year(fields: Fields, today: date) -> Period:
    first = today.year + (fields["which"] == "明后")
    return date(first, 1, 1), date(first + 1, 12, 31)


def _one_day(fields: Fields, today: date) -> Period | None:
    try:
        day = date(_year(fields, today), read_int(fields["month"] or ""), read_int(fields["day"] or ""))
    except ValueError:
        return None
    return _until(fields, today, (day, day))


def _days(fields: Fields, today: date) -> Period | None:
    first = _one_day(fields, today)
    last = _one_day(fields | {"month": fields["to_month"] or fields["month"], "day": fields["to_day"]}, today)
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def _day_of_month(fields: Fields, today: date) -> Period | None:
    """The 15号 of the month that is named, else the next one."""
    month = add_months(today.replace(day=1), _step(fields))
    try:
        day = month.replace(day=read_int(fields["day"] or ""))
    except ValueError:
        return None
    if not fields.get("which") and day < today:
        day = add_months(day, 1)
    return _until(fields, today, (day, day))


def _before_festival(fields: Fields, today: date) -> Period | None:
    """From today to the eve of a festival, the next one where no year is named; 过年 is the Spring Festival."""
    name = fields["festival"] or "春节"
    named = fields["year"] or fields["near"]
    first = festival(name, _year(fields, today))
    if first is not None and first <= today and not named:
        first = festival(name, today.year + 1)
    return (min(today, first - timedelta(days=1)), first - timedelta(days=1)) if first else None


def _plan(fields: Fields, _today: date) -> Period:
    start = _PLANS[fields["plan"] or ""]
    return date(start, 1, 1), date(start + 4, 12, 31)


_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
_UNIT = r"(?P<unit>天|日|个?星期|个?礼拜|个?周|个?月|个?季度|年)"
_WHICH = r"(?P<which>本|这个?|当前?|下下个?|下个?|下一个?|上上个?|上个?|上一个?)"
_DAY = r"[0-3]?\d|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_BY = rf"(?P<by>{_BEFORE})?"
_UP_TO = rf"(?P<by>(?:结束|终了|底|末|内)?{_BEFORE}|[底末])?"
_TO = r"(?:至|到|-|—|~|、|和)"


def _row(name: str, pattern: str, resolve: Callable[[Fields, date], Period | None]) -> PeriodRule:
    return PeriodRule(name, re.compile(pattern), resolve)


RULES = (
    _row("years", r"(?P<first>20\d\d)年?(?:至|到|-|—|~)(?P<last>20\d\d)年?", _years),
    _row("this year and next", r"(?P<which>今明|明后)两?年", _this_and_next_year),
    _row("plan", r"“?(?P<plan>十[二三四五六])五”?(?:规划)?(?:期间|时期|期末|末|期)?", _plan),
    _row(
        "festival",
        rf"{_YEAR}“?(?:(?P<festival>{'|'.join(FESTIVALS)})[”节]*(?:长假|假期|放假)?|过大?年|"
        rf"(?<![\d〇一二两三四五六七八九十几多半今明本后去])年关?(?=前)|大?年三十|除夕|年根){_BEFORE}",
        _before_festival,
    ),
    _row(
        "days",
        rf"{_YEAR}{_MONTH}(?P<day>{_DAY})[日号]?{_TO}(?:(?P<to_month>1[0-2]|\d|十[一二]?)月)?(?P<to_day>{_DAY})[日号]",
        _days,
    ),
    _row("day", rf"{_YEAR}{_MONTH}(?P<day>{_DAY})[日号]{_BY}", _one_day),
    _row("written day", rf"(?P<year>20\d\d)[-/.](?P<month>1[0-2]|0?[1-9])[-/.](?P<day>[0-3]?\d)(?!\d){_BY}", _one_day),
    _row(
        "day by numbers",
        rf"{_YEAR}(?<![\d.])(?P<month>1[0-2]|0?[1-9])[./](?P<day>[0-3]?\d)(?P<by>{_BEFORE})",
        _one_day,
    ),
    _row(
        "months",
        rf"{_YEAR}(?P<first>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月?{_TO}(?P<last>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月",
        _months,
    ),
    _row("two months", rf"{_YEAR}(?P<first>[一二三四五六七八])(?P<last>[二三四五六七八九])月", _months),
    _row("ten days", rf"{_YEAR}{_MONTH}份?(?P<tenth>[上中下](?=旬)|初)旬?{_BY}", _tenth),
    _row(
        "ten days of near month",
        rf"(?:{_WHICH}|(?<![\d一二三四五六七八九十个]))月(?P<tenth>[上中下](?=旬)|[初中])旬?{_BY}",
        _tenth,
    ),
    _row("month", rf"{_YEAR}{_MONTH}份?[底末]?{_BY}(?!内)", _month),
    _row("first quarters", rf"{_YEAR}(?P<upto>[前头])(?P<quarter>[二两三四2-4])个?季度?", _quarter),
    _row("near quarter", rf"(?:{_WHICH}一?季度?|(?<![一二三四1-4])季度?(?=[底末])){_UP_TO}", _near_quarter),
    _row(
        "quarters",
        rf"{_YEAR}第?(?P<from>[一二三1-3])(?:季度?)?(?:{_TO}第?)?(?P<quarter>[二三四2-4])季度?{_UP_TO}",
        _quarter,
    ),
    _row("quarter", rf"{_YEAR}第?(?P<quarter>[一二三四1-4])季度?{_UP_TO}", _quarter),
    _row(
        "coming span",
        rf"(?:未来|今后|接下来|接下去|往后|后面|后续|下来|之后|剩下|余下|再过|从现在起|今天起)的?这?(?P<count>{_NUMBER}){_UNIT}(?:之?内)?",
        _span,
    ),
    _row("half", rf"{_YEAR}(?P<half>[上下头后])半年{_UP_TO}", _half),
    _row(
        "past span",
        rf"(?:过去|最近|近|前|这)(?:的|这)?(?P<count>{_NUMBER}){_UNIT}(?!内到期|后)(?:之?内|以来|来)?",
        _past_span,
    ),
    _row("span", rf"(?P<count>{_NUMBER}){_UNIT}(?:之内|以内|内|里头?|后)", _span),
    _row("rest of month", rf"(?:{_WHICH}|(?<![\d一二三四五六七八九十]))月[底末]{_BY}", _rest_of_month),
    _row("day of month", rf"(?:{_WHICH}月|(?<![\d月.第]))(?P<day>{_DAY})[日号](?P<by>{_BEFORE})", _day_of_month),
    _row("day of near month", rf"{_WHICH}月(?P<day>{_DAY})[日号]", _day_of_month),
    _row("near month", rf"{_WHICH}月份?", _near_month),
    _row(
        "weekday",
        rf"{_WHICH}?(?<![每一两\d])(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天]){_BY}",
        _weekday,
    ),
    _row(
        "weekend",
        rf"(?:{_WHICH}|(?=周末{_BEFORE}|星期末{_BEFORE}))(?:周|星期|礼拜)(?P<weekday>末){_BY}",
        _weekday,
    ),
    _row("near week", rf"{_WHICH}(?:一)?(?:周|星期|礼拜)(?:之?内)?{_BY}", _near_week),
    _row(
        "near day",
        rf"(?P<which>今天(?!为止)|今日(?!为止)|今儿|明后两?天|明天|明日|明儿|后天|后儿|昨天|昨日|昨儿|前天){_BY}",
        _near_day,
    ),
    _row("end of year", rf"{_YEAR}年?(?:年底|年末|年终|年尾){_BY}", _end_of_year),
    _row("end of that year", rf"{_YEAR}(?<=[年度的\d])[底末]{_BY}", _end_of_year),
    _row(
        "middle of year", rf"{_YEAR}年?(?:年中(?![央国心小期学部高考秋])|(?<=年)中(?=[前之以到])){_BY}", _middle_of_year
    ),
    _row("this year", r"全年|年内|本年度?|今年", lambda _fields, today: _whole_year({}, today)),
    _row(
        "year",
        rf"(?:(?P<year>20\d\d|二[〇零一二三四五六七八九]{{3}}(?=年)|(?<!\d)[1-4]\d(?=年(?![内以之后来多])))年?度?|(?P<near>大[后前]|[明来后去前上])年度?){_BY}",
        _whole_year,
    ),
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
