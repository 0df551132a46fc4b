"""What docs/admin.zh-CN.md shows of a contact's week is what the bot says in that week."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from bot.playground.messages import SeenMessage
from bot.playground.stage import LETTERS, Stage

GUIDE = Path(__file__).parents[2] / "docs" / "admin.zh-CN.md"
WEEK = (datetime(2024, 11, 25, tzinfo=UTC), datetime(2024, 12, 2, 1, tzinfo=UTC))


async def test_the_week_of_a_contact_is_as_the_guide_shows_it() -> None:
    async with Stage() as stage:
        admin, contact = stage.cast.admin, stage.server.add_person("林清越")
        admin.send_document("答复.txt", next(LETTERS.glob("2-*.txt")).read_bytes())
        await stage.settled()
        admin.press("全部确认")
        admin.send("/invite 联系人 澄湾市交通运输局 林清越")
        await stage.settled()
        contact.start(admin.last.words.partition("?start=")[2].split()[0])
        await stage.to(WEEK[1].astimezone(stage.zone))
        said = [drawn(message, stage) for message in contact.inbox if WEEK[0] <= message.date <= WEEK[1]]

    shown = re.search(r"```\n(── .*?)\n```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert shown is not None
    assert "\n\n".join(said) == shown[1]


def drawn(message: SeenMessage, stage: Stage) -> str:
    rows = [" ".join(f"[{button.text}]" for button in row) for row in message.buttons]
    return "\n".join([f"── {message.date.astimezone(stage.zone):%m-%d %H:%M}", message.words, *rows])
