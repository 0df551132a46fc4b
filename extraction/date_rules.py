"""The rows that read a date: name, pattern, resolver. One row, one way of writing a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from extraction.calendar_math import (
    FESTIVALS,
    add_months,
    add_working_days,
    festival,
    month_end,
    week_of,
)
from extraction.numerals import CHINESE, read_int, read_number

Fields = dict[str, str | None]


class Moment(NamedTuple):
    """What a row makes of its words: the last day, and whether it counts from the letter's own date."""

    on: date
    relative: bool


@dataclass(frozen=True, slots=True)
class DateRule:
    """One row; the resolver gets the named parts of the pattern and the letter's date."""

    name: str
    pattern: str
    resolve: Callable[[Fields, date], Moment | None]
    spoken: bool = False
    """Only what people type in a chat (下周五, 明天); in a letter these words say something else."""


_YEAR = (
    r"(?:(?P<year>20\d\d|二[〇0零][〇0零一二三四五六七八九]{2}) ?年度?"
    r"|(?P<near>今年|本年度?|当年|同年|明年|次年|翌年|来年|(?<!以)后年|去年|前年))"
)
_MONTH = r"(?P<month>1[0-2]|(?<![\d万亿])元(?=月)|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]) ?[日号]"
_NUMBER = rf"\d{{1,4}}|[{CHINESE}]{{1,4}}"
_NUMBER_TO = rf"(?:{_NUMBER})(?:至|到|-|—|~)"
_BY = r"(?:之?前|以前)?"
_TO = r"(?:到|至|自|从|于|在)?"
_NEAR_YEARS = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "当年": 0,
    "同年": 0,
    "明年": 1,
    "次年": 1,
    "翌年": 1,
    "来年": 1,
    "后年": 2,
    "去年": -1,
    "前年": -2,
}
PLANS = {"十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030, "十六": 2035, "十七": 2040}
_TENTHS = {"上": 10, "中": 20}


def _year(fields: Fields, anchor: date) -> int | None:
    written, near = fields.get("year"), fields.get("near")
    if written:
        return read_int(written.replace("0", "〇") if not written.isdigit() else written)
    if near:
        return anchor.year + _NEAR_YEARS[near]
    return None


def _is_relative(fields: Fields) -> bool:
    return not fields.get("year")


def _next_month_end(fields: Fields, anchor: date, day_of: Callable[[int, int], date | None]) -> Moment | None:
    """A month of the year that is written, else of the first year in which that day is not over."""
    month, year = read_int((fields["month"] or "").replace("元", "1")), _year(fields, anchor)
    day = day_of(year if year is not None else anchor.year, month)
    if day is not None and year is None and day < anchor:
        day = day_of(anchor.year + 1, month)
    return Moment(day, _is_relative(fields)) if day else None


def _day_in(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _on_day(fields: Fields, anchor: date) -> Moment | None:
    number = read_int(fields["day"] or "")
    return _next_month_end(fields, anchor, lambda year, month: _day_in(year, month, number))


def _on_tenth(fields: Fields, anchor: date) -> Moment | None:
    number = _TENTHS.get(fields["tenth"] or "")
    return _next_month_end(fields, anchor, lambda y, m: date(y, m, number) if number else month_end(y, m))


def _on_month(fields: Fields, anchor: date) -> Moment | None:
    return _next_month_end(fields, anchor, month_end)


def _on_month_start(fields: Fields, anchor: date) -> Moment | None:
    return _next_month_end(fields, anchor, lambda year, month: date(year, month, 10))


def _on_month_middle(fields: Fields, anchor: date) -> Moment | None:
    return _next_month_end(fields, anchor, lambda year, month: date(year, month, 20))


def _on_iso(fields: Fields, anchor: date) -> Moment | None:
    year = fields.get("year")
    day = _day_in(int(year) if year else anchor.year, int(fields["month"] or ""), int(fields["day"] or ""))
    if day is not None and year is None and day < anchor:
        day = _day_in(anchor.year + 1, day.month, day.day)
    return Moment(day, year is None) if day else None


def _part_of_year(month_of: Callable[[Fields], int]) -> Callable[[Fields, date], Moment | None]:
    """Quarters and halves: of the year written, else the next one that is not over."""

    def resolve(fields: Fields, anchor: date) -> Moment | None:
        year, month = _year(fields, anchor), month_of(fields)
        day = month_end(year if year is not None else anchor.year, month)
        if year is None and day < anchor:
            day = month_end(anchor.year + 1, month)
        return Moment(day, _is_relative(fields))

    return resolve


def _quarter_month(fields: Fields) -> int:
    return read_int(fields["quarter"] or "") * 3


def _half_month(fields: Fields) -> int:
    return 6 if fields["half"] == "上" else 12


def _end_of_year(fields: Fields, anchor: date) -> Moment | None:
    year = _year(fields, anchor)
    return Moment(date(year if year is not None else anchor.year, 12, 31), _is_relative(fields))


def _start_of_year(fields: Fields, anchor: date) -> Moment | None:
    year = _year(fields, anchor)
    return Moment(date(year, 3, 31), _is_relative(fields)) if year is not None else None


def _end_of_plan(fields: Fields, _anchor: date) -> Moment | None:
    return Moment(date(PLANS[fields["plan"] or ""], 12, 31), relative=False)


def _before_festival(fields: Fields, anchor: date) -> Moment | None:
    year, name = _year(fields, anchor), fields["festival"] or ""
    first = festival(name, year if year is not None else anchor.year)
    if first is not None and year is None and first <= anchor:
        first = festival(name, anchor.year + 1)
    return Moment(first - timedelta(days=1), _is_relative(fields)) if first else None


def _before_day(fields: Fields, anchor: date) -> Moment | None:
    day = _on_day(fields, anchor)
    return Moment(day.on - timedelta(days=1), day.relative) if day else None


def _on_festival(fields: Fields, anchor: date) -> Moment | None:
    eve = _before_festival(fields, anchor)
    return Moment(eve.on + timedelta(days=1), eve.relative) if eve else None


def _within(fields: Fields, anchor: date) -> Moment | None:
    words, unit = fields["count"] or "", fields["unit"] or ""
    number = 0.5 if words == "半" else read_number(words)
    if number is None or number > 200:
        return None
    if "工作日" in unit:
        return Moment(add_working_days(anchor, int(number)), relative=True)
    if "年" in unit:
        return Moment(add_months(anchor, int(number * 12)), relative=True)
    if "月" in unit:
        return Moment(add_months(anchor, int(number)) if number >= 1 else anchor + timedelta(days=15), relative=True)
    days = number * 7 if unit in ("周", "个星期", "星期", "个周") else number
    return Moment(anchor + timedelta(days=int(days)), relative=True)


def _near_month(fields: Fields, anchor: date) -> Moment | None:
    which = fields["which"] or ""
    start = add_months(anchor.replace(day=1), which.count("下") + which.count("次"))
    tenth = fields.get("tenth")
    day = start.replace(day=_TENTHS[tenth]) if tenth in _TENTHS else month_end(start.year, start.month)
    return Moment(day, relative=True)


def _month_end_near(_fields: Fields, anchor: date) -> Moment | None:
    return Moment(month_end(anchor.year, anchor.month), relative=True)


def _near_quarter(fields: Fields, anchor: date) -> Moment | None:
    quarter = (anchor.month - 1) // 3 + (fields["which"] or "").count("下")
    day = add_months(date(anchor.year, 1, 1), quarter * 3 + 2)
    return Moment(month_end(day.year, day.month), relative=True)


def _near_week(fields: Fields, anchor: date) -> Moment | None:
    monday, sunday = week_of(anchor + timedelta(days=7 * (fields["which"] or "").count("下")))
    weekday = fields.get("weekday")
    if not weekday:
        return Moment(sunday, relative=True)
    day = monday + timedelta(days="一二三四五六日天".index(weekday) if weekday in "一二三四五六日" else 6)
    if not fields["which"] and day < anchor:
        day += timedelta(days=7)
    return Moment(day, relative=True)


def _near_day(fields: Fields, anchor: date) -> Moment | None:
    ahead = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}[fields["which"] or ""]
    return Moment(anchor + timedelta(days=ahead), relative=True)


# 今年秋季学期起, 今年入冬前: the letter does not say on which day that is.
_SEASON = (
    r"(?:[春秋]季(?:新?学期)?(?:开学)?|新学期|开学|入[冬汛]|暑[假期]|春[耕灌播]|秋[收播种])(?:之?前|起(?!始))"
    r"|主?汛期|汛前|雨季|供暖季"
)
_UNIT = r"个?工作日|个?自然日|天|日|个?星期|个?周|周|个?月|年度?"

RULES = (
    DateRule(
        "days of a month",
        rf"{_TO}(?:{_YEAR} ?)?{_MONTH}\d\d? ?[日号]? ?(?:至|到|-|—|~) ?{_DAY}{_BY}",
        _on_day,
    ),
    DateRule(
        "day range",
        rf"{_TO}{_YEAR}?(?:\d\d? ?月(?:\d\d? ?[日号])?|\d\d? ?[日号]) ?(?:至|到|-|—|~) ?(?:20\d\d年)?"
        rf"{_MONTH}{_DAY}{_BY}",
        _on_day,
    ),
    DateRule(
        "month range", rf"{_TO}{_YEAR}?\d\d?(?: ?月份?)? ?(?:至|到|-|—|~|、) ?{_MONTH}份?(?:底|末)?{_BY}", _on_month
    ),
    DateRule("day", rf"{_TO}(?:{_YEAR} ?)?{_MONTH} ?{_DAY}(?:起|{_BY})", _on_day),
    DateRule("ten days of a month", rf"{_TO}(?:{_YEAR} ?)?{_MONTH}份?[上中]?(?P<tenth>[上中下])旬{_BY}", _on_tenth),
    DateRule("start of a month", rf"{_TO}(?:{_YEAR} ?)?{_MONTH}份?初{_BY}", _on_month_start),
    DateRule("middle of a month", rf"{_TO}(?:{_YEAR} ?)?{_MONTH}份?中(?!下?旬|[心央部小学国]){_BY}", _on_month_middle),
    DateRule("month", rf"{_TO}(?:{_YEAR} ?)?{_MONTH}份?(?:月?底|末)?(?:以?内|起|{_BY})", _on_month),
    DateRule(
        "years in a row", rf"{_TO}(?:20\d\d年?[、至到—~-])+(?P<year>20\d\d)[两三四五]?年(?:底|末)?{_BY}", _end_of_year
    ),
    DateRule(
        "quarter",
        rf"{_TO}(?:{_YEAR} ?)?(?:第(?=[一二三四1-4])|前(?=[二三]季))?"
        r"(?:[一二三1-3](?:季度)?[、至到—~-])?(?P<quarter>[一二三四1-4]) ?季度(?:末|底|内)?" + _BY,
        _part_of_year(_quarter_month),
    ),
    DateRule(
        "half of a year", rf"{_TO}(?:{_YEAR} ?)?(?P<half>[上下])半年(?:末|底|内)?{_BY}", _part_of_year(_half_month)
    ),
    DateRule(
        "start of a year", rf"{_TO}{_YEAR}(?:年初|初|春(?!节|季学期|运|耕|灌|播))(?![中级步]){_BY}", _start_of_year
    ),
    DateRule(
        "middle of a year",
        rf"{_TO}(?:{_YEAR}年?中|年中)(?![央国心小期学部高]){_BY}",
        lambda fields, anchor: _part_of_year(lambda _: 6)(fields, anchor),
    ),
    DateRule("end of the year", rf"{_TO}{_YEAR}?年?(?:年底|年末|年终|(?<=年)(?:底|末)){_BY}", _end_of_year),
    DateRule("within the year", rf"{_YEAR}?(?:全年|年度?内|(?<=年)内|(?<=年度)内)", _end_of_year),
    DateRule(
        "plan period",
        r"(?:到|至|在)?“?(?P<plan>十[二三四五六七])五”?(?:规划|时期)?(?:期间|期?末|时期|期内)?",
        _end_of_plan,
    ),
    DateRule(
        "festival",
        rf"{_YEAR}?“?(?<!双)(?P<festival>{'|'.join(FESTIVALS)})(?:”|节|小?长假|假期|黄金周)*之?前(?!后)",
        _before_festival,
    ),
    DateRule(
        "marked day",
        rf"{_YEAR}?“(?P<month>1[0-2]|[1-9])·(?P<day>3[01]|[12]\d|[1-9])”[^，。；]{{0,8}}?之?前(?!后|期|提)",
        _before_day,
    ),
    DateRule(
        "festival day",
        rf"(?:于|在)?{_YEAR}“?(?P<festival>{'|'.join(FESTIVALS)})”?节?(?=[\u4e00-\u9fff]{{0,4}}(?:开|投|亮|启|通|对外|上|发|推))",
        _on_festival,
    ),
    DateRule(
        "within a span",
        rf"(?:(?:自|从)?(?:本(?:答复|复函|函|意见)(?:印发|发出)?|答复|即)之?日起，?|自即日起，?|未来|今后|用|在)?"
        rf"(?P<count>半|{_NUMBER})(?P<unit>{_UNIT})(?:左右)?(?:的?时间)?(?:之内|以内|内)",
        _within,
    ),
    DateRule(
        "coming span",
        rf"(?:未来|今后|接下来|力争用|计划用|争取用|拟用|(?<![使采利租费])用)(?:的)?(?:{_NUMBER_TO})?(?P<count>{_NUMBER})(?P<unit>个?月|年|个?周|天)"
        r"(?!以上|以下)(?:左右)?(?:的?时间)?",
        _within,
    ),
    DateRule("span of years", rf"(?P<count>{_NUMBER})(?P<unit>年)(?:左右)?(?:的)?(?:时间|努力)", _within),
    DateRule("over some years", rf"分(?P<count>{_NUMBER})(?P<unit>年)(?!级|度|[^。；]*(?:20\d\d|[今明])年)", _within),
    DateRule(
        "this year and next",
        r"今明[两2二]年",
        lambda _, anchor: Moment(date(anchor.year + 1, 12, 31), relative=True),
    ),
    DateRule(
        "this or next month",
        r"(?P<which>本|这个|当|次(?=月[底末上中下])|下个?|下下个?)月(?:份)?(?P<tenth>[上中下](?=旬))?(?:底|末|旬|内)?"
        + _BY,
        _near_month,
    ),
    DateRule("end of this month", r"(?<![\d一二三四五六七八九十元])月(?:底|末)(?:之?前)?", _month_end_near),
    DateRule("this or next quarter", r"(?P<which>本|下个?|下一)季度(?:末|底|内)?" + _BY, _near_quarter),
    DateRule(
        "this or next week",
        r"(?P<which>本|这|下下|下个?|)(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])" + _BY,
        _near_week,
        True,
    ),
    DateRule("end of a week", r"(?P<which>本|这|下下|下个?)(?:周|星期)(?:末|内)?" + _BY, _near_week),
    DateRule("near day", r"(?P<which>大后天|今天|明天|后天|今日|明日)" + _BY, _near_day, True),
    DateRule(
        "numbers", r"(?P<year>20\d\d)[-/.](?P<month>1[0-2]|0?[1-9])[-/.](?P<day>3[01]|[12]\d|0?[1-9])" + _BY, _on_iso
    ),
    DateRule("year", rf"{_TO}{_YEAR}(?!{_SEASON})(?:前后)?(?:之?前|以前)?", _end_of_year),
)
