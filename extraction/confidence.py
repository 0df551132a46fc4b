"""How sure the reader is of each thing that it took or left, 0..1."""

from __future__ import annotations

from extraction.commitments import Verdict
from extraction.outline import Placed
from extraction.splitting import Part


def rate(spot: Placed, verdict: Verdict, part: Part, words: str) -> float:
    """How sure it is that the quote is a commitment and that its fields are right."""
    return verdict.sureness


def near_miss_confidence(spot: Placed, verdict: Verdict) -> float | None:
    """How likely a segment that was left is a commitment after all; None when it is out of the question."""
    return 1 - verdict.sureness if verdict.sureness <= 0.8 else None
