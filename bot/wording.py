"""What waits in the outbox becomes a card at the moment of sending, if it is still true."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from bot.access import roles_towards
from bot.cards import (
    changes,
    checking,
    follows,
    lookback,
    oversight,
    people,
    progress,
    ratings,
    reporting,
    requests,
    units,
)
from bot.cards.base import Card, mark_repeated
from bot.services import Services
from commitments.clock import instant, local_day, local_time
from commitments.people import Speaker
from commitments.states import CommitmentState, OutgoingState, Role
from commitments.verbs import Standing
from commitments.workdays import ONE_DAY
from storage.jobruns import find_runs, key_of
from storage.ledger.lists import UNDER_WAY, Wanted, list_commitments
from storage.ledger.people import find_speaker
from storage.ledger.queries import (
    CommitmentView,
    EventView,
    find_commitment,
    find_commitments,
    find_event,
    find_events,
    find_evidence,
    find_reply,
)
from storage.ledger.remind import find_answered
from storage.ledger.requests import find_pending, find_waiting
from storage.ledger.summary import count_ledger, find_names, find_outgoing
from storage.outbox import Saying, was_sent

OPEN = (CommitmentState.OPEN,)


async def word(services: Services, saying: Saying) -> Card | None:
    """The card for a message of the outbox; None when it is no longer true and nobody should be told."""
    card = await WORDINGS[saying.kind](services, saying)
    return mark_repeated(card) if card and saying.maybe_repeated else card


async def _digest(services: Services, saying: Saying) -> Card | None:
    """Only what still waits for this reader, and is still due on the day of the reminder, is spoken of."""
    rows = await _still_unanswered(services, saying, saying.params["items"])
    steps = {row["commitment_id"]: row for row in rows}
    views = await find_commitments(services.database, steps)
    speaker = await _speaker(services, saying)
    items = [
        progress.DigestItem(view, steps[view.id]["step"], tuple(steps[view.id].get("unanswered_by", ())))
        for view in views
        if view.standing == Standing(CommitmentState.OPEN)
        and view.unit_id in speaker.unit_ids
        and str(view.due_on) == steps[view.id].get("due_on", str(view.due_on))
    ]
    if not items:
        return None
    calendar = services.settings.rhythm.calendar
    return progress.digest(
        speaker.name,
        items,
        _today(services),
        late=bool(saying.params.get("late")),
        by_weekends=not all(calendar.knows(item.view.due_on.year) for item in items if item.view.due_on),
    )


async def _still_unanswered(
    services: Services, saying: Saying, rows: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Without those that went higher up because nobody answered, and were answered before this was said."""
    answered = await find_answered(services.database, saying.id)
    return [row for row in rows if not (row.get("unanswered_by") and row["commitment_id"] in answered)]


async def _new_commitments(services: Services, saying: Saying) -> Card | None:
    reply = await find_reply(services.database, saying.params["reply_id"])
    return progress.new_commitments(reply, _today(services)) if reply else None


async def _reported(services: Services, saying: Saying) -> Card | None:
    view, event = await _subject(services, saying)
    return reporting.reported(view, event, _today(services))


async def _to_check(services: Services, saying: Saying) -> Card | None:
    view, event = await _subject(services, saying)
    if view.state != CommitmentState.REPORTED:
        return None
    files = await find_evidence(services.database, view.id)
    reports = [row for row in await find_events(services.database, view.id) if row.verb == "report"]
    return checking.to_check(view, event, len(files), reports)


async def _closed(services: Services, saying: Saying) -> Card | None:
    view, event = await _subject(services, saying)
    if view.state != CommitmentState.CLOSED:
        return None
    roles = await roles_towards(services, await _speaker(services, saying), view)
    to_delegate = Role.DELEGATE in roles and Role.OFFICIAL not in roles
    return ratings.closed(view, event, to_delegate=to_delegate)


async def _rated(services: Services, saying: Saying) -> Card | None:
    view, event = await _subject(services, saying)
    return ratings.rated(view, event)


async def _requested(services: Services, saying: Saying) -> Card | None:
    """Only while nobody has decided it."""
    view, event = await _subject(services, saying)
    request = await find_pending(services.database, view.id)
    if request is None or request.id != event.after["request_id"]:
        return None
    files, settings = await find_evidence(services.database, view.id), services.settings
    return requests.to_decide(view, request, len(files), settings.zone, settings.rhythm.calendar)


async def _changed(services: Services, saying: Saying) -> Card | None:
    view, event = await _subject(services, saying)
    roles = await roles_towards(services, await _speaker(services, saying), view)
    rules, to_unit = services.settings.rule_set, Role.OFFICIAL in roles
    return changes.changed(view, event, _today(services), rules, to_unit=to_unit)


async def _look_back(services: Services, saying: Saying) -> Card | None:
    view = await find_commitment(services.database, saying.params["commitment_id"])
    if view is None or view.state != CommitmentState.CLOSED:
        return None
    return lookback.ask(view, saying.params["rules"])


async def _undecided(services: Services, saying: Saying) -> Card | None:
    waiting = await find_waiting(services.database, saying.params["request_ids"])
    views = {v.id: v for v in await find_commitments(services.database, [row.commitment_id for row in waiting])}
    rows = [(views[row.commitment_id], row) for row in waiting]
    return requests.undecided(rows, services.settings.rule_set, _today(services)) if rows else None


async def _handed_over(services: Services, saying: Saying) -> Card | None:
    views = await find_commitments(services.database, saying.params["commitment_ids"])
    speaker = await _speaker(services, saying)
    mine = [view for view in views if view.unit_id in speaker.unit_ids and view.state in UNDER_WAY]
    return units.handed_over(speaker.name, saying.params["from"], mine, _today(services)) if mine else None


