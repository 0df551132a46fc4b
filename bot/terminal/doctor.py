"""`jiannuo doctor`: looks at everything that a running bot leans on, and says of each what is to be done."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import httpx
from rich.console import Console
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.cards import checkup
from bot.settings import Settings
from storage.engine import CANNOT_OPEN, BadDatabaseUrl, Database, look_at, open_database
from storage.jobruns import find_runs
from storage.ledger.history import find_astray, verify_chain
from storage.migrating import Standing
from storage.outbox import read_health

LITTLE_SPACE_BYTES = 500 * 1024 * 1024
MOST_DRIFT = timedelta(seconds=30)
OLD_SWEEP = timedelta(days=4)
"""Longer than any weekend; a longer holiday shows as 注意, which is true enough."""
out = Console(highlight=False, soft_wrap=True)


class Level(StrEnum):
    FINE = "正常"
    NOTICE = "注意"
    WRONG = "错误"


LEVELS = {Standing.EMPTY: Level.NOTICE, Standing.OLDER: Level.NOTICE, Standing.NEWER: Level.WRONG}


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing stands; `words` say it in Chinese, with what to do where something is to be done."""

    name: str
    level: Level
    words: str


async def examine(settings: Settings, config: Path | None) -> int:
    """Print a line for each check of settings that came from `config`; the number of those that are wrong."""
    findings = [check_config(config, settings), *check_settings(settings)]
    findings += [check_zone(settings), check_calendar(settings), check_disk(settings), check_fonts()]
    findings += await check_telegram(settings)
    findings += await check_ledger(settings)
    colours = {Level.FINE: "green", Level.NOTICE: "yellow", Level.WRONG: "red"}
    for finding in findings:
        out.print(f"[{colours[finding.level]}]{finding.level}[/] {finding.name}：", end="")
        out.print(finding.words, markup=False)
    return sum(finding.level is Level.WRONG for finding in findings)


def check_config(config: Path | None, settings: Settings) -> Finding:
    """Somebody who stands in the wrong folder is told so before everything else is found missing."""
    given = config is not None or bool(settings.telegram.token.get_secret_value())
    return Finding(checkup.CONFIG, Level.FINE if given else Level.NOTICE, checkup.config(config))


def check_settings(settings: Settings) -> list[Finding]:
    token, admins = settings.telegram.token.get_secret_value(), settings.access.admins
    return [
        Finding(checkup.TOKEN, Level.FINE if token else Level.WRONG, checkup.token(given=bool(token))),
        Finding(checkup.ADMINS, Level.FINE if admins else Level.WRONG, checkup.admins(len(admins))),
    ]


def check_zone(settings: Settings) -> Finding:
    now = datetime.now(UTC).astimezone(settings.zone)
    return Finding(checkup.ZONE, Level.FINE, checkup.zone(settings.clock.zone, now))


def check_calendar(settings: Settings) -> Finding:
    """Whether this year's and the next year's days off are known."""
    calendar, year = settings.rhythm.calendar, datetime.now(settings.zone).year
    unknown = [one for one in (year, year + 1) if not calendar.knows(one)]
    level = Level.FINE if not unknown else Level.NOTICE
    return Finding(checkup.CALENDAR, level, checkup.calendar(unknown))


def check_disk(settings: Settings) -> Finding:
    """Where evidence is kept: whether we may write there, and how much room is left."""
    wanted = settings.storage.files.absolute()
    folder = next(path for path in (wanted, *wanted.parents) if path.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return Finding(checkup.DISK, Level.WRONG, checkup.no_writing(folder))
    free = shutil.disk_usage(folder).free
    low = free < LITTLE_SPACE_BYTES
    return Finding(checkup.DISK, Level.WRONG if low else Level.FINE, checkup.disk(free, low=low))


def check_fonts() -> Finding:
    """Whether a browser on this machine could show the try-it page; Telegram brings its own letters."""
    listing = shutil.which("fc-list")
    if listing is None:
        return Finding(checkup.FONTS, Level.FINE, checkup.fonts(None))
    found = subprocess.run([listing, ":lang=zh", "family"], capture_output=True, text=True, check=False, timeout=30)  # noqa: S603
    families = len(set(found.stdout.split("\n")) - {""})
    return Finding(checkup.FONTS, Level.FINE if families else Level.NOTICE, checkup.fonts(families))


async def check_telegram(settings: Settings) -> list[Finding]:
    """Whether Telegram knows the token, and how far our clock is from its."""
    telegram = settings.telegram
    token = telegram.token.get_secret_value()
    if not token:
        return []
    try:
        async with Bot(token, base_url=telegram.base_url, base_file_url=telegram.base_file_url) as bot:
            me = await bot.get_me()
    except InvalidToken:
        return [Finding(checkup.TELEGRAM, Level.WRONG, checkup.TOKEN_REFUSED)]
    except TelegramError:
        return [Finding(checkup.TELEGRAM, Level.WRONG, checkup.NO_CONNECTION)]
    findings = [Finding(checkup.TELEGRAM, Level.FINE, checkup.connected(me.username or ""))]
    drift = await _find_drift(telegram.base_url)
    if drift is not None:
        wrong = drift > MOST_DRIFT
        findings.append(Finding(checkup.DRIFT, Level.WRONG if wrong else Level.FINE, checkup.drift(drift, wrong=wrong)))
    return findings


async def check_ledger(settings: Settings) -> list[Finding]:
    """Looks without changing anything: a ledger that is not there is not made, an old one not upgraded."""
    try:
        standing = await asyncio.to_thread(look_at, settings.storage.url)
        if standing is not Standing.NEWEST:
            return [Finding(checkup.LEDGER, LEVELS[standing], checkup.STANDINGS[standing])]
        database = await open_database(settings.storage.url)
    except BadDatabaseUrl:
        return [Finding(checkup.LEDGER, Level.WRONG, checkup.BAD_ADDRESS)]
    except CANNOT_OPEN as error:
        return [Finding(checkup.LEDGER, Level.WRONG, checkup.ledger_closed(error))]
    try:
        return await _look_into(database)
    finally:
        await database.close()


async def _look_into(database: Database) -> list[Finding]:
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    findings = [Finding(checkup.LEDGER, Level.FINE, checkup.ledger(kind))]
    chain = await verify_chain(database)
    astray = await find_astray(database)
    level = Level.FINE if chain.broken_at is None and not astray else Level.WRONG
    findings.append(Finding(checkup.HISTORY, level, checkup.history(chain.events, chain.broken_at, len(astray))))
    sweep = (await find_runs(database)).get("sweep")
    late = sweep is None or datetime.now(UTC) - sweep.ran_at > OLD_SWEEP
    level = Level.NOTICE if late else Level.FINE
    findings.append(Finding(checkup.SWEEP, level, checkup.sweep(sweep.covered_on if sweep else None, late=late)))
    outbox = await read_health(database)
    level = Level.NOTICE if outbox.failed else Level.FINE
    findings.append(Finding(checkup.OUTBOX, level, checkup.outbox(outbox.waiting, outbox.failed)))
    return findings


async def _find_drift(base_url: str) -> timedelta | None:
    """How far our clock is from that of the server, by its Date header; None when it sends none."""
    async with httpx.AsyncClient() as client:
        try:
            answer = await client.head(base_url.removesuffix("/bot"), timeout=10)
            told = datetime.strptime(answer.headers["date"], "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
        except (httpx.HTTPError, KeyError, ValueError):
            return None
    return abs(datetime.now(UTC) - told)
