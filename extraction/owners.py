"""Who is named to act: a clause's subject, the unit that 由…牵头 names, or the one in brackets behind it."""

from __future__ import annotations

import re

from extraction.lexicon import ACTIONS, ADVERBS, OWN_SIDE, UNIT_SUFFIX

_NAME_CHAR = (
    r"(?:(?![将已正向在是为与从由把被经对要])[\u4e00-\u9fffA-Za-z“”·（）]|(?<=所)在|与(?=渔业|规划|信息"
    r"|城乡|旅游|体育)|经(?=济|信|贸|开|发|营)|对(?=外|口))"
)
_PLACES_IN_BRACKETS = (
    r"各(?:乡（镇）|镇（街道）|乡镇（街道）|县（区）|县（市）|县（市、区）|区（县）|市（州）|市（县）)"
)
_EACH = (
    rf"{_PLACES_IN_BRACKETS}(?:{_NAME_CHAR}{{0,8}}?(?:{UNIT_SUFFIX}))?|"
    r"各(?:有关)?(?:乡镇(?:（街道）)?|县区|县（市、区）|区县|县市区|镇街|镇（街道）|街道|社区|市州|市县|园区|县|镇|学校|管理部|部门|科室|处室"
    r"|校(?![区园服车舍长])|村（社区）|村(?!庄))|(?:施工|建设|运营|代建|产权|承建|设计|监理|(?:施工)?总承包)单位"
)
# 县财政补助资金将拨付: the money, not the treasury.
_NOT_ITS_MONEY = r"(?!收入|支出|资金|投入(?!\d)|预算|承受|补助|补贴|专项|奖补|压力|状况|统筹|直达|配套|供养)"
_SUFFIX = (
    rf"(?:{UNIT_SUFFIX}|[城交水建文旅农]投|[省市县区州盟旗]财政{_NOT_ITS_MONEY})(?<!城乡)(?<!城镇)"
    r"(?!组织部|宣传部|统战部|政法委|办公室|网信办|编办)"
)
_NAME = rf"(?:{_EACH}|{_NAME_CHAR}{{0,24}}?{_SUFFIX}(?:{_NAME_CHAR}{{1,8}}(?:分局|支队|大队|中心|公司))?)"
# 市水务集团、市燃气公司等公共企业: all of them act.
_NAMES = (
    rf"{_NAME}(?:(?:、|和|及|与)(?:{_NAME}|“[^“”]{{1,8}}”))*"
    r"(?:(?<=[^各])等(?:公共|有关|相关|市属|区属|县属|国有|驻[省市县区])?(?:企事业单位|单位|部门|企业|机构|学校|医院))?"
)
_OPENERS = r"(?:(?:同时|其中|此外|另外|并|下一步|下步|今后|接下来)，?)?"
_RHYTHM = r"每(?:年|季度|半?月|半年|周|旬)"

# 石埠镇试点实施方案: what follows the name makes it part of a longer noun, not the subject.
_NOUN_GOES_ON = (
    r"新[\u4e00-\u9fff]{1,4}(?:楼|校区|院区|址)|高标准农田|试点|规范化|标准化|考核|创新|养护|服务|(?:建设|改造|治理|整治|开发|监测|提升)(?:项目|工程|用地|中心|试点|任务|方案|规划)"
    r"|(?!负责|牵头|承担|组织|实施)[\u4e00-\u9fff]{2}(?:项目|工程)(?!\d+ ?[个项]|建设)"
)
_PREDICATE = rf"(?!{_NOUN_GOES_ON})(?:按照|结合|根据|负责|牵头|要|应|须|{_RHYTHM}|年内|{ADVERBS}|{ACTIONS})"
_ACTING = (
    rf"(?:将|拟|计划|还将|也将|已|正在?)?(?:答应|答复|承诺|表示|同意|明确|{_PREDICATE}|对[^，]{{2,30}}(?:进行|开展|实施|予以|给予|每)"
    r"|在[^，]{2,24}时(?=，|$)|在[^，]{2,20}(?:开展|安排|建设|建成|组建|完成|启动|设立|利用|设置|把)|针对|自\d{1,2}月|每周|[这本]个?月|[今明]年|[上下]半年|[一二三四]季度|年内|年底|20\d\d年|\d{1,2}月|利用|在收到|已经进场|已?下达|已?派|对口|率先|半年内|[一二两三四五六\d]{1,2}个月内|会同|与|将|拟|计划|力争|落地|挂牌|高质量|参照|定期|先行)(?!的)"
)

