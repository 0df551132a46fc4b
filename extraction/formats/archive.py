"""Zip archives of letters: which files they hold, under the names that their makers gave them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from extraction.formats.content import Refusal, Refused
from extraction.formats.zipped import member

MOST_FILES = 2_000
LARGEST_TOTAL = 100 * 1024 * 1024
_WORST_RATIO = 200  # repetitive XML reaches 50, a bomb a thousand
_SMALL = 1024 * 1024

_UTF8_NAME = 0x800
# What systems and editors leave behind: resource forks, thumbnails, locks of open documents.
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\._|~\$|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


def files(
    container: zipfile.ZipFile, largest: int, total: int = LARGEST_TOTAL
) -> Iterator[tuple[str, bytes | Refused]]:
    """Each file's name and bytes; one larger than `largest` comes as its refusal, a bomb refuses the whole archive."""
    wanted = [(name, info) for info in container.infolist() if (name := _name(info))]
    if len(wanted) > MOST_FILES:
        raise Refused(Refusal.TOO_MANY_FILES)
    if not wanted:
        raise Refused(Refusal.EMPTY)
    for _, info in wanted:
        if info.file_size > _SMALL and info.file_size > _WORST_RATIO * info.compress_size:
            raise Refused(Refusal.TOO_COMPLEX, "ratio")
    if sum(info.file_size for _, info in wanted) > total:
        raise Refused(Refusal.TOO_LARGE, "archive")
    left = total
    for name, info in wanted:
        if info.file_size > largest:
            yield name, Refused(Refusal.TOO_LARGE)
            continue
        data = member(container, info, min(left, largest))  # the sizes above are only what the archive claims
        left -= len(data)
        yield name, data


def _name(info: zipfile.ZipInfo) -> str | None:
    """The name as its maker saw it: Chinese Windows writes GBK without saying so."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        name = _decoded(name.encode("cp437", "replace"))
    name = name.replace("\\", "/")
    return None if name.endswith("/") or _LITTER.search(name) else name


def _decoded(name: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("cp437")
