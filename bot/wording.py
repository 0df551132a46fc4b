"""What waits in the outbox becomes a card at the moment of sending, if it is still true."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from bot.cards import people, progress
from bot.cards.base import Card
from bot.services import Services
from commitments.clock import local_day
from commitments.people import Speaker
from commitments.states import CommitmentState
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
from storage.outbox import Saying


async def word(services: Services, saying: Saying) -> Card | None:
    """The card for a message of the outbox; None when it is no longer true and nobody should be told."""
    return await WORDINGS[saying.kind](services, saying)


async def _digest(services: Services, saying: Saying) -> Card | None:
    """Only what is still open and still due on the day that the reminder was about is spoken of."""
    steps = {row["commitment_id"]: row for row in saying.params["items"]}
    views = await find_commitments(services.database, steps)
    items = [
        progress.DigestItem(view, steps[view.id]["step"])
        for view in views
        if view.state == CommitmentState.OPEN and str(view.due_on) == steps[view.id].get("due_on", str(view.due_on))
    ]
    if not items:
        return None
    speaker = await _speaker(services, saying)
    late = bool(saying.params.get("late"))
    return progress.digest(speaker.name, items, _today(services), late=late, repeated=saying.maybe_repeated)


async def _new_commitments(services: Services, saying: Saying) -> Card | None:
    reply = await find_reply(services.database, saying.params["reply_id"])
    return progress.new_commitments(reply, _today(services)) if reply else None


async def _reported(services: Services, saying: Saying) -> Card | None:
    view, event = await _subject(services, saying)
    return progress.reported(view, event, _today(services), repeated=saying.maybe_repeated)


async def _to_check(services: Services, saying: Saying) -> Card | None:
    view, event = await _subject(services, saying)
    if view.state != CommitmentState.REPORTED:
        return None
    files = await find_evidence(services.database, view.id)
    reports = [row for row in await find_events(services.database, view.id) if row.verb == "report"]
    return progress.to_check(view, event, len(files), reports, repeated=saying.maybe_repeated)


async def _closed(services: Services, saying: Saying) -> Card | None:
    view, _ = await _subject(services, saying)
    if view.state != CommitmentState.CLOSED:
        return None
    speaker = await _speaker(services, saying)
    to_delegate = bool(speaker.delegate_ids) and view.reply.unit_id not in speaker.unit_ids
    return progress.closed(view, to_delegate=to_delegate, repeated=saying.maybe_repeated)


async def _sent_back(services: Services, saying: Saying) -> Card | None:
    view, event = await _subject(services, saying)
    if view.state != CommitmentState.OPEN:
        return None
    return progress.sent_back(view, event, _today(services), repeated=saying.maybe_repeated)


async def _due_changed(services: Services, saying: Saying) -> Card | None:
    view, event = await _subject(services, saying)
    return progress.due_changed(view, event, _today(services), repeated=saying.maybe_repeated)


async def _bound(_services: Services, saying: Saying) -> Card | None:
    row = saying.params
    return people.somebody_bound(row["name"], row["unit"], row["role"])


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
    "digest": _digest,
    "new_commitments": _new_commitments,
    "reported": _reported,
    "to_check": _to_check,
    "closed": _closed,
    "sent_back": _sent_back,
    "due_changed": _due_changed,
    "bound": _bound,
}
