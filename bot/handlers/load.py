"""/load: letters come in as files or pasted text, what they lack is asked for one by one."""

from __future__ import annotations

from datetime import date

from telegram import Document as TelegramFile

from bot import texts
from bot.cards import letters
from bot.cards.base import Card
from bot.cards.letters import Loaded
from bot.context import Context, Pressed, Said
from bot.reading import load_document
from commitments.people import plain_phone
from extraction.documents import LARGEST_FILE, Document, Refusal, UnreadableDocument
from extraction.tasks import find_reading
from extraction.typed_dates import read_typed_date
from storage.ledger.chats import end_questions, keep_letter_part, take_letter_parts
from storage.ledger.people import find_units, find_units_by_phone
from storage.ledger.queries import ReplyView, find_drafts_waiting, find_reply, get_text
from storage.ledger.replies import set_reply_date, set_unit
from storage.tables import Card as AskedCard

TELEGRAM_CUTS_AT = 4096
"""Telegram's clients cut a longer pasted text into messages of at most this many characters."""
NEARLY_CUT = TELEGRAM_CUTS_AT - 400
"""A piece this long was probably cut (at a line or word before the limit), so the rest is awaited."""
LONGEST_LETTER = 100_000
EVERY = 10
"""After so many letters of an archive the one message that shows the progress is edited."""
SENTENCE_ENDS = "。！？；：”）」\n"


async def load(said: Said, context: Context) -> None:
    """/load alone asks for a letter; /load followed by the text reads it at once."""
    if said.words:
        await receive_text(said, context)
    else:
        await context.send(said.chat_id, letters.ask_for_letter())


async def receive_file(said: Said, file: TelegramFile, context: Context) -> None:
    """A file from an admin is a letter, or an archive of letters."""
    name = file.file_name or "答复"
    if (file.file_size or 0) > LARGEST_FILE:
        await context.send(said.chat_id, Card(texts.refusal(Refusal.TOO_LARGE, name)), reply_to=said.message_id)
        return
    data = bytes(await (await file.get_file()).download_as_bytearray())
    try:
        documents = await context.services.readers.read(data, name)
    except UnreadableDocument as refused:
        await context.send(said.chat_id, Card(texts.refusal(refused.reason, name)), reply_to=said.message_id)
        return
    await end_questions(context.services.database, said.chat_id, now=context.now)
    await _load_all(said, documents, context)


async def receive_text(said: Said, context: Context) -> None:
    """Pasted text: kept piece by piece until a piece comes that Telegram did not cut."""
    database = context.services.database
    parts = await keep_letter_part(database, said.chat_id, said.message_id, said.words, now=context.now)
    characters = sum(map(len, parts))
    if characters > LONGEST_LETTER:
        await take_letter_parts(database, said.chat_id)
        await end_questions(database, said.chat_id, now=context.now)
        await context.send(said.chat_id, Card(texts.LETTER_TOO_LONG))
    elif len(said.words) < NEARLY_CUT:
        await _read_parts(said, context)
    elif len(parts) == 1:
        await context.send(said.chat_id, letters.letter_part_kept(len(parts), characters))


async def end_letter(pressed: Pressed, context: Context) -> None:
    """读完了: the pieces that have come are the whole letter."""
    await pressed.notice()
    assert pressed.query.message is not None
    await _read_parts(Said(pressed.query.message, pressed.chat_id, ""), context)  # type: ignore[arg-type]


async def drop_letter(pressed: Pressed, context: Context) -> None:
    await take_letter_parts(context.services.database, pressed.chat_id)
    await end_questions(context.services.database, pressed.chat_id, now=context.now)
    await pressed.notice()
    await context.change(pressed.query, Card(texts.LETTER_DROPPED))


async def answer_reply_date(said: Said, asked: AskedCard, context: Context) -> None:
    replied_on = read_typed_date(said.words, today=context.today)
    if replied_on is None or replied_on > context.today:
        problem = texts.NOT_A_DATE if replied_on is None else texts.FUTURE_REPLY_DATE
        await context.send(said.chat_id, Card(problem), reply_to=said.message_id)
        return
    await _give_date(said.chat_id, asked.reply_id or 0, replied_on, context)


async def press_reply_date(pressed: Pressed, context: Context) -> None:
    await pressed.notice()
    await _give_date(pressed.chat_id, pressed.subject_id, date.fromisoformat(pressed.press.choice), context)


async def answer_unit(said: Said, asked: AskedCard, context: Context) -> None:
    name = said.words.strip()
    if not 2 <= len(name) <= 40 or "\n" in name:
        await context.send(said.chat_id, Card(texts.UNIT_TOO_LONG), reply_to=said.message_id)
        return
    await set_unit(context.services.database, asked.reply_id or 0, name, now=context.now, by=context.actor)
    await _go_on(said.chat_id, asked.reply_id or 0, context)


