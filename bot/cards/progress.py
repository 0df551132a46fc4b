"""Cards of a commitment under way: the digest, the item with its buttons, its words and what is asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.buttons import Button, button
from bot.cards.actions import AT_ONCE, BEHIND_MORE, buttons_for
from bot.cards.base import (
    WEEKDAYS,
    Card,
    basis_line,
    bold,
    due_words,
    in_rows,
    lines,
    mark,
    number_of,
    place_of,
    plain,
    shorten,
    state_line,
)
from bot.cards.reporting import measure_words
from commitments.lights import light
from commitments.states import CommitmentState, Role
from commitments.verbs import find_next_to_act
from storage.ledger.queries import CommitmentView, ReplyView

MOST_IN_A_DIGEST = 8
"""More items than this do not fit a phone's screen; the rest stands behind a button."""

CHINA = ZoneInfo("Asia/Shanghai")
"""All of China keeps one time; a card names days, not hours."""

EVENT_WORDS = {
    "acknowledge": "已知悉",
    "report": "反馈",
    "report_done": "报办结",
    "close": "销号",
    "send_back": "退回",
    "change_due": "改期限",
    "attach": "补充佐证",
    "request_extension": "申请延期",
    "request_drop": "申请终止",
    "request_transfer": "申请转办",
    "grant_extension": "经同意延期",
    "grant_transfer": "转办",
    "refuse": "申请未获同意",
    "reassign": "改派",
    "reopen": "重新办理",
    "redo": "代表不满意，再办理",
    "rate": "代表评价",
}


@dataclass(frozen=True, slots=True)
class DigestItem:
    """A commitment in a digest, with the ladder's step that put it there."""

    view: CommitmentView
    step: int
    unanswered_by: tuple[str, ...] = ()
    """Who did not answer, where somebody else is told instead."""


def digest(
    name: str,
    items: Sequence[DigestItem],
    today: date,
    *,
    late: bool = False,
    by_weekends: bool = False,
) -> Card:
    """The morning's one message to a contact, most urgent first.

    `by_weekends`: the days off of some year are not known yet, so that its working days are only supposed.
    """
    ordered = sorted(items, key=lambda item: (item.view.due_on or date.max, item.view.id))
    shown = ordered[:MOST_IN_A_DIGEST]
    title = f"📋 承诺提醒 · {today.month}月{today.day}日 周{WEEKDAYS[today.weekday()]}"
    notes = " · 补发" if late else ""
    greeting = f"{plain(name)}，您" if name else "您"
    rows: list[str] = []
    previous = None
    for order, item in enumerate(shown, 1):
        heading = _urgency(item.view, today)
        rows += ["", heading] if heading != previous else []
        rows += [f"{mark(order)}{plain(shorten(item.view.quote))}", f"  {plain(place_of(item.view))}"]
        rows += [f"  {plain('、'.join(item.unanswered_by))} 尚未回应，转请您关注"] if item.unanswered_by else []
        previous = heading
    rows += ["", "当年放假安排未知，按周末推算。"] if by_weekends else []
    if len(ordered) > len(shown):
        rows += ["", f"还有 {len(ordered) - len(shown)} 项，点“全部在办”查看。"]
    ids = tuple(item.view.id for item in ordered)
    return Card(
        lines(bold(title) + notes, f"{greeting}负责的 {len(items)} 项承诺需要留意：", *rows),
        _digest_buttons([item.view for item in shown], today, more=len(ordered) > len(shown)),
        about="report",
        commitment_ids=ids,
    )


def new_commitments(reply: ReplyView, today: date) -> Card:
    """To the contact, when a reply of the own unit was confirmed."""
    rows = [view for view in reply.commitments if view.state == CommitmentState.OPEN]
    dated = sorted((view for view in rows if view.due_on), key=lambda view: (view.due_on or date.max, view.id))
    first = [
        f"{mark(order)}{plain(shorten(view.quote))}\n  {due_words(view.due_on, today)}"
        for order, view in enumerate(dated[:3], 1)
    ]
    return Card(
        lines(
            bold("📌 新的承诺事项"),
            f"{plain(number_of(reply.head))}答复中有 {len(rows)} 项承诺由您负责，{len(dated)} 项有期限。",
            "",
            "最近到期：" if first else None,
            *first,
            "到期前我会提醒您，平时不打扰。",
        ),
        ((button("看全部", "list", reply.head.id),),),
        reply_id=reply.head.id,
    )


def item(view: CommitmentView, today: date, roles: frozenset[Role], *, following: bool = False) -> Card:
    """One commitment, with the buttons that this person may use."""
    actions = buttons_for(view, roles, AT_ONCE)
    more_button = [button("更多", "more", view.id)] if buttons_for(view, roles, BEHIND_MORE) else []
    return Card(
        lines(
            state_line(view, today),
            bold(shorten(view.quote, 80)),
            plain(place_of(view, with_unit=True)),
            f"责任：{plain(view.owner)}" if view.owner else None,
            last_line(view),
            basis_line(view),
            _turn_line(view),
        ),
        in_rows([*actions, *more_button, *_looking(view, roles), *_following(view, roles, following)]),
        about="report" if Role.OFFICIAL in roles else "item",
        commitment_ids=(view.id,),
    )


