"""The page's HTTP side: files of its own, a stream of news, actions. For this machine's own browser and nobody else."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

from bot.playground.messages import SeenMessage
from bot.playground.web.actions import Deed, act
from bot.playground.web.feed import worded
from bot.playground.web.page import Mistake, Page
from bot.playground.wire import JsonObject, Upload, whole

LOOPBACK = "127.0.0.1"
STATIC = Path(__file__).parent / "static"
TOKEN_PLACE = "{{page token}}"
# The Bot API lets a bot download 20 MB (getFile); a multipart body is a little longer than its file.
LONGEST_BODY = 21 * 1024 * 1024
PULSE_SECONDS = 20.0
"""A comment line this often finds out that a page has gone."""

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class WebServer:
    """Serves a page on loopback; port 0 takes a free one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._http: HTTPServer | None = None
        self._port = 0

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self._port}/"

    def start(self, port: int = 0) -> None:
        """Raises OSError when the port is taken."""
        sockets = bind_sockets(port, LOOPBACK)
        self._port = sockets[0].getsockname()[1]
        self._http = HTTPServer(_application(self.page), max_buffer_size=LONGEST_BODY)
        self._http.add_sockets(sockets)

    async def stop(self) -> None:
        self.page.feed.close()
        if self._http:
            self._http.stop()
            await self._http.close_all_connections()


def _application(page: Page) -> Application:
    given = {"page": page}
    return Application(
        [
            (r"/", _IndexHandler, given),
            (r"/news", _NewsHandler, given),
            (r"/do/([a-z]+)", _DoHandler, given),
            (r"/files/(\d+)/(\d+)", _FileHandler, given),
            (r"/static/(.+)", _StaticHandler, {"path": str(STATIC)}),
        ],
        # the token is part of some addresses, so nothing is logged
        log_function=lambda handler: None,
    )


class _LocalHandler(RequestHandler):
    """Another site's page may point its own name at this machine: its browser then sends that name as host."""

    def set_default_headers(self) -> None:
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        host = self.request.host.rpartition(":")[0] or self.request.host
        if host not in (LOOPBACK, "localhost"):
            raise HTTPError(403)


class _PageHandler(_LocalHandler):
    def initialize(self, page: Page) -> None:
        self.page = page

    def check_token(self, given: str) -> None:
        if given != self.page.token:
            raise HTTPError(403)


class _IndexHandler(_PageHandler):
    async def get(self) -> None:
        text = (STATIC / "index.html").read_text("utf-8")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        await self.finish(text.replace(TOKEN_PLACE, self.page.token))


class _StaticHandler(_LocalHandler, StaticFileHandler):
    pass


class _NewsHandler(_PageHandler):
    """First the whole stage, then everything that happens on it."""

    async def get(self) -> None:
        self.check_token(self.get_query_argument("token", ""))
        self.set_header("Content-Type", "text/event-stream; charset=utf-8")
        with suppress(StreamClosedError):
            async with self.page.feed.reader() as news:
                await self._tell(worded("stage", await self.page.snapshot()))
                while (one := await _next(news)) is not None:
                    await self._tell(one)

    async def _tell(self, one: str) -> None:
        self.write(one)
        await self.flush()


async def _next(news: asyncio.Queue[str | None]) -> str | None:
    try:
        return await asyncio.wait_for(news.get(), PULSE_SECONDS)
    except TimeoutError:
        return ": still here\n\n"


class _DoHandler(_PageHandler):
    """Actions come from this page alone: its token, and the origin that its browser gives with every POST."""

    def prepare(self) -> None:
        super().prepare()
        self.check_token(self.request.headers.get("X-Page-Token", ""))
        if self.request.headers.get("Origin") != f"http://{self.request.host}":
            raise HTTPError(403)

    async def post(self, name: str) -> None:
        try:
            answer = await act(name, Deed(self.page, self._body(), self._upload()))
        except Mistake as mistake:
            self.set_status(409)
            self.finish({"mistake": str(mistake)})
        else:
            self.finish({"answer": answer})

    def _body(self) -> JsonObject:
        given = self.get_body_argument("deed", "") if self.request.files else self.request.body
        try:
            body = json.loads(given or "{}")
        except ValueError:
            raise HTTPError(400) from None
        if not isinstance(body, dict):
            raise HTTPError(400)
        return body

    def _upload(self) -> Upload | None:
        files = self.request.files.get("file")
        return Upload(files[0].filename, files[0].content_type, files[0].body) if files else None


class _FileHandler(_PageHandler):
    """The file of a message: a picture to be shown, anything else to be saved, nothing to be run."""

    async def get(self, person_id: str, message_id: str) -> None:
        self.check_token(self.get_query_argument("token", ""))
        message = self._message(int(person_id), int(message_id))
        if message is None or message.file is None:
            raise HTTPError(404)
        kind = _PICTURES.get(message.file.data[:4]) or _PICTURES.get(message.file.data[:3])
        self.set_header("Content-Type", kind if message.photo and kind else "application/octet-stream")
        if not message.photo:
            self.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(message.file.name)}")
        with suppress(StreamClosedError):
            await self.finish(message.file.data)

    def _message(self, person_id: int, message_id: int) -> SeenMessage | None:
        try:
            return self.page.person(person_id).chat.messages.get(whole(message_id))
        except Mistake:
            return None
