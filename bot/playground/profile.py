"""How the bot presents itself: name, descriptions per language, menu button."""

from __future__ import annotations

from collections.abc import Callable

from bot.playground.menus import checked_language
from bot.playground.playground import Playground
from bot.playground.refusals import bad_request
from bot.playground.wire import Json, Parameters, words

# "New bot name; 0-64 characters", "New bot description; 0-512 characters", "New short description …; 0-120 characters"
_LONGEST = {"name": 64, "description": 512, "short_description": 120}
_REFUSALS = {
    "name": "BOT_TITLE_INVALID",
    "description": "BOT_DESCRIPTION_INVALID",
    "short_description": "BOT_SHORT_DESCRIPTION_INVALID",
}
_MENU_BUTTONS = {"commands", "web_app", "default"}


def _setter(what: str) -> Callable[[Playground, Parameters], Json]:
    def set_it(playground: Playground, parameters: Parameters) -> Json:
        text = parameters.text(what)
        if len(text) > _LONGEST[what]:
            raise bad_request(_REFUSALS[what])
        playground.profile[what, checked_language(parameters.text("language_code"))] = text
        return True

    return set_it


def _getter(what: str) -> Callable[[Playground, Parameters], Json]:
    def get_it(playground: Playground, parameters: Parameters) -> Json:
        own = playground.profile.get((what, checked_language(parameters.text("language_code"))))
        return {what: own or playground.profile.get((what, ""), "")}

    return get_it


def set_chat_menu_button(playground: Playground, parameters: Parameters) -> Json:
    button = parameters.json("menu_button", "can't parse menu button JSON object")
    kind = words(button.get("type")) if isinstance(button, dict) else "default"
    if kind not in _MENU_BUTTONS:
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    playground.menu_buttons[_menu_chat(playground, parameters)] = kind
    return True


def get_chat_menu_button(playground: Playground, parameters: Parameters) -> Json:
    """The rule: "If not specified, default bot's menu button will be returned"."""
    return {"type": playground.menu_buttons.get(_menu_chat(playground, parameters), "default")}


def _menu_chat(playground: Playground, parameters: Parameters) -> int:
    key = parameters.text("chat_id")
    return playground.chat(key).id if key else 0


PROFILE_METHODS: dict[str, Callable[[Playground, Parameters], Json]] = {
    "setmyname": _setter("name"),
    "getmyname": _getter("name"),
    "setmydescription": _setter("description"),
    "getmydescription": _getter("description"),
    "setmyshortdescription": _setter("short_description"),
    "getmyshortdescription": _getter("short_description"),
    "setchatmenubutton": set_chat_menu_button,
    "getchatmenubutton": get_chat_menu_button,
}
