"""The page's server side: who may ask, what can be done on the phones, what the stream tells."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient, Response

from bot.playground.web.letters import find_letters
from bot.playground.web.page import Page
from bot.playground.web.serving import WebServer

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


class Looker:
    """A browser with the page open: the page's token, its origin, and the people by role."""

    def __init__(self, page: Page, client: AsyncClient, address: str) -> None:
        self.page, self.client = page, client
        self.headers = {"X-Page-Token": page.token, "Origin": address.rstrip("/")}

    async def post(self, name: str, files: Any = None, **deed: Any) -> Response:
        if files:
            return await self.client.post(
                f"/do/{name}", data={"deed": json.dumps(deed)}, files=files, headers=self.headers
            )
        return await self.client.post(f"/do/{name}", json=deed, headers=self.headers)

    async def act(self, name: str, files: Any = None, **deed: Any) -> Any:
        response = await self.post(name, files, **deed)
        assert response.status_code == 200, response.text
        await self.page.stage.settled()
        return response.json()["answer"]

    async def mistake(self, name: str, **deed: Any) -> str:
        response = await self.post(name, **deed)
        assert response.status_code == 409
        return str(response.json()["mistake"])

    @property
    def admin(self) -> int:
        return self.page.stage.cast.admin.id

    @property
    def official(self) -> int:
        return self.page.stage.cast.official.id

    @property
    def delegate(self) -> int:
        return self.page.stage.cast.delegate.id

    async def person(self, person_id: int) -> dict[str, Any]:
        snapshot: Any = await self.page.snapshot()
        return next(person for person in snapshot["people"] if person["id"] == person_id)

    async def last(self, person_id: int) -> dict[str, Any]:
        message: dict[str, Any] = (await self.person(person_id))["messages"][-1]
        return message


def drain(news: asyncio.Queue[str | None]) -> list[str]:
    """What was told so far."""
    return [one for one in (news.get_nowait() for _ in range(news.qsize())) if one]


@pytest.fixture
async def looker() -> AsyncIterator[Looker]:
    page = Page(find_letters(None))
    web = WebServer(page)
    await page.open()
    web.start()
    async with AsyncClient(base_url=web.address, timeout=60) as client:
        yield Looker(page, client, web.address)
    await web.stop()
    await page.close()


async def test_the_page_carries_its_token_and_a_policy_that_lets_nothing_foreign_in(looker: Looker) -> None:
    response = await looker.client.get("/")

    assert looker.page.token in response.text
    assert "{{" not in response.text
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


async def test_everything_that_the_page_names_is_served(looker: Looker) -> None:
    folder = Path(__file__).parents[3] / "bot/playground/web/static"
    names = [str(path.relative_to(folder)) for path in folder.rglob("*.*")]

    answers = [(name, (await looker.client.get(f"/static/{name}")).status_code) for name in names]

    assert len(names) > 10
    assert [name for name, status in answers if status != 200] == []


@pytest.mark.parametrize("path", ["/", "/static/js/main.js", "/news?token=x"])
async def test_another_name_for_this_machine_is_refused(looker: Looker, path: str) -> None:
    response = await looker.client.get(path, headers={"Host": "elsewhere.example"})

    assert response.status_code == 403


@pytest.mark.parametrize(
    "wrong", [{"X-Page-Token": "guessed"}, {"Origin": "http://elsewhere.example"}, {"Origin": "null"}]
)
async def test_actions_need_the_pages_own_token_and_origin(looker: Looker, wrong: dict[str, str]) -> None:
    headers = looker.headers | wrong

    response = await looker.client.post("/do/say", json={"person": looker.admin, "text": "你好"}, headers=headers)

    assert response.status_code == 403
    assert (await looker.last(looker.admin))["text"] != "你好"


async def test_an_action_without_an_origin_is_refused(looker: Looker) -> None:
    headers = {"X-Page-Token": looker.page.token}

    assert (await looker.client.post("/do/reset", json={}, headers=headers)).status_code == 403


@pytest.mark.parametrize("path", ["/news?token=guessed", "/files/1/1?token=guessed"])
async def test_news_and_files_need_the_token(looker: Looker, path: str) -> None:
    assert (await looker.client.get(path)).status_code == 403


@pytest.mark.parametrize("body", ["[]", "{", '"x"'])
async def test_a_body_that_is_no_object_is_refused(looker: Looker, body: str) -> None:
    response = await looker.client.post("/do/say", content=body, headers=looker.headers)

    assert response.status_code == 400


