"""The table of verbs: every state × role × verb is either allowed with its next state, or refused with a reason."""

from __future__ import annotations

from itertools import product

import pytest

from commitments.states import CommitmentState, RequestKind, Role
from commitments.verbs import (
    GRANTS,
    REQUESTS,
    RULES,
    TABLE,
    Audience,
    Forbidden,
    NotNow,
    Reminding,
    Standing,
    Verb,
    allowed_verbs,
    find_next_to_act,
    next_standing,
    next_state,
)

OPEN = Standing(CommitmentState.OPEN)
EVERYTHING = [
    (verb, role, Standing(state, pending))
    for verb, role, state, pending in product(Verb, Role, CommitmentState, (None, *RequestKind))
]


def test_every_verb_has_one_row() -> None:
    assert [rule.verb for rule in TABLE] == list(dict.fromkeys(rule.verb for rule in TABLE))
    assert set(RULES) == set(Verb)


def test_every_verb_is_allowed_or_refused_as_its_row_says() -> None:
    for verb, role, standing in EVERYTHING:
        rule = RULES[verb]
        fits = standing.state in rule.states and standing.pending in rule.pending
        if role not in rule.roles:
            with pytest.raises(Forbidden):
                next_standing(verb, frozenset({role}), standing)
        elif not fits:
            with pytest.raises(NotNow):
                next_standing(verb, frozenset({role}), standing)
        else:
            assert next_standing(verb, frozenset({role}), standing) == rule.after(standing)
        assert (verb in allowed_verbs(frozenset({role}), standing)) == (role in rule.roles and fits)


def test_a_stranger_may_do_nothing() -> None:
    assert not [verb for verb, role, standing in EVERYTHING if Role.STRANGER in RULES[verb].roles]


def test_only_what_is_open_can_have_something_pending() -> None:
    for rule in TABLE:
        for state, pending in product(rule.states, rule.pending):
            after = rule.after(Standing(state, pending))
            if pending is None or state == CommitmentState.OPEN:
                assert after.pending is None or after.state == CommitmentState.OPEN


@pytest.mark.parametrize("kind", list(RequestKind))
def test_a_request_waits_until_it_is_decided(kind: RequestKind) -> None:
    asked = next_standing(REQUESTS[kind], frozenset({Role.OFFICIAL}), OPEN)
    assert asked == Standing(CommitmentState.OPEN, kind)
    with pytest.raises(NotNow):
        next_standing(REQUESTS[kind], frozenset({Role.OFFICIAL}), asked)

    for decision in (GRANTS[kind], Verb.REFUSE):
        assert next_standing(decision, frozenset({Role.ADMIN}), asked).pending is None


def test_a_request_of_one_kind_is_not_granted_as_another() -> None:
    with pytest.raises(NotNow):
        next_standing(Verb.GRANT_DROP, frozenset({Role.ADMIN}), Standing(CommitmentState.OPEN, RequestKind.EXTENSION))


def test_requests_pause_reminders_and_their_end_starts_them_again() -> None:
    for kind in RequestKind:
        assert RULES[REQUESTS[kind]].reminders is Reminding.PAUSE
    for verb in (Verb.WITHDRAW, Verb.REFUSE, Verb.GRANT_EXTENSION, Verb.GRANT_TRANSFER):
        assert RULES[verb].reminders is Reminding.START


def test_whatever_ends_it_stops_reminders_and_whatever_opens_it_starts_them() -> None:
    for rule in TABLE:
        if rule.becomes in (CommitmentState.CLOSED, CommitmentState.REPORTED):
            assert rule.reminders is Reminding.STOP
        if rule.becomes == CommitmentState.OPEN:
            assert rule.reminders is Reminding.START


def test_delegates_hear_of_every_change_of_date_or_end() -> None:
    told = {rule.verb for rule in TABLE if Audience.DELEGATES in rule.tells}

    assert told >= {Verb.CLOSE, Verb.CHANGE_DUE, Verb.GRANT_EXTENSION, Verb.GRANT_DROP, Verb.REOPEN}
    assert Verb.REFUSE not in told


def test_whose_turn_it_is() -> None:
    assert find_next_to_act(OPEN) is Role.OFFICIAL
    assert find_next_to_act(Standing(CommitmentState.OPEN, RequestKind.DROP)) is Role.ADMIN
    assert find_next_to_act(Standing(CommitmentState.REPORTED)) is Role.ADMIN
    assert find_next_to_act(Standing(CommitmentState.CLOSED)) is None


def test_the_state_alone_is_enough_where_nothing_is_pending() -> None:
    assert next_state(Verb.CONFIRM, frozenset({Role.ADMIN}), CommitmentState.DRAFT) == CommitmentState.OPEN
