"""Cards of what somebody follows, and the week of a delegate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.buttons import Button, button
from bot.cards.base import Card, bold, in_rows, lines, mark, place_of, plain, shorten, state_line
from storage.ledger.lists import Page
from storage.ledger.queries import CommitmentView

MOST = 8


def followed(page: Page, today: date, *, weekly: bool | None) -> Card:
    """What one follows; `weekly` is None for whoever gets no weekly digest."""
    week: list[Button] = []
    if weekly is not None:
        label, choice = ("不用每周发", "no") if weekly else ("每周发我一份", "yes")
        week = [button(label, "week", 0, choice)]
    if not page.total:
        return Card(lines("您还没有关注的承诺。", "打开任何一项承诺，点“关注”就会在有变动时告诉您。"), in_rows(week))
    rows, opening = _rows(page.items, today)
    more = [f"还有 {page.total - len(page.items)} 项。"] if page.total > len(page.items) else []
    return Card(
        lines(bold(f"⭐ 关注的承诺 · 共 {page.total} 项"), *rows, *more), (*in_rows(opening, 4), *in_rows(week))
    )


def week(name: str, due_soon: Sequence[CommitmentView], late: Sequence[CommitmentView], today: date) -> Card:
    """A delegate's week: what falls due and what is late of the own suggestions and of what is followed."""
    items = [*late, *due_soon][:MOST]
    rows, opening = _rows(items, today)
    return Card(
        lines(
            bold(f"🗓 您关心的承诺 · {today.month}月{today.day}日"),
            f"{plain(name)}，本周到期 {len(due_soon)} 项，逾期 {len(late)} 项。"
            if items
            else "本周没有到期的，也没有逾期的。",
            *rows,
        ),
        (*in_rows(opening, 4), (button("不用每周发", "week", 0, "no"),)),
    )


def _rows(items: Sequence[CommitmentView], today: date) -> tuple[list[str], list[Button]]:
    rows: list[str] = []
    for order, view in enumerate(items, 1):
        rows += [
            f"{mark(order)}{plain(shorten(view.quote))}",
            f"  {state_line(view, today)}",
            f"  {plain(place_of(view))}",
        ]
    return rows, [button(mark(order), "item", view.id) for order, view in enumerate(items, 1)]
