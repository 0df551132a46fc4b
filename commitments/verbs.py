"""Who may do what to a commitment, and what becomes of it: one table of verb × role × state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from commitments.states import CommitmentState, Role

DRAFT, OPEN, REPORTED = CommitmentState.DRAFT, CommitmentState.OPEN, CommitmentState.REPORTED
DROPPED, CLOSED = CommitmentState.DROPPED, CommitmentState.CLOSED


class Verb(StrEnum):
    CONFIRM = "confirm"
    EDIT_DRAFT = "edit_draft"
    DROP_DRAFT = "drop_draft"
    ACKNOWLEDGE = "acknowledge"
    REPORT = "report"
    REPORT_DONE = "report_done"
    CLOSE = "close"
    SEND_BACK = "send_back"
    CHANGE_DUE = "change_due"


@dataclass(frozen=True, slots=True)
class Rule:
    """A verb that `roles` may use while the commitment is in one of `states`; `becomes` is None where it stays."""

    verb: Verb
    roles: frozenset[Role]
    states: frozenset[CommitmentState]
    becomes: CommitmentState | None = None


def _rule(
    verb: Verb, roles: set[Role], states: set[CommitmentState], becomes: CommitmentState | None = None
) -> tuple[Verb, Rule]:
    return verb, Rule(verb, frozenset(roles), frozenset(states), becomes)


RULES = dict(
    (
        _rule(Verb.CONFIRM, {Role.ADMIN}, {DRAFT}, OPEN),
        _rule(Verb.EDIT_DRAFT, {Role.ADMIN}, {DRAFT}),
        _rule(Verb.DROP_DRAFT, {Role.ADMIN}, {DRAFT}, DROPPED),
        _rule(Verb.ACKNOWLEDGE, {Role.OFFICIAL}, {OPEN}),
        _rule(Verb.REPORT, {Role.OFFICIAL}, {OPEN, REPORTED}),
        _rule(Verb.REPORT_DONE, {Role.OFFICIAL}, {OPEN}, REPORTED),
        _rule(Verb.CLOSE, {Role.ADMIN}, {REPORTED}, CLOSED),
        _rule(Verb.SEND_BACK, {Role.ADMIN}, {REPORTED}, OPEN),
        _rule(Verb.CHANGE_DUE, {Role.ADMIN}, {OPEN, REPORTED}),
    )
)


class Forbidden(Exception):
    """The verb is not for this role."""

    def __init__(self, verb: Verb, roles: frozenset[Role]) -> None:
        super().__init__(f"{verb} is for {sorted(roles)}")
        self.verb, self.roles = verb, roles


class NotNow(Exception):
    """The commitment is in a state in which the verb makes no sense (a second press, an old card)."""

    def __init__(self, verb: Verb, state: CommitmentState) -> None:
        super().__init__(f"{verb} in state {state}")
        self.verb, self.state = verb, state


def next_state(verb: Verb, roles: frozenset[Role], state: CommitmentState) -> CommitmentState:
    """The state after the verb. Raises Forbidden or NotNow."""
    rule = RULES[verb]
    if not rule.roles & roles:
        raise Forbidden(verb, rule.roles)
    if state not in rule.states:
        raise NotNow(verb, state)
    return rule.becomes or state
