"""Files that went through the chat, by file_id and by download path."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from bot.playground.refusals import bad_request
from bot.playground.wire import JsonObject

# "For the moment, bots can download files of up to 20MB in size" (getFile)
MAX_DOWNLOAD = 20 * 1024 * 1024
# "10 MB max size for photos, 50 MB for other files" (Sending files)
MAX_PHOTO_UPLOAD = 10 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
# A thumbnail is another picture than the photo: a bot that takes the first size instead of the last one gets this.
_THUMBNAIL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


class FileKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"
    THUMBNAIL = "thumbnail"


@dataclass(frozen=True, slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    kind: FileKind
    name: str
    mime: str
    data: bytes
    path: str
    width: int = 0
    height: int = 0

    def as_json(self) -> JsonObject:
        answer: JsonObject = {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}
        if self.kind is FileKind.DOCUMENT:
            return answer | {"file_name": self.name, "mime_type": self.mime}
        return answer | {"width": self.width, "height": self.height}

    def as_file_json(self) -> JsonObject:
        """The File that getFile answers; what `file_path` names is downloaded below /file/bot<token>/."""
        if len(self.data) > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
            "file_path": self.path,
        }


class FileStore:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._numbers = count(1)
        self._thumbnail: StoredFile | None = None

    def add_document(self, name: str, data: bytes, mime: str) -> StoredFile:
        return self._add(FileKind.DOCUMENT, name, mime, data, (0, 0))

    def add_photo(self, data: bytes) -> StoredFile:
        return self._add(FileKind.PHOTO, "photo.jpg", "image/jpeg", data, image_size(data) or (1280, 960))

    @property
    def thumbnail(self) -> StoredFile:
        if self._thumbnail is None:
            self._thumbnail = self._add(FileKind.THUMBNAIL, "thumbnail.jpg", "image/jpeg", _THUMBNAIL, (1, 1))
        return self._thumbnail

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def _add(self, kind: FileKind, name: str, mime: str, data: bytes, size: tuple[int, int]) -> StoredFile:
        number = next(self._numbers)
        suffix = "." + name.rpartition(".")[2] if "." in name and name.isascii() else ""
        stored = StoredFile(
            file_id=f"{_PREFIXES[kind]}-{number:06d}-playground-file",
            unique_id=f"AgAD{number:06d}",
            kind=kind,
            name=name,
            mime=mime,
            data=data,
            path=f"{_FOLDERS[kind]}/file_{number}{suffix}",
            width=size[0],
            height=size[1],
        )
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored


_PREFIXES = {FileKind.PHOTO: "AgACAgUAAxkB", FileKind.DOCUMENT: "BQACAgUAAxkB", FileKind.THUMBNAIL: "AAMCBQADGQEA"}
_FOLDERS = {FileKind.PHOTO: "photos", FileKind.DOCUMENT: "documents", FileKind.THUMBNAIL: "thumbnails"}


def image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG, None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
