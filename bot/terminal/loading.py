"""`jiannuo load`: what /load does, from the terminal."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot import texts
from bot.app import open_services
from bot.cards.letters import Loaded
from bot.reading import load_document
from bot.services import Services
from bot.settings import Settings
from commitments.clock import Clock, local_day
from commitments.people import Actor
from commitments.states import Role
from extraction.documents import UnreadableDocument
from storage.ledger.queries import find_reply
from storage.ledger.replies import Given, NotReady, confirm_reply

TERMINAL = Actor("终端", frozenset({Role.ADMIN}))
errors = Console(stderr=True, highlight=False, soft_wrap=True)


async def load(settings: Settings, files: list[Path], *, given: Given, confirm: bool) -> int:
    """Load the files in order; the number of files that could not be loaded, each with its sentence."""
    problems: list[str] = []
    async with open_services(settings, Clock()) as services:
        with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
            for path in progress.track(files, description="载入"):
                problems += await _load_file(services, path, given=given, confirm=confirm)
    for problem in problems:
        errors.print(problem, style="red", markup=False)
    return len(problems)


async def _load_file(services: Services, path: Path, *, given: Given, confirm: bool) -> list[str]:
    """The sentences for what could not be loaded of one file."""
    try:
        found = await services.readers.read_each(await asyncio.to_thread(path.read_bytes), path.name)
    except OSError:
        return [texts.file_not_found(path)]
    problems: list[str] = []
    for document in found:
        if isinstance(document, UnreadableDocument):
            problems.append(texts.refusal(document.reason, document.name))
            continue
        loaded = await load_document(services, document, by=TERMINAL, given=given)
        problem = await _settle(services, loaded, confirm=confirm)
        problems += [problem] if problem else []
    return problems


async def _settle(services: Services, loaded: Loaded, *, confirm: bool) -> str | None:
    """Confirm where that is wanted, and say what became of the letter; the sentence when it could not be loaded."""
    if loaded.reply_id is None:
        return texts.not_a_letter(loaded.name)
    if loaded.difference is not None:
        errors.print(texts.loaded_before(loaded.name, changes=bool(loaded.difference)), markup=False)
        return None
    now = services.clock.now()
    try:
        if confirm:
            await confirm_reply(
                services.database,
                loaded.reply_id,
                now=now,
                today=local_day(now, services.settings.zone),
                by=TERMINAL,
                without_unit=True,
            )
    except NotReady as incomplete:
        return texts.draft_incomplete(loaded.name, incomplete.missing)
    reply = await find_reply(services.database, loaded.reply_id)
    assert reply is not None
    errors.print(
        texts.loaded_line(loaded.name, len(reply.commitments), confirmed=confirm, missing=reply.missing), markup=False
    )
    return None
