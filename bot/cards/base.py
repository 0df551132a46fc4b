"""What a card is, and the phrases that all cards share: days, numbers of replies, shortened quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from typing import Any

from bot.buttons import Button
from commitments.letters import LetterKind
from commitments.lights import Light, light
from commitments.states import CommitmentState, RequestKind
from storage.ledger.queries import CommitmentView, ReplyHead

WEEKDAYS = "一二三四五六日"
KIND_WORDS = {
    LetterKind.DELEGATE_SUGGESTION: "建议",
    LetterKind.CPPCC_PROPOSAL: "提案",
    LetterKind.WORK_PLAN: "工作计划",
    LetterKind.OTHER: "意见",
}
REQUEST_WORDS = {RequestKind.EXTENSION: "延期", RequestKind.DROP: "终止", RequestKind.TRANSFER: "转办"}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Card:
    """One message: Telegram HTML, rows of buttons, and what an answer to it is about."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    about: str | None = None
    reply_id: int | None = None
    commitment_ids: tuple[int, ...] = ()
    asks: bool = False
    asks_phone: bool = False
    """Shows the keyboard with Telegram's own button that shares the person's own number."""
    clears_keyboard: bool = False
    params: Mapping[str, Any] = field(default_factory=dict)
    """What was chosen before this question, for whoever handles its answer."""


def mark_repeated(card: Card) -> Card:
    """The card with a note beside its title that its reader may have had it before."""
    title, *rest = card.html.split("\n")
    return replace(card, html="\n".join((f"{title} · 可能重复", *rest)))


def bold(text: str) -> str:
    return f"<b>{escape(text, quote=False)}</b>"


def plain(text: object) -> str:
    """Any text, safe inside Telegram's HTML."""
    return escape(str(text), quote=False)


def lines(*parts: str | None) -> str:
    """The parts that are there, one a line; "" keeps an empty line, None leaves no trace."""
    return "\n".join(part for part in parts if part is not None).strip("\n")


def mark(position: int) -> str:
    """① for the first of a list."""
    return CIRCLED[position - 1] if 1 <= position <= len(CIRCLED) else f"{position}."


def day_words(day: date) -> str:
    return f"{day}，周{WEEKDAYS[day.weekday()]}"


def due_words(due_on: date | None, today: date) -> str:
    """How long there is, and the day: 还有 29 天（2024-12-31，周二）."""
    if due_on is None:
        return "未明确时限"
    days = (due_on - today).days
    phrase = f"还有 {days} 天" if days > 0 else "今天到期" if days == 0 else f"逾期 {-days} 天"
    return f"{phrase}（{day_words(due_on)}）"


def state_line(view: CommitmentView, today: date) -> str:
    """The light, the state and the day in one line."""
    shown = light(view.state, view.due_on, today, pending=view.pending is not None)
    if view.pending is not None:
        return f"⏸ {REQUEST_WORDS[view.pending]}审批中 · {due_words(view.due_on, today)}"
    if view.state == CommitmentState.CLOSED:
        return "✅ 已办结"
    if view.state == CommitmentState.REPORTED:
        return f"⏸ 已报办结，待核 · {due_words(view.due_on, today)}"
    if view.merged_into_id is not None:
        return "🔗 已并入同一件答复的另一项"
    if shown is None:
        return "草稿，待确认" if view.state == CommitmentState.DRAFT else "已终止"
    if shown is Light.NO_DATE:
        return "⚪ 在办 · 未明确时限"
    word = "逾期" if shown is Light.OVERDUE else "在办"
    due = due_words(view.due_on, today)
    return f"{shown} {due}" if word == "逾期" else f"{shown} {word} · {due}"


def number_of(head: ReplyHead) -> str:
    """How people call a reply: 2024年57号建议; without a number, its title or source."""
    kind = KIND_WORDS.get(LetterKind(head.kind), "建议")
    if head.number:
        return f"{head.number.rstrip('号')}号{kind}"
    return f"《{shorten(head.title, 24)}》" if head.title else f"{head.source}（{kind}）"


def place_of(view: CommitmentView, *, with_unit: bool = False) -> str:
    """Which promise of which reply: 2024年57号建议 · 第3项."""
    place = f"{number_of(view.reply)} · 第{view.position}项"
    return f"{place} · {view.unit}" if with_unit and view.unit else place


def basis_line(view: CommitmentView) -> str | None:
    """Where the date came from, said once and small."""
    if view.due_on is None:
        return f"原文：“{plain(view.due_text)}”" if view.due_text else None
    if view.original_due_on != view.due_on and view.original_due_on:
        return f"原定 {view.original_due_on}，{_moved_words(view)} {view.due_on}"
    if view.due_rule == "admin":
        return "依据：工作人员填写"
    return f"依据：“{plain(view.due_text)}”" if view.due_text else None


def _moved_words(view: CommitmentView) -> str:
    if view.redone:
        return "再办理期限"
    later = view.due_on and view.original_due_on and view.due_on > view.original_due_on
    return "经同意延至" if later else "改为"


def shorten(text: str, limit: int = 40) -> str:
    """At most `limit` characters, cut at a comma in the later half where there is one, never inside a number."""
    text = re.sub(r"\s+", " ", text).strip()
    if len(text) <= limit:
        return text
    head = text[:limit]
    comma = max(head.rfind(sign) for sign in "，,；;：、")
    if comma >= limit // 2:
        return head[:comma] + "…"
    return re.sub(r"[0-9A-Za-z.%]+$", "", head).rstrip() + "…"


def targets_line(targets: tuple[dict[str, object], ...]) -> str | None:
    """泊位 ≥ 1200 个、…"""
    signs = {">=": "≥", "<=": "≤", "=": "=", ">": ">", "<": "<", "~": "约"}
    words = [
        f"{plain(target['metric'])} {plain(signs[str(target['comparison'])])} {float(str(target['value'])):g} "
        f"{plain(target['unit'])}"
        for target in targets
    ]
    return "、".join(words) or None


def in_rows(buttons: list[Button], width: int = 3) -> tuple[tuple[Button, ...], ...]:
    """At most `width` buttons a row."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))
