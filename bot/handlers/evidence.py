"""What comes with a report: photos and files with a copy in our store, links, and albums that come file by file."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message
from telegram.constants import MessageEntityType

from bot.context import Context, Said
from storage.ledger import progress as verbs
from storage.ledger.progress import EvidenceFile

LARGEST_DOWNLOAD = 20 * 1024 * 1024
"""Bot API, getFile: bots can download files of up to 20 MB in size."""
LINKS: list[str | None] = [MessageEntityType.URL, MessageEntityType.TEXT_LINK]


@dataclass(frozen=True, slots=True)
class Brought:
    """The evidence of one message; `too_large` files are only in Telegram."""

    files: tuple[EvidenceFile, ...] = ()
    too_large: int = 0

    @property
    def attached(self) -> int:
        """Photos and documents, without links."""
        return sum(file.kind != "link" for file in self.files)


async def evidence_of(message: Message, context: Context) -> Brought:
    """The photo or document of a message, and the links in its words."""
    links = tuple(EvidenceFile("link", url, url, 0, None) for url in _links(message))
    if message.photo:
        kind, file, name = "photo", message.photo[-1], f"照片-{message.message_id}.jpg"
    elif message.document:
        kind, file, name = "document", message.document, message.document.file_name or "附件"  # type: ignore[assignment]
    else:
        return Brought(links)
    size, sha256 = file.file_size or 0, None
    if size <= LARGEST_DOWNLOAD:
        data = bytes(await (await file.get_file()).download_as_bytearray())
        size, sha256 = len(data), context.services.files.keep(data)
    return Brought((EvidenceFile(kind, file.file_id, name, size, sha256), *links), int(sha256 is None))


async def receive_more_of_album(said: Said, album: str, context: Context) -> bool:
    """A further file of an album belongs to the report of the first; False when no report began with this album."""
    database = context.services.database
    commitment_id = await verbs.find_album(database, said.chat_id, album)
    if commitment_id is None:
        return False
    brought = await evidence_of(said.message, context)
    await verbs.add_to_album(database, commitment_id, album, brought.files)
    return True


def _links(message: Message) -> list[str]:
    """Web addresses as written, or behind words."""
    found = message.parse_entities(LINKS) if message.text else message.parse_caption_entities(LINKS)
    urls = (entity.url or words for entity, words in found.items())
    return list(dict.fromkeys(url for url in urls if url.lower().startswith(("http://", "https://", "www."))))
