"""Which day a promise must be kept by: finds the dates, drops those that are no deadline, explains the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from commitments.letters import Deadline, DueBasis
from extraction.calendar_math import FESTIVALS
from extraction.date_rules import RULES, DateRule, Fields
from extraction.folding import fold
from extraction.lexicon import any_of, opening
from extraction.periods import read_period

__all__ = [
    "Anchor",
    "DateMention",
    "read_deadline",
    "read_period",
    "scan_dates",
    "to_deadline",
    "undated",
    "vague_words",
]


class DateMention(NamedTuple):
    """Words that name a day, where they stand, and the row that read them."""

    start: int
    end: int
    text: str
    rule: str
    on: date
    relative: bool


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that relative words count from; not known when it was only guessed from the years in the text."""

    on: date
    known: bool


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


# What every row begins with, behind 到 or 于: a cheap look before the rows are tried one by one.
_AHEAD = (
    r"20\d\d|\d{1,4} ?(?:个?[月周工自星]|[年日天季至到、—~-])|二[〇0零]"
    r"|[今明后去前本当同次翌来下上这][年月半个季周下]|元月|今明[两2二]"
    r"|[一二两三四五六七八九十百半]{1,4} ?(?:个?[月周工自星]|[年日天季])"
    r"|第?[一二三四1-4] ?[季至到、]|前[二三]季|年[底末终中内度]|全年|月[底末]|“?十[二三四五六七]五"
    r"|未来|今后|接下来|力争用|计划用|争取用|拟用|[用分][\d一二两三四五六七八九十半]"
    rf"|即日|即之日|本?(?:答复|复函|函|意见)|本年度|“?(?:{'|'.join(FESTIVALS)})|“\d{{1,2}}·"
)
_AHEAD_IN_CHAT = _AHEAD + r"|周|星期|礼拜|大后天|今天|今日|明天|明日"
_FIRST = (
    r"\d自从到至于在今明后去前本当同次翌来下上这元一二两三四五六七八九十百半第年全月“未接力计争拟用分即答复函意周星礼大"
    + "".join(name[0] for name in FESTIVALS)
)


def _one_pattern(rules: tuple[DateRule, ...], ahead: str) -> re.Pattern[str]:
    rows = "|".join(f"({_unnamed(rule.pattern)})" for rule in rules)
    return re.compile(opening(_FIRST, rf"(?=(?:自|从|到|至|于|在)?(?:{ahead}))(?:{rows})"))


_WRITTEN = tuple(rule for rule in RULES if not rule.spoken)
_IN_LETTERS = _one_pattern(_WRITTEN, _AHEAD)
_IN_CHAT = _one_pattern(RULES, _AHEAD_IN_CHAT)
_BY_NAME = {rule.name: re.compile(rule.pattern) for rule in RULES}
# Every day that can be a deadline is written with one of these, so most texts are passed over at once.
_HINT = re.compile("[年月日号天周期季旬内前末./-]")


# 明年3月开工，当年9月建成，次年投用: these years, and months without one, count from the date before them.
_YEARS_OF_THE_SENTENCE = {"当年", "同年", "次年", "翌年"}


def _counted_from(fields: Fields, anchor: date, year: date | None, last: date | None) -> date:
    """The day that a mention counts from, given the year and the day that the text named last."""
    if last and fields.get("which") in ("当", "次"):
        return last  # 8月上线，当月发布: the month of the date before
    near = fields.get("near")
    if near is None:
        return max(anchor, year or anchor)
    return year or anchor if near in _YEARS_OF_THE_SENTENCE else anchor


def _scan(text: str, anchor: date, pattern: re.Pattern[str], rules: tuple[DateRule, ...]) -> Iterator[DateMention]:
    year: date | None = None  # the first day of the year that the text named last
    last: date | None = None
    for match in pattern.finditer(text):
        rule = rules[(match.lastindex or 1) - 1]
        parts = _BY_NAME[rule.name].match(text, match.start())
        if parts is None:
            continue
        fields = parts.groupdict()
        near = fields.get("near")
        if near in _YEARS_OF_THE_SENTENCE and not year and (near == "同年" or "“" in text[: match.start()][-8:]):
            continue  # the year stands in another sentence, or 当年预拨、次年清算 names a way of doing it
        moment = rule.resolve(fields, _counted_from(fields, anchor, year, last))
        if moment is None:
            continue
        if near or fields.get("year"):
            year = date(moment.on.year, 1, 1)
        last = moment.on
        yield DateMention(match.start(), match.end(), match[0].strip(), rule.name, moment.on, moment.relative)


