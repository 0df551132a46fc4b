"""Whether a figure of a promise is a result that it promises, or a scope, a size, a span, or what is already there."""

from __future__ import annotations

import re
from collections.abc import Callable
from string import ascii_letters, digits

from extraction.lexicon import opening
from extraction.numerals import read_number

_SCOPE = re.compile(
    r"聚焦|围绕|针对|涉及|依托|按照|面向|惠及|现有(?!的?基础)|已有|用地面积|规划面积|建筑面积(?!能耗|综合)|占地|设计[^，。；、\d]{0,6}(?:规模|库容|能力|算力|产能|流量)|总面积|受益|服务人口|凡|对(?!接|外|口|标)"
    r"|沿河|沿线|上述|原有|制约|截至|已(?:开工|新增|完成|建成|有|投入|改造|检测|修复)"
)
_NEWLY_SERVED = re.compile(r"新增[^，。；]{0,10}(?:受益|惠及|服务)[^，。；]{0,4}$")
_BUILT = re.compile(
    r"注射|发放|补助|奖补|奖励|栽植|铺设|更换|维修|清理|清掏|配备|采购|购置|投放|新聘|招聘|安置|评估|检测|巡查|走访|安排|投入|下达|兑付|调整|建成|新建|新增|建设|打造|创建|培育|设立|完成|引进|引育|招引|选派|实施|组织|开展|改造|安装|培训|达到|不少于|启动|整治|拆除|盘活"
)
_BUILT_NEARBY = re.compile(
    r"(?:建成|新建|再建|新增|建设|打造|创建|培育|设立|增设|组建|成立|完成|实施|打通|疏通)(?!的)[^，。；在的]{0,16}$"
)
_PUT_UP = re.compile(r"(?:建设|新建|修建|兴建|增建|建成|增设|放置|安装|购置|配备)$")
# 第5号, 由12家增加到30家, 剩余32个: the figure right behind these is no result.
_NO_RESULT_BEFORE = re.compile(
    r"(?:第|由每[周月年天日座个人户亩]|从|(?<!完成)(?<!打通)(?<!改造)(?:剩余|剩下的?|余下的?)|(?<!至少)(?<!中)(?<!拥)有|由原来的?|现行[^，。；]{0,8}|这|该|每|(?:总量|工程量|总投资|计划数)的|进度为|^(?:同时，)?(?:全|我|本)[省市县区镇乡]|[A-Za-z#/.\-—：\d]|[宽深厚]|(?<![提最])高|(?<![增延栋院组班队校区处科局])长|直径|容积)$"
)
# The last characters of those words, so that most clauses cost one look.
_LAST_OF_NO_RESULT = frozenset(
    "第周月年天日座个人户亩从余下的有来这该每为省市县区镇乡#/.-—：宽深厚高长径积" + ascii_letters + digits
)
# 已购置泵车3台: reached already, unless the clause goes on to what will be.
_DONE_BEFORE = re.compile(
    r"^[^将拟再]{0,8}已(?:派|选定|确定|清退|购置|采购|配备|安装|发放|整治|处置|培训|拨付|下达|投放|查处|批复|争取|筹集|筹措|落实|验收)[^将拟再计]*$"
)
# 目前开工1780户, 去年做了320户, 若低于80%: what is, was, or would have to be.
# 需要资金320万元, 您建议设立500万元: what it would cost, what others ask for.
_NOT_PROMISED = re.compile(
    opening(
        "截目去应需资估又已现正您你代委",
        r"截至|目前|去年|应[建设配]|(?<!满足)(?<!按)(?<!根据)需要?(?:总)?(?:资金|投资|经费)|资金缺口|估算投资|又有|已累计|现行政策|正在[给为]|已在(?!建)|正在[^，。；]{0,6}争取"
        r"|(?:您|你们|代表|委员)们?[^，。；]{0,6}(?:建议|提出|希望)|需要[^，。；]{2,8}的$|已(?:通过[^，。；]{2,12})?安排",
    )
)
_CONDITIONAL = re.compile(r"[^，]{0,6}(?:若|如果|凡)")
# 目前已开工33处，完成投资9.6亿元: what was spent goes with what was done.
_SPENT = ("投资", "资金", "约")
_INVESTED = re.compile(r"^(?:累计)?(?:完成|到位|拨付)(?:投资|资金)约?$")
_BEFORE_INVESTED = re.compile(r"(?:^|，)[^，]{0,10}(?:目前|已)[^，]*，[^，]*$")
_ACTORS = re.compile(r"由[^，。；]{4,}$")  # 由A、B、C3家单位筹资
_ROUGHLY = ("约", "近", "大约")
_DAY_BEHIND = re.compile(r"(?:之|以)?(?:内|前|后)")
_ATTRIBUTE_BEHIND = re.compile(r"的|规上|规模以上|周?岁|年级|标准(?!化)")
_PROMISED_SIZE = re.compile(r"(?:规模|投资|资金|总额|额度)(?:为|达|达到)?$")
_BEGUN = re.compile(r"[^，。；]*已")
_CLAUSE_END = re.compile(r"$|[，。；、（及并和]")
_SHORTENED = re.compile(r"(?:压缩|缩短|控制|减少|精确|限定)[至到在]$")
# 45分钟内到达: how soon they come is promised, not only when.
WITHIN_MINUTES = re.compile(r"[之以]?内(?:、|[\u4e00-\u9fff]{0,2}(?:到达|到场|赶到|赶赴|抵达|响应|出动))")
_MOVED_BY = re.compile(r"(?:提高到|延长[到至]|(?:延后|延长|提前)[^，。；\d]{0,6}|每[期节集])$")
HOURS = ("小时", "分钟")
_DURATION = ("天", "个工作日", "工作日")


