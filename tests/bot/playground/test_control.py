"""The people's side over HTTP, and the server on its own."""

from __future__ import annotations

import asyncio
import base64
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.playground.people import Person
from bot.playground.server import BotApiServer
from tests.bot.playground.pictures import png


@dataclass
class Remote:
    client: httpx.AsyncClient

    async def get(self, path: str) -> Any:
        return (await self.client.get(path)).json()

    async def post(self, path: str, **body: object) -> Any:
        return (await self.client.post(path, json=body)).json()


@pytest.fixture
async def remote(server: BotApiServer) -> AsyncIterator[Remote]:
    async with httpx.AsyncClient(base_url=server.base_url.removesuffix("/bot") + "/control") as client:
        yield Remote(client)


async def test_a_conversation_can_be_led_from_elsewhere(bot: Bot, remote: Remote) -> None:
    zhao = (await remote.post("/people", name="赵强", phone="+8613900000003"))["id"]
    await remote.post(f"/people/{zhao}/start", payload="abc")
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("确认", callback_data="y")]])
    question = await bot.send_message(zhao, "请选", reply_markup=buttons)

    seen = await remote.get(f"/people/{zhao}/receives?words=请选")
    await remote.post(f"/people/{zhao}/press", text="确认", message=question.message_id)
    await remote.post(f"/people/{zhao}/send", text="好的", reply_to=question.message_id)
    await remote.post(f"/people/{zhao}/contact")

    start, press, text, contact = await bot.get_updates()
    assert seen["buttons"] == [[{"text": "确认", "data": "y", "url": None}]]
    assert start.message is not None
    assert start.message.text == "/start abc"
    assert press.callback_query is not None
    assert press.callback_query.data == "y"
    assert text.message is not None
    assert text.message.reply_to_message is not None
    assert contact.message is not None
    assert contact.message.contact is not None
    assert [message["text"] for message in await remote.get(f"/people/{zhao}/messages")][:2] == ["/start abc", "请选"]


async def test_files_come_in_base64(bot: Bot, remote: Remote, li: Person) -> None:
    await remote.post(f"/people/{li.id}/document", name="信.txt", data=base64.b64encode(b"text").decode(), caption="信")
    await remote.post(f"/people/{li.id}/photo", data=base64.b64encode(png(10, 10)).decode())

    document, photo = await bot.get_updates()

    assert document.message is not None
    assert document.message.document is not None
    assert document.message.caption == "信"
    assert photo.message is not None
    assert len(photo.message.photo) == 2


async def test_groups_and_their_members_write(bot: Bot, server: BotApiServer, remote: Remote, li: Person) -> None:
    group = (await remote.post("/groups", title="议案小组", members=[li.id]))["id"]
    await remote.post(f"/people/{li.id}/send", text="/status", group=group)

    assert (await remote.get(f"/groups/{group}/messages"))[-1]["text"] == "/status"
    assert await remote.get("/groups") == [{"id": group, "name": "议案小组"}]
    assert await remote.get("/people") == [{"id": li.id, "name": "李明"}]


async def test_a_key_answers_what_it_sent(bot: Bot, remote: Remote, li: Person) -> None:
    await bot.send_message(li.id, "请选", reply_markup=ReplyKeyboardMarkup([["我的事项"]]))

    assert (await remote.post(f"/people/{li.id}/press", text="我的事项"))["text"] == "我的事项"
    assert (await remote.get(f"/people/{li.id}/messages"))[-2]["keys"] == [["我的事项"]]


async def test_blocks_and_menus_and_notices_are_reached(bot: Bot, remote: Remote, li: Person) -> None:
    await bot.set_my_commands([("status", "查询")])
    await remote.post(f"/people/{li.id}/block")
    await remote.post(f"/people/{li.id}/unblock")

    assert len(await bot.get_updates()) == 2
    assert await remote.get(f"/people/{li.id}/menu") == [["status", "查询"]]
    assert await remote.get(f"/people/{li.id}/toasts") == []
    assert await remote.get(f"/people/{li.id}/alerts") == []


async def test_faults_are_ordered_and_confirmation_is_awaited(server: BotApiServer, remote: Remote) -> None:
    assert await remote.post("/faults", method="sendMessage", fault="reset", times=2) == {"pending": 2}
    assert await remote.get("/confirmed?within=1") == {"confirmed": True}

    server.add_person("赵强").start()

    assert "1 updates not confirmed" in (await remote.get("/confirmed?within=0"))["error"]


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("/people/42/send", b"{}", "nobody with id 42"),
        ("/people/7000000001/send", b"[]", "the body is not a JSON object"),
        ("/people/7000000001/send", b"{", "the body is not JSON"),
        ("/people/7000000001/dance", b"{}", "nobody can dance"),
        ("/people/7000000001/send", b'{"text": "x", "reply_to": 99}', "no message 99"),
        ("/people/7000000001/send", b'{"text": "x", "group": -1}', "no group with id -1"),
        ("/people/7000000001/press", b'{"text": "x"}', "no button"),
        ("/people/7000000001/photo", b'{"data": "?"}', "base64"),
        ("/faults", b'{"fault": "earthquake"}', "is not a valid Fault"),
        ("/groups", b'{"title": "x", "members": [42]}', "nobody with id 42"),
    ],
)
async def test_mistakes_are_explained(remote: Remote, li: Person, path: str, body: bytes, error: str) -> None:
    answer = await remote.client.post(path, content=body)

    assert answer.status_code == 409
    assert error in answer.json()["error"]


async def test_reading_mistakes_are_explained(remote: Remote, li: Person) -> None:
    assert (await remote.get(f"/people/{li.id}/dreams"))["error"] == "nothing called dreams"
    assert "no new message" in (await remote.get(f"/people/{li.id}/receives?words=x&within=0"))["error"]


@pytest.mark.parametrize("header", [("Host", "evil.example:80"), ("Origin", "http://evil.example")])
async def test_pages_of_other_sites_are_kept_out(remote: Remote, header: tuple[str, str]) -> None:
    answer = await remote.client.get("/people", headers=dict([header]))

    assert answer.status_code == 403


async def test_the_control_interface_is_off_unless_asked_for() -> None:
    server = BotApiServer()
    await server.start()
    async with httpx.AsyncClient() as client:
        answer = await client.get(server.base_url.removesuffix("/bot") + "/control/people")
    await server.stop()

    assert answer.status_code == 404


async def test_the_server_runs_on_its_own() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.playground", "--token", "7:x", "--limits", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    lines = [(await process.stdout.readline()).decode().strip() for _ in range(3)]
    addresses = dict(line.split("=", 1) for line in lines)

    async with Bot("7:x", base_url=addresses["base_url"], base_file_url=addresses["base_file_url"]) as bot:
        assert bot.id == 7
    async with httpx.AsyncClient() as client:
        assert (await client.get(addresses["control"] + "/people")).json() == []

    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
