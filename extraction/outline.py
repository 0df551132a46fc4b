"""The outline over the segments: which heading or lead sentence holds each of them, and what it lends them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from extraction.cues import is_overview
from extraction.deadlines import Anchor, DateMention, scan_dates
from extraction.lexicon import any_of
from extraction.segments import Segment


class Stance(Enum):
    """What a part of the letter does."""

    FORWARD = "forward"
    REPORT = "report"
    MIXED = "mixed"
    REQUEST = "request"
    PAST = "past"


@dataclass(slots=True)
class _Holder:
    """A heading or a lead sentence: its rank, and what it lends the part under it: section, stance, day."""

    level: float
    section: str | None
    stance: Stance
    due: DateMention | None
    lead: bool
    listed: bool = False


@dataclass(slots=True)
class Placed:
    """A segment with what holds it."""

    segment: Segment
    heading: bool
    stance: Stance
    section: str | None
    due: DateMention | None
    paragraph: int
    owner: str | None = None
    closing: bool = False
    """In the last paragraph of the body, where letters say goodbye."""


_FORWARD = re.compile(
    r"下一?步|下阶段|下一阶段|接下来|今后|未来(?:[一二三四五]年|工作)|打算|工作(?:计划|安排|思路|考虑|措施|任务|目标|重点)|重点(?:举措|工作|任务|措施)|目标任务|工作要点|主要任务|主要目标"
    r"|努力方向|长期坚持|(?:立即|限期|马上|近期|年内|尽快)(?:办|改|解决)的?|安排$|任务(?:清单|分工)|(?:总体|工作)思路|(?:应急|工程|管理|治理|长效|后续|解决)(?:措施|举措|办法)$|(?:工作|推进|整改|改进|保障|具体|主要)(?:举措|措施)|计划安排|工作部署|发展目标|对策措施|下半年工作|继续(?:推进|做好)"
)
_REPORT = re.compile(
    r"情况(?!及下)|成效|进展|现状|已(?:开展|做|采取|完成|取得)|回顾|做法|成绩|特点|背景|问题和?(?:不足|困难)?$|(?:存在|主要|面临)[^，。]{0,6}(?:问题|困难|不足|短板)|原因|开展的工作|工作基础"
)
_FORWARD_END = re.compile(r"下一?步(?:工作)?(?:打算|安排|措施|举措|计划)?$")
_TOPIC = re.compile(r"^关于.*(?:问题|困难)(?:方面)?$")
_REQUEST = re.compile(r"需要?[^，。]{0,10}支持|恳请|请求|有关说明$")
_YEAR = re.compile(r"(20\d\d)年")
_DIGIT = re.compile(r"\d")
_FORWARD_OPENING = re.compile(r"^(?:在)?(?:下一?步|下阶段|下一阶段|接下来|今后一个时期|今后)")
_PROMISING_LEAD = re.compile(
    r"(?:将|拟|计划)[^，。；]{0,6}(?:作|做|采取|开展|推进)[^，。；]{0,4}(?:以下|如下)"
    r"|(?:以下|如下)(?:工作)?(?:安排|打算|计划)|(?:安排|打算|计划)如下|(?:准备|打算)(?:这么|这样|从)"
    r"|(?:能定|准备办|要办|拟办|打算办)[^，。]{0,6}(?:事|工作)|(?:要|准备|打算|计划)做的(?:工作|事)?：$|任务(?:是)?：$|"
    r"(?<![已均])(?:将|拟)(?:通过|从|采取|重点|着力|按照|做好|抓好|开展|实施|围绕|主要)|^(?:下一?步|今后)"
    r"|^(?:重点|着重|着力|主要)从[^，。；]{2,10}(?:入手|着手|发力|抓起)"
)
_OF_THE_YEAR = re.compile(r"年的(?=安排|打算|计划|工作|任务|重点|目标)")
_NO_DATE_TITLE = re.compile(r"以来|情况|成效|回顾|方案$")
# The title line of a plan, and the stages in which it is carried out: 动员部署阶段（2月）.
_TITLE_LINE = re.compile(r"^[^，。；：]{4,40}(?:工作|行动|实施|整治|建设|推进)方案(?:（[^（）]{2,24}）)?$")
_STAGE_WORK = any_of(
    """
    动员 部署 宣传 发动 启动 准备 筹备 摸底 排查 自查 自纠 自评 调查 核查 攻坚 整治 整改 治理 推进 实施 总结
    提升 巩固 验收 督查 检查 督导 评估 考核 评议 推广 试点 运行 组织 集中 全面 深化 工作 阶段 和 与 及 、 长效
    常态 转入 申报 评审 公示
    """
)
_STAGE = re.compile(
    rf"^(?:第[一二三四五]阶段[：、 ]?|[^，。；：（）]{{2,14}}阶段|(?:{_STAGE_WORK}){{2,6}}(?=[（：]))"
    rf"(?:：?(?:{_STAGE_WORK}){{2,6}})?(?:[（：][^（）。，；：]*\d+[月年日][^（）。；：]{{0,16}}）?)?$"
)


def _stance_of(heading: str, anchor: Anchor, parent: Stance) -> Stance:
    year = _YEAR.search(heading)
    if _REQUEST.search(heading):
        return Stance.REQUEST
    if year and int(year[1]) < anchor.on.year and "到20" not in heading and "以来" not in heading:
        return Stance.PAST
    if _FORWARD.search(heading) and (not heading.startswith("关于") or _FORWARD_END.search(heading)):
        return Stance.FORWARD
    if _REPORT.search(heading) and not _TOPIC.search(heading):
        return Stance.REPORT
    return parent


def _is_heading(segment: Segment, following: Segment | None) -> bool:
    """A line that stands over what follows, or a short first clause that what follows explains."""
    if following is None or segment.stop == "；":
        return False
    if _is_stage(segment) and (following.level == 0 or following.level > segment.level):
        return True
    if segment.level == 0:
        return _stands_alone(segment, following)
    unfinished = segment.stop == "\n" or (segment.stop == "" and following.level > 0)
    if unfinished and (following.level > segment.level or (following.level == 0 and segment.level <= 45)):
        return len(segment.text) <= 60 and segment.text.count("，") <= 2
    return _is_explained_by(segment, following) and _is_short_topic(segment)


def _is_stage(segment: Segment) -> bool:
    """动员部署阶段（2月） at the head of a line or an item."""
    return (segment.level > 0 or segment.opens_line) and len(segment.text) <= 48 and bool(_STAGE.search(segment.text))


def _stands_alone(segment: Segment, following: Segment) -> bool:
    """下一步工作打算 on a line of its own, without a number."""
    text = segment.text
    if not segment.opens_line or segment.stop != "\n" or len(text) > 48 or "，" in text:
        return False
    if _TITLE_LINE.search(text):
        return True
    if len(text) > 30:
        return False
    if " | " in text and _DIGIT.search(text):  # a row of a table
        return False
    return following.level > 0 or bool(_FORWARD.search(text) or _REPORT.search(text))


def _is_explained_by(segment: Segment, following: Segment) -> bool:
    """The next segment goes one level down, or runs on in the same paragraph."""
    if following.level:
        return following.level > segment.level
    next_line = following.opens_line and segment.stop != "\n" and segment.level >= 30
    return segment.stop in ("。", "\n", "") and not next_line


def _is_short_topic(segment: Segment) -> bool:
    text, commas = segment.text, segment.text.count("，")
    if text.startswith("关于") and segment.level <= 45 and not commas and len(text) <= 50:
        return True
    short = (len(text) <= 24 and not commas) or (len(text) <= 18 and commas == 1)
    return short and not _DIGIT.search(text) and not text.endswith("）")


def _is_lead(segment: Segment, following: Segment | None) -> bool:
    if following is None or following.level == 0:
        return is_overview(segment.text) and (segment.text.endswith("：") or following is not None)
    colon = segment.text.endswith("：")
    opening = len(segment.text) <= 12 and bool(_FORWARD_OPENING.search(segment.text))
    return colon or opening or (segment.level == 0 and is_overview(segment.text))


_SLOGAN = re.compile(r"^(?:聚力|着力|全力|奋力|倾力|努力)(?:打造|实现|构建|推进|建设)“[^”]{2,14}”$")


def place(segments: list[Segment], anchor: Anchor, root: Stance, root_due: DateMention | None) -> list[Placed]:
    """Each segment with its stance, its section and the day that it may inherit."""
    stack = [_Holder(0, None, root, root_due, lead=False)]
    placed: list[Placed] = []
    paragraph = 0
    for index, segment in enumerate(segments):
        following = segments[index + 1] if index + 1 < len(segments) else None
        paragraph += segment.opens_line
        _leave(stack, segment)
        heading = _is_heading(segment, following) or (segment.level == 0 and bool(_SLOGAN.match(segment.text)))
        announces = segment.level == 0 and segment.text.endswith("：")
        lead = (announces or not heading) and _is_lead(segment, following)
        placed.append(Placed(segment, heading or lead, stack[-1].stance, stack[-1].section, _due(stack), paragraph))
        if not (heading or lead) and following and following.level >= 20 and _PROGRAMME.search(segment.text):
            _lend(stack, segment, following, anchor)
        if lead or (heading and (segment.level > 0 or segment.stop == "\n" or _is_stage(segment))):
            _enter(stack, segment, following, anchor, lead)
        elif segment.level >= 60 and segment.stop == "。":
            _end_list(stack)
    for spot in placed:
        spot.closing = spot.paragraph == paragraph > 1
    _heed_labels(placed)
    _hand_out_duties(placed, anchor)
    return placed


def _due(stack: list[_Holder]) -> DateMention | None:
    """The day that the nearest holder lends."""
    for holder in reversed(stack):
        if holder.due:
            return holder.due
    return None


def _leave(stack: list[_Holder], segment: Segment) -> None:
    """Pops what the segment is no longer under."""
    if segment.level:
        while stack[-1].level >= segment.level:
            stack.pop()
        stack[-1].listed = True
    elif segment.opens_line:
        while stack[-1].level >= 60 or (stack[-1].lead and stack[-1].level > 0):
            stack.pop()
        for holder in stack[1:]:
            if holder.listed and holder.level >= 20:
                holder.due = None


def _end_list(stack: list[_Holder]) -> None:
    """After the last sentence of an item in running text, the lead's day is not lent any more."""
    for holder in stack:
        if holder.lead:
            holder.due = None


