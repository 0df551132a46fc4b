"""Chinese and Arabic numerals as they stand in letters: 12, 1.5, 1,200, 十二, 两, 二〇二四."""

from __future__ import annotations

from functools import lru_cache

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"两": 2, "零": 0, "○": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}

CHINESE = "〇一二两三四五六七八九十百千"


@lru_cache(maxsize=1024)
def read_number(text: str) -> float | None:
    """The value of a numeral, or None when it is not one."""
    plain = text.replace(",", "").replace(" ", "")
    if plain and plain.isascii():
        try:
            return float(plain)
        except ValueError:
            return None
    return _read_chinese(plain)


def read_int(text: str) -> int:
    """The value of a numeral that a pattern has already recognised."""
    value = read_number(text)
    assert value is not None, text
    return int(value)


def _read_chinese(text: str) -> float | None:
    if not text or any(char not in _DIGITS and char not in _TENS for char in text):
        return None
    if len(text) == 2 and _DIGITS.get(text[1]) == _DIGITS.get(text[0], 10) + 1:
        return float(_DIGITS[text[1]])  # 两三年: three at the latest
    if not any(char in _TENS for char in text):
        return float("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _TENS:
            total += (digit or 1) * _TENS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return float(total + digit)


def chinese_number(value: int) -> str:
    """十二 for 12; "" above 99."""
    tens, ones = divmod(value, 10)
    digits = "零一二三四五六七八九"
    if not 0 < value < 100:
        return ""
    return (digits[tens] if tens > 1 else "") + "十" * (tens > 0) + (digits[ones] if ones else "")
