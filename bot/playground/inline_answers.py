"""answerInlineQuery: what Telegram takes as results. Of all their kinds only articles with a text are known here."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.playground.inline import InlineAnswer, InlineResult
from bot.playground.playground import Playground
from bot.playground.refusals import bad_request
from bot.playground.sending import read_text
from bot.playground.wire import Json, Parameters, words

# "No more than 50 results per query are allowed" (answerInlineQuery)
MOST_RESULTS = 50
# "Unique identifier for this result, 1-64 Bytes" (InlineQueryResultArticle)
ID_BYTES = range(1, 65)
# "The maximum amount of time in seconds that the result of the inline query may be cached … Defaults to 300"
USUAL_CACHE_SECONDS = 300
# "1-64 characters, only A-Z, a-z, 0-9, _ and - are allowed" (InlineQueryResultsButton.start_parameter)
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_inline_query(playground: Playground, parameters: Parameters) -> Json:
    results = parameters.json("results", "can't parse inline query results JSON object")
    if not isinstance(results, list):
        raise bad_request("expected an Array of inline query results")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    read = tuple(_read_result(result) for result in results)
    if len({result.id for result in read}) < len(read):
        raise bad_request("RESULT_ID_DUPLICATE")
    button, start_parameter = _read_button(parameters.json("button", "can't parse inline query results button"))
    cache_seconds = parameters.integer("cache_time", USUAL_CACHE_SECONDS)
    answer = InlineAnswer(read, parameters.flag("is_personal"), cache_seconds, button, start_parameter)
    playground.inline_queries.answer(parameters.text("inline_query_id"), answer, playground.now())
    return True


def _read_result(result: Json) -> InlineResult:
    if not isinstance(result, Mapping):
        raise bad_request("can't parse inline query result: expected an Object")
    if result.get("type") != "article":
        raise bad_request("can't parse inline query result: unsupported inline query result type")
    result_id, title = words(result.get("id")), words(result.get("title"))
    if len(result_id.encode()) not in ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if not title.strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if not isinstance(content, Mapping):
        raise bad_request("can't parse inline query result: can't find field \"input_message_content\"")
    # "Text of the message to be sent, 1-4096 characters" (InputTextMessageContent), after entities parsing as in a chat
    message = read_text(
        Parameters({"text": words(content.get("message_text")), "parse_mode": words(content.get("parse_mode"))})
    )
    return InlineResult(result_id, title, words(result.get("description")), message, bool(result.get("reply_markup")))


def _read_button(button: Json) -> tuple[str, str]:
    if button is None:
        return "", ""
    if not isinstance(button, Mapping) or not words(button.get("text")).strip():
        raise bad_request("can't parse inline query results button")
    start_parameter = words(button.get("start_parameter"))
    if not _START_PARAMETER.fullmatch(start_parameter):
        raise bad_request("START_PARAM_INVALID")
    return words(button.get("text")), start_parameter
