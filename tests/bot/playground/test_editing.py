"""Edits and deletions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, ReplyKeyboardMarkup
from telegram.error import BadRequest

from bot.playground.people import Person
from bot.playground.server import BotApiServer
from tests.bot.playground.clock import Clock
from tests.bot.playground.pictures import png
from tests.bot.playground.raw import RawClient

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("确认", callback_data="y")]])


async def test_an_edit_changes_the_message_in_place(bot: Bot, li: Person) -> None:
    sent = await bot.send_message(li.id, "草稿", reply_markup=BUTTONS)

    await bot.edit_message_text("<b>已确认</b>", li.id, sent.message_id, parse_mode="HTML")

    [seen] = li.inbox
    assert (seen.html, seen.edited, seen.buttons) == ("<b>已确认</b>", True, ())


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, li: Person) -> None:
    sent = await bot.send_message(li.id, "草稿", reply_markup=BUTTONS)

    with pytest.raises(BadRequest, match="Message is not modified: specified new message content and reply markup are"):
        await bot.edit_message_text("草稿", li.id, sent.message_id, reply_markup=BUTTONS)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(li.id, sent.message_id, reply_markup=BUTTONS)

    assert not li.last.edited


async def test_buttons_can_be_taken_away(bot: Bot, li: Person) -> None:
    sent = await bot.send_message(li.id, "请选", reply_markup=BUTTONS)

    await bot.edit_message_reply_markup(li.id, sent.message_id)

    assert li.last.buttons == ()


async def test_only_what_is_there_can_be_edited(bot: Bot, li: Person) -> None:
    own = li.send("我的话")

    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", li.id, 99)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", li.id, own.id)
    with pytest.raises(BadRequest, match="Message identifier is not specified"):
        await bot.edit_message_text("x")


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(bot: Bot, li: Person) -> None:
    sent = await bot.send_message(li.id, "请选", reply_markup=ReplyKeyboardMarkup([["好"]]))

    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", li.id, sent.message_id)


async def test_an_edit_takes_inline_keyboards_only(bot: Bot, raw: RawClient, li: Person) -> None:
    sent = await bot.send_message(li.id, "请选")

    keys = {"keyboard": [["x"]]}
    refusal = await raw.refusal(
        "editMessageText", chat_id=li.id, message_id=sent.message_id, text="x", reply_markup=keys
    )

    assert refusal == "Bad Request: inline keyboard expected"


async def test_text_and_caption_are_different_things(bot: Bot, li: Person) -> None:
    text = await bot.send_message(li.id, "文字")
    photo = await bot.send_photo(li.id, png(10, 10), caption="说明")

    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("x", li.id, photo.message_id)
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(li.id, text.message_id, caption="x")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_caption(li.id, photo.message_id, caption="说明")

    await bot.edit_message_caption(li.id, photo.message_id, caption="新说明")
    assert li.last.caption == "新说明"


async def test_a_picture_can_be_replaced(bot: Bot, li: Person) -> None:
    sent = await bot.send_photo(li.id, png(10, 10))

    await bot.edit_message_media(InputMediaPhoto(png(20, 20), caption="新图"), li.id, sent.message_id)

    assert (li.last.photo, li.last.caption) == (png(20, 20), "新图")


async def test_a_deleted_message_is_gone(bot: Bot, li: Person) -> None:
    sent = await bot.send_message(li.id, "写错了", reply_markup=ReplyKeyboardMarkup([["好"]]))
    seen = li.last

    await bot.delete_message(li.id, sent.message_id)

    assert seen.deleted
    assert (li.inbox, li.keyboard) == ([], None)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(li.id, sent.message_id)


async def test_old_messages_cannot_be_deleted(bot: Bot, li: Person, clock: Clock) -> None:
    sent = await bot.send_message(li.id, "旧的")
    clock.move(timedelta(hours=48))

    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(li.id, sent.message_id)
    assert await bot.delete_messages(li.id, [sent.message_id, 99])

    assert li.last.text == "旧的"


async def test_several_can_be_deleted_at_once(bot: Bot, li: Person) -> None:
    mine, theirs = await bot.send_message(li.id, "一"), li.send("二")

    await bot.delete_messages(li.id, [mine.message_id, theirs.id])

    assert [message.text for message in li.messages] == ["/start"]
    with pytest.raises(BadRequest, match="Message identifiers are not specified"):
        await bot.delete_messages(li.id, [])
    with pytest.raises(BadRequest, match="Too many message identifiers specified"):
        await bot.delete_messages(li.id, list(range(101)))


async def test_what_others_wrote_in_a_group_cannot_be_deleted(bot: Bot, server: BotApiServer, li: Person) -> None:
    group = server.add_group("议案小组", [li])
    theirs = li.send("/help", chat=group)

    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(group.id, theirs.id)
