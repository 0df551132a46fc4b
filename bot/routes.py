"""One table each: commands (with their role and help line), buttons, and what an answer to a card of ours does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.commands import Command
from bot.context import Context, Pressed, Said
from bot.handlers import (
    amend,
    ask,
    bind,
    decide,
    follow,
    items,
    load,
    manage,
    rate,
    report,
    request,
    review,
    units,
    watch,
)
from commitments.states import Role
from storage.tables import Card as AskedCard

ButtonHandler = Callable[[Pressed, Context], Awaitable[None]]
AnswerHandler = Callable[[Said, AskedCard, Context], Awaitable[None]]

EVERYBODY = frozenset(Role)
BOUND = EVERYBODY - {Role.STRANGER}
ADMINS = frozenset({Role.ADMIN})


COMMANDS = (
    Command("load", load.load, ADMINS, "载入答复（发文件或粘贴全文）"),
    Command("drafts", load.drafts, ADMINS, "待核对的答复"),
    Command("status", ask.status, BOUND, "查进展，例如 /status 2024年9号"),
    Command("mine", ask.mine, BOUND, "我的承诺事项"),
    Command("today", ask.due_today, BOUND, "今天到期的"),
    Command("overdue", ask.overdue, BOUND, "已经逾期的"),
    Command("week", ask.week, BOUND, "七天内到期的"),
    Command("follows", follow.show_follows, BOUND, "我关注的承诺"),
    Command("history", ask.history, BOUND, "一项承诺的经过"),
    Command("rules", units.rules, BOUND, "本地办理规则"),
    Command("unit", units.unit, ADMINS, "单位的别名"),
    Command("handover", units.hand_over, ADMINS, "联系人交接"),
    Command("group", units.group, ADMINS, "代表团、党派的成员"),
    Command("outbox", watch.show_outbox, ADMINS, "没有发出的消息"),
    Command("orphans", watch.orphans, ADMINS, "送不到的联系人"),
    Command("invite", bind.invite, ADMINS, "邀请代表或联系人"),
    Command("health", manage.health, ADMINS, "运行情况"),
    Command("help", manage.help_, EVERYBODY, "能做什么"),
    Command("start", bind.start, EVERYBODY, "开始使用、绑定"),
)

ADMIN_BUTTONS: Mapping[str, ButtonHandler] = {
    "letter_end": load.end_letter,
    "letter_drop": load.drop_letter,
    "reply_date": load.press_reply_date,
    "unit": load.press_unit,
    "ask_date": load.ask_date,
    "ask_unit": load.ask_unit,
    "later": load.later,
    "drafts": review.open_drafts,
    "summary": review.summary,
    "correct": review.correct,
    "review": review.start_review,
    "confirm_all": review.confirm_all,
    "keep": review.keep,
    "drop": review.drop,
    "no_due": review.no_due,
    "ask_owner": review.ask_owner,
    "no_owner": review.no_owner,
    "ask_quote": review.ask_quote,
    "near": review.show_near_misses,
    "near_add": review.take_near_miss,
    "discard": review.discard,
    "discard_yes": review.discard_for_good,
    "invite_contact": bind.invite_contact,
    "invite_delegate": bind.invite_delegate,
    "invite_d": bind.invite_this_delegate,
    "invite_c": bind.invite_this_contact,
    "resend": watch.resend,
    "orphans": watch.show_orphans,
}

BUTTONS: Mapping[str, ButtonHandler] = {
    "follow": follow.follow,
    "unfollow": follow.unfollow,
    "week": follow.want_week,
    "ack": report.ack,
    "ack_all": report.ack_all,
    "later_ask": report.ask_put_off,
    "later_on": report.put_off,
    "ask_report": report.ask_report,
    "done": report.done,
    "done_yes": report.done_for_good,
    "ask_due": review.ask_due,
    "close": decide.close,
    "close_yes": decide.close_for_good,
    "send_back": decide.send_back,
    "files": decide.show_files,
    "more": items.show_more,
    "ask_evidence": report.ask_evidence,
    "say": report.say_usual,
    "ask_extension": request.ask_extension,
    "extend_on": request.extend_on,
    "ask_transfer": request.ask_transfer,
    "transfer_to": request.transfer_to,
    "ask_drop": request.ask_drop,
    "withdraw": request.withdraw,
    "request": request.show_request,
    "grant": request.grant,
    "grant_other": request.grant_other,
    "refuse": request.refuse,
    "ask_reassign": amend.ask_reassign,
    "reassign_to": amend.reassign_to,
    "ask_words": amend.ask_words,
    "ask_parts": amend.ask_parts,
    "ask_merge": amend.ask_merge,
    "merge_into": amend.merge_into,
    "merge_yes": amend.merge_for_good,
    "ask_reopen": amend.ask_reopen,
    "rate": rate.rate,
    "look_back": rate.look_back,
    "item": ask.show_item,
    "quote": ask.show_quote,
    "history": ask.show_history,
    "list": ask.show_list,
    "page": ask.show_page,
    "mine": ask.show_mine,
    "reply": ask.show_reply,
}

ANSWERS: Mapping[str, AnswerHandler] = {
    "reply_date": load.answer_reply_date,
    "unit": load.answer_unit,
    "due": review.answer_due,
    "owner": review.answer_owner,
    "quote": review.answer_quote,
    "report": report.answer_report,
    "put_off": report.answer_put_off,
    "send_back": decide.answer_send_back,
    "no_evidence": decide.answer_no_evidence,
    "extend_on": request.answer_extend_on,
    "transfer_to": request.answer_transfer_to,
    "request_reason": request.answer_reason,
    "grant_on": request.answer_grant_on,
    "refuse": request.answer_refuse,
    "reassign_to": amend.answer_reassign_to,
    "words": amend.answer_words,
    "parts": amend.answer_parts,
    "reopen": amend.answer_reopen,
    "dissatisfied": rate.answer_why,
}
"""By Card.about; "letter" is answered by text and files alike and is handled where messages come in."""

TEXT_ONLY_ANSWERS = frozenset(ANSWERS) - {"report"}