async def test_the_stream_begins_with_the_whole_stage_and_goes_on_with_what_happens(looker: Looker) -> None:
    async with looker.client.stream("GET", f"/news?token={looker.page.token}") as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == "event: stage"
        stage = json.loads((await anext(lines)).removeprefix("data: "))
        assert [person["role"] for person in stage["people"]] == ["admin", "official", "delegate"]
        assert stage["letters"][0] == "1-科技局答复.txt"

        await looker.act("start", person=looker.official)
        kinds = set()
        async with asyncio.timeout(10):
            async for line in lines:
                kinds |= {line} if line.startswith("event: ") else set()
                if "承办单位联系人：请点下面的按钮" in line:
                    break

    assert {"event: busy", "event: message", "event: head"} <= kinds


async def test_a_letter_is_dropped_in_and_its_card_has_buttons_that_work(looker: Looker) -> None:
    await looker.act("letter", person=looker.admin, letter="1-科技局答复.txt")
    card = await looker.last(looker.admin)
    assert "答复已读完" in card["text"]
    assert card["buttons"][0][0]["text"] == "全部确认"

    await looker.act("press", person=looker.admin, message=card["id"], row=0, column=0)

    assert "已确认" in (await looker.last(looker.admin))["text"]


async def test_the_key_that_asks_for_the_phone_number_shares_it(looker: Looker) -> None:
    await looker.act("start", person=looker.official)
    key = (await looker.person(looker.official))["keys"][0][0]

    await looker.act("key", person=looker.official, text=key)

    contact = [message["contact"] for message in (await looker.person(looker.official))["messages"]]
    assert "+8613900000026" in contact


async def test_an_own_file_goes_to_the_bot_and_can_be_fetched_but_never_run(looker: Looker) -> None:
    files = {"file": ("说明 1.html", b"<script>alert(1)</script>", "text/html")}
    await looker.act("file", files, person=looker.admin, text="")
    sent = next(message for message in (await looker.person(looker.admin))["messages"] if message["file"])

    response = await looker.client.get(f"/files/{looker.admin}/{sent['id']}?token={looker.page.token}")

    assert response.content == b"<script>alert(1)</script>"
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_picture_goes_as_a_photo_with_its_caption(looker: Looker) -> None:
    await looker.act("file", {"file": ("a.png", PNG, "image/png")}, person=looker.admin, text="现场照片")
    sent = next(message for message in (await looker.person(looker.admin))["messages"] if message["file"])

    response = await looker.client.get(f"/files/{looker.admin}/{sent['id']}?token={looker.page.token}")

    assert sent["file"]["photo"] is True
    assert sent["text"] == "现场照片"
    assert response.headers["Content-Type"] == "image/png"


async def test_a_file_that_is_not_there_is_not_found(looker: Looker) -> None:
    for path in (f"/files/{looker.admin}/999", f"/files/{looker.admin}/1", "/files/1/1"):
        assert (await looker.client.get(f"{path}?token={looker.page.token}")).status_code == 404


async def test_an_invite_link_that_is_written_into_another_phone_opens_the_bot_there(looker: Looker) -> None:
    await looker.act("say", person=looker.admin, text="/invite 代表 陈书宁")
    invite = await looker.last(looker.admin)
    link = next(mark for mark in invite["marks"] if mark["code"])

    await looker.act("say", person=looker.delegate, text=link["link"])

    assert "陈书宁，您好" in (await looker.last(looker.delegate))["text"]


async def test_a_reply_is_shown_as_such(looker: Looker) -> None:
    greeting = await looker.last(looker.admin)

    await looker.act("say", person=looker.admin, text="谢谢", reply=greeting["id"])

    reply = next(message for message in (await looker.person(looker.admin))["messages"] if message["text"] == "谢谢")
    assert reply["reply"]["id"] == greeting["id"]


async def test_mistakes_are_told_by_a_code_and_change_nothing(looker: Looker) -> None:
    admin = looker.admin
    assert await looker.mistake("say", person=admin, text="  ") == "empty"
    assert await looker.mistake("say", person=42, text="x") == "nobody"
    assert await looker.mistake("press", person=admin, message=2, row=5, column=0) == "gone"
    assert await looker.mistake("letter", person=admin, letter="../../etc/passwd") == "gone"
    assert await looker.mistake("key", person=admin, text="没有这个键") == "gone"
    assert await looker.mistake("clock", days=100_000) == "too_far"
    assert await looker.mistake("tour", step=9) == "gone"
    assert await looker.mistake("person", text="") == "empty"
    assert await looker.mistake("start", person=admin, code="不 合 法") == "not_now"
    assert await looker.mistake("nothing") == "gone"


