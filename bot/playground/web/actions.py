"""What can be done on the page, by name: on the phones, with the clock, with the bot, along the tour."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.playground.files import image_size
from bot.playground.messages import SeenMessage
from bot.playground.people import Person
from bot.playground.web.page import Mistake, Page
from bot.playground.web.tour import STEPS
from bot.playground.web.views import start_code
from bot.playground.wire import Json, JsonObject, Upload, whole, words

LONGEST_NAME = 40
LONGEST_LEAP_DAYS = 400


@dataclass(frozen=True, slots=True)
class Deed:
    """One request of the page: who does it, with which words, perhaps with a file."""

    page: Page
    body: JsonObject
    upload: Upload | None = None

    @property
    def person(self) -> Person:
        return self.page.person(whole(self.body.get("person")))

    @property
    def text(self) -> str:
        return words(self.body.get("text")).strip()

    def message(self, name: str) -> SeenMessage | None:
        message_id = whole(self.body.get(name))
        return self.person.chat.messages.get(message_id) if message_id else None


Action = Callable[[Deed], Awaitable[Json]]


async def start(deed: Deed) -> Json:
    """Open the bot, also by an invite link."""
    deed.person.start(words(deed.body.get("code")) or None)
    return None


async def say(deed: Deed) -> Json:
    code = start_code(deed.text)
    if code:
        # who taps a link to the bot does not send it
        deed.person.start(code)
    elif deed.text:
        deed.person.send(deed.text, reply_to=deed.message("reply"))
    else:
        raise Mistake("empty")
    return None


async def send_file(deed: Deed) -> Json:
    """A picture goes as photo, anything else as document; the text is its caption."""
    if deed.upload is None or not deed.upload.data:
        raise Mistake("empty")
    data, reply_to = deed.upload.data, deed.message("reply")
    if image_size(data):
        deed.person.send_photo(data, deed.text, reply_to=reply_to)
    else:
        deed.person.send_document(deed.upload.name, data, deed.text, reply_to=reply_to)
    return None


async def send_letter(deed: Deed) -> Json:
    letter = deed.page.letters.get(words(deed.body.get("letter")))
    if letter is None or not letter.is_file():
        raise Mistake("gone")
    deed.person.send_document(letter.name, letter.read_bytes())
    return None


async def press(deed: Deed) -> Json:
    """A button under a message, by its place."""
    message = deed.message("message")
    row, column = whole(deed.body.get("row")), whole(deed.body.get("column"))
    if message is None or not (0 <= row < len(message.buttons) and 0 <= column < len(message.buttons[row])):
        raise Mistake("gone")
    deed.person.press(message.buttons[row][column].text, message)
    return None


async def press_key(deed: Deed) -> Json:
    """A key of the open reply keyboard; the one that shares the phone number does that."""
    keyboard = deed.person.keyboard
    if keyboard is None or deed.text not in [key.text for row in keyboard.rows for key in row]:
        raise Mistake("gone")
    if any(key.asks_contact for row in keyboard.rows for key in row if key.text == deed.text):
        if deed.person.phone is None:
            raise Mistake("no_phone")
        deed.person.share_contact(reply_to=deed.person.chat.keyboard_message)
    else:
        deed.person.send(deed.text)
    return None


async def add_person(deed: Deed) -> Json:
    if not 0 < len(deed.text) <= LONGEST_NAME:
        raise Mistake("empty")
    phone = "".join(sign for sign in words(deed.body.get("phone")) if sign.isdigit() or sign == "+")
    return deed.page.add_person(deed.text, phone or None).id


async def move_clock(deed: Deed) -> Json:
    """Some days on, or to the next reminder; answers its day, null when none is to come."""
    page, days = deed.page, whole(deed.body.get("days"))
    async with page.turn, page.busy():
        if days == 0:
            day = await page.stage.to_next_reminder()
            return f"{day:%Y-%m-%d}" if day else None
        if not 0 < days <= LONGEST_LEAP_DAYS:
            raise Mistake("too_far")
        await page.stage.advance(days=days)
    return f"{page.stage.now:%Y-%m-%d}"


async def stop_bot(deed: Deed) -> Json:
    await deed.page.stage.kill_bot()
    return None


async def start_bot(deed: Deed) -> Json:
    async with deed.page.turn, deed.page.busy():
        await deed.page.stage.start_bot()
    return None


async def restart_bot(deed: Deed) -> Json:
    """Kill it first, whatever it is doing: the turn is waited for by the new one only."""
    await stop_bot(deed)
    return await start_bot(deed)


async def reset(deed: Deed) -> Json:
    async with deed.page.turn, deed.page.busy():
        await deed.page.reset()
    return None


async def tour(deed: Deed) -> Json:
    """A step of the tour, counted from 1."""
    step = whole(deed.body.get("step"))
    if not 1 <= step <= len(STEPS):
        raise Mistake("gone")
    async with deed.page.turn, deed.page.busy():
        await deed.page.stage.start_bot()
        await STEPS[step - 1](deed.page.stage)
    return None


ON_PHONES: dict[str, Action] = {
    "start": start,
    "say": say,
    "file": send_file,
    "letter": send_letter,
    "press": press,
    "key": press_key,
}
"""Done at once; the bot answers when it is ready."""

ON_STAGE: dict[str, Action] = {
    "person": add_person,
    "clock": move_clock,
    "stop": stop_bot,
    "run": start_bot,
    "restart": restart_bot,
    "reset": reset,
    "tour": tour,
}
"""Done when the answer comes."""


async def act(name: str, deed: Deed) -> Json:
    """Do it. Raises Mistake; what a person cannot do on the own phone (write without having started) is one, too."""
    action = ON_PHONES.get(name) or ON_STAGE.get(name)
    if action is None:
        raise Mistake("gone")
    try:
        answer = await action(deed)
    except (AssertionError, ValueError):
        raise Mistake("not_now") from None
    if name in ON_PHONES:
        deed.page.settle_soon()
    return answer
