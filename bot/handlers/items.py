"""The card of one commitment, what stands behind its 更多 button, and what is shown when it changed meanwhile."""

from __future__ import annotations

from bot import texts
from bot.access import get_commitment, roles_towards
from bot.cards import letters, progress
from bot.cards.base import Card
from bot.context import Context, Pressed
from commitments.states import CommitmentState, ReplyState
from storage.ledger.follow import is_following
from storage.ledger.queries import CommitmentView, find_events, find_reply


async def item_card(view: CommitmentView, context: Context) -> Card:
    """A commitment with the buttons that this person may use now; a draft as its admin reviews it."""
    in_review = view.state == CommitmentState.DRAFT or view.reply.state == ReplyState.DRAFT
    if in_review and context.person.is_admin:
        reply = await find_reply(context.services.database, view.reply.id)
        assert reply is not None
        return letters.review(view, letters.draft_after(reply, view))
    roles = await roles_towards(context.services, context.person, view)
    following = await is_following(context.services.database, view.id, context.person.chat_id)
    return progress.item(view, context.today, roles, following=following)


async def show_more(pressed: Pressed, context: Context) -> None:
    """更多: what is done less often."""
    view = await get_commitment(context.services, context.person, pressed.subject_id)
    roles = await roles_towards(context.services, context.person, view)
    await pressed.notice()
    await context.show(pressed.query, progress.more(view, context.today, roles))


async def find_changed(commitment_id: int, context: Context) -> tuple[str, Card]:
    """Somebody was faster: what they did, and the commitment as it stands now."""
    services = context.services
    view = await get_commitment(services, context.person, commitment_id)
    events = await find_events(services.database, commitment_id)
    change = next((event for event in reversed(events) if "version" in event.after), None)
    sentence = texts.changed(change, services.settings.zone) if change else texts.ALREADY_DONE
    return sentence, await item_card(view, context)
