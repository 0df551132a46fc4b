"""The cards from report to closing as docs/cards.zh-CN.md shows them; written by python -m tests.bot.cards.gallery."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.cards import amending, changes, checking, history, lookback, progress, ratings, reporting, requests, units
from bot.cards.base import Card
from commitments.rulesets import RULE_SETS
from commitments.states import CommitmentState, RequestKind, Role, Satisfaction
from commitments.verbs import Verb
from commitments.workdays import make_calendar
from storage.ledger.lookback import Answers
from storage.ledger.queries import CommitmentView, EventView
from storage.ledger.ratings import Rated
from storage.ledger.units import HandOver
from storage.tables import Request
from tests.bot.cards.views import TODAY, item

DOCUMENT = Path(__file__).parents[3] / "docs" / "cards.zh-CN.md"
SHANGHAI, RULES = ZoneInfo("Asia/Shanghai"), RULE_SETS["city"]
MORNING = datetime(2024, 12, 2, 1, 14, tzinfo=UTC)
OFFICIAL, ADMIN, DELEGATE = (frozenset({role}) for role in (Role.OFFICIAL, Role.ADMIN, Role.DELEGATE))
OPEN = item(3, date(2024, 11, 30), quote="澄湾大道北段改造2024年11月30日前完工", unit="澄湾市交通运输局", version=4)
PENDING = replace(OPEN, pending=RequestKind.EXTENSION)
EXTENDED = replace(OPEN, due_on=date(2025, 3, 31))
CLOSED = replace(OPEN, state=CommitmentState.CLOSED)


def event(verb: str, actor: str = "周明远", note: str | None = None, **after: Any) -> EventView:
    before = after.pop("before", {})
    return EventView(9, MORNING, verb, actor, 7, before, after, note, files=after.pop("files", 0))


def request(kind: RequestKind, **wish: Any) -> Request:
    return Request(
        id=5,
        commitment_id=3,
        kind=kind,
        reason="管线迁改较原计划增加 1.2 公里，附监理报告。",
        asked_by=7,
        asked_by_name="周明远",
        asked_at=MORNING,
        **wish,
    )


EXTENSION = request(RequestKind.EXTENSION, wished_on=date(2025, 3, 31))


def cards() -> Iterator[tuple[str, str, Card]]:
    """For whom, when, and the card."""
    yield "联系人", "打开一项", progress.item(OPEN, TODAY, OFFICIAL)
    yield "联系人", "点“更多”", progress.more(OPEN, TODAY, OFFICIAL)
    yield "联系人", "点“反馈进展”", reporting.ask_report(OPEN)
    yield (
        "督办人员",
        "收到反馈",
        reporting.reported(
            OPEN,
            event("report", note="已完成 3/5 公里", measure={"value": 3, "target": 5, "unit": "公里"}),
            TODAY,
        ),
    )
    yield "联系人", "点“申请延期”", requests.ask_date(OPEN, [date(2025, 1, 2), date(2025, 3, 2), date(2025, 6, 2)])
    yield "联系人", "写好日期以后", requests.ask_reason(OPEN, RequestKind.EXTENSION, {"on": "2025-03-31"})
    yield "联系人", "申请报送以后", requests.asked(PENDING, EXTENSION, RULES)
    yield "督办人员", "收到延期申请", requests.to_decide(PENDING, EXTENSION, 1, SHANGHAI, make_calendar())
    yield (
        "督办人员",
        "收到转办申请",
        requests.to_decide(
            PENDING, request(RequestKind.TRANSFER, wished_unit="澄湾市城市管理局"), 0, SHANGHAI, make_calendar()
        ),
    )
    yield "督办人员", "申请放了两个工作日", requests.undecided([(PENDING, EXTENSION)], RULES, TODAY)
    yield (
        "代表、联系人",
        "延期获同意",
        changed(EXTENDED, event(Verb.GRANT_EXTENSION, "王芷", due_on="2025-03-31", wished_on="2025-03-31")),
    )
    yield (
        "联系人",
        "申请未获同意",
        changed(OPEN, event(Verb.REFUSE, "王芷", "市民等得太久，请按原期限完成"), to_unit=True),
    )
    yield (
        "代表、两边联系人",
        "改派或转办",
        changed(replace(OPEN, unit="澄湾市城市管理局"), event(Verb.REASSIGN, "王芷", unit="澄湾市城市管理局")),
    )
    yield "联系人", "点“已办结”", reporting.confirm_done(OPEN)
    yield (
        "督办人员",
        "收到报办结",
        checking.to_check(replace(OPEN, state=CommitmentState.REPORTED), event("report_done"), 2, []),
    )
    yield "督办人员", "没有佐证时点“销号”", checking.ask_why_no_evidence(replace(OPEN, state=CommitmentState.REPORTED))
    yield (
        "联系人",
        "办结被退回",
        checking.sent_back(OPEN, event("send_back", "王芷", "请附验收单"), TODAY),
    )
    yield "代表", "承诺销号", ratings.closed(CLOSED, event("close", "王芷"), to_delegate=True)
    yield "代表", "点“不满意”", ratings.ask_why(CLOSED, RULES)
    yield "代表", "写明理由以后", ratings.thanks(CLOSED, Rated(Satisfaction.DISSATISFIED, date(2025, 1, 2), 1), RULES)
    yield (
        "联系人、督办人员",
        "再办理",
        changed(
            replace(OPEN, due_on=date(2025, 1, 2), redone=1),
            event(Verb.REDO, "陈书宁", "路面仍有积水", due_on="2025-01-02", rules=RULES.name),
            to_unit=True,
        ),
    )
    yield "代表、联系人", "回头看", lookback.ask(CLOSED, RULES.name)
    yield "代表、联系人", "回头看答完", lookback.thanks(CLOSED, Answers(kept=True, came_back=False, lasting=True))
    yield "督办人员", "点“更多”", progress.more(OPEN, TODAY, ADMIN)
    yield "督办人员", "点“并入”", amending.choose_merge(OPEN, [item(4, quote="新增公共停车泊位1200个以上")])
    yield "新联系人", "工作交接", units.handed_over("许言", "周明远", [OPEN, item(4)], TODAY)
    yield "督办人员", "交接办好", units.hand_over_done("澄湾市交通运输局", "周明远", "许言", HandOver(8, False, 2))
    yield "督办人员", "看经过", history.history(EXTENDED, _events(), SHANGHAI, in_full=True)
    yield "其他人", "看经过", history.history(EXTENDED, _events(), SHANGHAI, in_full=False)
    yield "所有人", "/rules", units.rules(RULES)


def changed(view: CommitmentView, what: EventView, *, to_unit: bool = False) -> Card:
    return changes.changed(view, what, TODAY, RULES, to_unit=to_unit)


def _events() -> list[EventView]:
    return [
        event("open", "王芷"),
        event(Verb.REQUEST_EXTENSION, note="管线迁改较原计划增加", wished_on="2025-03-31"),
        event(Verb.GRANT_EXTENSION, "王芷", before={"due_on": "2024-11-30"}, due_on="2025-03-31"),
    ]


def as_text(card: Card) -> str:
    """The words as they are read, and a row of [buttons] a line."""
    words = html.unescape(re.sub(r"</?b>", "", card.html))
    rows = [" ".join(f"[{one.text}]" for one in row) for row in card.buttons]
    return "\n".join([words, *rows])


def document() -> str:
    parts = ["# 卡片一览：从反馈到销号", "人名、单位均为虚构。方括号是按钮；按钮按各人当时能办的事出现。"]
    parts += [f"## {moment}（{reader}）\n\n```\n{as_text(card)}\n```" for reader, moment, card in cards()]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