# 8个站点中，…: the figure is the whole of which a part is promised. 70辆已上线: that part is done.
_ALREADY = re.compile(
    r"[\u4e00-\u9fff]{0,10}(?:中(?:，|有)|的[\u4e00-\u9fff]{1,8}已[列纳]入|(?<!前)(?:均|都|全部)?已(?!建成的|联系|对接|上报|列入|纳入|安排|启动|明确|确定|协调|通知|责成))"
)
# 66人以上超大班额: the figure says which classes are meant.
_SIZE_CLASS = re.compile(
    r"[\u4e00-\u9fff]{0,3}(?:班额|自然村|村组|行政村|小区|社区|企业|家庭|地块|水库|锅炉|病险|示范田|示范片|规模)"
)
# 1.5倍放宽到2倍: the figure before the verb is left behind.
_OUTGROWN = re.compile(
    r"，(?:力争|争取|计划|拟|将)[^，。；\d]{0,8}(?:压缩|缩短|降低|提高|提升|增加|扩大|延长)[到至]\d"
    r"|[\u4e00-\u9fff]{0,4}(?:放宽|提高|提升|增加|扩大|延长|压缩|缩短|降低|下降|调整|调高)[到至为]"
)
_REST_BEHIND = re.compile(r"[\u4e00-\u9fff]{0,6}，[^。；]{0,30}(?:剩余|剩下的?|余下的?|其余)\d")
# 2个渔港扩建项目前期工作抓紧推进: nothing is said of how many will be ready.
_ONLY_PREPARED = re.compile(r"[^，。；、\d]{0,14}前期(?:工作|手续)")
_READY = re.compile(r"(?:完成|办结|办好|做完|启动|开展)[^，。；]{0,6}$")
_REST_LEFT = re.compile(r"[\u4e00-\u9fff]{0,4}(?:因|由于)|[\u4e00-\u9fff]{0,4}列入[^，。；]{2,}计划(?=$|。)")
_BY_A_DAY = re.compile(r"[底末月日]以?前[^，]{0,12}$")
_PLACED = re.compile(r"在[\u4e00-\u9fff]{0,4}$")
# 组建12人的护理团队: its size is promised with it.
_TEAM_UP = re.compile(r"(?:组建|成立|建立|建成|打造|配备|派出|选派|抽调)(?:起?一支|由)?$")
_TEAM_BEHIND = re.compile(r"(?:组成)?的[^，。；]{0,14}(?:团队|队伍|小组|专班|工作组|专家组|队)")
# 在13座车站新增泊位2600个: the first figure says where.
_SITE_OF_ANOTHER = re.compile(r"[^，。；]{1,14}(?:各|补建|新增|增设|建设|设置|安装|投放)[^，。；\d]{1,14}\d")
_THESE = re.compile(r"[\u4e00-\u9fff]{1,6}，")
_REST_FINISHED = re.compile(
    r"(?![^，。；]{0,2}(?:因|待))[^。；按分]{0,40}(?:到位|开工|动工|完工|完成|完毕|清完|换完|装完|办结|建成|交付|竣工|投用|投运|补齐"
    r"|销账|销号|实施|拨付|兑付|兑现|下达|发放|签约|上线|通车|清零)"
)
_TREATED = re.compile(
    r"[^，。；]{0,24}?(?:改造|治理|整治|修缮|更新|拆除|维修|排查|普查|全覆盖|打通|建起来|建成|装完|装上|清掏|更换|办结|挂牌|搬迁|移交|实施“?□)|[^。；]{2,40}?(?:拆除|改造|修复|移交|支护|搬迁)"
)
_MENDED_FEW = re.compile(r"(?:对|把|将)[\u4e00-\u9fff、]{0,16}$")
_MENDED = re.compile(r"(?:对|把|将)[\u4e00-\u9fff\d、A-D]{0,24}(?<![高长宽深距])$")


