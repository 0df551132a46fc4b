"""Who may look at what: admins everything, officials their unit's, delegates what answers them and what is public."""

from __future__ import annotations

from bot.services import Services
from commitments.letters import PUBLIC
from commitments.people import Speaker
from commitments.states import Role
from commitments.verbs import Verb, check_role, next_standing
from storage.ledger.moving import Changed
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
    public = services.settings.access.open or disclosure in PUBLIC
    return public or await is_answered_to(services.database, reply_id, speaker.seen_delegate_ids)


async def get_commitment(services: Services, speaker: Speaker, commitment_id: int) -> CommitmentView:
    """The commitment, for somebody who may see it. Raises Hidden."""
    view = await find_commitment(services.database, commitment_id)
    if view is None:
        raise Hidden
    took_over = view.unit_id is not None and view.unit_id in speaker.unit_ids
    reply = view.reply
    if not took_over and not await may_see(services, speaker, reply.id, reply.unit_id, reply.disclosure):
        raise Hidden
    return view


async def roles_towards(services: Services, speaker: Speaker, view: CommitmentView) -> frozenset[Role]:
    """The roles that count here: an official of another unit, or another delegate, only looks on."""
    roles = speaker.roles - {Role.OFFICIAL, Role.DELEGATE}
    if view.unit_id in speaker.unit_ids:
        roles |= {Role.OFFICIAL}
    if speaker.delegate_ids and await is_answered_to(services.database, view.reply.id, speaker.delegate_ids):
        roles |= {Role.DELEGATE}
    return roles


async def get_for(
    services: Services, speaker: Speaker, commitment_id: int, verb: Verb, expected: int | None = None
) -> CommitmentView:
    """The commitment, for somebody who may use the verb now; `expected` is the version that the person saw.

    Raises Hidden, Forbidden, Changed or NotNow.
    """
    view = await get_commitment(services, speaker, commitment_id)
    roles = await roles_towards(services, speaker, view)
    check_role(verb, roles)
    if expected is not None and expected != view.version:
        raise Changed(commitment_id)
    next_standing(verb, roles, view.standing)
    return view


async def get_going_on(services: Services, speaker: Speaker, commitment_id: int) -> CommitmentView:
    """The commitment, or the one that goes on for it where it was merged. Raises Hidden."""
    view = await get_commitment(services, speaker, commitment_id)
    while view.merged_into_id is not None:
        view = await get_commitment(services, speaker, view.merged_into_id)
    return view


async def get_reply(services: Services, speaker: Speaker, reply_id: int) -> ReplyView:
    """The reply, for somebody who may see it. Raises Hidden."""
    view = await find_reply(services.database, reply_id)
    if view is None or not await may_see(services, speaker, reply_id, view.head.unit_id, view.head.disclosure):
        raise Hidden
    return view
