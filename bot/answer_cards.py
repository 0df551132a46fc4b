"""Which card answers a question: what answering.py found, worded by cards/answers.py and cards/progress.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.access import roles_towards
from bot.answering import Answer
from bot.cards import answers, progress
from bot.cards.base import Card
from bot.services import Services
from commitments.people import Speaker
from commitments.states import Role
from extraction.question_rules import Intent
from storage.ledger.follow import is_following
from storage.ledger.queries import find_reply

SETS = frozenset({Intent.LIST, Intent.DUE, Intent.OVERDUE})


async def answered(services: Services, found: Answer, today: date, *, speaker: Speaker | None) -> Card:
    """The card for an answer, as this speaker may see it; None is the terminal, which may see everything."""
    if found.intent in (Intent.SMALL_TALK, Intent.HELP):
        return answers.small_talk()
    if found.choices:
        return answers.choose(found.choices)
    if found.share is not None:
        return answers.rate(found.share.name, found.share.part, found.share.whole)
    if found.intent is Intent.COUNT:
        return answers.counted(found.commitments, found.total, today, ids=found.thread.commitments)
    if found.intent in SETS or (len(found.commitments) > 1 and found.question.wants_a_set):
        ids = found.thread.commitments
        return answers.found_set(found.commitments, found.total, today, title=_title(found), ids=ids)
    if found.contacts:
        return answers.contacts([(row.reply, row.name, row.phone) for row in found.contacts])
    if found.question.about_reply or not found.commitments:
        return await _about_reply(services, found, today, speaker)
    best = found.commitments[0]
    roles = await roles_towards(services, speaker, best) if speaker else frozenset[Role]()
    following = speaker is not None and await is_following(services.database, best.id, speaker.chat_id)
    return progress.answer(best, found.commitments[1:4], today, roles, following=following)


async def _about_reply(services: Services, found: Answer, today: date, speaker: Speaker | None) -> Card:
    if not found.replies:
        return answers.nothing_found(as_asked(found.searched, found.question.text), found.nearest)
    if len(found.replies) > 1:
        return answers.replies(found.replies)
    view = await find_reply(services.database, found.replies[0].id)
    assert view is not None
    return answers.reply(view, today, with_phone=speaker is None or speaker.is_admin)


def as_asked(words: Sequence[str], question: str) -> list[str]:
    """The words that were looked for, as the question has them: 地铁, 号线 stand in it as 地铁2号线."""
    phrases: list[str] = []
    end = -1
    for word in sorted(words, key=question.find):
        start = question.find(word, max(end, 0))
        gap = question[end:start] if phrases and start >= end >= 0 else None
        if gap is not None and (not gap or gap.isdigit()):
            phrases[-1] += gap + word
        else:
            phrases.append(word)
        end = start + len(word) if start >= 0 else -1
    return phrases


def _title(found: Answer) -> str:
    return {Intent.OVERDUE: "已经逾期", Intent.DUE: "到期的承诺"}.get(found.intent, "承诺清单")
