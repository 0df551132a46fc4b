"""A reading as a colleague's marked-up copy, for the terminal."""

from __future__ import annotations

from dataclasses import replace

from rich.console import Group, RenderableType
from rich.text import Text

from commitments.letters import FoundCommitment, LetterRecord, Reading
from extraction.documents import Document
from extraction.explanation import Passage, PassageKind, explain

FIELDS = (
    ("title", "标题"),
    ("number", "编号"),
    ("session", "会次"),
    ("organ", "答复单位"),
    ("replied_on", "答复日期"),
    ("category", "办理类型"),
    ("document_no", "文号"),
    ("contact_name", "联系人"),
    ("contact_phone", "电话"),
    ("disclosure", "公开方式"),
)


STYLES = {
    PassageKind.HEAD: "dim",
    PassageKind.TAIL: "dim",
    PassageKind.TEXT: "",
    PassageKind.HEADING: "bold",
    PassageKind.COMMITMENT: "black on green",
    PassageKind.NEAR_MISS: "underline",
}


def listed(document: Document, reading: Reading) -> RenderableType:
    """The letter record and its commitments."""
    items = [_item(number, found) for number, found in enumerate(reading.commitments, 1)]
    return Group(*_opening(document, reading), *items, Text(f"共 {len(reading.commitments)} 项承诺\n", style="bold"))


def marked_up(document: Document, reading: Reading) -> RenderableType:
    """The whole letter as a colleague marks it: what is promised, what nearly is, and why, at each place."""
    parts: list[RenderableType] = []
    number = 0
    for passage in _with_their_stops(explain(reading, document.text)):
        number += passage.kind is PassageKind.COMMITMENT
        parts.append(_passage(passage, number))
    legend = Text.assemble(
        ("绿底", STYLES[PassageKind.COMMITMENT]), " 承诺　", ("下划线", "underline"), " 差一点，没有当作承诺\n"
    )
    return Group(*_opening(document, reading), legend, *parts, Text())


def _opening(document: Document, reading: Reading) -> list[RenderableType]:
    return [Text(f"━━ {document.name}", style="bold"), _record(reading.letter), Text()]


def _with_their_stops(passages: list[Passage]) -> list[Passage]:
    """The stop behind a commitment stands with it, not on a line of its own below the notes."""
    joined: list[Passage] = []
    for passage in passages:
        if joined and joined[-1].notes:
            rest = passage.text.lstrip("。；，,;！!")
            stops = passage.text[: len(passage.text) - len(rest)]
            joined[-1] = replace(joined[-1], text=joined[-1].text + stops)
            passage = replace(passage, text=rest)
        if passage.text.strip():
            joined.append(passage)
    return joined


def _passage(passage: Passage, number: int) -> Text:
    words = passage.text.strip("\n")
    text = Text(words, style=STYLES[passage.kind])
    if passage.kind is PassageKind.COMMITMENT:
        text = Text.assemble((f"【{number}】", "bold green"), text)
    for note in passage.notes:
        text.append(f"\n      ┆ {note}", style="cyan not underline")
    return text


def _record(letter: LetterRecord) -> Text:
    rows = [f"{label}：{value}" for name, label in FIELDS if (value := getattr(letter, name))]
    if letter.addressees:
        rows.append(f"致：{'、'.join(letter.addressees)}")
    if letter.co_organs:
        rows.append(f"会办：{'、'.join(letter.co_organs)}")
    return Text("\n".join(rows), style="cyan")


def _item(number: int, found: FoundCommitment) -> Text:
    due = found.deadline.due_on
    text = Text.assemble(
        (f"{number:>2}. ", "bold"),
        (found.quote, ""),
        "\n    ",
        (f"期限 {due or '未明确'}", "green" if due else "yellow"),
        f" · 可核验 {'是' if found.verifiable else '否'}",
        f" · 责任 {found.owner or '答复单位'} · 把握 {found.confidence:.0%}",
    )
    for target in found.targets:
        text.append(f"\n    目标 {target.metric} {target.comparison} {target.value:g} {target.unit}")
    return text
