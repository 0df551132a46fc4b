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
from bot.terminal import CannotRun, words

USUAL_PORT = 8890
ANY_PORT = 0


async def show(port: int | None, letters: Path | None) -> None:
    """Serve until told to end. Raises CannotRun when the port that was asked for is taken."""
    # a pretended clock and a bot that restarts are what the page is for, nothing to warn of
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    page = Page(find_letters(letters))
    web = WebServer(page)
    stopped = asyncio.Event()
    for name in _endings():
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await page.open()
    try:
        _start(web, port)
        print(words.demo_is_open(web.address), flush=True)
        if _has_desktop():
            await asyncio.to_thread(webbrowser.open, web.address)
        await stopped.wait()
        await web.stop()
    finally:
        await page.close()


def _endings() -> list[signal.Signals]:
    """Ctrl+C, a stop, a terminal that is closed (unless nohup was said): none leaves letters behind on the disk."""
    outlived = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    return [signal.SIGINT, signal.SIGTERM, *([] if outlived else [signal.SIGHUP])]


def _start(web: WebServer, port: int | None) -> None:
    try:
        web.start(USUAL_PORT if port is None else port)
    except OSError:
        if port is not None:
            raise CannotRun(words.port_taken(port)) from None
        web.start(ANY_PORT)


def _has_desktop() -> bool:
    """Without one, a browser of the terminal would take it over."""
    windows = sys.platform in ("darwin", "win32") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())
    return windows and sys.stdout.isatty()
