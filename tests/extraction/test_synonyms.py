"""Rows of words that mean the same: each is worth having, and a citizen's word leads to the letter's."""

from __future__ import annotations

import pytest

from extraction.keywords import read_keywords
from extraction.synonyms import is_action, is_way, names_thing, others_for, rows_of

ROWS = [row for kind in ("actions", "things", "ways") for row in rows_of(kind)]


def test_a_row_has_several_words_each_once() -> None:
    assert [row for row in ROWS if len(row) < 2 or len(set(row)) < len(row)] == []


def test_no_row_stands_there_twice() -> None:
    assert sorted(set(ROWS)) == sorted(ROWS)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("太阳能板", "光伏"),
        ("老头乐", "低速电动车"),
        ("看牙", "口腔"),
        ("茅房", "厕所"),
        ("下水道篦子", "雨水箅子"),
        ("滚梯", "自动扶梯"),
        ("赶圩", "集市"),
        ("讨工钱", "欠薪"),
        ("礼拜天", "周日"),
        ("破土", "开工"),
    ],
)
def test_what_people_say_leads_to_what_letters_write(said: str, written: str) -> None:
    assert any(written in word.others for word in read_keywords(said, []))


def test_the_nearest_word_comes_first() -> None:
    assert others_for("滚梯")[0] == "自动扶梯"


def test_sections_say_what_a_word_is_for() -> None:
    assert is_action("破土")
    assert names_thing("太阳能板")
    assert is_way("礼拜天")
    assert not names_thing("礼拜天")
