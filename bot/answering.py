"""A question → what the ledger knows about it, as data; the words for people are in cards."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from bot.finding import Finder, Found, visible_to
from commitments.people import Speaker, masked_phone
from extraction.followups import read_thread
from extraction.names import Lexicon
from extraction.question_rules import Intent
from extraction.questions import Question, read_question
from extraction.words import load_dictionary
from storage.engine import Database
from storage.ledger.queries import CommitmentView, ReplyHead, find_commitments, find_reply
from storage.search import find_aliases, find_names
from storage.search_queries import find_heads

MOST = 200
REMEMBERED = 50
"""How many listed commitments a follow-up question can point at."""
QUESTIONS_BACK = 5


@dataclass(frozen=True, slots=True)
class Thread:
    """What a follow-up question may lean on: the questions so far, what was listed, and which of it is in view."""

    questions: tuple[str, ...] = ()
    commitments: tuple[int, ...] = ()
    replies: tuple[int, ...] = ()
    in_view: int | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(kept: dict[str, Any]) -> Thread:
        lists = {name: tuple(kept[name]) for name in ("questions", "commitments", "replies")}
        return Thread(in_view=kept["in_view"], **lists)


@dataclass(frozen=True, slots=True)
class ContactView:
    """Whom to ask about a reply; the phone is masked for everybody but admins."""

    reply: ReplyHead
    name: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Share:
    """A rate: `part` of `whole`; `name` is dated, kept or closed."""

    name: str
    part: int
    whole: int


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
    share: Share | None = None
    thread: Thread = Thread()
    """Keep it, and give it back with the next question of the same conversation."""

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
    thread: Thread | None = None,
) -> Answer:
    """Look up one question for somebody (None: the terminal, which sees everything)."""
    lexicon = await get_lexicon(database)
    asked = read_question(question, lexicon=lexicon, today=today)
    visible = visible_to(speaker, open_to_all=open_to_all)
    shown = _pointed_at(asked, thread) if thread else ()
    texts: tuple[str, ...] = (question,)
    if thread and not shown and asked.leans and thread.questions:
        texts = (*thread.questions[-QUESTIONS_BACK:], question)
        asked = read_thread(texts, lexicon=lexicon, today=today)
    finder = Finder(database, asked, visible, speaker, today, most)
    found = await (finder.find_shown(shown) if shown else finder.find())
    if shown and asked.intent is Intent.UNKNOWN:
        asked = replace(asked, intent=Intent.STATUS)
    answered = await _views(database, asked, found, full=speaker is None or speaker.is_admin)
    if shown and thread:
        return replace(answered, thread=replace(thread, in_view=shown[0]))
    return replace(answered, thread=_thread(texts, answered))


def _pointed_at(question: Question, thread: Thread) -> tuple[int, ...]:
    """The listed commitment that is meant by its number, or the one in view where the question names nothing."""
    listed = thread.commitments
    if question.ordinal is not None and listed:
        at = question.ordinal - 1 if question.ordinal > 0 else len(listed) - 1
        return (listed[at],) if at < len(listed) else ()
    if question.ordinal is None and not question.has_subject and not question.wants_a_set:
        in_view = thread.in_view or next(iter(listed), None)
        asks = question.intent not in (Intent.SMALL_TALK, Intent.HELP)
        return (in_view,) if in_view and asks else ()
    return ()


def _thread(questions: tuple[str, ...], answered: Answer) -> Thread:
    ids = tuple(view.id for view in answered.commitments[:REMEMBERED])
    in_view = ids[0] if ids and not answered.question.wants_a_set else None
    return Thread(questions, ids, tuple(head.id for head in answered.replies[:REMEMBERED]), in_view)


async def _views(database: Database, asked: Question, found: Found, *, full: bool) -> Answer:
    views = {view.id: view for view in await find_commitments(database, (*found.commitments, *found.nearest))}
    listed = tuple(views[number] for number in found.commitments)
    async with database.reading() as session:
        heads = await find_heads(session, (*found.replies, *found.choices))
    replies = {head_id: heads[head_id] for head_id in found.replies} or {view.reply.id: view.reply for view in listed}
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
        share=Share(asked.rate, *found.share) if asked.rate and found.share else None,
    )


@dataclass(slots=True)
class _Kept:
    lexicon: Lexicon
    names: int = 0
    aliases: int = 0


_kept: WeakKeyDictionary[Database, _Kept] = WeakKeyDictionary()


async def get_lexicon(database: Database) -> Lexicon:
    """The ledger's names, read once and then only what was added since."""
    await asyncio.to_thread(load_dictionary)
    kept = _kept.setdefault(database, _Kept(Lexicon()))
    async with database.reading() as session:
        names = await find_names(session, kept.names)
        aliases = await find_aliases(session, kept.aliases)
    for row_id, kind, name in names:
        kept.lexicon.add(kind, name)
        kept.names = max(kept.names, row_id)
    for row_id, alias, unit in aliases:
        kept.lexicon.add_alias(alias, unit)
        kept.aliases = max(kept.aliases, row_id)
    return kept.lexicon


def _searched(question: Question) -> tuple[str, ...]:
    words = (word.text for word in question.words if not word.optional)
    number = f"{question.number}号" if question.number else None
    names = (*question.unknown, *question.people, *question.units, *question.places)
    return tuple(dict.fromkeys(filter(None, (number, question.document_no, *names, *words))))


async def _contacts(database: Database, reply_ids: list[int], *, full: bool) -> tuple[ContactView, ...]:
    views = await asyncio.gather(*(find_reply(database, reply_id) for reply_id in reply_ids[:3]))
    return tuple(
        ContactView(view.head, view.contact_name, view.contact_phone if full else _masked(view.contact_phone))
        for view in views
        if view is not None and (view.contact_name or view.contact_phone)
    )


def _masked(phone: str | None) -> str | None:
    return masked_phone(phone) if phone else None
