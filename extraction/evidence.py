"""What speaks for and against one segment: its cues, its dates, and what can be asked of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from extraction.cues import Cue, Weight, find_cues
from extraction.date_rules import PLANS
from extraction.deadlines import DateMention, scan_dates
from extraction.lexicon import ACTION_WORD, ACTIONS, FRONTED_ACTION, OWN_SIDE, any_of, opening, opens_with_action
from extraction.outline import Placed, Stance
from extraction.recurrence import find_recurrence
from extraction.targets import find_targets

_GOAL_VERB = any_of(
    """
    新增 新建 新认定 引进 引育 招引 招聘 招录 储备 发放 安排 培育 组织 实施 举办 建成 建设 完成 开展 改造 达到 选派 培训
    """
)
_GOAL = re.compile(
    rf"做到每(?:年|季度|月|周|天)[^，。；]{{2,20}}\d|(?:{_GOAL_VERB})[^，。；]{{0,40}}?\d[\d.]*[^，。；\d]{{0,8}}(?:以上|左右|不少于|不低于)"
)
_FIGURE = re.compile(
    r"(?:达到?|超过|突破|稳定在|提高到|增长|新增|不少于|不低于)[^，。；]{0,6}\d|\d[^，。；]{0,8}(?:以上|左右)"
)
_AT_LEAST = re.compile(r"不低于|不少于")
_LIMIT = re.compile(
    r"(?:竣工|投用|建成|投产|开工|完工|通车|交付)(?:投用|使用|运营)?$|不低于|不少于|(?:控制|稳定|保持|降|升)(?:在|到|至)[^，。；]{0,6}\d|占比[^，。；]{0,4}\d|(?:达到?|超过|突破)[^，。；]{0,4}\d"
)
_CHANGE = re.compile(r"由[^，。；由]{1,10}(?:提高|提升|增加|扩大|延长|压缩|缩短|下降|降低)(?:到|至)")
_SLOGAN = re.compile(r"(?:最优|最佳|更优|明显|显著|提速|提质|增强|优化)$")
_DUTY = re.compile(
    r"由[^，。；]{2,14}(?:统一确定|核定|承担|负担|列支|统筹确定|依法查处)$|(?:全部|一律|均)由[^，。；]{2,14}统[一建管][^，。；]{0,6}$"
)
_PAST_YEAR = re.compile(opening("《〔2", r"《[^《》]*》|〔[^〔〕]*〕|(?<!\d)(20\d\d)年"))
# “十三五”期间，全市争取资金…, said later: a plan that is over.
_PLAN_PERIOD = re.compile(r"“?(十[二三四五六七])五”?(?:规划)?(?:期间|时期)(?=[，我全本共累])")
_SEASON = re.compile(
    r"(?:(?:入[冬汛]|汛期?|供暖季?|采暖季?|开学|[寒暑]假|[高中]考|两会|春[耕灌播]|秋[收播种]|腊月.{0,3}|[雨旱冬]季|封冻|上冻)"
    rf"(?:来临|到来|开始)?之?前，?|任期内)(?:全部|全面|全线|基本)?(?=对|把|将|{ACTIONS})"
)
_OWN_PROMISE = re.compile(rf"(?<!为)(?:{OWN_SIDE})[^，。；]{{0,10}}(?:将|拟|计划|会同|力争|争取)")
_PROMISE_BESIDE = re.compile(
    rf"(?<!为)(?:{OWN_SIDE})[^，。；]{{0,10}}(?:将|拟|计划|会同|力争|争取)|(?:将改为|将会同|我[局们委市县区]将)"
    r"|将(?:继续|积极|结合|联合|会同|选择|加大|加强|督促|进一步|优先|按)|拟(?:于|将|在|申报|列入|出台)|力争|确保"
    r"|由[^，。；]{2,16}(?:局|委|办|镇|乡|街道)[^，。；]{0,4}(?:牵头|负责)|争取[^，。；]{0,20}(?:前|年)|及时向|逐步"
)
_OUTDONE_BY_LATER_PROMISE = {"不具备条件", "代表的话", "应当", "长期规则"}
_STRIVING = re.compile(
    r"，(?:全力|积极|努力)?争取(?!到|了|资金|上级|中央|项目)[^，。；]{0,20}"
    r"(?:开工|完成|建成|投产|投用|投入|完工|竣工|通车|落地|启动|实施|解决|获批|列入|纳入)"
)
_FUTURE = re.compile(r"将|拟|力争|(?<!下达)(?<!列入)(?<!纳入)计划(?!内|项目|，|$)|争取|预计|确保|推迟|调整为")


@dataclass(slots=True)
class Evidence:
    """One segment as the rules see it; `text` has others' quoted wishes blanked out, neighbours set the last four."""

    placed: Placed
    text: str
    cues: tuple[Cue, ...]
    dates: tuple[DateMention, ...]
    anchor: date
    weights: set[Weight]
    sentence_reports: bool = False
    sentence_promises: bool = False
    paragraph_promises: bool = False
    list_promises: bool = False

    @property
    def stance(self) -> Stance:
        return self.placed.stance

    def has(self, weight: Weight) -> bool:
        return weight in self.weights

    @property
    def done(self) -> bool:
        return (
            self.has(Weight.DONE)
            or self.sentence_reports
            or self.in_past_year
            or _in_past_month(self.text, self.anchor)
            or any(_rolled_over(mention, self.anchor) for mention in self.dates)
        )

    @property
    def in_past_year(self) -> bool:
        return _in_past_year(self.text, self.anchor)

    @property
    def speaks_of_past_years(self) -> bool:
        return self.in_past_year or any(cue.name == "近年来" for cue in self.cues)

    @property
    def names_a_day(self) -> bool:
        """A day, a month or a later year; 今年 and this year's number also stand in reports."""
        if not any(_is_named(mention, self.anchor) for mention in self.dates):
            return False
        # 清明节前迁入，9月下旬验收, said in October: both are over when one of them is.
        ahead = all(mention.on.year > self.anchor.year for mention in self.dates)
        return not (ahead and any(_rolled_over(mention, self.anchor) for mention in self.dates))

    @property
    def has_a_day_ahead(self) -> bool:
        return any(not _rolled_over(mention, self.anchor) for mention in self.dates)

    @property
    def acts(self) -> bool:
        return ACTION_WORD.search(self.text) is not None

    @property
    def counts(self) -> bool:
        """新聘调解员150名: a figure promises, whatever its verb."""
        return bool(find_targets(self.text))

    @property
    def is_dated_item(self) -> bool:
        """An item of a list whose heading or lead lends it a day."""
        return self.placed.due is not None and self.placed.segment.level >= 30 and not self.is_slogan

    @property
    def is_slogan(self) -> bool:
        return _SLOGAN.search(self.text) is not None

    @property
    def sets_a_figure(self) -> bool:
        return _FIGURE.search(self.text) is not None

    @property
    def sets_a_goal(self) -> bool:
        return _GOAL.search(self.text) is not None

    @property
    def assigns_a_duty(self) -> bool:
        return _DUTY.search(self.text) is not None

    @property
    def keeps_a_season(self) -> bool:
        """入冬前完成…: a time without a day."""
        return _SEASON.search(self.text) is not None

    @property
    def could_follow(self) -> bool:
        """An action in a part that neither reports nor looks forward by its heading."""
        heads = opens_with_action(self.text) or FRONTED_ACTION.match(self.text) or _CHANGE.search(self.text)
        return self.stance is Stance.MIXED and bool(heads)

    @property
    def goes_on(self) -> bool:
        """Behind a promise of its own sentence a figure that is to be reached is promised with it."""
        return self.could_follow or (self.stance is Stance.MIXED and bool(_LIMIT.search(self.text) or self.recurs))

    @property
    def names_a_floor(self) -> bool:
        return _AT_LEAST.search(self.text) is not None

    @property
    def recurs(self) -> bool:
        """每年从专项资金中切块200万元: a rhythm and a figure."""
        return self.counts and find_recurrence(self.text) is not None

    @property
    def asks_beside_a_promise(self) -> bool:
        """The only thing against the segment is a request that follows the answering side's own promise."""
        never = [cue for cue in self.cues if cue.weight is Weight.NEVER]
        promises = [cue.start for cue in self.cues if cue.weight is Weight.STRONG]
        return bool(promises) and all(cue.name in _AFTERWORDS and min(promises) < cue.start for cue in never)

    def a_day_follows(self, start: int) -> bool:
        """A later clause names a day of its own: 无法拓宽，改设标线，月底前完成."""
        comma = self.text.find("，", start)
        return self.names_a_day and not self.done and 0 < comma < max(mention.start for mention in self.dates)

    @property
    def strives_after_the_done(self) -> bool:
        """规划已获批，争取明年开工: what is striven for stands in a clause behind what is done."""
        striving = _STRIVING.search(self.text)
        return striving is not None and not _DONE_CLAUSE.search(self.text, striving.start())

    @property
    def promises_beside(self) -> bool:
        """The answering side promises something beside a refusal, a quoted wish or a forecast."""
        names = {cue.name for cue in self.cues}
        if names & {"预计(自己的步骤)", "待…后"} or ("推迟至" in names and self.dates):
            return True
        against = [cue for cue in self.cues if cue.weight is Weight.UNLESS_PROMISED]
        outweighs = _OUTWEIGHED.get(against[0].name) if len(against) == 1 else None
        if outweighs and outweighs(self, against[0].start):
            return True
        if all(cue.name == "成效" for cue in against):
            return False  # 将…改善 is how effects are told, too
        last = max(cue.start for cue in against)
        later = any(cue.weight is Weight.STRONG and cue.start > last for cue in self.cues)
        return bool(_PROMISE_BESIDE.search(self._without_demands(against))) or (
            later and all(cue.name in _OUTDONE_BY_LATER_PROMISE for cue in against)
        )

    def _without_demands(self, against: list[Cue]) -> str:
        """国家要求，到2025年力争达到90%，我市将…: what is striven for in the demanded clause is not promised here."""
        text = self.text
        for cue in against:
            if cue.name in DEMANDS and not _HEEDED.search(text, 0, cue.start):
                end = cue.start + len(cue.words)
                demanded = _DEMANDED.match(text, end)
                if demanded and not _OWN_PROMISE.search(demanded[0]):
                    text = text[:end] + "·" * len(demanded[0]) + text[demanded.end() :]
        return text


