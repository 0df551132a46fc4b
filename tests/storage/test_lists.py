"""Who sees which commitments in a list, and in which order."""

from __future__ import annotations

from datetime import date

from commitments.people import Speaker
from commitments.states import Role
from storage.engine import Database
from storage.ledger.lists import Wanted, list_commitments
from storage.ledger.people import add_delegate
from storage.ledger.summary import count_ledger
from tests.storage.letters import NOW, TODAY, load_and_confirm, reading_of

EVERYTHING = Wanted()
ADMIN = Speaker(9, "王芷", frozenset({Role.ADMIN}))


async def quotes(
    database: Database,
    speaker: Speaker,
    wanted: Wanted = EVERYTHING,
    *,
    open_to_all: bool = False,
) -> list[str]:
    page = await list_commitments(database, speaker, wanted, open_to_all=open_to_all)
    return [item.quote for item in page.items]


async def test_an_empty_ledger_has_an_empty_list(database: Database) -> None:
    assert await quotes(database, ADMIN) == []


async def test_what_is_due_first_comes_first_and_what_has_no_date_last(database: Database) -> None:
    await load_and_confirm(database)

    assert await quotes(database, ADMIN) == ["办法2024年10月31日前印发", "进一步优化服务"]


async def test_a_span_of_days_includes_both_ends(database: Database) -> None:
    await load_and_confirm(database)
    day = date(2024, 10, 31)

    assert len(await quotes(database, ADMIN, Wanted(due_from=day, due_until=day))) == 1
    assert await quotes(database, ADMIN, Wanted(due_from=date(2024, 11, 1))) == []


async def test_officials_see_their_unit_s_and_nobody_else_s(database: Database) -> None:
    reply = await load_and_confirm(database)
    mine = Speaker(5, "周明远", frozenset({Role.OFFICIAL}), unit_ids=frozenset({reply.unit_id or 0}))
    other = Speaker(6, "林清越", frozenset({Role.OFFICIAL}), unit_ids=frozenset({99}))

    assert len(await quotes(database, mine)) == 2
    assert await quotes(database, other) == []


async def test_delegates_see_their_own_and_public_ones(database: Database) -> None:
    await load_and_confirm(database)
    await load_and_confirm(
        database, reading_of(number="第58号", addressees=("沈知夏",), disclosure="主动公开"), text="公开的"
    )
    chen = await add_delegate(database, "陈书宁")
    asker = Speaker(7, "陈书宁", frozenset({Role.DELEGATE}), delegate_ids=frozenset({chen.id or 0}))
    stranger = Speaker(8, "别人", frozenset({Role.DELEGATE}), delegate_ids=frozenset({99}))

    assert len(await quotes(database, asker)) == 4
    assert len(await quotes(database, asker, Wanted(only_own=True))) == 2
    assert len(await quotes(database, stranger)) == 2
    assert len(await quotes(database, stranger, open_to_all=True)) == 4


async def test_the_ledger_is_counted(database: Database) -> None:
    await load_and_confirm(database)

    counts = await count_ledger(database, date(2024, 11, 1), NOW)

    assert counts == {"drafts": 0, "open": 2, "reported": 0, "overdue": 1, "closed": 0, "reports": 0}
    assert (await count_ledger(database, TODAY, NOW))["overdue"] == 0
