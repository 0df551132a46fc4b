"""What an admin does with a loaded reply: look it through item by item, correct it, confirm it or set it aside."""

from __future__ import annotations

from datetime import date

from bot import texts
from bot.access import get_commitment, get_for
from bot.cards import letters
from bot.cards.base import Card
from bot.context import Context, Pressed, Said
from bot.handlers.items import item_card
from commitments.states import CommitmentState, ReplyState
from commitments.verbs import Verb
from extraction.typed_dates import read_typed_date
from storage.ledger.chats import end_questions
from storage.ledger.drafts import add_near_miss, drop_draft, keep_draft, set_draft_due, set_draft_owner, set_draft_quote
from storage.ledger.progress import change_due
from storage.ledger.queries import CommitmentView, ReplyView, find_drafts_waiting, find_reply
from storage.ledger.replies import NotADraft, NotReady, confirm_reply, discard_reply
from storage.tables import Card as AskedCard


async def summary(pressed: Pressed, context: Context) -> None:
    await pressed.notice()
    await context.change(pressed.query, letters.loaded(await _get_reply(pressed.subject_id, context)))


async def open_drafts(pressed: Pressed, context: Context) -> None:
    await pressed.notice()
    waiting = await find_drafts_waiting(context.services.database)
    await context.change(pressed.query, letters.drafts_waiting(waiting))


async def correct(pressed: Pressed, context: Context) -> None:
    await pressed.notice()
    await context.change(pressed.query, letters.choose_correction(await _get_reply(pressed.subject_id, context)))


async def start_review(pressed: Pressed, context: Context) -> None:
    """逐条核对: begin with the first draft that nobody has looked at."""
    await pressed.notice()
    await _show_next(pressed, await _get_reply(pressed.subject_id, context), context)


async def confirm_all(pressed: Pressed, context: Context) -> None:
    database, reply_id = context.services.database, pressed.subject_id
    try:
        opened = await confirm_reply(database, reply_id, now=context.now, today=context.today, by=context.actor)
    except NotReady as incomplete:
        await pressed.notice(texts.missing(incomplete.missing), alert=True)
        return
    except NotADraft as settled:
        if settled.state != ReplyState.CONFIRMED:
            raise
        # by somebody else, or by this very press before the process was killed: the card catches up
        opened = None
    await pressed.notice(texts.ALREADY_DONE if opened is None else "", alert=opened is None)
    context.services.wake_delivery()
    await end_questions(database, pressed.chat_id, now=context.now)
    await context.change(pressed.query, letters.confirmed(await _get_reply(reply_id, context), opened))


async def keep(pressed: Pressed, context: Context) -> None:
    kept = await keep_draft(context.services.database, pressed.subject_id, now=context.now, by=context.actor)
    await pressed.notice(texts.kept(kept.position))
    await _show_next(pressed, await _get_reply(kept.reply_id, context), context, after=kept.position)


async def drop(pressed: Pressed, context: Context) -> None:
    dropped = await drop_draft(context.services.database, pressed.subject_id, now=context.now, by=context.actor)
    await pressed.notice(texts.dropped(dropped.position))
    await _show_next(pressed, await _get_reply(dropped.reply_id, context), context, after=dropped.position)


async def ask_due(pressed: Pressed, context: Context) -> None:
    view = await get_commitment(context.services, context.person, pressed.subject_id)
    verb = Verb.EDIT_DRAFT if view.state == CommitmentState.DRAFT else Verb.CHANGE_DUE
    await get_for(context.services, context.person, view.id, verb, pressed.press.version)
    await pressed.notice()
    await context.change(pressed.query, letters.ask_due(view))


async def answer_due(said: Said, asked: AskedCard, context: Context) -> None:
    """A date for a draft is a correction of the reading; for an open commitment it is a change that people are told."""
    view = await get_commitment(context.services, context.person, asked.commitment_ids[0])
    draft = view.state == CommitmentState.DRAFT
    due_on = read_typed_date(said.words, today=(view.reply.replied_on if draft else None) or context.today)
    if due_on is None:
        await context.send(said.chat_id, Card(texts.NOT_A_DATE), reply_to=said.message_id)
        return
    if not draft and due_on < context.today:
        problem = texts.date_in_the_past(due_on, context.today)
        await context.send(said.chat_id, Card(problem), reply_to=said.message_id)
        return
    await end_questions(context.services.database, said.chat_id, now=context.now)
    if draft:
        await _set_draft(said.chat_id, view, due_on, context)
    else:
        await _move_date(said.chat_id, view, due_on, asked.params.get("version"), context)


async def no_due(pressed: Pressed, context: Context) -> None:
    await pressed.notice(texts.NO_DUE)
    database = context.services.database
    await set_draft_due(database, pressed.subject_id, None, now=context.now, by=context.actor)
    await _show_item(pressed, context)


