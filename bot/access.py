"""Who may look at what: admins everything, officials their unit's, delegates what answers them and what is public."""

from __future__ import annotations

from bot.services import Services
from commitments.people import Speaker
from storage.ledger.queries import CommitmentView, ReplyView, find_commitment, find_reply, is_answered_to


class Hidden(Exception):
    """There is nothing of this number that the speaker may see; whether it exists at all is not told."""


async def may_see(
    services: Services, speaker: Speaker, reply_id: int, unit_id: int | None, disclosure: str | None
) -> bool:
    if speaker.is_admin or (unit_id is not None and unit_id in speaker.unit_ids):
        return True
    if not speaker.delegate_ids:
        return False
    public = services.settings.access.open or disclosure == "主动公开"
    return public or await is_answered_to(services.database, reply_id, speaker.delegate_ids)


async def get_commitment(services: Services, speaker: Speaker, commitment_id: int) -> CommitmentView:
    """The commitment, for somebody who may see it. Raises Hidden."""
    view = await find_commitment(services.database, commitment_id)
    if view is None or not await may_see(services, speaker, view.reply.id, view.reply.unit_id, view.reply.disclosure):
        raise Hidden
    return view


async def get_reply(services: Services, speaker: Speaker, reply_id: int) -> ReplyView:
    """The reply, for somebody who may see it. Raises Hidden."""
    view = await find_reply(services.database, reply_id)
    if view is None or not await may_see(services, speaker, reply_id, view.head.unit_id, view.head.disclosure):
        raise Hidden
    return view
