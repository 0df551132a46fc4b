"""sendMessage and its relatives: limits, replies, who may be written to."""

from __future__ import annotations

import httpx
import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto, MessageEntity, ReplyParameters
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden

from bot.playground.people import Person
from bot.playground.server import BotApiServer
from tests.bot.playground.pictures import png
from tests.bot.playground.raw import RawClient


async def test_a_message_reaches_its_person_alone(bot: Bot, server: BotApiServer, li: Person) -> None:
    zhao = server.add_person("赵强")
    zhao.start()

    sent = await bot.send_message(li.id, "您好")

    assert (li.last.text, li.last.id, li.last.from_bot) == ("您好", sent.message_id, True)
    assert zhao.inbox == []
    assert sent.chat.id == li.id
    assert sent.from_user is not None
    assert sent.from_user.is_bot


async def test_the_date_is_the_playgrounds(bot: Bot, server: BotApiServer, li: Person) -> None:
    assert (await bot.send_message(li.id, "几点了")).date == server.playground.now()


async def test_nobody_who_never_started_is_written_to(bot: Bot, stranger: Person) -> None:
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger.id, "您好")


async def test_a_blocker_is_not_written_to_until_the_block_is_lifted(bot: Bot, li: Person) -> None:
    li.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(li.id, "您好")

    li.start()

    await bot.send_message(li.id, "又见面了")
    assert li.last.text == "又见面了"


async def test_a_deleted_account_is_not_written_to(bot: Bot, li: Person) -> None:
    li.deactivate()

    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(li.id, "您好")


async def test_an_unknown_chat_is_not_found(bot: Bot) -> None:
    for chat_id in (42, "@nobody"):
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(chat_id, "您好")
    with pytest.raises(BadRequest, match="Chat_id is empty"):
        await bot.send_message("", "您好")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "Message text is empty"),
        (" \n", "Text must be non-empty"),
        ("字" * 4097, "Message is too long"),
        ("𝒳" * 2049, "Message is too long"),
        ("字" * 11_000, "Text is too long"),
    ],
)
async def test_text_keeps_to_its_limits(bot: Bot, li: Person, text: str, refusal: str) -> None:
    with pytest.raises(BadRequest, match=refusal):
        await bot.send_message(li.id, text)


async def test_tags_do_not_count_towards_the_limit(bot: Bot, li: Person) -> None:
    await bot.send_message(li.id, f"<b>{'字' * 4096}</b>", parse_mode="HTML")

    assert len(li.last.text) == 4096


async def test_other_parse_modes_are_refused(bot: Bot, li: Person) -> None:
    with pytest.raises(BadRequest, match="Unsupported parse_mode"):
        await bot.send_message(li.id, "*x*", parse_mode="MarkdownV2")


async def test_entities_may_be_given_instead_of_tags(bot: Bot, li: Person) -> None:
    bold = MessageEntity(MessageEntity.BOLD, 0, 2)

    await bot.send_message(li.id, "重要", entities=[bold])

    assert li.last.html == "<b>重要</b>"


async def test_an_answer_shows_what_it_answers(bot: Bot, li: Person) -> None:
    question = li.send("进展如何")

    sent = await bot.send_message(li.id, "在办", reply_parameters=ReplyParameters(question.id))

    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "进展如何"
    assert li.last.reply_to_id == question.id


async def test_an_answer_to_nothing_is_refused_or_sent_without(bot: Bot, li: Person) -> None:
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(li.id, "在办", reply_to_message_id=99)

    await bot.send_message(li.id, "在办", reply_to_message_id=99, allow_sending_without_reply=True)

    assert li.last.reply_to_id is None


async def test_reply_parameters_must_be_an_object(raw: RawClient, li: Person) -> None:
    refusal = await raw.refusal("sendMessage", chat_id=li.id, text="x", reply_parameters=[])

    assert refusal == "Bad Request: object expected as reply parameters"


async def test_a_silent_message_is_silent(bot: Bot, li: Person) -> None:
    await bot.send_message(li.id, "夜里", disable_notification=True)

    assert li.last.silent


