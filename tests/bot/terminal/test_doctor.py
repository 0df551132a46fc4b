"""`jiannuo doctor` finds what is wrong and says what to do."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.cards import checkup
from bot.playground.server import BotApiServer
from bot.settings import Access, CalendarSection, Settings, Storage, Telegram
from bot.terminal.doctor import (
    Finding,
    Level,
    check_calendar,
    check_config,
    check_disk,
    check_fonts,
    check_ledger,
    check_settings,
    check_telegram,
)
from commitments.people import Actor
from storage.engine import look_at, migrate, open_database
from storage.ledger.events import record
from storage.migrating import Standing


def settings(url: str = "sqlite://", folder: Path = Path(), **telegram: object) -> Settings:
    return Settings(
        telegram=Telegram.model_validate(telegram), access=Access(admins=(7,)), storage=Storage(url=url, files=folder)
    )


def levels(findings: list[Finding]) -> list[Level]:
    return [finding.level for finding in findings]


async def test_a_ledger_that_opens_is_fine_and_one_that_never_ran_is_noticed(database_url: str) -> None:
    migrate(database_url)

    assert levels(await check_ledger(settings(database_url))) == [Level.FINE, Level.FINE, Level.NOTICE, Level.FINE]


async def test_a_ledger_that_is_not_there_is_noticed_and_not_made(tmp_path: Path) -> None:
    (found,) = await check_ledger(settings(f"sqlite:///{tmp_path}/data/jiannuo.db"))

    assert (found.level, found.words[:5]) == (Level.NOTICE, "还没有建立")
    assert not await asyncio.to_thread((tmp_path / "data").exists)


@pytest.mark.parametrize(("version", "level"), [("0001", Level.NOTICE), ("9999", Level.WRONG)])
async def test_tables_of_another_version_are_told_and_left_alone(sqlite_url: str, version: str, level: Level) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as ledger, ledger:
        ledger.execute("UPDATE alembic_version SET version_num = ?", [version])

    assert levels(await check_ledger(settings(sqlite_url))) == [level]
    assert (await asyncio.to_thread(look_at, sqlite_url)) is not Standing.NEWEST


async def test_a_history_that_somebody_rewrote_is_wrong(sqlite_url: str) -> None:
    database = await open_database(sqlite_url)
    async with database.writing() as session:
        for name in ("load", "confirm"):
            await record(session, name, at=datetime(2024, 6, 18, tzinfo=UTC), by=Actor("督查室"))
    async with database.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TRIGGER event_refuses_update")
        await connection.exec_driver_sql("UPDATE event SET actor = '别人' WHERE id = 2")
    await database.close()

    found = (await check_ledger(settings(sqlite_url)))[1]

    assert found.level is Level.WRONG
    assert found.words.startswith("从编号 2 起与前面对不上")


@pytest.mark.parametrize("url", ["mysql://localhost/x", "postgresql://postgres@127.0.0.1:1/none"])
async def test_a_ledger_that_cannot_be_opened_is_wrong(url: str) -> None:
    assert levels(await check_ledger(settings(url))) == [Level.WRONG]


async def test_the_token_is_tried_against_the_server() -> None:
    server = BotApiServer(now=lambda: datetime.now(UTC))
    await server.start()

    good = await check_telegram(settings(token=server.token, base_url=server.base_url))
    bad = await check_telegram(settings(token="1:wrong", base_url=server.base_url))
    await server.stop()
    none = await check_telegram(settings(token=server.token, base_url=server.base_url))

    assert good[0].words == "已连上，机器人是 @jiannuo_bot。"
    assert (levels(bad), levels(none)) == ([Level.WRONG], [Level.WRONG])
    assert await check_telegram(settings()) == []


def test_it_says_which_config_file_was_read_and_notices_a_folder_without_one(tmp_path: Path) -> None:
    read = check_config(tmp_path / "config.toml", Settings())
    by_environment, none = check_config(None, settings(token="1:a")), check_config(None, Settings())

    assert read.words == f"用的是 {tmp_path}/config.toml。"
    assert [read.level, by_environment.level, none.level] == [Level.FINE, Level.FINE, Level.NOTICE]
    assert "请到那个文件夹里运行" in none.words


def test_missing_settings_are_wrong() -> None:
    assert levels(check_settings(Settings())) == [Level.WRONG, Level.WRONG]
    assert levels(check_settings(settings(token="1:a"))) == [Level.FINE, Level.FINE]


def test_a_year_without_a_holiday_notice_is_noticed() -> None:
    next_year = datetime.now(UTC).year + 1
    told = Settings(calendar=CalendarSection(holidays=(date(next_year, 1, 1), date(next_year - 1, 1, 1))))

    assert check_calendar(told).level is Level.FINE


def test_the_disk_under_a_folder_that_is_not_there_yet_is_measured(tmp_path: Path) -> None:
    assert check_disk(settings(folder=tmp_path / "new" / "files")).level in Level


def test_a_folder_for_evidence_that_is_a_file_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("")

    assert check_disk(settings(folder=tmp_path / "files")).level is Level.WRONG


def test_what_is_wrong_says_what_to_do() -> None:
    assert (
        checkup.drift(timedelta(seconds=90), wrong=True) == "与服务器相差 90 秒。请校准本机时间，否则提醒会早到或晚到。"
    )
    assert checkup.disk(100, low=True) == "剩余 0.0 GB，快满了。请清理，或把 storage.files 移到别处。"
    assert (
        checkup.calendar([2031]) == "2031 年的放假安排未知，暂按周末推算。请把国务院办公厅的放假通知填到 [calendar]。"
    )
    assert checkup.outbox(0, 2).endswith("/outbox 查看原因并重发。")
    assert checkup.sweep(date(2024, 7, 8), late=True) == "最近一次为 2024-07-08。请确认机器人正在运行。"


@pytest.mark.skipif(shutil.which("fc-list") is None, reason="fontconfig is not installed")
def test_a_machine_without_chinese_fonts_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fonts.conf").write_text("<fontconfig></fontconfig>", encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))

    found = check_fonts()

    assert (found.level, "fonts-noto-cjk" in found.words) == (Level.NOTICE, True)


def test_fonts_that_cannot_be_listed_are_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert check_fonts() == Finding(checkup.FONTS, Level.FINE, checkup.fonts(None))
