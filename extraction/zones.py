"""Where the parts of a letter lie: head (chrome, title, salutation), body, tail (signature, contact, page foot)."""

from __future__ import annotations

import re
from dataclasses import dataclass

ORGAN = (
    r"(?:[\u4e00-\u9fff·“”（）]{2,30}?(?:局|委员会|委|办公室|厅|政府|管委会|集团|公司|中心|大队|支队|总队|办事处|法院|检察院|学院|大学"
    r"|医院|档案馆|博物馆|图书馆|监狱|编纂室|研究室|部|院|处|会|银行|总社|联社|联合社|合作社|分局)(?:[\u4e00-\u9fff]{1,10}分局)?)"
)
SIGNED_DATE = (
    r"(?:(?:20\d\d|二[〇0零][〇0零一二三四五六七八九]{2})[ ]?[年./-][ ]?"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})[ ]?[月./-][ ]?"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[ ]?[日号]?|20\d\d(?:0?[1-9]|1[0-2])(?:0?[1-9]|[12]\d|3[01])(?!\d))"
)

_OPENING = re.compile(
    r"如[下次](?:答复|回复|函复|办理|会办|汇报|反馈)?(?:意见)?[^，。；\n]{0,6}?[：。\n]|如下[：:，]?(?= )"
    r"|如下(?:意见)?，供[^。：\n]{0,24}[。：]|(?:逐一|现|一并)?向您们?(?:汇报|报告|反馈|答复)(?:如下)?[：。]"
    r"|(?:提出|形成)如下[^。\n]{0,10}[：。]"
)
_RECEIVED = re.compile(r"(?:收悉|收到|顷接|已阅悉|敬悉|已收)[^。\n]{0,200}?[。：\n]")
# A letter without any formula: its title says that it answers, its first paragraph says what.
_ANSWER_TITLE = re.compile(r"(?:建议|提案|议案)[^\n。]{0,10}(?:答复|复函|回复|函|意见)")
_FIRST_PARAGRAPH = re.compile(r"(?:提出|反映|提交|所提)[^\n。]{0,12}[《“][^\n]{4,80}?[》”][^\n。]*[。：\n]")
_SALUTATION = re.compile(r"(?:^|\n)[^\n。；，]{2,60}：[ ]*\n|(?:提出|反映|提交|所提|所撰)的?[《“]")

# A run of blanks is looked at once, from its first: pages may have thousands.
_TAIL = re.compile(
    rf"""
    [。！？\n ](?<![ ][ ])[ ]*+[ （〔]*(?:
      {ORGAN}(?:[ 、]+{ORGAN}){{0,3}}[ \n]*（?(?:章|盖章|印章)?）?[ \n]*{SIGNED_DATE}
    | 联[ ]?系[ ]?(?:人|电[ ]?话|处室|科室|方式|单位|部门)(?:及(?:联系)?(?:电话|方式))?[ ：（，]
    | (?:承[ ]?办|经[ ]?办|具体承办|主办)(?:单位|人|处室|科室|部门)[ ]*：
    | (?:办理|办复|答复)(?:类别|结果|类型|情况标识)[ ]*：
    | (?:答复|复函)(?:单位|时间|日期)[ ]*：
    | 抄[ ]?送[ ：]
    | 〔?(?:打印本?页|关闭窗口|关闭|返回顶部)〕?
    | 上一[篇条][ ：]?
    | 下一[篇条][ ：]?
    | 分享到 | 扫一扫 | 版权所有 | 主办单位[ ]*： | 网站标识码 | 相关(?:文章|链接|附件|稿件)
    | 附[ ]?件[ ]*[：1-9]
    | 此件(?:主动|依申请|不|公开)
    | 公开(?:方式|属性|类别|程度)[ ]*：
    )""",
    re.VERBOSE,
)
_LAST_DATE = re.compile(rf"[。！？ ]{SIGNED_DATE}[ |]*(?=\n*$)")
_LONE_ORGAN = re.compile(rf"\n[ ]*({ORGAN}(?:[ ]+{ORGAN})?)[ ]*(?=\n|$)")
_LONE_DATE = re.compile(rf"\n[ ]*{SIGNED_DATE}[ |]*(?=\n|$)")


@dataclass(frozen=True, slots=True)
class Zones:
    """Offsets into the folded text: the head ends where the body starts, the tail starts where it ends."""

    body_start: int
    body_end: int
    opened: bool
    """True when an opening formula (…收悉，现答复如下) was found: the text answers somebody."""


def find_zones(text: str) -> Zones:
    start, opened = _body_start(text)
    return Zones(start, _body_end(text, start), opened)


def _body_start(text: str) -> tuple[int, bool]:
    window = min(len(text), 4000)
    received = _RECEIVED.search(text, 0, window)
    opening = _OPENING.search(
        text, received.start() if received else 0, min(window, (received.end() if received else 0) + 900)
    )
    if opening and (received or _SALUTATION.search(text, 0, opening.start())):
        return opening.end(), True
    if received:
        return received.end(), True
    asked = _FIRST_PARAGRAPH.search(text, 0, window) if _ANSWER_TITLE.search(text, 0, 1000) else None
    return (asked.end(), True) if asked else (0, False)


def _body_end(text: str, start: int) -> int:
    # A tail stands behind a stop or at the very start: in the text behind a line break, its stop is where it starts.
    ends = [match.start() for pattern in (_TAIL, _LAST_DATE) if (match := pattern.search("\n" + text, start))]
    lone_date = _LONE_DATE.search(text, start)
    limit = min([*ends, lone_date.start() if lone_date else len(text)])
    lone = [m.start() for m in _LONE_ORGAN.finditer(text, start, limit) if "。" not in text[m.end() : limit]]
    return min([limit, *lone[:1]])
