"""Contacts come in by the letter's phone number, everybody else by a link that works once and expires."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commitments.states import Role
from storage.engine import Database
from storage.ledger.people import (
    INVITE_LASTS,
    InviteRefused,
    add_contact,
    add_delegate,
    bind_by_phone,
    count_open_items,
    create_invite,
    find_speaker,
    find_units_by_phone,
    get_contact,
    get_delegate,
    redeem_invite,
    touch_account,
)
from storage.tables import Account
from tests.storage.letters import CLERK, NOW, load_and_confirm

CHAT = 7_000_000_001


async def test_a_stranger_has_no_role(database: Database) -> None:
    speaker = await find_speaker(database, CHAT, "路人", frozenset({9}))

    assert speaker.is_stranger
    assert (await find_speaker(database, 9, "王芷", frozenset({9}))).is_admin


@pytest.mark.parametrize("phone", ["+8613900000026", "8613900000026", "139 0000 0026", "008613900000026"])
async def test_the_letter_s_number_binds_its_contact(database: Database, phone: str) -> None:
    await load_and_confirm(database)

    bound = await bind_by_phone(database, CHAT, phone, now=NOW, admins=(9,))

    assert bound is not None
    assert (bound.name, bound.unit, bound.role, bound.first_time) == ("周明远", "澄湾市科学技术局", Role.OFFICIAL, True)
    speaker = await find_speaker(database, CHAT, "zhou", frozenset())
    assert (speaker.name, speaker.roles) == ("周明远", frozenset({Role.OFFICIAL}))
    assert await count_open_items(database, speaker.unit_ids) == 2


@pytest.mark.parametrize("phone", ["+8613900000027", "", "6013527", "138****0026"])
async def test_no_other_number_binds(database: Database, phone: str) -> None:
    await load_and_confirm(database)

    assert await bind_by_phone(database, CHAT, phone, now=NOW, admins=()) is None


async def test_binding_again_is_no_first_time(database: Database) -> None:
    await load_and_confirm(database)
    await bind_by_phone(database, CHAT, "13900000026", now=NOW, admins=())

    again = await bind_by_phone(database, CHAT, "13900000026", now=NOW, admins=())

    assert again is not None
    assert not again.first_time


async def test_a_delegate_s_link_works_once(database: Database) -> None:
    delegate = await add_delegate(database, "陈书宁")
    code = await create_invite(database, delegate_id=delegate.id, now=NOW, by=CLERK)

    bound = await redeem_invite(database, CHAT, code, now=NOW, admins=(9,))
    assert (bound.name, bound.role) == ("陈书宁", Role.DELEGATE)
    assert not (await redeem_invite(database, CHAT, code, now=NOW, admins=())).first_time
    with pytest.raises(InviteRefused, match="used"):
        await redeem_invite(database, CHAT + 1, code, now=NOW, admins=())


async def test_a_link_expires_and_a_made_up_one_is_unknown(database: Database) -> None:
    contact = await add_contact(database, "澄湾市交通运输局", "林清越")
    code = await create_invite(database, contact_id=contact.id, now=NOW, by=CLERK)

    with pytest.raises(InviteRefused, match="expired"):
        await redeem_invite(database, CHAT, code, now=NOW + INVITE_LASTS + timedelta(seconds=1), admins=())
    with pytest.raises(InviteRefused, match="unknown"):
        await redeem_invite(database, CHAT, "made-up", now=NOW, admins=())


async def test_the_same_person_is_added_once(database: Database) -> None:
    first = await add_contact(database, "澄湾市交通运输局", "林清越")
    again = await add_contact(database, "澄湾市交通运输局", "林清越")
    delegate = await add_delegate(database, "陈书宁")

    assert first.id == again.id
    assert (await get_contact(database, first.id or 0))[1] == "澄湾市交通运输局"
    assert (await get_delegate(database, delegate.id or 0)).name == "陈书宁"


async def test_units_are_found_by_their_contact_s_number(database: Database) -> None:
    await load_and_confirm(database)

    assert [unit.name for unit in await find_units_by_phone(database, "13900000026")] == ["澄湾市科学技术局"]
    assert await find_units_by_phone(database, "") == []


async def test_whoever_writes_can_be_reached_again(database: Database) -> None:
    await touch_account(database, CHAT, "周", now=NOW)
    async with database.writing() as session:
        account = await session.get(Account, CHAT)
        assert account is not None
        account.reachable = False

    await touch_account(database, CHAT, "周明远", now=NOW)

    async with database.reading() as session:
        account = await session.get(Account, CHAT)
    assert account is not None
    assert (account.reachable, account.name) == (True, "周明远")
