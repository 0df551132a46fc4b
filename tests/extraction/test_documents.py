"""One letter in every kind of file reads the same; files are told apart by their bytes, and refused with a reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extraction.documents import LARGEST_FILE, Refusal, UnreadableDocument, read_document
from tests.extraction.formats import making
from tests.extraction.formats.making import PARAGRAPHS, TEXT

WRITERS: dict[str, Callable[[], bytes]] = {
    "text/plain": TEXT.encode,
    "text/html": making.html,
    "application/pdf": making.pdf,
    "application/msword": making.old_word,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": making.new_word,
}


@pytest.mark.parametrize("media_type", WRITERS)
@pytest.mark.parametrize("name", ["答复.doc", "答复", "答复.txt"])
def test_a_letter_reads_the_same_from_every_kind_of_file_by_any_name(media_type: str, name: str) -> None:
    (document,) = read_document(WRITERS[media_type](), name)

    assert making.stripped(document.text)[: len(PARAGRAPHS)] == list(PARAGRAPHS)
    assert (document.name, document.media_type) == (name, media_type)


@pytest.mark.parametrize(
    ("data", "reason", "detail"),
    [
        (b"", Refusal.EMPTY, ""),
        (b" \n", Refusal.EMPTY, ""),
        (b"0" * (LARGEST_FILE + 1), Refusal.TOO_LARGE, ""),
        (b"{\\rtf1\\ansi hello}", Refusal.UNKNOWN_TYPE, "rtf"),
        (b"Rar!\x1a\x07\x01\x00", Refusal.UNKNOWN_TYPE, "rar"),
        (b"\xff\xd8\xff\xe0JFIF", Refusal.UNKNOWN_TYPE, "jpg"),
        (b"<?xml version='1.0'?><a/>", Refusal.UNKNOWN_TYPE, "xml"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", Refusal.UNKNOWN_TYPE, "mht"),
        (making.zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), Refusal.UNKNOWN_TYPE, "xlsx"),
        (making.zipped({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), Refusal.UNKNOWN_TYPE, "pptx"),
        (making.zipped({"OFD.xml": b"", "Doc_0/Document.xml": b""}), Refusal.UNKNOWN_TYPE, "ofd"),
        (making.zipped({"mimetype": b"", "META-INF/manifest.xml": b""}), Refusal.UNKNOWN_TYPE, "odt"),
        (making.scan(), Refusal.SCANNED_PDF, ""),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, reason: Refusal, detail: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_document(data, "答复.docx")

    assert (refused.value.reason, refused.value.name, refused.value.detail) == (reason, "答复.docx", detail)


def test_tables_are_read_the_same_from_word_old_and_new_and_pdf() -> None:
    texts = [
        read_document(data, "a")[0].text.splitlines()
        for data in (making.new_word(rows=making.ROWS), making.pdf(rows=making.ROWS), making.old_word())
    ]

    assert all("清淤8公里\t2026年9月底" in lines for lines in texts)
