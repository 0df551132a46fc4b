"""Coming in: /start, the own phone number, invite links."""

from __future__ import annotations

from telegram import Contact as SharedContact

from bot import texts
from bot.cards import people
from bot.cards.base import Card
from bot.context import Context, Pressed, Said
from bot.markup import START_FROM_INLINE
from bot.menus import show_menu
from storage.ledger.people import (
    Bound,
    InviteRefused,
    add_contact,
    add_delegate,
    bind_by_phone,
    count_open_items,
    create_invite,
    find_speaker,
    get_contact,
    get_delegate,
    redeem_invite,
)
from storage.ledger.queries import find_delegates_of, find_reply


async def start(said: Said, context: Context) -> None:
    """/start, also with the code of an invite link behind it."""
    if said.words and said.words != START_FROM_INLINE:
        await _redeem(said, context)
    elif context.person.is_stranger:
        await context.send(said.chat_id, people.welcome_stranger())
    else:
        await show_menu(context.bot, context.services.commands, said.chat_id, context.person.roles)
        await context.send(said.chat_id, people.welcome_back(context.person.name, context.person.roles))


async def receive_contact(said: Said, contact: SharedContact, context: Context) -> None:
    """Only the own number counts: Telegram vouches for it by contact.user_id; a forwarded card is no proof."""
    if contact.user_id != said.chat_id or said.message.forward_origin is not None:
        await context.send(said.chat_id, Card(texts.OWN_CONTACT_ONLY, asks_phone=True), reply_to=said.message_id)
        return
    services = context.services
    bound = await bind_by_phone(
        services.database, said.chat_id, contact.phone_number, now=context.now, admins=services.admins
    )
    if bound is None:
        await context.send(said.chat_id, Card(texts.UNKNOWN_PHONE), reply_to=said.message_id)
    else:
        await _welcome(said, bound, context)


async def invite(said: Said, context: Context) -> None:
    """/invite 代表 姓名, or /invite 联系人 单位 姓名; 分管 and 负责人 hear of what the contact does not answer."""
    words = said.words.split()
    database = context.services.database
    if len(words) == 2 and words[0] in ("代表", "委员"):
        delegate = await add_delegate(database, words[1])
        await _send_delegate_link(said.chat_id, delegate.id or 0, context)
    elif len(words) == 3 and words[0] in people.RANKS:
        contact = await add_contact(database, words[1], words[2], people.RANKS[words[0]])
        await _send_contact_link(said.chat_id, contact.id or 0, context)
    else:
        await context.send(said.chat_id, people.how_to_invite())


async def invite_contact(pressed: Pressed, context: Context) -> None:
    """From a confirmed reply: its contact, or the unit's when the letter names nobody."""
    reply = await find_reply(context.services.database, pressed.subject_id)
    assert reply is not None
    await pressed.notice()
    if reply.contact_id is None:
        await context.send(pressed.chat_id, people.how_to_invite())
    else:
        await _send_contact_link(pressed.chat_id, reply.contact_id, context)


async def invite_delegate(pressed: Pressed, context: Context) -> None:
    """From a confirmed reply: one of those whom it answers."""
    reply = await find_reply(context.services.database, pressed.subject_id)
    assert reply is not None
    delegates = await find_delegates_of(context.services.database, pressed.subject_id)
    await pressed.notice()
    if len(delegates) == 1:
        await _send_delegate_link(pressed.chat_id, delegates[0].id or 0, context)
    else:
        card = people.choose_delegate(reply, delegates) if delegates else people.how_to_invite()
        await context.send(pressed.chat_id, card)


async def invite_this_delegate(pressed: Pressed, context: Context) -> None:
    await pressed.notice()
    await _send_delegate_link(pressed.chat_id, pressed.subject_id, context)


async def invite_this_contact(pressed: Pressed, context: Context) -> None:
    await pressed.notice()
    await _send_contact_link(pressed.chat_id, pressed.subject_id, context)


async def _redeem(said: Said, context: Context) -> None:
    services = context.services
    try:
        bound = await redeem_invite(
            services.database, said.chat_id, said.words, now=context.now, admins=services.admins
        )
    except InviteRefused as refused:
        await context.send(said.chat_id, Card(texts.invite_refused(refused.why)))
    else:
        await _welcome(said, bound, context)


async def _welcome(said: Said, bound: Bound, context: Context) -> None:
    services = context.services
    services.wake_delivery()
    speaker = await find_speaker(services.database, said.chat_id, context.person.name, services.settings.admins)
    items = await count_open_items(services.database, speaker.unit_ids)
    await show_menu(context.bot, services.commands, said.chat_id, speaker.roles)
    await context.send(said.chat_id, people.bound(bound, items))


async def _send_contact_link(chat_id: int, contact_id: int, context: Context) -> None:
    contact, unit = await get_contact(context.services.database, contact_id)
    code = await create_invite(context.services.database, contact_id=contact_id, now=context.now, by=context.actor)
    await context.send(chat_id, people.invite(_link(code, context), contact.name or texts.SOMEBODY, unit))


async def _send_delegate_link(chat_id: int, delegate_id: int, context: Context) -> None:
    delegate = await get_delegate(context.services.database, delegate_id)
    code = await create_invite(context.services.database, delegate_id=delegate_id, now=context.now, by=context.actor)
    await context.send(chat_id, people.invite(_link(code, context), texts.delegate(delegate.name), None))


def _link(code: str, context: Context) -> str:
    return f"https://t.me/{context.services.bot_username}?start={code}"
