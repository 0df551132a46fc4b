"""From Telegram's updates to one handler each: who speaks, what kind of message it is, what a mistake is told."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.error import BadRequest, NetworkError
from telegram.error import Forbidden as BlockedByUser
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot import texts
from bot.access import Hidden
from bot.answering import reads_as_question
from bot.buttons import find_press
from bot.cards.base import Card
from bot.commands import Command
from bot.context import Context, Pressed, Said
from bot.handlers import ask, bind, load
from bot.handlers.evidence import receive_more_of_album
from bot.handlers.items import find_changed
from bot.routes import ADMIN_BUTTONS, ANSWERS, BUTTONS, COMMANDS, TEXT_ONLY_ANSWERS
from commitments.states import Role
from commitments.verbs import Forbidden, NotNow
from storage.engine import NO_SUCH_ROW
from storage.ledger.chats import find_card
from storage.ledger.hearing import Heard, hear
from storage.ledger.lookback import AnsweredBefore
from storage.ledger.moving import Changed
from storage.ledger.people import find_speaker
from storage.ledger.progress import NoEvidence, SameChecker
from storage.ledger.replies import NotADraft, NotReady
from storage.ledger.requests import OwnRequest, TooLateToReturn
from storage.tables import Card as AskedCard

log = logging.getLogger(__name__)
LETTER_LENGTH = 300
"""A text of an admin that is longer than this is taken for a letter, not for a question."""
LONGEST_QUESTION = 300

App = Application[Any, Any, Any, Any, Any, Any]


def add_handlers(application: App) -> None:
    """Put every route of routes.py on the application."""
    private, fresh = filters.ChatType.PRIVATE, filters.UpdateType.MESSAGE
    application.add_handler(TypeHandler(Update, introduce), group=-1)
    for command in COMMANDS:
        application.add_handler(CommandHandler(command.name, _command(command), private & fresh))
    names = [command.name for command in COMMANDS]
    application.add_handler(CommandHandler(names, refuse_in_group, filters.ChatType.GROUPS & fresh))
    application.add_handler(MessageHandler(filters.ChatType.GROUPS & fresh & filters.TEXT, receive_in_group))
    application.add_handler(MessageHandler(private & fresh & filters.COMMAND, unknown_command))
    application.add_handler(MessageHandler(private & fresh, receive))
    application.add_handler(CallbackQueryHandler(press))
    application.add_handler(InlineQueryHandler(offer_inline))
    application.add_error_handler(apologize)


async def introduce(update: Update, context: Context) -> None:
    """Find out who speaks, before any handler runs."""
    user = update.effective_user
    if user is None:
        return
    database, admins = context.services.database, context.services.settings.admins
    if update.effective_chat is not None and update.effective_chat.type == "private":
        context.introduced = await hear(database, user.id, user.full_name, admins, now=context.now)
    else:
        context.introduced = Heard(await find_speaker(database, user.id, user.full_name, admins))


async def receive(update: Update, context: Context) -> None:
    """A message that is no command: a contact, an answer to a card of ours, a letter, or a question."""
    message = update.message
    assert message is not None
    said = Said(message, message.chat.id, message.text or message.caption or "")
    if message.contact is not None:
        contact = message.contact
        await _politely(said, context, lambda: bind.receive_contact(said, contact, context))
    elif context.person.is_stranger:
        await context.send(said.chat_id, Card(texts.STRANGER))
    else:
        await _politely(said, context, lambda: _receive_from_known(said, context))


async def press(update: Update, context: Context) -> None:
    """A pressed button, of today's card or of one from months ago."""
    query = update.callback_query
    assert query is not None
    found = find_press(query.data)
    message = query.message
    if found is None or message is None or (found.verb not in BUTTONS and found.verb not in ADMIN_BUTTONS):
        await query.answer(texts.OLD_BUTTON, show_alert=True)
        return
    if message.chat.type != "private":
        await query.answer(texts.PRIVATE_ONLY, show_alert=True)
        return
    pressed = Pressed(query, message.chat.id, found)
    if found.verb in ADMIN_BUTTONS and not context.person.is_admin:
        await pressed.notice(texts.ADMINS_ONLY, alert=True)
        return
    if context.person.is_stranger:
        await pressed.notice(texts.STRANGER, alert=True)
        return
    try:
        await (BUTTONS.get(found.verb) or ADMIN_BUTTONS[found.verb])(pressed, context)
    except Changed as changed:
        sentence, card = await find_changed(changed.commitment_id, context)
        await pressed.notice(sentence, alert=True)
        await context.change(query, card)
    except Exception as error:
        words = _polite_words(error)
        if words is None:
            raise
        await pressed.notice(words, alert=True)


async def offer_inline(update: Update, context: Context) -> None:
    """Words typed behind the bot's name in another chat."""
    assert update.inline_query is not None
    await ask.answer_inline(update.inline_query, context)


async def refuse_in_group(update: Update, context: Context) -> None:
    if update.effective_message is not None:
        await update.effective_message.reply_text(texts.PRIVATE_ONLY)


async def receive_in_group(update: Update, context: Context) -> None:
    """A question in a group: only when the bot is named or answered, and only from somebody who is bound."""
    message = update.message
    assert message is not None
    text, name = message.text or "", f"@{context.services.bot_username}"
    quoted = message.reply_to_message
    answers_us = quoted is not None and quoted.from_user is not None and quoted.from_user.id == context.bot.id
    if name.lower() not in text.lower() and not answers_us:
        return
    words = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE).strip()
    said = Said(message, message.chat.id, words)
    if context.person.is_stranger:
        await context.send(said.chat_id, Card(texts.STRANGER), reply_to=said.message_id)
    elif len(words) > LONGEST_QUESTION:
        await context.send(said.chat_id, Card(texts.QUESTION_TOO_LONG), reply_to=said.message_id)
    else:
        await ask.answer_in_group(said, context)