# 产值超10亿元龙头企业2家: the sum says which firms are meant. 遴选20户以上家庭: how many are chosen.
_ABOVE = ("超", "超过", "突破")
_FIRM_CLASS = re.compile(
    r"(?:规模)?的?[\u4e00-\u9fff]{0,8}(?:企业|项目|产业|集群|园区|镇|村|大户|合作社|单品|品牌)(?![\u4e00-\u9fff]{0,4}(?:建设|投资))"
)
_CHOSEN = re.compile(r"(?:遴选|选择|评选|选出|培育|发展|扶持|招募|带动|引进)$")


def _is_class_or_shortage(plain: str, match: re.Match[str], clause: str) -> bool:
    """66人以上超大班额 names a class, 不足2米 a shortage."""
    if match["unit"].endswith("元") and (match["before"] in _ABOVE or match["after"] == "以上"):
        return _FIRM_CLASS.match(plain, match.end()) is not None
    if (
        match["unit"] in ("人", "户", "亩", "吨", "公里", "平方米")
        and match["after"] in ("以上", "以下")
        and not _CHOSEN.search(clause)
    ):
        return _SIZE_CLASS.match(plain, match.end()) is not None
    if match["unit"] in ("km", "公里", "米") and plain.startswith("处", match.end()):
        return True
    return plain.endswith(("不足", "仅", "仅为"), 0, match.start())


def _is_share(plain: str, match: re.Match[str], clause: str) -> bool:
    """80%以上的村卫生室能够…: a share that does something is promised."""
    return match["unit"] == "%" and not clause.strip() and plain.startswith("的", match.end())


def _rest_is_finished(plain: str, match: re.Match[str], clause: str) -> bool:
    """剩余50辆将于11月到位: what is left is promised with it."""
    return (
        clause.endswith(("剩余", "其余", "余下", "余下的", "剩下", "剩下的"))
        or (clause.endswith("这") and _THESE.match(plain, match.end()) is not None)
    ) and _REST_FINISHED.match(plain, match.end()) is not None


def _treats(plain: str, match: re.Match[str], clause: str) -> bool:
    """对86家企业开展治理: how many are treated is the result."""
    if match["unit"] in _DURATION or plain.startswith("的", match.end()):
        return False
    if not match["number"][0].isdigit():
        return (
            match["number"] not in ("一", "二")
            and _MENDED_FEW.search(clause) is not None
            and _TREATED.match(plain, match.end()) is not None
        )
    return _MENDED.search(clause) is not None and _TREATED.match(plain, match.end()) is not None


