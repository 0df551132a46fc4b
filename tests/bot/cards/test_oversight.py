"""The cards of those who watch the whole, word by word."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.cards import answers, oversight, people
from bot.cards.reminders import planned_line, step_words
from commitments.reminding import Cause, PlannedReminder, WhyNot
from commitments.states import Rank, Role
from jobs.timetable import TIMETABLE
from storage.ledger.lists import Page
from storage.ledger.people import Bound
from storage.ledger.unreached import Orphan
from storage.tables import Delegate, Outgoing
from tests.bot.cards.gallery import as_text
from tests.bot.cards.views import HEAD, TODAY, item, reply

NOON = datetime(2024, 12, 2, 4, tzinfo=UTC)


def test_what_reached_nobody_and_what_nobody_answered_are_told_apart() -> None:
    card = oversight.admin_digest(
        {1: item(1), 2: item(2)},
        [{"commitment_id": 1, "why": "unbound"}],
        [{"commitment_id": 2, "unanswered_by": ["周明远"]}],
        TODAY,
    )

    assert card.html.startswith("<b>📮 督办提示 · 12月2日</b>\n\n送不到人的 1 项：\n")
    assert "联系人没有绑定" in card.html
    assert "多次提醒无人回应的 1 项：" in card.html
    assert card.html.endswith("周明远 没有回应")


def test_a_quiet_week_is_short() -> None:
    counts = {"drafts": 0, "open": 16, "overdue": 0, "reported": 1, "closed": 2, "reports": 3}

    card = oversight.weekly_summary(counts, (), 0, TODAY)

    assert card.html == (
        "<b>🗓 一周小结 · 12月2日</b>\n"
        "在办 16 项，其中逾期 0 项；待核 1 项。\n"
        "上周办结 2 项，收到反馈 3 条。\n"
        "本周没有到期的。"
    )
    with_drafts = oversight.weekly_summary({**counts, "drafts": 2}, (), 0, TODAY)
    assert "收到反馈 3 条。\n待核对的答复 2 件（/drafts），确认之后才开始提醒。\n本周" in with_drafts.html


def test_a_failed_message_says_why_in_people_s_words_and_can_be_sent_again() -> None:
    row = Outgoing(id=7, chat_id=5, kind="digest", created_at=NOON, not_before=NOON, error="Forbidden: bot was blocked")

    card = oversight.undelivered(row, "周明远")

    assert card.html == "<b>⚠️ 有一条消息没有发出</b>\n承诺提醒 → 周明远\n原因：对方停用了机器人"
    assert card.buttons[0][0].data == "resend:7"
    assert "发送失败 1 条" in oversight.outbox([row], 0, {5: "周明远"}).html
    assert oversight.reason_words("TimedOut: Timed out") == "网络多次不通"
    assert oversight.reason_words(None) == "Telegram 没有接收"


def test_orphans_are_listed_with_what_waits_for_them() -> None:
    card = oversight.orphans(
        [Orphan("市交通局", 4, WhyNot.UNREACHABLE, 3, "林清越"), Orphan("市科技局", 2, WhyNot.UNBOUND)]
    )

    assert "①市交通局 林清越（联系人） · 已停用机器人 · 在办 4 项" in card.html
    assert "②市科技局 · 没有联系人 · 在办 2 项" in card.html
    assert [button.data for row in card.buttons for button in row] == ["invite_c:3"]
    assert "都有联系得上的联系人" in oversight.orphans([]).html


def test_the_monthly_card_asks_for_what_has_no_date() -> None:
    card = oversight.checkin("周明远", [item(number, due_on=None) for number in range(1, 9)], TODAY)

    assert "每月调度 · 12月</b>\n" in card.html
    assert "还有 2 项" in card.html
    assert card.about == "report"


def test_an_unreachable_contact_says_what_is_left_over() -> None:
    assert "有 2 项承诺的提醒没有人接收" in oversight.unreachable("周明远", 2).html
    assert "提醒已改发给同单位的其他联系人" in oversight.unreachable("周明远", 0).html


def test_a_job_that_failed_says_since_when_why_and_what_helps() -> None:
    card = oversight.job_failed("sweep", datetime(2024, 12, 2, 8, 30, tzinfo=UTC), "OSError: No space left on device")

    assert as_text(card) == (
        "⚠️ 定时工作没有做成\n"
        "每日承诺提醒，从 12月2日 08:30 起没有做成。\n"
        "原因：磁盘满了，写不进去。\n"
        "怎么办：请腾出磁盘空间，不用重启。\n"
        "机器人会一直重试，做成后告诉您。没发出的提醒到时会补发。"
    )


def test_every_job_has_a_name_that_people_know() -> None:
    assert {job.name for job in TIMETABLE} == set(oversight.JOB_WORDS)


def test_a_planned_reminder_is_explained_in_one_line() -> None:
    planned = PlannedReminder(
        1, 30, item().due_on or TODAY, TODAY, Cause.LADDER, Rank.CONTACT, name="周明远", why_not=WhyNot.SNOOZED
    )

    line = planned_line(planned, item())

    assert line.startswith("周明远（联系人） ← 2024年57号建议 · 第1项「")
    assert line.endswith("；不发：已改日提醒")
    assert (step_words(0), step_words(-3)) == ("到期当天", "逾期 3 天")


def test_a_list_turns_its_pages() -> None:
    page = Page(tuple(item(number) for number in range(1, 7)), 14, 6)

    card = answers.listing("在办的承诺", page, TODAY, key="mine")

    assert card.html.startswith("<b>在办的承诺 · 共 14 项</b>（第 2/3 页）")
    assert [button.data for button in card.buttons[-1]] == ["page:0:mine.0", "page:0:mine.12"]
    assert answers.listing("已经逾期", Page((), 0, 0), TODAY, key="overdue").html == "<b>已经逾期</b>\n没有。"


def test_a_reply_shows_how_its_promises_are_doing_and_hides_the_phone() -> None:
    view = reply(item(1), item(2, due_on=None))

    assert "承诺 2 项：已办结 0 项，逾期 0 项。" in answers.reply(view, TODAY, with_phone=False).html
    assert "周明远 138****0026" in answers.reply(view, TODAY, with_phone=False).html
    assert "周明远 13800000026" in answers.reply(view, TODAY, with_phone=True).html


def test_nothing_found_says_what_was_looked_for_and_offers_what_is_near() -> None:
    honest = answers.nothing_found(["地铁2号线"], [])
    near = answers.nothing_found(["地铁2号线"], [item()])

    assert honest.html.startswith("没有查到“地铁2号线”。\n查过：")
    assert not honest.buttons
    assert near.buttons[0][0].data == "item:1"


def test_several_replies_are_opened_by_number() -> None:
    assert answers.choose([HEAD, HEAD]).html.startswith(
        "<b>您问的是哪一件？</b>\n①2024年57号建议《关于缓解老城区停车难的建议》"
    )
    assert answers.replies([HEAD]).buttons[0][0].data == "reply:3"
    assert "13800000026" in answers.contacts([(HEAD, "周明远", "13800000026")]).html
    assert answers.counted([], 0, TODAY).html == "<b>共 0 项。</b>"


def test_whoever_comes_in_is_greeted_by_role() -> None:
    official = people.bound(Bound("周明远", "市科技局", Role.OFFICIAL, first_time=True), 5)
    delegate = people.bound(Bound("陈书宁", None, Role.DELEGATE, first_time=False), 0)

    assert official.html == (
        "<b>✅ 已绑定</b>\n市科技局 周明远，您好。您负责的在办承诺有 5 项，到期前我会提醒您。/mine 随时查看。"
    )
    assert delegate.html.startswith("<b>您已经绑定过了</b>\n陈书宁，您好。")
    assert people.somebody_bound("陈书宁", None, Role.DELEGATE).html == "👤 陈书宁代表 已绑定，可以收到消息了。"
    chosen = people.choose_delegate(reply(), [Delegate(id=1, name="甲"), Delegate(id=2, name="乙", chat_id=5)])
    assert "② 乙（已绑定）" in chosen.html
    assert [button.data for row in chosen.buttons for button in row] == ["invite_d:1"]
