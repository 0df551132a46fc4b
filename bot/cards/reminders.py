"""How a planned reminder is explained: which step, which due date, which rule, and why it is kept back."""

from __future__ import annotations

from bot.cards.base import place_of, shorten
from commitments.reminding import Cause, PlannedReminder, WhyNot
from commitments.states import Rank
from storage.ledger.queries import CommitmentView

CAUSES = {Cause.LADDER: "按提醒节奏", Cause.SNOOZE: "改日提醒到期", Cause.UNANSWERED: "前次提醒无人回应"}
RANKS = {Rank.CONTACT: "联系人", Rank.DEPUTY: "分管负责人", Rank.LEADER: "主要负责人", Rank.ADMIN: "督办人员"}
WHY_NOT = {
    WhyNot.REPORTED_LATELY: "刚反馈过，先不打扰",
    WhyNot.REPORTED_DONE: "已报办结，等待核对",
    WhyNot.PENDING: "有申请等待批复",
    WhyNot.SNOOZED: "已改日提醒",
    WhyNot.TOLD_BEFORE: "这一步已经提醒过",
    WhyNot.UNBOUND: "联系人没有绑定",
    WhyNot.UNREACHABLE: "联系人已停用机器人",
}


def step_words(step: int) -> str:
    """到期前 30 天 · 到期当天 · 逾期 3 天."""
    return f"到期前 {step} 天" if step > 0 else "到期当天" if step == 0 else f"逾期 {-step} 天"


def planned_line(row: PlannedReminder, view: CommitmentView) -> str:
    """One line for the terminal: to whom, of what, by which rule, or why not."""
    who = f"{row.name}（{RANKS[row.rank]}）" if row.name else RANKS[row.rank]
    rule = f"{CAUSES[row.cause]}：{step_words(row.step)}，期限 {row.due_on}"
    moved = f"，{row.moved_from} 为休息日，改在 {row.told_on}" if row.moved_from else ""
    kept_back = f"；不发：{WHY_NOT[row.why_not]}" if row.why_not else ""
    return f"{who} ← {place_of(view)}「{shorten(view.quote, 30)}」 {rule}{moved}{kept_back}"
