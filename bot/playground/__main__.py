"""`python -m bot.playground`: the local Bot API server on its own, with the control interface."""

from __future__ import annotations

import argparse
import asyncio
import signal

from bot.playground.limits import Limits
from bot.playground.server import BotApiServer


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.playground", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default="1000001:playground")
    parser.add_argument("--limits", action="store_true", help="with Telegram's flood control")
    return parser.parse_args(given)


async def serve(options: argparse.Namespace) -> None:
    """Prints the addresses, one a line, and serves until SIGINT or SIGTERM."""
    server = BotApiServer(options.token, limits=Limits() if options.limits else None, control=True)
    await server.start(options.port)
    print(f"base_url={server.base_url}")
    print(f"base_file_url={server.base_file_url}")
    print(f"control={server.base_url.removesuffix('/bot')}/control", flush=True)
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()
    await server.stop()


if __name__ == "__main__":
    asyncio.run(serve(arguments()))
