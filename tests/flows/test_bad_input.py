"""Whatever is wrong gets one Chinese sentence that says what to do; nothing is lost, nothing is said twice."""

from __future__ import annotations

import pytest

from tests.flows.conftest import DISTRICT, SCIENCE, TRANSPORT, Story, said


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "空.txt", "这个文件是空的"),
        (b"\x00\x01\x02\xff" * 400, "程序.bin", "这个文件不是文字"),
        ("今天食堂吃什么".encode(), "菜单.txt", "不像建议、提案的答复"),
        (b"{\\rtf1 \\ansi hello}", "信.rtf", "还不能读这种文件"),
    ],
)
async def test_a_file_that_is_no_letter_is_refused_with_advice(
    story: Story, data: bytes, name: str, sentence: str
) -> None:
    await story.load(data, name)

    assert sentence in said(story.admin)


async def test_a_letter_in_gb18030_is_read(story: Story) -> None:
    await story.load(SCIENCE.decode().encode("gb18030"))

    assert "澄湾市科学技术局" in said(story.admin)


async def test_a_web_page_is_read(story: Story) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in SCIENCE.decode().splitlines())
    page = f"<html><body><div>首页 导航</div><div class='TRS_Editor'>{paragraphs}</div></body></html>"

    await story.load(page.encode(), "答复.html")

    assert "澄湾市科学技术局" in said(story.admin)


async def test_a_letter_that_was_photographed_is_refused_with_advice(story: Story) -> None:
    story.admin.send_photo(b"\xff\xd8\xff\xe0photo\xff\xd9")
    await story.settled()

    assert "照片上的字读不出来" in said(story.admin)
    assert "直接粘贴全文" in said(story.admin)


async def test_too_large_a_file_is_refused_without_fetching_it(story: Story) -> None:
    await story.load(b"a" * (20 * 1024 * 1024 + 1), "大.txt")

    assert "超过 20 MB" in said(story.admin)
    assert not story.server.calls_of("getFile")


async def test_a_pasted_letter_that_telegram_cut_is_put_together_again(story: Story) -> None:
    filler = "".join(f"{number}．我局积极推进第{number}项工作，成效明显。\n" for number in range(1, 400))
    text = SCIENCE.decode().replace("    二、下一步工作打算", f"{filler}    二、下一步工作打算")
    assert len(text) > 8000

    story.admin.send("/load")
    await story.settled()
    story.admin.send(text)
    await story.settled()

    assert "答复已读完" in said(story.admin)
    assert "周明远" in said(story.admin)


async def test_forty_thousand_characters_of_chatter_are_no_letter_and_one_sentence_says_so(story: Story) -> None:
    before = len(story.admin.inbox)
    story.admin.send("/load")
    story.admin.send("哈" * 40_000)
    story.admin.send("完")
    await story.settled()

    words = [message.words for message in story.admin.inbox[before:]]
    assert sum("不像建议、提案的答复" in one for one in words) == 1


async def test_a_question_while_a_letter_is_awaited_is_answered_and_the_letter_still_awaited(story: Story) -> None:
    await story.load_and_confirm(TRANSPORT)
    story.admin.send("/load")
    await story.settled()

    story.admin.send("停车管理条例提交人大了吗")
    await story.settled()

    answer, still_open = (message.words for message in story.admin.inbox[-2:])
    assert "停车" in answer
    assert "载入还在等您" in still_open
    story.admin.send(SCIENCE.decode())
    await story.settled()
    assert "答复已读完" in said(story.admin)


async def test_the_same_letter_again_loads_nothing_and_shows_what_differs(story: Story) -> None:
    await story.load_and_confirm(SCIENCE)
    await story.load(SCIENCE.decode().replace("\n", "\r\n").encode())
    assert "这件答复已经载入过" in said(story.admin)
    assert "内容一致" in said(story.admin)

    await story.load(SCIENCE.decode().replace("10月31日", "11月30日").encode())

    assert "－ 研究制定《澄湾市科技企业孵化器管理办法》，2024年10月31日前" in said(story.admin)
    assert "＋ 研究制定《澄湾市科技企业孵化器管理办法》，2024年11月30日前" in said(story.admin)
    story.admin.send("/drafts")
    await story.settled()
    assert "没有待核对的答复" in said(story.admin)


