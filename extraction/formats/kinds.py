"""Which kind of file some bytes are, told by the bytes alone: suffixes lie."""

from __future__ import annotations

import re
from enum import StrEnum

from extraction.formats.content import Refusal, Refused


class Kind(StrEnum):
    PLAIN = "text/plain"
    HTML = "text/html"
    PDF = "application/pdf"
    OLE = "application/msword"
    """The container of old Word, Excel and PowerPoint, and of new ones with a password."""
    ZIP = "application/zip"
    """The container of new Word as well: its table of contents tells."""
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gz"),
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"MZ", "exe"),
    (b"\x7fELF", "exe"),
    (b"ID3", "mp3"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p|span|br)[\s>/]", re.IGNORECASE)
_MHT = re.compile(rb"\AMIME-Version:|^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_HEAD = 4096


def kind_of(data: bytes) -> Kind:
    """The kind of a readable file; raises Refused for kinds that are known and not read."""
    for start, foreign in _FOREIGN:
        if data.startswith(start):
            raise Refused(Refusal.UNKNOWN_TYPE, foreign)
    if data.startswith(_ZIP_STARTS):
        return Kind.ZIP
    if data.startswith(_OLE_START):
        return Kind.OLE
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    return _kind_of_text(data[:_HEAD].replace(b"\0", b""))  # without its zeros, the markup of UTF-16 reads as ASCII


def _kind_of_text(head: bytes) -> Kind:
    if _HTML.search(head):
        return Kind.HTML
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<?xml"):
        raise Refused(Refusal.UNKNOWN_TYPE, "xml")
    if _MHT.search(head[:512]):
        raise Refused(Refusal.UNKNOWN_TYPE, "mht")
    return Kind.PLAIN
