"""What admins correct on an open commitment: its unit, its words, split, merged; and opening a settled one again."""

from __future__ import annotations

from functools import partial

from bot import texts
from bot.access import get_commitment, get_for
from bot.cards import amending as cards
from bot.cards.base import Card
from bot.context import Context, Pressed, Said
from bot.handlers.items import item_card
from bot.handlers.reasons import decide_for_reason, show_settled
from commitments.states import CommitmentState
from commitments.verbs import Verb
from storage.ledger import progress, splitting, units
from storage.ledger.chats import end_questions
from storage.ledger.people import find_units
from storage.ledger.queries import CommitmentView, find_reply
from storage.tables import Card as AskedCard


async def ask_reassign(pressed: Pressed, context: Context) -> None:
    view = await _get(pressed, Verb.REASSIGN, context)
    known = await find_units(context.services.database, limit=4)
    others = [(unit.id or 0, unit.name) for unit in known if unit.id != view.unit_id]
    await _ask(pressed, cards.ask_reassign(view, others[:3]), context)


async def reassign_to(pressed: Pressed, context: Context) -> None:
    """A unit was pressed."""
    names = {unit.id: unit.name for unit in await find_units(context.services.database)}
    await _reassign(pressed.subject_id, names[int(pressed.press.chosen)], pressed.press.version, context)
    await pressed.notice(texts.REASSIGNED)
    await _show(pressed, pressed.subject_id, context)


async def answer_reassign_to(said: Said, asked: AskedCard, context: Context) -> None:
    """A unit was typed."""
    name = said.words.strip()
    if not texts.is_unit_name(name):
        await context.send(said.chat_id, Card(texts.UNIT_TOO_LONG), reply_to=said.message_id)
        return
    await _reassign(asked.commitment_ids[0], name, asked.params.get("version"), context)
    await show_settled(said, asked.commitment_ids[0], context)


async def ask_words(pressed: Pressed, context: Context) -> None:
    await _ask(pressed, cards.ask_words(await _get(pressed, Verb.EDIT, context)), context)


async def answer_words(said: Said, asked: AskedCard, context: Context) -> None:
    if not said.has_words:
        await context.send(said.chat_id, Card(texts.EMPTY_WORDS), reply_to=said.message_id)
        return
    await progress.edit(
        context.services.database,
        asked.commitment_ids[0],
        said.words.strip(),
        now=context.now,
        by=context.actor,
        expected=asked.params.get("version"),
    )
    await show_settled(said, asked.commitment_ids[0], context)


async def ask_parts(pressed: Pressed, context: Context) -> None:
    await _ask(pressed, cards.ask_parts(await _get(pressed, Verb.SPLIT, context)), context)


async def answer_parts(said: Said, asked: AskedCard, context: Context) -> None:
    parts = [line.strip() for line in said.words.splitlines() if line.strip()]
    if not 2 <= len(parts) <= cards.MOST_PARTS:
        await context.send(said.chat_id, Card(texts.NOT_PARTS), reply_to=said.message_id)
        return
    await splitting.split(
        context.services.database,
        asked.commitment_ids[0],
        parts,
        now=context.now,
        by=context.actor,
        expected=asked.params.get("version"),
    )
    await show_settled(said, asked.commitment_ids[0], context)


async def ask_merge(pressed: Pressed, context: Context) -> None:
    view = await _get(pressed, Verb.MERGE, context)
    reply = await find_reply(context.services.database, view.reply.id)
    assert reply is not None
    others = [row for row in reply.commitments if row.id != view.id and row.state == CommitmentState.OPEN]
    await _ask(pressed, cards.choose_merge(view, others[:10]), context)


async def merge_into(pressed: Pressed, context: Context) -> None:
    """Which one goes on; it is asked once more."""
    view = await _get(pressed, Verb.MERGE, context)
    into = await get_commitment(context.services, context.person, int(pressed.press.chosen))
    await _ask(pressed, cards.confirm_merge(view, into), context)


async def merge_for_good(pressed: Pressed, context: Context) -> None:
    into_id = int(pressed.press.chosen)
    await splitting.merge(
        context.services.database,
        pressed.subject_id,
        into_id,
        now=context.now,
        by=context.actor,
        expected=pressed.press.version,
    )
    await pressed.notice(texts.MERGED)
    await _show(pressed, into_id, context)


async def ask_reopen(pressed: Pressed, context: Context) -> None:
    await _ask(pressed, cards.ask_reopen(await _get(pressed, Verb.REOPEN, context)), context)


async def answer_reopen(said: Said, asked: AskedCard, context: Context) -> None:
    await decide_for_reason(said, asked, partial(progress.reopen, today=context.today), context)


async def _reassign(commitment_id: int, unit: str, expected: int | None, context: Context) -> None:
    await units.reassign(
        context.services.database,
        commitment_id,
        unit,
        reason=None,
        now=context.now,
        today=context.today,
        by=context.actor,
        expected=expected,
    )


async def _get(pressed: Pressed, verb: Verb, context: Context) -> CommitmentView:
    return await get_for(context.services, context.person, pressed.subject_id, verb, pressed.press.version)


async def _ask(pressed: Pressed, card: Card, context: Context) -> None:
    await pressed.notice()
    await context.change(pressed.query, card)


async def _show(pressed: Pressed, commitment_id: int, context: Context) -> None:
    context.services.wake_delivery()
    await end_questions(context.services.database, pressed.chat_id, now=context.now)
    view = await get_commitment(context.services, context.person, commitment_id)
    await context.change(pressed.query, await item_card(view, context))
