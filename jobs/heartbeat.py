"""The heartbeat: every few seconds a look at our clock, and whatever the timetable says is due."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from commitments.clock import Clock
from jobs.delivery import Delivery
from jobs.timetable import TIMETABLE, Job, find_due_day
from jobs.work import Work
from storage import jobruns
from storage.engine import DATABASE_TROUBLE

logger = logging.getLogger(__name__)

BEAT_SECONDS = 15


class Heartbeat:
    """Runs the jobs and the delivery. Tests and demonstrations need no `start`: they call `tick` and `drain`."""

    def __init__(self, work: Work, clock: Clock, delivery: Delivery, timetable: tuple[Job, ...] = TIMETABLE) -> None:
        self._work, self._clock, self._delivery, self._timetable = work, clock, delivery, timetable
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._delivering: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to beat and to deliver, within a running event loop."""
        self._delivering = asyncio.create_task(self._delivery.run(), name="delivery")
        # The default grace is one second and drops a beat that is later; a late beat is as good as any.
        self._scheduler.add_job(
            self._beat,
            "interval",
            seconds=BEAT_SECONDS,
            next_run_time=datetime.now(UTC),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """End after the message in hand."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._delivery.stop()
        if self._delivering is not None:
            await self._delivering

    def wake(self) -> None:
        """Something was put into the outbox."""
        self._delivery.wake()

    async def tick(self, now: datetime) -> list[str]:
        """Run what is due at this instant; the names of the jobs that did their work."""
        done: list[str] = []
        runs = await jobruns.find_runs(self._work.database)
        for job in self._timetable:
            run = runs.get(job.name)
            day = find_due_day(job, now, run.covered_on if run else None, self._work.rhythm)
            if day is None:
                continue
            try:
                await job.run(self._work, day, now)
            except Exception as error:  # one job that fails must not keep the others from their work
                await self._note_trouble(job, now, error)
            else:
                done.append(job.name)
        if any(run.failing_since for run in runs.values()):
            await jobruns.note_recoveries(self._work.database, self._work.admins, now=now)
        if done:
            self.wake()
        return done

    async def drain(self) -> int:
        """Deliver all that may go out now; how many messages were taken in hand."""
        return await self._delivery.drain()

    async def _beat(self) -> None:
        try:
            await self.tick(self._clock.now())
        except DATABASE_TROUBLE:
            logger.exception("the timetable could not be read; the next beat tries again")

    async def _note_trouble(self, job: Job, now: datetime, error: Exception) -> None:
        logger.exception("the job %s failed; the next beat tries again", job.name)
        outcome = f"{type(error).__name__}: {error}"
        await jobruns.note_trouble(self._work.database, job.name, self._work.admins, now=now, outcome=outcome)
