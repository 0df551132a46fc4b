"""/help for everybody, each role its own; /health for admins."""

from __future__ import annotations

from bot import texts
from bot.cards.base import Card
from bot.context import Context, Said
from storage.outbox import get_health
from storage.runs import find_run


async def help_(said: Said, context: Context) -> None:
    from bot.routes import commands_of

    rows = [(command.name, command.help) for command in commands_of(context.person.roles)]
    await context.send(said.chat_id, Card(texts.help_for(context.person.roles, rows)))


async def health(said: Said, context: Context) -> None:
    services = context.services
    outbox = await get_health(services.database)
    sweep = await find_run(services.database, "sweep")
    text = texts.health(
        version=services.version,
        database="SQLite" if services.database.is_sqlite else "PostgreSQL",
        swept_on=sweep.covered_on if sweep else None,
        waiting=outbox.waiting,
        failed=outbox.failed,
        now=context.now,
        zone=services.settings.zone,
        pretended=services.clock.is_pretended,
    )
    await context.send(said.chat_id, Card(text))
