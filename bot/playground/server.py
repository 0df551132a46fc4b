"""A local Bot API server: the HTTP layer over the playground, strict like the real one, bound to loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from bot.playground.bell import Bell
from bot.playground.control import control_routes
from bot.playground.endpoints import bot_api
from bot.playground.events import Event
from bot.playground.faults import Faults
from bot.playground.files import MAX_UPLOAD
from bot.playground.groups import Group
from bot.playground.limits import Limits
from bot.playground.menus import Commands
from bot.playground.methods import METHODS
from bot.playground.people import Person
from bot.playground.playground import Playground
from bot.playground.refusals import Refusal, conflict, no_such_method
from bot.playground.updates import LongPolling
from bot.playground.webhook import Webhook, webhook_answer
from bot.playground.wire import Json, JsonObject, Parameters

LOOPBACK = "127.0.0.1"
_POLL = "getupdates"


@dataclass(frozen=True, slots=True)
class Call:
    """One answered call. Polls for updates are not logged; `method` is as the caller wrote it."""

    method: str
    parameters: Parameters
    answer: JsonObject

    @property
    def params(self) -> dict[str, str]:
        return dict(self.parameters.values)

    @property
    def ok(self) -> bool:
        return self.answer["ok"] is True

    @property
    def description(self) -> str:
        """The refusal, empty when the call succeeded."""
        return "" if self.ok else str(self.answer["description"])


class BotApiServer:
    """The bot's side is HTTP at `base_url`; the people's side are `add_person` and the Person that it returns.

    `limits=None` switches flood control off. `control=True` adds the JSON interface under /control/ (see control.py).
    `webhook_pause` is the number of seconds before a webhook that failed is tried again.
    """

    def __init__(
        self,
        token: str = "1000001:playground",  # noqa: S107  # what people type into config.toml to try the bot
        *,
        username: str = "jiannuo_bot",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        limits: Limits | None = None,
        control: bool = False,
        webhook_pause: float = 1.0,
    ) -> None:
        self.token = token
        self.username = username
        self.playground = Playground(int(token.partition(":")[0]), username, now, limits)
        self.faults = Faults()
        self.calls: list[Call] = []
        self._called = Bell()
        self.webhook = Webhook(self.playground.updates, now, webhook_pause)
        self.polling = LongPolling(self.playground.updates)
        self._control = control
        self._http: HTTPServer | None = None
        self._port = 0

    @property
    def base_url(self) -> str:
        return f"http://{LOOPBACK}:{self._port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://{LOOPBACK}:{self._port}/file/bot"

    async def start(self, port: int = 0) -> None:
        """Listens on loopback; port 0 takes a free one. People and updates outlive a stop, a webhook does not."""
        application = bot_api(self, control_routes(self) if self._control else [])
        sockets = bind_sockets(port, LOOPBACK)
        self._port = sockets[0].getsockname()[1]
        self._http = HTTPServer(application, max_buffer_size=2 * MAX_UPLOAD)
        self._http.add_sockets(sockets)

    async def stop(self) -> None:
        await self.webhook.close()
        if self._http:
            self._http.stop()
            await self._http.close_all_connections()
            self._http = None

    def add_person(
        self, name: str, *, phone: str | None = None, language: str = "zh-hans", username: str | None = None
    ) -> Person:
        return self.playground.add_person(name, phone=phone, language=language, username=username)

    def add_group(self, title: str, members: Iterable[Person], *, with_bot: bool = True) -> Group:
        return self.playground.add_group(title, members, with_bot=with_bot)

    def on_event(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Calls the listener with everything that happens; the answer stops that."""
        return self.playground.events.listen(listener)

    def commands(self, scope: str = "default", *, chat_id: int = 0, user_id: int = 0, language: str = "") -> Commands:
        """The command list that the bot set for exactly that scope and language."""
        return self.playground.menus.get((scope, chat_id, user_id), language)

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method.lower() == method.lower()]

    async def called(self, method: str, within: float = 10.0) -> None:
        """Waits until the bot has called a method: whoever kills it in the middle of its work wants to know where."""
        if not await self._called.until(lambda: bool(self.calls_of(method)), within):
            raise AssertionError(f"no call of {method} within {within} s")

    async def all_confirmed(self, within: float = 10.0) -> None:
        """Waits until the bot has confirmed every update; ours does so when it has handled it."""
        if not await self.playground.updates.all_confirmed(within):
            raise AssertionError(f"{len(self.playground.updates)} updates not confirmed within {within} s")

    async def answer(self, method: str, parameters: Parameters, gone: Callable[[], bool] = lambda: False) -> JsonObject:
        """What the call is answered with, after its effect; `gone` tells that the caller has hung up."""
        try:
            answer = await self._perform(method.lower(), parameters, gone)
        except Refusal as refusal:
            answer = refusal.as_answer()
        if method.lower() != _POLL:
            self.calls.append(Call(method, parameters, answer))
            self._called.ring()
        return answer

    async def _perform(self, method: str, parameters: Parameters, gone: Callable[[], bool]) -> JsonObject:
        if method == _POLL:
            return {"ok": True, "result": await self._poll(parameters, gone)}
        if method in ("setwebhook", "deletewebhook"):
            return self._set_webhook(method, parameters)
        if method == "getwebhookinfo":
            return {"ok": True, "result": self.webhook.info()}
        perform = METHODS.get(method)
        if perform is None:
            raise no_such_method()
        return {"ok": True, "result": perform(self.playground, parameters)}

    async def _poll(self, parameters: Parameters, gone: Callable[[], bool]) -> Json:
        if self.webhook.active:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        return await self.polling.get_updates(parameters, gone)

    def _set_webhook(self, method: str, parameters: Parameters) -> JsonObject:
        was_active = self.webhook.active
        if method == "deletewebhook":
            parameters = Parameters({"drop_pending_updates": parameters.text("drop_pending_updates")})
        self.webhook.set(parameters)
        if self.webhook.active:
            self.polling.end("terminated by setWebhook request")
        result, description = webhook_answer(was_active, self.webhook.active)
        return {"ok": True, "result": result, "description": description}
