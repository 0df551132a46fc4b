"""Doubt: the second reader's word, and what makes the reader less sure of what it took or left."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from extraction.folding import fold
from extraction.reader import read_letter
from extraction.second_reader import log_odds, pairs_of
from tests.extraction.gold import Read, mistakes
from tests.extraction.letter_maker import letter


def sureness_of(sentence: str, part: str = "mixed") -> float:
    (found,) = read_letter(letter(sentence, part=part), replied_on=date(2024, 6, 15)).commitments
    return found.confidence


@pytest.mark.parametrize("text", ["力争年底前完成东沟河清淤", "计划明年改造老旧小区20个", "每季度公布一次检查结果"])
def test_the_second_reader_hears_a_promise(text: str) -> None:
    assert log_odds(fold(text)) > 0


@pytest.mark.parametrize(
    "text", ["目前全县共有养老机构12家", "该路段全长3.2公里，已于去年10月建成", "您反映的情况属实"]
)
def test_the_second_reader_hears_none(text: str) -> None:
    assert log_odds(fold(text)) < 0


def test_numbers_count_as_one_pair_whatever_they_are() -> None:
    assert [*pairs_of("到2026年")] == [*pairs_of("到2030年")] == ["^到", "到0", "0年", "年$"]


def test_a_promise_in_a_part_that_reports_is_doubted_more() -> None:
    sentence = "我局将于12月底前完成东沟河清淤。"

    assert sureness_of(sentence, "report") < sureness_of(sentence, "forward")


def test_a_promise_that_the_reader_left_is_near() -> None:
    reading = read_letter(letter("我局将加强巡查。", "落实管护责任，完善管护制度。"), replied_on=date(2024, 6, 15))

    assert "落实管护责任，完善管护制度" in [item.quote for item in (*reading.near_misses, *reading.commitments)]


def test_thanks_are_never_near() -> None:
    reading = read_letter(letter("我局将加强巡查。", "感谢您对水利工作的关心。"), replied_on=date(2024, 6, 15))

    assert not [item for item in reading.near_misses if "感谢" in item.quote]


def test_an_invented_commitment_a_wrong_day_and_an_overlooked_promise_are_mistakes() -> None:
    gold: list[dict[str, Any]] = [
        {"quote": "年底前完成清淤工作", "due": "2024-12-31"},
        {"quote": "加强日常巡查管护", "due": None},
    ]
    found: list[dict[str, Any]] = [
        {"quote": "年底前完成清淤工作", "due": None, "confidence": 0.9},
        {"quote": "全县现有水库三座", "due": None, "confidence": 0.6},
    ]
    near: list[dict[str, Any]] = [{"quote": "加强日常巡查管护", "due": None, "confidence": 0.3}]

    assert mistakes([Read(gold, found, near)]) == [(0.4, True), (0.3, True), (pytest.approx(0.1), True)]
