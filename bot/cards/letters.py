"""Cards around a loaded letter: what was read, what is missing, one item under review, what was confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.buttons import Button, button
from bot.cards.base import (
    Card,
    basis_line,
    bold,
    day_words,
    in_rows,
    lines,
    mark,
    number_of,
    plain,
    shorten,
    targets_line,
)
from commitments.states import CommitmentState, ReplyState
from storage.ledger.queries import CommitmentView, ReplyHead, ReplyView
from storage.ledger.replies import Difference

DOUBTFUL = 0.8
"""A commitment of which the reader is less sure than this is shown to a person first."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one document: a draft, a reply that stands already (`difference`), or no letter at all."""

    name: str
    reply_id: int | None = None
    difference: Difference | None = None
    found: int = 0
    """How many commitments it holds."""
    missing: tuple[str, ...] = ()


def ask_for_letter() -> Card:
    return Card(
        lines(
            bold("📄 载入答复"),
            "请把答复文件发给我，一次可以发多个；也可以直接粘贴答复全文。",
            "文字较长时会被分成几段，全部发完后我再一起读。",
        ),
        about="letter",
        asks=True,
    )


def letter_part_kept(parts: int, characters: int) -> Card:
    """Telegram cut a pasted letter at its limit: the rest is awaited."""
    return Card(
        f"已收好第 {parts} 段，共 {characters} 字，这一段到了长度上限。\n请接着发完，或点“读完了”。",
        ((button("读完了", "letter_end"), button("不要了", "letter_drop")),),
    )


def loaded(reply: ReplyView) -> Card:
    """After a letter was read: its record, how many commitments, what to look at first."""
    drafts = drafts_of(reply)
    return Card(
        lines(
            bold("📄 答复已读完，请核对"),
            *_record(reply),
            "",
            _found_line(drafts),
            "确认之后才开始提醒。" if drafts else "没有找到承诺。可以不载入这件，或看看“差一点”的句子。",
        ),
        _loaded_buttons(reply),
        reply_id=reply.head.id,
    )


def ask_reply_date(reply: ReplyView, guess: date | None) -> Card:
    return Card(
        lines(
            bold("📅 请补答复日期"),
            number_of(reply.head),
            "这封答复没有写落款日期，“年内”“明年”要靠它推算。",
            "请发送日期，例如 2024-06-18。",
        ),
        _guess_row([button(f"用 {guess}", "reply_date", reply.head.id, str(guess))] if guess else [], reply.head.id),
        about="reply_date",
        reply_id=reply.head.id,
        asks=True,
    )


def ask_unit(reply: ReplyView, guesses: list[tuple[int, str]]) -> Card:
    return Card(
        lines(
            bold("🏛 请补答复单位"),
            number_of(reply.head),
            "这封答复没有写答复单位。",
            "请发送单位全称，例如 澄湾市交通运输局。",
        ),
        _guess_row([button(name, "unit", reply.head.id, str(unit_id)) for unit_id, name in guesses], reply.head.id),
        about="unit",
        reply_id=reply.head.id,
        asks=True,
    )


def choose_correction(reply: ReplyView) -> Card:
    return Card(
        lines(*_record(reply), "", "要改哪一样？"),
        (
            (button("改单位", "ask_unit", reply.head.id), button("改日期", "ask_date", reply.head.id)),
            (button("返回", "summary", reply.head.id),),
        ),
    )


def already_loaded(head: ReplyHead, difference: Difference) -> Card:
    """The same letter again: nothing was written, and this is how it differs."""
    state = "已确认" if head.state == ReplyState.CONFIRMED else "待确认"
    changes = [f"＋ {plain(shorten(quote))}" for quote in difference.only_now]
    changes += [f"－ {plain(shorten(quote))}" for quote in difference.only_before]
    changes += [
        f"⏱ {plain(shorten(quote, 24))}：{old or '无期限'} → {new or '无期限'}" for quote, old, new in difference.dates
    ]
    shown = changes[:8] + ([f"…还有 {len(changes) - 8} 处"] if len(changes) > 8 else [])
    return Card(
        lines(
            bold("📎 这件答复已经载入过"),
            f"{plain(number_of(head))}（{state}），没有重复载入。",
            "与已载入的比较：" if changes else "与已载入的内容一致。",
            *shown,
        ),
        ((button("看已载入的", "summary", head.id),),),
        reply_id=head.id,
    )


def review(view: CommitmentView, following: int | None) -> Card:
    """One draft under review; `following` is the draft that comes next."""
    sure = "" if view.reviewed else f" · 把握 {view.confidence:.0%}"
    done = {CommitmentState.DROPPED: "已标为“不是承诺”", CommitmentState.DRAFT: "已核对" if view.reviewed else None}
    return Card(
        lines(
            bold(f"第 {view.position} 项 / {view.total}") + sure,
            f"“{plain(view.quote)}”",
            due_reading(view),
            f"目标：{targets_line(view.targets)}" if view.targets else None,
            f"可核验：{'是' if view.verifiable else '否'} · 责任：{plain(view.owner or view.reply.unit or '答复单位')}",
            f"✔ {done[view.state]}" if done.get(view.state) else None,
        ),
        _review_buttons(view, following),
        reply_id=view.reply.id,
        commitment_ids=(view.id,),
    )


