"""The phrases that all cards share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.cards.base import Card, due_words, mark, mark_repeated, number_of, plain, shorten, state_line, targets_line
from commitments.states import CommitmentState
from tests.bot.cards.views import HEAD, TODAY, item


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2024, 12, 31), "还有 29 天（2024-12-31，周二）"),
        (date(2024, 12, 2), "今天到期（2024-12-02，周一）"),
        (date(2024, 11, 30), "逾期 2 天（2024-11-30，周六）"),
        (None, "未明确时限"),
    ],
)
def test_a_day_is_said_in_words_and_as_a_date(due_on: date | None, words: str) -> None:
    assert due_words(due_on, TODAY) == words


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("短句不动", "短句不动"),
        ("加快澄湾大道北段改造工程建设，同步实施雨污分流，力争年底前完工通车", "加快澄湾大道北段改造工程建设…"),
        ("没有逗号的一句很长的话要在二十个字以内截断下来", "没有逗号的一句很长的话要在二十个字以内截…"),
        ("甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚2024年", "甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚…"),
    ],
)
def test_a_quote_is_shortened_at_a_comma_and_never_inside_a_number(text: str, short: str) -> None:
    assert shorten(text, 20) == short


@pytest.mark.parametrize(
    ("number", "title", "called"),
    [
        ("2024年57号", "题目", "2024年57号建议"),
        ("第134号", "题目", "第134号建议"),
        (None, "关于停车难的建议", "《关于停车难的建议》"),
        (None, None, "答复.txt（建议）"),
    ],
)
def test_a_reply_is_called_by_its_number_title_or_file(number: str | None, title: str | None, called: str) -> None:
    assert number_of(replace(HEAD, number=number, title=title)) == called


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "🟡 在办 · 还有 29 天（2024-12-31，周二）"),
        ({"due_on": date(2025, 6, 30)}, "🟢 在办 · 还有 210 天（2025-06-30，周一）"),
        ({"due_on": date(2024, 11, 30)}, "🔴 逾期 2 天（2024-11-30，周六）"),
        ({"due_on": None}, "⚪ 在办 · 未明确时限"),
        ({"state": CommitmentState.CLOSED}, "✅ 已办结"),
    ],
)
def test_the_light_comes_first(changes: dict[str, Any], line: str) -> None:
    assert state_line(item(**changes), TODAY) == line


def test_targets_are_said_with_their_signs() -> None:
    targets = ({"metric": "泊位", "comparison": ">=", "value": 1200.0, "unit": "个"},)

    assert targets_line(targets) == "泊位 ≥ 1200 个"
    assert targets_line(()) is None


def test_a_letter_s_words_cannot_make_tags() -> None:
    assert plain("<b>粗</b> & 细") == "&lt;b&gt;粗&lt;/b&gt; &amp; 细"
    assert (mark(1), mark(20), mark(21)) == ("①", "⑳", "21.")


def test_a_message_that_may_be_a_repetition_says_so_beside_its_title() -> None:
    assert (
        mark_repeated(Card("<b>📋 每月调度</b>\n请报一下进展：")).html
        == "<b>📋 每月调度</b> · 可能重复\n请报一下进展："
    )
