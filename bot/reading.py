"""From a file or pasted text to drafts in the ledger: the one way in for chat and terminal alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.cards.letters import Loaded
from bot.services import Services
from commitments.letters import Reading
from commitments.people import Actor
from extraction.documents import Document
from extraction.tasks import find_reading
from storage.ledger.replies import AlreadyLoaded, Given, add_reply, missing_fields


async def load_document(services: Services, document: Document, *, by: Actor, given: Given = Given()) -> Loaded:
    """Read a document in a worker process and keep it as a draft."""
    reading = await read_document(services, document, given)
    return await keep_reading(services, document, reading, by=by, given=given)


async def read_document(services: Services, document: Document, given: Given) -> Reading | None:
    """What a worker process reads in a document; None for one that is no letter."""
    reading = await services.readers.run(find_reading, document.text, given.replied_on)
    return None if reading is None else _with_page_date(reading, document.published_on)


async def keep_reading(
    services: Services, document: Document, reading: Reading | None, *, by: Actor, given: Given
) -> Loaded:
    """Keep what was read as a draft, once."""
    if reading is None:
        return Loaded(document.name)
    try:
        reply = await add_reply(
            services.database,
            source=document.name,
            text=document.text,
            reading=reading,
            given=given,
            now=services.clock.now(),
            by=by,
        )
    except AlreadyLoaded as same:
        return Loaded(document.name, same.reply_id, same.difference)
    return Loaded(document.name, reply.id, None, len(reading.commitments), missing_fields(reply))


def _with_page_date(reading: Reading, published_on: date | None) -> Reading:
    if published_on is None or reading.letter.published_on is not None:
        return reading
    return replace(reading, letter=replace(reading.letter, published_on=published_on))
