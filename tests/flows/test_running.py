"""`jiannuo run` as a process of its own: it serves, says when its clock is pretended, and ends in order."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.playground.server import BotApiServer

START_SECONDS = 60.0


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    running = BotApiServer(now=lambda: datetime.now(UTC))
    await running.start()
    yield running
    await running.stop()


async def run(server: BotApiServer, folder: Path, *options: str, **settings: str) -> asyncio.subprocess.Process:
    environment = os.environ | {
        "JIANNUO_TELEGRAM__TOKEN": server.token,
        "JIANNUO_TELEGRAM__BASE_URL": server.base_url,
        "JIANNUO_TELEGRAM__BASE_FILE_URL": server.base_file_url,
        "JIANNUO_STORAGE__URL": f"sqlite:///{folder}/ledger.db",
        **settings,
    }
    words = (sys.executable, "-m", "bot", "run", *options)
    return await asyncio.create_subprocess_exec(*words, env=environment, stderr=asyncio.subprocess.PIPE)


async def test_the_process_serves_and_ends_in_order_when_it_is_told_to(server: BotApiServer, tmp_path: Path) -> None:
    admin = server.add_person("督查室 王芷")
    process = await run(server, tmp_path, "--pretend-now", "2024-10-01T08:29", JIANNUO_ACCESS__ADMINS=f"[{admin.id}]")

    admin.start()
    await admin.receives("发送答复文件即可载入", within=START_SECONDS)
    admin.send("/health")
    health = await admin.receives("运行情况", within=START_SECONDS)
    assert "2024-10-01 08:" in health.words
    assert "演练时间，不是真实时间" in health.words
    assert [name for name, _ in admin.menu][:2] == ["load", "drafts"]

    process.send_signal(signal.SIGTERM)
    _, log = await process.communicate()
    assert process.returncode == 0
    assert "rehearsal: the clock is pretended" in log.decode()
    assert server.token not in log.decode()


async def test_a_wrong_token_is_one_sentence(server: BotApiServer, tmp_path: Path) -> None:
    process = await run(server, tmp_path, JIANNUO_TELEGRAM__TOKEN="1:wrong", JIANNUO_ACCESS__ADMINS="[7]")

    _, log = await process.communicate()

    assert process.returncode == 1
    assert "Telegram 不认这个令牌" in log.decode()


async def test_updates_come_by_webhook_where_its_address_is_given(server: BotApiServer, tmp_path: Path) -> None:
    admin = server.add_person("督查室 王芷")
    port = str(free_port())
    process = await run(
        server,
        tmp_path,
        JIANNUO_ACCESS__ADMINS=f"[{admin.id}]",
        JIANNUO_TELEGRAM__WEBHOOK_URL=f"http://127.0.0.1:{port}/jiannuo",
        JIANNUO_TELEGRAM__WEBHOOK_PORT=port,
        JIANNUO_TELEGRAM__WEBHOOK_SECRET="s3cret",
    )

    admin.start()
    await admin.receives("发送答复文件即可载入", within=START_SECONDS)

    process.send_signal(signal.SIGTERM)
    await process.communicate()
    assert process.returncode == 0
    assert not server.calls_of("getUpdates")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