# A titled document carries its own years; they are never its reader's deadline.
# Nor are those of a call that is quoted (贯彻“三年内基本消除”的部署).
_TITLE = re.compile(
    r"《[^《》]{0,80}》|〔20\d\d〕|（20\d\d ?[-—至]+ ?20\d\d ?年?）|〔\d+〕"
    r"|“[^“”]{6,60}”(?=的(?:总体|决策|战略|工作)*(?:部署|要求|号召|精神|指示))"
)

# Behind these a date is over, fixed by others, or the name of a batch; before those it is a label or lies in the past.
_BEFORE_DEAD = re.compile(
    r"(?:截|截至|截止|截止到|每年|原定于?|原计划于?|原定的|原说好?|原先|原计划的|预定的|自从|现行|已|已于|均于|曾于|早在|分别于"
    r"|(?:列入|纳入|编入)[\u4e00-\u9fff]{0,5}|申报|推荐|结合|根据|按照|依据|落实|下达|对|比|较|执行|有效期?|(?:试点|合同|服务|执行|经营|租)期限?|延续)$"
)
_LABELLED = (
    r"(?!起|将|拟|计划|安排|内|底|末)度?(?:省级|市级|中央|县级|区级|财政|市|省|县|区)?"
    r"[^，。；]{0,10}(?:资金|预算|批次|名单)(?:[，。、已共按中时]|需求|额度|缺口|$)"
    r"|度?(?:省级|市级|中央|县级|区级)[^，。；]{0,10}资金\d"
)
_AFTER_DEAD = re.compile(
    r"的(?!前|底|上|下)|(?:完工|竣工|建成|通车|投用|启动|开工|印发|出台|举办|组织|召开|成立|立项|批复)的(?!目标|要求|时间)|度?(?:目标|任务|计划)的|度?(?:目标|计划)?任务|以来|来，|至今|来看|已|起至今|之间|期间的|到期|届满|期满|失效"
    rf"|(?:省|市|上级)(?:里|级)?(?:已)?(?:下达|安排|批复)|{_LABELLED}"
    # 今年没法办, 明年乡里也难以安排: nothing is to happen then.
    r"|(?:(?!将|把|对|使|让|解|消|化|整|改|纠)[^，。；：\d]){0,5}?(?:没(?!收)|无[法力]|不(?:能(?!少|低|超|高|出现|发生)|可能|具备|现实)|难以|来不及"
    r"|未(?:能|列入|纳入|安排|获批|下达)|暂[不无缓]|[办做安排解决落实](?:不|没)[了到上下成完])"
)

# “十四五”规划 names a plan; only its span or its end is a day.
_PLAN_SPAN = re.compile(r"(?:期间|末|时期|期内)$")
_EVENT = any_of(
    """
    获批 批复 批准 核准 审批 审定 审核 通过 同意 确认 到位 下达 印发 出台 发布 启动 开工 复工 签订 签约 签字 移交
    交付 验收 竣工 完工 建成 结束 办结 受理 立案 公示 备案 提交 申请 申报 登记 投诉 举报 报修 上报 核实 发现 交办 转办
    齐全 合格 招标 中标 期满 届满 到期 出生 收件
    """
)
_EVENT_BEFORE = re.compile(rf"(?:后|之后|以后|起|(?:{_EVENT})(?:之日)?)$")
_EVENT_CLAUSE = re.compile(
    rf"(?:(?:待|收到|自)[^，。；]{{2,20}}|[^，。；]{{2,20}}(?:{_EVENT}))(?:之|以)?后，[^，。；]{{0,16}}$"
    # What may happen again and again: 发现线索的，五日内; 接到投诉，3日内; 对新发现的违建，10日内.
    r"|凡[^，。；]{2,20}，[^，。；]{0,10}$"
    r"|(?:^|[，：])(?:凡是?|如|若|遇到?|一旦|每|新?发现|接到?|收到|受理|出现|对新(?:发现|发生|出现|增)的)"
    r"(?![^，。；]*(?:您|你|建议|提案))[^，。；]{2,24}，[^，。；]{0,16}$"
    r"|后[^，。；]{0,6}(?:小时|分钟|月|日|天)内[^，。；]{0,16}，[^，。；]{0,10}$"
    r"|对[^，。；]{0,8}(?:投诉|举报|报修|来电|来访|信访|工单|热线)[^，。；\d]{0,6}，[^，。；]{0,16}$"
    r"|(?:^|[，：])(?![^，。；]*(?:您|你|[尚未余已]|其他|目前))[^，。；\d]{3,24}的，[^，。；]{0,16}$"
)
# 审批时限压缩至7个工作日以内, 一般案件30日内办结: how long a procedure takes.
_LENGTH_BEFORE = re.compile(
    r"(?:压缩|缩短|缩减|压减|压降|精简|减少|减|提速|控制|稳定|保持|限定|放宽|延长|不超过|由"
    r"|(?<!完成)(?<!整改)(?:时限|期限|周期|用时|时长|工期))(?:到|至|在|为|成)?$"
    r"|(?:保修|质保|合同|服务|过渡|保质|租|聘|试用)期?$|[最]?近$|过去$"
    r"|(?:一般|普通|简单|简易|复杂|疑难|常规)[^，。；]{1,5}$|(?:案|办|承诺|投诉|信访)件$"
)
# 两年内出现问题的，…: a condition, as 3个工作日内答复率 is a measure.
_LENGTH_AFTER = re.compile(r"[^，。；]{1,18}的[，、]|(?:办结|答复|回复|反馈|响应|审结|送达|办理|到场|到账)率")
_ADDRESS_OWN = re.compile(r"(?:答复|复函|印发|函|本意见)(?:印发|发出)?之日起$")