async def test_a_letter_without_date_and_unit_is_asked_for_both(story: Story) -> None:
    text = DISTRICT.decode().replace("云澜区人民政府关于", "关于").replace("云澜区人民政府\n2024年7月2日\n", "")
    await story.load(text.encode())
    assert "请补答复日期" in said(story.admin)

    story.admin.send("不知道")
    await story.settled()
    assert "没有看懂这个日期" in said(story.admin)
    story.admin.send("2031-01-01")
    await story.settled()
    assert "不能晚于今天" in said(story.admin)
    await story.restart()
    story.admin.send("2024年7月2日")
    await story.settled()
    assert "请补答复单位" in said(story.admin)
    story.admin.send("云澜区人民政府")
    await story.settled()
    assert "答复单位：云澜区人民政府" in said(story.admin)
    assert "2024-07-02（由载入人补充）" in said(story.admin)

    story.admin.press("全部确认")
    await story.settled()
    assert "已确认" in said(story.admin)


async def test_others_may_not_load(story: Story) -> None:
    await story.bind_delegate()

    story.delegate.send("/load")
    await story.settled()

    assert said(story.delegate) == "载入和核对答复由督查室、代表工委办理。您可以直接问我承诺的进展。"


async def test_a_stranger_learns_only_how_to_come_in(story: Story) -> None:
    await story.load_and_confirm(SCIENCE)

    for words in ("孵化器管理办法印发了吗？", "/status 57号", "/mine"):
        story.stranger.send(words)
        await story.settled()
        assert "您还没有绑定" in said(story.stranger)


async def test_a_foreign_or_forwarded_contact_does_not_bind(story: Story) -> None:
    await story.load_and_confirm(SCIENCE)
    story.stranger.start()
    story.stranger.share_contact(of=story.official)
    await story.settled()
    assert "本人的手机号" in said(story.stranger)

    story.official.start()
    story.official.share_contact(forwarded=True)
    await story.settled()
    assert "本人的手机号" in said(story.official)

    story.stranger.share_contact()
    await story.settled()
    assert "对不上" in said(story.stranger)


async def test_a_command_in_a_group_is_sent_to_the_private_chat(story: Story) -> None:
    group = story.server.add_group("议案小组", [story.admin, story.delegate])

    story.admin.send("/load", chat=group)
    await story.settled()

    assert "请在与我的私聊里使用" in group.messages[-1].words


async def test_a_second_press_changes_nothing_and_says_so(story: Story) -> None:
    await story.load(SCIENCE)
    card = story.admin.last
    story.admin.press("全部确认", card)
    story.admin.press("全部确认", card)
    await story.settled()

    assert story.admin.alerts[-1] == "这一步已经办过了，不用再点。"
    assert sum("已确认" in message.words for message in story.admin.inbox) == 1


async def test_a_button_of_a_closed_item_says_how_it_stands(story: Story) -> None:
    await story.load_and_confirm(SCIENCE)
    await story.bind_official()
    await story.morning("2024-09-30")
    old_digest = story.official.last
    await story.morning("2024-10-24")
    story.official.press("已办结")
    await story.settled()
    story.official.press("确认办结")
    await story.settled()
    story.admin.press("销号")
    await story.settled()
    assert "没有附件佐证" in said(story.admin)
    story.admin.press("已现场核实")
    await story.settled()

    story.official.press("反馈进展", old_digest)
    await story.settled()

    assert "已经销号" in story.official.alerts[-1]


async def test_a_date_in_the_past_is_refused_for_an_open_commitment(story: Story) -> None:
    await story.load_and_confirm(SCIENCE)
    story.admin.press("看承诺清单")
    await story.settled()
    story.admin.press("①")
    await story.settled()
    story.admin.press("改期限")
    await story.settled()

    story.admin.send("2024-01-01")
    await story.settled()

    assert said(story.admin) == "2024-01-01 已经过去（今天 2024-07-08）。请发送今天以后的日期。"


async def test_a_file_that_answers_no_card_asks_which_item_it_is_for(story: Story) -> None:
    await story.load_and_confirm(SCIENCE)
    await story.bind_official()

    story.official.send_photo(b"\xff\xd8\xff\xe0photo\xff\xd9")
    await story.settled()

    assert "哪一项" in said(story.official)


async def test_an_update_that_is_delivered_twice_is_handled_once(story: Story) -> None:
    await story.load(SCIENCE)
    await story.load(SCIENCE)

    cards = [message for message in story.admin.inbox if "答复已读完" in message.words]
    assert len(cards) == 1
