"""The countable results that a promise names: how many of what, and at least, at most or about."""

from __future__ import annotations

import re

from commitments.letters import Comparison, Target
from extraction.lexicon import any_of
from extraction.numerals import read_number

UNITS = any_of(
    """家 个 项 名 人 次 人次 场 场次 期 件 处 座 所 套 台 辆 条 公里 千米 米 平方米 平方公里 亩 公顷 吨 户 栋 幢 间 张 宗 种 类 批 组 具 盏 支 对 只 头 株 棵 篇 部
    元 % 个百分点 百分点 天 轮 班 班次 趟 小时 课时 学时 分钟 个工作日 工作日 立方米 千瓦 兆瓦 千瓦时 个以上 门 册 份 车 艘 架 团 队 支队伍 户次 台次 人份 例 床 张床 点 杆 根 块 片 
    平方 ㎡ 万 亿 km 师 眼 口 孔 段 街 村 镇 站 亩次 款 届 步 户数 层 学位 个学位 位 卷 吨/日 吨/年 MW 米长 台套 套房 标箱 TEU 级 艘次 架次"""
)
_SCALE = r"(?:[万千百十]?亿|[百千十]?万|千)?"
_BEFORE = any_of(
    "不少于 不低于 不得少于 不得低于 至少 超过 突破 高于 多于 大于 超 不超过 不高于 不多于 控制在 低于 少于 压缩至 约 近 达到 达 提高到 提升到 提高至 提升至 增加到 扩大到 分别超过 分别达到 分别提高到 分别不少于"
)
_QUANTITY = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<pre> ?)(?P<number>\d[\d,]*(?:\.\d+)?|(?<![第一二两三四五六七八九十每“])[两二三四五六七八九十]{{1,3}}(?=[个家名所座处项场期条次])|(?<=[局器灯机牌])一(?=[组套]))"
    rf" ?(?P<unit>{_SCALE}(?:余|多)?(?:{UNITS})|{_SCALE[:-1]})(?P<after>(?:及)?(?:以上|左右|以内|以下|之内|上下))?(?P<rest>[^，。；]{{0,12}})"
)
_COMPARISONS = {
    **dict.fromkeys(["不少于", "不低于", "不得少于", "不得低于", "至少", "分别不少于"], Comparison.AT_LEAST),
    **dict.fromkeys(["超过", "突破", "高于", "多于", "大于", "超", "分别超过"], Comparison.MORE_THAN),
    **dict.fromkeys(["不超过", "不高于", "不多于", "控制在"], Comparison.AT_MOST),
    **dict.fromkeys(["低于", "少于"], Comparison.LESS_THAN),
    "约": Comparison.ABOUT,
    "近": Comparison.ABOUT,
}
_AFTER = {
    "以上": Comparison.AT_LEAST,
    "左右": Comparison.ABOUT,
    "上下": Comparison.ABOUT,
    "以内": Comparison.AT_MOST,
    "之内": Comparison.AT_MOST,
    "以下": Comparison.AT_MOST,
}
_BRACKETED = re.compile(r"（[^（）]*）|《[^《》]*》|〔[^〔〕]*〕|“[^“”]*”")
_DAYLIKE = re.compile(r"(?:20\d\d|\d{1,2}) ?(?:年|月|日|号(?!楼|线)|时(?!长)|点(?=[前后到至半]))")
_SCOPE_BEFORE = re.compile(
    r"(?:聚焦|围绕|针对|涉及|依托|按照|剩余|其余|面向|惠及|覆盖|全部|全市|全县|全区|全省|现有|已有|已开工|已新增|已完成|已建成|共有|用地面积|规划面积|建筑面积|占地|占地面积|设计规模|设计库容|设计能力|总面积|第|前|近|由|从|每天|每周|凡|对|沿河|沿线|上述|这|该|原有|以及制约|制约|增至)[^，。；、\d]{0,9}$"
)
_ATTRIBUTE_AFTER = re.compile(
    r"^(?:以上|以下|左右)?的(?!目标|任务|天使|[^，]{0,8}基金)|^(?:以上|以下)?(?:规上|规模以上|企业规模)|^(?:内|后|前)(?!完成)|^周岁|^级|^年级"
)
_LABEL_AFTER = re.compile(r"^[^，。；\d]{0,8}(?:工程|行动|计划|体系)(?:[”》]|$)")
_BUNDLE = re.compile(r"^(?:一|两|二|三|四|五|六|七|八|九|十)+$")
_BASE = re.compile(r"在$")