async def ask_owner(pressed: Pressed, context: Context) -> None:
    view = await get_commitment(context.services, context.person, pressed.subject_id)
    await pressed.notice()
    await context.change(pressed.query, letters.ask_owner(view))


async def answer_owner(said: Said, asked: AskedCard, context: Context) -> None:
    name = said.words.strip()
    if not 2 <= len(name) <= 40 or "\n" in name:
        await context.send(said.chat_id, Card(texts.UNIT_TOO_LONG), reply_to=said.message_id)
        return
    await _set_owner(asked.commitment_ids[0], name, context)
    await end_questions(context.services.database, said.chat_id, now=context.now)
    view = await get_commitment(context.services, context.person, asked.commitment_ids[0])
    await context.send(said.chat_id, await review_card(view, context))


async def no_owner(pressed: Pressed, context: Context) -> None:
    await _set_owner(pressed.subject_id, None, context)
    await pressed.notice(texts.OWNER_IS_ORGAN)
    await _show_item(pressed, context)


async def ask_quote(pressed: Pressed, context: Context) -> None:
    view = await get_commitment(context.services, context.person, pressed.subject_id)
    await pressed.notice()
    await context.change(pressed.query, letters.ask_quote(view))


async def answer_quote(said: Said, asked: AskedCard, context: Context) -> None:
    if not said.has_words:
        await context.send(said.chat_id, Card(texts.EMPTY_WORDS), reply_to=said.message_id)
        return
    database, commitment_id = context.services.database, asked.commitment_ids[0]
    await set_draft_quote(database, commitment_id, said.words.strip(), now=context.now, by=context.actor)
    await end_questions(database, said.chat_id, now=context.now)
    view = await get_commitment(context.services, context.person, commitment_id)
    await context.send(said.chat_id, await review_card(view, context))


async def show_near_misses(pressed: Pressed, context: Context) -> None:
    await pressed.notice()
    await context.change(pressed.query, letters.near_misses(await _get_reply(pressed.subject_id, context)))


async def take_near_miss(pressed: Pressed, context: Context) -> None:
    database, index = context.services.database, int(pressed.press.choice)
    added = await add_near_miss(database, pressed.subject_id, index, now=context.now, by=context.actor)
    await pressed.notice(texts.added(added.position))
    await context.change(pressed.query, letters.near_misses(await _get_reply(pressed.subject_id, context)))


async def discard(pressed: Pressed, context: Context) -> None:
    await pressed.notice()
    await context.change(pressed.query, letters.confirm_discard(await _get_reply(pressed.subject_id, context)))


async def discard_for_good(pressed: Pressed, context: Context) -> None:
    reply = await _get_reply(pressed.subject_id, context)
    await discard_reply(context.services.database, pressed.subject_id, now=context.now, by=context.actor)
    await pressed.notice()
    await end_questions(context.services.database, pressed.chat_id, now=context.now)
    await context.change(pressed.query, letters.discarded(reply.head))


async def _set_draft(chat_id: int, view: CommitmentView, due_on: date, context: Context) -> None:
    await set_draft_due(context.services.database, view.id, due_on, now=context.now, by=context.actor)
    changed = await get_commitment(context.services, context.person, view.id)
    await context.send(chat_id, await review_card(changed, context))


async def _move_date(chat_id: int, view: CommitmentView, due_on: date, expected: int | None, context: Context) -> None:
    database, by = context.services.database, context.actor
    await change_due(database, view.id, due_on, reason=None, now=context.now, by=by, expected=expected)
    context.services.wake_delivery()
    changed = await get_commitment(context.services, context.person, view.id)
    await context.send(chat_id, await item_card(changed, context))


async def _set_owner(commitment_id: int, owner: str | None, context: Context) -> None:
    await set_draft_owner(context.services.database, commitment_id, owner, now=context.now, by=context.actor)


async def _show_item(pressed: Pressed, context: Context) -> None:
    await end_questions(context.services.database, pressed.chat_id, now=context.now)
    view = await get_commitment(context.services, context.person, pressed.subject_id)
    await context.change(pressed.query, await review_card(view, context))


async def _show_next(pressed: Pressed, reply: ReplyView, context: Context, *, after: int = 0) -> None:
    """The next draft that nobody has looked at, or the summary when all were seen."""
    rows = [view for view in letters.drafts_of(reply) if not view.reviewed]
    following = next((view for view in rows if view.position > after), rows[0] if rows else None)
    card = await review_card(following, context) if following else letters.loaded(reply)
    await context.change(pressed.query, card)


async def review_card(view: CommitmentView, context: Context) -> Card:
    """A draft as its admin sees it, with the way to the next one."""
    reply = await _get_reply(view.reply.id, context)
    return letters.review(view, letters.draft_after(reply, view))


async def _get_reply(reply_id: int, context: Context) -> ReplyView:
    reply = await find_reply(context.services.database, reply_id)
    assert reply is not None
    return reply
