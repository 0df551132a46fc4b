"""Delivery of updates to the bot's own HTTP server, one after the other, each until it is taken."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from bot.playground.refusals import bad_request
from bot.playground.updates import UpdateQueue
from bot.playground.wire import Json, JsonObject, Parameters, whole

# "1-256 characters. Only characters A-Z, a-z, 0-9, _ and - are allowed." (secret_token)
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_LONGEST_SECRET = 256
# "Ports currently supported for webhooks: 443, 80, 88, 8443" holds for the internet; on loopback any port will do.
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True, slots=True)
class _Target:
    url: str
    secret: str
    max_connections: int


class Webhook:
    def __init__(self, queue: UpdateQueue, now: Callable[[], datetime], pause: float) -> None:
        self._queue = queue
        self._now = now
        self._pause = pause
        self._target: _Target | None = None
        self._delivery: asyncio.Task[None] | None = None
        self._last_error: JsonObject = {}
        self.on_error: Callable[[], None] = lambda: None
        """Called after every failed delivery."""

    @property
    def active(self) -> bool:
        return self._target is not None

    def set(self, parameters: Parameters) -> None:
        """An empty url deletes the webhook."""
        url, secret = parameters.text("url"), parameters.text("secret_token")
        if parameters.flag("drop_pending_updates"):
            self._queue.forget_all_but(0)
        if not url:
            self.delete()
            return
        _check(url, secret)
        self._queue.allow(parameters.json("allowed_updates", "can't parse allowed updates JSON object"))
        self.delete()
        self._target = _Target(url, secret, min(max(parameters.integer("max_connections", 40), 1), 100))
        self._delivery = asyncio.create_task(self._deliver(self._target))

    def delete(self) -> None:
        self._target = None
        self._last_error = {}
        if self._delivery:
            self._delivery.cancel()
            self._delivery = None

    async def close(self) -> None:
        delivery = self._delivery
        self.delete()
        if delivery:
            await asyncio.gather(delivery, return_exceptions=True)

    def info(self) -> JsonObject:
        answer: JsonObject = {
            "url": self._target.url if self._target else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._queue),
            **self._last_error,
        }
        if self._target:
            answer |= {"max_connections": self._target.max_connections, "ip_address": "127.0.0.1"}
        return answer | {"allowed_updates": list(self._queue.allowed)} if self._queue.allowed else answer

    async def _deliver(self, target: _Target) -> None:
        """The rule: "In case of an unsuccessful request …, we will repeat the request"."""
        client = AsyncHTTPClient(force_instance=True)
        try:
            while True:
                await self._queue.bell.until(lambda: len(self._queue) > 0, within=3600)
                for update in self._queue.first(1):
                    if await self._taken(client, target, update):
                        self._queue.confirm(whole(update["update_id"]) + 1)
                    else:
                        await asyncio.sleep(self._pause)
        finally:
            client.close()

    async def _taken(self, client: AsyncHTTPClient, target: _Target, update: JsonObject) -> bool:
        headers = {"Content-Type": "application/json"}
        if target.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = target.secret
        request = HTTPRequest(target.url, "POST", headers, json.dumps(update), request_timeout=10)
        try:
            await client.fetch(request)
        except HTTPClientError as error:
            self._failed(f"Wrong response from the webhook: {error.code} {error.message}")
            return False
        except OSError as error:
            self._failed(f"Connection failed: {error.strerror or error}")
            return False
        return True

    def _failed(self, reason: str) -> None:
        self._last_error = {"last_error_date": int(self._now().timestamp()), "last_error_message": reason}
        self.on_error()


def _check(url: str, secret: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if len(secret) > _LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")


def webhook_answer(was_active: bool, active: bool) -> tuple[Json, str]:
    """Result and description of setWebhook and deleteWebhook."""
    if active:
        return True, "Webhook was set"
    return True, "Webhook was deleted" if was_active else "Webhook is already deleted"
