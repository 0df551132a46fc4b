"""What officials ask for (延期, 非本单位, 终止) and what admins answer, step by step; every step outlives a restart."""

from __future__ import annotations

from datetime import date

from bot import texts
from bot.access import get_commitment, get_for
from bot.cards import requests as cards
from bot.cards.base import Card
from bot.context import Context, Pressed, Said
from bot.handlers.items import item_card
from bot.handlers.reasons import decide_for_reason, show_settled
from commitments.rulesets import Period
from commitments.states import RequestKind
from commitments.verbs import REQUESTS, NotNow, Standing, Verb
from extraction.typed_dates import read_typed_date
from storage.ledger import requests as verbs
from storage.ledger.chats import end_questions
from storage.ledger.people import find_units
from storage.ledger.queries import CommitmentView, find_evidence
from storage.ledger.requests import TooLateToReturn, Wish, return_until
from storage.tables import Card as AskedCard
from storage.tables import Request

USUAL_EXTENSIONS = (Period(1, "month"), Period(3, "month"), Period(6, "month"))


async def ask_extension(pressed: Pressed, context: Context) -> None:
    view = await _get_to_ask(pressed, RequestKind.EXTENSION, context)
    later = max(view.due_on or context.today, context.today)
    await pressed.notice()
    await context.change(pressed.query, cards.ask_date(view, [span.after(later) for span in USUAL_EXTENSIONS]))


async def extend_on(pressed: Pressed, context: Context) -> None:
    """A usual date was pressed."""
    view = await _get_to_ask(pressed, RequestKind.EXTENSION, context)
    await pressed.notice()
    await context.change(pressed.query, cards.ask_reason(view, RequestKind.EXTENSION, {"on": pressed.press.chosen}))


async def answer_extend_on(said: Said, asked: AskedCard, context: Context) -> None:
    """A date was typed."""
    view = await _get_asked(asked, Verb.REQUEST_EXTENSION, context)
    wished_on = read_typed_date(said.words, today=context.today)
    problem = _date_problem(view, wished_on, context)
    card = Card(problem) if problem else cards.ask_reason(view, RequestKind.EXTENSION, {"on": str(wished_on)})
    await context.send(said.chat_id, card, reply_to=said.message_id)


async def ask_transfer(pressed: Pressed, context: Context) -> None:
    view = await _get_to_ask(pressed, RequestKind.TRANSFER, context)
    rules, rhythm = context.services.settings.rule_set, context.services.settings.rhythm
    opened_on = view.opened_on or context.today
    if context.today > return_until(opened_on, rules, rhythm):
        raise TooLateToReturn(rules, return_until(opened_on, rules, rhythm))
    units = await find_units(context.services.database, limit=4)
    others = [(unit.id or 0, unit.name) for unit in units if unit.id != view.unit_id]
    await pressed.notice()
    await context.change(pressed.query, cards.ask_unit(view, others[:3]))


async def transfer_to(pressed: Pressed, context: Context) -> None:
    """A unit was pressed."""
    view = await _get_to_ask(pressed, RequestKind.TRANSFER, context)
    units = {unit.id: unit.name for unit in await find_units(context.services.database)}
    await pressed.notice()
    name = units[int(pressed.press.chosen)]
    await context.change(pressed.query, cards.ask_reason(view, RequestKind.TRANSFER, {"unit": name}))


async def answer_transfer_to(said: Said, asked: AskedCard, context: Context) -> None:
    """A unit was typed."""
    view = await _get_asked(asked, Verb.REQUEST_TRANSFER, context)
    name = said.words.strip()
    fits = texts.is_unit_name(name)
    card = cards.ask_reason(view, RequestKind.TRANSFER, {"unit": name}) if fits else Card(texts.UNIT_TOO_LONG)
    await context.send(said.chat_id, card, reply_to=said.message_id)


async def ask_drop(pressed: Pressed, context: Context) -> None:
    view = await _get_to_ask(pressed, RequestKind.DROP, context)
    await pressed.notice()
    await context.change(pressed.query, cards.ask_reason(view, RequestKind.DROP, {}))


