"""Cards of requests: what an official asks for, what admins decide, what waits too long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.buttons import button, versioned
from bot.cards.base import (
    REQUEST_WORDS,
    Card,
    bold,
    day_words,
    due_words,
    in_rows,
    lines,
    mark,
    place_of,
    plain,
    shorten,
)
from commitments.rulesets import RuleSet
from commitments.states import RequestKind
from commitments.workdays import WorkCalendar
from storage.ledger.queries import CommitmentView
from storage.tables import Request

MOST_WAITING = 6


def ask_date(view: CommitmentView, days: Sequence[date]) -> Card:
    """申请延期: until when."""
    quick = [versioned(str(day), "extend_on", view.id, view.version, str(day)) for day in days]
    return Card(
        lines(
            bold("⏸ 申请延期：到哪一天？"),
            plain(shorten(view.quote, 60)),
            f"现在的期限：{day_words(view.due_on) if view.due_on else '未明确'}",
            "点一下，或发送日期，例如 2025-03-31。",
        ),
        (*in_rows(quick), (button("取消", "item", view.id),)),
        about="extend_on",
        commitment_ids=(view.id,),
        asks=True,
        params={"version": view.version},
    )


def ask_unit(view: CommitmentView, units: Sequence[tuple[int, str]]) -> Card:
    """非本单位: whose it is."""
    quick = tuple((versioned(name, "transfer_to", view.id, view.version, str(unit_id)),) for unit_id, name in units)
    return Card(
        lines(
            bold("🔁 非本单位：应由哪个单位办理？"),
            plain(shorten(view.quote, 60)),
            "点一下，或发送单位全称。",
        ),
        (*quick, (button("取消", "item", view.id),)),
        about="transfer_to",
        commitment_ids=(view.id,),
        asks=True,
        params={"version": view.version},
    )


def ask_reason(view: CommitmentView, kind: RequestKind, params: Mapping[str, Any]) -> Card:
    """The last step of every request: why."""
    wish = params.get("on") or params.get("unit")
    return Card(
        lines(
            bold(f"⏸ 申请{REQUEST_WORDS[kind]}" + (f"：{wish}" if wish else "")),
            plain(shorten(view.quote, 60)),
            "请用一两句话写明理由，督办人员会看到。",
        ),
        ((button("取消", "item", view.id),),),
        about="request_reason",
        commitment_ids=(view.id,),
        asks=True,
        params={"version": view.version, "kind": kind, **params},
    )


def asked(view: CommitmentView, request: Request, rules: RuleSet) -> Card:
    """To the official: it is with the admins now."""
    return Card(
        lines(
            bold(f"⏸ {REQUEST_WORDS[RequestKind(request.kind)]}申请已报送"),
            plain(shorten(view.quote, 60)),
            _wish_line(view, request),
            f"按“{plain(rules.name)}”{rules.decide_workdays} 个工作日内审批；定下来之前不再提醒您。",
        ),
        ((button("撤回申请", "withdraw", view.id), button("看这一项", "item", view.id)),),
        about="report",
        commitment_ids=(view.id,),
    )


def to_decide(
    view: CommitmentView,
    request: Request,
    files: int,
    zone: ZoneInfo,
    calendar: WorkCalendar,
) -> Card:
    """To admins: 同意, 不同意, or another date."""
    extension = request.kind == RequestKind.EXTENSION
    day_off = request.wished_on is not None and not calendar.is_workday(request.wished_on)
    first = [
        versioned("同意", "grant", view.id, view.version),
        versioned("不同意", "refuse", view.id, view.version),
        *([versioned("改日期", "grant_other", view.id, view.version)] if extension else []),
    ]
    second = [button("看附件", "files", view.id)] if files else []
    return Card(
        lines(
            bold(f"⏸ {REQUEST_WORDS[RequestKind(request.kind)]}申请 · {place_of(view)}"),
            plain(shorten(view.quote, 80)),
            _wish_line(view, request),
            "申请的日期是休息日，提醒会提前到上一个工作日。" if day_off else None,
            f"理由：{plain(shorten(request.reason, 200))}",
            f"申请人：{plain(request.asked_by_name)}（{plain(view.unit or '')}）"
            f" {request.asked_at.astimezone(zone):%m-%d %H:%M}",
        ),
        (tuple(first), (*second, button("看这一项", "item", view.id))),
        commitment_ids=(view.id,),
    )


def ask_refusal_reason(view: CommitmentView) -> Card:
    return Card(
        lines(bold("✋ 请写不同意的理由"), plain(shorten(view.quote, 60)), "理由会原样发给联系人。"),
        ((button("取消", "request", view.id),),),
        about="refuse",
        commitment_ids=(view.id,),
        asks=True,
        params={"version": view.version},
    )


def ask_other_date(view: CommitmentView, request: Request) -> Card:
    return Card(
        lines(
            bold("📅 同意延期，但改为哪一天？"),
            plain(shorten(view.quote, 60)),
            _wish_line(view, request),
            "请发送日期，例如 2025-01-31。",
        ),
        ((button("取消", "request", view.id),),),
        about="grant_on",
        commitment_ids=(view.id,),
        asks=True,
        params={"version": view.version},
    )


def undecided(rows: Sequence[tuple[CommitmentView, Request]], rules: RuleSet, today: date) -> Card:
    """To admins, in the morning: what has waited longer than the rules allow."""
    shown = rows[:MOST_WAITING]
    parts = [
        f"{mark(order)}{plain(shorten(view.quote, 30))}\n  {REQUEST_WORDS[RequestKind(request.kind)]}申请 · "
        f"{plain(request.asked_by_name)} · {due_words(view.due_on, today)}"
        for order, (view, request) in enumerate(shown, 1)
    ]
    opening = [button(f"审批 {mark(order)}", "request", view.id) for order, (view, _) in enumerate(shown, 1)]
    return Card(
        lines(
            bold(f"⏸ 有 {len(rows)} 件申请等您审批"),
            f"按“{plain(rules.name)}”应在 {rules.decide_workdays} 个工作日内审批；审批前不提醒联系人。",
            *parts,
        ),
        in_rows(opening),
    )


def _wish_line(view: CommitmentView, request: Request) -> str | None:
    if request.kind == RequestKind.EXTENSION and request.wished_on:
        return f"原期限 {view.due_on or '未明确'} → 申请 {bold(day_words(request.wished_on))}"
    if request.kind == RequestKind.TRANSFER:
        return f"{plain(view.unit or '')} → 申请转 {bold(request.wished_unit or '')}"
    return "申请不再作为承诺跟踪"