# 抓好8个在建项目，年内竣工5个: of the whole only the part is promised.
# 服务512家，年内拟再服务300家: the first is done.
_WHOLE = re.compile(r"(?:^|^抓[好紧]|^推进|^加快|^盯紧|第[一二三四五六]批|其余|已[^，。；]{1,6}的)$")
_PART = re.compile(
    r"[^。；]{1,20}?(?:[年月]内|[底月日]以?前|今年|[底末])[^，。；\d]{1,8}(?P<number>\d+)(?P<unit>[^\d，。；]{1,2}?)(?:以上)?(?=$|[，。；])"
)
_MORE_TO_COME = re.compile(
    r"[^。；]{1,30}?(?:拟|将|计划|力争)再[^，。；\d]{1,8}(?P<number>\d+)(?P<unit>[^\d，。；]{1,2}?)(?:以上)?(?=$|[，。；])"
)
_AHEAD = re.compile(r"将|拟|计划|力争|确保|前|内|今年|明年|每|底|末")


def _is_whole(plain: str, match: re.Match[str], clause: str) -> bool:
    if clause[-1:] in "好紧进快住批余的" and _WHOLE.search(clause):
        part = _PART.match(plain, match.end())
        return part is not None and part["unit"] == match["unit"] and _is_less(part["number"], match["number"])
    if "再" not in plain or _AHEAD.search(plain, 0, match.start()):
        return False
    more = _MORE_TO_COME.match(plain, match.end())
    return more is not None and more["unit"] == match["unit"]


def _is_less(part: str, whole: str) -> bool:
    return (read_number(part) or 0) < (read_number(whole) or 0)


def _is_span(plain: str, match: re.Match[str]) -> bool:
    if _SHORTENED.search(plain, 0, match.start()):
        return False
    return match["after"] in ("以内", "之内") or _DAY_BEHIND.match(plain, match.end()) is not None


_TRIED_IN = re.compile(r"在[^，。；]{1,14}$")
_TRIED_OUT = re.compile(r"[\u4e00-\u9fff]{0,6}试点(?![工经方项])")


def _is_written_count(plain: str, match: re.Match[str], clause: str) -> bool:
    """一组 behind its noun, 一所 right behind a verb of building, 两个 near one; else they only speak of things."""
    if plain.startswith("第", max(0, match.start() - 1)):
        return False
    behind_noun = bool(clause) and _CLAUSE_END.match(plain, match.end()) is not None
    if match["number"] == "一":
        return behind_noun or _PUT_UP.search(clause) is not None
    return (
        behind_noun
        or _BUILT_NEARBY.search(clause) is not None
        or (_TRIED_IN.search(clause) is not None and _TRIED_OUT.match(plain, match.end()) is not None)
    )


def _is_reported(plain: str, match: re.Match[str], clause: str) -> bool:
    """What is, was, would be, or is asked for."""
    return (
        _NOT_PROMISED.search(clause) is not None
        or _CONDITIONAL.match(clause) is not None
        or ("已" in clause and _DONE_BEFORE.search(clause) is not None)
        or (
            clause.endswith(_SPENT)
            and _INVESTED.search(clause) is not None
            and _BEFORE_INVESTED.search(plain, 0, match.start()) is not None
        )
        or (plain.startswith("单位", match.end()) and _ACTORS.search(clause) is not None)
    )


def _is_only_hours(plain: str, match: re.Match[str], clause: str) -> bool:
    """值班24小时, 15分钟生活圈; not 延长30分钟."""
    return match["unit"] in HOURS and not (
        match["before"]
        or _SHORTENED.search(clause)
        or _MOVED_BY.search(clause)
        or WITHIN_MINUTES.match(plain, match.end())
    )


