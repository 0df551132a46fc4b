"""The words for who people are and where a reply, a commitment or a message stands."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    ADMIN = "admin"
    OFFICIAL = "official"
    DELEGATE = "delegate"
    STRANGER = "stranger"


class Rank(StrEnum):
    """In which order the people of a unit are told."""

    CONTACT = "contact"
    DEPUTY = "deputy"
    LEADER = "leader"
    ADMIN = "admin"
    """Not a rank of the unit: whoever is told when nobody of the unit answers."""


class ReplyState(StrEnum):
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"


class CommitmentState(StrEnum):
    """Stored states; *overdue* and the light are derived (see lights.py)."""

    DRAFT = "draft"
    OPEN = "open"
    REPORTED = "reported"
    CLOSED = "closed"
    DROPPED = "dropped"


class OutgoingState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    VOID = "void"
    """No longer true when its turn came, so nobody was told."""


class RequestKind(StrEnum):
    """What an official may ask the admins for; while it is undecided it is the commitment's `pending`."""

    EXTENSION = "extension"
    DROP = "drop"
    TRANSFER = "transfer"


class RequestState(StrEnum):
    PENDING = "pending"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Satisfaction(StrEnum):
    """满意 · 基本满意 · 不满意, as the delegate who asked rates a closed commitment."""

    SATISFIED = "satisfied"
    FAIR = "fair"
    DISSATISFIED = "dissatisfied"
