"""Cards of closing and rating: told to both sides, asked of the delegate, the second handling."""

from __future__ import annotations

from bot.buttons import button
from bot.cards.actions import AT_ONCE, buttons_for
from bot.cards.base import Card, bold, lines, place_of, plain, shorten
from commitments.rulesets import RuleSet
from commitments.states import Role, Satisfaction
from storage.ledger.queries import CommitmentView, EventView
from storage.ledger.ratings import Rated

WORDS = {
    Satisfaction.SATISFIED: "满意",
    Satisfaction.FAIR: "基本满意",
    Satisfaction.DISSATISFIED: "不满意",
}


def closed(view: CommitmentView, event: EventView, *, to_delegate: bool) -> Card:
    rating = buttons_for(view, frozenset({Role.DELEGATE}), AT_ONCE) if to_delegate else []
    looking = (button("看这一项", "item", view.id), button("看全部", "list", view.reply.id))
    return Card(
        lines(
            bold("✅ 承诺已办结"),
            plain(shorten(view.quote, 80)),
            plain(place_of(view, with_unit=True)),
            f"没有附件佐证：{plain(event.note)}" if event.note else None,
            "这是您所提建议、提案答复中的一项承诺，已经核对销号。" if to_delegate else "已核对销号，不再提醒。",
            "您对办理结果满意吗？" if rating else None,
        ),
        (tuple(rating), looking) if rating else (looking,),
        commitment_ids=(view.id,),
    )


def ask_why(view: CommitmentView, rules: RuleSet) -> Card:
    """不满意 needs a reason; what follows from it is said before."""
    again = view.redone < rules.most_redos
    return Card(
        lines(
            bold("请说说哪里不满意"),
            plain(shorten(view.quote, 60)),
            f"收到理由后这一项会再办理，期限按“{plain(rules.name)}”另定。"
            if again
            else f"这一项已再办理 {view.redone} 次（“{plain(rules.name)}”的上限），理由会交督办人员处理。",
        ),
        ((button("取消", "item", view.id),),),
        about="dissatisfied",
        commitment_ids=(view.id,),
        asks=True,
        params={"version": view.version},
    )


def thanks(view: CommitmentView, rated: Rated, rules: RuleSet) -> Card:
    """To the delegate, after rating."""
    follows = {
        Satisfaction.SATISFIED: "谢谢您的评价。",
        Satisfaction.FAIR: "谢谢您的评价。",
        Satisfaction.DISSATISFIED: f"已交承办单位再办理，期限 {rated.redo_on}（按“{plain(rules.name)}”）。"
        if rated.redo_on
        else "已交督办人员处理。",
    }
    return Card(
        lines(bold(f"已记下：{WORDS[rated.value]}"), plain(shorten(view.quote, 60)), follows[rated.value]),
        ((button("看这一项", "item", view.id),),),
        commitment_ids=(view.id,),
    )


def rated(view: CommitmentView, event: EventView) -> Card:
    """To admins: how a delegate rated what they closed."""
    return Card(
        lines(
            bold(f"🗳 评价：{WORDS[Satisfaction(event.after['value'])]}"),
            plain(shorten(view.quote, 60)),
            plain(place_of(view, with_unit=True)),
            f"{plain(event.actor)}：{plain(shorten(event.note, 200))}" if event.note else plain(event.actor),
        ),
        ((button("看这一项", "item", view.id),),),
        commitment_ids=(view.id,),
    )
