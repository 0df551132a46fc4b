"""The countable results that a promise names: how many of what, and at least, at most or about."""

from __future__ import annotations

import re

from commitments.letters import Comparison, Target
from extraction.lexicon import any_of, opening
from extraction.numerals import read_number

_UNITS = any_of(
    """
    家 个 项 名 人 次 人次 场 场次 期 件 批次 处 座 所 套 台 辆 条 公里 千米 米 平方米 平米 平方公里 亩 公顷 吨 户 栋 幢
    间 张 宗 种 类 批 组 具 盏 支 头 株 棵 篇 部 元 % 个百分点 百分点 天 轮 班 班次 趟 小时 分钟 课时 学时 个工作日
    工作日 立方米 千瓦 兆瓦 千瓦时 门 册 份 车 艘 架 团 户次 家次 台次 例 床 杆 根 块 片 平方 ㎡ km 眼 口 孔 段 村 款 届
    位 P 卷 页 公斤 空方 单位 本 回 倍 例 证 枚 个学位 标箱 架次 车次 对 只 队 幅 尾 羽 微克/立方米 毫克/升 兆帕 万 亿
    """
)
_SCALE = r"(?:[余多](?=[万亿]))?(?:[万千百十]?亿|[百千十]?万|千)?(?:余|多)?"
_COMPARISONS = {
    **dict.fromkeys(["不少于", "不低于", "不得少于", "不得低于", "至少", "至少有"], Comparison.AT_LEAST),
    **dict.fromkeys(["超过", "突破", "高于", "多于", "大于", "超"], Comparison.MORE_THAN),
    **dict.fromkeys(["不超过", "不高于", "不多于", "控制在"], Comparison.AT_MOST),
    **dict.fromkeys(["低于", "少于"], Comparison.LESS_THAN),
    **dict.fromkeys(["约", "近", "大约"], Comparison.ABOUT),
}
_AFTER = {
    "以上": Comparison.AT_LEAST,
    **dict.fromkeys(["左右", "上下"], Comparison.ABOUT),
    **dict.fromkeys(["以内", "之内", "以下"], Comparison.AT_MOST),
}
_FIRST = r" \d一二两三四五六七八九十" + "".join(words[0] for words in _COMPARISONS)
_QUANTITY = re.compile(
    opening(
        _FIRST,
        rf"(?P<before>{any_of(' '.join(_COMPARISONS))})? ?"
        r"(?:(?P<least>\d+(?:\.\d+)?)(?:至|到|—|-|~))?(?P<number>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十]{1,3}(?=[个家名所座处项场条次组套支台间栋批](?!月|方面|一)))"
        rf" ?(?P<unit>{_SCALE}(?:{_UNITS})(?:/(?:人|年|户|亩|月|平方米|天|次|公里|吨|生))?(?!月内|月)|亿"
        rf"|万)(?:及)?(?P<after>{'|'.join(_AFTER)})?",
    )
)
_BRACKETED = re.compile(r"（[^（）]*）|《[^《》]*》|〔[^〔〕]*〕|“[^“”]*”")

_SCOPE = re.compile(
    r"聚焦|围绕|针对|涉及|依托|按照|面向|惠及|现有(?!的?基础)|已有|用地面积|规划面积|建筑面积|占地|设计[^，。；、\d]{0,6}(?:规模|库容|能力)|总面积|受益|服务人口|凡|对(?!接|外|口|标)"
    r"|沿河|沿线|上述|原有|制约|截至|已(?:开工|新增|完成|建成|有|投入|改造|检测|修复)"
)
_BUILT = re.compile(
    r"注射|发放|栽植|铺设|更换|维修|清理|清掏|配备|采购|购置|投放|新聘|招聘|安置|评估|检测|巡查|走访|安排|投入|下达|兑付|调整|建成|新建|新增|建设|打造|创建|培育|设立|完成|引进|引育|招引|选派|实施|组织|开展|改造|安装|培训|达到|不少于|启动|整治|拆除|盘活"
)
_BUILT_NEARBY = re.compile(
    r"(?:建成|新建|新增|建设|打造|创建|培育|设立|增设|组建|成立|完成|实施)(?!的)[^，。；在的]{0,16}$"
)
_PUT_UP = re.compile(r"(?:建设|新建|修建|兴建|增建|建成|增设|放置|安装|购置|配备)$")
# 第5号, 由12家增加到30家, 剩余32个: the figure right behind these is no result.
_NO_RESULT_BEFORE = re.compile(
    r"(?:第|由|由每[周月年天日座个人户亩]|从|(?<!完成)(?<!打通)(?<!改造)(?:剩余|剩下的?|余下的?)|(?<!至少)(?<!中)(?<!拥)有|由原来的?|现行[^，。；]{0,8}|这|该|每|(?:总量|工程量|总投资|计划数)的|进度为|^(?:同时，)?(?:全|我|本)[省市县区镇乡]|[A-Za-z#/.\-—：\d]|[宽深厚]|(?<![提最])高|(?<![增延栋院组班队校区处科局])长|直径|容积)$"
)
# 已购置泵车3台: reached already, unless the clause goes on to what will be.
_DONE_BEFORE = re.compile(
    r"^[^将拟再]{0,8}已(?:派|选定|确定|清退|购置|采购|配备|安装|发放|整治|处置|培训|拨付|下达|投放|查处)[^将拟再计]*$"
)
# 目前开工1780户, 去年做了320户, 若低于80%: what is, was, or would have to be.
_NOT_PROMISED = re.compile(r"截至|目前|去年|应[建设配]|已(?:通过[^，。；]{2,12})?安排|^[^，]{0,6}(?:若|如果|凡)")
_DAY_BEHIND = re.compile(r"(?:之|以)?(?:内|前|后)")
_ATTRIBUTE_BEHIND = re.compile(r"的|规上|规模以上|周?岁|年级|标准(?!化)")
_PROMISED_SIZE = re.compile(r"(?:规模|投资|资金|总额|额度)(?:为|达|达到)?$")
_BEGUN = re.compile(r"[^，。；]*已")
_CLAUSE_END = re.compile(r"$|[，。；、（及并和]")
_SHORTENED = re.compile(r"(?:压缩|缩短|控制|减少)[至到在]$")
_DURATION = ("天", "个工作日", "工作日")


