"""Officials ask, admins decide: an extension, a refusal, a transfer, a wish to drop; told with restarts in between."""

from __future__ import annotations

from storage.ledger.history import find_astray
from tests.flows.conftest import Story, said
from tests.flows.steps import add_admin, begin, open_item, press, write


async def ask_for_extension(story: Story) -> None:
    await begin(story)
    await press(story, story.official, "更多", "申请延期")
    await write(story, story.official, "2025-03-31")
    await write(story, story.official, "管线迁改较原计划增加，附监理报告")


async def test_an_extension_is_asked_for_granted_and_both_dates_stay_visible(story_on_each_database: Story) -> None:
    story = story_on_each_database
    await begin(story)
    await press(story, story.official, "更多", "申请延期")
    assert "现在的期限：2024-10-31" in said(story.official)
    await story.restart()
    await write(story, story.official, "2025-03-31")
    await story.restart()
    await write(story, story.official, "管线迁改较原计划增加，附监理报告")
    assert "延期申请已报送" in said(story.official)
    assert "按“通行做法”2 个工作日内审批" in said(story.official)

    card = said(story.admin)
    assert "延期申请 · 2024年57号建议 · 第1项" in card or "延期申请" in card
    assert "原期限 2024-10-31 → 申请 2025-03-31，周一" in card
    assert "理由：管线迁改较原计划增加，附监理报告" in card
    await story.restart()
    await press(story, story.admin, "同意")

    assert "原定 2024-10-31，经同意延至 2025-03-31" in said(story.admin)
    for person in (story.official, story.delegate):
        assert "经同意延期" in said(person)
        assert "原定 2024-10-31，经同意延至 2025-03-31，周一" in said(person)
    assert await find_astray(story.program.services.database) == []


async def test_a_usual_date_and_a_known_unit_are_one_tap(story: Story) -> None:
    await begin(story)
    await write(story, story.admin, "/invite 联系人 澄湾市经济和信息化局 许言")

    await press(story, story.official, "更多", "申请延期", "2024-11-30")
    assert "申请延期：2024-11-30" in said(story.official)
    await press(story, story.official, "取消", "更多", "非本单位", "澄湾市经济和信息化局")
    assert "申请转办：澄湾市经济和信息化局" in said(story.official)
    await write(story, story.official, "职能已划转")

    assert "申请转 澄湾市经济和信息化局" in said(story.admin)


async def test_nobody_is_reminded_while_a_request_waits_and_the_item_says_so(story: Story) -> None:
    await ask_for_extension(story)
    before = len(story.official.inbox)

    await story.morning("2024-10-24")
    await story.morning("2024-11-04")

    assert not [message for message in story.official.inbox[before:] if "孵化器管理办法" in message.words]
    await open_item(story, story.official)
    assert said(story.official).startswith("⏸ 延期审批中")
    assert "下一步：督办人员审批" in said(story.official)


async def test_an_undecided_request_comes_back_to_the_admins_after_two_working_days(story: Story) -> None:
    await ask_for_extension(story)

    await story.morning("2024-07-10")
    assert "等您审批" not in said(story.admin)
    await story.morning("2024-07-11")
    assert "有 1 件申请等您审批" in said(story.admin)
    assert "按“通行做法”应在 2 个工作日内审批" in said(story.admin)

    await press(story, story.admin, "审批 ①")
    assert "原期限 2024-10-31" in said(story.admin)
    await press(story, story.admin, "同意")
    await story.morning("2024-07-12")
    assert "等您审批" not in said(story.admin)


async def test_another_date_than_the_one_asked_for_is_granted(story: Story) -> None:
    await ask_for_extension(story)

    await press(story, story.admin, "改日期")
    await write(story, story.admin, "2024-10-01")
    assert said(story.admin) == "新的期限要晚于现在的期限 2024-10-31。请再发送一个日期。"
    await story.restart()
    await write(story, story.admin, "2025-01-31")

    assert "原定 2024-10-31，经同意延至 2025-01-31，周五（申请的是 2025-03-31）" in said(story.official)


async def test_a_refusal_has_a_reason_and_the_reminders_go_on(story: Story) -> None:
    await ask_for_extension(story)

    await press(story, story.admin, "不同意")
    await write(story, story.admin, "🙅")
    assert said(story.admin) == "请用几个字写明理由。"
    await story.restart()
    await write(story, story.admin, "市民等得太久，请按原期限完成")

    assert "申请未获同意，请继续办理" in said(story.official)
    assert "市民等得太久" in said(story.official)
    assert "申请未获同意" not in said(story.delegate)
    await story.morning("2024-10-24")
    assert "还有 7 天（2024-10-31" in said(story.official)


