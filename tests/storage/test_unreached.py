"""The orphan list: who answers for open commitments and cannot be told."""

from __future__ import annotations

from datetime import date

from commitments.reminding import WhyNot
from commitments.states import CommitmentState
from storage.engine import Database
from storage.ledger.unreached import find_orphans
from tests.jobs.office import open_office

DUE = date(2024, 12, 31)


async def test_where_everybody_can_be_told_there_are_no_orphans(database: Database) -> None:
    office = await open_office(database)
    await office.add_commitment(DUE, contact_id=await office.add_person("周明远", 7_000_000_001))

    assert await find_orphans(database) == []


async def test_a_unit_without_open_commitments_is_no_orphan(database: Database) -> None:
    office = await open_office(database)
    await office.add_commitment(DUE, contact_id=await office.add_person("周明远", None), state=CommitmentState.CLOSED)

    assert await find_orphans(database) == []


async def test_orphans_are_listed_with_the_reason_the_heaviest_first(database: Database) -> None:
    bureau, district = await open_office(database), await open_office(database, "澄湾区人民政府")
    await bureau.add_person("周明远", None)
    await bureau.add_person("孙立", 7_000_000_002, reachable=False)
    await bureau.add_commitment(DUE)
    for _ in range(2):
        await district.add_commitment(DUE)

    orphans = await find_orphans(database)

    assert [(one.unit, one.name, one.why, one.open_commitments) for one in orphans] == [
        ("澄湾区人民政府", "", WhyNot.UNBOUND, 2),
        ("澄湾市交通运输局", "周明远", WhyNot.UNBOUND, 1),
        ("澄湾市交通运输局", "孙立", WhyNot.UNREACHABLE, 1),
    ]
