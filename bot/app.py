"""The composition root: settings → ledger → jobs → Telegram application. The only file that knows them all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from telegram import Update
from telegram.ext import ApplicationBuilder, BaseUpdateProcessor, ContextTypes

from bot.answering import prepare
from bot.context import SERVICES, Context
from bot.dispatch import App, add_handlers
from bot.inbound import ConfirmingBot
from bot.limiter import AnswersFirst
from bot.menus import show_common_menu, show_menu
from bot.messenger import TelegramMessenger
from bot.routes import COMMANDS
from bot.services import Services
from bot.settings import Settings
from bot.wording import word
from commitments.clock import Clock
from extraction.sandbox import Readers
from jobs.delivery import Delivery
from jobs.heartbeat import Heartbeat
from jobs.pace import Limits, Pace
from jobs.work import Work
from storage.engine import open_database
from storage.files import FileStore
from storage.ledger.people import find_speaker

UPDATES_AT_ONCE = 64
LONG_POLL_SECONDS = 20
UPDATES = ["message", "callback_query", "inline_query"]


@asynccontextmanager
async def open_services(settings: Settings, clock: Clock, *, readers: int = 2) -> AsyncIterator[Services]:
    """Everything but Telegram: what the terminal needs and what the bot is built on; `readers` are worker processes."""
    database = await open_database(settings.storage.url)
    async with Readers(readers) as pool:
        try:
            yield Services(
                settings=settings,
                database=database,
                clock=clock,
                readers=pool,
                files=FileStore(settings.storage.files),
                wake_delivery=lambda: None,
                commands=COMMANDS,
                version=version("jiannuo"),
            )
        finally:
            await database.close()


class Program:
    """The running bot: Telegram's updates in, handlers, the outbox and the clock."""

    def __init__(self, services: Services, limits: Limits | None = None) -> None:
        self.services = services
        pace = Pace(limits or Limits())
        self._bot = _build_bot(services.settings, pace)
        self.application = _build_application(self._bot)
        self.application.bot_data[SERVICES] = services
        add_handlers(self.application)
        rhythm, admins = services.settings.rhythm, services.admins
        messenger = TelegramMessenger(self.application.bot, partial(word, services))
        self.delivery = Delivery(services.database, messenger, services.clock, rhythm, pace=pace, admins=admins)
        work = Work(services.database, rhythm, admins, services.settings.retention, services.settings.rule_set)
        self.heartbeat = Heartbeat(work, services.clock, self.delivery)
        services.wake_delivery = self.heartbeat.wake
        self._words: asyncio.Task[None] | None = None

    async def start(self, *, heartbeat: bool = True) -> None:
        """Begin to fetch updates and, unless the caller moves the clock by hand, to beat. Raises InvalidToken."""
        application = self.application
        self._words = asyncio.create_task(prepare(self.services.database))
        await application.initialize()
        self.services.bot_username = application.bot.username
        await application.start()
        await self._begin_to_fetch()
        await self._show_menus()
        if heartbeat:
            self.heartbeat.start()

    async def stop(self) -> None:
        """End in order: no more updates, those at hand are finished, the message in hand is recorded."""
        application = self.application
        if application.updater is not None and application.updater.running:
            await application.updater.stop()
        if application.running:
            await application.stop()
            await self._bot.confirm()
        await self.heartbeat.stop()
        await application.shutdown()
        if self._words is not None:
            await self._words

    async def _begin_to_fetch(self) -> None:
        """By long polling, or by a webhook where its public address is given (a proxy in front speaks TLS)."""
        updater, telegram = self.application.updater, self.services.settings.telegram
        assert updater is not None
        if not telegram.webhook_url:
            await updater.start_polling(poll_interval=0, timeout=LONG_POLL_SECONDS, allowed_updates=UPDATES)
            return
        await updater.start_webhook(
            listen=telegram.webhook_listen,
            port=telegram.webhook_port,
            url_path=urlsplit(telegram.webhook_url).path.strip("/"),
            webhook_url=telegram.webhook_url,
            secret_token=telegram.webhook_secret.get_secret_value() or None,
            allowed_updates=UPDATES,
        )

    async def _show_menus(self) -> None:
        bot, commands = self.application.bot, self.services.commands
        await show_common_menu(bot, commands)
        for admin in self.services.admins:
            speaker = await find_speaker(self.services.database, admin, "", self.services.settings.admins)
            await show_menu(bot, commands, admin, speaker.roles)


class InOrderByChat(BaseUpdateProcessor):
    """Updates of different chats side by side, those of one chat one after the other in their order."""

    def __init__(self, put_down: Callable[[Update], None]) -> None:
        super().__init__(UPDATES_AT_ONCE)
        self._put_down = put_down
        self._turns: dict[int, asyncio.Lock] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        await self._in_turn(update, coroutine)
        if isinstance(update, Update):
            self._put_down(update)

    async def _in_turn(self, update: object, coroutine: Awaitable[Any]) -> None:
        chat = update.effective_chat or update.effective_user if isinstance(update, Update) else None
        if chat is None:
            await coroutine
            return
        turn = self._turns.setdefault(chat.id, asyncio.Lock())
        async with turn:
            await coroutine
        if not turn.locked():
            self._turns.pop(chat.id, None)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""


def _build_bot(settings: Settings, pace: Pace) -> ConfirmingBot:
    telegram = settings.telegram
    token = telegram.token.get_secret_value()
    return ConfirmingBot(token, telegram.base_url, telegram.base_file_url, AnswersFirst(pace))


def _build_application(bot: ConfirmingBot) -> App:
    return (
        ApplicationBuilder()
        .bot(bot)
        .context_types(ContextTypes(context=Context))
        .concurrent_updates(InOrderByChat(bot.put_down))
        .build()
    )
