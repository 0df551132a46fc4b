"""The contact line of a letter: the person and the phone, not the hotlines of the page around it."""

from __future__ import annotations

import re

_PLACES = re.compile(r"联 *系 *(?:人|电|科|处|单位|方式)|承 *办 *人|经办人|承办单位|联络人")
_LABEL = re.compile(r"联 *系|承 *办|经 ?办|电 *话|联络")
_PAGE_FOOT = re.compile(r"上一[篇条]|下一[篇条]|版权|主办|网站|抄送|扫一扫|分享|Copyright|服务热线|技术支持")
_NAME = re.compile(
    r"(?:联 *系 *人|承 *办 *人|经 *办 *人|联络人|具体承办)员?(?:姓名)?(?:及(?:联系)?(?:电话|方式))?[ ]*：?[ ]*"
    r"(?:[\u4e00-\u9fff]{2,16}(?:局|委|办|厅|中心|科|处|室|队|所|股|院|部|站|馆|校|集团|公司|街道|政府)(?: {1,3}|，)"
    r"|[\u4e00-\u9fff]{2,8}[部股](?: {0,3}|，))?"
    r"((?!员|签字|电话|手机|姓名|不[少低得]|的|或|可[以与]|应[当在]|须)[\u4e00-\u9fff]"
    r"(?:[\u4e00-\u9fff·]{1,3}|[\u4e00-\u9fff·]{4,9}(?<![局委办厅心科处室队所股院会站])"
    r"|[ ]{1,4}[\u4e00-\u9fff]{1,2})(?=[，；：、。（） \n电联]|\d|$))"
)
# 联系电话：5550001（环境科，赵六）, 承办科室：环境科 赵六 5550001: who is to be called stands beside the number.
_NAME_BESIDE = re.compile(
    r"承 *办(?:科室|处室|部门|单位)：[\u4e00-\u9fff]{2,16}[局委办厅科处室队所股部站院] {1,4}"
    r"([\u4e00-\u9fff]{2,4})(?= +[\d（])|"
    r"\d(?:[ ]*（(?:[\u4e00-\u9fff]{2,12}[局委办厅科处室队所股部]，)?|[ ]{1,4})"
    r"([\u4e00-\u9fff]{2,4})(?<![局委办厅心科处室队所股院会站部分机转])(?=）)"
)
_PHONE_LABEL = re.compile(r"(?:联系|办公|咨询)?电 *话|联系方式|手机")
_PHONE = re.compile(
    r"（?0\d{2,3}）?[ —-]?\d{3,4} \d{4}(?!\d)"
    r"|(?:（?0\d{2,3}）? ?[-—]? ?)?\d[\d*]{6,11}(?:-\d{3,5})?(?![\d年日])|\d{3,4}-\d{4}"
)
_SITE = re.compile(r"版权所有|网站标识码|ICP备")
_REACH = 160


def read_contact(original: str, text: str, body_end: int) -> tuple[str | None, str | None]:
    """Name and phone of the first contact line, from where the body ends or from wherever a label stands."""
    site = _SITE.search(text, body_end)
    ends = site.start() if site else len(text)
    for start in sorted({body_end, *(match.start() for match in _PLACES.finditer(text, 0, ends))}):
        window = text[start : start + _REACH]
        foot = _PAGE_FOOT.search(window)
        window = window[: foot.start()] if foot else window
        label = _LABEL.search(window)
        if not label:
            continue
        name = _NAME.search(window)
        phone_label = _PHONE_LABEL.search(window)
        phone = _PHONE.search(window, phone_label.end() if phone_label else label.start())
        if phone and not name:
            name = _NAME_BESIDE.search(window)
        if name or phone:
            at = name.lastindex if name else None
            called = original[start + name.start(at) : start + name.end(at)].strip() if name and at else None
            return called, _as_dialled(phone[0]) if phone else None
    return None, None


def _as_dialled(phone: str) -> str:
    return phone.replace("（", "(").replace("）", ")").replace("—", "-").strip()
