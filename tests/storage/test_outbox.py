"""The outbox says each thing once, in order of worth, and never loses or hides one."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from commitments.people import Actor
from commitments.states import OutgoingState, Role
from storage import outbox, sending
from storage.engine import Database
from storage.outbox import ANSWER, BULK, Said, Saying
from storage.sending import Wanted
from storage.tables import Card, Event, Outgoing

NOON = datetime(2024, 6, 18, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ZHOU, CHEN = 7_000_000_001, 7_000_000_002
ADMIN = Actor("督查室", frozenset({Role.ADMIN}), 7_000_000_009)


async def put(database: Database, chat_id: int = ZHOU, kind: str = "closed", **options: object) -> int | None:
    async with database.writing() as session:
        return await outbox.add(session, chat_id, kind, {"commitment_id": 1}, now=NOON, **options)  # type: ignore[arg-type]


async def claim(database: Database, **options: object) -> Saying:
    [saying] = await sending.claim(database, Wanted(NOON, **options))  # type: ignore[arg-type]
    return saying


async def only_row(database: Database) -> Outgoing:
    async with database.reading() as session:
        return (await session.exec(select(Outgoing))).one()


async def test_an_empty_outbox_has_nothing_to_say(database: Database) -> None:
    assert await sending.claim(database, Wanted(NOON)) == []
    assert (await outbox.read_health(database)).waiting == 0


async def test_a_message_is_undone_with_its_reason(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.writing() as session:
            await outbox.add(session, ZHOU, "closed", {}, now=NOON)
            1 / 0  # noqa: B018

    assert await sending.claim(database, Wanted(NOON)) == []


async def test_the_same_fact_is_said_once(database: Database) -> None:
    assert await put(database, key="closed:1:7") is not None
    assert await put(database, key="closed:1:7") is None
    assert await put(database) is not None
    assert await put(database) is not None


async def test_a_claimed_message_is_not_claimed_twice(database: Database) -> None:
    await put(database)

    saying = await claim(database)

    assert (saying.chat_id, saying.kind, saying.params, saying.attempts) == (ZHOU, "closed", {"commitment_id": 1}, 1)
    assert await sending.claim(database, Wanted(NOON)) == []


async def test_many_hands_claim_each_message_once(database: Database) -> None:
    for _ in range(6):
        await put(database)

    taken = await asyncio.gather(*(sending.claim(database, Wanted(NOON, at_most=2)) for _ in range(9)))

    ids = [saying.id for handful in taken for saying in handful]
    assert len(ids) == len(set(ids)) == 6


async def test_answers_go_before_bulk(database: Database) -> None:
    await put(database, kind="digest", priority=BULK)
    await put(database, kind="closed")
    await put(database, kind="shown", priority=ANSWER)

    assert [(await claim(database)).kind for _ in range(3)] == ["shown", "closed", "digest"]


async def test_a_handful_is_taken_in_the_same_order(database: Database) -> None:
    await put(database, kind="digest", priority=BULK)
    await put(database, kind="closed")
    await put(database, kind="shown", priority=ANSWER)

    handful = await sending.claim(database, Wanted(NOON, at_most=2))

    assert [saying.kind for saying in handful] == ["shown", "closed"]


async def test_at_night_only_answers_are_said(database: Database) -> None:
    await put(database, kind="closed")
    await put(database, kind="shown", priority=ANSWER)

    assert (await claim(database, awake=False)).kind == "shown"
    assert await sending.claim(database, Wanted(NOON, awake=False)) == []


async def test_a_resting_chat_does_not_hold_up_the_others(database: Database) -> None:
    await put(database, ZHOU)
    await put(database, CHEN)

    assert (await claim(database, resting=frozenset({ZHOU}))).chat_id == CHEN


async def test_a_message_waits_for_its_time(database: Database) -> None:
    await put(database, not_before=NOON + MINUTE)

    assert await sending.claim(database, Wanted(NOON)) == []
    assert await sending.claim(database, Wanted(NOON + MINUTE))


async def test_what_was_sent_is_settled_and_can_be_answered(database: Database) -> None:
    await put(database)

    said = Said(message_id=51, about="report", commitment_ids=(1, 2))
    await sending.record_sent(database, await claim(database), said, now=NOON + MINUTE)

    row = await only_row(database)
    assert (row.state, row.message_id, row.sent_at) == (OutgoingState.SENT, 51, NOON + MINUTE)
    async with database.reading() as session:
        card = (await session.exec(select(Card))).one()
    assert (card.chat_id, card.message_id, card.about, card.commitment_ids) == (ZHOU, 51, "report", [1, 2])


async def test_what_nobody_can_answer_leaves_no_card(database: Database) -> None:
    await put(database)

    await sending.record_sent(database, await claim(database), Said(message_id=51), now=NOON)

    async with database.reading() as session:
        assert (await session.exec(select(Card))).all() == []


async def test_what_is_no_longer_true_is_not_said(database: Database) -> None:
    await put(database)

    await sending.record_void(database, await claim(database))

    assert (await only_row(database)).state == OutgoingState.VOID
    assert await sending.claim(database, Wanted(NOON)) == []


async def test_a_retry_waits_and_counts(database: Database) -> None:
    await put(database)

    await sending.record_retry(database, await claim(database), not_before=NOON + MINUTE, error="502")

    assert await sending.claim(database, Wanted(NOON)) == []
    [again] = await sending.claim(database, Wanted(NOON + MINUTE))
    assert again.attempts == 2
    assert not again.maybe_repeated


async def test_a_wait_for_a_limit_is_no_attempt(database: Database) -> None:
    await put(database)

    await sending.put_back(database, await claim(database), not_before=NOON)

    assert (await claim(database)).attempts == 1


async def test_a_claim_of_a_dead_process_is_said_again_with_a_mark(database: Database) -> None:
    await put(database)
    await claim(database)

    assert await sending.recover_claims(database) == 1
    assert (await claim(database)).maybe_repeated


async def test_a_failed_message_is_shown_and_can_be_sent_again(database: Database) -> None:
    await put(database)
    saying = await claim(database)
    async with database.writing() as session:
        await sending.record_failed(session, saying, error="403")

    assert [row.error for row in await outbox.find_failed(database)] == ["403"]
    assert await outbox.resend(database, saying.id, now=NOON, by=ADMIN)
    assert not await outbox.resend(database, saying.id, now=NOON, by=ADMIN)
    assert (await claim(database)).attempts == 1
    async with database.reading() as session:
        assert (await session.exec(select(Event))).one().verb == "resend"


async def test_health_counts_what_is_not_settled(database: Database) -> None:
    for _ in range(3):
        await put(database)
    await claim(database)

    health = await outbox.read_health(database)

    assert (health.waiting, health.sending, health.failed, health.waiting_since) == (2, 1, 0, NOON)