def _is_left_over(plain: str, match: re.Match[str], clause: str) -> bool:
    """其余4处因…, 12个项目前期工作, 已建2座，其余3座…: not yet, only prepared, or done before the rest."""
    end = match.end()
    if clause.endswith("其余") and _REST_LEFT.match(plain, end):
        return True
    if "前期" in plain and _ONLY_PREPARED.match(plain, end) and not _READY.search(clause):
        return True
    rests = "余" in plain or "剩" in plain
    return rests and _REST_BEHIND.match(plain, end) is not None and not _BY_A_DAY.search(clause)


def _is_outgrown(plain: str, match: re.Match[str], clause: str) -> bool:
    end = match.end()
    told = "已" in plain or "中" in plain
    return _OUTGROWN.match(plain, end) is not None or (told and _ALREADY.match(plain, end) is not None)


def _is_member_count(plain: str, match: re.Match[str], clause: str) -> bool:
    """由2个县扩大到…, but not 由9人组成的专家组."""
    return clause.endswith("由") and not _is_team(plain, match, clause)


def _is_team(plain: str, match: re.Match[str], clause: str) -> bool:
    return _TEAM_BEHIND.match(plain, match.end()) is not None and _TEAM_UP.search(clause) is not None


def _is_place(plain: str, match: re.Match[str], clause: str) -> bool:
    return (
        "在" in clause[-5:]
        and _PLACED.search(clause) is not None
        and _SITE_OF_ANOTHER.match(plain, match.end()) is not None
    )


def _is_described(plain: str, match: re.Match[str], clause: str) -> bool:
    """第5号, 剩余32个, 宽6米, 收到后20个工作日内; a limit (不少于) before it makes it a result again."""
    hint = clause[-1:] in _LAST_OF_NO_RESULT or "现行" in clause
    return (
        hint and match["before"] is None and _NO_RESULT_BEFORE.search(clause, max(0, len(clause) - 14)) is not None
    ) or (match["unit"] in _DURATION and _is_span(plain, match))


def _is_said_twice(plain: str, match: re.Match[str], clause: str) -> bool:
    return match["number"] == "一" and plain.count(match[0]) > 1


def _is_loose_word(plain: str, match: re.Match[str], clause: str) -> bool:
    return not match["number"][0].isdigit() and not _is_written_count(plain, match, clause)


def _is_scope(plain: str, match: re.Match[str], clause: str) -> bool:
    ends = [found.end() for found in _SCOPE.finditer(clause)]
    return (
        bool(ends)
        and match["before"] in (None, *_ROUGHLY)
        and len(clause) - ends[-1] <= 18
        and not clause.endswith(("至", "到"))
        and not _BUILT.search(clause, ends[-1])
        and not _NEWLY_SERVED.search(clause)
    )


_LONGEST_CLAUSE = 200

_Rule = Callable[[str, re.Match[str], str], bool]
# What rules a figure out, whatever is done to it; and what does so unless all of it is finished or treated.
_NEVER: tuple[_Rule, ...] = (
    _is_reported,
    _is_only_hours,
    _is_left_over,
    _is_outgrown,
    _is_class_or_shortage,
    _is_member_count,
    _is_place,
)
_UNLESS_TREATED: tuple[_Rule, ...] = (
    _is_described,
    _is_said_twice,
    _is_whole,
    _is_loose_word,
    _is_scope,
)


def counts(plain: str, match: re.Match[str]) -> bool:
    """Whether the figure of this match in a folded segment, brackets blanked, is promised."""
    begin = max(plain.rfind("，", 0, match.start()) + 1, match.start() - _LONGEST_CLAUSE)
    clause = plain[begin : match.start()]
    for rules_out in _NEVER:
        if rules_out(plain, match, clause):
            return False
    if _rest_is_finished(plain, match, clause) or _treats(plain, match, clause):
        return True
    for rules_out in _UNLESS_TREATED:
        if rules_out(plain, match, clause):
            return False
    return (
        match["before"] is not None
        or not _ATTRIBUTE_BEHIND.match(plain, match.end())
        or _is_share(plain, match, clause)
        or _is_team(plain, match, clause)
        or (_PROMISED_SIZE.search(clause) is not None and not _BEGUN.match(plain, match.end()))
    )
