"""How every verb moves a commitment: checked against the table, written with its event, told to whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.people import Actor
from commitments.states import CommitmentState, RequestKind
from commitments.verbs import RULES, Audience, Standing, Verb, check_role, next_standing
from storage import outbox
from storage.ledger.drafts import get_locked
from storage.ledger.events import plain, record
from storage.ledger.follow import chats_of_followers
from storage.ledger.responsible import chats_of_contacts, chats_of_delegates, roles_towards
from storage.tables import Commitment, Event

KINDS = {
    Verb.REPORT: "reported",
    Verb.ATTACH: "reported",
    Verb.REPORT_DONE: "to_check",
    Verb.CLOSE: "closed",
    Verb.SEND_BACK: "sent_back",
    Verb.CHANGE_DUE: "due_changed",
    Verb.REQUEST_EXTENSION: "requested",
    Verb.REQUEST_DROP: "requested",
    Verb.REQUEST_TRANSFER: "requested",
    Verb.RATE: "rated",
}
"""What is said of a verb; of every other that it happened ("changed")."""


class Changed(Exception):
    """Somebody changed the commitment after the card was shown on which this verb was chosen."""

    def __init__(self, commitment_id: int) -> None:
        super().__init__(f"commitment {commitment_id}")
        self.commitment_id = commitment_id


async def take(
    session: AsyncSession, commitment_id: int, verb: Verb, *, by: Actor, expected: int | None = None
) -> Commitment:
    """The commitment, locked, for somebody who may use the verb now.

    `expected` is the version that the person saw. Raises NoResultFound, Forbidden, Changed or NotNow.
    """
    commitment = await get_locked(session, commitment_id)
    roles = await roles_towards(session, commitment, by)
    check_role(verb, roles)
    if expected is not None and expected != commitment.version:
        raise Changed(commitment_id)
    next_standing(verb, roles, standing_of(commitment))
    return commitment


async def move(
    session: AsyncSession,
    commitment: Commitment,
    verb: Verb,
    columns: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    now: datetime,
    note: str | None = None,
    more: Mapping[str, Any] | None = None,
) -> Event:
    """Let the verb do its work on the row; the event keeps every column that changed, before and after.

    `more` are facts that only the event keeps (a measured value, what a request asked for).
    """
    rule = RULES[verb]
    standing = next_standing(verb, rule.roles, standing_of(commitment))
    changes = {"state": standing.state, "pending": standing.pending} | dict(columns or {})
    changes = {name: value for name, value in changes.items() if getattr(commitment, name) != value}
    if changes.keys() - UNCOUNTED:
        changes["version"] = commitment.version + 1
    before = {name: plain(getattr(commitment, name)) for name in changes}
    for name, value in changes.items():
        setattr(commitment, name, value)
    after = {name: plain(value) for name, value in changes.items()} | dict(more or {})
    return await record(session, verb, at=now, by=by, commitment=commitment, before=before, after=after, note=note)


UNCOUNTED = frozenset({"last_report_at", "looked_back_on"})
"""Whoever decides on an older card need not be shown these first."""


async def tell(
    session: AsyncSession,
    commitment: Commitment,
    event: Event,
    *,
    now: datetime,
    admins: tuple[int, ...] = (),
    formerly: tuple[int, ...] = (),
    not_before: datetime | None = None,
) -> None:
    """Put what happened into the outbox of all whom the table names; `formerly` are contacts before the change."""
    verb = Verb(event.verb)
    audience = RULES[verb].tells
    chats = list(admins) if Audience.ADMINS in audience else []
    if Audience.CONTACTS in audience:
        chats += [*formerly, *await chats_of_contacts(session, commitment)]
    if Audience.DELEGATES in audience:
        chats += await chats_of_delegates(session, commitment)
        chats += await chats_of_followers(session, commitment.id)
    kind = KINDS.get(verb, "changed")
    params = {"commitment_id": commitment.id, "event_id": event.id}
    for chat_id in dict.fromkeys(chats):
        key = f"{kind}:{event.id}:{chat_id}"
        await outbox.add(session, chat_id, kind, params, now=now, key=key, not_before=not_before)


def standing_of(commitment: Commitment) -> Standing:
    pending = RequestKind(commitment.pending) if commitment.pending else None
    return Standing(CommitmentState(commitment.state), pending)