async def unknown_command(update: Update, context: Context) -> None:
    assert update.message is not None
    await context.send(update.message.chat.id, Card(texts.UNKNOWN_COMMAND))


async def apologize(update: object, context: Context) -> None:
    """The last resort: the log first, then one sentence to whoever waits."""
    error = context.error
    if isinstance(error, BlockedByUser):
        log.info("an answer was not wanted: %s", error)
        return
    if not isinstance(update, Update):
        level = (
            logging.WARNING if isinstance(error, NetworkError) and not isinstance(error, BadRequest) else logging.ERROR
        )
        log.log(level, "while fetching updates: %s", error, exc_info=error if level == logging.ERROR else None)
        return
    log.error("update %s failed", update.update_id, exc_info=error)
    if update.callback_query is not None:
        await update.callback_query.answer(texts.SORRY, show_alert=True)
    elif update.effective_message is not None:
        await update.effective_message.reply_text(texts.SORRY)


def _command(command: Command) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    async def handle(update: Update, context: Context) -> None:
        message = update.message
        assert message is not None
        held = context.person.roles or frozenset({Role.STRANGER})
        if not command.roles & held:
            refusal = texts.STRANGER if context.person.is_stranger else texts.ADMINS_ONLY
            await context.send(message.chat.id, Card(refusal))
            return
        words = (message.text or "").split(maxsplit=1)[1:]
        said = Said(message, message.chat.id, words[0].strip() if words else "")
        await _politely(said, context, lambda: command.handler(said, context))

    return handle


async def _receive_from_known(said: Said, context: Context) -> None:
    album = said.message.media_group_id
    if album is not None and await receive_more_of_album(said, album, context):
        return
    asked = await _find_asked(said, context)
    has_file = bool(said.message.photo or said.message.document)
    if asked is not None and asked.about in ANSWERS and not (has_file and asked.about in TEXT_ONLY_ANSWERS):
        await ANSWERS[asked.about](said, asked, context)
    elif said.message.document is not None and context.person.is_admin:
        await load.receive_file(said, said.message.document, context)
    elif has_file:
        # an admin's document is a letter, so the photo most likely shows one
        words = texts.PHOTO_FROM_ADMIN if context.person.is_admin else texts.FILE_WITHOUT_CARD
        await context.send(said.chat_id, Card(words), reply_to=said.message_id)
    elif not said.words:
        await context.send(said.chat_id, Card(texts.UNSUPPORTED_MESSAGE), reply_to=said.message_id)
    elif _asks_while_loading(said, asked, context):
        await ask.answer_question(said, context)
        await context.send(said.chat_id, Card(texts.LOADING_STAYS_OPEN))
    elif _is_letter(said, asked, context):
        await load.receive_text(said, context)
    elif len(said.words) > LONGEST_QUESTION:
        await context.send(said.chat_id, Card(texts.QUESTION_TOO_LONG), reply_to=said.message_id)
    else:
        await ask.answer_question(said, context)


async def _find_asked(said: Said, context: Context) -> AskedCard | None:
    """The card of ours that this message answers: the one it quotes, else our open question in this chat."""
    quoted = said.message.reply_to_message
    if quoted is not None:
        return await find_card(context.services.database, said.chat_id, quoted.message_id)
    return context.heard.question


def _asks_while_loading(said: Said, asked: AskedCard | None, context: Context) -> bool:
    """The rest of a letter that comes in pieces is never taken for a question."""
    waits_for_letter = asked is not None and asked.about == "letter" and not context.heard.in_pieces
    return waits_for_letter and reads_as_question(said.words, today=context.today)


def _is_letter(said: Said, asked: AskedCard | None, context: Context) -> bool:
    if not context.person.is_admin:
        return False
    asked_for = asked is not None and asked.about == "letter"
    long = len(said.words) > LETTER_LENGTH
    return asked_for or long or context.heard.in_pieces


async def _politely(said: Said, context: Context, call: Callable[[], Awaitable[None]]) -> None:
    """Run a handler; a mistake that has a sentence gets it, everything else goes to the last resort."""
    try:
        await call()
    except Changed as changed:
        words, card = await find_changed(changed.commitment_id, context)
        await context.send(said.chat_id, Card(words), reply_to=said.message_id)
        await context.send(said.chat_id, card)
    except Exception as error:
        sentence = _polite_words(error)
        if sentence is None:
            raise
        await context.send(said.chat_id, Card(sentence), reply_to=said.message_id)


def _polite_words(error: Exception) -> str | None:
    match error:
        case Forbidden():
            return texts.forbidden(error.verb, error.roles)
        case NotNow():
            return texts.not_now(error.verb, error.standing)
        case NotReady():
            return texts.missing(error.missing)
        case NotADraft():
            return texts.ALREADY_DONE
        case SameChecker():
            return texts.SAME_CHECKER
        case NoEvidence():
            return texts.NO_EVIDENCE
        case TooLateToReturn():
            return texts.too_late_to_return(error.rules, error.until_on)
        case OwnRequest():
            return texts.OWN_REQUEST
        case AnsweredBefore():
            return texts.ALREADY_DONE
        case Hidden() | NO_SUCH_ROW():
            return texts.GONE
        case _:
            return None
