"""The main job as a story in the terminal: the real bot, its people and its clock, days passing in seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from rich.align import Align
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from bot.cards.base import WEEKDAYS
from bot.playground.events import Event, EventKind
from bot.playground.messages import SeenMessage
from bot.playground.people import Person
from bot.playground.stage import LETTERS, Stage

WIDTH = 78
READING_SECONDS = 1.2
"""So long a message stands before the next one, at normal speed."""
ROUTINE = frozenset({"🗓 一周小结", "📮 督办提示", "📋 每月调度"})
A_PHOTO = b"\xff\xd8\xff\xe0" + bytes(512) + b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class Scene:
    """A heading, and what the people do in it."""

    title: str
    play: Callable[[Stage], Coroutine[Any, Any, None]]


class Screen:
    """Shows what happens on the stage as it happens: people on the right, the bot on the left.

    Messages to others than the three main persons, and routine ones that were shown before, take one line.
    """

    def __init__(self, stage: Stage, console: Console) -> None:
        self._console = console
        self._who = {
            stage.cast.admin.id: ("督查室 王芷", "magenta"),
            stage.cast.official.id: ("联系人 周明远", "green"),
            stage.cast.delegate.id: ("代表 陈书宁", "blue"),
        }
        self._shown: set[tuple[int, str]] = set()

    def heading(self, title: str, moment: datetime) -> None:
        day = f"{moment:%Y-%m-%d %H:%M} 周{WEEKDAYS[moment.weekday()]}"
        self._console.print()
        self._console.print(Rule(f"[bold]{title}[/]  [dim]{day}[/]", align="left", style="dim"))

    def note(self, words: str) -> None:
        self._console.print(Text(f"  {words}", style="dim italic"))

    def show(self, event: Event) -> float:
        """Show one thing that happened; how much of a reader's pause it deserves, 0 to 1."""
        if event.message is not None and self._is_routine(event):
            title = unescape(event.message.words).partition("\n")[0]
            to = self._who.get(event.chat.id, (str(event.chat.members[event.chat.id]),))[0]
            self._console.print(Text(f"  … {title} → {to}", style="dim"))
            return 0.15
        if event.chat.id not in self._who:
            return 0.0
        self._show_whole(event)
        return 1.0

    def _is_routine(self, event: Event) -> bool:
        assert event.message is not None
        if event.kind is not EventKind.SENT:
            return False
        if event.chat.id not in self._who:
            return True
        kind = event.message.words.partition(" · ")[0]
        before = (event.chat.id, kind) in self._shown
        self._shown.add((event.chat.id, kind))
        return before and kind in ROUTINE

    def _show_whole(self, event: Event) -> None:
        name, colour = self._who[event.chat.id]
        if event.kind is EventKind.PRESSED:
            self._right(name, colour, f"［{event.text}］")
        elif event.kind is EventKind.ANSWERED and event.text:
            self._console.print(Text(f"  ✓ {event.text}", style="dim"))
        elif event.message is not None and event.kind in (EventKind.SENT, EventKind.EDITED):
            self._left(name, colour, event.message)
        elif event.message is not None and event.kind is EventKind.SAID:
            self._right(name, colour, _said(event.message))

    def _left(self, name: str, colour: str, message: SeenMessage) -> None:
        body = Text(unescape(message.words))
        for row in message.buttons:
            body.append("\n")
            body.append("  ".join(f"［{button.text}］" for button in row), style="cyan")
        panel = Panel(body, title=f"践诺 → {name}", title_align="left", border_style=colour, width=WIDTH - 12)
        self._console.print(panel)

    def _right(self, name: str, colour: str, words: str) -> None:
        bubble = Panel(Text(words), title=name, title_align="right", border_style=f"dim {colour}", expand=False)
        self._console.print(Padding(Align.right(bubble, width=WIDTH), 0))


def _said(message: SeenMessage) -> str:
    if message.contact is not None:
        return "📱 （发送本人手机号）"
    if message.file is not None:
        name = message.file_name or "照片"
        return f"📎 {name}" + (f"\n{message.caption}" if message.caption else "")
    return message.words


async def load_letters(stage: Stage) -> None:
    admin = stage.cast.admin
    admin.start()
    await stage.settled()
    for path in sorted(LETTERS.glob("*.txt")):
        admin.send_document(path.name, path.read_bytes())
        await stage.settled()
        await press(stage, admin, "全部确认")


