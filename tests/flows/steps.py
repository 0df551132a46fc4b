"""Steps that many stories share: press one button after the other, write an answer, bring an item to a state."""

from __future__ import annotations

from bot.playground.people import Person
from bot.settings import Access
from tests.flows.conftest import SCIENCE, Story

PHOTO = b"\xff\xd8\xff\xe0" + b"a photo of the notice" * 50 + b"\xff\xd9"


async def press(story: Story, person: Person, *labels: str) -> None:
    """Each button on the newest message that has it."""
    for label in labels:
        person.press(label)
        await story.settled()


async def write(story: Story, person: Person, words: str) -> None:
    person.send(words)
    await story.settled()


async def begin(story: Story) -> None:
    """The letter of the science bureau is confirmed, its contact and its delegate are there, the digest has come."""
    await story.load_and_confirm(SCIENCE)
    await story.bind_official()
    await story.bind_delegate()
    await story.morning("2024-07-09")
    await open_item(story, story.official)


async def open_item(story: Story, person: Person, mark: str = "①") -> None:
    """The card of one item of the letter, by its number in the list."""
    await write(story, person, "/mine")
    await press(story, person, mark)


async def report_done(story: Story) -> None:
    """With a photo as evidence."""
    await open_item(story, story.official)
    story.official.send_photo(PHOTO, "办法已印发", reply_to=story.official.last)
    await story.settled()
    await press(story, story.official, "已办结", "确认办结")


async def close(story: Story) -> None:
    await report_done(story)
    await press(story, story.admin, "销号", "确认销号")


async def add_admin(story: Story, name: str = "督查室 何川") -> Person:
    """A second admin, known to the bot from its next start."""
    person = story.server.add_person(name)
    access = Access(admins=(*story.settings.access.admins, person.id))
    story.settings = story.settings.model_copy(update={"access": access})
    await story.restart()
    person.start()
    await story.settled()
    return person
