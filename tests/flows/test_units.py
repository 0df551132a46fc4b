"""Units with other names, a contact who leaves, a group that sees what answers its members, the place's rules."""

from __future__ import annotations

from bot.settings import Rules
from tests.flows.conftest import DISTRICT, SCIENCE, Story, said
from tests.flows.steps import begin, close, open_item, press, write


async def test_two_names_of_one_unit_are_one_unit(story: Story) -> None:
    await write(story, story.admin, "/unit 市科技局=澄湾市科学技术局")
    assert said(story.admin) == "🏛 已记下：市科技局 ＝ 澄湾市科学技术局。以后两种写法是同一个单位。"
    text = SCIENCE.decode().replace("澄湾市科学技术局\n", "市科技局\n")

    await story.load_and_confirm(text.encode())
    await story.bind_official()

    await open_item(story, story.official)
    assert "澄湾市科学技术局" in said(story.official)


async def test_a_question_may_use_the_other_name(story: Story) -> None:
    await begin(story)
    await write(story, story.admin, "/unit 孵化办=澄湾市科学技术局")

    await write(story, story.admin, "孵化办有哪些承诺？")

    assert "共 4 项" in said(story.admin) or "共 5 项" in said(story.admin)


async def test_a_name_that_means_another_unit_is_not_taken(story: Story) -> None:
    await story.load_and_confirm(SCIENCE)
    await story.load_and_confirm(DISTRICT)

    await write(story, story.admin, "/unit 云澜区人民政府=澄湾市科学技术局")

    assert said(story.admin) == "“云澜区人民政府”已经是云澜区人民政府的名称，没有改动。"


async def test_unit_alone_lists_the_names(story: Story) -> None:
    await write(story, story.admin, "/unit 市科技局=澄湾市科学技术局")

    await write(story, story.admin, "/unit")

    assert "市科技局 ＝ 澄湾市科学技术局" in said(story.admin)


async def test_who_takes_over_gets_one_message_with_all_that_is_under_way(story: Story) -> None:
    await begin(story)

    await write(story, story.admin, "/handover 澄湾市科学技术局 周明远 许言")
    assert "转交未办结的承诺" in said(story.admin)
    await press(story, story.admin, "生成邀请链接")
    xu = story.server.add_person("许言")
    xu.start(said(story.admin).split("?start=")[1].split()[0])
    await story.settled()

    await write(story, story.official, "孵化器管理办法印发了吗？")
    assert "您还没有绑定" in said(story.official)
    await story.morning("2024-10-24")
    assert "孵化器管理办法" in said(xu)
    assert "孵化器管理办法" not in said(story.official)


async def test_a_successor_who_is_there_already_gets_the_list_at_once(story: Story) -> None:
    await begin(story)
    await write(story, story.admin, "/invite 联系人 澄湾市科学技术局 许言")
    xu = story.server.add_person("许言")
    xu.start(said(story.admin).split("?start=")[1].split()[0])
    await story.settled()

    await write(story, story.admin, "/handover 澄湾市科学技术局 周明远 许言")

    assert "新联系人已收到清单" in said(story.admin)
    assert "承诺事项交接" in said(xu)
    assert "许言，周明远负责的" in said(xu)
    await press(story, xu, "① 反馈", "反馈进展")
    assert "请反馈进展" in said(xu)


async def test_nobody_of_that_name_leaves_everything_as_it_was(story: Story) -> None:
    await begin(story)

    await write(story, story.admin, "/handover 澄湾市科学技术局 周明 许言")

    assert said(story.admin) == "台账里没有“周明”，请核对名称后再发。"
    await story.morning("2024-10-24")
    assert "孵化器管理办法" in said(story.official)


async def test_a_group_sees_what_answers_its_members_and_rates_nothing(story: Story) -> None:
    await begin(story)
    await write(story, story.admin, "/group 云澜代表团=陈书宁")
    assert "成员：陈书宁" in said(story.admin)
    await write(story, story.admin, "/invite 代表 云澜代表团")
    story.stranger.start(said(story.admin).split("?start=")[1].split()[0])
    await story.settled()
    await close(story)

    await write(story, story.stranger, "孵化器管理办法印发了吗？")
    assert "已办结" in said(story.stranger)
    assert "满意" not in str(story.stranger.last.keyboard)
    story.stranger.press("满意", story.delegate.last)
    await story.settled()

    assert story.stranger.alerts[-1] == "“评价”由提出的代表、委员本人办理。"


async def test_a_places_own_numbers_are_used_and_named(story: Story) -> None:
    story.settings = story.settings.model_copy(update={"rules": Rules(set="district", redo="20 days")})  # type: ignore[arg-type]
    await story.restart()
    await begin(story)
    await write(story, story.delegate, "/rules")
    assert "云澜区办理规则（示例）" in said(story.delegate)
    assert "再办理：20 天内，最多 1 次" in said(story.delegate)
    await close(story)

    await press(story, story.delegate, "不满意")
    await write(story, story.delegate, "没有写明补贴标准")

    assert "再办理期限：2024-07-29（按“云澜区办理规则（示例）”为 20 天）" in said(story.official)