# What others demand, and the words that put it into the service of one's own step (按照省里要求，我市将…).
DEMANDS = {"上级要求", "上级打算", "背景"}
_HEEDED = re.compile(r"(?:根据|按照?|依据|遵照|对照|落实|贯彻|执行|结合|围绕|为)[^，。；]{0,12}$")
_DEMANDED = re.compile(r"[，：]?(?:[^，。；]{0,6}20\d\d年[^，。；]{0,6}，)?[^，。；]*")
_QUOTED_DEMAND = re.compile(r"“[^”]{9,}”")
_AGREED = re.compile(r"(?:采纳|同意|赞成|认同|接受)[^。；]{0,30}，[^。；]{0,20}(?:前|内|年|月|学期)")
# What outweighs the one word that speaks against a promise, given where that word stands.
_OUTWEIGHED: dict[str, Callable[[Evidence, int], bool]] = {
    "成效": lambda e, start: bool(_OWN_PROMISE.search(e.text)) or (bool(e.dates) and e.dates[0].end < start),
    "长期规则": lambda e, start: (
        (e.names_a_day and e.has(Weight.STRONG)) or (e.stance is Stance.FORWARD and opens_with_action(e.text))
    ),
    "代表的话": lambda e, start: e.has_a_day_ahead and bool(_AGREED.search(e.text)),
    "不具备条件": lambda e, start: e.a_day_follows(start),
    "应当": lambda e, start: e.stance is Stance.FORWARD and bool(e.dates),
}
_AFTERWORDS = {"请求", "答复用语"}
_OTHERS_SPEAK = {"代表的话", "请求"}