_BRACKETS = re.compile(
    r"（(?:责任|牵头|承办|主办|实施|完成|负责)(?:单位|部门|科室|处室)(?:及配合单位)?：((?:[^（）；，]|（[^（）]{1,6}）){2,40})[^（）]*）"
    r"|（由?([^（）：，；]{2,30}?)(?:牵头|负责)[^（）]*）"
    rf"|^由({_NAMES})(?:牵头|负责|承办)$"
)
_ADVISED = rf"会同|{_PREDICATE}|于|在|对|尽快|负责|维修|整改"
_BY_UNIT = re.compile(
    rf"(?<![理事缘经自来])(?<!提出的)由({_NAMES})"
    rf"(?=[^\u4e00-\u9fff（）]|{_PREDICATE}|在|对|派|落实|安排|会同|联合|将|拟|采取|于|就|与)"
)
# 标准由财政局会同商务局研究确定: who fixes a figure does not act.
_ONLY_DECIDES = re.compile(r"(?:会同[^，]{2,20}?)?(?:研究|统一|另行)?(?:确定|审定|核定)")
# 由总务科负责改造: a part of the answering organ has so short a name only where 由 and 负责 frame it.
_BY_SECTION = re.compile(
    r"(?<![理事缘经自来])由((?![将已])[\u4e00-\u9fff]{2,8}[科部股室]|所在(?:街道|乡镇|村|社区|县市区)[\u4e00-\u9fff]{0,6}?)"
    r"(?=负责|牵头|承办|具体|组织|实施|上门|“)"
)
_TASKED = re.compile(
    rf"(?:责成|责令|(?:^|，)(?:同时|并|已)?要求)({_NAMES}|[\u4e00-\u9fff]{{1,4}}[区县市镇乡])(?={_ADVISED})"
)
# 据省水利厅反馈：拟…: what follows the colon is what that unit undertakes.
_QUOTED_UNIT = re.compile(rf"^据({_NAMES})(?:反馈|答复|回复|函复|说明)：")
_OWN_UNIT = r"(?:(?:本|我)(?:局|委|厅|办|院|中心|集团|大队|公司))?"
_OWN_PART = r"(?:本|我)(?:局|委|厅|办|院|集团|大队|公司)[\u4e00-\u9fff]{2,10}?(?:站|所|科|处|室|队)"
_SUBJECT = re.compile(
    rf"(?:^|(?<=，)|(?<=：)){_OPENERS}({_OWN_UNIT}{_NAMES}|{_OWN_PART})(?:[双两三四]方)?(?={_ACTING})"
)

_VAGUE = re.compile(
    rf"^(?:目前|今年|近期|当前|现)?(?:{OWN_SIDE})(?:$|[与和、会联])|^(?:全|本|我|该|此|其|专业|第三方|社会|市场|有关|相关|责任|主管|行业|牵头|上级|职能|市直|县直|区直|科技|业务|属地)"
    rf"[\u4e00-\u9fff]{{0,6}}$|^政府$|^(?:方便|便于)?(?:其他|其它|各类)|^(?:{ADVERBS})|^(?!组织部|宣传部|开发区)(?:{ACTIONS})|[的是将]|(?<!所)在|我们|我局|会同|督促|指导|责成|委托|要求|[举主承协兴开创申督交查会代帮]办$|根据|按照|小镇$"
    r"|^(?:由|报|需|对|为|以|按|向|从|到|和|与|但|据|待|请|每|如|若|因|且|拟)|拟于|[年前底内]报|^年底"
)
_PART_OF_OWN = re.compile(r"^(?:本|我)(?:局|委|厅|办|院|集团|大队|公司|区|县|市)(?![与和、及会联])[\u4e00-\u9fff]{3,}")
_ADMINISTRATIVE = re.compile(r"[省市县区州盟旗镇乡国我本局各、“]|集团|公司")
_LONG_BUT_A_UNIT = re.compile(r"^[\u4e00-\u9fff]{8,12}(?:中心|研究院|大学)$")
# A school that is to be topped out or opened is what is built, not who builds.
_BUILDING_STEP = re.compile(
    r"(?!组织|[^，]{0,10}前组织)(?:将|拟|计划|预计|力争)?[^，]{0,12}(?:封顶|开工|竣工|建成|交付|投入使用|完工|搬迁|投用|开放|启用|投运|运营|验收)(?=$|，|并|、|后|的)"
)
_BUILDING = re.compile(
    r"(?:小学|中学|学校|幼儿园|医院|卫生院|中心|园区|产业园|图书馆|博物馆|服务站|大学|学院|研究院|管理站)$"
)
_PARK = re.compile(
    r"^[^、]{1,10}?(?:科技城|创新城|新城|开发区|高新区|产业园|物流园|科创园|创业园|园区)(?=[^、]{3})(?![\u4e00-\u9fff]{0,2}(?:管委会|公司|局))"
)


