"""/unit, /handover, /group, /rules: what admins say about units and the people around them."""

from __future__ import annotations

import re

from bot import texts
from bot.cards import units as cards
from bot.cards.base import Card
from bot.context import Context, Said
from storage.ledger import units as verbs
from storage.ledger.units import NameTaken, NobodyOfThatName

EQUALS = re.compile(r"\s*(?:=|＝|是)\s*")
LISTED = re.compile(r"[、，,;；\s]+")


async def unit(said: Said, context: Context) -> None:
    """/unit 市科技局=澄湾市科学技术局; alone it lists the other names."""
    names = EQUALS.split(said.words, maxsplit=1)
    database = context.services.database
    if len(names) != 2:
        await context.send(said.chat_id, cards.how_to_alias(await verbs.find_aliases(database)))
    elif not all(texts.is_unit_name(name) for name in names):
        await context.send(said.chat_id, Card(texts.UNIT_TOO_LONG))
    else:
        await _add_alias(said, names[0], names[1], context)


async def hand_over(said: Said, context: Context) -> None:
    """/handover 单位 原联系人 新联系人."""
    words = said.words.split()
    if len(words) != 3 or words[1] == words[2]:
        await context.send(said.chat_id, cards.how_to_hand_over())
        return
    try:
        done = await verbs.hand_over(
            context.services.database, words[0], words[1], words[2], now=context.now, by=context.actor
        )
    except NobodyOfThatName as nobody:
        await context.send(said.chat_id, Card(texts.nobody_of_that_name(nobody.name)))
        return
    context.services.wake_delivery()
    await context.send(said.chat_id, cards.hand_over_done(words[0], words[1], words[2], done))


async def group(said: Said, context: Context) -> None:
    """/group 云澜代表团=陈书宁、沈知夏."""
    name, *rest = EQUALS.split(said.words, maxsplit=1)
    members = [member for member in LISTED.split(rest[0]) if member] if rest else []
    if not name or not members:
        await context.send(said.chat_id, cards.how_to_group())
        return
    try:
        await verbs.set_members(context.services.database, name, members, now=context.now, by=context.actor)
    except NobodyOfThatName as nobody:
        await context.send(said.chat_id, Card(texts.nobody_of_that_name(nobody.name)))
        return
    await context.send(said.chat_id, cards.group_kept(name, members))


async def rules(said: Said, context: Context) -> None:
    """/rules: this place's own numbers."""
    await context.send(said.chat_id, cards.rules(context.services.settings.rule_set))


async def _add_alias(said: Said, alias: str, name: str, context: Context) -> None:
    try:
        row = await verbs.add_alias(context.services.database, alias, name, now=context.now, by=context.actor)
    except NameTaken as taken:
        await context.send(said.chat_id, Card(texts.name_taken(taken.name, taken.unit)))
    else:
        await context.send(said.chat_id, cards.alias_kept(alias, row.name))
