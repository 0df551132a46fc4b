"""Bytes of a file → plain text with its paragraphs, whatever the file is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from extraction.formats import archive, zipped
from extraction.formats.content import Content, Refusal, Refused
from extraction.formats.kinds import Kind, kind_of

__all__ = [
    "LARGEST_FILE",
    "Document",
    "File",
    "Refusal",
    "UnreadableDocument",
    "read_document",
    "read_each",
    "read_file",
    "unpack",
]

Result = TypeVar("Result")

LARGEST_FILE = 20 * 1024 * 1024
_ARCHIVES_IN_ARCHIVES = 1


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one file; `published_on` and `title` are what a web page says about itself."""

    name: str
    text: str
    published_on: date | None
    title: str | None
    media_type: str


@dataclass(frozen=True, slots=True)
class File:
    """A file as it came, alone or out of an archive; its name then has the folders of the archive."""

    name: str
    data: bytes


class UnreadableDocument(Exception):
    """A file gives no text; `detail` is for machines: a kind of file, a limit, the part that broke."""

    def __init__(self, reason: Refusal, name: str = "", detail: str = "") -> None:
        super().__init__(reason, name, detail)
        self.reason = reason
        self.name = name
        self.detail = detail


def read_document(data: bytes, name: str) -> list[Document]:
    """The readable documents of one file, read in this process; raises UnreadableDocument when there are none."""
    return readable(read_each(data, name))


def read_each(data: bytes, name: str) -> list[Document | UnreadableDocument]:
    """As `read_document`, with the refusals of single files of an archive in their places."""
    return [_read_or_refusal(found) if isinstance(found, File) else found for found in unpack(data, name)]


def readable(results: list[Document | UnreadableDocument]) -> list[Document]:
    documents = [result for result in results if isinstance(result, Document)]
    if not documents:
        raise next(result for result in results if isinstance(result, UnreadableDocument))
    return documents


def unpack(data: bytes, name: str) -> list[File | UnreadableDocument]:
    """The files of an archive, and of archives in it; any other file is returned as it is."""
    return _guarded(name, lambda: list(_unpacked(data, name, _ARCHIVES_IN_ARCHIVES)))


def read_file(data: bytes, name: str) -> Document:
    """The document of one file that is no archive."""

    def read() -> Document:
        kind = _kind(data)
        content = _content(kind, data)
        return Document(name, content.text, content.published_on, content.title, kind.value)

    return _guarded(name, read)


def _content(kind: Kind, data: bytes) -> Content:
    """A format is imported when a file of its kind is read: the chat's own process reads none."""
    match kind:
        case Kind.PLAIN:
            from extraction.formats import plain

            return plain.read(data)
        case Kind.HTML:
            from extraction.formats import html

            return html.read(data)
        case Kind.PDF:
            from extraction.formats import pdf

            return pdf.read(data)
        case Kind.OLE:
            from extraction.formats import doc

            return doc.read(data)
        case Kind.DOCX:
            from extraction.formats import docx

            return docx.read(zipped.opened(data))
        case _:
            raise Refused(Refusal.UNKNOWN_TYPE, kind)


def _read_or_refusal(file: File) -> Document | UnreadableDocument:
    try:
        return read_file(file.data, file.name)
    except UnreadableDocument as refusal:
        return refusal


def _unpacked(data: bytes, name: str, nesting: int) -> Iterator[File | UnreadableDocument]:
    if not data.startswith(b"PK") or _kind(data) is not Kind.ZIP:
        yield File(name, data)
        return
    if nesting < 0:
        raise Refused(Refusal.TOO_COMPLEX, "archives in archives")
    for inner, found in archive.files(zipped.opened(data), LARGEST_FILE):
        if isinstance(found, Refused):
            yield UnreadableDocument(found.reason, inner, found.detail)
            continue
        yield from _unpacked_inner(File(inner, found), nesting - 1)


def _unpacked_inner(file: File, nesting: int) -> list[File | UnreadableDocument]:
    try:
        return _guarded(file.name, lambda: list(_unpacked(file.data, file.name, nesting)))
    except UnreadableDocument as refusal:
        return [refusal]


def _kind(data: bytes) -> Kind:
    if not data:
        raise Refused(Refusal.EMPTY)
    if len(data) > LARGEST_FILE:
        raise Refused(Refusal.TOO_LARGE)
    kind = kind_of(data)
    return Kind.DOCX if kind is Kind.ZIP and zipped.is_word(zipped.opened(data)) else kind


def _guarded(name: str, read: Callable[[], Result]) -> Result:
    """What `read` returns; whatever a file makes it raise becomes the file's refusal."""
    try:
        return read()
    except Refused as refused:
        raise UnreadableDocument(refused.reason, name, refused.detail) from refused
    except (MemoryError, RecursionError) as error:
        raise UnreadableDocument(Refusal.TOO_COMPLEX, name, type(error).__name__) from error
    # The parsers below us are other people's, and a hostile file finds errors that they never declared.
    except Exception as error:
        raise UnreadableDocument(Refusal.BROKEN, name, type(error).__name__) from error
