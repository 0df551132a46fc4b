"""The table of methods, and those that are about neither sending nor editing."""

from __future__ import annotations

from collections.abc import Callable

from bot.playground.callbacks import Answer, too_old
from bot.playground.chats import Chat
from bot.playground.editing import (
    delete_message,
    delete_messages,
    edit_message_caption,
    edit_message_media,
    edit_message_reply_markup,
    edit_message_text,
)
from bot.playground.events import Event, EventKind
from bot.playground.inline_answers import answer_inline_query
from bot.playground.menus import Scope, as_json, read_commands, read_scope
from bot.playground.playground import Playground
from bot.playground.profile import PROFILE_METHODS
from bot.playground.refusals import bad_request
from bot.playground.sending import (
    copy_message,
    forward_message,
    send_document,
    send_media_group,
    send_message,
    send_photo,
)
from bot.playground.wire import Json, JsonObject, Parameters

Method = Callable[[Playground, Parameters], Json]

_CHAT_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def get_me(playground: Playground, parameters: Parameters) -> Json:
    abilities: JsonObject = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return playground.bot | abilities


def get_chat(playground: Playground, parameters: Parameters) -> Json:
    chat = _known_chat(playground, parameters.text("chat_id"))
    gifts = {f"{kind}_gifts": True for kind in ("unlimited", "limited", "unique")}
    details: JsonObject = {
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": gifts | {"premium_subscription": True, "gifts_from_channels": True},
    }
    return chat.as_json() | details


def get_chat_member(playground: Playground, parameters: Parameters) -> Json:
    chat = _known_chat(playground, parameters.text("chat_id"))
    user_id = parameters.integer("user_id")
    if user_id == playground.bot["id"]:
        return {"status": "member", "user": playground.bot}
    person = playground.people.get(user_id)
    if person is None:
        raise bad_request("user not found")
    return {"status": "member" if user_id in chat.members else "left", "user": person.as_json()}


def send_chat_action(playground: Playground, parameters: Parameters) -> Json:
    if parameters.text("action") not in _CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    playground.chat(parameters.text("chat_id")).refuse_unless_writable()
    return True


def answer_callback_query(playground: Playground, parameters: Parameters) -> Json:
    query_id = parameters.text("callback_query_id")
    if not query_id:
        raise too_old()
    answer = Answer(parameters.text("text"), parameters.flag("show_alert"), parameters.text("url"))
    query = playground.callbacks.answer(query_id, answer, playground.now())
    if answer.text:
        (query.person.alerts if answer.alert else query.person.toasts).append(answer.text)
    query.message.chat.sightings.bell.ring()
    playground.events.publish(
        Event(EventKind.ANSWERED, query.message.chat, query.person, query.message, text=answer.text)
    )
    return True


def get_file(playground: Playground, parameters: Parameters) -> Json:
    if not parameters.text("file_id"):
        raise bad_request("file_id not specified")
    stored = playground.files.by_id(parameters.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    return stored.as_file_json()


def set_my_commands(playground: Playground, parameters: Parameters) -> Json:
    commands = read_commands(parameters.json("commands", "can't parse commands JSON object"))
    playground.menus.set(_scope(playground, parameters), parameters.text("language_code"), commands)
    return True


def get_my_commands(playground: Playground, parameters: Parameters) -> Json:
    return as_json(playground.menus.get(_scope(playground, parameters), parameters.text("language_code")))


def delete_my_commands(playground: Playground, parameters: Parameters) -> Json:
    playground.menus.delete(_scope(playground, parameters), parameters.text("language_code"))
    return True


def _scope(playground: Playground, parameters: Parameters) -> Scope:
    kind, chat_id, user_id = read_scope(parameters.json("scope", "can't parse BotCommandScope JSON object"))
    return kind, _known_chat(playground, chat_id).id if chat_id else 0, user_id


def _known_chat(playground: Playground, key: str) -> Chat:
    chat = playground.chat(key)
    chat.refuse_strangers()
    return chat


METHODS: dict[str, Method] = {
    "getme": get_me,
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "sendmediagroup": send_media_group,
    "sendchataction": send_chat_action,
    "forwardmessage": forward_message,
    "copymessage": copy_message,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagemedia": edit_message_media,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "answercallbackquery": answer_callback_query,
    "answerinlinequery": answer_inline_query,
    "getfile": get_file,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    **PROFILE_METHODS,
}
"""By name in lower case: "All methods in the Bot API are case-insensitive"."""
