"""Which day a phrase gives: the examples are data."""

from __future__ import annotations

from datetime import date

import pytest

from commitments.letters import DueBasis
from extraction.deadlines import read_deadline, read_period, scan_dates
from extraction.folding import fold
from tests.extraction.letter_maker import corpus

DEADLINES = [(group["on"], words, due) for group in corpus("deadlines")["deadline"] for words, due in group["rows"]]
SAID_IN_CHAT_ONLY = {"下周五", "明天"}
PERIODS = corpus("periods")


@pytest.mark.parametrize(("on", "words", "due"), DEADLINES)
def test_a_phrase_gives_its_day(on: date, words: str, due: str) -> None:
    found = read_deadline(words, anchor=on)

    assert (found.due_on.isoformat() if found.due_on else "") == due


@pytest.mark.parametrize(("on", "words", "due"), [row for row in DEADLINES if row[1] not in SAID_IN_CHAT_ONLY])
def test_a_letter_gives_the_same_day(on: date, words: str, due: str) -> None:
    found = scan_dates(fold(words), on)

    assert (found[-1].on.isoformat() if found else "") == due


def test_a_day_explains_itself() -> None:
    found = read_deadline("三季度末前完成", anchor=date(2024, 6, 15))

    assert found.derivation == "由“三季度末前”推得：2024-09-30，以答复日期2024-06-15为准"
    assert found.rule == "quarter"


def test_a_written_year_does_not_lean_on_the_letters_date() -> None:
    found = read_deadline("2024年12月底前", anchor=date(2024, 6, 15))

    assert found.derivation == "由“2024年12月底前”推得：2024-12-31"


def test_words_that_give_no_day_are_kept() -> None:
    found = read_deadline("待资金到位后，适时启动", anchor=date(2024, 6, 15))

    assert (found.due_on, found.basis, found.text) == (None, DueBasis.NONE, "待资金到位后")


@pytest.mark.parametrize(("words", "first", "last"), PERIODS["rows"])
def test_a_question_names_its_period(words: str, first: date, last: date) -> None:
    assert read_period(words, PERIODS["today"]) == (first, last)


@pytest.mark.parametrize("words", PERIODS["silent"])
def test_a_question_without_a_time_has_no_period(words: str) -> None:
    assert read_period(words, PERIODS["today"]) is None
