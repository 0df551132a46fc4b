"""The messenger says a card in Telegram's words, and sorts what can go wrong into four troubles."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from telegram.ext import ExtBot

from bot.buttons import button
from bot.cards.base import Card
from bot.messenger import TelegramMessenger
from bot.playground.faults import Fault
from bot.playground.people import Person
from bot.playground.server import BotApiServer
from jobs.ports import Refused, RetryAfter, Transient, Unreachable
from storage.outbox import Said, Saying
from tests.jobs.telegram import open_bot, serve

NOON = datetime(2024, 6, 18, 4, 0, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with serve() as running:
        yield running


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[ExtBot[str]]:
    async with open_bot(server, read_timeout=0.2) as opened:
        yield opened


@pytest.fixture
def zhou(server: BotApiServer) -> Person:
    person = server.add_person("周明远")
    person.start()
    return person


def saying_to(chat_id: int) -> Saying:
    return Saying(1, chat_id, "digest", {}, 20, 1, False, NOON)


async def say(bot: ExtBot[str], chat_id: int, card: Card | None = Card("🟡 还有 <b>7</b> 天")) -> Said | None:  # noqa: B008
    async def word(_saying: Saying) -> Card | None:
        return card

    return await TelegramMessenger(bot, word).say(saying_to(chat_id))


async def test_what_is_no_longer_true_is_not_sent(bot: ExtBot[str], zhou: Person) -> None:
    assert await say(bot, zhou.id, None) is None
    assert zhou.inbox == []


async def test_a_card_arrives_with_its_buttons_and_says_what_an_answer_means(bot: ExtBot[str], zhou: Person) -> None:
    card = Card("<b>提醒</b>", ((button("知悉", "ack", 3),),), about="report", commitment_ids=(3,))

    said = await say(bot, zhou.id, card)

    assert said == Said(zhou.last.id, "report", None, (3,), False)
    assert zhou.last.text == "提醒"
    assert zhou.last.button_texts == ["知悉"]


async def test_who_never_started_cannot_be_reached(bot: ExtBot[str], server: BotApiServer) -> None:
    with pytest.raises(Unreachable):
        await say(bot, server.add_person("李向南").id)


async def test_who_blocked_the_bot_cannot_be_reached(bot: ExtBot[str], zhou: Person) -> None:
    zhou.block()

    with pytest.raises(Unreachable, match="blocked"):
        await say(bot, zhou.id)


async def test_who_left_telegram_cannot_be_reached(bot: ExtBot[str], zhou: Person) -> None:
    zhou.deactivate()

    with pytest.raises(Unreachable, match="deactivated"):
        await say(bot, zhou.id)


@pytest.mark.parametrize("html", ["<b>提醒", "", "很" * 4097])
async def test_a_card_that_telegram_cannot_take_is_refused(bot: ExtBot[str], zhou: Person, html: str) -> None:
    with pytest.raises(Refused):
        await say(bot, zhou.id, Card(html))


async def test_too_many_messages_wait_as_told(bot: ExtBot[str], server: BotApiServer, zhou: Person) -> None:
    server.faults.add("sendMessage", Fault.TOO_MANY, retry_after=17)

    with pytest.raises(RetryAfter) as caught:
        await say(bot, zhou.id)

    assert caught.value.seconds == 17


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.RESET, Fault.TIMEOUT])
async def test_a_bad_line_is_transient_and_may_have_passed_it_on(
    bot: ExtBot[str], server: BotApiServer, zhou: Person, fault: Fault
) -> None:
    server.faults.add("sendMessage", fault)

    with pytest.raises(Transient) as caught:
        await say(bot, zhou.id)

    assert caught.value.maybe_said


async def test_a_server_that_is_not_there_has_not_heard_it(
    bot: ExtBot[str], server: BotApiServer, zhou: Person
) -> None:
    await server.stop()

    with pytest.raises(Transient) as caught:
        await say(bot, zhou.id)

    assert not caught.value.maybe_said


async def test_a_wrong_token_loses_nothing(server: BotApiServer, zhou: Person) -> None:
    async with open_bot(server) as bot:
        server.token = "1000001:revoked"
        with pytest.raises(Transient):
            await say(bot, zhou.id)
