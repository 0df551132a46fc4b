"""reply markup: buttons, keys, and what Telegram refuses of them."""

from __future__ import annotations

import pytest
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest

from bot.playground.keyboards import Button, Key
from bot.playground.people import Person
from bot.playground.server import BotApiServer
from tests.bot.playground.raw import RawClient


def one_row(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([buttons])


async def test_buttons_are_seen_in_rows(bot: Bot, li: Person) -> None:
    markup = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("确认", callback_data="y"), InlineKeyboardButton("网站", url="https://a.cn/b")],
            [
                InlineKeyboardButton("转发", switch_inline_query="x"),
                InlineKeyboardButton("本机", url="http://127.0.0.1/"),
            ],
        ]
    )

    sent = await bot.send_message(li.id, "请选", reply_markup=markup)

    assert sent.reply_markup == markup
    assert li.last.buttons[0] == (Button("确认", data="y"), Button("网站", url="https://a.cn/b"))
    assert li.last.button_texts == ["确认", "网站", "转发", "本机"]


async def test_callback_data_has_64_bytes(bot: Bot, li: Person) -> None:
    await bot.send_message(li.id, "x", reply_markup=one_row(InlineKeyboardButton("a", callback_data="x" * 64)))

    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await bot.send_message(li.id, "x", reply_markup=one_row(InlineKeyboardButton("a", callback_data="字" * 22)))


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        ([], "object expected as reply markup"),
        ({"inline_keyboard": {"a": 1}}, "InlineKeyboardMarkup must be an Array of Arrays"),
        ({"inline_keyboard": [{"text": "a"}]}, "InlineKeyboardMarkup must be an Array of Arrays"),
        ({"inline_keyboard": [["a"]]}, "InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": [[{}]]}, 'Can\'t find field "text"'),
        ({"inline_keyboard": [[{"text": " ", "callback_data": "a"}]]}, "text must be non-empty"),
        ({"inline_keyboard": [[{"text": "a"}]]}, "Text buttons are unallowed in the inline keyboard"),
        ({"inline_keyboard": [[{"text": "a", "pay": True}]]}, "BUTTON_TYPE_INVALID"),
        ({"inline_keyboard": [[{"text": "a", "url": "nowhere"}]]}, "URL 'nowhere' is invalid: Wrong HTTP URL"),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "a"}] * 9]}, "reply markup is too long"),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "a"}]] * 101}, "reply markup is too long"),
        ({"keyboard": [[1]]}, "KeyboardButton must be a String or an Object"),
        ({"keyboard": [[{}]]}, 'Can\'t find field "text"'),
        ({"keyboard": [[""]]}, "keyboard button text must be non-empty"),
        ({"keyboard": ["a"]}, 'field "keyboard" must be an Array of Arrays'),
        ({"keyboard": [["a"]], "input_field_placeholder": "字" * 65}, "PLACEHOLDER_INVALID"),
    ],
)
async def test_bad_markup_is_refused(raw: RawClient, li: Person, markup: object, refusal: str) -> None:
    assert refusal in await raw.refusal("sendMessage", chat_id=li.id, text="x", reply_markup=markup)
    assert li.inbox == []


async def test_empty_keyboards_count_as_none(raw: RawClient, li: Person) -> None:
    assert not await raw.refusal("sendMessage", chat_id=li.id, text="x", reply_markup={"inline_keyboard": [[]]})
    assert li.last.markup is None


async def test_a_reply_keyboard_stays_until_it_is_removed(bot: Bot, li: Person) -> None:
    share = KeyboardButton("发送我的手机号", request_contact=True)
    await bot.send_message(li.id, "请绑定", reply_markup=ReplyKeyboardMarkup([[share], ["以后再说"]]))
    await bot.send_message(li.id, "还在")

    assert li.keyboard is not None
    assert li.keyboard.rows == ((Key("发送我的手机号", asks_contact=True),), (Key("以后再说"),))

    await bot.send_message(li.id, "收起", reply_markup=ReplyKeyboardRemove())
    assert li.keyboard is None


async def test_phone_numbers_are_asked_for_in_private_only(bot: Bot, server: BotApiServer, li: Person) -> None:
    group = server.add_group("议案小组", [li])
    share = KeyboardButton("发送我的手机号", request_contact=True)

    with pytest.raises(BadRequest, match="Phone number can be requested in private chats only"):
        await bot.send_message(group.id, "请绑定", reply_markup=ReplyKeyboardMarkup([[share]]))


async def test_a_forced_reply_is_seen(bot: Bot, li: Person) -> None:
    await bot.send_message(li.id, "请回复原因", reply_markup=ForceReply(input_field_placeholder="原因"))

    assert li.last.wants_reply
