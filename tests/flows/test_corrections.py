"""What admins correct: another unit, other words, split, merged; and what everybody can read of it afterwards."""

from __future__ import annotations

from datetime import date

from commitments.people import Actor
from commitments.states import Role
from storage.ledger import progress
from storage.ledger.history import replay, verify_chain
from storage.ledger.queries import find_events
from tests.flows.conftest import SCIENCE, Story, said
from tests.flows.steps import begin, open_item, press, write

TODAY = date(2024, 7, 8)


async def open_for_admin(story: Story, mark: str = "①") -> None:
    await begin(story)
    await open_item(story, story.admin, mark)


async def test_an_item_is_given_to_another_unit(story: Story) -> None:
    await open_for_admin(story)

    await press(story, story.admin, "更多", "改派")
    await story.restart()
    await write(story, story.admin, "澄湾市经济和信息化局")

    assert "澄湾市经济和信息化局" in said(story.admin)
    for person in (story.official, story.delegate):
        assert "承诺事项已改派" in said(person)
    await open_item(story, story.official)
    assert "孵化器管理办法" not in said(story.official)


async def test_corrected_words_keep_the_old_ones_in_the_history(story: Story) -> None:
    await open_for_admin(story)

    await press(story, story.admin, "更多", "改文字")
    await write(story, story.admin, "印发《澄湾市科技企业孵化器管理办法》并公开解读")

    assert "承诺文字有更正" in said(story.official)
    assert "原文字：“研究制定《澄湾市科技企业孵化器管理办法》" in said(story.official)
    await write(story, story.admin, "公开解读了吗？")
    assert "公开解读" in said(story.admin)
    await press(story, story.admin, "看经过")
    assert "改文字" in said(story.admin)


async def test_one_promise_becomes_two_with_the_same_date(story: Story) -> None:
    await open_for_admin(story)

    await press(story, story.admin, "更多", "拆分")
    await write(story, story.admin, "只有一行")
    assert "一行写一项" in said(story.admin)
    await story.restart()
    await write(story, story.admin, "制定孵化器管理办法\n组织孵化器管理办法宣讲")

    assert "拆成 2 项，期限不变" in said(story.official)
    await write(story, story.official, "/mine")
    assert "组织孵化器管理办法宣讲" in said(story.official)
    await story.morning("2024-10-24")
    assert said(story.official).count("孵化器管理办法") == 2


async def test_an_answer_to_a_merged_items_card_goes_to_the_one_that_goes_on(story: Story) -> None:
    await begin(story)
    card = story.official.last
    await open_item(story, story.admin)
    await press(story, story.admin, "更多", "并入")
    assert "并入哪一项？" in said(story.admin)
    await press(story, story.admin, "①", "确认并入")
    assert "已并入第 2 项" in said(story.official)
    await story.restart()

    story.official.send("办法已报审", reply_to=card)
    await story.settled()

    assert "进展已记下" in said(story.official)
    assert "市级以上孵化器3家" in said(story.official)
    assert "第2项" in said(story.admin)


async def test_what_review_took_for_no_promise_can_still_be_opened(story: Story) -> None:
    await story.load(SCIENCE)
    await press(story, story.admin, "逐条核对", "不是承诺", "返回", "全部确认")
    database, by = story.program.services.database, Actor("督查室 王芷", frozenset({Role.ADMIN}))

    await progress.reopen(database, 1, reason="误删", now=story.clock.now(), today=TODAY, by=by)

    assert replay(await find_events(database, 1))["opened_on"] == str(TODAY)
    await write(story, story.admin, "孵化器管理办法印发了吗？")
    assert "在办" in said(story.admin)


async def test_an_old_card_of_a_changed_item_shows_the_newer_one_first(story: Story) -> None:
    await open_for_admin(story)
    old_card = story.admin.last
    await open_item(story, story.admin)
    await press(story, story.admin, "改期限")
    await write(story, story.admin, "2024-12-20")

    story.admin.press("改期限", old_card)
    await story.settled()

    assert story.admin.alerts[-1].startswith("这一项刚有变动：07-09 08:30 督查室 王芷 改期限")
    assert "经同意延至 2024-12-20" in old_card.words


async def test_admins_read_every_event_and_others_a_plain_timeline(story: Story) -> None:
    await open_for_admin(story)
    await press(story, story.admin, "改期限")
    await write(story, story.admin, "2024-12-20")

    await write(story, story.admin, "/history 孵化器管理办法")
    full = said(story.admin)
    assert "2024-07-08 09:00 督查室 王芷 立项跟踪" in full
    assert "2024-07-09 08:30 督查室 王芷 改期限［期限 2024-10-31 → 2024-12-20］" in full
    await write(story, story.delegate, "/history 孵化器管理办法")
    plain = said(story.delegate)
    assert "2024-07-09 督查室 王芷 改期限" in plain
    assert "［" not in plain
    assert (await verify_chain(story.program.services.database)).broken_at is None


async def test_history_without_words_says_how_to_ask(story: Story) -> None:
    await begin(story)

    await write(story, story.delegate, "/history")

    assert said(story.delegate).startswith("请在 /history 后面写编号和几个词")
