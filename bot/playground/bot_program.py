"""The bot of the stage as a program of its own, `python -m bot.playground.bot_program`: it obeys orders from a pipe.

One JSON object a line: first who it is (`BotProcess.start` writes it), then orders; each is answered with a line.
It ends when the pipe does, and may be killed at any moment.
"""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.app import Program, open_services
from bot.playground.wire import Json, JsonObject, words
from bot.settings import Access, Settings, Storage, Telegram
from commitments.clock import SetClock, local_time
from commitments.workdays import ONE_DAY
from jobs.pace import UNLIMITED
from jobs.planning import plan
from jobs.timetable import TIMETABLE
from storage.sending import recover_claims

LOOK_AHEAD = timedelta(days=550)
"""Further than the longest promise of the sample letters."""


async def perform() -> None:
    about = await _hear()
    assert about is not None
    clock = SetClock(datetime.fromisoformat(words(about["now"])))
    async with open_services(_settings(about), clock, readers=1) as services:
        # what `Delivery.run` does first; here it is drained on order instead
        await recover_claims(services.database)
        program = Program(services, UNLIMITED)
        await program.start(heartbeat=False)
        morning = services.settings.clock.morning
        _say(sorted({f"{job.hour or morning:%H:%M}" for job in TIMETABLE}))
        while (order := await _hear()) is not None:
            _say(await _obey(order, program, clock))
    # without anybody to give orders there is no Telegram either: nothing can be ended in order


async def _obey(order: JsonObject, program: Program, clock: SetClock) -> Json:
    match order["do"]:
        case "stand":
            clock.set(datetime.fromisoformat(words(order["at"])))
            await program.heartbeat.tick(clock.now())
            await program.heartbeat.drain()
        case "settle":
            await program.application.update_queue.join()
            await program.heartbeat.drain()
        case "look_ahead":
            day = await _find_next_reminder(program)
            return f"{day:%Y-%m-%d}" if day else None
    return None


async def _find_next_reminder(program: Program) -> date | None:
    """Halves the span until one day is left: whatever fires by a day also fires by every later one."""
    settings = program.services.settings
    rhythm, now = settings.rhythm, local_time(program.services.clock.now(), settings.zone)
    covered = now.date() - (ONE_DAY if now.time() < rhythm.morning else timedelta(0))
    quiet, firing = covered, covered + LOOK_AHEAD
    if not await _fires(program, covered, firing):
        return None
    while firing - quiet > ONE_DAY:
        middle = quiet + (firing - quiet) // 2
        if await _fires(program, covered, middle):
            firing = middle
        else:
            quiet = middle
    return rhythm.calendar.workday_from(firing)


async def _fires(program: Program, after: date, until: date) -> bool:
    services = program.services
    planned = await plan(services.database, until, services.settings.rhythm, services.admins, since=after)
    return any(one.why_not is None and one.chat_id is not None for one in planned)


def _settings(about: JsonObject) -> Settings:
    folder = Path(words(about["folder"]))
    return Settings(
        telegram=Telegram.model_validate(about["telegram"]),
        access=Access.model_validate({"admins": about["admins"]}),
        storage=Storage(url=f"sqlite:///{folder}/jiannuo.db", files=folder / "files"),
    )


async def _hear() -> JsonObject | None:
    line = await asyncio.to_thread(sys.stdin.readline)
    return json.loads(line) if line else None


def _say(answer: Json) -> None:
    print(json.dumps(answer), flush=True)


def main() -> None:
    # Ctrl+C reaches the whole group of processes; the one that gives the orders decides when this one ends
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    asyncio.run(perform())


if __name__ == "__main__":
    main()
