"""The letter record in the shapes that letters come in, and what of a page is no letter."""

from __future__ import annotations

from dataclasses import asdict
from time import process_time
from typing import Any

import pytest

from commitments.letters import LetterRecord
from extraction.reader import read_letter
from tests.extraction.letter_maker import corpus, letter

BODY = "目前正在办理前期手续，我局将按程序推进。感谢您的关心。"
RECORDS = corpus("zones")["record"]


@pytest.mark.parametrize("row", RECORDS, ids=lambda row: row["why"])
def test_the_record_is_read_in_every_shape(row: dict[str, Any]) -> None:
    between = "" if "一line" in row["why"] else "\n"
    expected = asdict(LetterRecord()) | {key: value for key, value in row.items() if key not in ("head", "tail", "why")}
    expected |= {key: tuple(value) for key, value in expected.items() if isinstance(value, list)}

    found = asdict(read_letter(f"{row['head']}{between}{BODY}{between}{row['tail']}\n").letter)

    assert {key: str(value) for key, value in found.items()} == {key: str(value) for key, value in expected.items()}


def test_a_page_of_blanks_takes_no_time() -> None:
    start = process_time()
    read_letter(letter("我局将加强巡查。") + " " * 100_000)

    assert process_time() - start < 2


def test_page_furniture_is_no_commitment() -> None:
    page = letter("我局将加强巡查。") + "上一篇：我市将新建公园10个\n版权所有：云山县人民政府 年底前完成网站改版\n"

    assert [item.quote for item in read_letter(page).commitments] == ["我局将加强巡查"]


def test_a_heading_that_runs_into_its_sentence_is_cut_off() -> None:
    reading = read_letter(letter("下一步工作打算 我市将实施路网提升行动，新建道路3条。"))

    assert [item.quote for item in reading.commitments] == ["我市将实施路网提升行动，新建道路3条"]


def test_a_numbering_that_starts_again_stays_under_its_heading() -> None:
    reading = read_letter(
        letter("二、下一步工作打算", "一、加快路网建设。新建道路3条。", "二、加强养护。修补路面5公里。")
    )

    assert [item.quote for item in reading.commitments] == ["新建道路3条", "修补路面5公里"]


def test_a_section_that_reports_does_not_promise() -> None:
    reading = read_letter(letter("加快推进路网建设，完善配套设施。", part="report"))

    assert reading.commitments == ()
