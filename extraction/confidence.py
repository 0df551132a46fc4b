"""How sure the reader is of each thing that it took or left, 0..1."""

from __future__ import annotations

from extraction.commitments import Verdict


def confidence(verdict: Verdict) -> float:
    return verdict.sureness
