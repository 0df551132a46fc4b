"""Answers that settle a question of ours: what was asked is done, and the commitment shown as it stands then."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot import texts
from bot.access import get_commitment
from bot.cards.base import Card
from bot.context import Context, Said
from bot.handlers.items import item_card
from commitments.people import Actor
from storage.engine import Database
from storage.ledger.chats import end_questions
from storage.tables import Card as AskedCard


class Decision(Protocol):
    """A verb of the ledger that wants to know why."""

    async def __call__(
        self, database: Database, commitment_id: int, /, *, reason: str, now: datetime, by: Actor, expected: int | None
    ) -> object: ...


async def decide_for_reason(said: Said, asked: AskedCard, decide: Decision, context: Context) -> None:
    """Take the decision for the reason that was written; without words it is asked for once more."""
    if not said.has_words:
        await context.send(said.chat_id, Card(texts.EMPTY_REASON), reply_to=said.message_id)
        return
    commitment_id, expected = asked.commitment_ids[0], asked.params.get("version")
    database, reason = context.services.database, said.words.strip()
    await decide(database, commitment_id, reason=reason, now=context.now, by=context.actor, expected=expected)
    await show_settled(said, commitment_id, context)


async def show_settled(said: Said, commitment_id: int, context: Context) -> None:
    """The question is closed, whom it concerns is told, and the commitment shown."""
    context.services.wake_delivery()
    await end_questions(context.services.database, said.chat_id, now=context.now)
    view = await get_commitment(context.services, context.person, commitment_id)
    await context.send(said.chat_id, await item_card(view, context))
