"""A question → what the ledger knows about it, as data; the words for people are in cards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from bot.finding import Finder, Found, visible_to
from commitments.people import Speaker, masked_phone
from extraction.followups import read_thread
from extraction.names import Lexicon
from extraction.question_rules import Intent
from extraction.questions import Question, read_question
from extraction.words import load_dictionary
from storage.engine import Database, Look
from storage.ledger.queries import CommitmentView, ReplyHead, commitments_of, contacts_of, heads_of
from storage.search_names import find_new_names
from storage.search_sets import keep_visible

MOST = 200
REMEMBERED = 50
"""How many listed commitments a follow-up question or another page can point at."""
QUESTIONS_BACK = 5
CONTACTS = 3
LONGEST_LINE_ASKED = 60
"""A line that is longer than this may be a letter's, even where it ends like a question."""
ENDS_AS_QUESTION = re.compile(r"(?:[吗呢么?？]|怎么?样|如何|没有)[了啦。！!\s]*$")
ASKS_PLAINLY = frozenset({Intent.LIST, Intent.OVERDUE, Intent.COUNT, Intent.ORGAN})


@dataclass(frozen=True, slots=True)
class Thread:
    """What a follow-up question may lean on: the questions so far, what was listed, and which of it is in view."""

    questions: tuple[str, ...] = ()
    commitments: tuple[int, ...] = ()
    in_view: int | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(kept: dict[str, Any]) -> Thread:
        return Thread(tuple(kept["questions"]), tuple(kept["commitments"]), kept["in_view"])


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
    """What was looked for, in the question's own words; not the verb it ends with, where there is more."""
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


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks (None: the terminal, which sees everything), on which day, and what was said before."""

    speaker: Speaker | None
    today: date
    open_to_all: bool = False
    thread: Thread | None = None

    @property
    def sees_phones(self) -> bool:
        return self.speaker is None or self.speaker.is_admin


def reads_as_question(words: str, *, today: date) -> bool:
    """Whether words that may as well be a pasted letter ask something: one short line that asks or lists."""
    line = words.strip()
    if len(line) > LONGEST_LINE_ASKED or "\n" in line:
        return False
    if ENDS_AS_QUESTION.search(line):
        return True
    return read_question(line, lexicon=Lexicon(), today=today).intent in ASKS_PLAINLY


async def answer(
    database: Database,
    question: str,
    *,
    speaker: Speaker | None,
    today: date,
    open_to_all: bool = False,
    thread: Thread | None = None,
    most: int = MOST,
    viewed: int = MOST,
) -> Answer:
    """Look up one question for somebody: `most` commitments are found, so many of them `viewed` with all their words.

    Reading, searching and looking up are one look in one thread.
    """
    asker = Asker(speaker, today, open_to_all, thread)
    names = _names.setdefault(database, _Names())
    return await database.look(lambda look: _answer(look, names, question, asker, most=most, viewed=viewed))


async def view_listed(
    database: Database, ids: Sequence[int], *, speaker: Speaker, open_to_all: bool
) -> list[CommitmentView]:
    """Commitments that were found before, as far as the speaker may still see them."""
    visible = visible_to(speaker, open_to_all=open_to_all)
    return await database.look(lambda look: commitments_of(look, keep_visible(look, ids, visible)))


def _answer(look: Look, names: _Names, question: str, asker: Asker, *, most: int, viewed: int) -> Answer:
    thread = asker.thread
    asked, shown, texts = _read(look, names, question, asker)
    visible = visible_to(asker.speaker, open_to_all=asker.open_to_all)
    finder = Finder(look, asked, visible, asker.speaker, asker.today, most)
    found = finder.find_shown(shown) if shown else finder.find()
    if shown and asked.intent is Intent.UNKNOWN:
        asked = replace(asked, intent=Intent.STATUS)
    answered = _view(look, asked, found, viewed, with_phones=asker.sees_phones)
    if shown and thread:
        return replace(answered, thread=replace(thread, in_view=shown[0]))
    return replace(answered, thread=_thread(texts, asked, found))


def _read(look: Look, names: _Names, question: str, asker: Asker) -> tuple[Question, tuple[int, ...], tuple[str, ...]]:
    """What is asked, which commitment shown before it points at, and the questions that it goes on from."""
    thread, today = asker.thread, asker.today
    with names.in_use:
        lexicon = names.lexicon(look)
        asked = read_question(question, lexicon=lexicon, today=today)
        shown = _pointed_at(asked, thread) if thread else ()
        texts: tuple[str, ...] = (question,)
        if thread and not shown and asked.leans and thread.questions:
            texts = (*thread.questions[-QUESTIONS_BACK:], question)
            asked = read_thread(texts, lexicon=lexicon, today=today)
    return asked, shown, texts


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


def _thread(questions: tuple[str, ...], asked: Question, found: Found) -> Thread:
    ids = found.commitments[:REMEMBERED]
    return Thread(questions, ids, ids[0] if ids and not asked.wants_a_set else None)


def _view(look: Look, asked: Question, found: Found, viewed: int, *, with_phones: bool) -> Answer:
    listed, nearest = found.commitments[:viewed], found.nearest
    views = {view.id: view for view in commitments_of(look, (*listed, *nearest))}
    heads = {head.id: head for head in (*found.named, *(views[number].reply for number in listed))}
    replies = found.replies or tuple(dict.fromkeys(views[number].reply.id for number in listed))
    heads |= heads_of(look, [head_id for head_id in (*replies, *found.choices) if head_id not in heads])
    told = tuple(heads[head_id] for head_id in replies)
    return Answer(
        question=asked,
        intent=asked.intent,
        replies=told,
        commitments=tuple(views[number] for number in listed),
        total=found.total,
        searched=_searched(asked),
        nearest=tuple(views[number] for number in nearest),
        contacts=_contacts(look, told[:CONTACTS], with_phones=with_phones) if asked.intent is Intent.CONTACT else (),
        choices=tuple(heads[head_id] for head_id in found.choices),
        share=Share(asked.rate, *found.share) if asked.rate and found.share else None,
    )


@dataclass(slots=True)
class _Names:
    """The ledger's names, read once and then only what was added since; one question at a time is read by them."""

    in_use: Lock = field(default_factory=Lock)
    _lexicon: Lexicon = field(default_factory=Lexicon)
    _told: tuple[int, int] = (0, 0)

    def lexicon(self, look: Look) -> Lexicon:
        new = find_new_names(look, self._told)
        if new is not None:
            for kind, name in new.names:
                self._lexicon.add(kind, name)
            for alias, unit in new.aliases:
                self._lexicon.add_alias(alias, unit)
            self._told = new.told
        return self._lexicon


_names: WeakKeyDictionary[Database, _Names] = WeakKeyDictionary()


async def prepare(database: Database) -> None:
    """Read the dictionary and the ledger's names, off the event loop, before the first question needs them."""
    names = _names.setdefault(database, _Names())

    def read(look: Look) -> None:
        with names.in_use:
            load_dictionary()
            names.lexicon(look)

    await database.look(read)


def _searched(question: Question) -> tuple[str, ...]:
    words = [word for word in question.words if not word.optional]
    number = f"{question.number}号" if question.number else None
    names = (*question.unknown, *question.people, *question.units, *question.places)
    while words and words[-1].action and (names or len(words) > 1):
        words.pop()
    return tuple(dict.fromkeys(filter(None, (number, question.document_no, *names, *(word.text for word in words)))))


def _contacts(look: Look, heads: Sequence[ReplyHead], *, with_phones: bool) -> tuple[ContactView, ...]:
    told = contacts_of(look, [head.id for head in heads])
    return tuple(
        ContactView(head, name, phone if with_phones else _masked(phone))
        for head, (name, phone) in zip(heads, told, strict=True)
        if name or phone
    )


def _masked(phone: str | None) -> str | None:
    return masked_phone(phone) if phone else None