def _level_of(segment: Segment, following: Segment | None, parent: _Holder, lead: bool) -> float:
    """A lead stands just over the items it announces, or under its section when they are plain lines."""
    if not lead:
        return float(segment.level or 5)
    if following and following.level:
        return following.level - 2.0
    return parent.level + 1


def _lend(stack: list[_Holder], segment: Segment, following: Segment, anchor: Anchor) -> None:
    """2023年，将实施三大行动。（一）…: a promise of its own, whose day the parts under it share."""
    dates = scan_dates(segment.text, anchor.on)
    if dates:
        stack.append(_Holder(following.level - 2.0, stack[-1].section, Stance.FORWARD, dates[-1], lead=True))


_PROGRAMME = re.compile(r"[一二两三四五六七八九十](?:大|项)(?:行动|工程|举措|任务|计划|工作)$")


def _enter(stack: list[_Holder], segment: Segment, following: Segment | None, anchor: Anchor, lead: bool) -> None:
    text, parent = segment.text, stack[-1]
    dates = [] if _NO_DATE_TITLE.search(text) else scan_dates(_OF_THE_YEAR.sub("年 ", text), anchor.on)
    due = dates[-1] if dates else None
    level = _level_of(segment, following, stack[-1], lead)
    while stack[-1].level >= level:
        stack.pop()
    stance = parent.stance
    if level <= 45 or lead:
        stance = _stance_of(text, anchor, parent.stance)
    if dates or ((lead or text.endswith("：")) and stance is Stance.MIXED and _PROMISING_LEAD.search(text)):
        stance = Stance.FORWARD
    announces = lead and following is not None and following.level > 0
    stack.append(_Holder(level, stack[-1].section if announces else text, stance, due, announces))


