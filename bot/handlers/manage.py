"""/help for everybody, each role its own; /health for admins."""

from __future__ import annotations

from bot import texts
from bot.cards.base import Card
from bot.cards.oversight import JOB_WORDS
from bot.commands import commands_of
from bot.context import Context, Said
from storage.jobruns import find_runs
from storage.outbox import read_health


async def help_(said: Said, context: Context) -> None:
    rows = [(command.name, command.help) for command in commands_of(context.services.commands, context.person.roles)]
    await context.send(said.chat_id, Card(texts.help_for(context.person.roles, rows)))


async def health(said: Said, context: Context) -> None:
    services = context.services
    outbox = await read_health(services.database)
    runs = await find_runs(services.database)
    sweep = runs.get("sweep")
    text = texts.health(
        version=services.version,
        database="SQLite" if services.database.is_sqlite else "PostgreSQL",
        swept_on=sweep.covered_on if sweep else None,
        waiting=outbox.waiting,
        failed=outbox.failed,
        failing_jobs=[JOB_WORDS[run.job] for run in runs.values() if run.failing_since],
        now=context.now,
        zone=services.settings.zone,
        pretended=services.clock.is_pretended,
    )
    await context.send(said.chat_id, Card(text))
