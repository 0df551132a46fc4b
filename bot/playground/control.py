"""The people's side as JSON over HTTP, for other processes: demos, kill tests, a web page.

    POST /control/people                    {"name", "phone"?, "language"?}   → {"id"}
    POST /control/groups                    {"title", "members": [id …]}      → {"id"}
    POST /control/people/ID/start           {"payload"?}
    POST /control/people/ID/send            {"text", "reply_to"?, "group"?}
    POST /control/people/ID/document        {"name", "data" in base64, "caption"?, "reply_to"?}
    POST /control/people/ID/photo           {"data" in base64, "caption"?, "reply_to"?}
    POST /control/people/ID/contact         {"of"?, "forwarded"?}
    POST /control/people/ID/press           {"text", "message"?}
    POST /control/people/ID/block, unblock  {}
    GET  /control/people/ID/messages        → the chat in order; also /menu, /toasts, /alerts
    GET  /control/people/ID/receives?words=…&within=10   → the message, or 409 with what the person sees
    GET  /control/groups/ID/messages
    POST /control/faults                    {"method", "fault", "times"?, "after_effect"?, "retry_after"?}
    GET  /control/confirmed?within=10       → when the bot has taken every update

Message ids stand for messages. Mistakes are answered 409 with {"error"}.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from tornado.web import RequestHandler

from bot.playground.endpoints import Route
from bot.playground.faults import Fault
from bot.playground.groups import Group
from bot.playground.messages import SeenMessage
from bot.playground.people import Person
from bot.playground.reading import Reader
from bot.playground.wire import Json, JsonObject, whole, words

if TYPE_CHECKING:
    from bot.playground.server import BotApiServer

_LOOPBACK_HOSTS = {"127.0.0.1", "localhost", "[::1]"}


class _Mistake(Exception):
    pass


def control_routes(server: BotApiServer) -> list[Route]:
    given = {"server": server}
    return [
        (r"/control/(people|groups)", _PlacesHandler, given),
        (r"/control/(people|groups)/(-?\d+)/(\w+)", _PlaceHandler, given),
        (r"/control/(faults|confirmed)", _ServerHandler, given),
    ]


class _ControlHandler(RequestHandler):
    def initialize(self, server: BotApiServer) -> None:
        self.server = server

    def prepare(self) -> None:
        """A page of another site must not act here: its browser would send that site's name as host or origin."""
        host = (self.request.host or "").rpartition(":")[0] or self.request.host
        origin = self.request.headers.get("Origin")
        if host not in _LOOPBACK_HOSTS or (origin and origin != f"http://{self.request.host}"):
            self.set_status(403)
            self.finish({"error": "for this machine only"})

    def body(self) -> JsonObject:
        try:
            given = json.loads(self.request.body or b"{}")
        except ValueError:
            raise _Mistake("the body is not JSON") from None
        if not isinstance(given, dict):
            raise _Mistake("the body is not a JSON object")
        return given

    def answer(self, value: Json) -> None:
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(value, ensure_ascii=False))

    def mistaken(self, error: Exception) -> None:
        self.set_status(409)
        self.answer({"error": str(error)})

    def seconds(self) -> float:
        return float(self.get_query_argument("within", "10"))


class _PlacesHandler(_ControlHandler):
    async def get(self, kind: str) -> None:
        playground = self.server.playground
        places: list[Reader] = (
            list(playground.people.values()) if kind == "people" else list(playground.groups.values())
        )
        self.answer([{"id": place.id, "name": str(place)} for place in places])

    async def post(self, kind: str) -> None:
        try:
            body = self.body()
            place = self._new_person(body) if kind == "people" else self._new_group(body)
        except (_Mistake, AssertionError) as error:
            self.mistaken(error)
        else:
            self.answer({"id": place.id})

    def _new_person(self, body: JsonObject) -> Reader:
        language = words(body.get("language")) or "zh-hans"
        return self.server.add_person(
            words(body.get("name")), phone=words(body.get("phone")) or None, language=language
        )

    def _new_group(self, body: JsonObject) -> Reader:
        members = body.get("members")
        ids = members if isinstance(members, list) else []
        return self.server.add_group(words(body.get("title")), [_person(self.server, whole(each)) for each in ids])


