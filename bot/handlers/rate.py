"""What a delegate says of a closed commitment, and what both sides answer when it is looked back at."""

from __future__ import annotations

from bot import texts
from bot.access import get_commitment, get_for
from bot.cards import lookback as lookback_cards
from bot.cards import ratings as cards
from bot.cards.base import Card
from bot.context import Context, Pressed, Said
from commitments.states import Satisfaction
from commitments.verbs import Verb
from storage.ledger import lookback
from storage.ledger import ratings as verbs
from storage.ledger.chats import end_questions
from storage.ledger.ratings import Rated
from storage.tables import Card as AskedCard


async def rate(pressed: Pressed, context: Context) -> None:
    """One tap; 不满意 is asked for its reason."""
    services, press = context.services, pressed.press
    view = await get_for(services, context.person, press.subject_id, Verb.RATE, press.version)
    value = Satisfaction(press.chosen)
    if value is Satisfaction.DISSATISFIED:
        await pressed.notice()
        await context.send(pressed.chat_id, cards.ask_why(view, services.settings.rule_set))
        return
    given = await _rate(view.id, value, None, press.version, context)
    await pressed.notice(texts.RATED)
    view = await get_commitment(services, context.person, view.id)
    await context.change(pressed.query, cards.thanks(view, given, services.settings.rule_set))


async def answer_why(said: Said, asked: AskedCard, context: Context) -> None:
    """The reason of a delegate who is not satisfied."""
    if not said.has_words:
        await context.send(said.chat_id, Card(texts.EMPTY_REASON), reply_to=said.message_id)
        return
    commitment_id, expected = asked.commitment_ids[0], asked.params.get("version")
    given = await _rate(commitment_id, Satisfaction.DISSATISFIED, said.words.strip(), expected, context)
    await end_questions(context.services.database, said.chat_id, now=context.now)
    view = await get_commitment(context.services, context.person, commitment_id)
    await context.send(said.chat_id, cards.thanks(view, given, context.services.settings.rule_set))


async def look_back(pressed: Pressed, context: Context) -> None:
    """One of three answers; the third completes them."""
    services, given = context.services, pressed.press.choice
    view = await get_for(services, context.person, pressed.subject_id, Verb.LOOK_BACK)
    if len(given) < len(lookback_cards.QUESTIONS):
        await pressed.notice()
        await context.change(pressed.query, lookback_cards.ask(view, services.settings.rule_set.name, given))
        return
    answers = lookback.Answers(*(letter == "y" for letter in given[:3]))
    await lookback.answer(
        services.database, view.id, answers, now=context.now, by=context.actor, admins=services.admins
    )
    services.wake_delivery()
    await pressed.notice(texts.RATED)
    await context.change(pressed.query, lookback_cards.thanks(view, answers))


async def _rate(
    commitment_id: int, value: Satisfaction, reason: str | None, expected: int | None, context: Context
) -> Rated:
    services = context.services
    given = await verbs.rate(
        services.database,
        commitment_id,
        value,
        reason=reason,
        rules=services.settings.rule_set,
        now=context.now,
        today=context.today,
        by=context.actor,
        admins=services.admins,
        expected=expected,
    )
    services.wake_delivery()
    return given