async def test_what_belongs_to_another_unit_moves_there_with_its_reminders(story: Story) -> None:
    await begin(story)
    story.admin.send("/invite 联系人 澄湾市经济和信息化局 许言")
    await story.settled()
    code = said(story.admin).split("?start=")[1].split()[0]
    xu = story.server.add_person("许言")
    xu.start(code)
    await story.settled()

    await press(story, story.official, "更多", "非本单位")
    await story.restart()
    await write(story, story.official, "澄湾市经济和信息化局")
    await write(story, story.official, "孵化器管理职能已划转")
    assert "申请转 澄湾市经济和信息化局" in said(story.admin)
    await press(story, story.admin, "同意")

    for person in (story.official, xu, story.delegate):
        assert "承诺事项已转办" in said(person)
        assert "现由 澄湾市经济和信息化局 办理" in said(person)
    before = len(story.official.inbox)
    await story.morning("2024-10-24")
    assert "孵化器管理办法" in said(xu)
    assert not [message for message in story.official.inbox[before:] if "孵化器管理办法" in message.words]
    await press(story, xu, "知悉")
    assert xu.toasts[-1].startswith("已记下您知悉")


async def test_after_the_rules_days_an_item_is_no_longer_given_back(story: Story) -> None:
    await begin(story)
    await story.morning("2024-07-16")
    await open_item(story, story.official)

    await press(story, story.official, "更多", "非本单位")

    assert story.official.alerts[-1].startswith(
        "按“通行做法”，非本单位的应在 5 个工作日内提出，这一项到 2024-07-15 为止。"
    )


async def test_what_need_not_be_tracked_any_more_ends_with_consent(story: Story) -> None:
    await begin(story)

    await press(story, story.official, "更多", "申请终止")
    await write(story, story.official, "上级已统一出台办法")
    await press(story, story.admin, "同意")

    assert "承诺事项已终止" in said(story.delegate)
    before = len(story.official.inbox)
    await story.morning("2024-10-24")
    assert not [message for message in story.official.inbox[before:] if "孵化器管理办法" in message.words]


async def test_a_request_is_taken_back(story: Story) -> None:
    await ask_for_extension(story)

    await press(story, story.official, "撤回申请")

    assert story.official.toasts[-1] == "申请已撤回，提醒照常。"
    assert "申请已撤回" in said(story.admin)
    await press(story, story.admin, "同意")
    assert story.admin.alerts[-1].startswith("这一项刚有变动")


async def test_of_two_admins_who_decide_at_once_the_second_sees_what_the_first_did(story: Story) -> None:
    other = await add_admin(story)
    await ask_for_extension(story)
    cards = {story.admin: story.admin.last, other: other.last}

    for person, card in cards.items():
        person.press("同意", card)
    await story.settled()

    [slower] = [person for person in cards if person.alerts]
    assert "这一项刚有变动" in slower.alerts[-1]
    assert "同意延期" in slower.alerts[-1]
    assert "经同意延至 2025-03-31" in cards[slower].words


async def test_nobody_grants_what_they_asked_for_themselves(story: Story) -> None:
    other = await add_admin(story)
    await begin(story)
    await write(story, story.admin, "/invite 联系人 澄湾市科学技术局 督查员")
    other.start(said(story.admin).split("?start=")[1].split()[0])
    await story.settled()
    await open_item(story, other)
    await press(story, other, "更多", "申请终止")
    await write(story, other, "上级已统一出台办法")

    other.press("同意")
    await story.settled()
    assert other.alerts[-1] == "自己提出的申请，请另一位督办人员审批。"
    await press(story, story.admin, "同意")

    assert "承诺事项已终止" in said(story.delegate)


async def test_a_reason_that_comes_after_somebody_else_decided_is_not_taken(story: Story) -> None:
    other = await add_admin(story)
    await ask_for_extension(story)
    await press(story, other, "不同意")
    await press(story, story.admin, "同意")

    await write(story, other, "请按原期限完成")

    assert any("这一项刚有变动" in message.words for message in other.inbox[-2:])
    assert "经同意延至 2025-03-31" in said(other)


async def test_a_date_in_the_past_is_refused_and_a_saturday_is_pointed_out(story: Story) -> None:
    await begin(story)
    await press(story, story.official, "更多", "申请延期")

    await write(story, story.official, "2024-01-01")
    assert said(story.official) == "2024-01-01 已经过去（今天 2024-07-09）。请发送今天以后的日期。"
    await write(story, story.official, "2025-03-29")
    await write(story, story.official, "多等两天验收")

    assert "申请 2025-03-29，周六" in said(story.admin)
    assert "申请的日期是休息日" in said(story.admin)
