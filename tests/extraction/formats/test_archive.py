"""Zip archives: which files they hold, and the bombs among them."""

from __future__ import annotations

import io
import zipfile

import pytest

from extraction.documents import Document, Refusal, UnreadableDocument, read_document, read_each
from extraction.formats import archive
from extraction.formats.content import Refused
from tests.extraction.formats.making import PARAGRAPHS, TEXT, html, new_word, old_word, pdf, zipped

PLAIN = TEXT.encode()


def refusal(data: bytes) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as refused:
        read_document(data, "答复.zip")
    return refused.value


def named_by_windows(name: str, data: bytes) -> bytes:
    """An archive as Chinese Windows writes it: the name in GBK, and no word about that."""
    stand_in = "#" * len(name.encode("gbk"))
    return zipped({stand_in: data}).replace(stand_in.encode(), name.encode("gbk"))


def test_letters_of_every_kind_come_out_of_one_archive() -> None:
    files = {"甲.txt": PLAIN, "乙.htm": html(), "丙.docx": new_word(), "丁.pdf": pdf(), "戊.doc": old_word()}
    documents = read_document(zipped(files), "答复.zip")

    assert [document.name for document in documents] == list(files)
    assert all(document.text.splitlines()[: len(PARAGRAPHS)] == list(PARAGRAPHS) for document in documents)


def test_names_in_gbk_are_read() -> None:
    assert read_document(named_by_windows("关于清淤的答复.txt", PLAIN), "a.zip")[0].name == "关于清淤的答复.txt"


def test_folders_and_litter_are_no_files() -> None:
    litter = dict.fromkeys(("2026/", "__MACOSX/2026/._答复.txt", "2026/.DS_Store", "~$答复.docx"), b"")

    results = read_each(zipped({**litter, "2026/答复.txt": PLAIN}), "a.zip")

    assert [result.name for result in results] == ["2026/答复.txt"]


def test_one_bad_file_costs_only_itself() -> None:
    results = read_each(zipped({"答复.txt": PLAIN, "照片.jpg": b"\xff\xd8\xff\xe0", "空.txt": b""}), "a.zip")

    assert [type(result) for result in results] == [Document, UnreadableDocument, UnreadableDocument]
    assert [getattr(result, "reason", None) for result in results] == [None, Refusal.UNKNOWN_TYPE, Refusal.EMPTY]
    assert len(read_document(zipped({"答复.txt": PLAIN, "照片.jpg": b"\xff\xd8\xff\xe0"}), "a.zip")) == 1


def test_an_archive_in_an_archive_is_opened_once() -> None:
    inner = zipped({"答复.txt": PLAIN})

    assert read_document(zipped({"内.zip": inner}), "a.zip")[0].name == "答复.txt"
    assert refusal(zipped({"外.zip": zipped({"内.zip": inner})})).reason is Refusal.TOO_COMPLEX


def test_an_archive_with_a_password_asks_for_it() -> None:
    data = bytearray(zipped({"答复.txt": PLAIN}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1

    assert refusal(bytes(data)).reason is Refusal.PASSWORD


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({}), Refusal.EMPTY),
        (zipped({"空/": b""}), Refusal.EMPTY),
        (zipped({"弹.txt": bytes(30 * 1024 * 1024)}), Refusal.TOO_COMPLEX),
        (zipped({f"{number}.txt": b"" for number in range(archive.MOST_FILES + 1)}), Refusal.TOO_MANY_FILES),
        (zipped({"答复.txt": PLAIN})[:-10], Refusal.BROKEN),
    ],
    ids=["no files", "only folders", "bomb", "too many", "cut"],
)
def test_a_bad_archive_is_refused(data: bytes, reason: Refusal) -> None:
    assert refusal(data).reason is reason


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    size = 30 * 1024 * 1024
    bomb = zipped({"弹.txt": bytes(size)})
    lying = bomb.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))

    assert refusal(lying).reason in (Refusal.BROKEN, Refusal.BINARY)


def test_the_whole_archive_has_a_limit() -> None:
    data = zipped({"甲.txt": PLAIN, "乙.txt": PLAIN})

    with zipfile.ZipFile(io.BytesIO(data)) as container, pytest.raises(Refused) as refused:
        list(archive.files(container, largest=2 * len(PLAIN), total=len(PLAIN)))
    assert refused.value.reason is Refusal.TOO_LARGE
