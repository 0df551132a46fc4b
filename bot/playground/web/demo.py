"""`jiannuo demo`: the local Bot API server, the real bot and the page, until Ctrl+C."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import webbrowser
from pathlib import Path

from bot.playground.web.letters import find_letters
from bot.playground.web.page import Page
from bot.playground.web.serving import WebServer
from bot.terminal import words


async def show(port: int, letters: Path | None) -> None:
    """Serve until SIGINT or SIGTERM. Raises OSError when the port is taken or the folder cannot be read."""
    # a pretended clock and a bot that restarts are what the page is for, nothing to warn of
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    page = Page(find_letters(letters))
    web = WebServer(page)
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await page.open()
    try:
        web.start(port)
        print(words.demo_is_open(web.address), flush=True)
        if _has_desktop():
            await asyncio.to_thread(webbrowser.open, web.address)
        await stopped.wait()
        await web.stop()
    finally:
        await page.close()


def _has_desktop() -> bool:
    """Without one, a browser of the terminal would take it over."""
    windows = sys.platform in ("darwin", "win32") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())
    return windows and sys.stdout.isatty()
