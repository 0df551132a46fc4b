"""What admins look after: messages that did not go out, people who cannot be reached."""

from __future__ import annotations

from bot import texts
from bot.cards import oversight
from bot.context import Context, Pressed, Said
from storage import outbox
from storage.ledger.summary import find_names
from storage.ledger.unreached import find_orphans


async def show_outbox(said: Said, context: Context) -> None:
    """/outbox"""
    database = context.services.database
    failed = await outbox.find_failed(database)
    health = await outbox.read_health(database)
    names = await find_names(database, {row.chat_id for row in failed})
    await context.send(said.chat_id, oversight.outbox(failed, health.waiting, names))


async def resend(pressed: Pressed, context: Context) -> None:
    """再发一次: new attempts for a message that was given up."""
    again = await outbox.resend(context.services.database, pressed.subject_id, now=context.now, by=context.actor)
    context.services.wake_delivery()
    await pressed.notice(texts.SENT_AGAIN if again else texts.ALREADY_DONE)


async def orphans(said: Said, context: Context) -> None:
    """/orphans"""
    await context.send(said.chat_id, oversight.orphans(await find_orphans(context.services.database)))


async def show_orphans(pressed: Pressed, context: Context) -> None:
    await pressed.notice()
    await context.send(pressed.chat_id, oversight.orphans(await find_orphans(context.services.database)))
