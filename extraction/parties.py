"""Who answers whom: the names in the salutation, the organ that signs, the units that took part."""

from __future__ import annotations

import re

from extraction.zones import ORGAN, SIGNED_DATE

_RECEIVED = re.compile(r"收悉|收到|敬悉|阅悉")
_GREETING = re.compile(
    r"(?:^|[\n。] *| )([\u4e00-\u9fff（(][^\n。；：？！《》“”]{1,80}?)(?:：|，(?=您好))(?=[^\n]{0,3}\n"
    r"|[ \u4e00-\u9fff])"
)
_BARE_GREETING = re.compile(r"(?:^|\n)[ ]*([^\n，。：；|]{2,60}(?:代表|委员))[ ]*(?=\n)")
_PROPOSER = re.compile(
    r"(?:提案人|提案者|建议人|主提人|领衔代表|代表姓名|委员姓名|提案单位)[ ]*：[ ]*([^\n，。；|]{2,60})"
)
_GREETED = re.compile(
    r"(?:人大代表|政协委员)[\u4e00-\u9fff]{2,4}$|"
    r"(?:代表|委员|委|会|社|党|支部|总支|组|局|办|厅|府|团|联|院|公司|集团|街道|镇|乡|中心|界别?|同志"
    r"|附议人)(?:（[^）]*）)?[ ]*$"
)
_PAGE_LABEL = re.compile(r"如下|类别|日期|文号|结果|来源|时间|公开|索引|标题|主题|名 ?称|文 ?号|签发|机构|分类")


def _until_received(head: str) -> int:
    received = _RECEIVED.search(head)
    return received.start() if received else len(head)


def opening_of(head: str) -> str:
    """The sentences that say what is answered: from the salutation's end on."""
    ends = [match.end() for match in _GREETING.finditer(head, 0, _until_received(head) + 1)]
    return head[max(ends, default=0) :]


_ROLE = re.compile(
    r"^(?:尊敬的)?[省市县区]?(?:人大代表|政协委员)[ ]*(?=[\u4e00-\u9fff]{2,4}$)|同志$|"
    r"(?:（?\(?(?:领衔|附议|第一提案人)[^）)]*[）)]?"
    r"|(?:等(?:\d+|[一二三四五六七八九十]+)?[名位]?|\d+[名位]?|[一二三四五六七八九十]+[名位])?(?:人大|政协)?(?:代表|委员)们?)+(?:（[^）]*）)?$"
    r"|[并及和]附议人$|^(?:尊敬的?)|等(?:\d+|[一二三四五六七八九十]+)[名位]?$"
)
_CHROME_BEFORE_NAME = re.compile(
    r"[】\]] *|(?<!^[\u4e00-\u9fff])(?<![、，： \n][\u4e00-\u9fff])  +|(?<=[\d次])\s|(?<=大中小)\s"
)


_BLANK_AT_MARK = re.compile(r"\s+(?=[、，,])|(?<=[、，,])\s+")


_BROKEN_ROW = re.compile(r"、\s*\n\s*")


def read_addressees(original: str, head: str) -> tuple[str, ...]:
    head = _BROKEN_ROW.sub(lambda match: "、" + " " * (len(match[0]) - 1), head)
    until = _until_received(head)
    greetings = [
        match
        for match in _GREETING.finditer(head, 0, until)
        if _GREETED.search(match[1]) and not _PAGE_LABEL.search(_without_chrome(match[1]))
    ]
    greetings = (
        greetings[-1:] or list(_PROPOSER.finditer(head, 0, until)) or list(_BARE_GREETING.finditer(head, 0, until))[-1:]
    )
    if not greetings:
        return ()
    start, end = greetings[0].span(1)
    words = _without_chrome(_BLANK_AT_MARK.sub("", original[start:end].strip()))
    names = (_without_role(name.strip()) for name in re.split(r"[、，,]", words))
    return tuple(name for name in names if name)


def _without_chrome(words: str) -> str:
    """In a page that came as one line, what stands before the last blank is no name; 任 晗 is one name."""
    words = re.sub(r"[ \u3000]+(?=(?:代表|委员)$)", "", words)
    words = _CHROME_BEFORE_NAME.split(words)[-1]
    parts = words.split()
    spaced_name = len(parts) == 2 and len(parts[0]) == 1
    return words if spaced_name or len(parts) == 1 else parts[-1]


def _without_role(name: str) -> str:
    previous = None
    while previous != name:
        previous, name = name, _ROLE.sub("", name).strip()
    return name


