"""The hash of an event over the one before it. Its form is fixed: every ledger's chain was made with it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

FIRST = "0" * 64
"""What stands before the first event."""
CHAINED = ("at", "verb", "actor_id", "actor", "reply_id", "commitment_id", "before", "after", "note")


def event_sha256(previous: str, fields: dict[str, Any]) -> str:
    """`fields` are those of CHAINED; the instant must be aware."""
    at = fields["at"]
    assert isinstance(at, datetime), "an event has its instant"
    row = [fields[name] for name in CHAINED[1:]]
    written = json.dumps([previous, at.astimezone(UTC).isoformat(), *row], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()
