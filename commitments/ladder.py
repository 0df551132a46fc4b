"""The days on which somebody is told about a due date, and which due dates are spoken of on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from commitments.workdays import ONE_DAY, WorkCalendar


class Span(NamedTuple):
    """Days from first to last, both included."""

    first: date
    last: date


class Fired(NamedTuple):
    """A step (days before the due date, negative after it) and the working day on which it is told."""

    step: int
    on: date


@dataclass(frozen=True, slots=True)
class Ladder:
    """When somebody is reminded: some days before the due date, daily for a while after it, then at intervals."""

    before: tuple[int, ...] = (30, 7, 3, 1, 0)
    overdue_daily: int = 3
    overdue_every: int = 7
    """Days between two later steps; 0 for none."""

    def __post_init__(self) -> None:
        if any(days < 0 for days in self.before) or self.overdue_daily < 0 or self.overdue_every < 0:
            raise ValueError("the days of a ladder are counted from zero up")

    def is_step(self, step: int) -> bool:
        """Whether so many days before the due date (negative: after it) is one of this ladder's days."""
        if step >= 0:
            return step in self.before
        late = -step - self.overdue_daily
        return late <= 0 or (self.overdue_every > 0 and late % self.overdue_every == 0)


def fires_on(due_on: date, step: int, calendar: WorkCalendar) -> date:
    """The working day on which a step is told.

    A day off moves a step to the last working day before, so that nobody hears of a due date only after it;
    a step past the due date moves on to the next working day.
    """
    nominal = due_on - timedelta(days=step)
    return calendar.workday_until(nominal) if step >= 0 else calendar.workday_from(nominal)


def step_on(due_on: date, day: date, ladder: Ladder, calendar: WorkCalendar) -> int | None:
    """The step that is told on this day; of two that meet on it the later one."""
    fired = find_latest_step(due_on, day - ONE_DAY, day, ladder, calendar)
    return None if fired is None else fired.step


def find_latest_step(due_on: date, since: date, until: date, ladder: Ladder, calendar: WorkCalendar) -> Fired | None:
    """The last step told after `since` and not after `until`: missed days collapse to it."""
    # A later step is never told before an earlier one, so the first that fits, looking back from the end, is the last.
    for step in _steps_back(due_on, since, until, ladder, calendar):
        told_on = fires_on(due_on, step, calendar)
        if since < told_on <= until:
            return Fired(step, told_on)
    return None


def find_firing_due_dates(since: date, until: date, oldest: date, ladder: Ladder, calendar: WorkCalendar) -> list[Span]:
    """The due dates, from `oldest` on, of which some step is told after `since` and not after `until`.

    They come as few separate spans in order, so that an index over due dates finds them without reading the rest.
    """
    ahead, behind = _nominal_days_ahead(since, until, calendar), _nominal_days_behind(since, until, calendar)
    spans = [_shift(ahead, step) for step in ladder.before] if ahead else []
    if behind:
        spans += [_shift(behind, step) for step in _overdue_steps(behind.last, oldest, ladder)]
    kept = (Span(max(span.first, oldest), span.last) for span in spans if span.last >= oldest)
    return list(_merge(kept))


def _steps_back(due_on: date, since: date, until: date, ladder: Ladder, calendar: WorkCalendar) -> Iterator[int]:
    behind = _nominal_days_behind(since, until, calendar)
    if behind and behind.last > due_on:
        for late in range((behind.last - due_on).days, max((behind.first - due_on).days, 1) - 1, -1):
            if ladder.is_step(-late):
                yield -late
    yield from sorted(ladder.before)


def _overdue_steps(last_nominal: date, oldest: date, ladder: Ladder) -> Iterator[int]:
    """The steps past a due date that any due date from `oldest` on can have reached by a day."""
    reach = (last_nominal - oldest).days
    yield from (-late for late in range(1, min(ladder.overdue_daily, reach) + 1))
    if ladder.overdue_every:
        first = ladder.overdue_daily + ladder.overdue_every
        yield from (-late for late in range(first, reach + 1, ladder.overdue_every))


def _nominal_days_ahead(since: date, until: date, calendar: WorkCalendar) -> Span | None:
    """The days whose last working day (themselves or before) lies after `since` and not after `until`."""
    span = Span(calendar.workday_from(since + ONE_DAY), calendar.workday_from(until + ONE_DAY) - ONE_DAY)
    return span if span.first <= span.last else None


def _nominal_days_behind(since: date, until: date, calendar: WorkCalendar) -> Span | None:
    """The days whose next working day (themselves or after) lies after `since` and not after `until`."""
    span = Span(calendar.workday_until(since) + ONE_DAY, calendar.workday_until(until))
    return span if span.first <= span.last else None


def _shift(span: Span, days: int) -> Span:
    return Span(span.first + timedelta(days=days), span.last + timedelta(days=days))


def _merge(spans: Iterable[Span]) -> Iterator[Span]:
    held: Span | None = None
    for span in sorted(spans):
        if held is None:
            held = span
        elif span.first <= held.last + ONE_DAY:
            held = Span(held.first, max(held.last, span.last))
        else:
            yield held
            held = span
    if held is not None:
        yield held
