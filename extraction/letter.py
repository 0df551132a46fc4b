"""The letter record: who answers whom about what, when, under which number, and whom to call."""

from __future__ import annotations

import re
from datetime import date

from commitments.letters import LetterKind, LetterRecord
from extraction.folding import fold
from extraction.numerals import read_int
from extraction.zones import ORGAN, SIGNED_DATE, Zones

_SESSION = r"(?:[\u4e00-\u9fff]{0,14}(?:人大|政协)[\u4e00-\u9fff]{0,4}第?[\d一二三四五六七八九十]+届(?:委员会|人民代表大会)?(?:常委会)?第?[\d一二三四五六七八九十]+次(?:会议)?|[\u4e00-\u9fff]{0,14}第?[\d一二三四五六七八九十]+届(?:人大|政协|人民代表大会|委员会)?第?[\d一二三四五六七八九十]+次(?:会议)?|政协[\u4e00-\u9fff]{2,12}?(?:第?[\d一二三四五六七八九十]+届)(?:委员会)?第?[\d一二三四五六七八九十]+次(?:会议)?)"
_SESSION_RE = re.compile(_SESSION)
_SESSION_HEAD = re.compile(r"^.*?(?:关于|对|在|对于|就)(?=[^关于对在]*(?:人大|政协|届))")
_TITLE = re.compile(
    r"(?:提出|提交|领衔|所提|反映|撰写)[^《“。；]{0,12}[《“]((?:[^《》“”]|[《“][^《》“”]*[》”])*?(?:建议|提案|议案|意见|问题|案|[^》”]))[》”](?=[^》”]|$)"
)
_TITLE_BARE = re.compile(r"(?:提出|提交|反映)(?:了)?的?(关于[^《》“”。；\n]{4,60}?的(?:建议|提案|议案))(?=[（，]|已?收悉|收到|案)")
_TITLE_LOOSE = re.compile(r"《((?:关于|对)?[^《》]{4,80}?(?:的?(?:建议|提案|议案))(?:案)?)》")
_NUMBER = re.compile(r"(?:第|编号|[\u4e00-\u9fff]|^|（|\()(?:第 ?)?([\w]{0,4}\d[\d\-]*) ?号(?!文|楼|令|线|公告)")
_CATEGORY = re.compile(
    r"(?:办理(?:类别|结果|类型|分类|情况)|办复类别|答复类别|类别标记|类别|办理结果(?:分类|标识|类别)|结果标识|标识|类型|分类)(?:标识|标记|分类)?[ ：:]{1,3}（?([A-DＡ-Ｄ])\d?(?:类|）|[ \n]|$)"
)
_CATEGORY_ALONE = re.compile(r"(?:^|\n)[^\n]{0,60}?[ （]*([A-D])\d?类?）?[ ]*(?=\n)")
_CATEGORY_LINE = re.compile(r"(?:^|\n|  )[ ]*[（〔]?([A-D])\d?(?:类)?[）〕]?[ ]*(?=\n)")
_DOCUMENT_NO = re.compile(
    r"([\u4e00-\u9fff]{2,14}〔20\d\d〕\d{1,4}号|[\u4e00-\u9fff]{2,10}(?:字|函|复|提|办)\d{5,8}(?=\s))"
)
_DISCLOSURE = re.compile(
    r"(?:公开(?:方式|属性|类别|程度|形式|选项))[ ：]+(主动公开|依申请公开|不予公开|不公开|同意公开|全文公开)|(此件公开发布|此件主动公开|同意公开|（此件公开）|不予公开)|是否同意公开：(是|否)"
)
_PUBLISHED = re.compile(rf"(?:公开日期|发布日期|发布时间|发表时间|日期|时间|更新时间|发文日期)[ ：|]*({SIGNED_DATE})")
_PAGE_DATE = re.compile(rf"(?:^|\n)[ ]*({SIGNED_DATE})(?=[ ]+(?:作者|来源|点击|浏览|信息来源|\d\d：))")
_DATE = re.compile(
    r"(20\d\d|二[〇0][〇0一二三四五六七八九]{2}) ?[年./-] ?(\d{1,2}|[一二三四五六七八九十]{1,2}) ?[月./-] ?(\d{1,2}|[一二三四五六七八九十]{1,3})"
)
_DATE_RUN = re.compile(r"(20\d\d)(\d{2,4})$")
_CO_UNIT = (
    r"[\u4e00-\u9fff（）]{2,20}?(?:管委会|委员会|办公室|分局|局|委|办|厅|政府|部|有限公司|公司|集团|中心|镇|乡|街道|院|社|协会|大队|支队|管理处|支行|分行|银行|联社|站|所|园区|法院|检察院)"
    r"(?=、|，|。|和|及|等|共同|联合|认真|进行|研究|多次|专题|对|意见|就|开展|协商|会商|会办|办理|沟通|）| |$)"
)
_CO_ORGANS = re.compile(
    r"(?:会同|会商|商请|经商|协商|(?<![协会经])商(?![业务品贸议会])|(?:协办|会办)单位|协同|结合|经与|并与|征求)(?:了)?(?:(?:协办|会办)单位[：:]?)?"
    rf"({_CO_UNIT}(?:(?:、|和|及|以及){_CO_UNIT})*)"
)
_CONTACT = re.compile(
    r"(?:联 ?系 ?人|承 ?办 ?人|经 ?办 ?人|联络人)(?:员)?(?:及(?:联系)?(?:电话|方式))?[ ]*[：:]?[ ]*(?:[\u4e00-\u9fff]{2,8}(?:局|委|办|厅) )?([\u4e00-\u9fff](?:[\u4e00-\u9fff·]{1,3}|[ ]{1,4}[\u4e00-\u9fff]{1,2})(?=[，,；;、。（）(). \n电联]|\d|$))"
)
_PHONE = re.compile(r"(?:\(?（?0\d{2,3}[）)]? ?[-—]? ?)?\d[\d*]{6,11}")
_CONTACT_LINE = re.compile(r"联 ?系|承 ?办|经 ?办|电 ?话|联络")
_PHONE_LABEL = re.compile(r"(?:联系|办公|咨询)?电 ?话|联系方式|手机")
_GREETING = re.compile(
    r"(?:^|[\n。] *| )([\u4e00-\u9fff（(][^\n。；？！《》“”]{1,80}?)(?:：|:)(?=[^\n]{0,3}\n|[ \u4e00-\u9fff])"
)


