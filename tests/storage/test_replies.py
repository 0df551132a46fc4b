"""Replies come in as drafts, are completed, corrected and confirmed by a person, and are never loaded twice."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from commitments.people import Actor
from commitments.states import CommitmentState, Role
from commitments.verbs import Forbidden
from storage.engine import Database
from storage.ledger.drafts import add_near_miss, drop_draft, keep_draft, set_draft_due, set_draft_owner
from storage.ledger.queries import (
    ReplyView,
    find_delegates_of,
    find_drafts_waiting,
    find_events,
    find_reply,
)
from storage.ledger.replies import (
    AlreadyLoaded,
    NotADraft,
    NotReady,
    confirm_reply,
    discard_reply,
    set_reply_date,
    set_unit,
)
from storage.tables import Contact, Event
from tests.storage.letters import CLERK, LETTER, NOW, READING, TODAY, found, load, load_and_confirm, reading_of


async def get(database: Database, reply_id: int | None) -> ReplyView:
    view = await find_reply(database, reply_id or 0)
    assert view is not None
    return view


async def test_nothing_waits_in_an_empty_ledger(database: Database) -> None:
    assert await find_drafts_waiting(database) == []
    assert await find_reply(database, 1) is None


async def test_a_loaded_letter_waits_as_a_draft_with_its_record(database: Database) -> None:
    reply = await load(database)

    view = await get(database, reply.id)
    assert (view.head.number, view.head.unit, view.addressees) == ("第57号", "澄湾市科学技术局", ("陈书宁", "何青禾"))
    assert [item.state for item in view.commitments] == [CommitmentState.DRAFT] * 2
    assert [head.id for head in await find_drafts_waiting(database)] == [reply.id]


async def test_only_an_admin_may_load(database: Database) -> None:
    official = Actor("周明远", frozenset({Role.OFFICIAL}), 5)
    with pytest.raises(Forbidden):
        await discard_reply(database, 1, now=NOW, by=official)


async def test_confirming_opens_the_drafts_and_makes_contact_and_delegates_known(database: Database) -> None:
    reply = await load_and_confirm(database)

    view = await get(database, reply.id)
    assert [item.state for item in view.commitments] == [CommitmentState.OPEN] * 2
    assert [row.name for row in await find_delegates_of(database, reply.id or 0)] == ["陈书宁", "何青禾"]
    async with database.reading() as session:
        contact = (await session.exec(select(Contact))).one()
    assert (contact.name, contact.phone) == ("周明远", "13900000026")


async def test_a_second_confirmation_is_refused(database: Database) -> None:
    reply = await load_and_confirm(database)

    with pytest.raises(NotADraft):
        await confirm_reply(database, reply.id or 0, now=NOW, today=TODAY, by=CLERK)


async def test_a_letter_without_date_and_unit_waits_for_both(database: Database) -> None:
    reply = await load(database, reading_of(replied_on=None, organ=None))
    number = reply.id or 0
    with pytest.raises(NotReady) as caught:
        await confirm_reply(database, number, now=NOW, today=TODAY, by=CLERK)
    assert set(caught.value.missing) == {"reply_date", "unit"}

    await set_reply_date(database, number, READING, date(2024, 6, 20), now=NOW, by=CLERK)
    await set_unit(database, number, "澄湾市科学技术局", now=NOW, by=CLERK)

    assert await confirm_reply(database, number, now=NOW, today=TODAY, by=CLERK) == 2
    view = await get(database, number)
    assert (view.head.replied_on, view.date_given_by_loader) == (date(2024, 6, 20), True)


async def test_what_the_loader_says_counts_only_where_the_letter_is_silent(database: Database) -> None:
    silent = await load(database, reading_of(replied_on=None, organ=None), replied_on=TODAY, unit="某局")
    telling = await load(database, reading_of(number="第58号"), text="另一封", replied_on=TODAY, unit="某局")

    first, second = await get(database, silent.id), await get(database, telling.id)
    assert (first.head.replied_on, first.head.unit) == (TODAY, "某局")
    assert (second.head.replied_on, second.head.unit) == (LETTER.replied_on, LETTER.organ)


@pytest.mark.parametrize("text", ["全文", " 全\u3000文。\r\n", "全－文"])
async def test_the_same_text_is_not_loaded_twice(database: Database, text: str) -> None:
    reply = await load(database)

    with pytest.raises(AlreadyLoaded) as caught:
        await load(database, reading_of(number=None), text=text)

    assert (caught.value.reply_id, bool(caught.value.difference)) == (reply.id, False)


async def test_a_second_version_of_a_letter_shows_what_differs(database: Database) -> None:
    await load(database)
    moved = (found("办法2024年10月31日前印发", date(2024, 11, 30)), found("新增一项"))
    other = reading_of()
    other = type(other)(other.letter, moved, (), True)

    with pytest.raises(AlreadyLoaded) as caught:
        await load(database, other, text="改过的全文")

    difference = caught.value.difference
    assert difference.only_now == ("新增一项",)
    assert difference.only_before == ("进一步优化服务",)
    assert difference.dates == (("办法2024年10月31日前印发", date(2024, 10, 31), date(2024, 11, 30)),)


async def test_a_discarded_letter_may_be_loaded_again(database: Database) -> None:
    reply = await load(database)
    await discard_reply(database, reply.id or 0, now=NOW, by=CLERK)

    again = await load(database)

    assert again.id != reply.id


async def test_an_admin_corrects_drops_and_adds_before_confirming(database: Database) -> None:
    reply = await load(database)
    first, second = (await get(database, reply.id)).commitments
    await set_draft_due(database, first.id, date(2024, 11, 15), now=NOW, by=CLERK)
    await set_draft_owner(database, first.id, "市财政局", now=NOW, by=CLERK)
    await keep_draft(database, first.id, now=NOW, by=CLERK)
    await drop_draft(database, second.id, now=NOW, by=CLERK)
    added = await add_near_miss(database, reply.id or 0, 0, now=NOW, by=CLERK)
    again = await add_near_miss(database, reply.id or 0, 0, now=NOW, by=CLERK)

    opened = await confirm_reply(database, reply.id or 0, now=NOW, today=TODAY, by=CLERK)

    assert (opened, added.id) == (2, again.id)
    view = await get(database, reply.id)
    assert (view.commitments[0].due_on, view.commitments[0].owner) == (date(2024, 11, 15), "市财政局")
    assert [item.state for item in view.commitments] == ["open", "dropped", "open"]


async def test_every_correction_is_an_event_with_the_value_before(database: Database) -> None:
    reply = await load(database)
    first = (await get(database, reply.id)).commitments[0]

    await set_draft_due(database, first.id, None, now=NOW, by=CLERK)

    event = (await find_events(database, first.id))[-1]
    assert (event.before["due_on"], event.after["due_on"]) == ("2024-10-31", None)
    async with database.reading() as session:
        assert [row.verb for row in await session.exec(select(Event))] == ["load", "edit_draft"]


async def test_a_contact_who_proved_the_number_before_is_bound_at_once(database: Database) -> None:
    await load_and_confirm(database)
    async with database.writing() as session:
        (await session.exec(select(Contact))).one().chat_id = 5
    other = reading_of(number="第58号", organ="澄湾市经济和信息化局")

    reply = await load_and_confirm(database, other, text="另一封")

    assert (await get(database, reply.id)).contact_is_bound
