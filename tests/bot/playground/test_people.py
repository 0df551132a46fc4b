"""The people's side, seen by a real application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.playground.callbacks import CallbackQuery
from bot.playground.messages import SeenMessage
from bot.playground.people import Person
from bot.playground.server import BotApiServer
from tests.bot.playground.clock import Clock
from tests.bot.playground.pictures import png

YES_NO = InlineKeyboardMarkup(
    [[InlineKeyboardButton("全部确认", callback_data="all"), InlineKeyboardButton("逐条确认", callback_data="each")]]
)
SHARE = ReplyKeyboardMarkup([[KeyboardButton("发送手机号", request_contact=True)]], one_time_keyboard=True)


async def greet(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(f"您好 {' '.join(context.args or [])}".strip(), reply_markup=YES_NO)


async def take_press(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("收到", show_alert=update.callback_query.data == "each")
    await update.callback_query.edit_message_text(f"选了 {update.callback_query.data}")


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message and update.message.contact:
        await update.message.reply_text(f"号码 {update.message.contact.phone_number}")
    elif update.message:
        await update.message.reply_text(f"您说：{update.message.text}")


@pytest.fixture
async def application(server: BotApiServer) -> AsyncIterator[None]:
    builder = ApplicationBuilder().token(server.token).base_url(server.base_url).base_file_url(server.base_file_url)
    application = builder.build()
    application.add_handler(CommandHandler("start", greet))
    application.add_handler(CallbackQueryHandler(take_press))
    application.add_handler(MessageHandler(filters.ALL, echo))
    async with application:
        assert application.updater is not None
        await application.start()
        await application.updater.start_polling()
        yield
        await application.updater.stop()
        await application.stop()


@pytest.fixture
def zhao(server: BotApiServer) -> Person:
    return server.add_person("赵强", phone="+8613900000003", language="en", username="zhao_qiang")


@pytest.mark.usefixtures("application")
async def test_a_conversation_runs_both_ways(server: BotApiServer, zhao: Person) -> None:
    zhao.start("invite-1")
    card = await zhao.receives("您好 invite-1")

    zhao.press("全部确认")
    answer = await zhao.receives("选了 all")

    assert answer is card
    assert [message.text for message in zhao.messages] == ["/start invite-1", "选了 all"]
    assert (zhao.toasts, zhao.alerts, zhao.unanswered) == (["收到"], [], [])
    await server.all_confirmed()


@pytest.mark.usefixtures("application")
async def test_an_alert_is_not_a_toast(zhao: Person) -> None:
    zhao.start()
    await zhao.receives("您好")

    zhao.press("逐条确认")
    await zhao.receives("选了 each")

    assert (zhao.toasts, zhao.alerts) == ([], ["收到"])


@pytest.mark.usefixtures("application")
async def test_what_an_edit_replaced_is_still_found(zhao: Person) -> None:
    mark = zhao.mark
    zhao.start()
    await zhao.receives("您好")
    zhao.press("全部确认")
    card = await zhao.receives("选了 all")

    assert await zhao.receives("您好", since=mark) is card


@pytest.mark.usefixtures("application")
async def test_what_was_read_is_not_new_again(zhao: Person) -> None:
    zhao.start()
    await zhao.receives("您好")

    seen = "赵强 sees:\n  1 赵强: /start\n  2 bot: 您好"
    with pytest.raises(AssertionError, match=f"no new message with “您好” within 0 s; {seen}"):
        await zhao.receives("您好", within=0)


async def test_what_came_before_the_last_action_is_not_new(bot: Bot, li: Person) -> None:
    await bot.send_message(li.id, "旧闻")
    li.send("有新的吗")

    with pytest.raises(AssertionError, match="no new message"):
        await li.receives("旧闻", within=0.01)


@pytest.mark.usefixtures("application")
async def test_the_contact_key_shares_the_own_number(bot: Bot, zhao: Person) -> None:
    zhao.start()
    await bot.send_message(zhao.id, "请绑定", reply_markup=SHARE)

    shared = zhao.press("发送手机号")

    assert isinstance(shared, SeenMessage)
    assert zhao.keyboard is None
    await zhao.receives("号码 +8613900000003")


async def test_contacts_tell_whose_they_are(bot: Bot, li: Person, zhao: Person) -> None:
    li.share_contact()
    li.share_contact(zhao)
    li.share_contact(li, forwarded=True)

    own, other, forwarded = [update.message for update in await bot.get_updates()]

    assert own is not None
    assert own.contact is not None
    assert own.contact.user_id == li.id
    assert other is not None
    assert other.contact is not None
    assert other.contact.user_id == zhao.id
    assert forwarded is not None
    assert forwarded.forward_origin is not None


def test_nobody_shares_a_number_that_is_none(server: BotApiServer) -> None:
    with pytest.raises(AssertionError, match="孙丽 has no phone number"):
        server.add_person("孙丽").share_contact()


async def test_a_key_sends_its_text(bot: Bot, li: Person) -> None:
    await bot.send_message(li.id, "请选", reply_markup=ReplyKeyboardMarkup([["我的事项"]]))

    li.press("我的事项")

    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "我的事项"


async def test_a_button_that_is_not_there_names_those_that_are(bot: Bot, li: Person) -> None:
    with pytest.raises(AssertionError, match="no button “好”; to be pressed: nothing"):
        li.press("好")
    await bot.send_message(li.id, "请选", reply_markup=YES_NO)
    await bot.send_message(li.id, "或者", reply_markup=SHARE)

    with pytest.raises(AssertionError, match=r"to be pressed: \[全部确认\] \[逐条确认\] \[发送手机号\] \(keyboard\)"):
        li.press("好")
    with pytest.raises(AssertionError, match="“确认” may be any of 全部确认, 逐条确认"):
        li.press("确认")


async def test_the_newest_button_is_pressed_unless_a_message_is_named(bot: Bot, li: Person) -> None:
    for _ in range(2):
        await bot.send_message(li.id, "请选", reply_markup=YES_NO)
    older, newer = li.inbox

    newest, named = li.press("全部"), li.press("全部", older)

    assert isinstance(newest, CallbackQuery)
    assert isinstance(named, CallbackQuery)
    assert (newest.message, named.message) == (newer, older)


async def test_a_deleted_message_has_no_buttons(bot: Bot, li: Person) -> None:
    sent = await bot.send_message(li.id, "请选", reply_markup=YES_NO)
    card = li.last
    await bot.delete_message(li.id, sent.message_id)

    with pytest.raises(AssertionError, match="was deleted"):
        li.press("全部确认", card)
    with pytest.raises(AssertionError, match="the bot has sent nothing to 李明"):
        _ = li.last


async def test_links_open_or_start_the_bot(bot: Bot, server: BotApiServer, li: Person) -> None:
    links = [
        InlineKeyboardButton("邀请", url=f"https://t.me/{server.username}?start=abc"),
        InlineKeyboardButton("网站", url="https://a.cn/"),
        InlineKeyboardButton("转发", switch_inline_query="x"),
    ]
    await bot.send_message(li.id, "请选", reply_markup=InlineKeyboardMarkup([links]))

    started = li.press("邀请")

    assert isinstance(started, SeenMessage)
    assert started.text == "/start abc"
    assert li.press("网站") == "https://a.cn/"
    assert li.press("转发") == "switch_inline_query"


async def test_a_press_is_answered_once_and_in_time(bot: Bot, li: Person, clock: Clock) -> None:
    await bot.send_message(li.id, "请选", reply_markup=YES_NO)
    first, second = li.press("全部确认"), li.press("全部确认")
    assert isinstance(first, CallbackQuery)
    assert isinstance(second, CallbackQuery)

    with pytest.raises(BadRequest, match=r"(?i)MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(first.id, "字" * 201)
    await bot.answer_callback_query(first.id)
    clock.move(timedelta(seconds=31))

    for query_id in (first.id, second.id, "7", ""):
        with pytest.raises(BadRequest, match=r"Query is too old and response timeout expired or query id is invalid"):
            await bot.answer_callback_query(query_id)
    assert first.answer is not None
    assert li.toasts == []


async def test_a_start_link_carries_few_characters(li: Person) -> None:
    for payload in ("", "a b", "x" * 65, "中"):
        with pytest.raises(ValueError, match="no start link can carry"):
            li.start(payload)


async def test_a_long_text_goes_out_in_pieces(bot: Bot, li: Person) -> None:
    last = li.send("字" * 5000)

    updates = await bot.get_updates()

    assert [len(update.message.text or "") for update in updates if update.message] == [4096, 904]
    assert last.text == "字" * 904


def test_an_empty_text_is_not_sent(zhao: Person) -> None:
    with pytest.raises(ValueError, match="no empty text"):
        zhao.send(" ")


async def test_blocking_is_told_to_the_bot(bot: Bot, li: Person) -> None:
    li.block()
    li.block()
    li.unblock()

    blocked, unblocked = [update.my_chat_member for update in await bot.get_updates()]

    assert blocked is not None
    assert (blocked.old_chat_member.status, blocked.new_chat_member.status) == ("member", "kicked")
    assert unblocked is not None
    assert unblocked.new_chat_member.status == "member"


def test_who_blocked_the_bot_cannot_write_to_it(server: BotApiServer, zhao: Person) -> None:
    zhao.start()
    zhao.block()

    with pytest.raises(AssertionError, match="赵强 cannot write to the bot: blocked"):
        zhao.send("在吗")


async def test_own_messages_can_be_corrected(bot: Bot, li: Person) -> None:
    text, photo = li.send("写错"), li.send_photo(png(10, 10), "说错")

    li.edit(text, "写对 /help")
    li.edit(photo, "说对")

    first, second = [update.edited_message for update in await bot.get_updates() if update.edited_message]
    assert (first.text, second.caption) == ("写对 /help", "说对")
    assert text.edited
    await bot.send_message(li.id, "我的")
    with pytest.raises(AssertionError, match="only own messages"):
        li.edit(li.last, "你的")


async def test_albums_of_people_come_as_several_messages(bot: Bot, li: Person) -> None:
    question = await bot.send_message(li.id, "请附佐证", reply_markup=ForceReply())

    li.send_album([png(10, 10), ("佐证.pdf", b"%PDF")], "都在这里", reply_to=li.last)

    photo, document = [update.message for update in await bot.get_updates()]
    assert photo is not None
    assert document is not None
    assert photo.media_group_id == document.media_group_id
    assert (photo.caption, document.caption) == ("都在这里", None)
    assert photo.reply_to_message == question


async def test_other_kinds_of_content_arrive_as_written(bot: Bot, li: Person) -> None:
    li.send_other("location", {"latitude": 30.5, "longitude": 114.3})

    [update] = await bot.get_updates()

    assert update.message is not None
    assert update.message.location is not None
    assert update.message.location.latitude == 30.5


async def test_forwarded_texts_say_so(bot: Bot, li: Person) -> None:
    li.send("关于停车难的答复", forwarded_from="市交通局")

    [update] = await bot.get_updates()

    assert update.message is not None
    assert update.message.forward_origin is not None


async def test_a_username_is_told(bot: Bot, zhao: Person) -> None:
    zhao.start()

    [update] = await bot.get_updates()

    assert update.effective_user is not None
    assert (update.effective_user.username, update.effective_user.language_code) == ("zhao_qiang", "en")


async def test_everything_that_happens_can_be_followed(bot: Bot, server: BotApiServer, li: Person) -> None:
    seen: list[str] = []
    stop = server.on_event(lambda event: seen.append(f"{event.kind} {event.text}".strip()))

    sent = await bot.send_message(li.id, "请选", reply_markup=YES_NO)
    pressed = li.press("全部确认")
    assert isinstance(pressed, CallbackQuery)
    await bot.answer_callback_query(pressed.id, "好")
    await bot.edit_message_text("选了", li.id, sent.message_id)
    await bot.delete_message(li.id, sent.message_id)
    li.edit(li.send("再见"), "再会")
    li.block()
    li.unblock()
    stop()
    li.send("没人看")

    told = ["sent", "pressed 全部确认", "answered 好", "edited", "deleted", "said", "corrected", "blocked", "unblocked"]
    assert seen == told


async def test_receiving_ends_as_soon_as_the_words_are_there(bot: Bot, li: Person) -> None:
    waiting = asyncio.create_task(li.receives("第二"))

    await bot.send_message(li.id, "第一")
    await bot.send_message(li.id, "第二")

    assert (await waiting).text == "第二"
