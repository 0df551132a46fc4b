"""PDF files: printed lines become the paragraphs that they were; scans and locks are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from extraction.formats import pdf
from extraction.formats.content import Refusal, Refused
from extraction.formats.pdf_lines import Line, Sign, joined
from tests.extraction.formats import making
from tests.extraction.formats.making import BODY, PARAGRAPHS, ROWS, TITLE


def line(text: str, *gaps: tuple[int, float]) -> str:
    """The text of one printed line: wide signs 10 wide, others 5, with extra air before the given signs."""
    air, left, signs = dict(gaps), 0.0, []
    for at, character in enumerate(text):
        left += air.get(at, 0)
        right = left + (5 if character.isascii() else 10)
        signs.append(Sign(character, left, right, 0, 10))
        left = right
    return next(Line.of(signs)).text


def test_a_printed_letter_is_its_paragraphs_again() -> None:
    assert pdf.read(making.pdf()).text.splitlines() == list(PARAGRAPHS)


def test_paragraphs_and_sentences_go_on_over_pages_without_their_numbers() -> None:
    long = [text * times for times in (1, 4, 9) for text in BODY[2:]]

    assert pdf.read(making.pdf([TITLE, *long])).text.splitlines() == [TITLE, *long]


def test_a_long_title_over_two_lines_is_one_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    long_title = "海棠县水利局关于对县第十七届人民代表大会第三次会议第12号建议的答复"
    monkeypatch.setattr(making, "TITLE", long_title)

    assert pdf.read(making.pdf([long_title, *BODY])).text.splitlines() == [long_title, *BODY]


def test_a_table_is_one_line_a_row() -> None:
    assert pdf.read(making.pdf(rows=ROWS)).text.splitlines()[-2:] == ["项目\t完成时间", "清淤8公里\t2026年9月底"]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (line("2024 年 9 月底前"), "2024年9月底前"),
        (line("任 晗委员", (2, 6)), "任 晗委员"),
        (line("甲县水利局乙县水利局", (5, 20)), "甲县水利局 乙县水利局"),
        (line("项目时间", (2, 40)), "项目\t时间"),
        (line("Wi Fi 6"), "Wi Fi 6"),
        (line("2024年6⽉"), "2024年6月"),
    ],
)
def test_blanks_of_printers_go_and_blanks_of_people_stay(printed: str, read: str) -> None:
    assert printed == read


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("计划2024", "年底前", "计划2024年底前"),
        ("每年完成20", "24户", "每年完成2024户"),
        ("the end", "of June", "the end of June"),
    ],
)
def test_lines_are_joined_without_blanks_next_to_chinese(above: str, below: str, whole: str) -> None:
    assert joined(above, below) == whole


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (making.scan(), Refusal.SCANNED_PDF),
        (making.pdf(password="secret"), Refusal.PASSWORD),
        (making.pdf([" "]), Refusal.NO_TEXT),
        (b"%PDF-1.7\n" + b"0" * 300, Refusal.BROKEN),
    ],
)
def test_a_file_without_readable_text_is_refused(data: bytes, reason: Refusal) -> None:
    with pytest.raises(Refused) as refused:
        pdf.read(data)

    assert refused.value.reason is reason


def test_a_letter_printed_by_an_office_program(tmp_path: Path) -> None:
    printed = making.converted(making.new_word(), "docx", "pdf", tmp_path)

    assert pdf.read(printed).text.splitlines() == list(PARAGRAPHS)
