"""What happened to a commitment: every event with its values for admins, a plain timeline for everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.buttons import button
from bot.cards.base import Card, bold, lines, plain, shorten
from bot.cards.ratings import WORDS
from bot.texts import VERB_WORDS
from commitments.verbs import Verb
from storage.ledger.queries import CommitmentView, EventView
from storage.ledger.ratings import GivenRating

MOST_EVENTS = 15
OTHER_WORDS = {
    "open": "立项跟踪",
    "add": "补录",
    "snooze": "改日提醒",
    "escalate": "逐级提醒",
    "hand_over": "联系人交接",
    "ask_look_back": "回头看",
}
VALUE_WORDS = {
    "due_on": "期限",
    "quote": "文字",
    "owner": "责任",
    "unit": "单位",
    "wished_on": "申请到",
    "wished_unit": "申请转",
}
HIDDEN_FROM_OTHERS = frozenset({"edit_draft", "drop_draft", "add", "escalate", "snooze"})
"""What admins did before it was tracked, and who was reminded how, is nobody else's business."""


def history(
    view: CommitmentView,
    events: Sequence[EventView],
    zone: ZoneInfo,
    *,
    in_full: bool,
    ratings: Sequence[GivenRating] = (),
) -> Card:
    """`in_full` for admins: hours, values before and after, reminders; the newest events where there are many."""
    shown = [event for event in events if in_full or event.verb not in HIDDEN_FROM_OTHERS]
    rows = [_line(event, zone, in_full=in_full) for event in shown[-MOST_EVENTS:]]
    left_out = len(shown) - len(rows)
    return Card(
        lines(
            bold("经过"),
            plain(shorten(view.quote, 60)),
            f"（更早的 {left_out} 条从略）" if left_out > 0 else None,
            *(rows or ["还没有动静。"]),
            *(_rating_line(rating) for rating in ratings),
        ),
        ((button("返回", "item", view.id),),),
        about="item",
        commitment_ids=(view.id,),
    )


def _rating_line(rating: GivenRating) -> str:
    handling = f"（第 {rating.handling + 1} 次办理）" if rating.handling else ""
    return f"评价：{plain(rating.delegate)} {WORDS[rating.value]}{handling}"


def verb_words(verb: str) -> str:
    return VERB_WORDS[Verb(verb)] if verb in set(Verb) else OTHER_WORDS.get(verb, "记录")


def _line(event: EventView, zone: ZoneInfo, *, in_full: bool) -> str:
    at = event.at.astimezone(zone)
    when = f"{at:%Y-%m-%d %H:%M}" if in_full else f"{at:%Y-%m-%d}"
    who = "定时" if event.actor == "clock" else event.actor
    note = f"：{plain(shorten(event.note, 60))}" if event.note else ""
    files = f"（附件 {event.files} 个）" if event.files else ""
    values = f"［{plain(_values(event))}］" if in_full and _values(event) else ""
    return f"{when} {plain(who)} {verb_words(event.verb)}{note}{files}{values}"


def _values(event: EventView) -> str:
    """期限 2024-10-31 → 2025-03-31."""
    if event.verb == "open":
        return ""
    parts = []
    for name, word in VALUE_WORDS.items():
        if name in event.after:
            before = f"{shorten(str(event.before[name]), 20)} → " if event.before.get(name) else ""
            parts.append(f"{word} {before}{shorten(str(event.after[name]), 20)}")
    return "；".join(parts)
