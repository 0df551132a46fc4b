"""Questions about progress: in plain words, by command, and the buttons that lead deeper."""

from __future__ import annotations

from telegram import InlineQuery

from bot import texts
from bot.access import get_commitment, get_reply
from bot.answer_cards import answered
from bot.answering import REMEMBERED, Thread, answer, view_listed
from bot.cards import answers, progress
from bot.cards import history as history_cards
from bot.cards.base import Card
from bot.cards.inline import offer
from bot.context import Context, Pressed, Said
from bot.handlers.items import item_card
from bot.markup import BIND_FIRST, to_article
from commitments.people import Speaker
from commitments.states import CommitmentState, Role
from commitments.workdays import ONE_DAY
from storage.ledger.chats import find_card
from storage.ledger.dialogues import keep_thread
from storage.ledger.lists import EVER, Page, Wanted, list_commitments
from storage.ledger.queries import CommitmentView, find_events
from storage.ledger.ratings import find_ratings

MOST_OFFERED = 5
VIEWED = 10
"""So many of the commitments found a card may speak of: a page of a list, or the answer and what comes near it."""
INLINE_CACHE_SECONDS = 10
"""Telegram's own default is 300: too long for what changes with a report or an approval."""
NOBODY = frozenset({0})
"""A delegate of no reply: sees what is public and nothing else."""


async def answer_question(said: Said, context: Context) -> None:
    """A question in plain words; it may lean on the one before."""
    services = context.services
    kept = context.heard.thread
    found = await answer(
        services.database,
        said.words,
        speaker=context.person,
        today=context.today,
        open_to_all=services.settings.access.open,
        thread=Thread.from_json(kept) if kept else None,
        most=REMEMBERED,
        viewed=VIEWED,
    )
    card = await answered(services, found, context.today, speaker=context.person)
    await context.send(said.chat_id, card, reply_to=said.message_id)
    # Kept after the answer: nobody waits for the disk, and a crash in between costs a follow-up its context at most.
    await keep_thread(services.database, said.chat_id, found.thread.to_json(), now=context.now)


async def answer_in_group(said: Said, context: Context) -> None:
    """In a group only what everyone there may see is told, and nothing can be pressed."""
    services = context.services
    everyone = Speaker(said.chat_id, "", frozenset({Role.DELEGATE}), delegate_ids=NOBODY)
    open_to_all = services.settings.access.open
    found = await answer(services.database, said.words, speaker=everyone, today=context.today, open_to_all=open_to_all)
    card = await answered(services, found, context.today, speaker=everyone)
    await context.send(said.chat_id, Card(card.html), reply_to=said.message_id)


async def answer_inline(query: InlineQuery, context: Context) -> None:
    """`@bot words` in another chat: what this person may see, to be sent there; nothing to whoever is not bound."""
    stranger = context.person.is_stranger
    views = () if stranger else await _find_offered(query.query, context)
    await query.answer(
        [to_article(offer(view, context.today)) for view in views],
        cache_time=INLINE_CACHE_SECONDS,
        is_personal=True,
        button=BIND_FIRST if stranger else None,
    )


async def _find_offered(words: str, context: Context) -> tuple[CommitmentView, ...]:
    if not words.strip():
        return ()
    services = context.services
    open_to_all = services.settings.access.open
    found = await answer(services.database, words, speaker=context.person, today=context.today, open_to_all=open_to_all)
    return found.commitments[:MOST_OFFERED]


async def status(said: Said, context: Context) -> None:
    """/status with a number or words."""
    if said.words:
        await answer_question(said, context)
    else:
        await context.send(said.chat_id, Card(texts.HOW_TO_ASK))


async def mine(said: Said, context: Context) -> None:
    await context.send(said.chat_id, await _listing("mine", 0, 0, context))


async def due_today(said: Said, context: Context) -> None:
    """/today"""
    await context.send(said.chat_id, await _listing("today", 0, 0, context))


async def overdue(said: Said, context: Context) -> None:
    await context.send(said.chat_id, await _listing("overdue", 0, 0, context))


async def week(said: Said, context: Context) -> None:
    await context.send(said.chat_id, await _listing("week", 0, 0, context))


async def show_mine(pressed: Pressed, context: Context) -> None:
    await pressed.notice()
    await context.send(pressed.chat_id, await _listing("mine", 0, 0, context))


