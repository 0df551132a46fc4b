"""The full-text index over confirmed replies and their commitments, kept in the transaction that changes the row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, delete, insert, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from commitments.letters import PUBLIC
from commitments.states import CommitmentState, ReplyState
from commitments.units import full_owner, split_units, unit_name
from storage.search_text import label, plain, to_tsvector, tokens
from storage.tables import Commitment, Contact, Delegate, Reply, ReplyDelegate, Unit, UnitAlias

BEFORE, AFTER = 160, 60
"""Characters around a quote that are searched with it: a piece of a sentence seldom names its subject."""
LONGEST_TEXT = 4_000
FIELD_END = "zzzz"
ANYBODY = "zzpublic"
"""What a letter that every delegate may read says of itself, and the label of such a one."""
SHOWN = (CommitmentState.OPEN, CommitmentState.REPORTED, CommitmentState.CLOSED)

_metadata = MetaData()


def _searched(name: str, *more: Column[Any]) -> Table:
    texts = (Column(field, Text, nullable=False) for field in ("body", "near", "head", "labels"))
    return Table(name, _metadata, Column("id", Integer, primary_key=True, autoincrement=False), *more, *texts)


SEARCH_COMMITMENT = _searched("search_commitment", Column("reply_id", Integer, nullable=False))
SEARCH_REPLY = _searched("search_reply")
SEARCH_NAME = Table(
    "search_name", _metadata, Column("id", Integer, primary_key=True), Column("kind", String), Column("name", String)
)


@dataclass(frozen=True, slots=True)
class Searched:
    """What is indexed of one row: its own words, those around it, those of its reply, and labels."""

    body: str
    near: str
    head: str
    labels: str

    def tokens(self) -> list[str]:
        fields = (self.body, self.near, self.head)
        return [word for field in fields for word in (*tokens(field), FIELD_END)] + self.labels.split()


async def index_reply(session: AsyncSession, reply_id: int) -> None:
    """Make a reply and its commitments findable as they stand now; call it in the transaction that confirms a reply."""
    reply = (await session.exec(select(Reply).where(Reply.id == reply_id))).one()
    await session.flush()
    await _forget(session, SEARCH_REPLY, reply_id)
    letter = await _letter(session, reply)
    if reply.state == ReplyState.CONFIRMED:
        await _remember(session, SEARCH_REPLY, reply_id, letter.searched())
        await _add_names(session, letter.names())
    for commitment in await session.exec(select(Commitment).where(Commitment.reply_id == reply_id)):
        await _index(session, letter, commitment)


async def index_commitment(session: AsyncSession, commitment_id: int) -> None:
    """Call it where a confirmed commitment is added, dropped or reworded."""
    commitment = (await session.exec(select(Commitment).where(Commitment.id == commitment_id))).one()
    await session.flush()
    reply = (await session.exec(select(Reply).where(Reply.id == commitment.reply_id))).one()
    await _index(session, await _letter(session, reply), commitment)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A reply with the people and units around it."""

    reply: Reply
    unit: str | None
    delegates: dict[int, str]
    contacts: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    """What admins call the unit beside its name."""

    @property
    def organs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*split_units(self.unit), *split_units(self.reply.organ), *self.aliases)))

    def names(self) -> Iterable[tuple[str, str]]:
        yield from (("organ", organ) for organ in self.organs)
        yield from (("person", name) for name in (*self.delegates.values(), *self.reply.addressees))
        yield from (("contact", name) for name in self.contacts)

    def labels(self) -> list[str]:
        facts = [label("r", self.reply.id), label("i", self.reply.unit_id)]
        facts += [label("u", organ) for organ in self.organs]
        facts += [label("l", place) for organ in self.organs for place in unit_name(organ).places]
        facts += [label("p", name) for name in (*self.delegates.values(), *self.reply.addressees)]
        facts += [label("d", delegate_id) for delegate_id in self.delegates]
        facts += [label("c", name) for name in self.contacts]
        return [*dict.fromkeys(facts), *([ANYBODY] if self.reply.disclosure in PUBLIC else [])]

    def head(self) -> str:
        reply = self.reply
        people = (*self.delegates.values(), *reply.addressees)
        return plain("\n".join(filter(None, (reply.title, *self.organs, *dict.fromkeys(people)))))

    def searched(self) -> Searched:
        reply = self.reply
        phone = _AREA_CODE.sub(r"\g<0> ", reply.contact_phone or "")
        facts = (*self.organs, reply.session, *reply.addressees, _bare(reply.document_no), phone)
        head = plain("\n".join(filter(None, facts)))
        labels = (*self.labels(), *number_labels(reply))
        return Searched(plain(reply.title or ""), plain(reply.text[:LONGEST_TEXT]), head, " ".join(labels))


def number_labels(reply: Reply) -> list[str]:
    """第0216号 is found as 216; 20250118 also as 118 of 2025; 2024年9号 as 9 of 2024."""
    digits = re.findall(r"\d+", reply.number or "")
    years = {int(year) for year in digits[:-1] if len(year) == 4}
    numbers = {digits[-1].lstrip("0")} if digits else set()
    if digits and re.fullmatch(r"20\d\d\d{3,5}", digits[-1]):
        numbers.add(digits[-1][4:].lstrip("0"))
        years.add(int(digits[-1][:4]))
    if reply.replied_on and not years:
        years = {reply.replied_on.year, reply.replied_on.year - (reply.replied_on.month <= 3)}
    return [label("n", number) for number in sorted(numbers)] + [label("y", year) for year in sorted(years)]


