"""What becomes of an open commitment: reported on, done, closed, sent back, moved, edited, opened again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.letters import Comparison, Target
from commitments.measures import find_measure
from commitments.people import Actor
from commitments.states import CommitmentState, ReplyState
from commitments.verbs import NotNow, Verb
from storage.engine import Database
from storage.ledger.events import record, snapshot
from storage.ledger.moving import move, standing_of, take, tell
from storage.search import index_commitment
from storage.tables import Commitment, Event, Evidence, Reply

ALBUM_SETTLES = timedelta(seconds=10)
"""The files of an album come within moments; the admins are told when all of them are there."""
SAME_REPORT_WITHIN = timedelta(minutes=2)
"""A message that was in hand when the process died comes again to the next one, though it may be kept already."""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A photo, document or link that came with a report; sha256 is None when no copy could be kept."""

    kind: str
    file_id: str
    file_name: str
    size_bytes: int
    sha256: str | None


class SameChecker(Exception):
    """Whoever reported a commitment done must not be the one who closes it."""


class NoEvidence(Exception):
    """It cannot be closed without evidence, or a reason why there is none."""


async def report(
    database: Database,
    commitment_id: int,
    *,
    note: str | None,
    files: tuple[EvidenceFile, ...] = (),
    album: str | None = None,
    now: datetime,
    by: Actor,
    admins: tuple[int, ...] = (),
) -> Event:
    """Keep what an official says about progress, with its evidence; files without words are attached.

    The same once more within moments is the same report. Raises Forbidden or NotNow.
    """
    verb = Verb.REPORT if note else Verb.ATTACH
    async with database.writing() as session:
        commitment = await take(session, commitment_id, verb, by=by)
        measure = find_measure(note, _targets(commitment)) if note else None
        more: dict[str, Any] = {"measure": asdict(measure)} if measure else {}
        more |= {"files": [file.sha256 or file.file_id for file in files]} if files else {}
        said = (verb, by.chat_id, note, more.get("files"))
        kept = await _find_last(session, commitment_id, since=now - SAME_REPORT_WITHIN)
        if kept and said == (kept.verb, kept.actor_id, kept.note, (kept.after or {}).get("files")):
            return kept
        event = await move(session, commitment, verb, {"last_report_at": now}, by=by, now=now, note=note, more=more)
        session.add_all(_evidence(file, event, album) for file in files)
        not_before = now + ALBUM_SETTLES if album else None
        await tell(session, commitment, event, now=now, admins=admins, not_before=not_before)
    return event


async def _find_last(session: AsyncSession, commitment_id: int, *, since: datetime) -> Event | None:
    last = select(Event).where(Event.commitment_id == commitment_id, Event.at >= since).order_by(col(Event.id).desc())
    return (await session.exec(last.limit(1))).first()


async def add_to_album(database: Database, commitment_id: int, album: str, files: tuple[EvidenceFile, ...]) -> int:
    """Put further files of an album to the report that its first one began; how many it has now."""
    async with database.writing() as session:
        mine = select(Evidence).where(Evidence.commitment_id == commitment_id, Evidence.album == album)
        rows = list(await session.exec(mine))
        known = {row.file_id for row in rows}
        event = (await session.exec(select(Event).where(Event.id == rows[0].event_id))).one()
        new = [_evidence(file, event, album) for file in files if file.file_id not in known]
        session.add_all(new)
    return len(rows) + len(new)


async def report_done(
    database: Database,
    commitment_id: int,
    *,
    now: datetime,
    by: Actor,
    admins: tuple[int, ...],
    expected: int | None = None,
) -> Commitment:
    """An official says it is done: it waits for a checker, and the admins are asked."""
    async with database.writing() as session:
        commitment = await take(session, commitment_id, Verb.REPORT_DONE, by=by, expected=expected)
        said = {"reporter_id": by.chat_id, "last_report_at": now}
        event = await move(session, commitment, Verb.REPORT_DONE, said, by=by, now=now)
        await tell(session, commitment, event, now=now, admins=admins)
    return commitment


async def close(
    database: Database,
    commitment_id: int,
    *,
    now: datetime,
    by: Actor,
    reason: str | None = None,
    expected: int | None = None,
) -> Commitment:
    """A checker who did not report it closes it; `reason` says why there is no evidence where there is none.

    Raises SameChecker, NoEvidence, Forbidden, Changed or NotNow.
    """
    async with database.writing() as session:
        commitment = await take(session, commitment_id, Verb.CLOSE, by=by, expected=expected)
        if by.chat_id is not None and by.chat_id == commitment.reporter_id:
            raise SameChecker
        if not reason and not await _has_evidence(session, commitment):
            raise NoEvidence
        event = await move(session, commitment, Verb.CLOSE, {"closed_at": now}, by=by, now=now, note=reason)
        await tell(session, commitment, event, now=now)
    return commitment