def find_targets(text: str) -> tuple[Target, ...]:
    """The targets of one folded segment, in order."""
    plain = _BRACKETED.sub(lambda match: "□" * len(match[0]), text)
    found: list[Target] = []
    shared, shared_until = Comparison.EQUAL, 0
    for match in _QUANTITY.finditer(plain):
        own = _AFTER.get(match["after"] or "") or _COMPARISONS.get(match["before"] or "") or _fronted(plain, match)
        # 分别超过350家、1200家: the second figure shares the comparison of the first.
        if own and plain.endswith("分别", 0, match.start()):
            shared, shared_until = own, plain.find("，", match.end()) % (len(plain) + 1)
        value = read_number(match["least"] or match["number"])
        if value is not None and _counts(plain, match):
            comparison = own or (shared if match.start() < shared_until else Comparison.EQUAL)
            if match["least"]:
                comparison = Comparison.AT_LEAST
            if _builds_on(plain, match):
                comparison = Comparison.MORE_THAN
            found.append(Target(_metric(text, match), comparison, value, _unit(match)))
    return tuple(found)


_FRONTED = re.compile(r"(?:不少于|不低于)[\u4e00-\u9fff]{1,4}$|至少[\u4e00-\u9fff]{1,12}$")


def _fronted(plain: str, match: re.Match[str]) -> Comparison | None:
    """至少开展2次: the comparison stands before the verb."""
    return Comparison.AT_LEAST if _FRONTED.search(plain[: match.start()]) else None


def _unit(match: re.Match[str]) -> str:
    return re.sub(r"[余多](?=.)", "", match["unit"])


def _builds_on(plain: str, match: re.Match[str]) -> bool:
    """在200亿元基础上稳定提升 promises more than that."""
    return plain.endswith("在", 0, match.start()) and plain.startswith(("基础上", "的基础上"), match.end())


def _counts(plain: str, match: re.Match[str]) -> bool:
    """False for a scope, a lot's size, a span of time, a description or a figure that is already reached."""
    start, end = match.start(), match.end()
    clause = plain[plain.rfind("，", 0, start) + 1 : start]
    if (
        _NOT_PROMISED.search(clause)
        or _DONE_BEFORE.search(clause)
        or (
            match["unit"] in ("小时", "分钟")
            and not (match["before"] or _SHORTENED.search(clause) or clause.endswith(("提高到", "延长到", "延长至")))
        )
    ):
        return False
    if _OUTGROWN.match(plain, end) or _is_class_or_share(plain, match) or _ALREADY.match(plain, end):
        return False
    if clause.endswith("在") and _SITE_OF_ANOTHER.match(plain, end):
        return False
    if _rest_is_finished(plain, match, clause):
        return True
    if _treats(plain, match, clause):
        return True
    if _NO_RESULT_BEFORE.search(clause) or (match["unit"] in _DURATION and _is_span(plain, match)):
        return False
    if match["number"] == "一" and plain.count(match[0]) > 1:
        return False
    if not match["number"][0].isdigit() and not _is_written_count(plain, match, clause):
        return False
    scope = [found.end() for found in _SCOPE.finditer(clause)]
    if (
        scope
        and not clause.endswith(("至", "到"))
        and not _BUILT.search(clause, scope[-1])
        and not match["before"]
        and len(clause) - scope[-1] <= 18
    ):
        return False
    if not _ATTRIBUTE_BEHIND.match(plain, end) or match["before"] or _is_share(plain, match, clause):
        return True
    return _PROMISED_SIZE.search(clause) is not None and not _BEGUN.match(plain, end)


