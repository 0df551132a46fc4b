"""Cards for coming in: the greeting of a stranger, binding by phone, invite links, who was bound."""

from __future__ import annotations

from bot.buttons import Button, button
from bot.cards.base import Card, bold, in_rows, lines, mark, number_of, plain
from commitments.states import Rank, Role
from storage.ledger.people import INVITE_LASTS, Bound
from storage.ledger.queries import ReplyView
from storage.tables import Delegate

RANKS = {"联系人": Rank.CONTACT, "分管": Rank.DEPUTY, "负责人": Rank.LEADER}
SHARE_PHONE = "📱 发送我的手机号"


def welcome_stranger() -> Card:
    return Card(
        lines(
            bold("践诺：答复承诺跟踪"),
            "承办单位联系人：请点下面的按钮发送本人手机号，与答复上的号码一致即可绑定。",
            "代表、委员，以及留座机的联系人：请向督查室或代表工委要一个邀请链接。",
        ),
        asks_phone=True,
    )


def welcome_back(name: str, roles: frozenset[Role]) -> Card:
    hints = {
        Role.ADMIN: "发送答复文件即可载入，/help 看全部命令。",
        Role.OFFICIAL: "到期前我会提醒您；/mine 看您负责的承诺。",
        Role.DELEGATE: "想问哪件承诺的进展，直接写给我就行。",
    }
    return Card(lines(f"{plain(name)}，您好。", *(hint for role, hint in hints.items() if role in roles)))


def bound(who: Bound, open_items: int) -> Card:
    """To the person who was just bound."""
    if who.role is Role.DELEGATE:
        text = f"{plain(who.name)}，您好。您所提建议、提案的答复有了进展，我会告诉您；想问什么，直接写给我。"
    else:
        unit = f"{plain(who.unit or '')} " if who.unit else ""
        text = f"{unit}{plain(who.name)}，您好。您负责的在办承诺有 {open_items} 项，到期前我会提醒您。/mine 随时查看。"
    title = "✅ 已绑定" if who.first_time else "您已经绑定过了"
    return Card(lines(bold(title), text), clears_keyboard=True)


def somebody_bound(name: str, unit: str | None, role: str) -> Card:
    """To admins: a contact or delegate came in."""
    who = f"{unit} {name}" if unit else f"{name}{'代表' if role == Role.DELEGATE else ''}"
    return Card(f"👤 {plain(who)} 已绑定，可以收到消息了。")


def invite(link: str, name: str, unit: str | None) -> Card:
    who = f"{unit} {name}".strip() if unit else name
    return Card(
        lines(
            bold(f"🔗 给 {who} 的邀请链接"),
            plain(link),
            f"{INVITE_LASTS.days} 天内有效，只能用一次。请转发给本人，不要发到群里。",
        )
    )


def choose_delegate(reply: ReplyView, delegates: list[Delegate]) -> Card:
    rows = [
        f"{mark(order)} {plain(row.name)}{'（已绑定）' if row.chat_id else ''}"
        for order, row in enumerate(delegates, 1)
    ]
    opening: list[Button] = [
        button(mark(order), "invite_d", row.id or 0) for order, row in enumerate(delegates, 1) if not row.chat_id
    ]
    return Card(lines(bold("邀请哪一位？"), plain(number_of(reply.head)), *rows), in_rows(opening, 5))


def how_to_invite() -> Card:
    return Card(
        lines(
            bold("🔗 邀请"),
            "代表、委员：/invite 代表 陈书宁",
            "承办单位联系人：/invite 联系人 澄湾市交通运输局 周明远",
            "分管负责人、主要负责人：把“联系人”换成“分管”“负责人”",
            "链接 7 天内有效，只能用一次。",
        )
    )