async def answer_reason(said: Said, asked: AskedCard, context: Context) -> None:
    """The reason completes the request: it goes to the admins, and the item rests."""
    if not said.has_words:
        await context.send(said.chat_id, Card(texts.EMPTY_REASON), reply_to=said.message_id)
        return
    services, params = context.services, asked.params
    wished_on = date.fromisoformat(params["on"]) if params.get("on") else None
    wish = Wish(RequestKind(params["kind"]), said.words.strip(), wished_on, params.get("unit"))
    request = await verbs.ask(
        services.database,
        asked.commitment_ids[0],
        wish,
        now=context.now,
        by=context.actor,
        rules=services.settings.rule_set,
        rhythm=services.settings.rhythm,
        admins=services.admins,
        expected=params.get("version"),
    )
    services.wake_delivery()
    await end_questions(services.database, said.chat_id, now=context.now)
    view = await get_commitment(services, context.person, request.commitment_id)
    await context.send(said.chat_id, cards.asked(view, request, services.settings.rule_set))


async def withdraw(pressed: Pressed, context: Context) -> None:
    services = context.services
    await verbs.withdraw(
        services.database, pressed.subject_id, now=context.now, by=context.actor, admins=services.admins
    )
    services.wake_delivery()
    await pressed.notice(texts.WITHDRAWN)
    await _show_item(pressed, context)


async def show_request(pressed: Pressed, context: Context) -> None:
    """审批: the request with what can be decided on it."""
    view, request = await _get_to_decide(pressed, context)
    settings = context.services.settings
    files = await find_evidence(context.services.database, view.id)
    await pressed.notice()
    card = cards.to_decide(view, request, len(files), settings.zone, settings.rhythm.calendar)
    await context.show(pressed.query, card)


async def grant(pressed: Pressed, context: Context) -> None:
    """同意, as it was asked for."""
    await _get_to_decide(pressed, context)
    await _grant(pressed.subject_id, None, pressed.press.version, context)
    await pressed.notice(texts.GRANTED)
    await _show_item(pressed, context)


async def grant_other(pressed: Pressed, context: Context) -> None:
    view, request = await _get_to_decide(pressed, context)
    if request.kind != RequestKind.EXTENSION:
        raise NotNow(Verb.GRANT_EXTENSION, view.standing)
    await pressed.notice()
    await context.change(pressed.query, cards.ask_other_date(view, request))


async def answer_grant_on(said: Said, asked: AskedCard, context: Context) -> None:
    """同意, but until another day."""
    view = await _get_asked(asked, Verb.REFUSE, context)
    granted_on = read_typed_date(said.words, today=context.today)
    problem = _date_problem(view, granted_on, context)
    if problem or granted_on is None:
        await context.send(said.chat_id, Card(problem or texts.NOT_A_DATE), reply_to=said.message_id)
        return
    await _grant(view.id, granted_on, asked.params.get("version"), context)
    await show_settled(said, view.id, context)


async def refuse(pressed: Pressed, context: Context) -> None:
    view, _ = await _get_to_decide(pressed, context)
    await pressed.notice()
    await context.change(pressed.query, cards.ask_refusal_reason(view))


async def answer_refuse(said: Said, asked: AskedCard, context: Context) -> None:
    await decide_for_reason(said, asked, verbs.refuse, context)


async def _grant(commitment_id: int, on: date | None, expected: int | None, context: Context) -> None:
    services = context.services
    await verbs.grant(
        services.database,
        commitment_id,
        on=on,
        now=context.now,
        today=context.today,
        by=context.actor,
        expected=expected,
    )
    services.wake_delivery()


async def _get_to_ask(pressed: Pressed, kind: RequestKind, context: Context) -> CommitmentView:
    return await get_for(context.services, context.person, pressed.subject_id, REQUESTS[kind], pressed.press.version)


async def _get_asked(asked: AskedCard, verb: Verb, context: Context) -> CommitmentView:
    expected = asked.params.get("version")
    return await get_for(context.services, context.person, asked.commitment_ids[0], verb, expected)


async def _get_to_decide(pressed: Pressed, context: Context) -> tuple[CommitmentView, Request]:
    view = await get_for(context.services, context.person, pressed.subject_id, Verb.REFUSE, pressed.press.version)
    request = await verbs.find_pending(context.services.database, view.id)
    if request is None:
        raise NotNow(Verb.REFUSE, Standing(view.state))
    return view, request


def _date_problem(view: CommitmentView, day: date | None, context: Context) -> str | None:
    """Why a day cannot be the new due date; None when it can."""
    if day is None:
        return texts.NOT_A_DATE
    if day < context.today:
        return texts.date_in_the_past(day, context.today)
    return texts.not_later(view.due_on) if view.due_on is not None and day <= view.due_on else None


async def _show_item(pressed: Pressed, context: Context) -> None:
    view = await get_commitment(context.services, context.person, pressed.subject_id)
    await context.change(pressed.query, await item_card(view, context))
