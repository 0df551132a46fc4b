"""Who is named to act: the unit that is a clause's subject, that 由…牵头 names, or that stands in brackets behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extraction.lexicon import ACTIONS, ADVERBS, OWN_SIDE, UNIT_SUFFIX


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that is named as the one to act, and where its clause begins."""

    name: str
    start: int


_NAME_CHAR = (
    r"(?:(?![将已正向的在是为与从由把被经对])[\u4e00-\u9fffA-Za-z“”·（）]|经(?=济|信|贸|开|发|营)|对(?=外|口))"
)
_NAME = rf"(?:{_NAME_CHAR}{{1,24}}?(?:{UNIT_SUFFIX})(?:[\u4e00-\u9fff]{{1,8}}(?:分局|支队|大队|中心|公司))?)"
_NAMES = rf"{_NAME}(?:(?:、|和|及|与)(?:{_NAME}|“[^“”]{{1,8}}”))*"
_PREDICATE = rf"(?:按照|结合|根据|负责|牵头|要|应|须|每(?:年|季度|月|半年|周)|年内|{ADVERBS}|{ACTIONS})"
_OPENERS = r"(?:(?:同时|其中|此外|另外|并|下一步|下步|今后|接下来)，?)?"

_BRACKETS = re.compile(
    r"（(?:责任|牵头|承办|主办|实施|完成|负责)(?:单位|部门|科室|处室)(?:及配合单位)?：([^（）；，]{2,40})[^（）]*）|（(?:由)?([^（）：，；]{2,30}?)(?:牵头|负责)[^（）]*）"
)
_BY_UNIT = re.compile(
    rf"(?:^|，|：|并){_OPENERS}(?:由|将由|并由|交由|指定|委托)({_NAMES})(?=[^\u4e00-\u9fff]|{_PREDICATE}|在|对|派|落实|安排|会同|联合|将|拟|采取|于|就|与)"
)
_SUBJECT = re.compile(
    rf"(?:^|(?<=，)|(?<=：)){_OPENERS}((?:(?:本|我)(?:局|委|厅|办|院|中心|集团|大队|公司))?{_NAMES})(?=(?:将|拟|计划|还将|也将|已|正)?(?:(?!试点|考核|创新|养护|服务|(?:建设|改造|治理|整治|开发|监测|提升)(?:项目|工程|用地|中心|试点|任务)){_PREDICATE}|对[^，]{{2,30}}(?:进行|开展|实施|予以)|在[^，]{{2,20}}(?:开展|安排|建设|设立|利用)|利用|在收到|会同|与|将|拟|落地|挂牌|高质量|参照|定期|先行)(?!的))"
)
_SELF = re.compile(
    rf"^(?:{OWN_SIDE})$|^(?:全|各|本|我|该|此|其|有关|相关|责任|主管|行业|牵头|上级|职能|市直|县直|区直|科技|业务|属地)[\u4e00-\u9fff]{{0,6}}$|^(?:{ADVERBS})|^(?:{ACTIONS})|[的在是将]|我们|我局|会同|督促|指导|根据|按照|^(?:由|对|为|以|按|向|从|到|和|与)"
)
_FACILITY_STEP = re.compile(
    r"(?:将|拟|计划|预计|力争)?[^，]{0,12}(?:封顶|开工|竣工|建成|交付|投入使用|完工|搬迁|投用|开放|启用|投运|运营|验收)"
)
_FACILITY = re.compile(
    r"(?:小学|中学|学校|幼儿园|医院|卫生院|中心|园区|产业园|图书馆|博物馆|服务站|大学|学院|研究院|管理站)$"
)
_BEARS_NAME = re.compile(r"(?:分局|支队|大队|中心|公司)$")


def find_bracketed(clause: str) -> str | None:
    """The unit that stands in brackets behind the promise, as its 责任单位."""
    match = _BRACKETS.search(clause)
    return next((part for part in match.groups() if part), None) if match else None


def find_unit(clause: str, organ: str | None) -> str | None:
    """The unit named to act in a folded clause, or None when it is the answering organ."""
    for pattern in (_BY_UNIT, _SUBJECT):
        match = pattern.search(clause)
        if match:
            name = next(part for part in match.groups() if part)
            name = _park_of(name).strip("，： ")
            if pattern is _SUBJECT and not _acts(name, clause, match.end(1)):
                return None
            return None if _is_organ(name, organ) else name
    return None


_PARK = re.compile(r"^[^、]{1,10}?(?:科技城|创新城|新城|开发区|高新区|产业园|园区)(?=[^、]{3})(?![\u4e00-\u9fff]{0,2}(?:管委会|公司|局))")


def _park_of(name: str) -> str:
    """A park that is named before its own institution is the one that acts."""
    match = _PARK.match(name)
    return match[0] if match else name


_ADMINISTRATIVE = re.compile(r"[省市县区州盟旗镇乡国我本局、“]")


def _acts(name: str, clause: str, end: int) -> bool:
    if _SELF.search(name) and not re.match(
        r"^(?:本|我)(?:局|委|厅|办|院|集团|大队|公司|区|县|市)[\u4e00-\u9fff]{3,}", name
    ):
        return False
    if name.endswith("小镇") or (len(name) > 9 and not _ADMINISTRATIVE.search(name[:7])):
        return False
    step = _FACILITY_STEP.match(clause[end : end + 24].split("，")[0])
    return not (step and _FACILITY.search(name))


def _is_organ(name: str, organ: str | None) -> bool:
    if organ is None or "、" in organ:
        return False
    plain = name.replace("人民政府", "政府")
    return organ.replace("人民政府", "政府").endswith(plain.lstrip("本我"))
