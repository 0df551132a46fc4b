"""An admin goes through a letter item by item before confirming it."""

from __future__ import annotations

from tests.flows.conftest import SCIENCE, Story, said


async def press(story: Story, text: str) -> str:
    story.admin.press(text)
    await story.settled()
    return said(story.admin)


async def send(story: Story, words: str) -> str:
    story.admin.send(words)
    await story.settled()
    return said(story.admin)


async def test_each_item_can_be_corrected_and_what_was_corrected_is_opened(story: Story) -> None:
    await story.load(SCIENCE)

    assert "第 1 项 / 5" in await press(story, "逐条核对")
    await press(story, "改文字")
    assert "“印发《澄湾市科技企业孵化器管理办法》”" in await send(story, "印发《澄湾市科技企业孵化器管理办法》")
    await story.restart()
    await press(story, "改期限")
    assert "期限：2024-11-15，周五" in await send(story, "11月15日")
    await press(story, "改责任")
    assert "责任：市财政局" in await send(story, "市财政局")
    assert "第 2 项" in await press(story, "确认")
    assert "第 3 项" in await press(story, "不是承诺")
    await press(story, "改期限")
    assert "期限：未明确" in await press(story, "没有期限")
    await press(story, "返回汇总")
    assert "找到 4 项承诺，2 项有期限" in said(story.admin)

    await press(story, "全部确认")
    listed = await press(story, "看承诺清单")
    assert "印发《澄湾市科技企业孵化器管理办法》\n  🟢 在办 · 还有 130 天（2024-11-15，周五）" in listed


async def test_a_wrongly_loaded_letter_is_set_aside_after_one_more_question(story: Story) -> None:
    await story.load(SCIENCE)

    assert "要作废这件答复吗" in await press(story, "不要这件")
    assert "已作废" in await press(story, "作废")

    await story.load(SCIENCE)
    assert "答复已读完" in said(story.admin)


async def test_the_unit_and_the_date_can_be_put_right(story: Story) -> None:
    await story.load(SCIENCE)

    await press(story, "改单位或日期")
    await press(story, "改单位")
    assert "答复单位：澄湾市科技局" in await send(story, "澄湾市科技局")
    await press(story, "改单位或日期")
    await press(story, "改日期")
    assert "2024-06-20（由载入人补充）" in await send(story, "2024-06-20")


async def test_the_weeks_summary_tells_of_letters_nobody_confirmed_and_is_not_sent_without_anything(
    story: Story,
) -> None:
    await story.morning("2024-07-15")
    assert not [message for message in story.admin.inbox if "一周小结" in message.words]

    await story.load(SCIENCE)
    await story.morning("2024-07-22")
    assert "待核对的答复 1 件" in said(story.admin)