async def test_somebody_new_has_a_phone_of_the_own(looker: Looker) -> None:
    person_id = await looker.act("person", text="顾言", phone="139 0000 0158")

    person = await looker.person(person_id)

    assert (person["name"], person["phone"], person["role"]) == ("顾言", "13900000158", "guest")
    assert person["started"] is False


async def test_a_phone_without_a_number_cannot_share_it(looker: Looker) -> None:
    person_id = await looker.act("person", text="林清越", phone="")
    await looker.act("start", person=person_id)
    key = (await looker.person(person_id))["keys"][0][0]

    assert await looker.mistake("key", person=person_id, text=key) == "no_phone"


async def test_the_clock_moves_by_days_and_to_the_next_reminder(looker: Looker) -> None:
    assert await looker.act("clock", days=0) is None
    assert await looker.act("clock", days=7) == "2024-07-16"
    await looker.act("tour", step=1)
    await looker.act("tour", step=2)
    await looker.act("tour", step=3)

    assert await looker.act("clock", days=0) == "2024-09-30"


async def test_a_stopped_bot_answers_when_it_runs_again(looker: Looker) -> None:
    await looker.act("stop")
    await looker.act("say", person=looker.admin, text="/help")
    assert (await looker.last(looker.admin))["own"] is True

    await looker.act("run")

    assert (await looker.last(looker.admin))["own"] is False


async def test_a_kill_waits_for_nobody_and_what_it_left_undone_is_told_and_done(looker: Looker) -> None:
    async with looker.page.feed.reader() as news:
        response = await looker.post("letter", person=looker.admin, letter="1-科技局答复.txt")
        await looker.act("restart")
        told = [json.loads(one.partition("data: ")[2]) for one in drain(news) if one.startswith("event: life")]

    assert response.status_code == 200
    assert told == [{"state": state, "undone": 1} for state in ("stopped", "starting", "running")]
    said = [message["text"] for message in (await looker.person(looker.admin))["messages"]]
    assert sum("答复已读完" in words for words in said) == 1


async def test_reset_begins_a_new_stage_for_everybody_who_looks_on(looker: Looker) -> None:
    await looker.act("tour", step=1)
    await looker.act("clock", days=7)
    async with looker.page.feed.reader() as news:
        await looker.act("reset")
        told = drain(news)

    assert any(one.startswith("event: stage") for one in told)
    assert not any(one.startswith("event: life") for one in told)
    snapshot: Any = await looker.page.snapshot()
    assert snapshot["clock"]["day"] == "2024-07-09"
    assert snapshot["generation"] == 2
    assert len(snapshot["people"][0]["messages"]) == 2


async def test_the_tour_tells_the_whole_story(looker: Looker) -> None:
    for step in range(1, 9):
        await looker.act("tour", step=step)

    said = [message["text"] for message in (await looker.person(looker.delegate))["messages"]]
    assert any("承诺已办结" in words for words in said)
    assert "已办结" in said[-1]


async def test_the_steps_of_the_tour_do_what_their_words_say(looker: Looker) -> None:
    for step in range(1, 6):
        await looker.act("tour", step=step)
    reminder = await looker.last(looker.official)
    assert (reminder["day"], "还有 31 天" in reminder["text"]) == ("2024-09-30", True)

    for step in (6, 7):
        await looker.act("tour", step=step)

    seen = [message for message in (await looker.person(looker.admin))["messages"] if message["file"]]
    assert seen[-1]["file"]["photo"] is True


async def test_a_step_of_the_tour_that_the_visitor_did_himself_is_passed_over(looker: Looker) -> None:
    await looker.act("tour", step=1)
    card = await looker.last(looker.admin)
    await looker.act("press", person=looker.admin, message=card["id"], row=0, column=0)

    await looker.act("tour", step=2)

    assert "已确认" in (await looker.last(looker.admin))["text"]


def test_letters_of_a_folder_are_offered_in_order_and_nothing_else(tmp_path: Path) -> None:
    for name in ("乙.docx", "甲.txt", "图片.png"):
        (tmp_path / name).write_bytes(b"x")

    assert list(find_letters(tmp_path)) == sorted(["甲.txt", "乙.docx"])
