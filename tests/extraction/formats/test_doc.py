"""Old Word files: main text, tables, text boxes; not what was deleted, hidden or printed around it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extraction.documents import Refusal, UnreadableDocument, read_document
from tests.extraction.formats import making
from tests.extraction.formats.making import PARAGRAPHS, ROWS, old_word

WHOLE = [*PARAGRAPHS, "项目\t完成时间", "清淤8公里\t2026年9月底", "完成8公里清淤。", "详见网站。"]


def source() -> bytes:
    """What the recorded file was made of."""
    return making.with_body(making.new_word(rows=ROWS), making.TRACKED + making.LINK)


def refusal(data: bytes) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as refused:
        read_document(data, "答复.doc")
    return refused.value


def test_a_letter_reads_as_with_all_changes_accepted() -> None:
    assert read_document(old_word(), "答复.doc")[0].text.splitlines() == WHOLE


def test_the_name_does_not_matter() -> None:
    assert read_document(old_word(), "答复.wps")[0].text.splitlines() == WHOLE


def test_a_letter_fresh_from_an_office_program(tmp_path: Path) -> None:
    fresh = making.converted(source(), "docx", "doc:MS Word 97", tmp_path)

    assert read_document(fresh, "答复.doc")[0].text.splitlines() == WHOLE


def test_a_locked_file_asks_for_its_password() -> None:
    start = old_word().index(b"\xec\xa5")
    locked = bytearray(old_word())
    locked[start + 11] |= 1

    assert refusal(bytes(locked)).reason is Refusal.PASSWORD


@pytest.mark.parametrize(
    ("stream", "reason", "detail"),
    [
        ("Workbook", Refusal.UNKNOWN_TYPE, "xls"),
        ("EncryptedPackage", Refusal.PASSWORD, ""),
        ("Anything", Refusal.UNKNOWN_TYPE, "ole"),
    ],
)
def test_other_files_in_the_same_container_are_told_apart(stream: str, reason: Refusal, detail: str) -> None:
    entry = "WordDocument".encode("utf-16-le")
    at = old_word().index(entry)
    name = stream.encode("utf-16-le")
    renamed = bytearray(old_word())
    renamed[at : at + 64] = name.ljust(64, b"\0")
    renamed[at + 64] = len(name) + 2

    assert (refusal(bytes(renamed)).reason, refusal(bytes(renamed)).detail) == (reason, detail)


def test_a_cut_file_is_broken() -> None:
    assert refusal(old_word()[:1500]).reason is Refusal.BROKEN


@pytest.mark.skipif(
    shutil.which("antiword") is None, reason="no antiword on this machine (Debian: apt-get install antiword)"
)
def test_antiword_reads_what_we_cannot() -> None:
    start = old_word().index(b"\xec\xa5")
    odd = bytearray(old_word())
    odd[start + 0x64 : start + 0x68] = b"\xff\xff\xff\x7f"  # text boxes longer than the file

    assert making.stripped(read_document(bytes(odd), "答复.doc")[0].text)[: len(PARAGRAPHS)] == list(PARAGRAPHS)
