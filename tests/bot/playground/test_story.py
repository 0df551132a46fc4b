"""The story in the terminal tells the whole main job, message by message."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from bot.playground.story import SCENES, play


async def test_the_story_goes_from_letters_to_an_answer() -> None:
    shown = StringIO()

    await play(0, Console(file=shown, width=78, highlight=False))

    words = shown.getvalue()
    for scene in SCENES:
        assert scene.title in words
    for telling in (
        "答复已读完，请核对",
        "承诺提醒 · 9月30日 周一",
        "报办结，请核对",
        "承诺已办结",
        "没有查到“地铁2号线”",
    ):
        assert telling in words
    assert "没有办成" not in words