def _following(view: CommitmentView, roles: frozenset[Role], following: bool) -> list[Button]:
    """Whoever answers for a commitment hears of it anyway."""
    if Role.OFFICIAL in roles:
        return []
    return [button("取消关注", "unfollow", view.id) if following else button("关注", "follow", view.id)]


def more(view: CommitmentView, today: date, roles: frozenset[Role]) -> Card:
    """What is done less often with a commitment: requests, corrections, opening it again."""
    card = item(view, today, roles)
    rows = in_rows(buttons_for(view, roles, BEHIND_MORE))
    return replace(card, buttons=(*rows, (button("返回", "item", view.id),)))


def answer(
    view: CommitmentView,
    others: Sequence[CommitmentView],
    today: date,
    roles: frozenset[Role],
    *,
    following: bool = False,
) -> Card:
    """What was asked about: its state, light, day, last event, quote and source; what is near stands behind buttons."""
    card = item(view, today, roles, following=following)
    said = lines(
        state_line(view, today),
        f"“{plain(shorten(view.quote, 120))}”",
        plain(place_of(view, with_unit=True)),
        f"责任：{plain(view.owner)}" if view.owner else None,
        last_line(view),
        basis_line(view),
    )
    near = tuple((button(f"还有：{shorten(row.quote, 16)}", "item", row.id),) for row in others[:2])
    return replace(card, html=said, buttons=(*card.buttons, *near))


def last_line(view: CommitmentView) -> str | None:
    event = view.last_event
    if event is None or event.verb not in EVENT_WORDS:
        return None
    day = f"{event.at.astimezone(CHINA):%m-%d}"
    said = f"“{plain(shorten(event.note, 60))}”" if event.note else ""
    files = f"（附件 {event.files} 个）" if event.files else ""
    return f"最近：{day} {EVENT_WORDS[event.verb]}{said}{files}{measure_words(event)}"


def quote(view: CommitmentView) -> Card:
    """The full words of the commitment and where they stand."""
    return Card(
        lines(
            bold("原文"),
            f"“{plain(view.quote)}”",
            plain(place_of(view, with_unit=True)),
            f"所在段落：{plain(shorten(view.section, 60))}" if view.section else None,
            f"答复日期：{view.reply.replied_on}" if view.reply.replied_on else None,
            basis_line(view),
        ),
        ((button("返回", "item", view.id),),),
        about="item",
        commitment_ids=(view.id,),
    )


def ask_put_off(views: Sequence[CommitmentView], days: Sequence[date]) -> Card:
    """Another day for the reminder; the due date stays."""
    first = plain(shorten(views[0].quote, 40)) if views else ""
    more = f" 等 {len(views)} 项" if len(views) > 1 else ""
    return Card(
        lines(bold("⏰ 改日提醒"), f"{first}{more}", "期限不变，只是换一天提醒。点一下，或发送日期，例如 下周三。"),
        (tuple(button(f"{day.month}月{day.day}日", "later_on", 0, str(day)) for day in dict.fromkeys(days)),),
        about="put_off",
        commitment_ids=tuple(view.id for view in views),
        asks=True,
    )


def which_one(views: Sequence[CommitmentView]) -> Card:
    """An answer to a digest of several items: which one is meant."""
    rows = [f"{mark(order)}{plain(shorten(view.quote))}" for order, view in enumerate(views[:MOST_IN_A_DIGEST], 1)]
    buttons = [
        button(f"反馈 {mark(order)}", "ask_report", view.id) for order, view in enumerate(views[:MOST_IN_A_DIGEST], 1)
    ]
    return Card(lines(bold("您反馈的是哪一项？"), "请点一下，再把内容发给我。", *rows), in_rows(buttons))


def _urgency(view: CommitmentView, today: date) -> str:
    return f"{light(view.state, view.due_on, today) or ''} {due_words(view.due_on, today)}"


def _digest_buttons(views: Sequence[CommitmentView], today: date, *, more: bool) -> tuple[tuple[Button, ...], ...]:
    # What is due today or overdue cannot be put off.
    ahead = any(view.due_on and view.due_on > today for view in views)
    later = (button("改日提醒", "later_ask"),) if ahead else ()
    if len(views) == 1:
        view = views[0]
        return (
            (
                button("知悉", "ack", view.id),
                button("反馈进展", "ask_report", view.id),
                button("已办结", "done", view.id),
            ),
            (*later, button("看原文", "quote", view.id), button("更多", "more", view.id)),
        )
    opening = [button(f"{mark(order)} 反馈", "item", view.id) for order, view in enumerate(views, 1)]
    listing = (button("全部在办", "mine"),) if more else ()
    return (*in_rows(opening), (button("全部知悉", "ack_all"), *later, *listing))


def _looking(view: CommitmentView, roles: frozenset[Role]) -> list[Button]:
    """What everybody may look at, and the evidence for admins."""
    files = [button("看附件", "files", view.id)] if Role.ADMIN in roles else []
    return [
        *files,
        button("看原文", "quote", view.id),
        button("看经过", "history", view.id),
        button("看全部", "list", view.reply.id),
    ]


def _turn_line(view: CommitmentView) -> str | None:
    """Who acts next."""
    role = find_next_to_act(view.standing)
    if role is None or view.state == CommitmentState.DRAFT:
        return None
    if role is Role.OFFICIAL:
        return f"下一步：{plain(view.unit or '承办单位')}办理"
    return "下一步：督办人员审批" if view.pending else "下一步：督办人员核对销号"
