"""The main job from a letter to an answer, told through chat; the bot restarts between any two steps."""

from __future__ import annotations

from tests.flows.conftest import SCIENCE, TRANSPORT, Story, said

PHOTO = b"\xff\xd8\xff\xe0" + b"a photo of the notice" * 50 + b"\xff\xd9"


async def test_a_promise_is_loaded_reminded_reported_closed_and_asked_about(story_on_each_database: Story) -> None:
    story = story_on_each_database
    admin, official, delegate = story.admin, story.official, story.delegate

    await story.load(SCIENCE)
    card = said(admin)
    assert "答复已读完，请核对" in card
    assert "答复单位：澄湾市科学技术局" in card
    assert "联系人：周明远 13900000026" in card
    await story.restart()
    admin.press("全部确认")
    await story.settled()
    assert "已确认" in said(admin)
    await story.restart()

    await story.bind_official()
    assert "周明远，您好" in said(official)
    assert "周明远 已绑定" in said(admin)
    await story.restart()
    await story.bind_delegate()
    assert "陈书宁，您好" in said(delegate)
    await story.restart()

    before = len(official.inbox)
    await story.morning("2024-09-30")
    await story.morning("2024-09-30", "08:45")
    assert len(official.inbox) == before + 1
    assert "澄湾市科技企业孵化器管理办法" in said(official)
    assert "还有 31 天（2024-10-31，周四）" in said(official)
    await story.restart()

    official.press("知悉")
    await story.settled()
    assert official.toasts[-1].startswith("已记下您知悉")
    official.send_photo(PHOTO, "办法已印发，文号澄科〔2024〕33号", reply_to=official.last)
    await story.settled()
    assert "进展已记下" in said(official)
    assert "办法已印发" in said(admin)
    await story.restart()

    official.press("已办结")
    await story.settled()
    official.press("确认办结")
    await story.settled()
    assert "等待核对" in said(official)
    assert "报办结，请核对" in said(admin)
    assert "佐证：1 个附件" in said(admin)
    await story.restart()

    admin.press("看附件")
    await story.settled()
    assert admin.last.photo == PHOTO
    admin.press("销号")
    await story.settled()
    admin.press("确认销号")
    await story.settled()
    assert "承诺已办结" in said(delegate)
    assert "承诺已办结" in said(official)
    await story.restart()

    delegate.send("孵化器管理办法印发了吗？")
    await story.settled()
    assert "已办结" in said(delegate)
    assert "2024年10月31日前印发实施" in said(delegate)
    before = len(official.inbox)
    await story.morning("2024-10-30")
    assert len(official.inbox) == before


async def test_a_reported_commitment_that_is_not_done_goes_back_with_a_reason(story: Story) -> None:
    await story.load_and_confirm(SCIENCE)
    await story.bind_official()
    await story.morning("2024-09-30")
    story.official.press("已办结")
    await story.settled()
    story.official.press("确认办结")
    await story.settled()

    story.admin.press("退回")
    await story.settled()
    story.admin.send("请附上正式文件")
    await story.settled()

    assert "请附上正式文件" in said(story.official)
    story.admin.send("/health")
    await story.settled()
    await story.morning("2024-10-24")
    assert "管理办法" in said(story.official)


async def test_a_moved_date_is_told_to_the_delegate_and_the_contact(story: Story) -> None:
    await story.load_and_confirm(SCIENCE)
    await story.bind_official()
    await story.bind_delegate()
    story.admin.press("看承诺清单")
    await story.settled()
    story.admin.press("①")
    await story.settled()

    story.admin.press("改期限")
    await story.settled()
    story.admin.send("2024-12-20")
    await story.settled()

    for person in (story.official, story.delegate):
        assert "承诺期限有变动" in said(person)
        assert "2024-10-31 → 2024-12-20" in said(person)
    await story.morning("2024-11-20")
    assert "还有 30 天（2024-12-20，周五）" in said(story.official)


async def test_an_overdue_commitment_is_reminded_daily_three_times_and_then_weekly(story: Story) -> None:
    await story.load_and_confirm(SCIENCE)
    await story.bind_official()
    await story.morning("2024-10-31")
    before = len(story.official.inbox)
    told = []
    for day in ("11-01", "11-04", "11-05", "11-06", "11-07", "11-08", "11-11", "11-12", "11-18"):
        await story.morning(f"2024-{day}")
        words = [message.words for message in story.official.inbox[before:]]
        told += [day for one in words if "承诺提醒" in one and "管理办法" in one]
        before = len(story.official.inbox)

    assert told == ["11-01", "11-04", "11-11", "11-18"]


async def test_missed_mornings_come_as_one_late_digest(story: Story) -> None:
    await story.load_and_confirm(SCIENCE)
    await story.bind_official()
    await story.morning("2024-09-27")
    await story.stop_bot()
    await story.start_bot()

    await story.morning("2024-10-25")

    assert "补发" in said(story.official)
    assert said(story.official).count("管理办法") == 1


async def test_a_landline_contact_comes_in_by_an_invite_that_works_once(story: Story) -> None:
    await story.load_and_confirm(TRANSPORT)
    story.admin.press("邀请联系人")
    await story.settled()
    code = said(story.admin).split("?start=")[1].split()[0]

    story.official.start(code)
    await story.settled()
    assert "林清越，您好" in said(story.official)
    story.stranger.start(code)
    await story.settled()
    assert "这个邀请链接已经用过" in said(story.stranger)


async def test_an_invite_expires(story: Story) -> None:
    story.admin.send("/invite 代表 何青禾")
    await story.settled()
    code = said(story.admin).split("?start=")[1].split()[0]
    await story.morning("2024-07-16")

    story.delegate.start(code)
    await story.settled()

    assert "这个邀请链接已过期" in said(story.delegate)


async def test_a_reminder_can_be_put_off_and_comes_again_while_the_due_date_stays(story: Story) -> None:
    await story.load_and_confirm(SCIENCE)
    await story.bind_official()
    await story.morning("2024-10-24")

    story.official.press("改日提醒")
    await story.settled()
    assert story.official.last.button_texts == ["10月25日", "10月29日"]
    story.official.press("10月29日")
    await story.settled()
    assert said(story.official) == "好的，2024-10-29 再提醒您。期限不变。"

    before = len(story.official.inbox)
    await story.morning("2024-10-28")
    assert len(story.official.inbox) == before
    await story.morning("2024-10-29")
    assert "还有 2 天（2024-10-31，周四）" in said(story.official)


async def test_what_is_due_today_cannot_be_put_off_by_an_older_card_either(story: Story) -> None:
    await story.load_and_confirm(SCIENCE)
    await story.bind_official()
    await story.morning("2024-10-24")
    await story.morning("2024-10-31")
    assert "改日提醒" not in story.official.last.button_texts

    story.official.press("改日提醒")
    await story.settled()

    assert story.official.alerts[-1].startswith("已经到期或没有期限，不能再推后")
