"""What an admin does with a report: open the evidence, close the commitment or send it back with a reason."""

from __future__ import annotations

from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot import texts
from bot.access import get_commitment, get_for
from bot.cards import checking
from bot.context import Context, Pressed, Said
from bot.handlers.items import item_card
from bot.handlers.reasons import decide_for_reason
from commitments.verbs import Verb, check_role
from storage.ledger import progress as verbs
from storage.ledger.chats import end_questions
from storage.ledger.queries import find_events, find_evidence
from storage.tables import Card as AskedCard
from storage.tables import Evidence


async def close(pressed: Pressed, context: Context) -> None:
    """销号 asks once more, showing what evidence there is; without any, why there is none."""
    services = context.services
    view = await get_for(services, context.person, pressed.subject_id, Verb.CLOSE, pressed.press.version)
    files = await find_evidence(services.database, view.id)
    await pressed.notice()
    card = checking.confirm_close(view, len(files)) if files else checking.ask_why_no_evidence(view)
    await context.change(pressed.query, card)


async def close_for_good(pressed: Pressed, context: Context) -> None:
    services, expected = context.services, pressed.press.version
    reason = checking.NO_EVIDENCE_REASONS.get(pressed.press.chosen)
    await verbs.close(
        services.database, pressed.subject_id, reason=reason, now=context.now, by=context.actor, expected=expected
    )
    services.wake_delivery()
    await pressed.notice(texts.CLOSED)
    await end_questions(services.database, pressed.chat_id, now=context.now)
    view = await get_commitment(services, context.person, pressed.subject_id)
    await context.change(pressed.query, await item_card(view, context))


async def answer_no_evidence(said: Said, asked: AskedCard, context: Context) -> None:
    """Why there is no evidence, in words of one's own."""
    await decide_for_reason(said, asked, verbs.close, context)


async def send_back(pressed: Pressed, context: Context) -> None:
    expected = pressed.press.version
    view = await get_for(context.services, context.person, pressed.subject_id, Verb.SEND_BACK, expected)
    await pressed.notice()
    await context.change(pressed.query, checking.ask_send_back_reason(view))


async def answer_send_back(said: Said, asked: AskedCard, context: Context) -> None:
    await decide_for_reason(said, asked, verbs.send_back, context)


async def show_files(pressed: Pressed, context: Context) -> None:
    """The evidence of a commitment, from Telegram's own copy, else from ours; links as text."""
    check_role(Verb.CLOSE, context.person.roles)
    view = await get_commitment(context.services, context.person, pressed.subject_id)
    evidence = await find_evidence(context.services.database, view.id)
    await pressed.notice("" if evidence else texts.NO_FILES)
    links = [row for row in evidence if row.kind == "link"]
    reports = {event.id: event for event in await find_events(context.services.database, view.id)}
    for file in evidence:
        if file.kind != "link":
            caption = checking.evidence_caption(file, view, reports[file.event_id], context.services.settings.zone)
            await _send_file(pressed.chat_id, file, caption, context)
    if links:
        await context.send(pressed.chat_id, checking.evidence_links(links, view))


async def _send_file(chat_id: int, file: Evidence, caption: str, context: Context) -> None:
    send = context.bot.send_photo if file.kind == "photo" else context.bot.send_document
    try:
        await send(chat_id, file.file_id, caption=caption, parse_mode=ParseMode.HTML)
    except BadRequest:  # a file id is good for one bot only; a new token makes it worthless
        if file.sha256 is None:
            raise
        copy = context.services.files.path_of(file.sha256)
        await context.bot.send_document(
            chat_id, copy, filename=file.file_name, caption=caption, parse_mode=ParseMode.HTML
        )
