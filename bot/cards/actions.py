"""Which buttons an item's card has: the verbs that the table allows this reader now, the usual ones first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bot.buttons import Button, versioned
from commitments.states import Role, Satisfaction
from commitments.verbs import Verb, allowed_verbs
from storage.ledger.queries import CommitmentView


class Action(NamedTuple):
    """A verb, the words on its button, and what the button presses."""

    verb: Verb
    label: str
    press: str
    choice: str = ""


AT_ONCE = (
    Action(Verb.REPORT, "反馈进展", "ask_report"),
    Action(Verb.REPORT_DONE, "已办结", "done"),
    Action(Verb.ACKNOWLEDGE, "知悉", "ack"),
    Action(Verb.REFUSE, "审批", "request"),
    Action(Verb.CLOSE, "销号", "close"),
    Action(Verb.SEND_BACK, "退回", "send_back"),
    Action(Verb.RATE, "满意", "rate", Satisfaction.SATISFIED),
    Action(Verb.RATE, "基本满意", "rate", Satisfaction.FAIR),
    Action(Verb.RATE, "不满意", "rate", Satisfaction.DISSATISFIED),
    Action(Verb.CHANGE_DUE, "改期限", "ask_due"),
)
BEHIND_MORE = (
    Action(Verb.REQUEST_EXTENSION, "申请延期", "ask_extension"),
    Action(Verb.REQUEST_TRANSFER, "非本单位", "ask_transfer"),
    Action(Verb.REQUEST_DROP, "申请终止", "ask_drop"),
    Action(Verb.WITHDRAW, "撤回申请", "withdraw"),
    Action(Verb.ATTACH, "补充佐证", "ask_evidence"),
    Action(Verb.REASSIGN, "改派", "ask_reassign"),
    Action(Verb.EDIT, "改文字", "ask_words"),
    Action(Verb.SPLIT, "拆分", "ask_parts"),
    Action(Verb.MERGE, "并入", "ask_merge"),
    Action(Verb.REOPEN, "重新办理", "ask_reopen"),
)


def buttons_for(view: CommitmentView, roles: frozenset[Role], actions: Iterable[Action]) -> list[Button]:
    """A button for each action that these roles may take now."""
    allowed = () if view.merged_into_id else allowed_verbs(roles, view.standing)
    return [
        versioned(action.label, action.press, view.id, view.version, action.choice)
        for action in actions
        if action.verb in allowed
    ]
