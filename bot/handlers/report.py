"""What an official does with a reminder: acknowledge it, report progress with words and files, report it done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot import texts
from bot.access import Hidden, get_commitment, get_for, get_going_on
from bot.cards import progress, reporting
from bot.cards.base import Card
from bot.context import Context, Pressed, Said
from bot.handlers.evidence import Brought, evidence_of
from commitments.snoozing import usual_days
from commitments.verbs import RULES, Verb, check_role
from extraction.typed_dates import read_typed_date
from storage.ledger import progress as verbs
from storage.ledger.chats import end_questions, find_card
from storage.ledger.queries import find_commitments
from storage.ledger.remind import acknowledge, snooze
from storage.tables import Card as AskedCard


async def ack(pressed: Pressed, context: Context) -> None:
    """知悉 on one item."""
    await get_for(context.services, context.person, pressed.subject_id, Verb.ACKNOWLEDGE)
    await _acknowledge(pressed, [pressed.subject_id], context)


async def ack_all(pressed: Pressed, context: Context) -> None:
    """全部知悉 on a digest: the items that stand in it."""
    ids = await _items_of(pressed, context)
    await _acknowledge(pressed, ids, context)


async def ask_put_off(pressed: Pressed, context: Context) -> None:
    """改日提醒: tomorrow, in three working days, or a day that is typed."""
    ids = await _items_of(pressed, context)
    views = await find_commitments(context.services.database, ids)
    latest = max((view.due_on for view in views if view.due_on), default=None)
    days = usual_days(latest, context.today, context.services.settings.rhythm.calendar)
    if not days:
        await pressed.notice(texts.NOTHING_TO_PUT_OFF, alert=True)
        return
    await pressed.notice()
    await context.send(pressed.chat_id, progress.ask_put_off(views, days))


async def put_off(pressed: Pressed, context: Context) -> None:
    ids = await _items_of(pressed, context)
    sentence = await _put_off(ids, date.fromisoformat(pressed.press.choice), context)
    await pressed.notice()
    await context.change(pressed.query, Card(sentence))


async def answer_put_off(said: Said, asked: AskedCard, context: Context) -> None:
    wished_on = read_typed_date(said.words, today=context.today)
    if wished_on is None or wished_on <= context.today:
        problem = texts.NOT_A_DATE if wished_on is None else texts.date_in_the_past(wished_on, context.today)
        await context.send(said.chat_id, Card(problem), reply_to=said.message_id)
        return
    await context.send(said.chat_id, Card(await _put_off(asked.commitment_ids, wished_on, context)))


async def ask_report(pressed: Pressed, context: Context) -> None:
    view = await get_going_on(context.services, context.person, pressed.subject_id)
    await get_for(context.services, context.person, view.id, Verb.REPORT)
    await pressed.notice()
    await context.send(pressed.chat_id, reporting.ask_report(view))


async def ask_evidence(pressed: Pressed, context: Context) -> None:
    """补充佐证: files for what was reported or closed before."""
    view = await get_for(context.services, context.person, pressed.subject_id, Verb.ATTACH)
    await pressed.notice()
    await context.send(pressed.chat_id, reporting.ask_evidence(view))


async def say_usual(pressed: Pressed, context: Context) -> None:
    """A report in one tap: 按计划推进, or so many percent."""
    services, words = context.services, reporting.USUAL_REPORTS[pressed.press.choice]
    await get_for(services, context.person, pressed.subject_id, Verb.REPORT)
    await _keep(pressed.subject_id, words, Brought(), None, context)
    await pressed.notice(texts.REPORT_KEPT)
    await end_questions(services.database, pressed.chat_id, now=context.now)
    view = await get_commitment(services, context.person, pressed.subject_id)
    await context.change(pressed.query, reporting.report_kept(view, context.today, words, 0, 0))


async def answer_report(said: Said, asked: AskedCard, context: Context) -> None:
    """An answer to a card is a report on its commitment; on a digest of several, which one is asked."""
    ids = asked.commitment_ids
    if len(ids) > 1:
        views = await find_commitments(context.services.database, ids)
        open_ones = [view for view in views if view.state in RULES[Verb.REPORT].states]
        await context.send(said.chat_id, progress.which_one(open_ones), reply_to=said.message_id)
        return
    view = await get_going_on(context.services, context.person, ids[0])
    brought = await evidence_of(said.message, context)
    note = said.words.strip() if said.has_words else None
    if note is None and not brought.files:
        await context.send(said.chat_id, Card(texts.EMPTY_REPORT), reply_to=said.message_id)
        return
    await _keep(view.id, note, brought, said.message.media_group_id, context)
    await end_questions(context.services.database, said.chat_id, now=context.now)
    view = await get_commitment(context.services, context.person, view.id)
    kept = reporting.report_kept(view, context.today, note, brought.attached, brought.too_large)
    await context.send(said.chat_id, kept)


async def done(pressed: Pressed, context: Context) -> None:
    expected = pressed.press.version
    view = await get_for(context.services, context.person, pressed.subject_id, Verb.REPORT_DONE, expected)
    await pressed.notice()
    await context.change(pressed.query, reporting.confirm_done(view))


async def done_for_good(pressed: Pressed, context: Context) -> None:
    services = context.services
    await verbs.report_done(
        services.database,
        pressed.subject_id,
        now=context.now,
        by=context.actor,
        admins=services.admins,
        expected=pressed.press.version,
    )
    services.wake_delivery()
    await pressed.notice(texts.REPORTED_DONE)
    view = await get_commitment(services, context.person, pressed.subject_id)
    await context.change(pressed.query, reporting.done_reported(view))


async def _keep(commitment_id: int, note: str | None, brought: Brought, album: str | None, context: Context) -> None:
    services = context.services
    await verbs.report(
        services.database,
        commitment_id,
        note=note,
        files=brought.files,
        album=album,
        now=context.now,
        by=context.actor,
        admins=services.admins,
    )
    services.wake_delivery()


async def _put_off(ids: Sequence[int], wished_on: date, context: Context) -> str:
    services = context.services
    done = await snooze(services.database, ids, wished_on, services.settings.rhythm, now=context.now, by=context.actor)
    await end_questions(services.database, context.person.chat_id, now=context.now)
    return texts.put_off(min(done.values()), len(done)) if done else texts.NOTHING_TO_PUT_OFF


async def _acknowledge(pressed: Pressed, ids: Sequence[int], context: Context) -> None:
    check_role(Verb.ACKNOWLEDGE, context.person.roles)
    fresh = await acknowledge(context.services.database, ids, now=context.now, by=context.actor)
    await pressed.notice(texts.ACKNOWLEDGED if fresh else texts.ALREADY_DONE)


async def _items_of(pressed: Pressed, context: Context) -> list[int]:
    message = pressed.query.message
    card = await find_card(context.services.database, pressed.chat_id, message.message_id) if message else None
    if card is None:
        raise Hidden
    return card.commitment_ids
