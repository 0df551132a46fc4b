"""Plain text: the encodings of Chinese offices, and what is no text at all."""

from __future__ import annotations

import pytest

from extraction.formats import plain
from extraction.formats.content import Refusal, Refused
from tests.extraction.formats.making import TEXT

RARE = "任晗、朱镕委员：喆、堃、𬭎三处，2026年9月底前完成㎡改造。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_letter_is_read_in_every_encoding(encoding: str) -> None:
    assert plain.read(TEXT.encode(encoding)).text == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_rare_characters_of_names_survive(encoding: str) -> None:
    assert plain.read(RARE.encode(encoding)).text == RARE


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_short_note_is_read_in_every_encoding(encoding: str) -> None:
    assert plain.read("九月底前完成。".encode(encoding)).text == "九月底前完成。"


def test_a_letter_without_chinese_is_read_too() -> None:
    assert plain.read(b"Done by 30 June 2026.").text == "Done by 30 June 2026."


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_cut_file_is_read_to_its_last_whole_character(encoding: str) -> None:
    assert plain.read(TEXT.encode(encoding)[:-1]).text[:-1] == TEXT[:-1]


def test_one_bad_byte_does_not_cost_the_letter() -> None:
    data = TEXT.encode("gb18030")
    spoiled = data[:60] + b"\xff" + data[61:]

    assert plain.read(spoiled).text[-60:] == TEXT[-60:]


def test_line_ends_and_invisible_characters_are_one_kind() -> None:
    assert (
        plain.read("一、清淤 \r\n\u200b二、\ufeff加固\r三、验收\u2028".encode()).text == "一、清淤\n二、加固\n三、验收"
    )


def test_indents_stay_as_the_letter_has_them() -> None:
    assert plain.read("答复\n　　现答复如下：".encode()).text == "答复\n　　现答复如下："


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" \r\n\t", Refusal.EMPTY),
        (bytes(range(256)) * 20, Refusal.BINARY),
        (b"\x00\x00\x00\x01" * 50, Refusal.BINARY),
        ("こんにちは、ありがとうございます。".encode("shift-jis") * 9, Refusal.WRONG_ENCODING),
        (b"\xe9\xe8\xfc\xf6 caf\xe9 " * 30, Refusal.WRONG_ENCODING),
        (b"\xff\xfe" + b"\x00\xd8" * 200, Refusal.WRONG_ENCODING),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, reason: Refusal) -> None:
    with pytest.raises(Refused) as refused:
        plain.read(data)

    assert refused.value.reason is reason