async def come_in(stage: Stage) -> None:
    """The contact by the own phone number, the delegate by an invite link."""
    admin, official, delegate = stage.cast.admin, stage.cast.official, stage.cast.delegate
    official.start()
    await stage.settled()
    await press(stage, official, "📱 发送我的手机号")
    admin.send("/invite 代表 陈书宁")
    await stage.settled()
    delegate.start(_code(admin.last))
    await stage.settled()


async def others_come_in(stage: Stage) -> None:
    """The contacts of the other two letters: one has a landline only, one a mobile."""
    admin = stage.cast.admin
    landline = stage.server.add_person("林清越", phone="+8613900000142")
    mobile = stage.server.add_person("顾言", phone="+8613900000158")
    admin.send("/invite 联系人 澄湾市交通运输局 林清越")
    await stage.settled()
    landline.start(_code(admin.last))
    mobile.start()
    mobile.share_contact()
    await stage.settled()


async def be_reminded(stage: Stage) -> None:
    while "承诺提醒" not in stage.cast.official.last.words:
        await stage.to_next_reminder()
    await press(stage, stage.cast.official, "知悉")


async def report(stage: Stage) -> None:
    official = stage.cast.official
    await stage.advance(days=21)
    card = next(message for message in reversed(official.inbox) if "反馈进展" in message.button_texts)
    official.send_photo(A_PHOTO, "管理办法已印发，文号澄科〔2024〕33号", reply_to=card)
    await stage.settled()
    await press(stage, official, "已办结")
    await press(stage, official, "确认办结")


async def survive_a_restart(stage: Stage) -> None:
    await stage.restart_bot()


async def close(stage: Stage) -> None:
    await press(stage, stage.cast.admin, "销号")
    await press(stage, stage.cast.admin, "确认销号")


async def ask(stage: Stage) -> None:
    delegate = stage.cast.delegate
    for question in ("孵化器那个管理办法出台了没？", "我那件建议年底前还有哪些要到期", "地铁2号线什么时候通车"):
        delegate.send(question)
        await stage.settled()


SCENES = (
    Scene("答复来了：三封信，载入并确认", load_letters),
    Scene("联系人和代表进来", come_in),
    Scene("另外两封信的联系人也进来", others_come_in),
    Scene("日子过去：到期前的早上，提醒一次", be_reminded),
    Scene("办好了：照片作证，报办结", report),
    Scene("断电重启：什么也没有丢", survive_a_restart),
    Scene("督查室核对销号，代表同时知道", close),
    Scene("代表随时问", ask),
)


def _code(message: SeenMessage) -> str:
    """The code of the invite link in a message."""
    return message.words.split("?start=")[1].split()[0]


async def press(stage: Stage, person: Person, text: str) -> None:
    person.press(text)
    await stage.settled()


async def play(speed: float = 1.0, console: Console | None = None) -> None:
    """Play all scenes; `speed` 0 does not pause."""
    console = console or Console(width=WIDTH, highlight=False)
    pause_seconds = READING_SECONDS / speed if speed > 0 else 0.0
    started = datetime.now().astimezone()
    async with Stage() as stage:
        screen, waiting = Screen(stage, console), asyncio.Queue[Event]()
        stage.server.on_event(waiting.put_nowait)
        for scene in SCENES:
            screen.heading(scene.title, stage.now)
            acting = asyncio.create_task(scene.play(stage))
            await _show_until(acting, waiting, screen, pause_seconds)
            if scene.play is survive_a_restart:
                screen.note("机器人的进程被直接结束，又起了一个新的，只凭数据库；下面接着办。")
        console.print(Rule(style="dim"))
        span = stage.now - stage.now.replace(year=2024, month=7, day=9)
        console.print(_closing(span, datetime.now().astimezone() - started))


async def _show_until(
    acting: asyncio.Task[None], waiting: asyncio.Queue[Event], screen: Screen, pause_seconds: float
) -> None:
    """Show what happens at a reader's pace, until the scene is played and all of it was shown."""
    while not (acting.done() and waiting.empty()):
        shown = asyncio.create_task(waiting.get())
        await asyncio.wait({shown, acting}, return_when=asyncio.FIRST_COMPLETED)
        if not shown.done():
            shown.cancel()
            if waiting.empty():
                break
            continue
        await asyncio.sleep(pause_seconds * screen.show(shown.result()))
    await acting


def _closing(passed: timedelta, took: timedelta) -> Text:
    return Text(
        f"{passed.days} 天在 {took.total_seconds():.0f} 秒里过完。机器人、台账和时钟都是真的，只有 Telegram 在本机。\n"
        "接下来：README 里有接入真实机器人的步骤；make test 运行测试。",
        style="bold",
    )
