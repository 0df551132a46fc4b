"""Cards that answer a question: one thing, a numbered list with pages, a reply, or an honest nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.buttons import Button, button
from bot.cards.base import Card, bold, due_words, in_rows, lines, mark, number_of, place_of, plain, shorten, state_line
from commitments.people import masked_phone
from commitments.states import CommitmentState
from storage.ledger.lists import Page
from storage.ledger.queries import CommitmentView, ReplyHead, ReplyView

PAGE_SIZE = 6


def listing(title: str, page: Page, today: date, *, key: str, subject_id: int = 0) -> Card:
    """A page of a list; a number opens an item, `key` names the list so that its other pages can be fetched."""
    if not page.total:
        return Card(lines(bold(title), "没有。"))
    rows: list[str] = []
    for order, view in enumerate(page.items, 1):
        rows += [f"{mark(order)}{plain(shorten(view.quote))}", f"  {state_line(view, today)}"]
        if key != "reply":
            rows.append(f"  {plain(place_of(view))}")
    last = -(-page.total // PAGE_SIZE)
    number = page.offset // PAGE_SIZE + 1
    opening = [button(mark(order), "item", view.id) for order, view in enumerate(page.items, 1)]
    turning = _turning(key, subject_id, page.offset, page.total)
    paging = f"（第 {number}/{last} 页）" if last > 1 else ""
    return Card(
        lines(bold(f"{title} · 共 {page.total} 项") + paging, "", *rows),
        tuple(row for row in (*in_rows(opening, 6), turning) if row),
    )


def reply(view: ReplyView, today: date, *, with_phone: bool) -> Card:
    """One reply: who answered, when, how many promises stand in it and how they are doing."""
    head = view.head
    live = [item for item in view.commitments if item.state not in (CommitmentState.DRAFT, CommitmentState.DROPPED)]
    closed = sum(item.state == CommitmentState.CLOSED for item in live)
    late = sum(item.state == CommitmentState.OPEN and item.due_on is not None and item.due_on < today for item in live)
    upcoming = [item for item in live if item.state == CommitmentState.OPEN and item.due_on and item.due_on >= today]
    nearest = min(upcoming, key=lambda item: item.due_on or date.max, default=None)
    return Card(
        lines(
            bold(f"📄 {number_of(head)}") + (f"《{plain(head.title)}》" if head.title and head.number else ""),
            f"答复单位：{plain(head.unit or '未写')}" + (f" · {head.replied_on}" if head.replied_on else ""),
            f"联系人：{contact_words(view, with_phone=with_phone)}"
            if view.contact_name or view.contact_phone
            else None,
            f"承诺 {len(live)} 项：已办结 {closed} 项，逾期 {late} 项。" if live else "这件答复里没有承诺事项。",
            f"最近到期：{plain(shorten(nearest.quote))}，{due_words(nearest.due_on, today)}" if nearest else None,
        ),
        ((button("看全部", "list", head.id),),) if live else (),
        reply_id=head.id,
    )


def contact_words(view: ReplyView, *, with_phone: bool) -> str:
    """Name and number; everybody but an admin sees a masked number."""
    phone = view.contact_phone or ""
    return plain(f"{view.contact_name or ''} {phone if with_phone else masked_phone(phone)}".strip())


def replies(heads: Sequence[ReplyHead]) -> Card:
    """Several replies fit: one is opened with a tap."""
    return _reply_list(f"找到 {len(heads)} 件答复", heads)


def choose(heads: Sequence[ReplyHead]) -> Card:
    """Two readings of a question are equally likely: the person says which was meant."""
    return _reply_list("您问的是哪一件？", heads)


def found_set(
    items: Sequence[CommitmentView], total: int, today: date, *, title: str, ids: tuple[int, ...] = (), offset: int = 0
) -> Card:
    """A page of all that a question asks for, each opened by its number; `ids` are what its other pages show."""
    if not items:
        return Card(lines(bold(f"{title}：没有"), "查过您可以看的全部承诺。"))
    shown = items[:PAGE_SIZE]
    rows: list[str] = []
    for order, view in enumerate(shown, offset + 1):
        rows += [
            f"{mark(order)}{plain(shorten(view.quote))}",
            f"  {state_line(view, today)}",
            f"  {plain(place_of(view))}",
        ]
    last = -(-len(ids) // PAGE_SIZE)
    paging = f"（第 {offset // PAGE_SIZE + 1}/{last} 页）" if last > 1 else ""
    listed = max(len(ids), len(shown))
    more = [f"只列出前 {listed} 项，请加上单位、编号或时间再问。"] if total > listed else []
    opening = [button(mark(order), "item", view.id) for order, view in enumerate(shown, offset + 1)]
    turning = _turning("found", 0, offset, len(ids))
    return Card(
        lines(bold(f"{title} · 共 {total} 项") + paging, "", *rows, *more),
        tuple(row for row in (*in_rows(opening, 6), turning) if row),
        about="found" if turning else None,
        commitment_ids=ids,
        params={"title": title, "total": total},
    )


def _turning(key: str, subject_id: int, offset: int, total: int) -> tuple[Button, ...]:
    """The way to the pages before and behind; `key` names the list so that they can be fetched."""
    pages = (("上一页", offset - PAGE_SIZE), ("下一页", offset + PAGE_SIZE))
    return tuple(button(label, "page", subject_id, f"{key}.{start}") for label, start in pages if 0 <= start < total)


def counted(items: Sequence[CommitmentView], total: int, today: date, *, ids: tuple[int, ...] = ()) -> Card:
    """A number first, then what was counted."""
    if not items:
        return Card(bold(f"共 {total} 项。"))
    listed = found_set(items, total, today, title="其中", ids=ids)
    return replace(listed, html=lines(bold(f"共 {total} 项。"), "", listed.html))


def rate(name: str, part: int, whole: int) -> Card:
    """A share in percent, with the numbers that it comes from."""
    words = {"dated": "明确时限率", "kept": "按期兑现率", "closed": "办结率"}[name]
    if not whole:
        return Card(f"{words}：还没有可以计算的承诺。")
    return Card(f"{bold(f'{words} {part / whole:.0%}')}\n{whole} 项中的 {part} 项。")


def contacts(rows: Sequence[tuple[ReplyHead, str | None, str | None]]) -> Card:
    """Whom to call about a reply; the number comes masked where the asker may not see it."""
    parts: list[str] = []
    for head, name, phone in rows[:5]:
        who = " ".join(word for word in (name, phone) if word) or "信中没有写联系人"
        parts += [bold(number_of(head)) + (f"《{plain(head.title)}》" if head.title and head.number else "")]
        parts += [f"{plain(head.unit or '答复单位未写')} · 联系人：{plain(who)}"]
    return Card(lines(*parts), in_rows([button("看这件答复", "reply", rows[0][0].id)]) if len(rows) == 1 else ())


def nothing_found(searched: Sequence[str], nearest: Sequence[CommitmentView]) -> Card:
    """An honest nothing: what was looked for and where; what is near is offered, never passed off as the answer."""
    looked_for = "、".join(f"“{plain(word)}”" for word in searched) or "您说的这件事"
    opening = [button(shorten(view.quote, 14), "item", view.id) for view in nearest[:2]]
    return Card(
        lines(
            f"没有查到{looked_for}。",
            "查过：您可以看的全部答复的承诺原文、标题、单位和人名。",
            "您要找的是不是：" if opening else "换一个词，或写上建议、提案的编号再试。",
        ),
        tuple((one,) for one in opening),
    )


def small_talk() -> Card:
    return Card("您好。想问哪件承诺的进展，直接写给我，例如：孵化器的办法出台了吗？ /help 看全部用法。")


def _reply_list(title: str, heads: Sequence[ReplyHead]) -> Card:
    rows = [f"{mark(order)}{_reply_line(head)}" for order, head in enumerate(heads[:9], 1)]
    opening = [button(mark(order), "reply", head.id) for order, head in enumerate(heads[:9], 1)]
    return Card(lines(bold(title), *rows), in_rows(opening, 5))


def _reply_line(head: ReplyHead) -> str:
    title = f"《{shorten(head.title, 24)}》" if head.title and head.number else ""
    return plain(f"{number_of(head)}{title} · {head.unit or '单位未写'}")
