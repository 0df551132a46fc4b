"""`jiannuo ask`: a question from the terminal, which may see everything."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import Any

from bot.answer_cards import answered
from bot.answering import Answer, answer, prepare
from bot.settings import Settings
from bot.terminal.opening import open_ledger
from commitments.clock import local_day
from storage.ledger.queries import CommitmentView, ReplyHead


async def ask(settings: Settings, questions: list[str], today: date | None, *, as_json: bool) -> None:
    """Answer each question, in order, on a line of its own or as people read it."""
    async with open_ledger(settings) as services:
        await prepare(services.database)
        day = today or local_day(services.clock.now(), settings.zone)
        for question in questions:
            found = await answer(services.database, question, speaker=None, today=day)
            text = plain_text((await answered(services, found, day, speaker=None)).html)
            print(json.dumps(_as_json(found, text), ensure_ascii=False) if as_json else text)


def plain_text(html: str) -> str:
    """A card's words without Telegram's tags."""
    return unescape(re.sub(r"</?[a-z][^>]*>", "", html))


def _as_json(found: Answer, text: str) -> dict[str, Any]:
    return {
        "intent": found.question.intent,
        "replies": [_reply(row) for row in found.replies],
        "commitments": [_commitment(row) for row in found.commitments],
        "text": text,
    }


def _reply(row: ReplyHead) -> dict[str, Any]:
    return {
        "source": row.source,
        "number": row.number,
        "title": row.title,
        "unit": row.unit,
        "reply_date": _iso(row.replied_on),
    }


def _commitment(row: CommitmentView) -> dict[str, Any]:
    return {
        "source": row.reply.source,
        "number": row.reply.number,
        "position": row.position,
        "quote": row.quote,
        "due": _iso(row.due_on),
        "due_text": row.due_text,
        "state": row.state,
        "owner": row.owner,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
