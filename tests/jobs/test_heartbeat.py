"""A tick runs what is due by our clock, a failed job is tried again, and starting over repeats nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.cards.base import Card
from bot.messenger import TelegramMessenger
from bot.playground.server import BotApiServer
from commitments.clock import SetClock
from jobs.delivery import Delivery
from jobs.heartbeat import Heartbeat
from jobs.pace import UNLIMITED, Pace
from jobs.timetable import TIMETABLE
from jobs.work import Work
from storage import jobruns
from storage.outbox import Saying
from tests.jobs.office import ADMIN, RHYTHM, Office, morning
from tests.jobs.telegram import open_bot, serve

TUESDAY = morning(date(2024, 12, 24))


async def word(saying: Saying) -> Card:
    return Card(saying.kind)


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with serve() as running:
        yield running


@pytest.fixture
async def clock() -> SetClock:
    return SetClock(TUESDAY)


@pytest.fixture
async def heartbeat(office: Office, server: BotApiServer, clock: SetClock) -> AsyncIterator[Heartbeat]:
    async with open_bot(server) as bot:
        messenger = TelegramMessenger(bot, word)
        delivery = Delivery(office.database, messenger, clock, RHYTHM, pace=Pace(UNLIMITED))
        yield Heartbeat(Work(office.database, RHYTHM, (ADMIN,)), clock, delivery)


async def test_at_night_the_house_is_kept_and_nobody_is_told(heartbeat: Heartbeat) -> None:
    done = await heartbeat.tick(TUESDAY - timedelta(hours=3))

    assert "housekeeping" in done
    assert "sweep" not in done


async def test_a_morning_from_the_clock_to_the_chat(heartbeat: Heartbeat, office: Office, server: BotApiServer) -> None:
    zhou = server.add_person("周明远")
    zhou.start()
    await office.add_commitment(date(2024, 12, 31), contact_id=await office.add_person("周明远", zhou.id))

    assert "sweep" in await heartbeat.tick(TUESDAY)
    assert await heartbeat.tick(TUESDAY) == []
    assert await heartbeat.drain() == 1

    assert [message.text for message in zhou.inbox] == ["digest"]


async def test_a_job_that_fails_is_noted_and_tried_again(heartbeat: Heartbeat, office: Office) -> None:
    async def fail(_work: Work, _day: date, _now: datetime) -> None:
        raise OSError("no space left")

    broken = Heartbeat(
        Work(office.database, RHYTHM), SetClock(TUESDAY), heartbeat._delivery, (replace(TIMETABLE[0], run=fail),)
    )

    assert await broken.tick(TUESDAY) == []
    assert (await jobruns.find_runs(office.database))["sweep"].outcome == "OSError: no space left"
    assert "sweep" in await heartbeat.tick(TUESDAY + timedelta(minutes=1))


async def test_a_started_heartbeat_ticks_and_delivers_by_itself(
    heartbeat: Heartbeat, office: Office, server: BotApiServer
) -> None:
    zhou = server.add_person("周明远")
    zhou.start()
    await office.add_commitment(date(2024, 12, 31), contact_id=await office.add_person("周明远", zhou.id))

    heartbeat.start()
    message = await zhou.receives("digest")
    await asyncio.wait_for(heartbeat.stop(), 10)

    assert message.text == "digest"
