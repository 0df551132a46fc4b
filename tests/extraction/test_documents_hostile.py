"""Hostile and damaged files cost one refusal within the limits; JIANNUO_PROOF=whole tries thousands of them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from extraction.documents import Document, Refusal, UnreadableDocument
from extraction.sandbox import Readers
from tests.extraction.formats import making
from tests.extraction.formats.making import TEXT, new_word, unzipped, with_part, zipped

WHOLE = os.environ.get("JIANNUO_PROOF") == "whole"
KINDS: dict[str, bytes] = {
    "txt": TEXT.encode("gb18030"),
    "utf-16": TEXT.encode("utf-16"),
    "html": making.html(),
    "docx": making.new_word(rows=making.ROWS),
    "pdf": making.pdf(rows=making.ROWS),
    "doc": making.old_word(),
    "zip": zipped({"甲.txt": TEXT.encode(), "乙.html": making.html()}),
}
SECONDS = 10.0

# What a bad disk, a broken download or an ill will does to a file: (kind of damage, where, what).
damages = some.lists(
    some.tuples(some.sampled_from(["flip", "cut", "drop", "double"]), some.floats(0, 1), some.integers(0, 255)),
    min_size=1,
    max_size=12,
)


def damaged(data: bytes, damage: list[tuple[str, float, int]]) -> bytes:
    for kind, where, what in damage:
        at = int(where * (len(data) - 1)) if data else 0
        if kind == "flip":
            data = data[:at] + bytes([what]) + data[at + 1 :]
        elif kind == "cut":
            data = data[:at]
        elif kind == "drop":
            data = data[:at] + data[at + what :]
        else:
            data = data[:at] + data[at : at + what] * 2 + data[at + what :]
    return data


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(workers=1, seconds=SECONDS) as readers:
        yield readers


def cost(readers: Readers, data: bytes) -> tuple[list[Document] | UnreadableDocument, float]:
    """What becomes of a file, and after how many seconds; any other exception fails the test."""
    began = time.monotonic()
    try:
        return readers.read_now(data, "答复"), time.monotonic() - began
    except UnreadableDocument as refusal:
        return refusal, time.monotonic() - began


@pytest.mark.parametrize("kind", KINDS)
@settings(
    max_examples=400 if WHOLE else 12,
    deadline=None,
    derandomize=not WHOLE,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(damage=damages)
def test_a_damaged_file_is_read_or_refused_in_time(
    readers: Readers, kind: str, damage: list[tuple[str, float, int]]
) -> None:
    result, seconds = cost(readers, damaged(KINDS[kind], damage))

    assert isinstance(result, UnreadableDocument) or all(document.text.strip() for document in result)
    assert seconds < SECONDS + 5


@settings(max_examples=400 if WHOLE else 12, deadline=None, derandomize=not WHOLE)
@given(damage=damages, part=some.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml"]))
def test_a_word_file_with_a_damaged_part_is_read_or_refused(
    readers: Readers, damage: list[tuple[str, float, int]], part: str
) -> None:
    files = {**unzipped(KINDS["docx"]), part: damaged(unzipped(KINDS["docx"])[part], damage)}
    result, seconds = cost(readers, zipped(files))

    assert isinstance(result, UnreadableDocument) or result
    assert seconds < SECONDS + 5


@settings(max_examples=400 if WHOLE else 20, deadline=None, derandomize=not WHOLE)
@given(
    start=some.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>"]),
    rest=some.binary(max_size=3000),
)
def test_noise_behind_a_known_beginning_is_read_or_refused(readers: Readers, start: bytes, rest: bytes) -> None:
    result, _ = cost(readers, start + rest)

    assert isinstance(result, UnreadableDocument) or result


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE w [<!ENTITY l0 "lol">{entities}]>'
    return with_part(new_word(["答复"]), "word/document.xml", lambda xml: doctype + xml.partition("?>")[2])


def reads_a_file_of_ours() -> bytes:
    doctype = '<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    return with_part(
        new_word(["答复"]),
        "word/document.xml",
        lambda xml: doctype + xml.partition("?>")[2].replace("答复", "&f;"),
    )


def giant_part() -> bytes:
    return with_part(new_word(["答复"]), "word/document.xml", lambda xml: xml + " " * 200_000_000)


def doc_of_one_endless_chain() -> bytes:
    data = bytearray(making.old_word())
    fat = 512 + 512 * int.from_bytes(data[0x4C:0x50], "little")
    for sector in range(128):
        data[fat + 4 * sector : fat + 4 * sector + 4] = sector.to_bytes(4, "little")
    return bytes(data)


PDF_OF_ITSELF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Count 400/Parent 2 0 R/Kids[2 0 R 2 0 R]>>endobj
trailer<</Root 1 0 R>>"""


@pytest.mark.parametrize(
    ("make", "reasons"),
    [
        (billion_laughs, {Refusal.TOO_COMPLEX}),
        (reads_a_file_of_ours, {Refusal.TOO_COMPLEX}),
        (giant_part, {Refusal.TOO_COMPLEX}),
        (doc_of_one_endless_chain, {Refusal.BROKEN}),
        (lambda: PDF_OF_ITSELF, {Refusal.BROKEN, Refusal.NO_TEXT, Refusal.TOO_COMPLEX}),
        (lambda: zipped({"弹.txt": bytes(100_000_000)}), {Refusal.TOO_COMPLEX}),
        (lambda: b"%PDF-1.7\n" + b"<<" * 1_000_000, {Refusal.BROKEN, Refusal.TOO_COMPLEX}),
        (lambda: b"<html>" + b"<table><tr><td>" * 200_000, {Refusal.NO_TEXT, Refusal.TOO_COMPLEX, Refusal.BROKEN}),
    ],
    ids=["laughs", "outside entity", "giant part", "endless chain", "own page", "bomb", "deep pdf", "deep tables"],
)
def test_a_hostile_file_costs_one_refusal_and_nothing_else(
    readers: Readers, make: Callable[[], bytes], reasons: set[Refusal]
) -> None:
    refusal, seconds = cost(readers, make())

    assert isinstance(refusal, UnreadableDocument)
    assert refusal.reason in reasons
    assert seconds < SECONDS + 5
    assert readers.read_now(TEXT.encode(), "答复")[0].text == TEXT