def read_record(original: str, text: str, zones: Zones) -> LetterRecord:
    """The record of one letter; `text` is the folded form of `original`."""
    head, tail = text[: zones.body_start], text[zones.body_end :]
    opening = _opening(head)
    title = _title(opening, head) if zones.opened else None
    organ = _organ(text, head, tail, zones)
    found = _contact(original, text, zones)
    return LetterRecord(
        kind=_kind(head, opening, zones),
        title=title,
        number=_number(opening, head, title) if zones.opened else None,
        session=_session(opening, head) if zones.opened else None,
        addressees=_addressees(original, head) if zones.opened else (),
        organ=organ,
        co_organs=_co_organs(head, opening) if zones.opened else (),
        replied_on=_signed_on(tail),
        published_on=_published_on(head) or _published_on(tail),
        category=_category(head, tail),
        document_no=_group(_DOCUMENT_NO, head),
        contact_name=found[0],
        contact_phone=found[1],
        disclosure=_group(_DISCLOSURE, head) or _group(_DISCLOSURE, tail),
    )


def _group(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return next((part for part in match.groups() if part), None) if match else None


_OPENING_START = re.compile(
    r"(?:您们?|你们?|贵[\u4e00-\u9fff]{1,6}|[\u4e00-\u9fff]{2,12}(?:代表|委员)|关于)[^\n]{0,60}?(?:提出|提交|领衔|所提|反映|《|“)"
)


def _opening(head: str) -> str:
    """The sentences that say what is answered: from the salutation's end on."""
    received = re.search(r"收悉|收到|敬悉|阅悉", head)
    middle = received.start() if received else len(head)
    greeting = max((m.end() for m in _GREETING.finditer(head, 0, middle + 1)), default=0)
    return head[greeting:]


def _title(opening: str, head: str) -> str | None:
    found = _group(_TITLE, opening) or _group(_TITLE_LOOSE, opening) or _group(_TITLE_BARE, opening) or _group(_TITLE_LOOSE, head)
    return found.strip() if found else None


def _number(opening: str, head: str, title: str | None) -> str | None:
    for part in (opening.split("收悉")[0], head):
        plain = re.sub(r"《[^《》]*》|〔20\d\d〕\d+号", "", part)
        match = re.search(r"第 ?([\w-]{0,3}\d[\w-]*?) ?号", plain) or re.search(
            r"（((?:20\d\d年)?[\u4e00-\u9fff]{0,3}\d+号)）", plain
        )
        if match:
            return match[0].strip("（）")
    return None


_BEFORE_SESSION = re.compile(r"^.*?(?:关于|对于|答复|您|你们?|贵[\u4e00-\u9fff]{1,3}|在|对|就|年)(?!.*(?:关于|您|你们|在|对|答复))")


def _session(opening: str, head: str) -> str | None:
    for part in (opening.split("收悉")[0], head):
        match = _SESSION_RE.search(part)
        if match:
            return _BEFORE_SESSION.sub("", match[0]).strip()
    return None


def _kind(head: str, opening: str, zones: Zones) -> LetterKind:
    if not zones.opened:
        return LetterKind.WORK_PLAN
    if re.search(r"会办意见|协办意见|会办函", head):
        return LetterKind.OTHER
    first = re.search(r"政协|提案|人大|代表|议案", opening + head)
    political = len(re.findall(r"政协|提案|委员[：:、]", head))
    popular = len(re.findall(r"人大|代表[：:、（(]|代表建议", head))
    if political != popular:
        return LetterKind.CPPCC_PROPOSAL if political > popular else LetterKind.DELEGATE_SUGGESTION
    return LetterKind.CPPCC_PROPOSAL if first and first[0] in ("政协", "提案") else LetterKind.DELEGATE_SUGGESTION


_ROLE = re.compile(
    r"(?:（?\(?(?:领衔|附议|第一提案人)[^）)]*[）)]?|等?(?:\d+|[一二三四五六七八九十]+)?[名位]?(?:代表|委员)(?:们)?)+(?:（[^）]*）)?$|^(?:尊敬的?)|等(?:\d+|[一二三四五六七八九十]+)[名位]?$"
)


_GREETED = re.compile(r"(?:代表|委员|委|会|社|党|支部|总支|组|局|办|厅|府|团|联|院|公司|集团|界)(?:（[^）]*）)?[ ]*$")
_BARE_GREETING = re.compile(r"(?:^|\n)[ ]*([^\n，。：；|]{2,60}(?:代表|委员))[ ]*(?=\n)")


def _addressees(original: str, head: str) -> tuple[str, ...]:
    received = re.search(r"收悉|收到|敬悉|阅悉", head)
    middle = received.start() if received else len(head)
    greetings = [
        m
        for m in _GREETING.finditer(head, 0, middle)
        if not re.search(r"如下|类别|日期|文号|结果|来源|时间|公开|索引|标题|主题|时间|类别|名 ?称|文 ?号|签发", m[1])
    ]
    greetings = [m for m in greetings if _GREETED.search(m[1])][-1:] or list(_BARE_GREETING.finditer(head, 0, middle))[-1:]
    if not greetings:
        return ()
    span = greetings[-1].span(1)
    words = original[span[0] : span[1]]
    if " " in words.strip():
        words = re.split(r"[】\]] *|  +|(?<=[\d次])\s|(?<=大中小)\s", words.strip())[-1]
        parts = words.split(" ")
        if len(parts) > 1 and not (len(parts) == 2 and len(parts[0]) == 1):
            words = parts[-1]
    names = re.split(r"[、，,]", words.strip())
    cleaned = (_without_role(name.strip()) for name in names)
    return tuple(name for name in cleaned if name)


def _without_role(name: str) -> str:
    previous = None
    while previous != name:
        previous, name = name, _ROLE.sub("", name).strip()
    return name


_ORGAN_LINE = re.compile(rf"(?:^|\n)[ ]*({ORGAN}(?:[ ]+{ORGAN}){{0,2}})[ ]*(?=\n|$)")
_ORGAN_DATED = re.compile(rf"(?:^|[\n 。！])({ORGAN}(?: +{ORGAN}){{0,2}})[ \n]*(?:（[^）]*章）)?[ \n]*{SIGNED_DATE}")
_ORGAN_TITLE = re.compile(rf"(?:^|\n|\d[ ]+)[ ]*({ORGAN}(?:[ ]+{ORGAN}){{0,2}})[ \n]*(?:关于|对|办理)")
_ORGAN_LABEL = re.compile(rf"(?:承办单位|发布机构|来源|信息来源)[ ：|]+({ORGAN})(?=[\\s，。（）|]|$)")


def _organ(text: str, head: str, tail: str, zones: Zones) -> str | None:
    for pattern, part in (
        (_ORGAN_DATED, "\n" + tail.lstrip()),
        (_ORGAN_LINE, tail),
        (_ORGAN_TITLE, head),
        (_ORGAN_LINE, head),
        (_ORGAN_LABEL, tail),
        (_ORGAN_LABEL, head),
    ):
        match = pattern.search(part)
        if match and zones.opened:
            return "、".join(match[1].split())
    return None


def _co_organs(head: str, opening: str) -> tuple[str, ...]:
    names: list[str] = []
    for match in _CO_ORGANS.finditer(opening):
        for name in re.split(
            r"、|和(?!信息|规划|社会|城乡|计划|改革|旅游|体育|药品|草原|水务|退役|农村|大数据|统计)|以及|及", match[1]
        ):
            plain = re.sub(r"等(?:单位|部门|相关单位|有关单位)*$", "", name).strip()
            plain = re.sub(r"^(?:了|我局|由)", "", plain)
            plain = re.sub(r"^[省市县区](?=[市区县])(?=..县|..区)", "", plain)
            if len(plain) >= 3 and plain not in names and not re.match(r"相关|有关|各", plain):
                names.append(plain)
    return tuple(names)


def _read_date(words: str) -> date | None:
    match = _DATE.search(words)
    parts = match.groups() if match else None
    if parts is None:
        run = _DATE_RUN.search(words.strip())
        if not run:
            return None
        digits = run[2]
        cut = {2: 1, 3: 1 if digits[0] != "1" else 1, 4: 2}[len(digits)]
        parts = (run[1], digits[:cut], digits[cut:])
    try:
        return date(*(read_int(part.replace("0", "〇") if not part.isdigit() else part) for part in parts))
    except ValueError:
        return None


def _signed_on(tail: str) -> date | None:
    match = re.search(rf"(?:^|\n|{ORGAN}[ \n]*)(?:[ ]*)({SIGNED_DATE})[ ]*(?=\n|$| |（)", tail)
    return _read_date(match[1]) if match else None


def _published_on(part: str) -> date | None:
    for pattern in (_PUBLISHED, _PAGE_DATE):
        for match in pattern.finditer(part):
            if "成文" not in part[max(0, match.start() - 3) : match.start()]:
                return _read_date(match[1])
    return None


def _category(head: str, tail: str) -> str | None:
    for pattern in (_CATEGORY, _CATEGORY_LINE):
        for part in (head, tail):
            found = _group(pattern, part)
            if found:
                return fold(found)
    return None


def _contact(original: str, text: str, zones: Zones) -> tuple[str | None, str | None]:
    places = [zones.body_end] + [m.start() for m in re.finditer(r"联 ?系 ?(?:人|电|科|处)|承办人|承办单位", text)]
    for start in sorted(places, reverse=False):
        window = text[start : start + 160]
        stop = re.search(r"上一[篇条]|下一[篇条]|版权|主办|网站|抄送|扫一扫|分享|Copyright|服务热线|技术支持", window)
        window = window[: stop.start()] if stop else window
        if not _CONTACT_LINE.search(window):
            continue
        name = _CONTACT.search(window)
        phone = _PHONE.search(window, _phone_from(window))
        if name or phone:
            return (
                original[start + name.start(1) : start + name.end(1)].strip() if name else None,
                _as_dialled(text[start + phone.start() : start + phone.end()]) if phone else None,
            )
    return None, None


def _as_dialled(phone: str) -> str:
    return phone.replace("（", "(").replace("）", ")").replace("—", "-").strip()


def _phone_from(window: str) -> int:
    label = _PHONE_LABEL.search(window)
    return label.end() if label else (_CONTACT_LINE.search(window) or re.search("", window)).start()  # type: ignore[union-attr]