class _PlaceHandler(_ControlHandler):
    async def get(self, kind: str, place_id: str, what: str) -> None:
        try:
            place = _person(self.server, int(place_id)) if kind == "people" else _group(self.server, int(place_id))
            self.answer(await self._read(place, what))
        except (_Mistake, AssertionError) as error:
            self.mistaken(error)

    async def _read(self, place: Person | Group, what: str) -> Json:
        if what == "messages":
            return [described(message) for message in place.messages]
        if what == "receives":
            return described(await place.receives(self.get_query_argument("words", ""), within=self.seconds()))
        if isinstance(place, Person) and what == "menu":
            return place.menu
        if isinstance(place, Person) and what in ("toasts", "alerts"):
            return place.toasts if what == "toasts" else place.alerts
        raise _Mistake(f"nothing called {what}")

    async def post(self, kind: str, place_id: str, what: str) -> None:
        try:
            person = _person(self.server, int(place_id))
            self.answer(_act(self.server, person, what, self.body()))
        except (_Mistake, AssertionError, ValueError) as error:
            self.mistaken(error)


class _ServerHandler(_ControlHandler):
    async def get(self, what: str) -> None:
        try:
            await self.server.all_confirmed(self.seconds())
        except AssertionError as error:
            self.mistaken(error)
        else:
            self.answer({"confirmed": True})

    async def post(self, what: str) -> None:
        try:
            body = self.body()
            self.server.faults.add(
                words(body.get("method")) or "*",
                Fault(words(body.get("fault"))),
                times=whole(body.get("times"), 1),
                after_effect=bool(body.get("after_effect")),
                retry_after=whole(body.get("retry_after"), 1),
            )
        except (_Mistake, ValueError) as error:
            self.mistaken(error)
        else:
            self.answer({"pending": self.server.faults.pending})


def _act(server: BotApiServer, person: Person, what: str, body: JsonObject) -> Json:
    """One action of a person; answers the message that it sent, if any."""
    group = _group(server, whole(body.get("group"))) if body.get("group") else None
    reply_to = _message(group or person, body.get("reply_to"))
    caption = words(body.get("caption")) or None
    match what:
        case "start":
            return described(person.start(words(body.get("payload")) or None))
        case "send":
            return described(person.send(words(body.get("text")), reply_to=reply_to, chat=group))
        case "document":
            return described(person.send_document(words(body.get("name")), _bytes(body), caption, reply_to=reply_to))
        case "photo":
            return described(person.send_photo(_bytes(body), caption, reply_to=reply_to))
        case "contact":
            of = _person(server, whole(body["of"])) if body.get("of") else None
            return described(person.share_contact(of, forwarded=bool(body.get("forwarded"))))
        case "press":
            pressed = person.press(words(body.get("text")), _message(person, body.get("message")))
            return described(pressed) if isinstance(pressed, SeenMessage) else {"pressed": True}
        case "block":
            person.block()
        case "unblock":
            person.unblock()
        case _:
            raise _Mistake(f"nobody can {what}")
    return {}


def described(message: SeenMessage) -> JsonObject:
    """A message as a page or another process shows it."""
    return {
        "id": message.id,
        "chat": message.chat.id,
        "from": None if message.sender is None else message.sender.name,
        "date": message.date.isoformat(),
        "text": message.text,
        "caption": message.caption,
        "html": message.html,
        "file": message.file.name if message.file else None,
        "photo": message.photo is not None,
        "buttons": [[{"text": b.text, "data": b.data, "url": b.url} for b in row] for row in message.buttons],
        "keys": [[key.text for key in row] for row in message.keyboard.rows] if message.keyboard else [],
        "edited": message.edited,
        "reply_to": message.reply_to_id,
    }


def _person(server: BotApiServer, person_id: int) -> Person:
    if person_id not in server.playground.people:
        raise _Mistake(f"nobody with id {person_id}")
    return server.playground.people[person_id]


def _group(server: BotApiServer, group_id: int) -> Group:
    if group_id not in server.playground.groups:
        raise _Mistake(f"no group with id {group_id}")
    return server.playground.groups[group_id]


def _message(place: Reader, message_id: Json) -> SeenMessage | None:
    if not message_id:
        return None
    if whole(message_id) not in place.chat.messages:
        raise _Mistake(f"no message {message_id}")
    return place.chat.messages[whole(message_id)]


def _bytes(body: JsonObject) -> bytes:
    return base64.b64decode(words(body.get("data")), validate=True)
