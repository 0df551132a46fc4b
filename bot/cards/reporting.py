"""Cards of reporting: how far a commitment is, in words, numbers and files, and that it is done."""

from __future__ import annotations

from datetime import date

from bot.buttons import Button, button, versioned
from bot.cards.base import Card, bold, due_words, lines, place_of, plain, shorten, state_line
from commitments.states import CommitmentState
from storage.ledger.queries import CommitmentView, EventView

USUAL_REPORTS = {"on_plan": "按计划推进", "half": "已完成 50%", "most": "已完成 80%"}
"""What officials say most often, one tap each."""


def ask_report(view: CommitmentView) -> Card:
    return Card(
        lines(
            bold("✏️ 请反馈进展"),
            plain(shorten(view.quote, 60)),
            plain(place_of(view)),
            "直接发文字、照片或文件，我会记在这一项下面。",
            f"可写数量，例如 {_example(view)}。" if view.targets else None,
        ),
        (
            tuple(button(words, "say", view.id, key) for key, words in USUAL_REPORTS.items()),
            (button("取消", "item", view.id),),
        ),
        about="report",
        commitment_ids=(view.id,),
        asks=True,
    )


def ask_evidence(view: CommitmentView) -> Card:
    return Card(
        lines(bold("📎 补充佐证"), plain(shorten(view.quote, 60)), plain(place_of(view)), "请发照片、文件或网址。"),
        ((button("取消", "item", view.id),),),
        about="report",
        commitment_ids=(view.id,),
        asks=True,
    )


def report_kept(view: CommitmentView, today: date, note: str | None, files: int, too_large: int) -> Card:
    return Card(
        lines(
            bold("✅ 进展已记下"),
            plain(shorten(view.quote, 60)),
            f"内容：“{plain(shorten(note, 60))}”" if note else None,
            f"附件：{files} 个" if files else None,
            "文件超过 20 MB，没有留存副本，仍可在聊天中查看。" if too_large else None,
            f"督办人员会看到。{due_words(view.due_on, today)}",
        ),
        (_done_row(view),) if view.state == CommitmentState.OPEN else (),
        about="report",
        commitment_ids=(view.id,),
    )


def confirm_done(view: CommitmentView) -> Card:
    return Card(
        lines(
            bold("确认已经办结？"),
            plain(shorten(view.quote, 60)),
            plain(place_of(view)),
            "报办结后由督办人员核对销号。",
        ),
        ((versioned("确认办结", "done_yes", view.id, view.version), button("返回", "item", view.id)),),
        commitment_ids=(view.id,),
    )


def done_reported(view: CommitmentView) -> Card:
    return Card(
        lines(
            bold("⏸ 已报办结，等待核对"),
            plain(shorten(view.quote, 60)),
            plain(place_of(view)),
            "督办人员核对后会告诉您。还可以回复这条消息补充佐证。",
        ),
        about="report",
        commitment_ids=(view.id,),
    )


def reported(view: CommitmentView, event: EventView, today: date) -> Card:
    """To admins: an official said something about progress."""
    said = plain(shorten(event.note, 200)) if event.note else "（附件）"
    return Card(
        lines(
            bold("📨 收到进展反馈"),
            state_line(view, today),
            plain(shorten(view.quote, 60)),
            plain(place_of(view, with_unit=True)),
            f"{plain(event.actor)}：{said}{measure_words(event)}",
            f"附件 {event.files} 个" if event.files else None,
        ),
        (((button("看附件", "files", view.id),) if event.files else ()) + (button("看这一项", "item", view.id),),),
        commitment_ids=(view.id,),
    )


def measure_words(event: EventView) -> str:
    """· 进度 8/14 家（57%）, where a report gave numbers."""
    measure = event.after.get("measure")
    if not measure:
        return ""
    percent = round(100 * measure["value"] / measure["target"])
    if measure["unit"] == "%":
        return f" · 进度 {percent}%"
    return f" · 进度 {measure['value']:g}/{measure['target']:g} {measure['unit']}（{percent}%）"


def _example(view: CommitmentView) -> str:
    target = view.targets[0]
    return f"{float(target['value']) // 2:g}/{float(target['value']):g} {plain(target['unit'])}"


def _done_row(view: CommitmentView) -> tuple[Button, ...]:
    return (button("已办结", "done", view.id), button("看这一项", "item", view.id))
