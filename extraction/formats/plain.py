"""Plain text in the encodings that Chinese offices use; anything that is no text is refused."""

from __future__ import annotations

import codecs
import re

from extraction.formats.content import Content, Refusal, Refused
from extraction.formats.paragraphs import tidy

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WIDE = re.compile("[^\x00-\x7f]")
# No page of Chinese does without these: they tell text from bytes that merely happen to decode.
_EVERYDAY = re.compile(
    "[，。、：；“”《》（）〔〕的一二三十年月日号市县区人大会委代表建议关于是在有和为了工作部门进上下中对我你们不答复]"
)
_DAMAGE_ALLOWED = 0.02


def read(data: bytes) -> Content:
    text = tidy(decode(data))
    if not text.strip():
        raise Refused(Refusal.EMPTY)
    return Content(text)


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of bytes whose encoding nobody vouches for; a page's own word (`declared`) counts only after UTF-8."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _damaged(data.removeprefix(bom), encoding)
    text = _utf8(data) or _utf16(data) or _declared(data, declared) or _gb18030(data)
    if text is None:
        return _best_of_the_damaged(data)
    return _without_binary(text)


def _utf8(data: bytes) -> str | None:
    text = _strictly(data, "utf-8")
    return None if text is None or "\0" in text else text


def _utf16(data: bytes) -> str | None:
    candidates = (_strictly(data, encoding) for encoding in ("utf-16-le", "utf-16-be"))
    return next((text for text in candidates if text and _reads_as_chinese(text)), None)


def _declared(data: bytes, declared: str | None) -> str | None:
    if declared is None or declared.lower().startswith(("utf", "gb")):
        return None
    try:
        return _strictly(data, declared)
    except LookupError:
        return None


def _gb18030(data: bytes) -> str | None:
    text = _strictly(data, "gb18030")
    return text if text is not None and _reads_as_chinese(text) else None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _best_of_the_damaged(data: bytes) -> str:
    """Text with a few bad bytes, as a cut download or a cut title leaves them."""
    if _looks_binary(data):
        raise Refused(Refusal.BINARY)
    texts = (data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030"))
    best = min(texts, key=lambda text: text.count("\ufffd"))
    if _damage(best) > _DAMAGE_ALLOWED or not _reads_as_chinese(best):
        raise Refused(Refusal.WRONG_ENCODING)
    return best


def _damaged(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, errors="replace")
    if _damage(text) > _DAMAGE_ALLOWED:
        raise Refused(Refusal.WRONG_ENCODING, encoding)
    return _without_binary(text)


def _damage(text: str) -> float:
    # A cut at the very end spoils one character, however short the text is.
    return max(0, text.count("\ufffd") - 1) / max(len(text), 1)


def _without_binary(text: str) -> str:
    if len(_CONTROL.findall(text)) > len(text) * 0.005:
        raise Refused(Refusal.BINARY)
    return text


def _looks_binary(data: bytes) -> bool:
    controls = sum(data.count(byte) for byte in (*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
    return controls > len(data) * 0.01


def _reads_as_chinese(text: str) -> bool:
    wide = len(_WIDE.findall(text))
    if not wide:
        return False
    everyday = len(_EVERYDAY.findall(text))
    return not _CONTROL.search(text) and everyday >= max(1, wide * 0.08)