async def show_list(pressed: Pressed, context: Context) -> None:
    """All commitments of a reply."""
    reply = await get_reply(context.services, context.person, pressed.subject_id)
    await pressed.notice()
    await context.send(pressed.chat_id, await _listing("reply", reply.head.id, 0, context))


async def show_page(pressed: Pressed, context: Context) -> None:
    """Another page of the same list, in the same message."""
    key, _, offset = pressed.press.choice.partition(".")
    await pressed.notice()
    if key == "found":
        await _turn_to(pressed, int(offset), context)
    else:
        await context.change(pressed.query, await _listing(key, pressed.subject_id, int(offset), context))


async def _turn_to(pressed: Pressed, offset: int, context: Context) -> None:
    """Another page of what a question found: the card itself remembers what that was."""
    services, message = context.services, pressed.query.message
    kept = await find_card(services.database, pressed.chat_id, message.message_id) if message else None
    if kept is None:
        return
    ids = kept.commitment_ids[offset : offset + answers.PAGE_SIZE]
    open_to_all = services.settings.access.open
    views = await view_listed(services.database, ids, speaker=context.person, open_to_all=open_to_all)
    title, total, listed = kept.params["title"], kept.params["total"], tuple(kept.commitment_ids)
    card = answers.found_set(views, total, context.today, title=title, ids=listed, offset=offset)
    await context.change(pressed.query, card)


async def show_item(pressed: Pressed, context: Context) -> None:
    view = await get_commitment(context.services, context.person, pressed.subject_id)
    await pressed.notice()
    await context.show(pressed.query, await item_card(view, context))


async def show_reply(pressed: Pressed, context: Context) -> None:
    view = await get_reply(context.services, context.person, pressed.subject_id)
    await pressed.notice()
    await context.send(pressed.chat_id, answers.reply(view, context.today, with_phone=context.person.is_admin))


async def show_quote(pressed: Pressed, context: Context) -> None:
    view = await get_commitment(context.services, context.person, pressed.subject_id)
    await pressed.notice()
    await context.show(pressed.query, progress.quote(view))


async def show_history(pressed: Pressed, context: Context) -> None:
    view = await get_commitment(context.services, context.person, pressed.subject_id)
    await pressed.notice()
    await context.show(pressed.query, await _history_card(view, context))


async def history(said: Said, context: Context) -> None:
    """/history with a number or words: what happened to the one commitment that they mean."""
    services = context.services
    if not said.words:
        await context.send(said.chat_id, Card(texts.HOW_TO_ASK_HISTORY))
        return
    found = await answer(services.database, said.words, speaker=context.person, today=context.today)
    if len(found.commitments) == 1:
        await context.send(said.chat_id, await _history_card(found.commitments[0], context))
    else:
        card = await answered(services, found, context.today, speaker=context.person)
        await context.send(said.chat_id, card, reply_to=said.message_id)


async def _history_card(view: CommitmentView, context: Context) -> Card:
    events = await find_events(context.services.database, view.id)
    in_full, zone = context.person.is_admin, context.services.settings.zone
    ratings = await find_ratings(context.services.database, view.id) if in_full else []
    return history_cards.history(view, events, zone, in_full=in_full, ratings=ratings)


async def _listing(key: str, subject_id: int, offset: int, context: Context) -> Card:
    """A named list, as its paging buttons name it again."""
    today = context.today
    title, page = await _named_list(key, subject_id, offset, context)
    return answers.listing(title, page, today, key=key, subject_id=subject_id)


async def _named_list(key: str, subject_id: int, offset: int, context: Context) -> tuple[str, Page]:
    today, services = context.today, context.services
    title, wanted = {
        "reply": ("承诺清单", Wanted(reply_id=subject_id, states=EVER)),
        "overdue": ("已经逾期", Wanted(states=(CommitmentState.OPEN,), due_until=today - ONE_DAY)),
        "today": ("今天到期", Wanted(due_from=today, due_until=today)),
        "week": ("七天内到期", Wanted(due_from=today, due_until=today + 6 * ONE_DAY)),
        "mine": ("在办的承诺", Wanted(only_own=not context.person.is_admin)),
    }[key]
    page = await list_commitments(
        services.database,
        context.person,
        wanted,
        open_to_all=services.settings.access.open,
        offset=offset,
        limit=answers.PAGE_SIZE,
    )
    return title, page
