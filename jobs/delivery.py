"""Drains the outbox one message after another: claim, say, record. A crash can repeat at most the one being said."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from commitments.clock import Clock
from commitments.rhythm import Rhythm
from jobs.pace import Limits, Pace
from jobs.ports import Messenger, Refused, RetryAfter, SayingFailed, Transient, Unreachable
from storage import sending
from storage.engine import DATABASE_TROUBLE, Database
from storage.ledger import unreached
from storage.outbox import Saying
from storage.sending import Wanted

logger = logging.getLogger(__name__)

Record = Callable[[], Awaitable[list[Saying] | None]]
"""Writes down what became of a message; perhaps with the next ones, taken in the same transaction."""
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 30, 120, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600))
"""Between two attempts at one message; together nearly a day, after which it has failed."""
IDLE_SECONDS = 2.0
PATIENCE = 3
"""So many troubles in a row concern the line, not a message: then everything waits a little."""
LONGEST_BREATH_SECONDS = 60.0


class Delivery:
    """Says what the outbox holds, as fast as the limits allow, while people are awake."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        clock: Clock,
        rhythm: Rhythm,
        *,
        pace: Pace | None = None,
        admins: tuple[int, ...] = (),
    ) -> None:
        self._database, self._messenger, self._clock = database, messenger, clock
        self._rhythm, self._admins = rhythm, admins
        self._pace = pace or Pace(Limits())
        self._woken = asyncio.Event()
        self._stopping = False
        self._troubles = 0
        self._in_hand: deque[Saying] = deque()

    def wake(self) -> None:
        """Something was put into the outbox."""
        self._woken.set()

    def stop(self) -> None:
        """Finish the message in hand and end `run`."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """Deliver until stopped. What a dead process had in hand comes first, marked as maybe repeated."""
        await self._keep(self._recover)
        while not self._stopping:
            more = await self._try_next()
            await self._rest(more)
        with suppress(*DATABASE_TROUBLE):  # else the next process finds them as it finds what a dead one held
            for saying in self._in_hand:
                await sending.put_back(self._database, saying, not_before=self._clock.now())

    async def _recover(self) -> None:
        if recovered := await sending.recover_claims(self._database):
            logger.warning("%d message(s) were in hand when the last process died", recovered)

    async def drain(self) -> int:
        """Deliver all that may go out now; how many were taken in hand. Meant for delivery without limits."""
        taken = 0
        while await self.deliver_next():
            taken += 1
        return taken

    async def deliver_next(self) -> bool:
        """Take one message in hand and settle it; False when none may go out now."""
        if not self._in_hand:
            self._in_hand.extend(await sending.claim(self._database, self._wanted()))
        if not self._in_hand:
            return False
        saying = self._in_hand.popleft()
        record = await self._say(saying)
        self._in_hand.extend(await self._keep(record) or ())
        return True

    def _wanted(self) -> Wanted:
        now, at = self._clock.now(), time.monotonic()
        return Wanted(now, self._rhythm.is_awake(now), self._pace.resting(at), self._pace.at_once)

    async def _say(self, saying: Saying) -> Record:
        """Say it, and return what is to be recorded."""
        now = self._clock.now()
        if self._pace.rests(saying.chat_id, time.monotonic()):
            return lambda: sending.put_back(self._database, saying, not_before=now)
        try:
            said = await self._messenger.say(saying)
        except SayingFailed as trouble:
            logger.warning("message %d (%s) was not said: %s", saying.id, saying.kind, trouble.reason)
            self._troubles += isinstance(trouble, RetryAfter | Transient)
            return self._after_trouble(saying, trouble)
        except Exception as error:  # the loop must outlive a card that cannot be worded; the row keeps the reason
            logger.exception("message %d (%s) could not be worded", saying.id, saying.kind)
            return self._after_trouble(saying, Transient(f"{type(error).__name__}: {error}"))
        self._troubles = 0
        if said is None:
            return lambda: sending.record_void(self._database, saying)
        at = time.monotonic()
        self._pace.said(saying.chat_id, at)
        wait = self._in_hand or self._stopping or self._pace.seconds_to_wait(at)
        then = None if wait else self._wanted()
        return lambda: sending.record_sent(self._database, saying, said, now=now, then=then)

    def _after_trouble(self, saying: Saying, trouble: SayingFailed) -> Record:
        now = self._clock.now()
        self._pace.said(saying.chat_id, time.monotonic())
        if isinstance(trouble, Unreachable):
            return lambda: self._give_up_on_person(saying, trouble)
        if isinstance(trouble, Refused):
            return lambda: self._give_up(saying, trouble)
        if isinstance(trouble, RetryAfter):
            self._pace.rest(saying.chat_id, time.monotonic() + trouble.seconds)
            again = now + timedelta(seconds=trouble.seconds)
            return lambda: sending.put_back(self._database, saying, not_before=again)
        if saying.attempts > len(PAUSES):
            return lambda: self._give_up(saying, trouble)
        again = now + PAUSES[saying.attempts - 1]
        maybe_said = isinstance(trouble, Transient) and trouble.maybe_said
        return lambda: sending.record_retry(
            self._database, saying, not_before=again, error=trouble.reason, maybe_said=maybe_said
        )

    async def _give_up(self, saying: Saying, trouble: SayingFailed) -> None:
        async with self._database.writing() as session:
            await sending.record_failed(session, saying, error=trouble.reason)
            await unreached.tell_undelivered(session, saying, self._admins, now=self._clock.now())

    async def _give_up_on_person(self, saying: Saying, trouble: SayingFailed) -> None:
        """Nobody there: the account is marked, its reminders go to whoever stands in, the admins hear of it."""
        now = self._clock.now()
        async with self._database.writing() as session:
            await sending.record_failed(session, saying, error=trouble.reason)
            await unreached.mark_unreachable(session, saying, self._rhythm, self._admins, now=now)

    async def _keep(self, record: Record) -> list[Saying] | None:
        """Record what happened, however long the database needs: a message that was said must not be said again."""
        pause_seconds = 0.1
        while True:
            try:
                return await record()
            except DATABASE_TROUBLE:
                if self._stopping:
                    raise
                logger.exception("what was done could not be recorded yet")
            await asyncio.sleep(pause_seconds)
            pause_seconds = min(2 * pause_seconds, 5.0)

    async def _try_next(self) -> bool:
        try:
            return await self.deliver_next()
        except DATABASE_TROUBLE:
            logger.exception("the outbox could not be read")
        except Exception:  # a message that cannot be settled stays in hand and shows on /health; the others go on
            logger.exception("a message could not be settled")
        self._troubles += 1
        return False

    async def _rest(self, more: bool) -> None:
        """Wait for the next slot; when idle, for whatever comes first: a new message, a rested chat, a look around."""
        at = time.monotonic()
        if self._troubles >= PATIENCE:
            await self._wait_for_wake(min(2.0 ** (self._troubles - PATIENCE), LONGEST_BREATH_SECONDS))
        elif more:
            await asyncio.sleep(self._pace.seconds_to_wait(at))
        else:
            rested = self._pace.soonest_rested(at)
            await self._wait_for_wake(IDLE_SECONDS if rested is None else min(IDLE_SECONDS, rested))

    async def _wait_for_wake(self, seconds: float) -> None:
        if not self._stopping:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), seconds)
        self._woken.clear()
