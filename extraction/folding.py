"""One spelling for matching: the folded text has the same length as the original, so offsets are shared."""

from __future__ import annotations

import re
import unicodedata

_PUNCTUATION = {
    ",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", "｡": "。", "﹔": "；", "﹐": "，",
    "[": "〔", "]": "〕", "【": "〔", "】": "〕", "﹝": "〔", "﹞": "〕", "［": "〔", "］": "〕",
    "○": "〇", "Ｏ": "〇", "O": "〇", "◯": "〇",
    "\t": " ", "\u3000": " ", "\xa0": " ", "\u2002": " ", "\u2003": " ", "\r": " ", "\ufeff": " ", "\u200b": " ",
    "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n",
    "‐": "-", "‑": "-", "–": "—", "―": "—", "─": "—", "﹣": "-", "－": "-", "～": "~", "∼": "~", "〜": "~",
    "〝": "“", "〞": "”", "｢": "“", "｣": "”", "「": "“", "」": "”", "『": "“", "』": "”", "〈": "《", "〉": "》",
    "％": "%", "﹪": "%", "．": ".", "•": "·", "‧": "·",
}  # fmt: skip


def _wide_and_radical_forms() -> dict[str, str]:
    """Full-width letters and digits, and the radicals that some PDF writers use instead of characters."""
    codes = (*range(0xFF01, 0xFF5F), *range(0x2F00, 0x2FD6), *range(0xF900, 0xFAD9))
    pairs = ((chr(code), unicodedata.normalize("NFKC", chr(code))) for code in codes)
    return {wide: plain for wide, plain in pairs if len(plain) == 1 and plain != wide}


def _table() -> dict[int, str]:
    wide = {char: _PUNCTUATION.get(plain, plain) for char, plain in _wide_and_radical_forms().items()}
    return str.maketrans(wide | _PUNCTUATION)


_TABLE = _table()
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}]")
_STRAIGHT_QUOTES = re.compile(r'"([^"\n]{1,80})"')
_THOUSANDS = re.compile(r"，(?<=\d，)(?=\d{3}(?!\d))")


def fold(text: str) -> str:
    """The text with one form of each mark and digit; every character keeps its place."""
    folded = _THOUSANDS.sub(",", _ODD.sub(lambda odd: _TABLE[ord(odd[0])], text))
    return _STRAIGHT_QUOTES.sub(r"“\1”", folded) if '"' in folded else folded
