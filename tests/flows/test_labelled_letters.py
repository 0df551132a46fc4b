"""Five real letters go through chat. They name real people, so nothing of them is kept here."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.playground.people import Person
from tests.flows.conftest import SHANGHAI, Story, said, tell

PHOTO = b"\xff\xd8\xff\xe0" + b"proof" * 100 + b"\xff\xd9"


@dataclass(frozen=True)
class Seed:
    name: str
    data: bytes
    letter: dict[str, Any]


@pytest.fixture
def seeds(ledger_assets: Path) -> list[Seed]:
    return [
        Seed(path.name, path.read_bytes(), json.loads(path.with_suffix(".letter.json").read_text()))
        for path in sorted((ledger_assets / "seeds").glob("*.txt"))
    ]


@pytest.fixture
async def long_ago(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Story]:
    """All letters are loaded at a time when their promises still lie ahead."""
    async for story in tell(sqlite_url, tmp_path):
        story.clock.set(datetime(2024, 7, 8, 9, 0, tzinfo=SHANGHAI))
        yield story


async def load_whole(story: Story, seed: Seed) -> None:
    """Send the file, give what the letter lacks when asked, confirm."""
    await story.load(seed.data, seed.name)
    if "请补答复日期" in said(story.admin):
        story.admin.send(seed.letter["assumed_reply_date"])
        await story.settled()
    await story.restart()
    if "请补答复单位" in said(story.admin):
        story.admin.send("某市科学技术局")
        await story.settled()
    story.admin.press("全部确认")
    await story.settled()
    assert "已确认" in said(story.admin)


async def test_five_real_letters_go_the_whole_way(long_ago: Story, seeds: list[Seed]) -> None:
    story = long_ago
    for seed in seeds:
        await load_whole(story, seed)
    nine = seeds[0].letter
    official = story.server.add_person(nine["contact_name"], phone=f"+86{nine['contact_phone']}")
    delegate = story.server.add_person(nine["addressees"][0])
    await bind(story, official, delegate, nine["addressees"][0])

    # 30 days before 2024-10-31 is a holiday, 30 days before 2024-12-31 a Sunday: each comes on the working day before.
    for day in ("2024-09-30", "2024-09-30", "2024-10-01", "2024-10-08"):
        await story.morning(day)
    assert len([message for message in official.inbox if "2024-10-31" in message.words]) == 1
    await story.restart()

    card = next(message for message in official.inbox if "2024-10-31" in message.words and "承诺提醒" in message.words)
    official.send_photo(PHOTO, "办法已印发", reply_to=card)
    await story.settled()
    assert "进展已记下" in said(official)
    official.press("已办结")
    await story.settled()
    official.press("确认办结")
    await story.settled()
    story.admin.press("销号")
    await story.settled()
    story.admin.press("确认销号")
    await story.settled()
    await story.morning("2024-11-29")
    assert "还有 32 天（2024-12-31，周二）" in said(official)
    assert any("承诺已办结" in message.words for message in delegate.inbox)
    await story.restart()

    delegate.send(f"{nine['number']}建议办得怎么样了")
    await story.settled()
    assert "已办结 1 项" in said(delegate)


async def bind(story: Story, official: Person, delegate: Person, name: str) -> None:
    official.start()
    await story.settled()
    official.share_contact()
    await story.settled()
    assert "已绑定" in said(official)
    story.admin.send(f"/invite 代表 {name}")
    await story.settled()
    delegate.start(said(story.admin).split("?start=")[1].split()[0])
    await story.settled()
    assert "您好" in said(delegate)