# 8个站点中，…: the figure is the whole of which a part is promised. 70辆已上线: that part is done.
_ALREADY = re.compile(
    r"[\u4e00-\u9fff]{0,10}(?:中(?:，|有)|(?<!前)(?:均|都|全部)?已(?!建成的|联系|对接|上报|列入|纳入|安排|启动|明确|确定|协调|通知|责成))"
)
# 66人以上超大班额: the figure says which classes are meant.
_SIZE_CLASS = re.compile(
    r"[\u4e00-\u9fff]{0,3}(?:班额|自然村|村组|行政村|小区|社区|企业|家庭|地块|水库|锅炉|病险|示范田|示范片|规模)"
)
# 在13座车站新增泊位2600个: the first figure says where.
# 1.5倍放宽到2倍: the figure before the verb is left behind.
_OUTGROWN = re.compile(
    r"[\u4e00-\u9fff]{0,6}，[^。；]{0,30}(?:剩余|剩下的?|余下的?|其余)\d"
    r"|[\u4e00-\u9fff]{0,4}(?:放宽|提高|提升|增加|扩大|延长|压缩|缩短|降低|下降|调整|调高)[到至为]"
)
_SITE_OF_ANOTHER = re.compile(r"[^，。；]{1,14}(?:各|补建|新增|增设|建设|设置|安装|投放)[^，。；\d]{1,14}\d")
_REST_FINISHED = re.compile(
    r"[^。；按分]{0,30}(?:到位|完工|完成|完毕|清完|换完|装完|办结|建成|交付|竣工|投用|投运|补齐"
    r"|销账|销号|实施)"
)
_TREATED = re.compile(
    r"[^，。；]{1,24}?(?:改造|治理|整治|修缮|更新|拆除|维修|排查|普查|全覆盖|打通|建起来|建成|装完|装上|清掏|更换|办结|挂牌)|[^。；]{2,30}?(?:拆除|改造|修复)"
)
_MENDED = re.compile(r"(?:对|把|将)(?:其余|剩余|上述|这)?[\u4e00-\u9fff]{0,6}$")


def _is_class_or_share(plain: str, match: re.Match[str]) -> bool:
    """66人以上超大班额 names a class, 不足2米 a shortage."""
    if match["unit"] in ("人", "户", "亩", "吨", "公里", "平方米") and match["after"] in ("以上", "以下"):
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
        and _REST_FINISHED.match(plain, match.end()) is not None
    )


def _treats(plain: str, match: re.Match[str], clause: str) -> bool:
    """对86家企业开展治理: how many are treated is the result."""
    return _MENDED.search(clause) is not None and _TREATED.match(plain, match.end()) is not None


def _is_span(plain: str, match: re.Match[str]) -> bool:
    if _SHORTENED.search(plain[: match.start()]):
        return False
    return match["after"] in ("以内", "之内") or _DAY_BEHIND.match(plain, match.end()) is not None


def _is_written_count(plain: str, match: re.Match[str], clause: str) -> bool:
    """一组 behind its noun, 一所 right behind a verb of building, 两个 near one; else they only speak of things."""
    if plain.startswith("第", max(0, match.start() - 1)):
        return False
    behind_noun = bool(clause) and _CLAUSE_END.match(plain, match.end()) is not None
    if match["number"] == "一":
        return behind_noun or _PUT_UP.search(clause) is not None
    return behind_noun or _BUILT_NEARBY.search(clause) is not None


_LEAD = re.compile(
    r"^.*(?:计划|力争|争取|确保|将|拟|再|其中|全年|今年|年内|每年|每月|每季度|底前|月份?|分别|[到至]20\d\d年|全[省市县区])"
)
_LINK = re.compile(
    r"(?:不少于|达到?|提高到|扩大到|增加到|增长|累计|分别|总数|为|至|到|共|由|等|第[一二三四五六七八九十]批)+$"
)
_NOUN_BEHIND = re.compile(r"[\u4e00-\u9fff“”·A-Za-z]{2,14}")


def _metric(text: str, match: re.Match[str]) -> str:
    """What is counted: the noun right behind the figure, or else the words before it in its clause."""
    behind = _NOUN_BEHIND.match(text, match.end())
    if behind:
        return behind[0]
    begin = max(text.rfind(mark, 0, match.start()) for mark in "，、；：和")
    before = text[begin + 1 : match.start()]
    shorter = _LINK.sub("", _LEAD.sub("", before)).strip()
    return shorter or before.strip() or match[0]
