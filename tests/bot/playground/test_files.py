"""Uploads, file ids and downloads."""

from __future__ import annotations

import io

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError

from bot.playground.files import MAX_DOWNLOAD, MAX_PHOTO_UPLOAD, image_size
from bot.playground.people import Person
from bot.playground.server import BotApiServer
from tests.bot.playground.pictures import jpeg, png
from tests.bot.playground.raw import RawClient


async def test_a_document_arrives_whole(bot: Bot, li: Person) -> None:
    sent = await bot.send_document(
        li.id, "正文".encode(), filename="答复.txt", caption="<b>附件</b>", parse_mode="HTML"
    )

    assert (li.last.document, li.last.file_name, li.last.html) == ("正文".encode(), "答复.txt", "<b>附件</b>")
    assert sent.document is not None
    assert (sent.document.mime_type, sent.document.file_size) == ("text/plain", 6)


async def test_a_file_id_sends_the_file_again(bot: Bot, server: BotApiServer, li: Person) -> None:
    zhao = server.add_person("赵强")
    zhao.start()
    sent = await bot.send_document(li.id, b"text")
    assert sent.document is not None

    await bot.send_document(zhao.id, sent.document.file_id)

    assert zhao.last.document == b"text"


async def test_what_people_send_can_be_downloaded(bot: Bot, li: Person) -> None:
    li.send_document("佐证.docx", b"bytes", "请查收")

    [update] = await bot.get_updates()

    assert update.message is not None
    assert update.message.document is not None
    assert update.message.caption == "请查收"
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"bytes"


async def test_a_photo_comes_in_sizes_the_largest_last(bot: Bot, li: Person) -> None:
    li.send_photo(jpeg(640, 480))

    [update] = await bot.get_updates()

    assert update.message is not None
    small, large = update.message.photo
    assert (small.width, large.width, large.height) == (1, 640, 480)
    file = await large.get_file()
    assert bytes(await file.download_as_bytearray()) == jpeg(640, 480)


async def test_more_than_20_megabytes_cannot_be_downloaded(bot: Bot, li: Person) -> None:
    sent = li.send_document("大.pdf", bytes(MAX_DOWNLOAD + 1))
    assert sent.file is not None

    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(sent.file.file_id)


async def test_unknown_files_are_refused(bot: Bot, raw: RawClient, server: BotApiServer, li: Person) -> None:
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("nothing")
    with pytest.raises(BadRequest, match="File_id not specified"):
        await bot.get_file("")
    with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
        await bot.send_document(li.id, "https://a.cn/a.pdf")
    assert await raw.refusal("sendDocument", chat_id=li.id) == "Bad Request: there is no document in the request"
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{server.base_file_url}{server.token}/documents/file_99")
    assert answer.status_code == 404


async def test_a_photo_is_no_document(bot: Bot, li: Person) -> None:
    sent = await bot.send_photo(li.id, png(10, 10))

    with pytest.raises(BadRequest, match="Can't use file of type photo as document"):
        await bot.send_document(li.id, sent.photo[-1].file_id)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"no picture", "(?i)IMAGE_PROCESS_FAILED"),
        (b"", "File must be non-empty"),
        (png(9_000, 1_001), "(?i)PHOTO_INVALID_DIMENSIONS"),
        (png(2_100, 100), "(?i)PHOTO_INVALID_DIMENSIONS"),
        (png(10, 10) + bytes(MAX_PHOTO_UPLOAD), "File is too big"),
    ],
)
async def test_what_is_no_photo_is_refused(bot: Bot, li: Person, data: bytes, refusal: str) -> None:
    with pytest.raises(BadRequest, match=refusal):
        await bot.send_photo(li.id, io.BytesIO(data))


async def test_more_than_50_megabytes_cannot_be_uploaded(bot: Bot, li: Person) -> None:
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(li.id, io.BytesIO(bytes(50 * 1024 * 1024 + 1)))


async def test_captions_have_1024_characters(bot: Bot, li: Person) -> None:
    await bot.send_photo(li.id, png(10, 10), caption="字" * 1024)

    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(li.id, png(10, 10), caption="字" * 1025)


@pytest.mark.parametrize(
    ("data", "size"),
    [(png(3, 4), (3, 4)), (jpeg(5, 6), (5, 6)), (b"\xff\xd8\xff", None), (b"GIF89a", None)],
)
def test_the_size_of_a_picture_is_read(data: bytes, size: tuple[int, int] | None) -> None:
    assert image_size(data) == size
