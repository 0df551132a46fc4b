"""What every format reader returns, and the reasons for which one gives up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Refusal(StrEnum):
    """Why a file could not be read; the chat words each of them."""

    EMPTY = "empty"
    BINARY = "binary"
    WRONG_ENCODING = "wrong_encoding"
    TOO_LARGE = "too_large"
    UNKNOWN_TYPE = "unknown_type"
    SCANNED_PDF = "scanned_pdf"
    PASSWORD = "password"
    BROKEN = "broken"
    TOO_COMPLEX = "too_complex"
    """It would take too much time or memory, as zip bombs and runaway entities do."""
    TOO_MANY_FILES = "too_many_files"
    NO_TEXT = "no_text"


class Refused(Exception):
    """A format reader gives up; `detail` is for machines: a kind of file, a limit, the part that broke."""

    def __init__(self, reason: Refusal, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Content:
    """The readable part of one file; a paragraph a line, an empty line where the file leaves one."""

    text: str
    title: str | None = None
    published_on: date | None = None
