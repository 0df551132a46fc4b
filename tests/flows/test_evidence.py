"""Photos, files, albums and links that come with a report: one report, all of it there for the admin."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from sqlmodel import select

from storage.tables import Evidence
from tests.flows.conftest import Story, said
from tests.flows.steps import PHOTO, begin, open_item, press, write

PHOTOS = [PHOTO + bytes([number]) for number in range(10)]


async def later(story: Story, seconds: int = 11) -> None:
    story.clock.move(timedelta(seconds=seconds))
    await story.settled()


async def test_an_album_of_ten_is_one_report_with_ten_files(story_on_each_database: Story) -> None:
    story = story_on_each_database
    await begin(story)
    before = len(story.official.inbox)

    story.official.send_album(PHOTOS, "现场照片，完成 60%", reply_to=story.official.last)
    await story.settled()
    assert len(story.official.inbox) == before + 1
    assert "进展已记下" in said(story.official)
    await later(story)

    assert "附件 10 个" in said(story.admin)
    assert "现场照片，完成 60% · 进度 60%" in said(story.admin)
    await story.restart()
    await press(story, story.admin, "看附件")
    assert [message.photo for message in story.admin.inbox[-10:]] == PHOTOS
    assert {(message.caption or "").split("\n")[0] for message in story.admin.inbox[-10:]} == {"周明远 · 2024-07-09"}
    assert "照片-" not in (story.admin.last.caption or "")


async def test_an_album_that_answers_our_question_needs_no_quoting(story: Story) -> None:
    await begin(story)
    await press(story, story.official, "反馈进展")

    story.official.send_album(PHOTOS[:3])
    await story.settled()
    await later(story)

    assert "附件 3 个" in said(story.admin)
    assert not [message for message in story.official.inbox if "哪一项" in message.words]


async def test_a_copy_is_kept_by_what_is_in_it(story: Story) -> None:
    await begin(story)

    story.official.send_document("批复.pdf", b"%PDF-1.7 approved", reply_to=story.official.last)
    story.official.send_document("批复再发.pdf", b"%PDF-1.7 approved", reply_to=story.official.last)
    await story.settled()

    digest = hashlib.sha256(b"%PDF-1.7 approved").hexdigest()
    kept = [path for path in story.settings.storage.files.rglob("*") if path.is_file()]
    assert [path.name for path in kept] == [digest]
    assert kept[0].stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("size", [20 * 1024 * 1024 + 1, 51 * 1024 * 1024])
async def test_too_large_a_file_stays_in_telegram_and_the_reporter_is_told(story: Story, size: int) -> None:
    await begin(story)

    story.official.send_document("录像.mp4", bytes(size), "竣工录像", reply_to=story.official.last)
    await story.settled()

    assert "文件超过 20 MB，没有留存副本" in said(story.official)
    await press(story, story.admin, "看附件")
    assert story.admin.last.caption is not None
    assert story.admin.last.caption.startswith("周明远 · 2024-07-09\n录像.mp4\n")


async def test_a_file_that_telegram_no_longer_gives_comes_from_our_copy(story: Story) -> None:
    await begin(story)
    story.official.send_document("批复.pdf", b"%PDF-1.7 approved", reply_to=story.official.last)
    await story.settled()
    async with story.program.services.database.writing() as session:
        evidence = (await session.exec(select(Evidence))).one()
        evidence.file_id = "of-another-bot"

    await press(story, story.admin, "看附件")

    assert (story.admin.last.file_name, story.admin.last.document) == ("批复.pdf", b"%PDF-1.7 approved")


async def test_a_link_is_evidence_and_is_shown_as_text(story: Story) -> None:
    await begin(story)
    await open_item(story, story.official)
    story.official.send("已在门户网站公开 https://www.example.gov/notice/33", reply_to=story.official.last)
    await story.settled()
    await press(story, story.official, "已办结", "确认办结")

    await press(story, story.admin, "销号")
    assert "佐证 1 个附件" in said(story.admin)
    await press(story, story.admin, "返回", "看附件")
    assert "https://www.example.gov/notice/33" in said(story.admin)


async def test_an_emoji_is_no_report(story: Story) -> None:
    await begin(story)
    await press(story, story.official, "反馈进展")

    await write(story, story.official, "👍")

    assert said(story.official) == "没有看到文字。请用一句话写明进展，或发照片、文件。"
    assert "收到进展反馈" not in said(story.admin)


async def test_the_usual_report_is_one_tap(story: Story) -> None:
    await begin(story)

    await press(story, story.official, "反馈进展", "按计划推进")

    assert "进展已记下" in said(story.official)
    assert "周明远：按计划推进" in said(story.admin)


async def test_what_was_measured_stands_beside_its_target(story: Story) -> None:
    await begin(story)
    await open_item(story, story.official, "②")
    await press(story, story.official, "反馈进展")
    assert "可写数量，例如" in said(story.official)

    await write(story, story.official, "已认定 2/3 家")

    assert "进度 2/3 家（67%）" in said(story.admin)
    await open_item(story, story.delegate, "②")
    assert "进度 2/3 家（67%）" in said(story.delegate)


async def test_evidence_may_still_come_after_closing(story: Story) -> None:
    await begin(story)
    await press(story, story.official, "已办结", "确认办结")
    await press(story, story.admin, "销号", "已公开可查")
    await press(story, story.official, "看这一项", "更多", "补充佐证")

    story.official.send_photo(PHOTO)
    await story.settled()

    assert "附件 1 个" in said(story.admin)
    await story.restart()
    assert "进展已记下" in said(story.official)
