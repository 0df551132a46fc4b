"""The guided tour: eight steps, each done by the people of the cast on their phones. What to see is in words.js."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.playground.people import Person
from bot.playground.stage import LETTERS, Stage

Step = Callable[[Stage], Awaitable[None]]
NOTICE = Path(__file__).parent / "notice.jpg"
"""The picture that the official sends as evidence: the first page of the invented rules."""


async def load(stage: Stage) -> None:
    letter = min(LETTERS.glob("*.txt"))
    stage.cast.admin.send_document(letter.name, letter.read_bytes())
    await stage.settled()


async def confirm(stage: Stage) -> None:
    await _press(stage, stage.cast.admin, "全部确认")


async def bind_official(stage: Stage) -> None:
    stage.cast.official.start()
    await stage.settled()
    if stage.cast.official.keyboard is not None:
        stage.cast.official.share_contact()
        await stage.settled()


async def invite_delegate(stage: Stage) -> None:
    admin, delegate = stage.cast.admin, stage.cast.delegate
    admin.send(f"/invite 代表 {delegate.name}")
    await stage.settled()
    _, link, code = admin.last.words.partition("?start=")
    if link:
        delegate.start(code.split()[0])
        await stage.settled()


async def let_days_pass(stage: Stage) -> None:
    await stage.to_next_reminder()


async def report(stage: Stage) -> None:
    official = stage.cast.official
    official.send_photo(NOTICE.read_bytes(), "办法已印发，文号澄科〔2024〕33号", reply_to=official.last)
    await stage.settled()
    await _press(stage, official, "已办结")
    await _press(stage, official, "确认办结")


async def restart_and_close(stage: Stage) -> None:
    await stage.restart_bot()
    await _press(stage, stage.cast.admin, "看附件")
    await _press(stage, stage.cast.admin, "销号")
    await _press(stage, stage.cast.admin, "确认销号")


async def ask(stage: Stage) -> None:
    stage.cast.delegate.send("孵化器管理办法印发了吗？")
    await stage.settled()


STEPS: tuple[Step, ...] = (
    load,
    confirm,
    bind_official,
    invite_delegate,
    let_days_pass,
    report,
    restart_and_close,
    ask,
)


async def _press(stage: Stage, person: Person, button: str) -> None:
    """Press it, unless the visitor has done so: then there is no such button any more."""
    if any(button in message.button_texts for message in person.inbox):
        person.press(button)
        await stage.settled()