_ORGANS = rf"({ORGAN}(?:[ \n]+{ORGAN}){{0,2}})"
_ORGAN_DATED = re.compile(rf"(?:^|[\n 。！]){_ORGANS}[ \n]*(?:（[^）]*章）)?[ \n]*{SIGNED_DATE}")
_ORGAN_LINE = re.compile(rf"(?:^|\n)[ ·]*{_ORGANS}[ ]*(?=\n|$)")
_ORGAN_TITLE = re.compile(rf"(?:^|\n|\d[ ]+)[ ]*{_ORGANS}[ \n]*(?:关于|对|办理|20\d\d年)")
# A page that came as one line: the title follows a blank.
_ORGAN_INLINE = re.compile(rf"[ ]({ORGAN})(?=(?:关于|对)[^ ，。]{{4,60}}(?:答复|复函))")
_ORGAN_LABEL = re.compile(
    rf"(?:承办单位|联系单位|答复单位|发布机构|发文机关|来源|信息来源)[ ：|]+({ORGAN})"
    r"(?=[\s，。（）|]|发布|更新|作者|浏览|$)"
)


_NO_ORGAN = re.compile(r"^(?:关于|对于)|届|代表大会")


def read_organ(head: str, tail: str) -> str | None:
    """As the signature states it, else the title, else a line or a label of the page."""
    for pattern, part in (
        (_ORGAN_DATED, "\n" + tail.lstrip()),
        (_ORGAN_LINE, tail),
        (_ORGAN_TITLE, head),
        (_ORGAN_INLINE, head),
        (_ORGAN_LABEL, tail),
        (_ORGAN_DATED, head),
        (_ORGAN_LINE, head),
        (_ORGAN_LABEL, head),
    ):
        match = pattern.search(part)
        if match and not _NO_ORGAN.search(match[1]):
            return "、".join(match[1].split())
    return None


_CO_UNIT = (
    r"[\u4e00-\u9fff（）]{2,20}?(?:管委会|委员会|办公室|分局|局|委|办|厅|政府|部|有限公司|公司|集团|中心|镇|乡|街道|院|社|协会"
    r"|办事处|大队|支队|管理处|支行|分行|银行|联社|站|所|园区|林场|农场|总工会|工会|残联|妇联|联合会|法院|检察院|海关)"
    r"(?=、|，|。|和|及|等|协办|协助|为|共同|联合|认真|进行|研究|多次|专题|对|意见|就|开展|协商|会商|会办|办理|沟通|的(?=会办|协办)"
    r"|答复|函复|回复|作|后|逐|现场|实地|深入|到|赴|于|主动|充分|反复|召开|专门|组织|形成|提出|核实|梳理|（|）| |$)"
)
_CO_ORGANS = re.compile(
    r"(?:会同|会商|商请|经商|协商|(?<![协会经])商(?![业务品贸议会])|(?:协办|会办)单位|协同|结合|综合|经与|并与|，与|征求)了?"
    rf"(?:(?:协办|会办)单位：?)?({_CO_UNIT}(?:(?:、|和|及|以及){_CO_UNIT})*)"
    rf"|(?:^|，|、|。|由|经)({_CO_UNIT}(?:(?:、|和|及|以及){_CO_UNIT})*)（?(?:会办|协办|协助|为(?:会办|协办)单位)(?!单位|意见)"
)
# 和 inside one name: 自然资源和规划局, 工业和信息化局.
_BETWEEN_UNITS = re.compile(
    r"、|(?<![理设])和(?!信息|规划|社会|城乡|计划|改革|旅游|体育|药品|草原|水务|退役|农村|大数据|统计)|以及|及"
)
_UNIT_TAIL = re.compile(r"等(?:单位|部门|相关单位|有关单位)*$")


# The first lines of the body may still say who took part, in these words only.
_TOOK_PART = re.compile(
    rf"(?:牵头，|经)(?:会同|结合|商)({_CO_UNIT}(?:(?:、|和|及|以及){_CO_UNIT})*)(?:共同)?(?:办理|研究)"
)


def read_co_organs(opening: str, lead: str = "") -> tuple[str, ...]:
    """The units that took part, as the opening sentences or the first lines of the body name them."""
    names: list[str] = []
    for match in (*_CO_ORGANS.finditer(opening), *_TOOK_PART.finditer(lead)):
        for name in _BETWEEN_UNITS.split(next(part for part in match.groups() if part)):
            plain = _UNIT_TAIL.sub("", name).strip().removeprefix("我局").removeprefix("经")
            # 市武义县政府: the city's letter calls the county under it so.
            plain = re.sub(r"^[省市](?=[\u4e00-\u9fff]{2,3}[市县区])(?!市)", "", plain)
            if len(plain) >= 3 and plain not in names and not re.match(r"相关|有关|各|由|我|本", plain):
                names.append(plain)
    return tuple(names)