def _blank_behind(match: re.Match[str]) -> str:
    kept = match[1] or match[2]
    return kept + "·" * (len(match[0]) - len(kept))


_REFUSAL = "不具备条件"
# 对无法自行搬迁的，…; 解决群众难以就近就医的问题; 让群众不再跑冤枉路: what is helped, not what is refused.
_REFUSED_NOUN = re.compile(
    r"((?:^|[，：])[^，。；：]{0,6}(?:对|针对|解决|化解|破解|缓解|消除|防止|避免|杜绝))(?![^，。；]{0,4}[您你])"
    r"[^，。；]{0,14}?(?:不具备|不符合|不能|不宜|无法|难以|没有|缺乏|暂无|尚无|达不到|做不到)[^，。；]{1,16}?(?:的(?!要求|需求|建议|规定)|问题|难题|现象|情况)"
    r"|((?:^|[，：])(?:切实)?(?:让|使)[^，。；]{2,12})不再[^，。；]{2,12}"
)


def gather(placed: Placed, anchor: date) -> Evidence:
    """The evidence of one segment that is no heading."""
    text = placed.segment.text
    cues = find_cues(text)
    if "“" in text and any(cue.name in _OTHERS_SPEAK for cue in cues):
        # What others ask for between quotation marks is not said by the letter.
        spoken = _QUOTED_DEMAND.sub(lambda match: "“" + "·" * (len(match[0]) - 2) + "”", text)
        if spoken != text:
            text, cues = spoken, find_cues(spoken)
    weights = {cue.weight for cue in cues}
    if Weight.UNLESS_PROMISED in weights and any(cue.name == _REFUSAL for cue in cues):
        able = _REFUSED_NOUN.sub(_blank_behind, text)
        if able != text:
            cues = find_cues(able)
            weights = {cue.weight for cue in cues}
    return Evidence(placed, text, tuple(cues), tuple(_live_dates(text, anchor)), anchor, weights)


