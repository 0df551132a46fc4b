"""Closing, rating, the second handling and the look-back, told with restarts in between."""

from __future__ import annotations

from storage.ledger.history import find_astray
from tests.flows.conftest import Story, said
from tests.flows.steps import PHOTO, add_admin, begin, close, open_item, press, report_done, write


async def test_who_is_not_satisfied_gets_a_second_handling_with_a_date_of_its_own(
    story_on_each_database: Story,
) -> None:
    story = story_on_each_database
    await begin(story)
    await close(story)
    assert "您对办理结果满意吗？" in said(story.delegate)
    await story.restart()

    await press(story, story.delegate, "不满意")
    assert "收到理由后这一项会再办理，期限按“通行做法”另定。" in said(story.delegate)
    await write(story, story.delegate, "👎")
    assert said(story.delegate) == "请用几个字写明理由。"
    await story.restart()
    await write(story, story.delegate, "办法没有写明补贴标准")
    assert "已交承办单位再办理，期限 2024-08-09（按“通行做法”）。" in said(story.delegate)

    for person in (story.official, story.admin):
        assert "代表不满意，请再办理" in said(person)
        assert "办法没有写明补贴标准" in said(person)
        assert "再办理期限：2024-08-09（按“通行做法”为 1 个月）" in said(person)
    await story.restart()
    await story.morning("2024-08-02")
    assert "还有 7 天（2024-08-09" in said(story.official)
    await open_item(story, story.delegate)
    assert "原定 2024-10-31，再办理期限 2024-08-09" in said(story.delegate)
    assert await find_astray(story.program.services.database) == []


async def test_after_so_many_second_handlings_the_reason_goes_to_the_admins(story: Story) -> None:
    await begin(story)
    for _ in range(2):
        await close(story)
        await press(story, story.delegate, "不满意")
        await write(story, story.delegate, "仍没有写明补贴标准")
    await close(story)

    await press(story, story.delegate, "不满意")
    assert "这一项已再办理 2 次（“通行做法”的上限）" in said(story.delegate)
    await write(story, story.delegate, "还是没有写明")

    assert "已交督办人员处理" in said(story.delegate)
    assert "🗳 评价：不满意" in said(story.admin)
    await open_item(story, story.admin)
    assert "管理办法" not in said(story.admin)


async def test_admins_see_how_each_handling_was_rated(story: Story) -> None:
    await begin(story)
    await close(story)
    await press(story, story.delegate, "不满意")
    await write(story, story.delegate, "没有写明补贴标准")
    await close(story)
    await press(story, story.delegate, "基本满意")

    await press(story, story.admin, "看这一项", "看经过")

    assert "评价：陈书宁 不满意\n评价：陈书宁 基本满意（第 2 次办理）" in said(story.admin)
    await press(story, story.delegate, "看这一项", "看经过")
    assert "评价：" not in said(story.delegate)


async def test_a_satisfied_delegate_answers_with_one_tap(story: Story) -> None:
    await begin(story)
    await close(story)

    await press(story, story.delegate, "基本满意")

    assert "已记下：基本满意" in said(story.delegate)
    assert "🗳 评价：基本满意" in said(story.admin)
    assert "陈书宁" in said(story.admin)


async def test_only_the_delegate_who_asked_rates(story: Story) -> None:
    await begin(story)
    story.admin.send("/invite 代表 何青禾")
    await story.settled()
    story.stranger.start(said(story.admin).split("?start=")[1].split()[0])
    await story.settled()
    await close(story)
    card = story.delegate.last

    story.stranger.press("满意", card)
    story.official.press("满意", card)
    await story.settled()

    assert story.official.alerts[-1] == "“评价”由提出的代表、委员本人办理。"
    assert story.stranger.alerts[-1] == "这一项已经不在台账里了，请重新打开清单。"
    assert "评价" not in said(story.admin)


async def test_whoever_reported_it_done_cannot_close_it(story: Story) -> None:
    other = await add_admin(story)
    await begin(story)
    story.admin.send("/invite 联系人 澄湾市科学技术局 督查员")
    await story.settled()
    other.start(said(story.admin).split("?start=")[1].split()[0])
    await story.settled()
    await open_item(story, other)
    other.send_photo(PHOTO, "已印发", reply_to=other.last)
    await story.settled()
    await press(story, other, "已办结", "确认办结")

    await press(story, other, "销号", "确认销号")
    assert other.alerts[-1] == "报办结和销号不能是同一个人，请另一位督办人员核对。"
    await press(story, story.admin, "销号", "确认销号")

    assert "承诺已办结" in said(story.delegate)


async def test_without_evidence_the_checker_says_why_and_everybody_reads_it(story: Story) -> None:
    await begin(story)
    await press(story, story.official, "已办结", "确认办结")

    await press(story, story.admin, "销号")
    assert "没有附件佐证" in said(story.admin)
    await story.restart()
    await write(story, story.admin, "文件涉密，已到现场核对原件")

    assert "没有附件佐证：文件涉密，已到现场核对原件" in said(story.delegate)


async def test_half_a_year_later_both_sides_are_asked_how_it_has_lasted(story: Story) -> None:
    await begin(story)
    await close(story)

    await story.morning("2025-01-08", "10:00")
    assert "回头看" not in said(story.delegate)
    await story.morning("2025-01-09", "10:00")
    for person in (story.official, story.delegate):
        assert "按“通行做法”回访" in said(person)
        assert "1/3 承诺的事兑现了吗？" in said(person)
    await story.restart()
    await press(story, story.delegate, "兑现了", "有反弹")
    await story.restart()
    await press(story, story.delegate, "还没有")

    assert "兑现了 · 有反弹 · 还没有长效机制" in said(story.delegate)
    assert "回头看有了答复" in said(story.admin)
    assert "陈书宁：兑现了 · 有反弹 · 还没有长效机制" in said(story.admin)
    before = len(story.official.inbox)
    await story.morning("2025-01-10", "10:00")
    assert not [message for message in story.official.inbox[before:] if "回头看" in message.words]


async def test_what_came_back_is_opened_again_with_a_reason(story: Story) -> None:
    await begin(story)
    await close(story)
    await open_item_by_word(story)

    await press(story, story.admin, "更多", "重新办理")
    await story.restart()
    await write(story, story.admin, "群众反映办法没有执行")

    assert "重新办理" in said(story.delegate)
    assert "群众反映办法没有执行" in said(story.official)


async def open_item_by_word(story: Story) -> None:
    await write(story, story.admin, "孵化器管理办法印发了吗？")


async def test_a_second_report_after_sending_back_is_checked_again(story: Story) -> None:
    await begin(story)
    await report_done(story)
    await press(story, story.admin, "退回")
    await write(story, story.admin, "请附上正式文件")

    await press(story, story.official, "已办结", "确认办结")
    await press(story, story.admin, "销号", "确认销号")

    assert "承诺已办结" in said(story.delegate)
