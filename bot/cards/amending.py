"""Cards of what admins correct on an open commitment: its unit, its words, into how many it falls, opening it again."""

from __future__ import annotations

from collections.abc import Sequence

from bot.buttons import Button, button, versioned
from bot.cards.base import Card, bold, in_rows, lines, mark, place_of, plain, shorten
from storage.ledger.queries import CommitmentView

MOST_PARTS = 9


def ask_reassign(view: CommitmentView, units: Sequence[tuple[int, str]]) -> Card:
    quick = tuple((versioned(name, "reassign_to", view.id, view.version, str(unit_id)),) for unit_id, name in units)
    advice = "点一下，或发送单位全称。两边的联系人和代表都会收到通知。"
    return _ask(view, "reassign_to", "🔁 改派给哪个单位？", advice, quick)


def ask_words(view: CommitmentView) -> Card:
    return _ask(view, "words", "✏️ 请发送更正后的承诺文字", "原来的文字会留在经过里。")


def ask_parts(view: CommitmentView) -> Card:
    advice = f"请一行写一项，2 到 {MOST_PARTS} 行。第一行留作这一项，其余成为新的承诺，期限不变。"
    return _ask(view, "parts", "✂️ 请发送拆分后的各项", advice)


def ask_reopen(view: CommitmentView) -> Card:
    return _ask(view, "reopen", "🔄 请写重新办理的理由", "理由会告诉联系人和代表。")


def choose_merge(view: CommitmentView, others: Sequence[CommitmentView]) -> Card:
    """并入: which commitment of the same reply goes on for both."""
    rows = [f"{mark(order)}第{other.position}项 {plain(shorten(other.quote))}" for order, other in enumerate(others, 1)]
    opening = [
        versioned(mark(order), "merge_into", view.id, view.version, str(other.id))
        for order, other in enumerate(others, 1)
    ]
    asked = "并入哪一项？" if others else "这件答复里没有别的在办承诺可以并入。"
    return Card(
        lines(bold(f"🔗 第{view.position}项{asked}"), plain(shorten(view.quote, 60)), *rows),
        (*in_rows(opening, 5), (button("返回", "item", view.id),)),
        commitment_ids=(view.id,),
    )


def confirm_merge(view: CommitmentView, into: CommitmentView) -> Card:
    return Card(
        lines(
            bold(f"确认并入第{into.position}项？"),
            f"并入：{plain(shorten(view.quote, 60))}",
            f"留下：{plain(shorten(into.quote, 60))}",
            "并入后不能分开；以后的反馈都记在留下的一项。",
        ),
        (
            (
                versioned("确认并入", "merge_yes", view.id, view.version, str(into.id)),
                button("返回", "item", view.id),
            ),
        ),
        commitment_ids=(view.id,),
    )


def _ask(view: CommitmentView, about: str, title: str, advice: str, quick: tuple[tuple[Button, ...], ...] = ()) -> Card:
    return Card(
        lines(bold(title), plain(shorten(view.quote, 80)), plain(place_of(view)), advice),
        (*quick, (button("取消", "item", view.id),)),
        about=about,
        commitment_ids=(view.id,),
        asks=True,
        params={"version": view.version},
    )