async def send_back(
    database: Database, commitment_id: int, *, reason: str, now: datetime, by: Actor, expected: int | None = None
) -> Commitment:
    """Not done yet: it is open again, and whoever reported it hears why."""
    async with database.writing() as session:
        commitment = await take(session, commitment_id, Verb.SEND_BACK, by=by, expected=expected)
        event = await move(session, commitment, Verb.SEND_BACK, {"reporter_id": None}, by=by, now=now, note=reason)
        await tell(session, commitment, event, now=now)
    return commitment


async def change_due(
    database: Database,
    commitment_id: int,
    due_on: date,
    *,
    reason: str | None,
    now: datetime,
    by: Actor,
    expected: int | None = None,
) -> Commitment:
    """Move the due date of an open commitment; the letter's own date stays in `original_due_on`, everybody is told."""
    async with database.writing() as session:
        commitment = await take(session, commitment_id, Verb.CHANGE_DUE, by=by, expected=expected)
        if commitment.due_on != due_on:
            event = await move(session, commitment, Verb.CHANGE_DUE, {"due_on": due_on}, by=by, now=now, note=reason)
            await tell(session, commitment, event, now=now)
    return commitment


async def edit(
    database: Database, commitment_id: int, quote: str, *, now: datetime, by: Actor, expected: int | None = None
) -> Commitment:
    """Correct the words of a commitment; the old ones stay in its history."""
    async with database.writing() as session:
        commitment = await take(session, commitment_id, Verb.EDIT, by=by, expected=expected)
        if commitment.quote != quote:
            event = await move(session, commitment, Verb.EDIT, {"quote": quote}, by=by, now=now)
            await index_commitment(session, commitment_id)
            await tell(session, commitment, event, now=now)
    return commitment


async def reopen(
    database: Database,
    commitment_id: int,
    *,
    reason: str,
    now: datetime,
    today: date,
    by: Actor,
    expected: int | None = None,
) -> Commitment:
    """重新办理: what was closed or dropped is open again."""
    async with database.writing() as session:
        commitment = await take(session, commitment_id, Verb.REOPEN, by=by, expected=expected)
        reply = (await session.exec(select(Reply).where(Reply.id == commitment.reply_id))).one()
        if reply.state != ReplyState.CONFIRMED or commitment.merged_into_id is not None:
            raise NotNow(Verb.REOPEN, standing_of(commitment))
        never_open = commitment.opened_on is None
        opened_on = commitment.opened_on if commitment.state == CommitmentState.CLOSED else today
        fresh: dict[str, Any] = {
            "closed_at": None,
            "reporter_id": None,
            "looked_back_on": None,
            "opened_on": opened_on or today,
        }
        event = await move(session, commitment, Verb.REOPEN, fresh, by=by, now=now, note=reason)
        await index_commitment(session, commitment_id)
        await tell(session, commitment, event, now=now)
        if never_open:  # dropped in review: what was opened without it begins its history now
            await record(session, "open", at=now, by=by, commitment=commitment, after=snapshot(commitment))
    return commitment


async def find_album(database: Database, chat_id: int, album: str) -> int | None:
    """The commitment to whose report this person began to send an album."""
    async with database.reading() as session:
        mine = (
            select(Evidence.commitment_id)
            .join(Event)
            .where(Evidence.album == album, Event.actor_id == chat_id)
            .order_by(Evidence.id)  # type: ignore[arg-type]
        )
        return (await session.exec(mine)).first()


async def _has_evidence(session: AsyncSession, commitment: Commitment) -> bool:
    mine = select(Evidence.id).where(Evidence.commitment_id == commitment.id).limit(1)
    return (await session.exec(mine)).first() is not None


def _targets(commitment: Commitment) -> list[Target]:
    return [
        Target(row["metric"], Comparison(row["comparison"]), float(row["value"]), row["unit"])
        for row in commitment.targets
    ]


def _evidence(file: EvidenceFile, event: Event, album: str | None) -> Evidence:
    assert event.id is not None
    assert event.commitment_id is not None
    return Evidence(
        event_id=event.id,
        commitment_id=event.commitment_id,
        kind=file.kind,
        file_id=file.file_id,
        file_name=file.file_name,
        size_bytes=file.size_bytes,
        sha256=file.sha256,
        album=album,
    )