_LABEL = re.compile(
    r"^(?:(?P<forward>(?:下一?步|后续|下阶段)(?:工作)?(?:计划|打算|措施|安排)?|整改(?:计划|措施)|工作打算)|(?:办理|进展|工作|落实|完成|推进)(?:情况|进展))："
)


def _heed_labels(placed: list[Placed]) -> None:
    """下步计划：… at the head of a line says what the line does, whatever part it stands in."""
    stance, paragraph = None, -1
    for spot in placed:
        label = _LABEL.match(spot.segment.text) if spot.segment.opens_line else None
        if label:
            stance, paragraph = (Stance.FORWARD if label["forward"] else Stance.REPORT), spot.paragraph
        if stance and spot.paragraph == paragraph:
            spot.stance = stance


_DUTY = re.compile(r"^（?(?:责任|牵头|承办|实施|完成)(?:单位|部门|科室|处室|领导)：([^（）；，：]{2,40})")


_LINES_OF_AN_ITEM = 2


def _hand_out_duties(placed: list[Placed], anchor: Anchor) -> None:
    """责任单位：…；完成时限：… says who acts, and until when, in the sentences or lines of its item before it."""
    for index, spot in enumerate(placed):
        duty = _DUTY.match(spot.segment.text)
        if not duty:
            continue
        spot.heading = True
        days = scan_dates(spot.segment.text, anchor.on)
        for before in reversed(placed[:index]):
            apart = spot.paragraph - before.paragraph
            if apart > (_LINES_OF_AN_ITEM if spot.segment.opens_line else 0) or before.owner or before.heading:
                break
            before.owner, before.due = duty[1], days[-1] if days else before.due
