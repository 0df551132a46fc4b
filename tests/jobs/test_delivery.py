"""What the outbox holds is said once, in waking hours; what goes wrong is waited out, handed over, or shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.cards.base import Card
from bot.messenger import TelegramMessenger
from bot.playground.faults import Fault
from bot.playground.people import Person
from bot.playground.server import BotApiServer
from commitments.clock import SetClock
from commitments.states import OutgoingState, Rank
from jobs.delivery import PAUSES, Delivery
from jobs.pace import UNLIMITED, Pace
from jobs.sweep import sweep
from storage import outbox, sending
from storage.engine import Database
from storage.outbox import ANSWER, Saying
from storage.sending import Wanted
from storage.tables import Account, Outgoing
from tests.jobs.office import RHYTHM, Office, morning
from tests.jobs.telegram import open_bot, serve

TUESDAY = date(2024, 12, 24)
NIGHT = timedelta(hours=13)


@dataclass
class Post:
    """A delivery over the local Bot API server, with the clock that it goes by."""

    database: Database
    server: BotApiServer
    clock: SetClock
    delivery: Delivery
    admin: Person

    async def put(self, person: Person, kind: str = "closed", **options: int) -> int:
        async with self.database.writing() as session:
            outgoing_id = await outbox.add(session, person.id, kind, {}, now=self.clock.now(), **options)  # type: ignore[arg-type]
        assert outgoing_id is not None
        return outgoing_id

    async def row(self, outgoing_id: int) -> Outgoing:
        async with self.database.reading() as session:
            return (await session.exec(select(Outgoing).where(Outgoing.id == outgoing_id))).one()

    def add_person(self, name: str) -> Person:
        person = self.server.add_person(name)
        person.start()
        return person


async def word(saying: Saying) -> Card | None:
    """The kind of message stands for its words; one is never true, one cannot be worded, one has broken HTML."""
    if saying.kind == "void":
        return None
    if saying.kind == "unwordable":
        raise KeyError("commitment_id")
    mark = "可能重复 " if saying.maybe_repeated else ""
    return Card("<b>broken" if saying.kind == "broken" else mark + saying.kind)


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with serve() as running:
        yield running


@pytest.fixture
def make_delivery(database: Database) -> Callable[..., Delivery]:
    def make(messenger: TelegramMessenger, clock: SetClock, admin: Person) -> Delivery:
        return Delivery(database, messenger, clock, RHYTHM, pace=Pace(UNLIMITED), admins=(admin.id,))

    return make


@pytest.fixture
async def post(database: Database, server: BotApiServer, make_delivery: Callable[..., Delivery]) -> AsyncIterator[Post]:
    clock, admin = SetClock(morning(TUESDAY)), server.add_person("督查室")
    admin.start()
    async with open_bot(server, read_timeout=0.3) as bot:
        yield Post(database, server, clock, make_delivery(TelegramMessenger(bot, word), clock, admin), admin)


def texts(person: Person) -> list[str]:
    return [message.words for message in person.inbox]


async def test_an_empty_outbox_is_nothing_to_do(post: Post) -> None:
    assert await post.delivery.deliver_next() is False
    assert await post.delivery.drain() == 0


async def test_a_message_is_said_once_and_settled(post: Post) -> None:
    zhou = post.add_person("周明远")
    outgoing_id = await post.put(zhou)

    await post.delivery.drain()
    await post.delivery.drain()

    assert texts(zhou) == ["closed"]
    row = await post.row(outgoing_id)
    assert (row.state, row.message_id) == (OutgoingState.SENT, zhou.last.id)


async def test_what_is_no_longer_true_is_not_said(post: Post) -> None:
    outgoing_id = await post.put(post.add_person("周明远"), "void")

    await post.delivery.drain()

    assert (await post.row(outgoing_id)).state == OutgoingState.VOID


async def test_news_wait_for_the_morning_and_answers_do_not(post: Post) -> None:
    zhou = post.add_person("周明远")
    post.clock.move(NIGHT)
    await post.put(zhou, "closed")
    await post.put(zhou, "shown", priority=ANSWER)

    await post.delivery.drain()
    assert texts(zhou) == ["shown"]

    post.clock.set(morning(TUESDAY + timedelta(days=1)))
    await post.delivery.drain()
    assert texts(zhou) == ["shown", "closed"]


async def test_a_server_error_is_waited_out_with_growing_pauses(post: Post) -> None:
    zhou = post.add_person("周明远")
    outgoing_id = await post.put(zhou)
    post.server.faults.add("sendMessage", Fault.SERVER_ERROR, times=2)

    for pause in (*PAUSES[:2], timedelta(0)):
        await post.delivery.drain()
        post.clock.move(pause)

    assert texts(zhou) == ["可能重复 closed"]
    assert (await post.row(outgoing_id)).attempts == 3


async def test_a_line_that_broke_half_way_marks_the_repetition(post: Post) -> None:
    zhou = post.add_person("周明远")
    await post.put(zhou)
    post.server.faults.add("sendMessage", Fault.RESET, after_effect=True)

    await post.delivery.drain()
    post.clock.move(PAUSES[0])
    await post.delivery.drain()

    assert texts(zhou) == ["closed", "可能重复 closed"]


async def test_a_message_that_fails_for_a_day_is_shown_to_admins_and_can_be_sent_again(post: Post) -> None:
    outgoing_id = await post.put(post.add_person("周明远"), "unwordable", priority=ANSWER)

    for pause in (*PAUSES, timedelta(0)):
        assert (await post.row(outgoing_id)).state == OutgoingState.WAITING
        await post.delivery.drain()
        post.clock.move(pause)

    row = await post.row(outgoing_id)
    assert (row.state, row.error) == (OutgoingState.FAILED, "KeyError: 'commitment_id'")
    post.clock.set(morning(TUESDAY + timedelta(days=2)))
    await post.delivery.drain()
    assert texts(post.admin) == ["undelivered"]


async def test_together_the_pauses_make_nearly_a_day() -> None:
    assert timedelta(hours=20) < sum(PAUSES, timedelta(0)) < timedelta(hours=24)


async def test_a_refused_card_fails_at_once_and_is_told(post: Post) -> None:
    outgoing_id = await post.put(post.add_person("周明远"), "broken")

    await post.delivery.drain()

    assert (await post.row(outgoing_id)).state == OutgoingState.FAILED
    assert texts(post.admin) == ["undelivered"]


async def test_one_chat_that_had_too_much_does_not_stop_the_others(post: Post) -> None:
    zhou, chen = post.add_person("周明远"), post.add_person("陈书宁")
    await post.put(zhou)
    await post.put(chen)
    post.server.faults.add("sendMessage", Fault.TOO_MANY, retry_after=30)

    await post.delivery.drain()

    assert (texts(zhou), texts(chen)) == ([], ["closed"])


async def test_a_wait_for_a_limit_is_no_attempt(post: Post) -> None:
    outgoing_id = await post.put(post.add_person("周明远"))
    post.server.faults.add("sendMessage", Fault.TOO_MANY, retry_after=30)

    await post.delivery.drain()

    row = await post.row(outgoing_id)
    assert (row.state, row.attempts, row.not_before) == (
        OutgoingState.WAITING,
        0,
        post.clock.now() + timedelta(seconds=30),
    )


async def test_who_blocked_the_bot_is_unreachable_at_once_and_admins_hear_of_it(post: Post) -> None:
    zhou = post.add_person("周明远")
    outgoing_id = await post.put(zhou)
    zhou.block()

    await post.delivery.drain()

    assert (await post.row(outgoing_id)).state == OutgoingState.FAILED
    async with post.database.reading() as session:
        assert (await session.get_one(Account, zhou.id)).reachable is False
    assert texts(post.admin) == ["unreachable"]


async def test_the_deputy_takes_over_what_a_blocked_contact_cannot_hear(post: Post, office: Office) -> None:
    zhou, li = post.add_person("周明远"), post.add_person("李副")
    contact = await office.add_person("周明远", zhou.id)
    await office.add_person("李副", li.id, rank=Rank.DEPUTY)
    commitment = await office.add_commitment(date(2024, 12, 31), contact_id=contact)
    await sweep(post.database, post.clock.now(), RHYTHM)
    zhou.block()

    await post.delivery.drain()

    assert (texts(zhou), texts(li)) == ([], ["digest"])
    assert (await office.digests())[1] == (li.id, [(commitment, 7)])
    assert (await office.outgoing("unreachable"))[0].params["commitment_ids"] == []


async def test_what_a_dead_process_had_in_hand_is_said_with_a_mark(post: Post) -> None:
    zhou = post.add_person("周明远")
    await post.put(zhou)
    await sending.claim(post.database, Wanted(post.clock.now()))

    running = asyncio.create_task(post.delivery.run())
    message = await zhou.receives("closed")
    post.delivery.stop()
    await asyncio.wait_for(running, 10)

    assert message.words == "可能重复 closed"


async def test_a_running_delivery_is_woken_by_a_new_message(post: Post) -> None:
    zhou = post.add_person("周明远")
    running = asyncio.create_task(post.delivery.run())

    await post.put(zhou)
    post.delivery.wake()
    await zhou.receives("closed")
    post.delivery.stop()
    await asyncio.wait_for(running, 10)

    assert texts(zhou) == ["closed"]


async def test_a_card_that_cannot_be_worded_does_not_slow_the_others(post: Post) -> None:
    zhou = post.add_person("周明远")
    for _ in range(5):
        await post.put(zhou, "unwordable", priority=ANSWER)
    await post.put(zhou)

    running = asyncio.create_task(post.delivery.run())
    await zhou.receives("closed", within=3)
    post.delivery.stop()
    await asyncio.wait_for(running, 10)

    assert texts(zhou) == ["closed"]