_AREA_CODE = re.compile(r"^\(?(?:010|02\d|0[3-9]\d\d)\)?(?=\d{7,8}$)")


def _bare(written: str | None) -> str:
    return "".join(re.findall(r"\w+", written or "")).replace("第", "")


async def _letter(session: AsyncSession, reply: Reply) -> _Letter:
    unit = await session.get(Unit, reply.unit_id) if reply.unit_id else None
    contact = await session.get(Contact, reply.contact_id) if reply.contact_id else None
    delegates = await session.exec(
        select(Delegate)
        .join(ReplyDelegate, col(ReplyDelegate.delegate_id) == col(Delegate.id))
        .where(ReplyDelegate.reply_id == reply.id)
    )
    contacts = tuple(filter(None, (reply.contact_name or (contact.name if contact else None),)))
    known = {delegate.id: delegate.name for delegate in delegates if delegate.id is not None}
    aliases = tuple(await session.exec(select(UnitAlias.alias).where(UnitAlias.unit_id == reply.unit_id)))
    return _Letter(reply, unit.name if unit else None, known, contacts, aliases)


async def _index(session: AsyncSession, letter: _Letter, commitment: Commitment) -> None:
    assert commitment.id is not None
    await _forget(session, SEARCH_COMMITMENT, commitment.id)
    if letter.reply.state != ReplyState.CONFIRMED or commitment.state not in SHOWN:
        return
    organ = letter.organs[0] if letter.organs else None
    owners = [full_owner(owner, organ) for owner in split_units(commitment.owner)]
    section = (commitment.section or "").replace("\n", " ")
    near = f"{section}\n{around(letter.reply.text, commitment.quote)}"
    labels = letter.labels() if commitment.unit_id is None else await _moved(session, letter, commitment.unit_id)
    labels += [label("w", commitment.unit_id or letter.reply.unit_id)]
    labels += [label("o", owner) for owner in owners]
    searched = Searched(plain(commitment.quote), plain(near), letter.head(), " ".join(labels))
    await _remember(session, SEARCH_COMMITMENT, commitment.id, searched, reply_id=commitment.reply_id)
    await _add_names(session, [("owner", owner) for owner in owners])


async def _moved(session: AsyncSession, letter: _Letter, unit_id: int) -> list[str]:
    """The labels of a commitment that another unit took over: that unit's, though the first may still see it."""
    unit = await session.get(Unit, unit_id)
    labels = [word for word in letter.labels() if not word.startswith(label("u", ""))]
    if unit is not None:
        labels += [label("u", unit.name), label("i", unit_id)]
        await _add_names(session, [("organ", unit.name)])
    return labels


def around(letter: str, quote: str) -> str:
    """What stands before a quote in its paragraph, and in a second line what stands behind it."""
    start = letter.find(quote)
    if start < 0:
        return "\n"
    end = start + len(quote)
    line_start = letter.rfind("\n", 0, start) + 1
    line_end = letter.find("\n", end)
    before = letter[max(line_start, start - BEFORE) : start]
    return before + "\n" + letter[end : min(end + AFTER, line_end if line_end >= 0 else len(letter))]


async def _remember(session: AsyncSession, table: Table, row_id: int, searched: Searched, **more: Any) -> None:
    fields = {name: getattr(searched, name) for name in ("body", "near", "head", "labels")}
    await _run(session, insert(table).values(id=row_id, **fields, **more))
    words = searched.tokens()
    if _is_sqlite(session):
        statement = f"INSERT INTO {table.name}_index (rowid, tokens) VALUES (:id, :tokens)"  # noqa: S608
        await _run(session, text(statement), id=row_id, tokens=" ".join(words))
    else:
        statement = f"UPDATE {table.name} SET tokens = CAST(:tokens AS tsvector) WHERE id = :id"  # noqa: S608
        await _run(session, text(statement), id=row_id, tokens=to_tsvector(words))


async def _forget(session: AsyncSession, table: Table, row_id: int) -> None:
    """A contentless index must be told what it held: it is computed again from the kept texts."""
    row = (await _run(session, table.select().where(table.c.id == row_id))).mappings().first()
    if row is None:
        return
    if _is_sqlite(session):
        held = Searched(row["body"], row["near"], row["head"], row["labels"])
        index = f"{table.name}_index"
        statement = f"INSERT INTO {index} ({index}, rowid, tokens) VALUES ('delete', :id, :tokens)"  # noqa: S608
        await _run(session, text(statement), id=row_id, tokens=" ".join(held.tokens()))
    await _run(session, delete(table).where(table.c.id == row_id))


async def _add_names(session: AsyncSession, names: Iterable[tuple[str, str]]) -> None:
    for kind, name in dict.fromkeys(names):
        known = SEARCH_NAME.select().where(SEARCH_NAME.c.kind == kind, SEARCH_NAME.c.name == name)
        if name and (await _run(session, known)).first() is None:
            await _run(session, insert(SEARCH_NAME).values(kind=kind, name=name))


def _is_sqlite(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"


async def _run(session: AsyncSession, statement: Any, **values: Any) -> Any:
    connection = await session.connection()
    return await connection.execute(statement, values)
