"""关注 and 取消关注 on any card, the list of what one follows, and the weekly digest for delegates."""

from __future__ import annotations

from bot import texts
from bot.access import get_commitment
from bot.cards import follows
from bot.context import Context, Pressed, Said
from bot.handlers.items import item_card
from commitments.states import Role
from storage.ledger import follow as verbs
from storage.ledger.lists import EVER, Wanted, list_commitments


async def follow(pressed: Pressed, context: Context) -> None:
    view = await get_commitment(context.services, context.person, pressed.subject_id)
    await verbs.follow(context.services.database, view.id, pressed.chat_id, now=context.now)
    await pressed.notice(texts.FOLLOWING)
    await context.show(pressed.query, await item_card(view, context))


async def unfollow(pressed: Pressed, context: Context) -> None:
    await verbs.unfollow(context.services.database, pressed.subject_id, pressed.chat_id)
    await pressed.notice(texts.NOT_FOLLOWING)
    view = await get_commitment(context.services, context.person, pressed.subject_id)
    await context.show(pressed.query, await item_card(view, context))


async def show_follows(said: Said, context: Context) -> None:
    """/follows"""
    services = context.services
    wanted = Wanted(states=EVER, followed_by=said.chat_id)
    page = await list_commitments(
        services.database, context.person, wanted, open_to_all=services.settings.access.open, limit=follows.MOST
    )
    weekly = await verbs.wants_week(services.database, said.chat_id)
    is_delegate = Role.DELEGATE in context.person.roles
    card = follows.followed(page, context.today, weekly=weekly if is_delegate else None)
    await context.send(said.chat_id, card)


async def want_week(pressed: Pressed, context: Context) -> None:
    wanted = pressed.press.choice == "yes"
    await verbs.set_week(context.services.database, pressed.chat_id, wanted=wanted)
    await pressed.notice(texts.WEEK_ON if wanted else texts.WEEK_OFF, alert=True)
