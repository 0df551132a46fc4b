"""The cards around a loaded letter, word by word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.cards import Card, letters
from bot.cards.letters import Loaded
from commitments.states import CommitmentState
from storage.ledger.replies import Difference
from tests.bot.cards.views import HEAD, item, reply

DRAFT = item(state=CommitmentState.DRAFT)


def labels(card: Card) -> list[list[str]]:
    return [[button.text for button in row] for row in card.buttons]


def test_a_loaded_letter_shows_its_record_and_what_to_look_at_first() -> None:
    doubtful = replace(DRAFT, id=2, position=2, confidence=0.5, due_on=None)

    card = letters.loaded(reply(DRAFT, doubtful))

    assert card.html == (
        "<b>📄 答复已读完，请核对</b>\n"
        "2024年57号建议《关于缓解老城区停车难的建议》\n"
        "答复单位：澄湾市交通运输局（会同市公安局）\n"
        "答复日期：2024-06-18 · 办理类型：B 类\n"
        "致：陈书宁 · 联系人：周明远 13800000026\n"
        "\n"
        "找到 <b>2 项承诺</b>，1 项有期限。1 项请您先看（把握较小）。\n"
        "确认之后才开始提醒。"
    )
    assert labels(card) == [["全部确认", "逐条核对"], ["改单位或日期", "不要这件"]]


def test_a_letter_without_commitments_cannot_be_confirmed() -> None:
    card = letters.loaded(reply())

    assert "没有找到承诺" in card.html
    assert labels(card) == [["改单位或日期", "不要这件"]]


def test_one_item_under_review_shows_where_its_date_came_from() -> None:
    view = replace(DRAFT, derivation="由“2024年12月底前”推得：2024-12-31", confidence=0.62)

    card = letters.review(view, following=2)

    assert card.html == (
        "<b>第 1 项 / 6</b> · 把握 62%\n"
        "“《澄湾市停车管理条例》草案计划2024年12月底前提交市人大常委会审议”\n"
        "期限：2024-12-31，周二\n"
        "<i>由“2024年12月底前”推得：2024-12-31</i>\n"
        "可核验：是 · 责任：澄湾市交通运输局"
    )
    assert labels(card) == [["确认", "改期限", "改责任"], ["改文字", "不是承诺", "下一项"], ["返回汇总"]]


def test_a_dropped_item_says_so_and_offers_no_second_drop() -> None:
    card = letters.review(replace(DRAFT, state=CommitmentState.DROPPED), following=None)

    assert "已标为“不是承诺”" in card.html
    assert labels(card) == [["返回汇总"]]


def test_the_same_letter_again_shows_at_most_eight_differences() -> None:
    same = letters.already_loaded(HEAD, Difference())
    other = letters.already_loaded(HEAD, Difference(only_now=tuple(f"承诺{number}" for number in range(10))))

    assert "与已载入的内容一致" in same.html
    assert "＋ 承诺7\n…还有 2 处" in other.html


def test_a_moved_date_is_shown_as_old_and_new() -> None:
    card = letters.already_loaded(HEAD, Difference(dates=(("办法印发", date(2024, 10, 31), None),)))

    assert "⏱ 办法印发：2024-10-31 → 无期限" in card.html


def test_an_archive_is_summed_up_in_one_card() -> None:
    card = letters.many_loaded([Loaded("甲.txt", 1), Loaded("乙.txt", 2, Difference()), Loaded("菜单.txt")])

    assert card.html == (
        "<b>📄 载入 1 件，等待核对</b>\n1 件以前载入过，没有重复载入。\n1 个文件不像答复，没有载入：\n· 菜单.txt"
    )


def test_a_confirmed_reply_says_who_will_be_reminded() -> None:
    unbound = letters.confirmed(reply(item()), 1)
    nobody = letters.confirmed(reply(item(), contact_id=None), 1)

    assert "尚未绑定，绑定后开始提醒：周明远（澄湾市交通运输局）" in unbound.html
    assert "信中没有联系人，请邀请一位" in nobody.html


def test_near_misses_that_were_taken_are_offered_no_more() -> None:
    left = ({"quote": "甲", "confidence": 0.3}, {"quote": "乙", "confidence": 0.2})
    card = letters.near_misses(reply(item(quote="甲"), near_misses=left))

    assert "① 乙" in card.html
    assert labels(card) == [["加入 ①"], ["返回"]]
    assert card.buttons[0][0].data == "near_add:3:1"


def test_the_likeliest_near_misses_come_first_and_the_rest_is_counted() -> None:
    left = tuple({"quote": f"第{n}句", "confidence": n / 100} for n in range(1, 11))
    card = letters.near_misses(reply(item(quote="甲"), near_misses=left))

    assert "① 第10句" in card.html
    assert "第2句" not in card.html
    assert "另有 2 句可能性更小" in card.html