def _in_past_year(text: str, anchor: date) -> bool:
    return ("20" in text and any(match[1] and int(match[1]) < anchor.year for match in _PAST_YEAR.finditer(text))) or (
        "五" in text and any(PLANS[match[1]] < anchor.year for match in _PLAN_PERIOD.finditer(text))
    )


_PAST_MONTH = re.compile(r"(?:今|20\d\d)年 ?(?:(\d{1,2})月(?!\d|底|末|份?以?前|份?至|份?到|[-—、起])|年?初)")


def _in_past_month(text: str, anchor: date) -> bool:
    """今年3月，我局组织…: a month that is over, in a clause without 已 or 了."""
    return any(
        int(match[1] or 3) < anchor.month and match[0].startswith(("今", str(anchor.year)))
        for match in _PAST_MONTH.finditer(text)
    )


_AT_THE_END = re.compile(r"底|末|起")
_HARDLY_PAST = timedelta(days=120)
# 5月14日 of a letter of July is more likely the one that is over, unless these words say otherwise.
_POINTS_AHEAD = re.compile(r"前|内|[明后次翌来同当]年|下半年|时间|未来|今后|今明|[用分]\D{1,3}年")


def _rolled_over(mention: DateMention, anchor: date) -> bool:
    """A day of next year only because this year's is over; 底 and 末 look ahead unless they are hardly past."""
    if not mention.relative or mention.on.year <= anchor.year or _POINTS_AHEAD.search(mention.text):
        return False
    past = mention.on - timedelta(days=365)
    return not _AT_THE_END.search(mention.text) or anchor - past < _HARDLY_PAST


_PLAN_YEARS = 5


def _is_named(mention: DateMention, anchor: date) -> bool:
    if _rolled_over(mention, anchor):
        return False
    if mention.rule in ("year", "plan period") and not mention.text.startswith("到"):
        ahead = mention.on.year - (_PLAN_YEARS if mention.rule == "plan period" else 0)
        return ahead > anchor.year or (ahead == anchor.year and mention.rule == "plan period")
    return True


_CLAUSE = re.compile(r"[^，]+")
_DONE_CLAUSE = re.compile(
    opening(
        "已了又累共曾",
        r"(?<![引导和对将及与在为的励持据动促使把让])已(?!建成的|落地的)|(?<![为除到])了(?!解)|(?<!再)又(?:新增|修缮|完成|投入|建成|新建|发放)|累计(?:完成|投入)|共(?:组织|完成|投入|开展)|曾",
    )
)


_TOTAL_BY = re.compile(r"到20\d\d年[^，]{0,2}，[^，。；]{0,8}累计")  # a total that is to be reached
_REASON = re.compile(r"(?:^|(?<=，))(?:因|由于|鉴于|考虑到|受|随着)")


def _live_dates(text: str, anchor: date) -> list[DateMention]:
    """The dates of a segment that belong to its promised half."""
    mentions = scan_dates(text, anchor)
    if not mentions or not (_DONE_CLAUSE.search(text) or _REASON.search(text)):
        return mentions
    done = []
    last_done = max((match.start() for match in _DONE_CLAUSE.finditer(text)), default=-1)
    for clause in _CLAUSE.finditer(text):
        # 今年，我局已开展…: a day that stands alone goes with the clause behind it.
        alone = any(m.start == clause.start() and clause.end() - m.end <= 1 for m in mentions)
        stretch = text[clause.start() : _next_comma(text, clause.end()) if alone else clause.end()]
        own = [m for m in mentions if clause.start() <= m.start < clause.end()]
        # 今年列支资金…，截至6月已兑现…，余下年底前兑付: the year is that of what is done.
        only_this_year = (
            clause.end() < last_done and own and all(m.rule == "year" and m.on.year == anchor.year for m in own)
        )
        if _TOTAL_BY.match(stretch):
            continue
        over = _DONE_CLAUSE.search(stretch) or _REASON.match(stretch) or (only_this_year and mentions[-1] not in own)
        if over and not _FUTURE.search(stretch):
            done.append(clause.span())
    return [m for m in mentions if not any(start <= m.start < end for start, end in done)]


def _next_comma(text: str, comma: int) -> int:
    end = text.find("，", comma + 1)
    return end if end > 0 else len(text)
