"""What an admin does with a report: open the evidence, close the commitment or send it back with a reason."""

from __future__ import annotations

from bot import texts
from bot.access import get_commitment
from bot.cards import progress
from bot.cards.base import Card
from bot.context import Context, Pressed, Said
from commitments.verbs import RULES, Forbidden, NotNow, Verb
from storage.ledger import progress as verbs
from storage.ledger.chats import end_questions
from storage.ledger.queries import CommitmentView, find_evidence
from storage.tables import Card as AskedCard


async def close(pressed: Pressed, context: Context) -> None:
    """销号 asks once more, showing what evidence there is."""
    view = await _get_checkable(pressed, Verb.CLOSE, context)
    files = await find_evidence(context.services.database, view.id)
    await pressed.notice()
    await context.change(pressed.query, progress.confirm_close(view, len(files)))


async def close_for_good(pressed: Pressed, context: Context) -> None:
    services = context.services
    await verbs.close(services.database, pressed.subject_id, now=context.now, by=context.actor)
    services.wake_delivery()
    await pressed.notice(texts.CLOSED)
    view = await get_commitment(services, context.person, pressed.subject_id)
    await context.change(pressed.query, progress.item(view, context.today, context.person.roles))


async def send_back(pressed: Pressed, context: Context) -> None:
    view = await _get_checkable(pressed, Verb.SEND_BACK, context)
    await pressed.notice()
    await context.change(pressed.query, progress.ask_send_back_reason(view))


async def answer_send_back(said: Said, asked: AskedCard, context: Context) -> None:
    reason = said.words.strip()
    if not reason:
        await context.send(said.chat_id, Card(texts.EMPTY_REASON), reply_to=said.message_id)
        return
    services, commitment_id = context.services, asked.commitment_ids[0]
    await verbs.send_back(services.database, commitment_id, reason=reason, now=context.now, by=context.actor)
    services.wake_delivery()
    await end_questions(services.database, said.chat_id, now=context.now)
    view = await get_commitment(services, context.person, commitment_id)
    await context.send(said.chat_id, progress.item(view, context.today, context.person.roles))


async def show_files(pressed: Pressed, context: Context) -> None:
    """The evidence of a commitment, from Telegram's own copy, else from ours."""
    if not context.person.is_admin:
        raise Forbidden(Verb.CLOSE, RULES[Verb.CLOSE].roles)
    view = await get_commitment(context.services, context.person, pressed.subject_id)
    files = await find_evidence(context.services.database, view.id)
    await pressed.notice("" if files else texts.NO_FILES)
    for file in files:
        caption = progress.evidence_caption(file, view)
        send = context.bot.send_photo if file.kind == "photo" else context.bot.send_document
        await send(pressed.chat_id, file.file_id, caption=caption, parse_mode="HTML")


async def _get_checkable(pressed: Pressed, verb: Verb, context: Context) -> CommitmentView:
    view = await get_commitment(context.services, context.person, pressed.subject_id)
    rule = RULES[verb]
    if not rule.roles & context.person.roles:
        raise Forbidden(verb, rule.roles)
    if view.state not in rule.states:
        raise NotNow(verb, view.state)
    return view
