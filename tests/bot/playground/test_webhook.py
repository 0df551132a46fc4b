"""Webhook delivery."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict
from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.playground.bell import Bell
from bot.playground.people import Person
from bot.playground.server import BotApiServer


@dataclass
class Receiver:
    """A bot's own HTTP server: notes what comes, and answers with the next status that was laid ready."""

    statuses: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    bell: Bell = field(default_factory=Bell)
    url: str = ""

    async def has(self, texts: list[str]) -> None:
        assert await self.bell.until(lambda: self.texts == texts, within=5), self.texts


class ReceivingHandler(RequestHandler):
    def initialize(self, receiver: Receiver) -> None:
        self.receiver = receiver

    def post(self) -> None:
        self.receiver.texts.append(json.loads(self.request.body)["message"]["text"])
        self.receiver.secrets.append(self.request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        if self.receiver.statuses:
            self.set_status(self.receiver.statuses.pop(0))
        self.receiver.bell.ring()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    application = Application([("/hook", ReceivingHandler, {"receiver": receiver})], log_function=lambda handler: None)
    server, sockets = HTTPServer(application), bind_sockets(0, "127.0.0.1")
    server.add_sockets(sockets)
    receiver.url = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/hook"
    yield receiver
    server.stop()
    await server.close_all_connections()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def test_updates_are_delivered_in_order_with_the_secret(
    bot: Bot, server: BotApiServer, li: Person, receiver: Receiver
) -> None:
    li.send("早于设置")
    await bot.set_webhook(receiver.url, secret_token="s3cret_-")
    li.send("之后")

    await receiver.has(["早于设置", "之后"])
    assert receiver.secrets == ["s3cret_-"] * 2
    await server.all_confirmed()


async def test_what_was_not_taken_is_delivered_again(
    bot: Bot, server: BotApiServer, li: Person, receiver: Receiver
) -> None:
    receiver.statuses = [500, 503]
    await bot.set_webhook(receiver.url)

    li.send("您好")

    await receiver.has(["您好"] * 3)
    await server.all_confirmed()
    info = await bot.get_webhook_info()
    assert (info.last_error_message, info.pending_update_count) == (
        "Wrong response from the webhook: 503 Service Unavailable",
        0,
    )


async def test_an_unreachable_bot_is_tried_again(bot: Bot, server: BotApiServer, li: Person) -> None:
    errors = asyncio.Event()
    server.webhook.on_error = errors.set
    await bot.set_webhook(f"http://127.0.0.1:{free_port()}/hook", allowed_updates=["message"], max_connections=1)

    li.send("您好")
    await asyncio.wait_for(errors.wait(), 5)

    info = await bot.get_webhook_info()
    assert info.last_error_message is not None
    assert info.last_error_message.startswith("Connection failed: ")
    assert (info.pending_update_count, info.max_connections, info.allowed_updates) == (1, 1, ("message",))


async def test_polling_and_webhook_exclude_each_other(
    bot: Bot, server: BotApiServer, li: Person, receiver: Receiver
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await server.polling.begun()

    await bot.set_webhook(receiver.url)

    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()

    await bot.delete_webhook()
    assert await bot.get_updates() == ()
    assert (await bot.get_webhook_info()).url == ""


async def test_pending_updates_can_be_dropped(bot: Bot, li: Person) -> None:
    li.send("别管了")

    await bot.delete_webhook(drop_pending_updates=True)

    assert await bot.get_updates() == ()


async def test_an_empty_address_deletes_the_webhook(bot: Bot, server: BotApiServer, receiver: Receiver) -> None:
    await bot.set_webhook(receiver.url)

    await bot.set_webhook("")

    assert not server.webhook.active


@pytest.mark.parametrize(
    ("url", "secret", "refusal"),
    [
        ("ftp://127.0.0.1/", None, "Invalid webhook url specified"),
        ("http://a.cn/hook", None, "Bad webhook: an https url must be provided for webhook"),
        ("https://a.cn/hook", "x" * 257, "Secret token is too long"),
        ("https://a.cn/hook", "密", "Secret token contains unallowed characters"),
    ],
)
async def test_a_bad_webhook_is_refused(bot: Bot, url: str, secret: str | None, refusal: str) -> None:
    with pytest.raises(BadRequest, match=refusal):
        await bot.set_webhook(url, secret_token=secret)


async def test_an_application_can_be_served_by_webhook(server: BotApiServer, li: Person) -> None:
    async def greet(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text("您好")

    port = free_port()
    application = ApplicationBuilder().token(server.token).base_url(server.base_url).build()
    application.add_handler(CommandHandler("start", greet))
    async with application:
        assert application.updater is not None
        await application.start()
        await application.updater.start_webhook(
            "127.0.0.1", port, "hook", webhook_url=f"http://127.0.0.1:{port}/hook", secret_token="s3cret"
        )

        li.start()

        await li.receives("您好")
        await application.updater.stop()
        await application.stop()
