"""The whole bot is killed again and again while people write and days pass: no deed is lost, none is done twice.

11 kills in every test run; 58 with JIANNUO_PROOF=whole (make proof). Only an answer may come a second time.
"""

from __future__ import annotations

import asyncio
import os
from random import Random

from bot.playground.people import Person
from bot.playground.stage import LETTERS, Stage

TURNS = 50 if os.environ.get("JIANNUO_PROOF") else 3
LONGEST_LIFE_SECONDS = 0.5
MARK = "可能重复"


async def test_power_cuts_lose_nothing_that_people_did_and_do_nothing_twice() -> None:
    rng = Random(7)
    async with Stage() as stage:
        await load_letters(stage, rng)
        await bind(stage, rng)
        await report_progress(stage, rng)
        passing = asyncio.create_task(stage.advance(days=200))
        await cut(stage, rng)
        await passing

    admin, official = stage.cast.admin, stage.cast.official
    confirmed = [message.words.splitlines()[0] for message in admin.inbox if "已确认" in message.words]
    assert sorted(confirmed) == ["✅ 已确认 5 项承诺", "✅ 已确认 5 项承诺", "✅ 已确认 6 项承诺"]
    assert is_told_once(admin, "周明远 已绑定")
    assert all(is_told_once(admin, f"第{turn}次现场调度") for turn in range(TURNS))
    mornings = {message.words.splitlines()[0] for message in official.inbox if "承诺提醒" in message.words}
    assert mornings
    assert all(is_told_once(official, morning) for morning in mornings if MARK not in morning)


async def load_letters(stage: Stage, rng: Random) -> None:
    admin = stage.cast.admin
    admin.start()
    for letter in sorted(LETTERS.glob("*.txt")):
        admin.send_document(letter.name, letter.read_bytes())
        await cut(stage, rng)
        if "看已载入的" in admin.last.button_texts:
            # it was kept, and the kill came before the card
            admin.press("看已载入的")
            await stage.settled()
        admin.press("全部确认")
        await cut(stage, rng)


async def bind(stage: Stage, rng: Random) -> None:
    stage.cast.official.start()
    stage.cast.official.share_contact()
    await cut(stage, rng)


async def report_progress(stage: Stage, rng: Random) -> None:
    """Two people write at once."""
    official, admin = stage.cast.official, stage.cast.admin
    await stage.to_next_reminder()
    reminder = official.last
    for turn in range(TURNS):
        official.send(f"第{turn}次现场调度", reply_to=reminder)
        admin.send("/help")
        await cut(stage, rng)
    await stage.settled()


async def cut(stage: Stage, rng: Random) -> None:
    await asyncio.sleep(rng.uniform(0, LONGEST_LIFE_SECONDS))
    await stage.restart_bot()


def is_told_once(person: Person, words: str) -> bool:
    """A message that was on its way at the moment of a kill may come a second time, and says so."""
    told = [message for message in person.inbox if words in message.words]
    return bool(told) and sum(MARK not in message.words for message in told) <= 1
