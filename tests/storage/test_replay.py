"""Any sequence of verbs leaves rows that equal the replay of their events, and a sound chain."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copy

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from commitments.people import Actor
from commitments.rhythm import Rhythm
from commitments.rulesets import RULE_SETS
from commitments.states import CommitmentState, ReplyState, RequestKind, RequestState, Role, Satisfaction
from commitments.verbs import Forbidden, NotNow
from storage.engine import Database, open_database
from storage.ledger import lookback, progress, ratings, requests, splitting, units
from storage.ledger.events import record, snapshot
from storage.ledger.history import find_astray, replay, verify_chain
from storage.ledger.moving import Changed
from storage.ledger.progress import EvidenceFile, NoEvidence, SameChecker
from storage.ledger.queries import find_events
from storage.ledger.requests import TooLateToReturn, Wish
from storage.ledger.units import NobodyOfThatName
from storage.tables import Commitment, Contact, Delegate, Reply, ReplyDelegate, Request, Unit

NOON = datetime(2024, 6, 18, 4, 0, tzinfo=UTC)
TODAY, DUE = date(2024, 6, 18), date(2024, 12, 31)
RULES, RHYTHM = RULE_SETS["district"], Rhythm()
ADMIN = Actor("督查室 王芷", frozenset({Role.ADMIN}), 7_000_000_009)
OFFICIAL = Actor("周明远", frozenset({Role.OFFICIAL}), 7_000_000_001)
DELEGATE = Actor("陈书宁", frozenset({Role.DELEGATE}), 7_000_000_002)
REFUSALS: tuple[type[Exception], ...] = (Forbidden, NotNow, Changed, NoEvidence, SameChecker, TooLateToReturn)
REFUSALS += (NobodyOfThatName, lookback.AnsweredBefore)
PHOTO = EvidenceFile("photo", "AgAC", "照片.jpg", 9, "ab" * 32)

Step = Callable[[Database, int, datetime], Awaitable[object]]


def _wish(kind: RequestKind) -> Step:
    def ask(database: Database, item: int, now: datetime) -> Awaitable[object]:
        wish = Wish(kind, "管线迁改", date(2025, 3, 31), "澄湾市经济和信息化局")
        return requests.ask(database, item, wish, now=now, by=OFFICIAL, rules=RULES, rhythm=RHYTHM)

    return ask


def _rate(value: Satisfaction) -> Step:
    return lambda db, item, now: ratings.rate(
        db, item, value, reason="没有兑现", rules=RULES, now=now, today=TODAY, by=DELEGATE
    )


async def _look_back(database: Database, item: int, now: datetime) -> None:
    answers = lookback.Answers(kept=True, came_back=False, lasting=True)
    async with database.writing() as session:
        await lookback.ask_both_sides(session, date(2025, 6, 1), RULES, RHYTHM, now)
    await lookback.answer(database, item, answers, now=now, by=DELEGATE)


STEPS: dict[str, Step] = {
    "report": lambda db, item, now: progress.report(db, item, note="完成 8/14 家", now=now, by=OFFICIAL),
    "attach": lambda db, item, now: progress.report(db, item, note=None, files=(PHOTO,), now=now, by=OFFICIAL),
    "done": lambda db, item, now: progress.report_done(db, item, now=now, by=OFFICIAL, admins=()),
    "close": lambda db, item, now: progress.close(db, item, reason="已核实", now=now, by=ADMIN),
    "send_back": lambda db, item, now: progress.send_back(db, item, reason="再补", now=now, by=ADMIN),
    "change_due": lambda db, item, now: progress.change_due(
        db, item, date(2025, 1, now.minute % 28 + 1), reason=None, now=now, by=ADMIN
    ),
    "edit": lambda db, item, now: progress.edit(db, item, f"新增泊位{now.minute}个", now=now, by=ADMIN),
    "reopen": lambda db, item, now: progress.reopen(db, item, reason="反弹", now=now, today=TODAY, by=ADMIN),
    "extension": _wish(RequestKind.EXTENSION),
    "drop": _wish(RequestKind.DROP),
    "transfer": _wish(RequestKind.TRANSFER),
    "withdraw": lambda db, item, now: requests.withdraw(db, item, now=now, by=OFFICIAL),
    "grant": lambda db, item, now: requests.grant(db, item, now=now, today=TODAY, by=ADMIN),
    "refuse": lambda db, item, now: requests.refuse(db, item, reason="不行", now=now, by=ADMIN),
    "reassign": lambda db, item, now: units.reassign(
        db, item, "澄湾市交通运输局", reason=None, now=now, today=TODAY, by=ADMIN
    ),
    "hand_over": lambda db, item, now: units.hand_over(db, "澄湾市交通运输局", "周明远", "许言", now=now, by=ADMIN),
    "split": lambda db, item, now: splitting.split(db, item, ["一期完工", "二期完工"], now=now, by=ADMIN),
    "merge": lambda db, item, now: splitting.merge(db, item, 3 - item, now=now, by=ADMIN),
    "satisfied": _rate(Satisfaction.SATISFIED),
    "dissatisfied": _rate(Satisfaction.DISSATISFIED),
    "look_back": _look_back,
}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(1, 2)), max_size=25))
def test_rows_equal_the_replay_of_their_events(migrated_sqlite: Path, steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy(migrated_sqlite, Path(folder) / "ledger.db")
        asyncio.run(play(f"sqlite:///{folder}/ledger.db", steps))


def test_the_longest_way_goes_through_every_state(migrated_sqlite: Path, tmp_path: Path) -> None:
    way = "report extension refuse extension grant transfer grant reassign done send_back attach done close satisfied "
    way += "look_back dissatisfied done close reopen split drop grant reopen done close dissatisfied"
    copy(migrated_sqlite, tmp_path / "ledger.db")

    asyncio.run(play(f"sqlite:///{tmp_path}/ledger.db", [(name, 1) for name in way.split()], refusals=()))


async def test_a_row_that_somebody_changed_past_the_ledger_is_found(sqlite_url: str) -> None:
    database = await open_database(sqlite_url)
    await _open_two(database)
    async with database.writing() as session:
        row = await session.get_one(Commitment, 2)
        row.due_on = date(2026, 1, 1)

    found = await find_astray(database)
    await database.close()

    assert found == [2]


async def play(url: str, steps: list[tuple[str, int]], refusals: tuple[type[Exception], ...] = REFUSALS) -> None:
    """Let everything happen that may, then compare; what is refused must leave nothing behind."""
    database = await open_database(url)
    try:
        await _open_two(database)
        for number, (name, item) in enumerate(steps):
            with suppress(*refusals):
                await STEPS[name](database, item, NOON + timedelta(minutes=number))
        await _compare(database)
    finally:
        await database.close()


async def _compare(database: Database) -> None:
    async with database.reading() as session:
        rows = list(await session.exec(select(Commitment).order_by(col(Commitment.id))))
        waiting = list(await session.exec(select(Request).where(Request.state == RequestState.PENDING)))
    assert await find_astray(database) == []
    for row in rows:
        assert row.id is not None
        assert snapshot(row) == replay(await find_events(database, row.id))
        assert [one.kind for one in waiting if one.commitment_id == row.id] == ([row.pending] if row.pending else [])
    assert (await verify_chain(database)).broken_at is None


async def _open_two(database: Database) -> None:
    async with database.writing() as session:
        unit, other = Unit(name="澄湾市交通运输局"), Unit(name="澄湾市经济和信息化局")
        delegate = Delegate(name=DELEGATE.name, chat_id=DELEGATE.chat_id)
        session.add_all([unit, other, delegate])
        await session.flush()
        for row in (unit, other):
            session.add(Contact(unit_id=row.id or 0, name=OFFICIAL.name, chat_id=OFFICIAL.chat_id))
        reply = Reply(
            source="1.txt",
            text="",
            text_sha256="1",
            state=ReplyState.CONFIRMED,
            kind="delegate_suggestion",
            unit_id=unit.id,
            loaded_at=NOON,
            loaded_by=ADMIN.name,
        )
        session.add(reply)
        await session.flush()
        session.add(ReplyDelegate(reply_id=reply.id or 0, delegate_id=delegate.id or 0))
        for position in (1, 2):
            commitment = Commitment(
                reply_id=reply.id or 0,
                position=position,
                quote=f"第{position}项承诺",
                due_on=DUE,
                original_due_on=DUE,
                opened_on=TODAY,
                state=CommitmentState.OPEN,
            )
            session.add(commitment)
            await session.flush()
            await record(session, "open", at=NOON, by=ADMIN, commitment=commitment, after=snapshot(commitment))
