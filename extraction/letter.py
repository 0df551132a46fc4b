"""The letter record: who answers whom about what, when, and under which number; whom to call is read in contact.py."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from commitments.letters import LetterKind, LetterRecord
from extraction.contact import read_contact
from extraction.numerals import read_int
from extraction.parties import opening_of, read_addressees, read_co_organs, read_organ
from extraction.zones import ORGAN, SIGNED_DATE, Zones

_COUNT = r"[\d一二三四五六七八九十]+"
_BODY = r"(?:[\u4e00-\u9fff]{0,6}?(?:人大|政协|人民代表大会|政治协商会议|委员会))"
_SESSION = re.compile(
    rf"[\u4e00-\u9fff]{{0,14}}(?:人大|政协)[\u4e00-\u9fff]{{0,10}}?第?{_COUNT}届{_BODY}?(?:常委会)?第?{_COUNT}次(?:会议)?"
    rf"|[\u4e00-\u9fff]{{0,14}}第?{_COUNT}届{_BODY}?第?{_COUNT}次(?:会议)?"
)
_ASSEMBLY = re.compile(r"人大|政协|人民代表大会|政治协商|委员会")
_LINE_BREAK = re.compile(r"\n[ ]*")
_BEFORE_SESSION = re.compile(
    r"^.*?(?:关于|对于|答复|办理|[会承主协]办的|您|你们?|贵[\u4e00-\u9fff]{1,3}|在|对|就|向|年)(?!.*(?:关于|您|你们|在|对|答复|办理))"
)

_TITLE = re.compile(
    r"(?:提出|提交|领衔|所提|反映|撰写)[^《“。；]{0,12}[《“]"
    r"((?:[^《》“”]|[《“][^《》“”]*[》”])*?(?:建议|提案|议案|意见|问题|案|[^》”]))[》”](?=[^》”]|$)"
)
_TITLE_LOOSE = re.compile(r"《((?:关于|对)?[^《》]{4,80}?(?:的?(?:建议|提案|议案))(?:案)?)》")
_TITLE_UNBALANCED = re.compile(r"(?:提出|提交|反映)[^《。；]{0,12}《([^《》\n]{4,80})》")
_TITLE_BARE = re.compile(
    r"(?:提出|提交|反映|您|你们)了?的?(关于[^《》“”。；\n]{4,60}?的(?:建议|提案|议案))(?=[（，]|”?(?:提案)?已?收悉|收到|案)"
    r"|^[ \n]*(关于[^《》“”。；\n]{4,60}?的(?:建议|提案|议案))(?=（[^（）]{2,16}）收悉|已?收悉)"
)

_NUMBER = re.compile(r"第 ?((?:[A-Z]?（20\d\d）)?[\w-]{0,3}\d[\w-]*?) ?号")
_NUMBER_IN_BRACKETS = re.compile(r"（((?:20\d\d年)?[\u4e00-\u9fff]{0,3}\d+号)）")
_NUMBER_LABELLED = re.compile(r"编号：[ ]*[A-Z]?（?20\d\d）?\d{1,4}号")
_NUMBER_ALONE = re.compile(r"(?<![\d〕第])(\d{1,4} ?号)(?=(?:代表|委员)?(?:建议|提案|议案))")
_NOT_THE_NUMBER = re.compile(r"《[^《》]*》|〔20\d\d〕第?\d+号")

_CATEGORY = re.compile(
    r"(?:办理(?:类别|结果|类型|分类|情况|意见|标识)|办复结果|办复类别|答复类别|类别标记|类别|结果标识|标识|类型|分类"
    r"|类 +别)(?:分类|标识|标记|类别)?"
    r"[ ：:]{1,3}(?:已[\u4e00-\u9fff]{2,4}，)?[（“]?([A-D])\d? ?(?:类|[）（”]|[ \n]|$)|属([A-D])类"
)
_CATEGORY_ALONE = re.compile(
    r"(?:(?:^|\n)[ ]*|(?<! ) {2,})[（〔]?([A-D])\d?(?: ?类)?[）〕]?[ ]*(?=\n)"
    r"|(?:^|[ \n]|[复函])（([A-D])\d?类?）(?=[ \n])"
    r"|(?:^|\n)[ ]*([A-D])类 {2,}"
    r"| ([A-D])类? +(?=(?:主动|同意|依申请|不予|可以)公开)"
    r"|号[ ]*（?([A-D])\d? ?类(?=[ \n）])|函（([A-D])类?）(?=\n)"
)
_DOCUMENT_NO = re.compile(
    r"([\u4e00-\u9fff]{2,14}〔20\d\d〕\d{1,4}号|[\u4e00-\u9fff]{2,10}(?:字|函|复|提|办)\d{5,8}(?=\s))"
)
_DISCLOSURE = re.compile(
    r"公开(?:方式|属性|类别|程度|形式|选项)[ ：]+(主动公开|依申请公开|不予公开|不公开|同意公开|全文公开)"
    r"|(此件公开发布|此件主动公开|同意公开|此件公开|不予公开)|是否同意公开：(是|否)"
)
_PUBLISHED = re.compile(
    rf"(?:公开|发布|发表|更新|发文)(?:日期|时间)[ ：|]*({SIGNED_DATE})"
    rf"|(?:^|[\n |])(?:日期|时间)[ ：|]*({SIGNED_DATE})"
)
_PAGE_DATE = re.compile(rf"(?:^|\n)[ ]*({SIGNED_DATE})(?=[ ]+(?:作者|来源|点击|浏览|信息来源|\d\d：))")


_LEAD = 120


def read_record(original: str, text: str, zones: Zones) -> LetterRecord:
    """The record of one letter; `text` is the folded form of `original`. A work plan answers nobody."""
    head, tail = text[: zones.body_start], text[zones.body_end :]
    name, phone = read_contact(original, text, zones.body_end)
    record = LetterRecord(
        kind=LetterKind.WORK_PLAN,
        replied_on=_signed_on(tail) or _dated_on(tail) or _dated_on(head),
        published_on=_published_on(head) or _published_on(tail),
        category=_category(head) or _category(tail),
        document_no=_first_group(_DOCUMENT_NO, head),
        contact_name=name,
        contact_phone=phone,
        disclosure=_first_group(_DISCLOSURE, head) or _first_group(_DISCLOSURE, tail),
    )
    return (
        _answering(record, original, head, text[zones.body_start : zones.body_end][:_LEAD], tail)
        if zones.opened
        else replace(record, organ=read_organ(text[:200], tail))
    )


def _answering(record: LetterRecord, original: str, head: str, lead: str, tail: str) -> LetterRecord:
    opening = opening_of(head)
    return LetterRecord(
        kind=_kind(head, opening),
        title=_title(opening, head),
        number=_number(opening, head),
        session=_session(opening, head),
        addressees=read_addressees(original, head),
        organ=read_organ(head, tail),
        co_organs=read_co_organs(opening, lead),
        replied_on=record.replied_on,
        published_on=record.published_on,
        category=record.category,
        document_no=record.document_no,
        contact_name=record.contact_name,
        contact_phone=record.contact_phone,
        disclosure=record.disclosure,
    )


def _first_group(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return next((part for part in match.groups() if part), None) if match else None


def _title(opening: str, head: str) -> str | None:
    in_opening = (_TITLE, _TITLE_LOOSE, _TITLE_BARE, _TITLE_UNBALANCED)
    for pattern, part in (*((pattern, opening) for pattern in in_opening), (_TITLE_LOOSE, head)):
        found = _first_group(pattern, part)
        if found:
            return found.strip()
    return None


def _number(opening: str, head: str) -> str | None:
    for part in (opening.split("收悉")[0], head):
        plain = _NOT_THE_NUMBER.sub("", part)
        labelled = _NUMBER_LABELLED.search(plain)
        if labelled:
            return labelled[0].removeprefix("编号：").strip()
        match = _NUMBER.search(plain) or _NUMBER_IN_BRACKETS.search(plain) or _NUMBER_ALONE.search(plain)
        if match:
            return match[0].strip("（）")
    return None


def _session(opening: str, head: str) -> str | None:
    first = None
    for part in (opening.split("收悉")[0], head, _LINE_BREAK.sub("", head)):
        match = _SESSION.search(part)
        words = _BEFORE_SESSION.sub("", match[0]).strip() if match else None
        if words and _ASSEMBLY.search(words):
            return words
        if first is None:
            first = words
    return first


# An opinion for another bureau, not an answer that draws on such opinions (经综合…的会办意见).
_OPINION = re.compile(
    r"(?:建议|提案|议案|号|如下|提出|现将)[^，。；\n]{0,6}(?:会办|协办)意见|(?:会办|协办)意见(?:如下|：)|会办函"
)
_OF_CPPCC = re.compile(r"政协|提案|委员[：:、]")
_OF_CONGRESS = re.compile(r"人大|代表[：:、（(]|代表建议")


def _kind(head: str, opening: str) -> LetterKind:
    if _OPINION.search(head):
        return LetterKind.OTHER
    cppcc, congress = len(_OF_CPPCC.findall(head)), len(_OF_CONGRESS.findall(head))
    if cppcc == congress:
        cppcc += len(_OF_CPPCC.findall(opening[:60]))
    return LetterKind.CPPCC_PROPOSAL if cppcc > congress else LetterKind.DELEGATE_SUGGESTION


_DATE = re.compile(
    r"(20\d\d|二[〇0零][〇0零一二三四五六七八九]{2}) ?[年./-] ?(\d{1,2}|[一二三四五六七八九十]{1,2}) ?[月./-] ?"
    r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
)
_DATE_RUN = re.compile(r"(20\d\d)(\d{2,4})$")
_SIGNED = re.compile(rf"(?:^|\n|{ORGAN}[ \n]*)(?:[ ]*)({SIGNED_DATE})[ ]*(?=\n|$| |（|印发)")


_SIGNED_LAST = re.compile(rf"[ \n]({SIGNED_DATE})[ |\n]*$")


def _read_date(words: str) -> date | None:
    match = _DATE.search(words)
    parts = match.groups() if match else _split_run(words.strip())
    if parts is None:
        return None
    try:
        return date(*(read_int(part if part.isdigit() else part.replace("0", "〇")) for part in parts))
    except ValueError:
        return None


def _split_run(words: str) -> tuple[str, str, str] | None:
    """2018828 lost its separators: the month takes two digits only where four are left."""
    run = _DATE_RUN.search(words)
    if not run:
        return None
    digits = run[2]
    cut = 2 if len(digits) == 4 else 1
    return run[1], digits[:cut], digits[cut:]


def _signed_on(tail: str) -> date | None:
    match = _SIGNED.search(tail) or _SIGNED_LAST.search(tail)
    return _read_date(match[1]) if match else None


_DATED = re.compile(
    rf"(?:成文日期|答复(?:时间|日期)|复函(?:时间|日期))[ ：|〕]*({SIGNED_DATE})|(?:^|[ \n])（({SIGNED_DATE})(?=[ ）])"
    rf"|(?:^|\n)[ ]*{ORGAN}[ ]+({SIGNED_DATE})[ ]*(?=\n)"
)


def _dated_on(head: str) -> date | None:
    """The date under the title, or the page's 成文日期, which is the letter's own."""
    found = _first_group(_DATED, head)
    return _read_date(found) if found else None


def _published_on(part: str) -> date | None:
    found = _first_group(_PUBLISHED, part) or _first_group(_PAGE_DATE, part)
    return _read_date(found) if found else None


def _category(part: str) -> str | None:
    return _first_group(_CATEGORY, part) or _first_group(_CATEGORY_ALONE, part)
