"""Decides which segments are commitments: the cues in them, the part of the letter they stand in, their neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extraction.cues import Cue, Weight, find_cues
from extraction.deadlines import Anchor, DateMention, scan_dates
from extraction.lexicon import ACTION_WORD, CLAUSE_ACTION, OWN_SIDE
from extraction.outline import Placed, Stance


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided about one segment, by which rule, and how sure that rule is."""

    taken: bool
    rule: str
    sureness: float
    cues: tuple[Cue, ...]
    dates: tuple[DateMention, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the sentences before have settled: a promise was made in this sentence or paragraph, or it reports."""

    sentence_promises: bool
    paragraph_promises: bool


_QUOTED_DEMAND = re.compile(r"“[^”]{9,}”")
_GOAL = re.compile(
    r"(?:新增|新建|新认定|引进|引育|培育|组织|实施|举办|建成|建设|完成|开展|改造|达到|选派|培训)[^，。；]{0,40}?\d[\d.]*[^，。；\d]{0,8}(?:以上|左右|不少于|不低于)"
)
_PAST_YEAR = re.compile(r"《[^《》]*》|〔[^〔〕]*〕|(?<!\d)(20\d\d)年")
_GOAL_FIGURE = re.compile(r"(?:达到?|超过|突破|稳定在|提高到|增长|新增|不少于|不低于)[^，。；]{0,6}\d|\d[^，。；]{0,8}(?:以上|左右)")
_STATE_SLOGAN = re.compile(r"(?:最优|最佳|更优|明显|显著|提速|提质|增强|优化)$")
_PASSIVE_RULE = re.compile(r"由[^，。；]{2,14}(?:承担|负担|列支|统筹确定|依法查处)$")
_PROMISE_BESIDE = re.compile(
    rf"(?:{OWN_SIDE})[^，。；]{{0,10}}(?:将|拟|计划|会同|力争|争取)|(?:将改为|将会同|我[局们委市县区]将)|将(?:继续|积极|结合|联合|会同|选择|加大|加强|督促|进一步|优先|按)"
    r"|拟(?:于|将|在|申报|列入|出台)|力争|确保|由[^，。；]{2,16}(?:局|委|办|镇|乡|街道)[^，。；]{0,4}(?:牵头|负责)|争取[^，。；]{0,20}(?:前|年)|及时向|逐步"
)


# In a paragraph that reports in bare verbs (推进…建设), one promise turns what follows only with words like these.
_TURNS = {"下一步", "今后", "将(未来)", "继续"}


def judge_all(placed: list[Placed], anchor: Anchor) -> list[Verdict | None]:
    """A verdict on each segment, None for headings; those without words of their own follow their neighbours."""
    alone = Surroundings(sentence_promises=False, paragraph_promises=False)
    first = [None if spot.heading else judge(spot, alone, anchor.on) for spot in placed]
    promising = {spot.segment.sentence for spot, v in zip(placed, first, strict=True) if v and v.taken}
    verdicts: list[Verdict | None] = []
    turned, paragraph, reports = False, -1, 0
    for spot, verdict in zip(placed, first, strict=True):
        if spot.paragraph != paragraph:
            turned, paragraph, reports = False, spot.paragraph, 0
        if verdict and not verdict.taken and verdict.rule == "现状":
            around = Surroundings(spot.segment.sentence in promising, turned)
            verdict = judge(spot, around, anchor.on)
        verdicts.append(verdict)
        if verdict and verdict.taken:
            turned = turned or not reports or any(cue.name in _TURNS for cue in verdict.cues)
        elif verdict and any(cue.weight is Weight.DONE for cue in verdict.cues):
            turned = False
        elif verdict and verdict.rule == "现状" and CLAUSE_ACTION.search(spot.segment.text):
            reports += 1
    return verdicts


def judge(placed: Placed, around: Surroundings, anchor: date) -> Verdict:
    """The verdict on one segment that is no heading."""
    text = placed.segment.text
    if placed.due and placed.due.rule == "year":
        # 9月底前 in a plan for next year is a month of that year.
        anchor = max(anchor, date(placed.due.on.year, 1, 1))
    cues = find_cues(text)
    spoken = _unquoted(text, cues)
    if spoken != text:
        cues = find_cues(spoken)
    dates = tuple(live_dates(spoken, anchor))
    past = _past_year(spoken, anchor)
    rule, taken, sureness = _decide(placed, around, spoken, cues, dates, past, anchor)
    return Verdict(taken, rule, sureness, tuple(cues), dates)


def _unquoted(text: str, cues: list[Cue]) -> str:
    """What others ask for between quotation marks is not said by the letter: blanked out, lengths kept."""
    if not any(cue.name in ("代表的话", "请求") for cue in cues):
        return text
    return _QUOTED_DEMAND.sub(lambda match: "“" + "·" * (len(match[0]) - 2) + "”", text)


def _past_year(text: str, anchor: date) -> bool:
    return any(match[1] and int(match[1]) < anchor.year for match in _PAST_YEAR.finditer(text))


_CLAUSE = re.compile(r"[^，]+")
_DONE_CLAUSE = re.compile(
    r"(?<![引导和对将及与在为的励持])已(?!建成的)|(?<![为除到])了(?!解)|累计(?:完成|投入)|共(?:组织|完成|投入|开展)|曾"
)
_FUTURE_CLAUSE = re.compile(r"将|拟|力争|计划|争取|预计|确保|推迟|调整为")


def live_dates(text: str, anchor: date) -> list[DateMention]:
    """The dates of a segment that belong to its promised half."""
    mentions = scan_dates(text, anchor)
    if not mentions or not _DONE_CLAUSE.search(text):
        return mentions
    done = []
    for clause in _CLAUSE.finditer(text):
        lone = bool(mentions) and any(
            mention.start == clause.start() and clause.end() - mention.end <= 1 for mention in mentions
        )
        stretch = text[clause.start() : _clause_end(text, clause.end()) if lone else clause.end()]
        if _DONE_CLAUSE.search(stretch) and not _FUTURE_CLAUSE.search(stretch):
            done.append(clause.span())
    return [m for m in mentions if not any(start <= m.start < end for start, end in done)]


def _clause_end(text: str, comma: int) -> int:
    end = text.find("，", comma + 1)
    return end if end > 0 else len(text)


def _decide(
    placed: Placed,
    around: Surroundings,
    text: str,
    cues: list[Cue],
    dates: tuple[DateMention, ...],
    past: bool,
    anchor: date,
) -> tuple[str, bool, float]:
    has = {cue.weight for cue in cues}
    names = {cue.name for cue in cues}
    strong, medium = Weight.STRONG in has, Weight.MEDIUM in has
    done = Weight.DONE in has or past
    if Weight.NEVER in has and not _asks_beside_a_promise(cues):
        return _first(cues, Weight.NEVER), False, 0.95
    if placed.stance is Stance.REQUEST:
        return "请求事项", False, 0.9
    if Weight.UNLESS_PROMISED in has and not _promises_beside(placed, text, cues, dates):
        return _first(cues, Weight.UNLESS_PROMISED), False, 0.85
    if _PASSIVE_RULE.search(text):
        return "责任划分", False, 0.8
    named_day = any(_is_named(mention, anchor) for mention in dates)
    near_year = bool(dates)
    if strong and (names - {"将(未来)"} or "将(未来)" in names):
        return _first(cues, Weight.STRONG), True, 0.9
    if placed.stance is Stance.PAST:
        return "往年工作", False, 0.9
    if named_day and not (Weight.DONE in has and not _FUTURE_CLAUSE.search(text)):
        return "将来的日期", True, 0.9
    if named_day:
        return "将来的日期", True, 0.75
    if medium and not done:
        return _first(cues, Weight.MEDIUM), True, 0.8
    return _by_place(placed, around, text, has, done, near_year)


# 5月14日 of a letter of July is more likely the one that is over, unless these words say otherwise.
_POINTS_AHEAD = re.compile(r"前|底|起|内|末|[明后次来]年|下半年|时间|未来|今后")


def _is_named(mention: DateMention, anchor: date) -> bool:
    """A day, month or later year; 今年 and this year's number also stand in reports."""
    this_year = mention.rule in ("year", "plan period") and not mention.text.startswith("到")
    rolled = mention.relative and mention.on.year > anchor.year and not _POINTS_AHEAD.search(mention.text)
    if rolled:
        return False
    return not this_year or (mention.rule == "year" and mention.on.year > anchor.year)


def _asks_beside_a_promise(cues: list[Cue]) -> bool:
    """True when the only thing against a segment is a request that follows the answering side's own promise."""
    never = [cue for cue in cues if cue.weight is Weight.NEVER]
    promises = [cue.start for cue in cues if cue.weight is Weight.STRONG]
    return bool(promises) and all(cue.name == "请求" and min(promises) < cue.start for cue in never)


_OUTDONE_BY_LATER_PROMISE = {"不具备条件", "代表的话", "应当", "长期规则"}


def _promises_beside(placed: Placed, text: str, cues: list[Cue], dates: tuple[DateMention, ...]) -> bool:
    """True when the answering side promises something beside a refusal, a quoted wish or a forecast."""
    names = {cue.name for cue in cues}
    if "预计(自己的步骤)" in names or ("推迟至" in names and dates) or "待…后" in names or _PROMISE_BESIDE.search(text):
        return True
    if placed.stance is Stance.FORWARD and "长期规则" in names and CLAUSE_ACTION.match(text) and not names & {"不具备条件", "上级要求", "应当"}:
        return True
    against = [cue for cue in cues if cue.weight is Weight.UNLESS_PROMISED]
    last = max(cue.start for cue in against)
    later = any(cue.weight is Weight.STRONG and cue.start > last for cue in cues)
    return later and all(cue.name in _OUTDONE_BY_LATER_PROMISE for cue in against)


def _by_place(
    placed: Placed, around: Surroundings, text: str, has: set[Weight], done: bool, near_year: bool
) -> tuple[str, bool, float]:
    acts = ACTION_WORD.search(text) is not None
    if placed.stance is Stance.FORWARD:
        if done:
            return "已办", False, 0.7
        if near_year or _GOAL_FIGURE.search(text):
            return "下一步部分", True, 0.9
        if not acts or (_STATE_SLOGAN.search(text)):
            return "没有动作", False, 0.6
        return "下一步部分", True, 0.85
    if done:
        return "已办", False, 0.9
    if near_year and placed.stance is Stance.MIXED and Weight.SOFT_DONE not in has:
        return "今年", True, 0.7
    if _GOAL.search(text) and Weight.SOFT_DONE not in has:
        return "作为目标的结果", True, 0.65
    if Weight.SOFT_DONE in has:
        return "现状", False, 0.85
    if placed.stance is Stance.MIXED and CLAUSE_ACTION.search(text):
        if around.sentence_promises:
            return "与承诺同句", True, 0.75
        if around.paragraph_promises:
            return "紧随承诺", True, 0.65
    return "现状", False, 0.8 if not acts else 0.6


def _first(cues: list[Cue], weight: Weight) -> str:
    return next(cue.name for cue in cues if cue.weight is weight)
