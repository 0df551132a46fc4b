"""A delegate asks as people do: leaning on the question before, following, in private and in a group."""

from __future__ import annotations

from tests.flows.conftest import DISTRICT, SCIENCE, TRANSPORT, Story, said


async def begin(story: Story) -> None:
    for data in (SCIENCE, TRANSPORT, DISTRICT):
        await story.load_and_confirm(data)
    await story.bind_delegate()


async def ask(story: Story, words: str) -> str:
    story.delegate.send(words)
    await story.settled()
    return said(story.delegate)


async def test_a_dialogue_leans_on_what_was_said_before_and_survives_a_restart(story: Story) -> None:
    await begin(story)

    assert "管理办法" in await ask(story, "孵化器管理办法出台了吗")
    assert "2024-10-31" in await ask(story, "什么时候到期？")
    assert "共 5 项" in await ask(story, "57号建议都答应了哪些事")
    await story.restart()
    assert "年内新认定市级以上孵化器3家以上" in await ask(story, "那第二个呢？")
    assert "您好" in await ask(story, "谢谢")
    assert "没有查到" in await ask(story, "地铁2号线什么时候通车")
    assert "项" in await ask(story, "我那件有几项没写期限")
    assert "明确时限率 80%" in await ask(story, "57号建议的明确时限率是多少")
    assert "逾期" in await ask(story, "有没有逾期的")
    assert "澄湾市科学技术局" in await ask(story, "57号建议是哪个局答复的")


async def test_a_long_list_is_turned_page_by_page_even_after_a_restart(story: Story) -> None:
    await begin(story)
    story.admin.send("全部承诺列一下")
    await story.settled()
    first = said(story.admin)
    await story.restart()

    story.admin.press("下一页")
    await story.settled()

    second = story.admin.inbox[-1].words
    assert "（第 1/" in first
    assert "（第 2/" in second
    assert "⑦" in second
    assert "①" not in second
    story.admin.send("那第七个呢")
    await story.settled()
    assert second.split("⑦")[1].split("\n")[0][:6] in said(story.admin)


async def test_what_others_were_answered_is_not_told_unless_it_is_public(story: Story) -> None:
    await begin(story)

    assert "没有查到" in await ask(story, "停车管理条例提交人大了吗")
    assert "没有查到" in await ask(story, "134号提案")


async def test_whoever_follows_is_told_of_changes_until_unfollowing(story: Story) -> None:
    await begin(story)
    story.admin.send("停车管理条例提交人大了吗")
    await story.settled()
    story.admin.press("关注")
    await story.settled()
    assert story.admin.toasts[-1].startswith("已关注")
    story.admin.send("/follows")
    await story.settled()
    assert "关注的承诺 · 共 1 项" in said(story.admin)

    story.admin.press("①")
    await story.settled()
    story.admin.press("改期限")
    await story.settled()
    story.admin.send("2025-03-31")
    await story.settled()
    assert any("承诺期限有变动" in message.words for message in story.admin.inbox)

    story.admin.send("停车管理条例提交人大了吗")
    await story.settled()
    story.admin.press("取消关注")
    await story.settled()
    story.admin.send("/follows")
    await story.settled()
    assert "您还没有关注的承诺" in said(story.admin)


async def test_a_delegate_who_wants_it_gets_a_digest_every_week(story: Story) -> None:
    await begin(story)
    assert "还没有关注" in await ask(story, "/follows")
    story.delegate.press("每周发我一份")
    await story.settled()

    await story.morning("2024-10-28")
    assert "您关心的承诺 · 10月28日" in said(story.delegate)
    assert "本周到期 1 项，逾期 0 项" in said(story.delegate)

    story.delegate.press("不用每周发")
    await story.settled()
    before = len(story.delegate.inbox)
    await story.morning("2024-11-04")
    assert len(story.delegate.inbox) == before


async def test_in_a_group_only_what_is_public_is_told_when_the_bot_is_named(story: Story) -> None:
    await begin(story)
    group = story.server.add_group("议案小组", [story.admin, story.delegate, story.stranger])
    before = len(group.inbox)

    story.delegate.send("孵化器管理办法出台了吗", chat=group)
    await story.settled()
    assert len(group.inbox) == before
    story.delegate.send("@jiannuo_bot 孵化器管理办法出台了吗", chat=group)
    await story.settled()
    assert "没有查到" in group.last.words

    public = SCIENCE.decode().replace("第57号", "第58号").replace("类别标记：B", "公开方式：主动公开")
    await story.load_and_confirm(public.encode())
    story.delegate.send("@jiannuo_bot 58号建议的孵化器管理办法出台了吗", chat=group)
    await story.settled()
    assert "2024-10-31" in group.last.words
    assert not group.last.buttons
    story.stranger.send("@jiannuo_bot 孵化器管理办法出台了吗", chat=group)
    await story.settled()
    assert "您还没有绑定" in group.last.words


async def test_lists_by_command_name_their_days(story: Story) -> None:
    await begin(story)
    await story.bind_official()

    await story.morning("2024-10-31")

    assert "今天到期 · 共 1 项" in await ask(story, "/today")
    assert "七天内到期 · 共 1 项" in await ask(story, "/week")
    assert "已经逾期" in await ask(story, "/overdue")
    assert "在办的承诺 · 共 5 项" in await ask(story, "/mine")


async def test_inline_a_bound_person_is_offered_what_they_may_see_to_send_elsewhere(story: Story) -> None:
    await begin(story)

    asked = story.delegate.inline("孵化器管理办法")
    hidden = story.delegate.inline("停车管理条例提交人大")
    empty = story.delegate.inline(" ")
    await story.settled()

    assert asked.answer is not None
    assert asked.answer.is_personal
    assert 1 <= len(asked.answer.results) <= 5
    first = asked.answer.results[0]
    assert "管理办法" in first.title
    assert "2024-10-31" in first.description
    assert "2024-10-31" in first.message.text
    assert not first.has_buttons
    assert hidden.answer is not None
    assert not any("条例" in result.message.text for result in hidden.answer.results)
    assert empty.answer is not None
    assert not empty.answer.results


async def test_inline_nobody_is_told_a_phone_not_even_an_admin(story: Story) -> None:
    with_phone = SCIENCE.decode().replace("管理办法", "管理办法（咨询电话13900000026）")
    await story.load_and_confirm(with_phone.encode())

    asked = story.admin.inline("孵化器管理办法")
    await story.settled()

    assert asked.answer is not None
    assert asked.answer.results
    told = "".join(result.title + result.message.text for result in asked.answer.results)
    assert "13900000026" not in told
    assert "139****0026" in told


async def test_inline_a_stranger_is_led_to_the_private_chat(story: Story) -> None:
    await begin(story)

    asked = story.stranger.inline("孵化器管理办法")
    await story.settled()
    assert asked.answer is not None
    assert not asked.answer.results
    assert asked.answer.button == "请先绑定"

    story.stranger.start(asked.answer.start_parameter)
    await story.settled()
    assert "手机号" in said(story.stranger)