def due_reading(view: CommitmentView) -> str:
    """The due date with the words and the rule that gave it."""
    if view.due_on is None:
        words = f"（原文“{plain(view.due_text)}”）" if view.due_text else ""
        return f"期限：未明确{words}"
    how = view.derivation or basis_line(view)
    return f"期限：{day_words(view.due_on)}" + (f"\n<i>{plain(how) if view.derivation else how}</i>" if how else "")


def ask_due(view: CommitmentView) -> Card:
    """An admin is asked for the right due date, of a draft or of an open commitment."""
    return Card(
        lines(
            bold("📅 请发送新的期限"),
            f"“{plain(shorten(view.quote, 60))}”",
            f"现为：{view.due_on or '未明确'}",
            "可以写 2024-12-31，也可以写“三季度末”。",
        ),
        ((button("没有期限", "no_due", view.id), button("取消", "item", view.id)),)
        if view.state == CommitmentState.DRAFT
        else ((button("取消", "item", view.id),),),
        about="due",
        commitment_ids=(view.id,),
        asks=True,
        params={"version": view.version},
    )


def ask_owner(view: CommitmentView) -> Card:
    return Card(
        lines(
            bold("🏛 请发送责任单位"), f"“{plain(shorten(view.quote, 60))}”", f"现为：{plain(view.owner or '答复单位')}"
        ),
        ((button("就是答复单位", "no_owner", view.id), button("取消", "item", view.id)),),
        about="owner",
        commitment_ids=(view.id,),
        asks=True,
    )


def ask_quote(view: CommitmentView) -> Card:
    return Card(
        lines(bold("✏️ 请发送改好的文字"), f"现为：“{plain(view.quote)}”", "期限不会因此改变。"),
        ((button("取消", "item", view.id),),),
        about="quote",
        commitment_ids=(view.id,),
        asks=True,
    )


_NEAR_MISSES_SHOWN = 8


def near_misses(reply: ReplyView) -> Card:
    """What the reader nearly took, the likeliest first: an admin adds one with a tap."""
    taken = {view.quote for view in reply.commitments}
    left = [(index, row) for index, row in enumerate(reply.near_misses) if row["quote"] not in taken]
    open_ones = sorted(left, key=lambda item: -item[1]["confidence"])[:_NEAR_MISSES_SHOWN]
    more = len(left) - len(open_ones)
    rows = [f"{mark(order)} {plain(shorten(row['quote'], 70))}" for order, (_, row) in enumerate(open_ones, 1)]
    adding = [
        button(f"加入 {mark(order)}", "near_add", reply.head.id, str(index))
        for order, (index, _) in enumerate(open_ones, 1)
    ]
    return Card(
        lines(
            bold("差一点的句子"),
            "这些句子没有当作承诺，您看着是，就点一下加入。" if rows else "没有了。",
            *rows,
            f"另有 {more} 句可能性更小，没有列出。" if more else None,
        ),
        (*in_rows(adding), (button("返回", "summary", reply.head.id),)),
        reply_id=reply.head.id,
    )


def confirmed(reply: ReplyView, opened: int | None = None) -> Card:
    """How many were opened is None when that was before: then those that are open still are counted."""
    still_open = [view for view in reply.commitments if view.state == CommitmentState.OPEN]
    opened = len(still_open) if opened is None else opened
    contact = reply.contact_name or "联系人"
    bound = "提醒会发给" if reply.contact_is_bound else "尚未绑定，绑定后开始提醒："
    dated = sum(view.due_on is not None for view in still_open)
    return Card(
        lines(
            bold(f"✅ 已确认 {opened} 项承诺"),
            number_of(reply.head),
            f"{dated} 项有期限，{opened - dated} 项未明确时限。",
            f"{bound}{plain(contact)}（{plain(reply.head.unit or '')}）"
            if reply.contact_id
            else "信中没有联系人，请邀请一位。",
        ),
        (
            (
                button("邀请联系人", "invite_contact", reply.head.id),
                button("邀请代表", "invite_delegate", reply.head.id),
            ),
            (button("看承诺清单", "list", reply.head.id),),
        ),
        reply_id=reply.head.id,
    )


def discarded(head: ReplyHead) -> Card:
    return Card(f"{bold('已作废')}\n{plain(number_of(head))} 没有载入。需要时可以重新发送这份文件。")


