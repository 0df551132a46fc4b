"""Silence goes higher up in working days, in words that a leader understands; an answer stops it to the last."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.playground.people import Person
from tests.flows.conftest import SHANGHAI, Story, said
from tests.flows.steps import begin, press, write

TOLD, TWO_WORKDAYS_ON = "2024-10-24", "2024-10-28"


@pytest.fixture
async def deputy(story: Story) -> Person:
    """Somebody above a contact who hears of his commitment on a Thursday and does not answer."""
    await begin(story)
    await write(story, story.admin, "/invite 分管 澄湾市科学技术局 许言")
    deputy = story.server.add_person("许言")
    deputy.start(said(story.admin).split("?start=")[1].split()[0])
    await story.settled()
    await story.morning(TOLD)
    assert "承诺提醒" in said(story.official)
    return deputy


def digests(person: Person) -> list[str]:
    return [message.words for message in person.inbox if "承诺提醒" in message.words]


async def test_the_deputy_hears_who_did_not_answer(story: Story, deputy: Person) -> None:
    await story.morning("2024-10-25")
    assert digests(deputy) == []

    await story.morning(TWO_WORKDAYS_ON)

    assert "孵化器管理办法" in digests(deputy)[0]
    assert "周明远 尚未回应，转请您关注" in digests(deputy)[0]


async def test_an_answer_keeps_it_from_the_deputy(story: Story, deputy: Person) -> None:
    await press(story, story.official, "知悉")

    await story.morning(TWO_WORKDAYS_ON)

    assert digests(deputy) == []


@pytest.mark.parametrize("answer", ["知悉", "反馈进展"])
async def test_an_answer_in_the_evening_keeps_back_what_was_to_be_said_in_the_morning(
    story: Story, deputy: Person, answer: str
) -> None:
    story.clock.set(datetime.fromisoformat(f"{TWO_WORKDAYS_ON}T19:59").replace(tzinfo=SHANGHAI))
    await story.program.heartbeat.tick(story.clock.now())
    story.clock.set(datetime.fromisoformat(f"{TWO_WORKDAYS_ON}T21:00").replace(tzinfo=SHANGHAI))

    await press(story, story.official, answer)
    if answer == "反馈进展":
        await write(story, story.official, "已完成初稿，正在征求意见")
    await story.morning("2024-10-29")

    assert digests(deputy) == []
