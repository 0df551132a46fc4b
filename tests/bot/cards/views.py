"""Views made by hand, so that cards are tested as functions from data to text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from commitments.states import CommitmentState
from storage.ledger.queries import CommitmentView, ReplyHead, ReplyView

TODAY = date(2024, 12, 2)
HEAD = ReplyHead(
    id=3,
    source="答复.txt",
    kind="delegate_suggestion",
    number="2024年57号",
    title="关于缓解老城区停车难的建议",
    session=None,
    unit="澄湾市交通运输局",
    unit_id=1,
    replied_on=date(2024, 6, 18),
    disclosure=None,
    state="draft",
)


def item(number: int = 1, due_on: date | None = date(2024, 12, 31), **changes: Any) -> CommitmentView:
    """The first of six promises, open, due at the end of the year."""
    view = CommitmentView(
        id=number,
        reply=HEAD,
        position=number,
        total=6,
        quote="《澄湾市停车管理条例》草案计划2024年12月底前提交市人大常委会审议",
        section="二、下步措施",
        verifiable=True,
        due_on=due_on,
        original_due_on=due_on,
        due_basis="explicit",
        due_text="2024年12月底前",
        due_rule="month end",
        derivation=None,
        recurrence=None,
        targets=(),
        owner=None,
        confidence=0.9,
        state=CommitmentState.OPEN,
        reviewed=False,
        version=1,
    )
    return replace(view, **changes)


def reply(*items: CommitmentView, **changes: Any) -> ReplyView:
    view = ReplyView(
        head=HEAD,
        co_organs=("市公安局",),
        addressees=("陈书宁",),
        category="B",
        document_no=None,
        contact_name="周明远",
        contact_phone="13800000026",
        published_on=None,
        date_given_by_loader=False,
        missing=(),
        near_misses=(),
        contact_id=4,
        contact_is_bound=False,
        commitments=items,
    )
    return replace(view, **changes)