def _is_dead(text: str, mention: DateMention, anchor: date) -> bool:
    """True for days that are over, that only label something, or that hang on an event."""
    before = text[max(0, mention.start - 8) : mention.start]
    if mention.rule == "plan period" and not _PLAN_SPAN.search(mention.text):
        return True
    if mention.on < anchor or _BEFORE_DEAD.search(before) or _AFTER_DEAD.match(text, mention.end):
        return True
    if mention.rule != "within a span" or _ADDRESS_OWN.search(before):
        return False
    if _EVENT_BEFORE.search(before) or _LENGTH_BEFORE.search(before) or _LENGTH_AFTER.match(text, mention.end):
        return True
    return bool(_EVENT_CLAUSE.search(text, 0, mention.start))


def scan_dates(text: str, anchor: date) -> list[DateMention]:
    """The days of a folded text that can still be a deadline, in order."""
    return _live(text, anchor, _IN_LETTERS, _WRITTEN) if _HINT.search(text) else []


def _live(text: str, anchor: date, pattern: re.Pattern[str], rules: tuple[DateRule, ...]) -> list[DateMention]:
    titled = "《" in text or "〔" in text or "（20" in text or "”的" in text
    plain = _TITLE.sub(lambda match: "·" * len(match[0]), text) if titled else text
    return [mention for mention in _scan(plain, anchor, pattern, rules) if not _is_dead(text, mention, anchor)]


_VAGUE = re.compile(
    r"近期|适时|尽快|尽早|即将|届末|(?:本届)?(?:政府)?任期内|汛期前"
    r"|待[^，。；]{2,24}?(?:后|时|之后)(?=，|再|制定|逐步|优先|及时|立即|启动|$)"
    r"|收到[^，。；]{2,16}后[^，。；]{0,8}内|[^，。；]{2,20}后[^，。；\d]{0,4}\d{0,3}(?:个?工作日|个?月|日|天)内|(?:^|(?<=，))[^，。；]{2,20}(?:前|后)(?=，)"
)


# Every alternative holds one of these, ends in 前， or 后， or has 内 behind its 后.
_VAGUE_HINT = re.compile("[近适尽即届任待收汛后，](?<![^前后]，)(?<!后(?![^，。；]{0,10}内))")


def vague_words(text: str) -> str | None:
    """Words that speak of time but give no day, kept for the reader."""
    if not _VAGUE_HINT.search(text):
        return None
    match = _VAGUE.search(text)
    return match[0] if match else None


def explain(mention: DateMention, anchor: Anchor, basis: DueBasis) -> str:
    """One Chinese sentence: which words gave which day, and from where it was counted."""
    source = "由上文" if basis is DueBasis.INHERITED else "由"
    if mention.relative and not anchor.known:
        return f"{source}“{mention.text}”推算，但来文没有答复日期，请补充"
    counted = f"，以答复日期{anchor.on.isoformat()}为准" if mention.relative else ""
    return f"{source}“{mention.text}”推得：{mention.on.isoformat()}{counted}"


def to_deadline(mention: DateMention, anchor: Anchor, basis: DueBasis = DueBasis.EXPLICIT) -> Deadline:
    """The deadline with its source; a day that counts from an unknown date is left open."""
    if mention.relative and not anchor.known:
        return Deadline(None, DueBasis.NONE, mention.text, mention.rule, explain(mention, anchor, basis))
    return Deadline(mention.on, basis, mention.text, mention.rule, explain(mention, anchor, basis))


def undated(text: str) -> Deadline:
    """No day; words like 适时 or 待资金到位后 are kept for the reader."""
    return Deadline(text=vague_words(text))


def read_deadline(text: str, *, anchor: date) -> Deadline:
    """The deadline that a phrase gives, counted from `anchor`; for an admin's own words as for a letter's."""
    folded = fold(text)
    mentions = _live(folded, anchor, _IN_CHAT, RULES)
    if not mentions:
        return undated(folded)
    return to_deadline(mentions[-1], Anchor(anchor, known=True))
