"""Inline queries: what people type behind the bot's name, and what Telegram takes as an answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram import Bot, InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent
from telegram.error import BadRequest

from bot.playground.people import Person
from tests.bot.playground.clock import Clock
from tests.bot.playground.raw import RawClient


def article(result_id: str = "1", text: str = "<b>地铁</b>年底通车") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(result_id, "地铁", InputTextMessageContent(text, "HTML"), description="在办")


async def test_a_query_is_an_update_and_its_answer_is_seen(bot: Bot, li: Person) -> None:
    asked = li.inline("地铁")
    (update,) = await bot.get_updates()
    assert update.inline_query is not None
    assert (update.inline_query.query, update.inline_query.from_user.id) == ("地铁", li.id)

    await update.inline_query.answer([article()], cache_time=5, is_personal=True)

    assert asked.answer is not None
    assert (asked.answer.is_personal, asked.answer.cache_seconds) == (True, 5)
    (result,) = asked.answer.results
    assert (result.title, result.description, result.message.text) == ("地铁", "在办", "地铁年底通车")
    assert [entity.kind for entity in result.message.entities] == ["bold"]
    assert not result.has_buttons


async def test_somebody_who_never_opened_the_bot_may_ask_and_is_led_there(bot: Bot, stranger: Person) -> None:
    asked = stranger.inline("地铁")

    await bot.answer_inline_query(asked.id, [], button=InlineQueryResultsButton("请先绑定", start_parameter="bind"))

    assert asked.answer is not None
    assert (asked.answer.results, asked.answer.button, asked.answer.start_parameter) == ((), "请先绑定", "bind")


async def test_a_query_is_not_created_where_the_bot_does_not_want_it(bot: Bot, li: Person) -> None:
    await bot.get_updates(allowed_updates=["message"])

    li.inline("地铁")

    assert await bot.get_updates() == ()


async def test_a_query_is_answered_once_and_while_it_is_young(bot: Bot, li: Person, clock: Clock) -> None:
    first, second = li.inline("地"), li.inline("地铁")
    await bot.answer_inline_query(first.id, [])
    clock.move(timedelta(seconds=31))

    for asked in (first, second):
        with pytest.raises(BadRequest, match=r"(?i)query is too old"):
            await bot.answer_inline_query(asked.id, [])


async def test_fifty_results_of_64_bytes_and_4096_characters_are_the_most(bot: Bot, li: Person) -> None:
    asked = li.inline("地铁")
    most = [article(f"{number:064}", "字" * 4096) for number in range(50)]

    await bot.answer_inline_query(asked.id, most)

    assert asked.answer is not None
    assert len(asked.answer.results) == 50


RAW = {"type": "article", "id": "1", "title": "地铁", "input_message_content": {"message_text": "通车"}}


@pytest.mark.parametrize(
    ("results", "refusal"),
    [
        ({}, "expected an Array of inline query results"),
        ([{**RAW, "id": str(number)} for number in range(51)], "RESULTS_TOO_MUCH"),
        ([1], "expected an Object"),
        ([{**RAW, "type": "gif"}], "unsupported inline query result type"),
        ([{**RAW, "id": ""}], "RESULT_ID_INVALID"),
        ([{**RAW, "id": "字" * 22}], "RESULT_ID_INVALID"),
        ([RAW, RAW], "RESULT_ID_DUPLICATE"),
        ([{**RAW, "title": " "}], "ARTICLE_TITLE_EMPTY"),
        ([{**RAW, "input_message_content": None}], "input_message_content"),
        ([{**RAW, "input_message_content": {"message_text": ""}}], "message text is empty"),
        ([{**RAW, "input_message_content": {"message_text": "字" * 4097}}], "message is too long"),
        ([{**RAW, "input_message_content": {"message_text": "<b>", "parse_mode": "HTML"}}], "can't parse entities"),
    ],
)
async def test_what_is_no_result_is_refused(raw: RawClient, li: Person, results: object, refusal: str) -> None:
    asked = li.inline("地铁")

    assert refusal in await raw.refusal("answerInlineQuery", inline_query_id=asked.id, results=results)
    assert asked.answer is None


@pytest.mark.parametrize("button", [1, {"text": "", "start_parameter": "a"}, {"text": "绑定", "start_parameter": "字"}])
async def test_a_button_needs_words_and_a_start_parameter(raw: RawClient, li: Person, button: object) -> None:
    asked = li.inline("地铁")

    assert await raw.refusal("answerInlineQuery", inline_query_id=asked.id, results=[], button=button)


async def test_clients_ask_with_at_most_256_characters(li: Person) -> None:
    with pytest.raises(ValueError, match="256"):
        li.inline("字" * 257)
