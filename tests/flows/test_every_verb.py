"""Every verb × role × state through chat: a button of another's card, or of an old one, answers as the table says."""

from __future__ import annotations

import pytest

from bot import texts
from bot.playground.people import Person
from commitments.states import CommitmentState, RequestKind, Role
from commitments.verbs import RULES, Standing, Verb
from storage.tables import Commitment
from tests.flows.conftest import Story
from tests.flows.steps import begin

BUTTON_OF = {
    Verb.EDIT_DRAFT: "keep:{id}",
    Verb.DROP_DRAFT: "drop:{id}",
    Verb.ACKNOWLEDGE: "ack:{id}",
    Verb.REPORT: "ask_report:{id}",
    Verb.ATTACH: "ask_evidence:{id}",
    Verb.REPORT_DONE: "done:{id}",
    Verb.CLOSE: "close:{id}",
    Verb.SEND_BACK: "send_back:{id}",
    Verb.REQUEST_EXTENSION: "ask_extension:{id}",
    Verb.REQUEST_DROP: "ask_drop:{id}",
    Verb.REQUEST_TRANSFER: "ask_transfer:{id}",
    Verb.WITHDRAW: "withdraw:{id}",
    Verb.REFUSE: "refuse:{id}",
    Verb.CHANGE_DUE: "ask_due:{id}",
    Verb.REASSIGN: "ask_reassign:{id}",
    Verb.EDIT: "ask_words:{id}",
    Verb.SPLIT: "ask_parts:{id}",
    Verb.MERGE: "ask_merge:{id}",
    Verb.REOPEN: "ask_reopen:{id}",
    Verb.RATE: "rate:{id}:.satisfied",
    Verb.LOOK_BACK: "look_back:{id}:y",
}
"""Confirming is for whole replies, granting needs a request, and a second handling begins with a rating."""
STANDINGS = [Standing(state) for state in CommitmentState]
STANDINGS += [Standing(CommitmentState.OPEN, kind) for kind in RequestKind]


def refusal(verb: Verb, role: Role, standing: Standing) -> str | None:
    """What the table says to this person; None where the verb is allowed."""
    rule = RULES[verb]
    if verb in (Verb.EDIT_DRAFT, Verb.DROP_DRAFT) and role not in rule.roles:
        return texts.ADMINS_ONLY
    if role is Role.STRANGER:
        return texts.STRANGER
    if role not in rule.roles:
        return texts.forbidden(verb, rule.roles)
    fits = standing.state in rule.states and standing.pending in rule.pending
    return None if fits else texts.not_now(verb, standing)


@pytest.mark.parametrize("verb", sorted(BUTTON_OF))
async def test_a_button_that_is_not_for_this_person_or_moment_says_who_may_or_why_not(story: Story, verb: Verb) -> None:
    await begin(story)
    people = {Role.ADMIN: story.admin, Role.OFFICIAL: story.official, Role.DELEGATE: story.delegate}
    people[Role.STRANGER] = story.stranger
    story.stranger.start()
    await story.settled()

    # The date of a draft is corrected by the same button.
    for standing in STANDINGS[verb is Verb.CHANGE_DUE :]:
        await stand(story, standing)
        for role, person in people.items():
            if (expected := refusal(verb, role, standing)) is not None:
                assert await alert_of(story, person, BUTTON_OF[verb]) == expected, (role, standing)


@pytest.mark.parametrize("verb", sorted(set(BUTTON_OF) - {Verb.WITHDRAW, Verb.EDIT_DRAFT, Verb.DROP_DRAFT}))
async def test_a_button_that_is_for_this_person_and_moment_opens_its_step(story: Story, verb: Verb) -> None:
    await begin(story)
    people = {Role.ADMIN: story.admin, Role.OFFICIAL: story.official, Role.DELEGATE: story.delegate}
    allowed = [
        (role, standing)
        for standing in STANDINGS
        for role in people
        if verb is not Verb.REFUSE and refusal(verb, role, standing) is None
    ]

    for role, standing in allowed:
        await stand(story, standing)
        assert await alert_of(story, people[role], BUTTON_OF[verb]) is None, (role, standing)


async def stand(story: Story, standing: Standing) -> None:
    """The first commitment is put into a state, as if all that leads there had happened."""
    async with story.program.services.database.writing() as session:
        row = await session.get_one(Commitment, 1)
        row.state, row.pending = standing.state, standing.pending
        row.closed_at = story.clock.now() if standing.state == CommitmentState.CLOSED else None


async def alert_of(story: Story, person: Person, data: str) -> str | None:
    """The sentence over the chat after a press on a card of somebody else's, or of long ago."""
    before = len(person.alerts)
    press(story, person, data.format(id=1))
    await story.settled()
    return person.alerts[-1] if len(person.alerts) > before else None


def press(story: Story, person: Person, data: str) -> None:
    """A button with this data, whatever the card shows now."""
    playground = story.server.playground
    query = playground.callbacks.press(person, person.last, data, playground.now())
    playground.updates.put("callback_query", query.as_json())
