"""The stage: days pass as they would, the bot may be killed at any moment, and starts again from its database alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest

from bot.playground.stage import LETTERS, Stage

SCIENCE = sorted(LETTERS.glob("*.txt"))[0].read_bytes()


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with Stage() as one:
        one.cast.admin.start()
        await one.settled()
        yield one


async def with_one_letter(stage: Stage) -> None:
    stage.cast.admin.send_document("答复.txt", SCIENCE)
    await stage.settled()
    stage.cast.admin.press("全部确认")
    await stage.settled()
    stage.cast.official.start()
    await stage.settled()
    stage.cast.official.share_contact()
    await stage.settled()


async def test_without_letters_no_reminder_is_to_come_and_the_clock_stands(stage: Stage) -> None:
    before = stage.now

    assert await stage.to_next_reminder() is None
    assert stage.now == before


async def test_the_next_reminder_comes_on_the_morning_thirty_days_before(stage: Stage) -> None:
    await with_one_letter(stage)

    assert await stage.find_next_reminder() == date(2024, 9, 30)
    await stage.to_next_reminder()

    assert f"{stage.now:%F %H:%M}" == "2024-09-30 08:30"
    assert "承诺提醒 · 9月30日" in stage.cast.official.last.words


async def test_what_falls_due_in_between_is_done_on_its_own_day(stage: Stage) -> None:
    await with_one_letter(stage)

    await stage.advance(days=15)

    dates = [f"{message.date:%F}" for message in stage.cast.admin.inbox if "一周小结" in message.words]
    assert dates == ["2024-07-15", "2024-07-22"]


async def test_the_clock_tells_whoever_shows_it(stage: Stage) -> None:
    shown: list[str] = []
    stage.on_time = lambda: shown.append(f"{stage.now:%F}")

    await stage.advance(days=1)

    assert shown[-1] == "2024-07-10"


async def test_messages_to_a_stopped_bot_wait_until_it_is_started(stage: Stage) -> None:
    await stage.kill_bot()
    stage.cast.admin.send_document("答复.txt", SCIENCE)
    await stage.settled()
    assert "答复已读完" not in stage.cast.admin.last.words

    await stage.start_bot()

    assert stage.undone == 1
    assert "答复已读完" in stage.cast.admin.last.words


async def test_a_letter_that_was_being_read_when_the_bot_was_killed_is_read_once_by_the_next(stage: Stage) -> None:
    stage.cast.admin.send_document("答复.txt", SCIENCE)
    await stage.server.called("getFile")

    await stage.restart_bot()

    assert stage.undone == 1
    assert stage.cast.admin.last.words.startswith("📄 答复已读完")
    assert sum("答复已读完" in message.words for message in stage.cast.admin.inbox) == 1


async def test_a_kill_while_days_pass_is_made_up_for_and_nobody_hears_a_thing_twice(stage: Stage) -> None:
    await with_one_letter(stage)
    reminded = asyncio.Event()
    stage.server.on_event(lambda event: reminded.set() if event.chat.id == stage.cast.official.id else None)
    passing = asyncio.create_task(stage.advance(days=120))
    await reminded.wait()

    await stage.restart_bot()
    await passing

    told = [message.words for message in stage.cast.official.inbox if "承诺提醒" in message.words]
    days = [words.splitlines()[0] for words in told if "可能重复" not in words]
    assert len(days) == len(set(days))
    assert "补发" in told[-1]


async def test_days_pass_over_a_stopped_bot_and_are_made_up_for_once(stage: Stage) -> None:
    await with_one_letter(stage)
    await stage.advance(days=1)
    await stage.kill_bot()
    await stage.advance(days=100)
    before = len(stage.cast.official.inbox)

    await stage.start_bot()
    await stage.advance(days=1)

    told = [message.words for message in stage.cast.official.inbox[before:] if "承诺提醒" in message.words]
    assert len(told) == 1
    assert "补发" in told[0]
