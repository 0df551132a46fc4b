"""A question → what the ledger knows about it, as data; the words for people are in cards."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from bot.finding import Finder, visible_to
from commitments.people import Speaker, masked_phone
from extraction.names import Lexicon
from extraction.question_rules import Intent
from extraction.questions import Keyword, Question, read_question
from storage.engine import Database
from storage.ledger.queries import CommitmentView, ReplyHead, find_commitments, find_reply
from storage.search import find_names
from storage.search_queries import find_heads

MOST = 200


@dataclass(frozen=True, slots=True)
class ContactView:
    """Whom to ask about a reply; the phone is masked for everybody but admins."""

    reply: ReplyHead
    name: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, best first; `nearest` is never an answer, only what might have been meant."""

    question: Question
    intent: Intent
    replies: tuple[ReplyHead, ...] = ()
    commitments: tuple[CommitmentView, ...] = ()
    total: int = 0
    searched: tuple[str, ...] = ()
    """What was looked for, in the question's own words."""
    nearest: tuple[CommitmentView, ...] = ()
    contacts: tuple[ContactView, ...] = ()
    choices: tuple[ReplyHead, ...] = ()
    """Readings of the question that are equally likely: ask which is meant."""

    @property
    def found(self) -> bool:
        return bool(self.replies or self.commitments)


async def answer(
    database: Database,
    question: str,
    *,
    speaker: Speaker | None,
    today: date,
    open_to_all: bool = False,
    most: int = MOST,
) -> Answer:
    """Look up one question for somebody (None: the terminal, which sees everything)."""
    asked = read_question(question, lexicon=await get_lexicon(database), today=today)
    visible = await visible_to(database, speaker, open_to_all=open_to_all)
    found = await Finder(database, asked, visible, speaker, today, most).find()
    views = {view.id: view for view in await find_commitments(database, (*found.commitments, *found.nearest))}
    listed = tuple(views[number] for number in found.commitments)
    async with database.reading() as session:
        heads = await find_heads(session, (*found.replies, *found.choices))
    replies = {head_id: heads[head_id] for head_id in found.replies} or {view.reply.id: view.reply for view in listed}
    full = speaker is None or speaker.is_admin
    return Answer(
        question=asked,
        intent=asked.intent,
        replies=tuple(replies.values()),
        commitments=listed,
        total=found.total,
        searched=_searched(asked),
        nearest=tuple(views[number] for number in found.nearest),
        contacts=await _contacts(database, list(replies), full=full) if asked.intent is Intent.CONTACT else (),
        choices=tuple(heads[head_id] for head_id in found.choices),
    )


_lexicons: WeakKeyDictionary[Database, tuple[Lexicon, int]] = WeakKeyDictionary()


async def get_lexicon(database: Database) -> Lexicon:
    """The ledger's names, read once and then only what was added since."""
    lexicon, last = _lexicons.get(database) or (Lexicon(), 0)
    async with database.reading() as session:
        names = await find_names(session, last)
    for _, kind, name in names:
        lexicon.add(kind, name)
    _lexicons[database] = (lexicon, names[-1][0] if names else last)
    return lexicon


def _searched(question: Question) -> tuple[str, ...]:
    words: list[Keyword] = [word for word in question.words if not word.optional]
    number = f"{question.number}号" if question.number else None
    names = (*question.unknown, *question.people, *question.units, *question.places)
    return tuple(dict.fromkeys(filter(None, (number, question.document_no, *names, *(word.text for word in words)))))


async def _contacts(database: Database, reply_ids: list[int], *, full: bool) -> tuple[ContactView, ...]:
    views = await asyncio.gather(*(find_reply(database, reply_id) for reply_id in reply_ids[:3]))
    return tuple(
        ContactView(view.head, view.contact_name, view.contact_phone if full else _masked(view.contact_phone))
        for view in views
        if view is not None and (view.contact_name or view.contact_phone)
    )


def _masked(phone: str | None) -> str | None:
    return masked_phone(phone) if phone else None
