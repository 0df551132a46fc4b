"""The methods that change or delete messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.playground.keyboards import InlineKeyboard, read_inline_keyboard
from bot.playground.messages import SeenMessage
from bot.playground.playground import Playground
from bot.playground.refusals import bad_request
from bot.playground.sending import InputMedia, read_caption, read_text
from bot.playground.wire import Json, Parameters, whole

# "A message can only be deleted if it was sent less than 48 hours ago" (deleteMessage)
DELETABLE_FOR = timedelta(hours=48)
_MOST_DELETED_AT_ONCE = 100


def edit_message_text(playground: Playground, parameters: Parameters) -> Json:
    text = read_text(parameters)
    markup = read_inline_keyboard(parameters)
    message = _editable(playground, parameters)
    if message.file or not message.text:
        raise bad_request("there is no text in the message to edit")
    _refuse_unchanged((message.text, message.entities, message.markup) == (text.text, text.entities, markup))
    message.text, message.entities = text.text, text.entities
    return _edited(playground, message, markup)


def edit_message_caption(playground: Playground, parameters: Parameters) -> Json:
    caption = read_caption(parameters)
    markup = read_inline_keyboard(parameters)
    message = _editable(playground, parameters)
    if not message.file:
        raise bad_request("there is no caption in the message to edit")
    _refuse_unchanged((message.caption, message.entities, message.markup) == (caption.text, caption.entities, markup))
    message.caption, message.entities = caption.text, caption.entities
    return _edited(playground, message, markup)


def edit_message_media(playground: Playground, parameters: Parameters) -> Json:
    media = InputMedia.read(parameters.json("media", "can't parse input media JSON object"))
    markup = read_inline_keyboard(parameters)
    message = _editable(playground, parameters)
    media.fill(message, playground, parameters)
    message.text = ""
    return _edited(playground, message, markup)


def edit_message_reply_markup(playground: Playground, parameters: Parameters) -> Json:
    markup = read_inline_keyboard(parameters)
    message = _editable(playground, parameters)
    _refuse_unchanged(message.markup == markup)
    return _edited(playground, message, markup)


def delete_message(playground: Playground, parameters: Parameters) -> Json:
    chat = playground.chat(parameters.text("chat_id"))
    chat.refuse_unless_writable()
    message = chat.existing(parameters.integer("message_id"), "message to delete")
    if not _may_be_deleted(playground, message):
        raise bad_request("message can't be deleted for everyone")
    playground.delete(message)
    return True


def delete_messages(playground: Playground, parameters: Parameters) -> Json:
    """The rule: "If some of the specified messages can't be found, they are skipped"."""
    chat = playground.chat(parameters.text("chat_id"))
    chat.refuse_unless_writable()
    ids = parameters.json("message_ids", "can't parse message_ids JSON object")
    if not isinstance(ids, Sequence) or isinstance(ids, str) or not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > _MOST_DELETED_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[whole(each)] for each in ids if whole(each) in chat.messages]
    for message in found:
        if _may_be_deleted(playground, message):
            playground.delete(message)
    return True


def _may_be_deleted(playground: Playground, message: SeenMessage) -> bool:
    """Bots can delete "outgoing messages in private chats, groups, and supergroups", "incoming … in private chats"."""
    own = message.from_bot or message.chat.private
    return own and playground.now() - message.date < DELETABLE_FOR


def _editable(playground: Playground, parameters: Parameters) -> SeenMessage:
    """Own messages only, and none that carries a reply keyboard; there is no age limit for a bot's own messages."""
    if not parameters.text("chat_id"):
        raise bad_request("message identifier is not specified")
    chat = playground.chat(parameters.text("chat_id"))
    chat.refuse_unless_writable()
    message = chat.existing(parameters.integer("message_id"), "message to edit")
    other_markup = message.markup is not None and not isinstance(message.markup, InlineKeyboard)
    if not message.from_bot or message.forwarded_from or other_markup:
        raise bad_request("message can't be edited")
    return message


def _refuse_unchanged(unchanged: bool) -> None:
    if unchanged:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )


def _edited(playground: Playground, message: SeenMessage, markup: InlineKeyboard | None) -> Json:
    """An edit without reply_markup takes the old buttons away."""
    message.markup = markup
    playground.edited(message)
    return message.as_json()
