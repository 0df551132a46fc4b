"""Stories: the real application against the local Bot API server, a real ledger, a clock that the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app import Program, open_services
from bot.playground.people import Person
from bot.playground.server import BotApiServer
from bot.settings import Access, Settings, Storage, Telegram
from commitments.clock import SetClock
from jobs.pace import UNLIMITED

SHANGHAI = ZoneInfo("Asia/Shanghai")
LETTERS = Path(__file__).parents[2] / "bot" / "playground" / "letters"
SCIENCE, TRANSPORT, DISTRICT = (path.read_bytes() for path in sorted(LETTERS.glob("*.txt")))


class Story:
    """A bot that can be stopped and started between any two steps, its people, and the time."""

    def __init__(self, server: BotApiServer, clock: SetClock, settings: Settings, people: dict[str, Person]) -> None:
        self.server, self.clock, self.settings = server, clock, settings
        self.admin, self.official = people["admin"], people["official"]
        self.delegate, self.stranger = people["delegate"], people["stranger"]
        self._stack = AsyncExitStack()
        self.program: Program

    async def start_bot(self) -> None:
        services = await self._stack.enter_async_context(open_services(self.settings, self.clock))
        self.program = Program(services, UNLIMITED)
        await self.program.start(heartbeat=False)

    async def stop_bot(self) -> None:
        await self.program.stop()
        await self._stack.aclose()

    async def restart(self) -> None:
        await self.stop_bot()
        await self.start_bot()

    async def settled(self) -> None:
        """Everything that people did is handled, and everything that may be said now is said."""
        await self.server.all_confirmed()
        await self.program.application.update_queue.join()
        await self.program.heartbeat.drain()

    async def morning(self, day: str, hour: str = "08:30") -> None:
        """The clock is moved to a morning, and what the timetable says is done."""
        self.clock.set(datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=SHANGHAI))
        await self.program.heartbeat.tick(self.clock.now())
        await self.settled()

    async def load(self, data: bytes, name: str = "答复.txt") -> None:
        self.admin.send_document(name, data)
        await self.settled()

    async def load_and_confirm(self, data: bytes, name: str = "答复.txt") -> None:
        await self.load(data, name)
        self.admin.press("全部确认")
        await self.settled()

    async def bind_official(self) -> None:
        self.official.start()
        await self.settled()
        self.official.share_contact()
        await self.settled()

    async def bind_delegate(self, name: str = "陈书宁") -> None:
        self.admin.send(f"/invite 代表 {name}")
        await self.settled()
        code = self.admin.last.words.split("?start=")[1].split()[0]
        self.delegate.start(code)
        await self.settled()


def said(person: Person) -> str:
    """The newest words of the bot to a person."""
    return person.last.words


@pytest.fixture
async def story(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Story]:
    async for one in tell(sqlite_url, tmp_path):
        yield one


@pytest.fixture
async def story_on_each_database(database_url: str, tmp_path: Path) -> AsyncIterator[Story]:
    async for one in tell(database_url, tmp_path):
        yield one


async def tell(url: str, folder: Path) -> AsyncIterator[Story]:
    clock = SetClock(datetime(2024, 7, 8, 9, 0, tzinfo=SHANGHAI))
    server = BotApiServer(token="1000001:playground", now=clock.now, limits=None)
    await server.start()
    people = {
        "admin": server.add_person("督查室 王芷", phone="+8613900000099"),
        "official": server.add_person("周明远", phone="+8613900000026"),
        "delegate": server.add_person("陈书宁", phone="+8613900000077"),
        "stranger": server.add_person("路人", phone="+8613900000055"),
    }
    settings = Settings(
        telegram=Telegram(token="1000001:playground", base_url=server.base_url, base_file_url=server.base_file_url),  # type: ignore[arg-type]
        access=Access(admins=(people["admin"].id,)),
        storage=Storage(url=url, files=folder / "files"),
    )
    story = Story(server, clock, settings, people)
    await story.start_bot()
    people["admin"].start()
    await story.settled()
    yield story
    await story.stop_bot()
    await server.stop()
