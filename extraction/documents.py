"""Bytes of a file → plain text with its paragraphs, whatever the file is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from extraction.formats import html, plain
from extraction.formats.content import Content, Refusal, Refused
from extraction.formats.kinds import Kind, kind_of

__all__ = ["LARGEST_FILE", "Document", "Refusal", "UnreadableDocument", "read_document"]

LARGEST_FILE = 20 * 1024 * 1024

_READERS: Mapping[Kind, Callable[[bytes], Content]] = {
    Kind.PLAIN: plain.read,
    Kind.HTML: html.read,
}


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one file; `published_on` and `title` are what a web page says about itself."""

    name: str
    text: str
    published_on: date | None
    title: str | None
    media_type: str


class UnreadableDocument(Exception):  # noqa: N818 - a verdict on the file, not an error of the program
    """A file gives no text; `detail` is for machines: a kind of file, a limit, the part that broke."""

    def __init__(self, reason: Refusal, name: str = "", detail: str = "") -> None:
        super().__init__(reason, name, detail)
        self.reason = reason
        self.name = name
        self.detail = detail


def read_document(data: bytes, name: str) -> list[Document]:
    """The documents of one file in this process; raises nothing but UnreadableDocument."""
    return [_read_one(data, name)]


def _read_one(data: bytes, name: str) -> Document:
    try:
        kind = _kind(data)
        content = _READERS[kind](data)
    except Refused as refused:
        raise UnreadableDocument(refused.reason, name, refused.detail) from refused
    except (MemoryError, RecursionError) as error:
        raise UnreadableDocument(Refusal.TOO_COMPLEX, name, type(error).__name__) from error
    # The parsers below us are other people's, and a hostile file finds errors that they never declared.
    except Exception as error:
        raise UnreadableDocument(Refusal.BROKEN, name, type(error).__name__) from error
    return Document(name, content.text, content.published_on, content.title, kind)


def _kind(data: bytes) -> Kind:
    if not data:
        raise Refused(Refusal.EMPTY)
    if len(data) > LARGEST_FILE:
        raise Refused(Refusal.TOO_LARGE)
    kind = kind_of(data)
    if kind not in _READERS:
        raise Refused(Refusal.UNKNOWN_TYPE, kind)
    return kind