async def _sent_back(services: Services, saying: Saying) -> Card | None:
    view, event = await _subject(services, saying)
    if view.state != CommitmentState.OPEN:
        return None
    return checking.sent_back(view, event, _today(services))


async def _due_changed(services: Services, saying: Saying) -> Card | None:
    view, event = await _subject(services, saying)
    return changes.due_changed(view, event, _today(services))


async def _bound(_services: Services, saying: Saying) -> Card | None:
    row = saying.params
    return people.somebody_bound(row["name"], row["unit"], row["role"])


async def _checkin(services: Services, saying: Saying) -> Card | None:
    views = await find_commitments(services.database, saying.params["commitment_ids"])
    undated = [view for view in views if view.state == CommitmentState.OPEN and view.due_on is None]
    if not undated:
        return None
    speaker = await _speaker(services, saying)
    return oversight.checkin(speaker.name, undated, _today(services))


async def _weekly_summary(services: Services, saying: Saying) -> Card | None:
    today = _today(services)
    since = instant(date.fromisoformat(saying.params["since"]), time(), services.settings.zone)
    counts = await count_ledger(services.database, today, since)
    if not any(counts.values()):
        return None
    this_week = Wanted(states=(CommitmentState.OPEN,), due_from=today, due_until=today + 6 * ONE_DAY)
    speaker = await _speaker(services, saying)
    page = await list_commitments(services.database, speaker, this_week, open_to_all=True, limit=5)
    return oversight.weekly_summary(counts, page.items, page.total, today)


async def _delegates_week(services: Services, saying: Saying) -> Card | None:
    today, speaker = _today(services), await _speaker(services, saying)
    if not speaker.delegate_ids:
        return None
    soon = Wanted(states=OPEN, due_from=today, due_until=today + 6 * ONE_DAY)
    late = Wanted(states=OPEN, due_until=today - ONE_DAY)
    found = []
    for wanted in (soon, late):
        pages = [
            await list_commitments(services.database, speaker, one, open_to_all=services.settings.access.open)
            for one in (replace(wanted, only_own=True), replace(wanted, followed_by=saying.chat_id))
        ]
        found.append(list({view.id: view for page in pages for view in page.items}.values()))
    due_soon, overdue = found
    return follows.week(speaker.name, due_soon, overdue, today)


async def _admin_digest(services: Services, saying: Saying) -> Card | None:
    silent = await _still_unanswered(services, saying, saying.params["unanswered"])
    ids = [row["commitment_id"] for row in (*saying.params["unreached"], *silent)]
    views = {
        view.id: view for view in await find_commitments(services.database, ids) if view.state == CommitmentState.OPEN
    }
    unreached, unanswered = (
        [row for row in rows if row["commitment_id"] in views] for rows in (saying.params["unreached"], silent)
    )
    return oversight.admin_digest(views, unreached, unanswered, _today(services)) if views else None


async def _undelivered(services: Services, saying: Saying) -> Card | None:
    row = await find_outgoing(services.database, saying.params["outgoing_id"])
    if row is None or row.state != OutgoingState.FAILED:
        return None
    names = await find_names(services.database, {row.chat_id})
    return oversight.undelivered(row, names.get(row.chat_id, ""))


async def _unreachable(services: Services, saying: Saying) -> Card | None:
    gone = saying.params["chat_id"]
    speaker = await find_speaker(services.database, gone, "", services.settings.admins)
    return oversight.unreachable(speaker.name, len(saying.params["commitment_ids"]))


async def _job_failed(services: Services, saying: Saying) -> Card | None:
    """Only while it still fails, in the same row of failures."""
    row = saying.params
    run = (await find_runs(services.database)).get(row["job"])
    if run is None or run.failing_since != datetime.fromisoformat(row["since"]):
        return None
    return oversight.job_failed(run.job, local_time(run.failing_since, services.settings.zone), run.outcome)


async def _job_works_again(services: Services, saying: Saying) -> Card | None:
    """Only to who heard that it failed."""
    row, zone = saying.params, services.settings.zone
    if not await was_sent(services.database, key_of("job_failed", saying.chat_id, row)):
        return None
    since, at = (local_time(datetime.fromisoformat(row[name]), zone) for name in ("since", "at"))
    return oversight.job_works_again(row["job"], since, at)


async def _subject(services: Services, saying: Saying) -> tuple[CommitmentView, EventView]:
    view = await find_commitment(services.database, saying.params["commitment_id"])
    event = await find_event(services.database, saying.params["event_id"])
    assert view is not None, "commitments are never deleted"
    assert event is not None, "events are never deleted"
    return view, event


async def _speaker(services: Services, saying: Saying) -> Speaker:
    return await find_speaker(services.database, saying.chat_id, "", services.settings.admins)


def _today(services: Services) -> date:
    return local_day(services.clock.now(), services.settings.zone)


Wording = Callable[[Services, Saying], Awaitable[Card | None]]
WORDINGS: Mapping[str, Wording] = {
    "checkin": _checkin,
    "weekly_summary": _weekly_summary,
    "delegates_week": _delegates_week,
    "admin_digest": _admin_digest,
    "undelivered": _undelivered,
    "unreachable": _unreachable,
    "job_failed": _job_failed,
    "job_works_again": _job_works_again,
    "digest": _digest,
    "new_commitments": _new_commitments,
    "reported": _reported,
    "to_check": _to_check,
    "closed": _closed,
    "sent_back": _sent_back,
    "due_changed": _due_changed,
    "bound": _bound,
    "requested": _requested,
    "changed": _changed,
    "rated": _rated,
    "look_back": _look_back,
    "undecided": _undecided,
    "handed_over": _handed_over,
}
