"""Who may do what to a commitment, what becomes of it, who is told, what its reminders do: one table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from commitments.states import CommitmentState, RequestKind, Role

DRAFT, OPEN, REPORTED = CommitmentState.DRAFT, CommitmentState.OPEN, CommitmentState.REPORTED
CLOSED, DROPPED = CommitmentState.CLOSED, CommitmentState.DROPPED
ADMIN, OFFICIAL, DELEGATE = Role.ADMIN, Role.OFFICIAL, Role.DELEGATE


class Verb(StrEnum):
    CONFIRM = "confirm"
    EDIT_DRAFT = "edit_draft"
    DROP_DRAFT = "drop_draft"
    ACKNOWLEDGE = "acknowledge"
    REPORT = "report"
    ATTACH = "attach"
    REPORT_DONE = "report_done"
    CLOSE = "close"
    SEND_BACK = "send_back"
    REQUEST_EXTENSION = "request_extension"
    REQUEST_DROP = "request_drop"
    REQUEST_TRANSFER = "request_transfer"
    WITHDRAW = "withdraw"
    GRANT_EXTENSION = "grant_extension"
    GRANT_DROP = "grant_drop"
    GRANT_TRANSFER = "grant_transfer"
    REFUSE = "refuse"
    CHANGE_DUE = "change_due"
    REASSIGN = "reassign"
    EDIT = "edit"
    SPLIT = "split"
    MERGE = "merge"
    REOPEN = "reopen"
    RATE = "rate"
    REDO = "redo"
    """再办理: a delegate is not satisfied, so it is open again with a date of its own."""
    LOOK_BACK = "look_back"


class Audience(StrEnum):
    """Who hears of a verb."""

    ADMINS = "admins"
    CONTACTS = "contacts"
    """Those who answer for the commitment; where that changes, those before and after."""
    DELEGATES = "delegates"


class Reminding(StrEnum):
    """What a verb does to the reminders of its commitment."""

    START = "start"
    PAUSE = "pause"
    STOP = "stop"


class Standing(NamedTuple):
    """The stored state, and what is asked of the admins and not decided yet."""

    state: CommitmentState
    pending: RequestKind | None = None


NOTHING_PENDING: frozenset[RequestKind | None] = frozenset({None})
ANYTHING: frozenset[RequestKind | None] = frozenset({None, *RequestKind})
SOMETHING: frozenset[RequestKind | None] = frozenset(RequestKind)


@dataclass(frozen=True, slots=True)
class Rule:
    """A verb that `roles` may use while the commitment is in one of `states` and one of `pending` is undecided."""

    verb: Verb
    roles: frozenset[Role]
    states: frozenset[CommitmentState]
    becomes: CommitmentState | None = None
    """None where the state stays."""
    tells: frozenset[Audience] = frozenset()
    reminders: Reminding | None = None
    pending: frozenset[RequestKind | None] = NOTHING_PENDING
    asks: RequestKind | None = None
    """What is pending afterwards."""

    @property
    def settles(self) -> bool:
        """Whether an undecided request is decided or called off by it."""
        return None not in self.pending

    def after(self, standing: Standing) -> Standing:
        pending = None if self.settles else self.asks or standing.pending
        return Standing(self.becomes or standing.state, pending)


def _rule(
    verb: Verb,
    roles: set[Role],
    states: set[CommitmentState],
    becomes: CommitmentState | None = None,
    tells: Iterable[Audience] = (),
    reminders: Reminding | None = None,
    pending: Iterable[RequestKind | None] = NOTHING_PENDING,
    asks: RequestKind | None = None,
) -> Rule:
    return Rule(
        verb, frozenset(roles), frozenset(states), becomes, frozenset(tells), reminders, frozenset(pending), asks
    )


ADMINS, CONTACTS = {Audience.ADMINS}, {Audience.CONTACTS}
BOTH_SIDES = {Audience.CONTACTS, Audience.DELEGATES}
START, PAUSE, STOP = Reminding.START, Reminding.PAUSE, Reminding.STOP
EXTENSION, DROP, TRANSFER = RequestKind.EXTENSION, RequestKind.DROP, RequestKind.TRANSFER

TABLE = (
    # Before it is tracked.
    _rule(Verb.CONFIRM, {ADMIN}, {DRAFT}, OPEN, reminders=START),
    _rule(Verb.EDIT_DRAFT, {ADMIN}, {DRAFT}),
    _rule(Verb.DROP_DRAFT, {ADMIN}, {DRAFT}, DROPPED),
    # What officials do and say.
    _rule(Verb.ACKNOWLEDGE, {OFFICIAL}, {OPEN}, pending=ANYTHING),
    _rule(Verb.REPORT, {OFFICIAL}, {OPEN, REPORTED}, tells=ADMINS, pending=ANYTHING),
    _rule(Verb.ATTACH, {OFFICIAL}, {OPEN, REPORTED, CLOSED}, tells=ADMINS, pending=ANYTHING),
    _rule(Verb.REPORT_DONE, {OFFICIAL}, {OPEN}, REPORTED, ADMINS, STOP),
    # What officials ask for, and what admins answer.
    _rule(Verb.REQUEST_EXTENSION, {OFFICIAL}, {OPEN}, None, ADMINS, PAUSE, asks=EXTENSION),
    _rule(Verb.REQUEST_DROP, {OFFICIAL}, {OPEN}, None, ADMINS, PAUSE, asks=DROP),
    _rule(Verb.REQUEST_TRANSFER, {OFFICIAL}, {OPEN}, None, ADMINS, PAUSE, asks=TRANSFER),
    _rule(Verb.WITHDRAW, {OFFICIAL}, {OPEN}, None, ADMINS, START, pending=SOMETHING),
    _rule(Verb.GRANT_EXTENSION, {ADMIN}, {OPEN}, None, BOTH_SIDES, START, pending={EXTENSION}),
    _rule(Verb.GRANT_DROP, {ADMIN}, {OPEN}, DROPPED, BOTH_SIDES, STOP, pending={DROP}),
    _rule(Verb.GRANT_TRANSFER, {ADMIN}, {OPEN}, None, BOTH_SIDES, START, pending={TRANSFER}),
    _rule(Verb.REFUSE, {ADMIN}, {OPEN}, None, CONTACTS, START, pending=SOMETHING),
    # What admins decide on their own.
    _rule(Verb.CLOSE, {ADMIN}, {REPORTED}, CLOSED, BOTH_SIDES, STOP),
    _rule(Verb.SEND_BACK, {ADMIN}, {REPORTED}, OPEN, CONTACTS, START),
    _rule(Verb.CHANGE_DUE, {ADMIN}, {OPEN, REPORTED}, tells=BOTH_SIDES),
    _rule(Verb.REASSIGN, {ADMIN}, {OPEN}, tells=BOTH_SIDES),
    _rule(Verb.EDIT, {ADMIN}, {OPEN, REPORTED}, tells=CONTACTS),
    _rule(Verb.SPLIT, {ADMIN}, {OPEN}, tells=CONTACTS),
    _rule(Verb.MERGE, {ADMIN}, {OPEN}, DROPPED, CONTACTS, STOP),
    _rule(Verb.REOPEN, {ADMIN}, {CLOSED, DROPPED}, OPEN, BOTH_SIDES, START),
    # What the delegate who asked says of the result, and what is asked of both sides later.
    _rule(Verb.RATE, {DELEGATE}, {CLOSED}, tells=ADMINS),
    _rule(Verb.REDO, {DELEGATE}, {CLOSED}, OPEN, {Audience.ADMINS, Audience.CONTACTS}, START),
    _rule(Verb.LOOK_BACK, {OFFICIAL, DELEGATE}, {CLOSED}, tells=ADMINS),
)
RULES = {rule.verb: rule for rule in TABLE}
REQUESTS = {rule.asks: rule.verb for rule in TABLE if rule.asks is not None}
GRANTS = {EXTENSION: Verb.GRANT_EXTENSION, DROP: Verb.GRANT_DROP, TRANSFER: Verb.GRANT_TRANSFER}


class Forbidden(Exception):
    """The verb is not for this role."""

    def __init__(self, verb: Verb, roles: frozenset[Role]) -> None:
        super().__init__(f"{verb} is for {sorted(roles)}")
        self.verb, self.roles = verb, roles


class NotNow(Exception):
    """The commitment stands in a way in which the verb makes no sense (a second press, an old card)."""

    def __init__(self, verb: Verb, standing: Standing) -> None:
        super().__init__(f"{verb} in state {standing.state}, pending {standing.pending}")
        self.verb, self.standing = verb, standing


def check_role(verb: Verb, roles: frozenset[Role]) -> None:
    """Raises Forbidden."""
    if not RULES[verb].roles & roles:
        raise Forbidden(verb, RULES[verb].roles)


def next_standing(verb: Verb, roles: frozenset[Role], standing: Standing) -> Standing:
    """How it stands after the verb. Raises Forbidden or NotNow."""
    check_role(verb, roles)
    rule = RULES[verb]
    if standing.state not in rule.states or standing.pending not in rule.pending:
        raise NotNow(verb, standing)
    return rule.after(standing)


def next_state(verb: Verb, roles: frozenset[Role], state: CommitmentState) -> CommitmentState:
    """The state after the verb, where nothing is pending. Raises Forbidden or NotNow."""
    return next_standing(verb, roles, Standing(state)).state


def allowed_verbs(roles: frozenset[Role], standing: Standing) -> tuple[Verb, ...]:
    """What these roles may do now, in the table's order."""
    return tuple(
        rule.verb
        for rule in TABLE
        if rule.roles & roles and standing.state in rule.states and standing.pending in rule.pending
    )


def find_next_to_act(standing: Standing) -> Role | None:
    """Whose turn it is; None when nobody needs to do anything."""
    if standing.pending is not None or standing.state in (DRAFT, REPORTED):
        return ADMIN
    return OFFICIAL if standing.state == OPEN else None
