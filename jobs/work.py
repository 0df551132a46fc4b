"""What every job is given to work with."""

from __future__ import annotations

from dataclasses import dataclass, field

from commitments.retention import Retention
from commitments.rhythm import Rhythm
from commitments.rulesets import RULE_SETS, RuleSet
from storage.engine import Database


@dataclass(frozen=True, slots=True)
class Work:
    database: Database
    rhythm: Rhythm
    admins: tuple[int, ...] = ()
    retention: Retention = field(default_factory=Retention)
    rules: RuleSet = RULE_SETS["usual"]
