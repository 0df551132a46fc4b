"""回头看: three questions, one tap each; the answers so far travel in the buttons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.buttons import button
from bot.cards.base import Card, bold, lines, place_of, plain, shorten
from storage.ledger.lookback import Answers
from storage.ledger.queries import CommitmentView

QUESTIONS = (
    ("1/3 承诺的事兑现了吗？", "兑现了", "没有兑现"),
    ("2/3 办完之后问题有反弹吗？", "有反弹", "没有反弹"),
    ("3/3 有长期管用的机制吗？", "有", "还没有"),
)


def ask(view: CommitmentView, rules_name: str, given: str = "") -> Card:
    """The next question; `given` holds the answers so far, y or n each."""
    question, yes, no = QUESTIONS[len(given)]
    return Card(
        lines(
            bold("🔎 回头看"),
            plain(shorten(view.quote, 80)),
            plain(place_of(view, with_unit=True)),
            f"这一项已办结一段时间，按“{plain(rules_name)}”回访。" if not given else None,
            bold(question),
        ),
        (
            (
                button(yes, "look_back", view.id, f"{given}y"),
                button(no, "look_back", view.id, f"{given}n"),
            ),
            (button("看这一项", "item", view.id),),
        ),
        commitment_ids=(view.id,),
    )


def thanks(view: CommitmentView, answers: Answers) -> Card:
    words = {"kept": answers.kept, "came_back": answers.came_back, "lasting": answers.lasting}
    return Card(
        lines(bold("🔎 回头看已记下，谢谢"), plain(shorten(view.quote, 60)), answer_words(words), "督办人员会看到。"),
        ((button("看这一项", "item", view.id),),),
        commitment_ids=(view.id,),
    )


def answer_words(given: Mapping[str, Any]) -> str:
    """兑现了 · 没有反弹 · 有长效机制."""
    return " · ".join(
        (
            "兑现了" if given["kept"] else "没有兑现",
            "有反弹" if given["came_back"] else "没有反弹",
            "有长效机制" if given["lasting"] else "还没有长效机制",
        )
    )
