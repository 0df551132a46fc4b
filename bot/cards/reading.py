"""A reading as a colleague's marked-up copy, for the terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from commitments.letters import FoundCommitment, LetterRecord, Reading
from extraction.documents import Document

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


def explained(document: Document, reading: Reading, *, in_full: bool) -> RenderableType:
    """The letter record and the commitments; `in_full` adds the words and rules behind each field, and near misses."""
    parts: list[RenderableType] = [Text(f"━━ {document.name}", style="bold"), _record(reading.letter), Text()]
    parts += [_item(number, found, in_full=in_full) for number, found in enumerate(reading.commitments, 1)]
    parts.append(Text(f"共 {len(reading.commitments)} 项承诺", style="bold"))
    if in_full and reading.near_misses:
        parts += [Text("\n差一点（没有当作承诺）：", style="dim"), *map(_near_miss, reading.near_misses)]
    return Group(*parts, Text())


def _record(letter: LetterRecord) -> Text:
    rows = [f"{label}：{value}" for name, label in FIELDS if (value := getattr(letter, name))]
    if letter.addressees:
        rows.append(f"致：{'、'.join(letter.addressees)}")
    if letter.co_organs:
        rows.append(f"会办：{'、'.join(letter.co_organs)}")
    return Text("\n".join(rows), style="cyan")


def _item(number: int, found: FoundCommitment, *, in_full: bool) -> Text:
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
    if in_full:
        if found.deadline.derivation:
            text.append(f"\n    {found.deadline.derivation}（规则：{found.deadline.rule}）", style="dim")
        text.append(f"\n    依据：{'、'.join(found.cues) or '无'}", style="dim")
    return text


def _near_miss(found: FoundCommitment) -> Text:
    return Text(f"  · {found.quote}（{'、'.join(found.cues) or '无标志词'}）", style="dim")
