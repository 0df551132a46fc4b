"""Cards for those who watch the whole: what reached nobody or was not answered, the week, failed messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.buttons import button
from bot.cards.base import Card, bold, due_words, lines, mark, number_of, place_of, plain, shorten
from bot.cards.reminders import RANKS, WHY_NOT
from commitments.reminding import WhyNot
from storage.ledger.queries import CommitmentView
from storage.ledger.unreached import Orphan
from storage.tables import Outgoing

MOST_LINES = 6
KIND_WORDS = {
    "digest": "承诺提醒",
    "new_commitments": "新的承诺事项",
    "reported": "进展反馈",
    "to_check": "办结待核",
    "closed": "办结通知",
    "sent_back": "退回通知",
    "due_changed": "期限变动",
    "bound": "绑定通知",
    "checkin": "每月调度",
    "weekly_summary": "一周小结",
    "admin_digest": "督办提示",
    "requested": "申请待批",
    "undecided": "待批提示",
    "changed": "变动通知",
    "rated": "代表评价",
    "look_back": "回头看",
    "handed_over": "交接清单",
    "delegates_week": "一周动态",
    "job_failed": "定时工作提示",
    "job_works_again": "定时工作提示",
}
ORPHANED = {WhyNot.UNBOUND: "还没有绑定", WhyNot.UNREACHABLE: "已停用机器人"}
JOB_WORDS = {
    "sweep": "每日承诺提醒",
    "delegates_week": "代表的一周动态",
    "weekly_summary": "一周小结",
    "checkin": "每月调度",
    "undecided": "待批提示",
    "look_back": "回头看",
    "renewal": "周期承诺的下一期",
    "housekeeping": "夜间清理",
}
TROUBLES = (
    ("full", "磁盘满了，写不进去。", "请腾出磁盘空间，不用重启。"),
    ("no space left", "磁盘满了，写不进去。", "请腾出磁盘空间，不用重启。"),
    ("locked", "数据库被别的程序占用。", "请关掉正在使用数据库的其他程序。"),
    ("connection", "连不上数据库。", "请检查数据库是否在运行。"),
)
"""What a job's error says of itself, in people's words, and what helps."""
UNKNOWN_TROUBLE = ("程序遇到没有料到的情况，详情在日志里。", "请把这条消息转给维护机器人的人。")


def admin_digest(
    views: Mapping[int, CommitmentView],
    unreached: Sequence[Mapping[str, Any]],
    unanswered: Sequence[Mapping[str, Any]],
    today: date,
) -> Card:
    """Reminders that reached nobody, and those that nobody answered."""
    rows: list[str] = []
    if unreached:
        rows += ["", f"送不到人的 {len(unreached)} 项："]
        rows += [
            _line(views[row["commitment_id"]], today, WHY_NOT[WhyNot(row["why"])]) for row in unreached[:MOST_LINES]
        ]
    if unanswered:
        rows += ["", f"多次提醒无人回应的 {len(unanswered)} 项："]
        rows += [
            _line(views[row["commitment_id"]], today, f"{'、'.join(row.get('unanswered_by', ()))} 没有回应")
            for row in unanswered[:MOST_LINES]
        ]
    buttons = ((button("邀请联系人", "orphans"),),) if unreached else ()
    return Card(lines(bold(f"📮 督办提示 · {today.month}月{today.day}日"), *rows), buttons)


def weekly_summary(counts: Mapping[str, int], due_soon: Sequence[CommitmentView], total: int, today: date) -> Card:
    """Monday morning's look at the whole ledger."""
    drafts = counts["drafts"]
    return Card(
        lines(
            bold(f"🗓 一周小结 · {today.month}月{today.day}日"),
            f"在办 {counts['open']} 项，其中逾期 {counts['overdue']} 项；待核 {counts['reported']} 项。",
            f"上周办结 {counts['closed']} 项，收到反馈 {counts['reports']} 条。",
            f"待核对的答复 {drafts} 件（/drafts），确认之后才开始提醒。" if drafts else None,
            f"本周到期 {total} 项：" if due_soon else "本周没有到期的。",
            *(
                f"{mark(order)}{plain(shorten(view.quote))}\n  {due_words(view.due_on, today)}"
                for order, view in enumerate(due_soon[:5], 1)
            ),
        ),
        ((button("看逾期", "page", 0, "overdue.0"), button("看本周", "page", 0, "week.0")),),
    )


def undelivered(row: Outgoing, name: str) -> Card:
    return Card(
        lines(
            bold("⚠️ 有一条消息没有发出"),
            f"{KIND_WORDS.get(row.kind, '消息')} → {plain(name or '对方')}",
            f"原因：{plain(reason_words(row.error))}",
        ),
        ((button("再发一次", "resend", row.id or 0),),),
    )


def unreachable(name: str, left_over: int) -> Card:
    return Card(
        lines(
            bold("⚠️ 联系不上"),
            f"{plain(name or '一位联系人')} 停用了机器人，消息送不到。",
            f"有 {left_over} 项承诺的提醒没有人接收，请另请一位联系人。"
            if left_over
            else "提醒已改发给同单位的其他联系人。",
        ),
        ((button("看送不到的", "orphans"),),),
    )


