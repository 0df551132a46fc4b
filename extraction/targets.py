"""The countable results that a promise names: how many of what, and at least, at most or about."""

from __future__ import annotations

import re

from commitments.letters import Comparison, Target
from extraction.figures import HOURS, WITHIN_MINUTES, counts
from extraction.lexicon import any_of, opening
from extraction.numerals import read_number

_UNITS = any_of(
    """
    家 个 项 名 人 次 人次 场 场次 期 件 批次 处 座 所 套 台 辆 条 公里 千米 米 平方米 平米 平方公里 亩 公顷 吨 户 栋 幢
    间 张 宗 种 类 批 组 具 盏 支 头 株 棵 篇 部 元 % 个百分点 百分点 天 轮 班 班次 趟 小时 分钟 课时 学时 个工作日
    工作日 立方米 千瓦 兆瓦 千瓦时 门 册 份 车 艘 架 团 户次 家次 台次 例 床 杆 根 块 片 平方 ㎡ km 眼 口 孔 段 村 款 届
    位 P 卷 页 公斤 空方 单位 本 回 倍 例 证 枚 个学位 标箱 架次 车次 对 只 队 幅 尾 羽 微克/立方米 毫克/升 兆帕 万 亿
    起 笔 堂 首 遍 亩次 台套 万吨 户次 项次 条次 件次 节课 尊 桶
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
_COUNTED = "个家名所座处项场条次组套支台间栋批"
_ANY_FIGURE = re.compile(rf"\d|[一二两三四五六七八九十][{_COUNTED}]")
_QUANTITY = re.compile(
    opening(
        _FIRST,
        rf"(?P<before>{any_of(' '.join(_COMPARISONS))})? ?"
        r"(?:(?P<least>\d+(?:\.\d+)?)(?:至|到|—|-|~))?"
        rf"(?P<number>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十]{{1,3}}(?=[{_COUNTED}](?!月|方面|一)))"
        rf" ?(?P<unit>{_SCALE}(?:{_UNITS})(?:（[套粒次组户只]）)?"
        r"(?:/(?:人|年|户|亩|月|平方米|天|次|公里|吨|生))?(?!月内|月)|亿|万)"
        rf"(?:及)?(?P<after>{'|'.join(_AFTER)})?",
    )
)
# 2台（套）, 8亿尾（粒）: the second measure word belongs to the unit.
_BRACKETED = re.compile(r"（(?![套粒次组户只]）)[^（）]*）|《[^《》]*》|〔[^〔〕]*〕|“[^“”]*”")

# 利用系数提高到0.57以上: what has no unit is named before the verb that says how far it moves.
_BARE = re.compile(
    r"(?:系数|指数|寿命|评分|得分)[^，。；\d]{0,4}(?:提高|提升|达|降|增加|控制|稳定|保持|不低于|不高于|高于|低于)[到至在]?"
    r"(?P<number>\d+(?:\.\d+)?)(?P<unit>岁|分|)(?P<after>以上|以下|以内|之内|左右)?(?=$|[，。；、（])"
)


def _hidden(bracket: re.Match[str]) -> str:
    """Blank, unless the bracket splits up the figure before it: 10个（2025年4个，2026年6个）."""
    words, before = bracket[0], bracket.string[max(0, bracket.start() - 1) : bracket.start()]
    if words[0] == "（" and before and len(re.findall(rf"\d{re.escape(before)}(?=[，、）])", words)) > 1:
        return words
    return "□" * len(words)


def find_targets(text: str) -> tuple[Target, ...]:
    """The targets of one folded segment, in order."""
    if not _ANY_FIGURE.search(text):
        return ()
    plain = _BRACKETED.sub(_hidden, text)
    found: list[Target] = []
    shared, shared_until = Comparison.EQUAL, 0
    for match in _QUANTITY.finditer(plain):
        own = _AFTER.get(match["after"] or "") or _COMPARISONS.get(match["before"] or "") or _fronted(plain, match)
        # 分别超过350家、1200家: the second figure shares the comparison of the first.
        if own and plain.endswith("分别", 0, match.start()):
            shared, shared_until = own, plain.find("，", match.end()) % (len(plain) + 1)
        value = read_number(match["least"] or match["number"])
        if value is not None and (_builds_on(plain, match) or counts(plain, match)):
            comparison = own or (shared if match.start() < shared_until else Comparison.EQUAL)
            if match["least"]:
                comparison = Comparison.AT_LEAST
            if _builds_on(plain, match):
                comparison = Comparison.MORE_THAN
            found.append(Target(_metric(text, match), comparison, value, _unit(match)))
    if "系数" in plain or "指数" in plain or "寿命" in plain or "评分" in plain or "得分" in plain:
        found += map(_bare, _BARE.finditer(plain))
    return tuple(found)


def _bare(match: re.Match[str]) -> Target:
    said = next((comparison for words, comparison in _COMPARISONS.items() if words in match[0]), Comparison.EQUAL)
    number = read_number(match["number"])
    assert number is not None
    return Target(match[0][:2], _AFTER.get(match["after"] or "", said), number, match["unit"])


_FRONTED_REACH = 16
_FRONTED = re.compile(
    r"(?P<floor>(?:不少于|不低于)[\u4e00-\u9fff]{1,6}|至少[\u4e00-\u9fff]{1,12})$|(?:不高于|不超过)[\u4e00-\u9fff]{1,8}的$"
)


def _fronted(plain: str, match: re.Match[str]) -> Comparison | None:
    """至少开展2次, 不高于市场价的60%: the comparison stands before the verb or before what is compared with."""
    fronted = _FRONTED.search(plain, max(0, match.start() - _FRONTED_REACH), match.start())
    if fronted is None:
        return Comparison.AT_MOST if WITHIN_MINUTES.match(plain, match.end()) and match["unit"] in HOURS else None
    return Comparison.AT_LEAST if fronted["floor"] else Comparison.AT_MOST


def _unit(match: re.Match[str]) -> str:
    return re.sub(r"[余多](?=.)|[（）]", "", match["unit"])


def _builds_on(plain: str, match: re.Match[str]) -> bool:
    """在200亿元基础上稳定提升 promises more than that."""
    return plain.endswith("在", 0, match.start()) and plain.startswith(("基础上", "的基础上"), match.end())


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
