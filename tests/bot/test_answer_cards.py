"""What was looked for is named as the question has it."""

from __future__ import annotations

import pytest

from bot.answer_cards import as_asked


@pytest.mark.parametrize(
    ("words", "question", "phrases"),
    [
        (["地铁", "号线", "通车"], "地铁2号线什么时候通车", ["地铁2号线", "通车"]),
        (["流浪狗"], "流浪狗太多了有没有人管", ["流浪狗"]),
        (["停车", "条例"], "停车条例呢", ["停车条例"]),
        (["王建国"], "别的写法", ["王建国"]),
        ([], "你好", []),
    ],
)
def test_words_side_by_side_are_one_phrase(words: list[str], question: str, phrases: list[str]) -> None:
    assert as_asked(words, question) == phrases