def drafts_waiting(heads: list[ReplyHead]) -> Card:
    if not heads:
        return Card("没有待核对的答复。发送文件或 /load 载入新的答复。")
    rows = [
        f"{mark(order)} {plain(number_of(head))} · {plain(head.unit or '单位待补')}"
        for order, head in enumerate(heads[:10], 1)
    ]
    opening = [button(mark(order), "summary", head.id) for order, head in enumerate(heads[:10], 1)]
    return Card(lines(bold(f"📄 待核对的答复 {len(heads)} 件"), *rows), in_rows(opening, 5))


def drafts_of(reply: ReplyView) -> list[CommitmentView]:
    return [view for view in reply.commitments if view.state == CommitmentState.DRAFT]


def draft_after(reply: ReplyView, view: CommitmentView) -> int | None:
    """The draft that follows in the letter."""
    return next((row.id for row in drafts_of(reply) if row.position > view.position), None)


def _record(reply: ReplyView) -> list[str | None]:
    head = reply.head
    co_organs = f"（会同{plain('、'.join(reply.co_organs))}）" if reply.co_organs else ""
    facts = [
        f"答复日期：{head.replied_on or '未写'}" + ("（由载入人补充）" if reply.date_given_by_loader else ""),
        f"办理类型：{reply.category} 类" if reply.category else None,
    ]
    people = [
        f"致：{plain('、'.join(reply.addressees))}" if reply.addressees else None,
        f"联系人：{plain(' '.join(filter(None, (reply.contact_name, reply.contact_phone))))}"
        if reply.contact_name or reply.contact_phone
        else None,
    ]
    return [
        plain(number_of(head)) + (f"《{plain(head.title)}》" if head.title and head.number else ""),
        f"答复单位：{plain(head.unit or '未写')}{co_organs}",
        " · ".join(fact for fact in facts if fact),
        " · ".join(person for person in people if person) or None,
    ]


def _found_line(drafts: list[CommitmentView]) -> str:
    dated = sum(view.due_on is not None for view in drafts)
    doubtful = sum(view.confidence < DOUBTFUL and not view.reviewed for view in drafts)
    doubt = f"{doubtful} 项请您先看（把握较小）。" if doubtful else ""
    return f"找到 <b>{len(drafts)} 项承诺</b>，{dated} 项有期限。{doubt}"


def _loaded_buttons(reply: ReplyView) -> tuple[tuple[Button, ...], ...]:
    number = reply.head.id
    if reply.head.state != ReplyState.DRAFT:
        return ((button("看承诺清单", "list", number),),)
    first: tuple[Button, ...] = ()
    if drafts_of(reply):
        first = (button("全部确认", "confirm_all", number), button("逐条核对", "review", number))
    extra = (button("差一点的", "near", number),) if reply.near_misses else ()
    return tuple(
        row
        for row in (first, (button("改单位或日期", "correct", number), *extra, button("不要这件", "discard", number)))
        if row
    )


def _review_buttons(view: CommitmentView, following: int | None) -> tuple[tuple[Button, ...], ...]:
    if view.state != CommitmentState.DRAFT:
        first: tuple[Button, ...] = ()
    else:
        first = (
            button("确认", "keep", view.id),
            button("改期限", "ask_due", view.id),
            button("改责任", "ask_owner", view.id),
        )
    drop = (
        (button("改文字", "ask_quote", view.id), button("不是承诺", "drop", view.id))
        if view.state == CommitmentState.DRAFT
        else ()
    )
    next_one = (button("下一项", "item", following),) if following else ()
    rows = (first, (*drop, *next_one), (button("返回汇总", "summary", view.reply.id),))
    return tuple(row for row in rows if row)


def _guess_row(guesses: list[Button], reply_id: int) -> tuple[tuple[Button, ...], ...]:
    return (*((guess,) for guess in guesses), (button("以后再补", "later", reply_id),))


def many_loaded(outcomes: Sequence[Loaded]) -> Card:
    """After an archive was read: what became of its letters."""
    fresh = [row for row in outcomes if row.reply_id and row.difference is None]
    known = [row for row in outcomes if row.difference is not None]
    no_letters = [row for row in outcomes if row.reply_id is None]
    return Card(
        lines(
            bold(f"📄 载入 {len(fresh)} 件，等待核对"),
            f"{len(known)} 件以前载入过，没有重复载入。" if known else None,
            f"{len(no_letters)} 个文件不像答复，没有载入：" if no_letters else None,
            *(f"· {plain(row.name)}" for row in no_letters[:8]),
        ),
        ((button("去核对", "drafts"),),) if fresh else (),
    )


def confirm_discard(reply: ReplyView) -> Card:
    """What sets a whole letter aside asks once more."""
    return Card(
        lines(
            bold("要作废这件答复吗？"),
            plain(number_of(reply.head)),
            f"其中 {len(drafts_of(reply))} 项待确认的承诺也一起作废。",
        ),
        ((button("作废", "discard_yes", reply.head.id), button("返回", "summary", reply.head.id)),),
    )