def find_targets(text: str) -> tuple[Target, ...]:
    """The targets of one folded segment, in order."""
    plain = _BRACKETED.sub(lambda match: "\u00b7" * len(match[0]), text)
    found: list[Target] = []
    shared: Comparison | None = None
    last_end = 0
    for match in _QUANTITY.finditer(plain):
        # "分别" shares its comparison with the figures behind it, until the next comma.
        if "，" in plain[last_end : match.start()]:
            shared = None
        end = match.start("rest")
        if (match["before"] or "").startswith("分别"):
            shared = _comparison(match, None)
        if _counts(plain, match, end):
            target = _target(text, plain, match, end, shared)
            if target:
                found.append(target)
        last_end = end
    return tuple(found)


def _comparison(match: re.Match[str], shared: Comparison | None) -> Comparison:
    by_words = _COMPARISONS.get(match["before"] or "")
    return _AFTER.get((match["after"] or "").removeprefix("及")) or by_words or shared or Comparison.EQUAL


def _counts(plain: str, match: re.Match[str], end: int) -> bool:
    before, rest = plain[max(0, match.start() - 12) : match.start()], plain[end : end + 12]
    if not match["unit"]:
        return False
    if _DAYLIKE.match(plain, match.start("number")) or re.search(r"[A-Za-z\d/#.\-—]$", before):
        return False
    if match["unit"] in ("天", "个工作日", "工作日", "周", "小时") and re.match(
        r"(?:之|以)?内|前|后", rest + (match["after"] or "")
    ):
        return False
    if (match["after"] in ("以内", "之内")) and match["unit"] in ("天", "个工作日", "工作日"):
        return False
    if _SCOPE_BEFORE.search(before) and not match["before"]:
        return False
    return not _ATTRIBUTE_AFTER.match((match["after"] or "") + rest)


_BASED_ON = re.compile(r"^基础上[^，。；]{0,8}(?:提升|增长|提高|增加)")


def _target(text: str, plain: str, match: re.Match[str], end: int, shared: Comparison | None) -> Target | None:
    value = read_number(match["number"])
    if value is None:
        return None
    comparison = _comparison(match, shared)
    if _BASED_ON.match(plain[end:]) and plain[: match.start()].endswith("在"):
        comparison = Comparison.MORE_THAN
    return Target(_metric(text, plain, match, end), comparison, value, match["unit"].strip())


_METRIC_LEAD = re.compile(
    r"^.*?(?:计划|力争|争取|确保|达到|将|拟|并|再|其中|全年|今年|年内|每年|底前|月份?|完成|实现|实施)"
)
_CLAUSE_BEFORE = re.compile(r"[^，。；：]*$")
_NOUN_AFTER = re.compile(r"^[^，。；：、\d]{1,14}")


def _metric(text: str, plain: str, match: re.Match[str], end: int) -> str:
    """What is counted: the noun behind the figure, else the words before it in the clause."""
    behind = _NOUN_AFTER.match(plain[end:])
    before = _CLAUSE_BEFORE.search(plain[: match.start()])
    lead = text[before.start() : match.start()] if before else ""
    if not behind or (len(lead) >= 4 and not behind[0].strip()):
        return lead.strip() or text[match.start() : end]
    return (text[end : end + len(behind[0])] or lead).strip()
