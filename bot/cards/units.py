"""Cards about units and the people around them: other names, hand-over, groups of delegates, the place's rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.buttons import button
from bot.cards.base import Card, bold, due_words, in_rows, lines, mark, place_of, plain, shorten
from commitments.rulesets import Period, RuleSet
from storage.ledger.queries import CommitmentView
from storage.ledger.units import HandOver

MOST_ITEMS = 6


def how_to_alias(aliases: Sequence[tuple[str, str]]) -> Card:
    known = [f"· {plain(alias)} ＝ {plain(name)}" for alias, name in aliases[:20]]
    return Card(
        lines(
            bold("🏛 单位的别名"),
            *(known or ["还没有别名。"]),
            "添加：/unit 市科技局=澄湾市科学技术局",
        )
    )


def alias_kept(alias: str, name: str) -> Card:
    return Card(f"🏛 已记下：{plain(alias)} ＝ {plain(name)}。以后两种写法是同一个单位。")


def how_to_hand_over() -> Card:
    return Card(
        lines(
            bold("👥 联系人交接"),
            "/handover 单位全称 原联系人 新联系人",
            "例如：/handover 澄湾市科学技术局 周明远 许言。在办事项全部转给新联系人。",
        )
    )


def hand_over_done(unit: str, leaver: str, successor: str, done: HandOver) -> Card:
    told = "新联系人已收到清单。" if done.is_bound else "新联系人还没有绑定，请把邀请链接转给本人。"
    inviting = () if done.is_bound else ((button("生成邀请链接", "invite_c", done.contact_id),),)
    return Card(
        lines(
            bold("👥 交接已办好"),
            f"{plain(unit)}：{plain(leaver)} → {plain(successor)}",
            f"转交未办结的承诺 {done.commitments} 项。{told}",
        ),
        inviting,
    )


def handed_over(name: str, leaver: str, views: Sequence[CommitmentView], today: date) -> Card:
    """To the new contact: all that is under way, the most urgent first."""
    ordered = sorted(views, key=lambda view: (view.due_on or date.max, view.id))
    shown = ordered[:MOST_ITEMS]
    rows = [
        f"{mark(order)}{plain(shorten(view.quote))}\n  {plain(place_of(view))} · {due_words(view.due_on, today)}"
        for order, view in enumerate(shown, 1)
    ]
    more = [f"还有 {len(ordered) - len(shown)} 项，点“全部在办”查看。"] if len(ordered) > len(shown) else []
    opening = [button(f"{mark(order)} 反馈", "item", view.id) for order, view in enumerate(shown, 1)]
    return Card(
        lines(
            bold("👥 承诺事项交接"), f"{plain(name)}，{plain(leaver)}负责的 {len(ordered)} 项转由您负责：", *rows, *more
        ),
        (*in_rows(opening), (button("全部在办", "mine"),)),
        about="report",
        commitment_ids=tuple(view.id for view in ordered),
    )


def how_to_group() -> Card:
    return Card(
        lines(
            bold("👥 代表团、党派"),
            "/group 名称=成员、成员",
            "例如：/group 云澜代表团=陈书宁、沈知夏。它的账号可以查看成员的建议办理情况，但不能代为评价。",
        )
    )


def group_kept(group: str, members: Sequence[str]) -> Card:
    return Card(
        lines(
            bold(f"👥 {group}"),
            f"成员：{plain('、'.join(members))}",
            f"邀请它的账号：/invite 代表 {plain(group)}",
        )
    )


def rules(place: RuleSet) -> Card:
    """What this place has laid down."""
    return Card(
        lines(
            bold(f"📐 {place.name}"),
            f"非本单位：{place.return_workdays} 个工作日内提出",
            f"申请审批：{place.decide_workdays} 个工作日内",
            f"会办意见：{period_words(place.co_host)}内",
            f"再办理：{period_words(place.redo)}内，最多 {place.most_redos} 次",
            f"回头看：办结后 {period_words(place.look_back)}",
            *(f"{plain(letter)} 类：{plain(words)}" for letter, words in place.classes.items()),
        )
    )


def period_words(period: Period) -> str:
    return f"{period.count} 个月" if period.unit == "month" else f"{period.count} 天"
