"""What a commitment promises and who acts: targets, owners, rhythm, whether it can be checked."""

from __future__ import annotations

import pytest

from commitments.letters import Recurrence
from extraction.folding import fold
from extraction.owners import find_bracketed, find_unit
from extraction.recurrence import find_recurrence
from extraction.targets import find_targets
from extraction.verifiable import is_verifiable
from tests.extraction.letter_maker import corpus

SIGNS = corpus("signs")
RHYTHMS = [(text, kind) for kind in ("yearly", "quarterly", "monthly") for text in SIGNS[kind]]


@pytest.mark.parametrize(("text", "targets"), corpus("targets")["rows"])
def test_figures_that_are_promised_are_targets(text: str, targets: list[list[str | float]]) -> None:
    found = find_targets(fold(text))

    assert [[target.comparison.value, target.value, target.unit] for target in found] == targets


def test_a_target_says_what_is_counted() -> None:
    assert [target.metric for target in find_targets("计划改造老旧小区14个，引进30名硕士")] == ["改造老旧小区", "硕士"]


@pytest.mark.parametrize(("text", "owner"), corpus("owners")["rows"])
def test_the_unit_that_is_named_owns_the_promise(text: str, owner: str) -> None:
    clause = fold(text)
    found = find_unit(clause, "云山县住房和城乡建设局") or find_bracketed(clause, "云山县住房和城乡建设局")

    assert (found or "") == owner


@pytest.mark.parametrize(("text", "kind"), RHYTHMS)
def test_a_rhythm_is_read(text: str, kind: str) -> None:
    assert find_recurrence(text) is Recurrence(kind)


@pytest.mark.parametrize("text", SIGNS["once"])
def test_what_is_done_once_has_no_rhythm(text: str) -> None:
    assert find_recurrence(text) is None


@pytest.mark.parametrize("text", SIGNS["verifiable"])
def test_an_outsider_can_check_a_named_result(text: str) -> None:
    assert is_verifiable(fold(text), has_targets=False, has_own_date=False)


@pytest.mark.parametrize("text", SIGNS["unverifiable"])
def test_an_outsider_cannot_check_a_direction(text: str) -> None:
    assert not is_verifiable(fold(text), has_targets=False, has_own_date=False)
