"""How long what is not part of any commitment's history is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept; None keeps them for good."""

    letter_parts: timedelta = timedelta(days=2)
    dead_invites: timedelta = timedelta(days=90)
    sent_messages: timedelta | None = None
    """Of what was said the ledger's events and reminders remain in any case."""
