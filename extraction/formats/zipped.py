"""Zip containers read with limits: what a member claims about its size is not believed."""

from __future__ import annotations

import io
import zipfile

from extraction.formats.content import Refusal, Refused

_ENCRYPTED = 0x1
# What the containers of other programs hold, told by the beginnings of their members' names.
_PROGRAMS = (
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("OFD.xml", "ofd"),
    ("META-INF/manifest.xml", "odt"),
    ("visio/", "vsdx"),
)
_MOST_MEMBERS = 20_000


def opened(data: bytes) -> zipfile.ZipFile:
    try:
        container = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Refused(Refusal.BROKEN, "zip") from error
    if len(container.infolist()) > _MOST_MEMBERS:
        raise Refused(Refusal.TOO_MANY_FILES)
    return container


def member(container: zipfile.ZipFile, name: str | zipfile.ZipInfo, limit: int) -> bytes:
    """The bytes of a member; one that unpacks to more than `limit` bytes is refused after so many."""
    info = container.getinfo(name) if isinstance(name, str) else name
    if info.flag_bits & _ENCRYPTED:
        raise Refused(Refusal.PASSWORD)
    with container.open(info) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise Refused(Refusal.TOO_COMPLEX, "unpacked size")
    return data


def is_word(container: zipfile.ZipFile) -> bool:
    """True for a new Word file, False for an archive of files; raises Refused for other programs' containers."""
    names = container.namelist()
    if "[Content_Types].xml" in names and any(name.startswith("word/document") for name in names):
        return True
    for start, program in _PROGRAMS:
        if any(name.startswith(start) for name in names) and _is_container(names):
            raise Refused(Refusal.UNKNOWN_TYPE, program)
    return False


def _is_container(names: list[str]) -> bool:
    return not {"[Content_Types].xml", "OFD.xml", "mimetype"}.isdisjoint(names)
