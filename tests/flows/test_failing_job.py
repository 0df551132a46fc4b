"""A job that fails is told to the admins once, its end too; a hiccup is told to nobody."""

from __future__ import annotations

from sqlalchemy import text

from bot.playground.people import Person
from tests.flows.conftest import SCIENCE, Story, said
from tests.flows.steps import write

DAY = "2024-07-09"


async def rename_table(story: Story, name: str, to: str) -> None:
    rename = text(f"ALTER TABLE {name} RENAME TO {to}")
    await story.program.services.database.desk.transact(lambda connection: connection.execute(rename))


async def promise(story: Story) -> None:
    await story.load_and_confirm(SCIENCE)
    await story.bind_official()


def about_jobs(person: Person) -> list[str]:
    return [message.words for message in person.inbox if "定时工作" in message.words.split("\n")[0]]


async def test_admins_hear_once_that_a_job_fails_and_once_that_it_works_again(story_on_each_database: Story) -> None:
    story = story_on_each_database
    await promise(story)
    await rename_table(story, "reminder", "reminder_away")

    for hour in ("08:30", "08:34", "08:35", "09:00", "11:30"):
        await story.morning(DAY, hour)
    assert len(about_jobs(story.admin)) == 1
    assert "每日承诺提醒，从 7月9日 08:30 起没有做成" in about_jobs(story.admin)[0]
    await write(story, story.admin, "/health")
    assert "没有做成的定时工作：每日承诺提醒" in said(story.admin)

    await rename_table(story, "reminder_away", "reminder")
    for hour in ("12:00", "12:01"):
        await story.morning(DAY, hour)
    assert len(about_jobs(story.admin)) == 2
    assert "每日承诺提醒，7月9日 12:00 已做成（7月9日 08:30 起没有做成）" in about_jobs(story.admin)[1]


async def test_a_failure_that_is_soon_over_is_told_to_nobody(story: Story) -> None:
    await promise(story)

    await rename_table(story, "reminder", "reminder_away")
    await story.morning(DAY, "08:30")
    await rename_table(story, "reminder_away", "reminder")
    for hour in ("08:31", "08:40"):
        await story.morning(DAY, hour)

    assert about_jobs(story.admin) == []


async def test_a_job_that_fails_again_later_is_told_again(story: Story) -> None:
    await promise(story)

    for day in ("2024-07-09", "2024-07-10"):
        await rename_table(story, "reminder", "reminder_away")
        for hour in ("08:30", "08:36"):
            await story.morning(day, hour)
        await rename_table(story, "reminder_away", "reminder")
        await story.morning(day, "09:00")

    assert [words.split("\n")[0] for words in about_jobs(story.admin)] == [
        "⚠️ 定时工作没有做成",
        "✅ 定时工作已恢复",
    ] * 2


async def test_what_fails_by_night_is_told_in_the_morning(story: Story) -> None:
    await promise(story)
    await rename_table(story, "letter_part", "letter_part_away")

    await story.morning(DAY, "03:00")
    await story.morning(DAY, "03:30")
    assert about_jobs(story.admin) == []

    await story.morning(DAY, "08:30")
    assert "夜间清理，从 7月9日 03:00 起没有做成" in said(story.admin)
