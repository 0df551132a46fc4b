"""The HTTP side of the Bot API: reads calls, writes answers, suffers the faults that were ordered."""

from __future__ import annotations

import json
import socket
import struct
from typing import TYPE_CHECKING, TypeAlias

from tornado.iostream import StreamClosedError
from tornado.web import Application, RequestHandler

from bot.playground.bell import Bell
from bot.playground.faults import Fault, OrderedFault
from bot.playground.refusals import too_many_requests, unauthorized
from bot.playground.wire import JsonObject, Parameters, Upload

if TYPE_CHECKING:
    from bot.playground.server import BotApiServer

Route: TypeAlias = "tuple[str, type[RequestHandler], dict[str, BotApiServer]]"
_CLOSE_WITH_RESET = struct.pack("ii", 1, 0)


def bot_api(server: BotApiServer, more_routes: list[Route]) -> Application:
    given = {"server": server}
    routes: list[Route] = [
        (r"/bot([^/]+)/([^/]+)", _ApiHandler, given),
        (r"/file/bot([^/]+)/(.+)", _FileHandler, given),
        *more_routes,
    ]
    # every path holds the token, so nothing is logged
    return Application(
        list(routes), log_function=lambda handler: None, default_handler_class=_NotFoundHandler, default_handler_args={}
    )


class _ApiHandler(RequestHandler):
    """Takes "GET and POST HTTP methods" and parameters in the query, as form, as JSON or as multipart/form-data."""

    def initialize(self, server: BotApiServer) -> None:
        self.server = server
        self.gone = Bell()
        self.left = False

    def on_connection_close(self) -> None:
        self.left = True
        self.gone.ring()
        self.server.playground.updates.bell.ring()

    async def get(self, token: str, method: str) -> None:
        await self.post(token, method)

    async def post(self, token: str, method: str) -> None:
        if token != self.server.token:
            self._write(unauthorized().as_answer())
            return
        fault = self.server.faults.take(method.lower())
        if fault and not fault.after_effect:
            await self._suffer(fault)
            return
        answer = await self.server.answer(method, self._parameters(), gone=lambda: self.left)
        if fault:
            await self._suffer(fault)
        else:
            self._write(answer)

    def _parameters(self) -> Parameters:
        values = {name: given[-1].decode("utf-8", "replace") for name, given in self.request.arguments.items()}
        if self.request.headers.get("Content-Type", "").startswith("application/json"):
            values |= _from_json_body(self.request.body)
        uploads = {
            name: Upload(files[-1].filename, files[-1].content_type, files[-1].body)
            for name, files in self.request.files.items()
        }
        return Parameters(values, uploads)

    def _write(self, answer: JsonObject) -> None:
        if self.left:
            return
        parameters = answer.get("parameters")
        if isinstance(parameters, dict):
            self.set_header("Retry-After", str(parameters["retry_after"]))
        self.set_status(200 if answer["ok"] else int(str(answer["error_code"])))
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(answer, ensure_ascii=False))

    async def _suffer(self, ordered: OrderedFault) -> None:
        match ordered.fault:
            case Fault.TIMEOUT:
                await self.gone.until(lambda: self.left, within=3600)
            case Fault.SERVER_ERROR:
                self._write({"ok": False, "error_code": 502, "description": "Bad Gateway"})
            case Fault.TOO_MANY:
                self._write(too_many_requests(ordered.retry_after).as_answer())
            case Fault.RESET:
                _reset(self)


def _reset(handler: RequestHandler) -> None:
    """Closes the connection so that the other side reads "connection reset by peer"."""
    stream = handler.detach()
    if not stream.closed():
        stream.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _CLOSE_WITH_RESET)
    stream.close()


def _from_json_body(body: bytes) -> dict[str, str]:
    try:
        given = json.loads(body)
    except ValueError:
        return {}
    items = given.items() if isinstance(given, dict) else ()
    return {str(name): value if isinstance(value, str) else json.dumps(value) for name, value in items}


class _FileHandler(RequestHandler):
    """https://api.telegram.org/file/bot<token>/<file_path>"""

    def initialize(self, server: BotApiServer) -> None:
        self.server = server

    async def get(self, token: str, path: str) -> None:
        stored = self.server.playground.files.by_path(path)
        if token != self.server.token or stored is None:
            _not_found(self)
            return
        self.set_header("Content-Type", "application/octet-stream")
        try:
            await self.finish(stored.data)
        except StreamClosedError:
            return  # who asked for the file has gone


class _NotFoundHandler(RequestHandler):
    def prepare(self) -> None:
        _not_found(self)


def _not_found(handler: RequestHandler) -> None:
    handler.set_status(404)
    handler.finish({"ok": False, "error_code": 404, "description": "Not Found"})