async def press_unit(pressed: Pressed, context: Context) -> None:
    await pressed.notice()
    units = {unit.id: unit.name for unit in await find_units(context.services.database, limit=None)}
    name = units[int(pressed.press.choice)]
    await set_unit(context.services.database, pressed.subject_id, name, now=context.now, by=context.actor)
    await _go_on(pressed.chat_id, pressed.subject_id, context)


async def ask_date(pressed: Pressed, context: Context) -> None:
    await pressed.notice()
    if reply := await find_reply(context.services.database, pressed.subject_id):
        await context.change(pressed.query, letters.ask_reply_date(reply, reply.published_on))


async def ask_unit(pressed: Pressed, context: Context) -> None:
    await pressed.notice()
    if reply := await find_reply(context.services.database, pressed.subject_id):
        await context.change(pressed.query, letters.ask_unit(reply, await _guess_units(reply, context)))


async def later(pressed: Pressed, context: Context) -> None:
    await end_questions(context.services.database, pressed.chat_id, now=context.now)
    await pressed.notice()
    await context.change(pressed.query, Card(texts.LATER))


async def drafts(said: Said, context: Context) -> None:
    """/drafts: what is loaded and not yet confirmed."""
    await context.send(said.chat_id, letters.drafts_waiting(await find_drafts_waiting(context.services.database)))


async def _read_parts(said: Said, context: Context) -> None:
    parts = await take_letter_parts(context.services.database, said.chat_id)
    text = "".join(part if part[-1:] not in SENTENCE_ENDS else f"{part}\n" for part in parts).strip()
    await end_questions(context.services.database, said.chat_id, now=context.now)
    if not text:
        await context.send(said.chat_id, Card(texts.NOTHING_TO_READ))
        return
    name = texts.pasted_name(context.now.astimezone(context.services.settings.zone))
    await _load_all(said, [Document(name, text, None, None, "text/plain")], context, pasted=True)


async def _load_all(said: Said, documents: list[Document], context: Context, *, pasted: bool = False) -> None:
    if len(documents) == 1:
        outcome = await load_document(context.services, documents[0], by=context.actor)
        await _say_outcome(said, outcome, context, pasted=pasted)
        return
    progress = await context.bot.send_message(said.chat_id, texts.progress(0, len(documents)))
    outcomes = []
    for number, document in enumerate(documents, 1):
        outcomes.append(await load_document(context.services, document, by=context.actor))
        if number % EVERY == 0 and number < len(documents):
            await progress.edit_text(texts.progress(number, len(documents)))
    await progress.edit_text(texts.progress(len(documents), len(documents)))
    await context.send(said.chat_id, letters.many_loaded(outcomes))


async def _say_outcome(said: Said, outcome: Loaded, context: Context, *, pasted: bool) -> None:
    if outcome.reply_id is None:
        name = "" if pasted else outcome.name
        await context.send(said.chat_id, Card(texts.not_a_letter(name)), reply_to=said.message_id)
        return
    reply = await find_reply(context.services.database, outcome.reply_id)
    assert reply is not None
    if outcome.difference is not None:
        await context.send(said.chat_id, letters.already_loaded(reply.head, outcome.difference))
        return
    await context.send(said.chat_id, letters.loaded(reply))
    await _ask_missing(said.chat_id, reply, context)


async def _give_date(chat_id: int, reply_id: int, replied_on: date, context: Context) -> None:
    services = context.services
    text = await get_text(services.database, reply_id)
    reading = await services.readers.run(find_reading, text, replied_on)
    assert reading is not None, "what was loaded as a letter is one with any date"
    await set_reply_date(services.database, reply_id, reading, replied_on, now=context.now, by=context.actor)
    await _go_on(chat_id, reply_id, context)


async def _go_on(chat_id: int, reply_id: int, context: Context) -> None:
    """A missing field was given: ask for the next one, or show the whole again."""
    await end_questions(context.services.database, chat_id, now=context.now)
    reply = await find_reply(context.services.database, reply_id)
    assert reply is not None
    if reply.missing:
        await _ask_missing(chat_id, reply, context)
    else:
        await context.send(chat_id, letters.loaded(reply))


async def _ask_missing(chat_id: int, reply: ReplyView, context: Context) -> None:
    if "reply_date" in reply.missing:
        await context.send(chat_id, letters.ask_reply_date(reply, reply.published_on))
    elif "unit" in reply.missing:
        await context.send(chat_id, letters.ask_unit(reply, await _guess_units(reply, context)))


async def _guess_units(reply: ReplyView, context: Context) -> list[tuple[int, str]]:
    """Units that this may be: first those whose contact has the letter's phone, then those loaded last."""
    database = context.services.database
    by_phone = await find_units_by_phone(database, plain_phone(reply.contact_phone))
    rows = [*by_phone, *await find_units(database, limit=3)]
    return list({unit.id: (unit.id or 0, unit.name) for unit in rows}.values())[:3]
