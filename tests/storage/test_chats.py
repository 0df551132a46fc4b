"""A message of ours is known months later; a question of ours stays open for a while; letters come in pieces."""

from __future__ import annotations

from datetime import timedelta

from commitments.people import Speaker
from storage.engine import Database
from storage.ledger.chats import (
    QUESTION_STAYS_OPEN,
    end_questions,
    find_card,
    find_open_question,
    keep_letter_part,
    remember_card,
    take_letter_parts,
)
from storage.ledger.dialogues import keep_thread
from storage.ledger.hearing import Heard, hear
from tests.storage.letters import NOW

CHAT = 7_000_000_001


async def ask(database: Database, message_id: int, about: str) -> None:
    await remember_card(database, CHAT, message_id, about=about, reply_id=None, commitment_ids=(), asks=True, now=NOW)


async def test_no_question_is_open_in_a_new_chat(database: Database) -> None:
    assert await find_open_question(database, CHAT, now=NOW) is None
    await end_questions(database, CHAT, now=NOW)


async def test_a_new_question_ends_the_one_before(database: Database) -> None:
    await ask(database, 1, "reply_date")
    await ask(database, 2, "unit")

    card = await find_open_question(database, CHAT, now=NOW)
    assert card is not None
    assert card.about == "unit"
    await end_questions(database, CHAT, now=NOW)
    assert await find_open_question(database, CHAT, now=NOW) is None


async def test_a_question_of_yesterday_takes_no_words_but_can_still_be_answered(database: Database) -> None:
    await ask(database, 1, "unit")
    later = NOW + QUESTION_STAYS_OPEN + timedelta(minutes=1)

    assert await find_open_question(database, CHAT, now=later) is None
    card = await find_card(database, CHAT, 1)
    assert card is not None
    assert card.about == "unit"


async def test_pieces_of_a_letter_are_put_in_the_chat_s_order_and_taken_once(database: Database) -> None:
    await keep_letter_part(database, CHAT, 12, "乙", now=NOW)
    await keep_letter_part(database, CHAT, 11, "甲", now=NOW)
    assert await keep_letter_part(database, CHAT, 12, "乙", now=NOW) == ["甲", "乙"]

    assert await take_letter_parts(database, CHAT) == ["甲", "乙"]
    assert await take_letter_parts(database, CHAT) == []


async def test_a_message_is_heard_with_all_that_was_open_before(database: Database) -> None:
    assert await hear(database, CHAT, "周", frozenset(), now=NOW) == Heard(Speaker(CHAT, "周", frozenset()))
    await ask(database, 1, "unit")
    await keep_letter_part(database, CHAT, 11, "甲", now=NOW)
    await keep_thread(database, CHAT, {"questions": ["逾期的有哪些"]}, now=NOW)

    heard = await hear(database, CHAT, "周", frozenset({CHAT}), now=NOW)

    assert heard.speaker.is_admin
    assert heard.question is not None
    assert (heard.question.about, heard.in_pieces, heard.thread) == ("unit", True, {"questions": ["逾期的有哪些"]})


async def test_what_was_open_hours_ago_is_not_heard_any_more(database: Database) -> None:
    await hear(database, CHAT, "周", frozenset(), now=NOW)
    await ask(database, 1, "unit")
    await keep_thread(database, CHAT, {"questions": []}, now=NOW)

    heard = await hear(database, CHAT, "周", frozenset(), now=NOW + timedelta(hours=3))

    assert (heard.question, heard.thread) == (None, None)
