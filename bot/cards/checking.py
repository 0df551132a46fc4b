"""Cards of checking: a commitment reported done, its evidence, closing it, sending it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.buttons import button, versioned
from bot.cards.base import Card, bold, day_words, due_words, lines, place_of, plain, shorten
from commitments.clock import local_day
from storage.ledger.queries import CommitmentView, EventView
from storage.tables import Evidence

NO_EVIDENCE_REASONS = {"words": "以文字反馈为准", "on_site": "已现场核实", "public": "已公开可查"}
"""Why there is nothing to attach, as checkers usually say."""


def to_check(view: CommitmentView, event: EventView, files: int, reports: Sequence[EventView]) -> Card:
    """To admins: reported done, to be closed or sent back."""
    said = [f"· {plain(shorten(row.note, 60))}" for row in reports if row.note][-3:]
    opening = (button("看附件", "files", view.id),) if files else ()
    return Card(
        lines(
            bold("⏸ 报办结，请核对"),
            plain(shorten(view.quote, 80)),
            plain(place_of(view, with_unit=True)),
            f"期限：{day_words(view.due_on) if view.due_on else '未明确'}",
            f"报送人：{plain(event.actor)}",
            "反馈：" if said else "没有文字反馈。",
            *said,
            f"佐证：{files} 个附件" if files else "佐证：没有附件",
        ),
        (
            (
                versioned("销号", "close", view.id, view.version),
                versioned("退回", "send_back", view.id, view.version),
            ),
            (*opening, button("看原文", "quote", view.id)),
        ),
        commitment_ids=(view.id,),
    )


def confirm_close(view: CommitmentView, files: int) -> Card:
    return Card(
        lines(
            bold("确认销号？"),
            plain(shorten(view.quote, 60)),
            f"佐证 {files} 个附件。",
            "销号后会告诉提出的代表和联系人。",
        ),
        ((versioned("确认销号", "close_yes", view.id, view.version), button("返回", "item", view.id)),),
        commitment_ids=(view.id,),
    )


def ask_why_no_evidence(view: CommitmentView) -> Card:
    """Nothing is closed without evidence unless the checker says why there is none."""
    usual = tuple(
        versioned(words, "close_yes", view.id, view.version, key) for key, words in NO_EVIDENCE_REASONS.items()
    )
    return Card(
        lines(
            bold("确认销号？这一项没有附件佐证"),
            plain(shorten(view.quote, 60)),
            "点一下或写明没有佐证的理由，随即销号；理由会记入经过。",
        ),
        (*((one,) for one in usual), (button("返回", "item", view.id),)),
        about="no_evidence",
        commitment_ids=(view.id,),
        asks=True,
        params={"version": view.version},
    )


def ask_send_back_reason(view: CommitmentView) -> Card:
    return Card(
        lines(bold("↩️ 请写退回的理由"), plain(shorten(view.quote, 60)), "理由会原样发给联系人。"),
        ((button("取消", "item", view.id),),),
        about="send_back",
        commitment_ids=(view.id,),
        asks=True,
        params={"version": view.version},
    )


def sent_back(view: CommitmentView, event: EventView, today: date) -> Card:
    return Card(
        lines(
            bold("↩️ 办结已退回，请继续办理"),
            plain(shorten(view.quote, 60)),
            plain(place_of(view)),
            f"理由：{plain(event.note or '未写')}",
            due_words(view.due_on, today),
        ),
        ((button("反馈进展", "ask_report", view.id), button("已办结", "done", view.id)),),
        about="report",
        commitment_ids=(view.id,),
    )


def evidence_caption(file: Evidence, view: CommitmentView, report: EventView, zone: ZoneInfo) -> str:
    """Who sent it and when; a photo has no name of its own in Telegram."""
    name = plain(file.file_name) if file.kind == "document" else None
    return lines(f"{plain(report.actor)} · {local_day(report.at, zone)}", name, plain(place_of(view)))


def evidence_links(files: Sequence[Evidence], view: CommitmentView) -> Card:
    """Links are shown, never opened by us."""
    return Card(lines(bold("🔗 佐证链接"), *(plain(file.file_id) for file in files), plain(place_of(view))))
