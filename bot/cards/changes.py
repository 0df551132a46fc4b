"""What people are told when a verb changed a commitment: one card, its title and lines by the verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from bot.buttons import Button, button
from bot.cards.base import Card, bold, day_words, due_words, lines, place_of, plain, shorten
from bot.cards.lookback import answer_words
from commitments.rulesets import RuleSet
from commitments.states import CommitmentState
from commitments.verbs import Verb
from storage.ledger.queries import CommitmentView, EventView

TITLES = {
    Verb.WITHDRAW: "↩️ 申请已撤回",
    Verb.GRANT_EXTENSION: "📅 经同意延期",
    Verb.GRANT_DROP: "⏹ 承诺事项已终止",
    Verb.GRANT_TRANSFER: "🔁 承诺事项已转办",
    Verb.REFUSE: "✋ 申请未获同意，请继续办理",
    Verb.REASSIGN: "🔁 承诺事项已改派",
    Verb.EDIT: "✏️ 承诺文字有更正",
    Verb.SPLIT: "✂️ 承诺事项已拆分",
    Verb.MERGE: "🔗 承诺事项已合并",
    Verb.REOPEN: "🔄 重新办理",
    Verb.REDO: "🔄 代表不满意，请再办理",
    Verb.LOOK_BACK: "🔎 回头看有了答复",
}


def changed(view: CommitmentView, event: EventView, today: date, rules: RuleSet, *, to_unit: bool) -> Card:
    verb = Verb(event.verb)
    going_on = view.state == CommitmentState.OPEN
    reporting: tuple[Button, ...] = (button("反馈进展", "ask_report", view.id),) if to_unit and going_on else ()
    return Card(
        lines(
            bold(TITLES[verb]),
            plain(shorten(view.quote, 80)),
            plain(place_of(view, with_unit=True)),
            *LINES.get(verb, _nothing_more)(view, event, rules),
            f"理由：{plain(shorten(event.note, 200))}" if event.note else None,
            due_words(view.due_on, today) if going_on else None,
        ),
        ((*reporting, button("看这一项", "item", view.id)),),
        about="report" if reporting else None,
        commitment_ids=(view.id,),
    )


def due_changed(view: CommitmentView, event: EventView, today: date) -> Card:
    before = event.before.get("due_on")
    return Card(
        lines(
            bold("📅 承诺期限有变动"),
            plain(shorten(view.quote, 60)),
            plain(place_of(view, with_unit=True)),
            f"{before or '未明确'} → {bold(str(event.after.get('due_on')))}",
            f"理由：{plain(event.note)}" if event.note else None,
            due_words(view.due_on, today),
        ),
        ((button("看这一项", "item", view.id),),),
        commitment_ids=(view.id,),
    )


def _nothing_more(_view: CommitmentView, _event: EventView, _rules: RuleSet) -> list[str]:
    return []


def _extended(view: CommitmentView, event: EventView, _rules: RuleSet) -> list[str]:
    new = date.fromisoformat(event.after["due_on"])
    asked = event.after.get("wished_on")
    other = f"（申请的是 {asked}）" if asked and asked != str(new) else ""
    return [f"原定 {view.original_due_on or '未明确'}，经同意延至 {bold(day_words(new))}{other}"]


def _moved(_view: CommitmentView, event: EventView, _rules: RuleSet) -> list[str]:
    return [f"现由 {bold(str(event.after.get('unit', '')))} 办理"]


def _edited(_view: CommitmentView, event: EventView, _rules: RuleSet) -> list[str]:
    return [f"原文字：“{plain(shorten(str(event.before.get('quote', '')), 80))}”"]


def _split(_view: CommitmentView, event: EventView, _rules: RuleSet) -> list[str]:
    return [f"拆成 {len(event.after.get('into', ())) + 1} 项，期限不变，分别反馈"]


def _merged(_view: CommitmentView, event: EventView, _rules: RuleSet) -> list[str]:
    return [f"已并入第 {event.after.get('into')} 项，以后在那一项反馈"]


def _redone(_view: CommitmentView, event: EventView, rules: RuleSet) -> list[str]:
    days = f"{rules.redo.count} 个月" if rules.redo.unit == "month" else f"{rules.redo.count} 天"
    return [f"再办理期限：{bold(str(event.after['due_on']))}（按“{plain(event.after['rules'])}”为 {days}）"]


def _looked_back(_view: CommitmentView, event: EventView, _rules: RuleSet) -> list[str]:
    return [f"{plain(event.actor)}：{answer_words(event.after)}"]


LINES: Mapping[Verb, Callable[[CommitmentView, EventView, RuleSet], list[str]]] = {
    Verb.GRANT_EXTENSION: _extended,
    Verb.GRANT_TRANSFER: _moved,
    Verb.REASSIGN: _moved,
    Verb.EDIT: _edited,
    Verb.SPLIT: _split,
    Verb.MERGE: _merged,
    Verb.REDO: _redone,
    Verb.LOOK_BACK: _looked_back,
}