async def test_an_album_is_several_messages(bot: Bot, li: Person) -> None:
    photos = [InputMediaPhoto(png(10, 10), caption="<i>一</i>", parse_mode="HTML"), InputMediaPhoto(png(20, 20))]

    first, second = await bot.send_media_group(li.id, photos)

    assert first.media_group_id == second.media_group_id
    assert [message.html for message in li.inbox] == ["<i>一</i>", ""]


async def test_albums_keep_to_the_rules(bot: Bot, li: Person) -> None:
    photo, document = InputMediaPhoto(png(10, 10)), InputMediaDocument(b"text")
    with pytest.raises(BadRequest, match="2-10 items"):
        await bot.send_media_group(li.id, [photo])
    with pytest.raises(BadRequest, match="can't be mixed"):
        await bot.send_media_group(li.id, [photo, document])

    assert li.inbox == []


@pytest.mark.parametrize(
    ("media", "refusal"),
    [({}, "expected an Array"), ([1, 2], "expected an Object"), ([{"type": "x"}, 1], 'type "x" is unsupported')],
)
async def test_albums_are_made_of_media(raw: RawClient, li: Person, media: object, refusal: str) -> None:
    assert refusal in await raw.refusal("sendMediaGroup", chat_id=li.id, media=media)


async def test_forwards_name_their_author_and_copies_do_not(bot: Bot, server: BotApiServer, li: Person) -> None:
    zhao = server.add_person("赵强")
    zhao.start()
    letter = li.send("关于停车难的答复")

    forwarded = await bot.forward_message(zhao.id, li.id, letter.id)
    await bot.copy_message(zhao.id, li.id, letter.id)

    assert forwarded.forward_origin is not None
    assert [message.forwarded_from for message in zhao.inbox] == ["李明", None]
    assert [message.text for message in zhao.inbox] == [letter.text, letter.text]


async def test_a_copied_file_may_have_another_caption(bot: Bot, li: Person) -> None:
    sent = await bot.send_document(li.id, b"text", caption="原来的")

    await bot.copy_message(li.id, li.id, sent.message_id, caption="新的")

    assert li.last.caption == "新的"
    with pytest.raises(BadRequest, match="Message to copy not found"):
        await bot.copy_message(li.id, li.id, 99)


async def test_chat_actions_are_known_ones(bot: Bot, li: Person, stranger: Person) -> None:
    assert await bot.send_chat_action(li.id, ChatAction.TYPING)
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await bot.send_chat_action(li.id, "dancing")
    with pytest.raises(Forbidden):
        await bot.send_chat_action(stranger.id, ChatAction.TYPING)


async def test_a_chat_can_be_looked_up(bot: Bot, li: Person, stranger: Person) -> None:
    assert (await bot.get_chat(li.id)).first_name == "李明"
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(stranger.id)


async def test_calls_are_logged_with_their_answers(bot: Bot, server: BotApiServer, li: Person) -> None:
    await bot.send_message(li.id, "一")
    with pytest.raises(BadRequest):
        await bot.send_message(li.id, "")

    first, second = server.calls_of("sendMessage")

    assert (first.ok, first.params["text"], first.description) == (True, "一", "")
    assert (second.ok, second.description) == (False, "Bad Request: message text is empty")


@pytest.mark.parametrize("way", ["query", "form", "json"])
async def test_parameters_come_in_any_way(server: BotApiServer, li: Person, way: str) -> None:
    url = f"{server.base_url}{server.token}/SENDMESSAGE"
    given = {"chat_id": str(li.id), "text": "随便"}
    async with httpx.AsyncClient() as client:
        match way:
            case "query":
                answer = await client.get(url, params=given)
            case "form":
                answer = await client.post(url, data=given)
            case _:
                answer = await client.post(url, json=given)

    assert answer.json()["ok"]
    assert li.last.text == "随便"


async def test_a_body_that_is_not_json_brings_no_parameters(server: BotApiServer) -> None:
    url = f"{server.base_url}{server.token}/sendMessage"
    async with httpx.AsyncClient() as client:
        answer = await client.post(url, content=b"{", headers={"Content-Type": "application/json"})

    assert answer.json()["description"] == "Bad Request: message text is empty"