def job_failed(job: str, since: datetime, outcome: str) -> Card:
    """What happens by itself did not happen; `since` as the city's clocks show it."""
    told = outcome.lower()
    why, remedy = next(((why, remedy) for sign, why, remedy in TROUBLES if sign in told), UNKNOWN_TROUBLE)
    missed = "没发出的提醒到时会补发。" if job == "sweep" else ""
    return Card(
        lines(
            bold("⚠️ 定时工作没有做成"),
            f"{JOB_WORDS[job]}，从 {_moment(since)} 起没有做成。",
            f"原因：{why}",
            f"怎么办：{remedy}",
            f"机器人会一直重试，做成后告诉您。{missed}",
        )
    )


def job_works_again(job: str, since: datetime, at: datetime) -> Card:
    return Card(
        lines(
            bold("✅ 定时工作已恢复"),
            f"{JOB_WORDS[job]}，{_moment(at)} 已做成（{_moment(since)} 起没有做成）。",
            "不用再处理。",
        )
    )


def outbox(rows: Sequence[Outgoing], waiting: int, names: Mapping[int, str]) -> Card:
    """What waits and what failed."""
    shown = [f"{mark(order)}{_failed_line(row, names)}" for order, row in enumerate(rows[:MOST_LINES], 1)]
    again = tuple(
        button(f"重发 {mark(order)}", "resend", row.id or 0) for order, row in enumerate(rows[:MOST_LINES], 1)
    )
    return Card(
        lines(bold("📮 发件情况"), f"等待发送 {waiting} 条，发送失败 {len(rows)} 条。", *shown),
        (again[:3], again[3:]) if len(again) > 3 else ((again,) if again else ()),
    )


def orphans(rows: Sequence[Orphan]) -> Card:
    if not rows:
        return Card("所有在办承诺都有联系得上的联系人。")
    shown = [f"{mark(order)}{_orphan_line(row)}" for order, row in enumerate(rows[:9], 1)]
    invites = [
        button(f"邀请 {mark(order)}", "invite_c", row.contact_id)
        for order, row in enumerate(rows[:9], 1)
        if row.contact_id
    ]
    return Card(
        lines(bold(f"📮 送不到的联系人 {len(rows)} 位"), *shown, "没有联系人的单位：/invite 联系人 单位全称 姓名"),
        tuple(tuple(invites[at : at + 3]) for at in range(0, len(invites), 3)),
    )


def checkin(name: str, views: Sequence[CommitmentView], today: date) -> Card:
    """每月调度: the open commitments without a due date, one card a person."""
    shown = views[:MOST_LINES]
    rows = [
        f"{mark(order)}{plain(shorten(view.quote))}\n  {plain(place_of(view))}" for order, view in enumerate(shown, 1)
    ]
    more = [f"还有 {len(views) - len(shown)} 项，点“全部在办”查看。"] if len(views) > len(shown) else []
    reporting = [button(f"{mark(order)} 反馈", "item", view.id) for order, view in enumerate(shown, 1)]
    return Card(
        lines(
            bold(f"📋 每月调度 · {today.month}月"),
            f"{plain(name)}，您有 {len(views)} 项承诺没有写明时限，请报一下进展：" if name else "请报一下进展：",
            *rows,
            *more,
        ),
        (*(tuple(reporting[at : at + 3]) for at in range(0, len(reporting), 3)), (button("全部在办", "mine"),)),
        about="report",
        commitment_ids=tuple(view.id for view in views),
    )


def reason_words(error: str | None) -> str:
    """Why Telegram did not take it, in people's words."""
    told = (error or "").lower()
    for sign, words in (
        ("blocked", "对方停用了机器人"),
        ("initiate", "对方还没有点过开始"),
        ("not found", "对方账号不存在"),
    ):
        if sign in told:
            return words
    return "网络多次不通" if "timed" in told or "network" in told else "Telegram 没有接收"


def _moment(at: datetime) -> str:
    return f"{at.month}月{at.day}日 {at:%H:%M}"


def _line(view: CommitmentView, today: date, why: str) -> str:
    facts = f"{number_of(view.reply)} · {due_words(view.due_on, today)} · {why}"
    return plain(f"· {shorten(view.quote, 30)}\n  {facts}")


def _failed_line(row: Outgoing, names: Mapping[int, str]) -> str:
    what = KIND_WORDS.get(row.kind, "消息")
    return plain(f"{what} → {names.get(row.chat_id, '对方')}：{reason_words(row.error)}")


def _orphan_line(row: Orphan) -> str:
    if not row.name:
        return plain(f"{row.unit} · 没有联系人 · 在办 {row.open_commitments} 项")
    who = f"{row.unit} {row.name}（{RANKS[row.rank]}）"
    return plain(f"{who} · {ORPHANED[row.why]} · 在办 {row.open_commitments} 项")