# Words without any of these name no subject.
_ANY_UNIT = re.compile(rf"{UNIT_SUFFIX}|单位|各|本|我|投|财政")
# A character that each way of naming holds, and the way.
_NAMED = (("由", _BY_UNIT), ("由", _BY_SECTION), ("责", _TASKED), ("求", _TASKED), ("据", _QUOTED_UNIT))


def find_bracketed(clause: str, organ: str | None = None) -> str | None:
    """The unit behind the promise: in brackets as its 责任单位, or in a clause that says no more than 由…牵头."""
    match = _BRACKETS.search(clause) if "（" in clause or clause.startswith("由") else None
    named = next((part for part in match.groups() if part), None) if match else None
    return unless_answering(named, organ) if named else None


_CELL = re.compile(rf" *({_NAMES}|(?!责任|牵头)[\u4e00-\u9fff]{{3,10}}[部科股室]) *$")


def find_in_row(segment: str) -> str | None:
    """The unit that fills a cell of a table's row: 改造台区 | 县供电公司 | 9月底前."""
    if " | " not in segment and "  " not in segment:
        return None
    cells = re.split(r" \| |  +", segment)
    return next((match[1] for cell in cells if len(cells) > 2 and (match := _CELL.match(cell))), None)


def find_unit(clause: str, organ: str | None) -> str | None:
    """The unit named to act in a folded clause, or None when it is the answering organ."""
    named = None
    for mark, pattern in _NAMED:
        if mark in clause:
            named = named or pattern.search(clause)
    if named and not _VAGUE.search(named[1]) and not _ONLY_DECIDES.match(clause, named.end(1)):
        return unless_answering(named[1], organ)
    subject = _SUBJECT.search(clause) if _ANY_UNIT.search(clause) else None
    if subject is None:
        return None
    name, behind = _park_of(_TIME_BEFORE.sub("", subject[1])), clause[subject.end(1) :]
    if _WITH_EACH_OTHER.match(behind):
        name = name.split("与")[0]
    return unless_answering(name, organ) if _acts(name, behind) else None


_TIME_BEFORE = re.compile(r"^(?:后期|后续|近期|届时|目前|今年|明年|同时|随后|现)")


# 县文化馆与小学联办, 县局与学校签订: the first acts, the other is whom it acts with.
_WITH_EACH_OTHER = re.compile(r"联办|合办|共建|签订|签署|签约|结对")


def _park_of(name: str) -> str:
    """A park that is named before its own institution is the one that acts."""
    match = _PARK.match(name)
    return match[0] if match else name


def _acts(name: str, behind: str) -> bool:
    if len(name) < 3 or (_VAGUE.search(name) and not _PART_OF_OWN.match(name)):
        return False
    if len(name) > 9 and not (_ADMINISTRATIVE.search(name[:7]) or _LONG_BUT_A_UNIT.search(name)):
        return False
    step = _BUILDING_STEP.match(behind[:24].split("，")[0])
    return not (step and _BUILDING.search(name)) or name.startswith("各")


def unless_answering(name: str, organ: str | None) -> str | None:
    """The name, or None when it is what the answering organ is called."""
    if organ is None or "、" in organ:
        return name
    answering, called = (_short(words) for words in (organ, name.lstrip("本我")))
    return None if answering.endswith(called) or _shortens(called, answering) else name


def _short(name: str) -> str:
    return (
        name.replace("人民政府", "政府").replace("委员会", "委").replace("党委、政府", "政府").replace("联合会", "联")
    )


def _shortens(name: str, organ: str) -> bool:
    """县教体局 is 云山县教育体育局, but 市教育局 is no district's 教育局."""
    if len(name) < 3 or not set(name) <= set(organ):
        return False
    return re.search("[^省市州县区旗]*".join(map(re.escape, name)) + "$", organ) is not None
