"""The methods that send messages."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.chats import Chat
from bot.playground.entities import FormattedText, entities_from_json, trimmed, utf16_length, with_found_entities
from bot.playground.files import MAX_PHOTO_UPLOAD, MAX_UPLOAD, FileKind, StoredFile, image_size
from bot.playground.html_mode import parse_html
from bot.playground.keyboards import ReplyMarkup, read_markup
from bot.playground.messages import SeenMessage
from bot.playground.playground import Playground
from bot.playground.refusals import Refusal, bad_request
from bot.playground.wire import Json, JsonObject, Parameters, Upload, whole, words

# "Text of the message to be sent, 1-4096 characters after entities parsing" (sendMessage)
MAX_TEXT = 4096
# "Photo caption …, 0-1024 characters after entities parsing" (sendPhoto, sendDocument)
MAX_CAPTION = 1024
# "A JSON-serialized array describing messages to be sent, must include 2-10 items" (sendMediaGroup)
ALBUM_SIZES = range(2, 11)
_LONGEST_RAW_TEXT = 1 << 15


def send_message(playground: Playground, parameters: Parameters) -> Json:
    text = read_text(parameters)
    draft = _Draft.read(playground, parameters)
    message = draft.blank(playground)
    message.text, message.entities = text.text, text.entities
    return _send(playground, [message])[0]


def send_photo(playground: Playground, parameters: Parameters) -> Json:
    return _send_file(playground, parameters, FileKind.PHOTO)


def send_document(playground: Playground, parameters: Parameters) -> Json:
    return _send_file(playground, parameters, FileKind.DOCUMENT)


def send_media_group(playground: Playground, parameters: Parameters) -> Json:
    media = parameters.json("media", "can't parse media JSON object")
    if not isinstance(media, list):
        raise bad_request("expected an Array of InputMedia")
    if len(media) not in ALBUM_SIZES:
        raise bad_request("group of media must have 2-10 items")
    pieces = [InputMedia.read(item) for item in media]
    # "Documents and audio files can be only grouped in an album with messages of the same type"
    if len({piece.kind for piece in pieces}) > 1:
        raise bad_request("document can't be mixed with other media types")
    draft = _Draft.read(playground, parameters)
    album = playground.new_album()
    messages = []
    for piece in pieces:
        message = draft.blank(playground)
        message.media_group = album
        piece.fill(message, playground, parameters)
        messages.append(message)
    return _send(playground, messages)


def forward_message(playground: Playground, parameters: Parameters) -> Json:
    return _send(playground, [_copied(playground, parameters, "message to forward", forwarded=True)])[0]


def copy_message(playground: Playground, parameters: Parameters) -> Json:
    message = _copied(playground, parameters, "message to copy", forwarded=False)
    _send(playground, [message])
    return {"message_id": message.id}


def read_text(parameters: Parameters) -> FormattedText:
    raw = parameters.text("text")
    if not raw:
        raise bad_request("message text is empty")
    text = read_formatted(raw, parameters.text("parse_mode"), parameters.json("entities", _BAD_ENTITIES))
    if not text.text:
        raise bad_request("text must be non-empty")
    if utf16_length(text.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text


def read_caption(parameters: Parameters) -> FormattedText:
    entities = parameters.json("caption_entities", _BAD_ENTITIES)
    return checked_caption(read_formatted(parameters.text("caption"), parameters.text("parse_mode"), entities))


def checked_caption(caption: FormattedText) -> FormattedText:
    if utf16_length(caption.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return caption


def read_formatted(raw: str, parse_mode: str, entities: Json) -> FormattedText:
    """Text after entities parsing. Of the parse modes only HTML is known here; the others are refused."""
    if len(raw.encode("utf-8", "surrogatepass")) > _LONGEST_RAW_TEXT:
        raise bad_request("text is too long")
    if parse_mode.lower() == "html":
        formatted = parse_html(raw)
    elif parse_mode:
        raise bad_request("unsupported parse_mode")
    else:
        formatted = FormattedText(raw, entities_from_json(entities))
    return with_found_entities(trimmed(formatted))


_BAD_ENTITIES = "can't parse entities JSON object"


@dataclass(frozen=True, slots=True)
class _Draft:
    """What all sending methods have in common."""

    chat: Chat
    markup: ReplyMarkup | None
    reply_to_id: int | None
    silent: bool

    @classmethod
    def read(cls, playground: Playground, parameters: Parameters) -> _Draft:
        chat = playground.chat(parameters.text("chat_id"))
        markup = read_markup(parameters, private=chat.private)
        chat.refuse_unless_writable()
        return cls(chat, markup, _reply_to(chat, parameters), parameters.flag("disable_notification"))

    def blank(self, playground: Playground) -> SeenMessage:
        message = playground.blank(self.chat, None)
        message.markup, message.reply_to_id, message.silent = self.markup, self.reply_to_id, self.silent
        return message


def _reply_to(chat: Chat, parameters: Parameters) -> int | None:
    given = parameters.json("reply_parameters", "can't parse reply parameters JSON object")
    if given is not None and not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    message_id = whole(given.get("message_id")) if given else parameters.integer("reply_to_message_id")
    if not message_id or message_id in chat.messages:
        return message_id or None
    if parameters.flag("allow_sending_without_reply") or (given and given.get("allow_sending_without_reply")):
        return None
    raise bad_request("message to be replied not found")


def _send(playground: Playground, messages: list[SeenMessage]) -> list[JsonObject]:
    playground.flood.admit(messages[0].chat.id, len(messages))
    for message in messages:
        playground.say(message)
    return [message.as_json() for message in messages]


def _send_file(playground: Playground, parameters: Parameters, kind: FileKind) -> Json:
    caption = read_caption(parameters)
    draft = _Draft.read(playground, parameters)
    file = read_file(playground, kind, parameters.text(kind), parameters.uploads.get(kind), parameters)
    message = draft.blank(playground)
    message.caption, message.entities, message.file = caption.text, caption.entities, file
    return _send(playground, [message])[0]


def read_file(
    playground: Playground, kind: FileKind, value: str, upload: Upload | None, parameters: Parameters
) -> StoredFile:
    """A file as an upload, as `attach://name` of an upload, or as a file_id; links are refused, nothing is fetched."""
    if value.startswith("attach://"):
        upload = parameters.uploads.get(value.removeprefix("attach://"))
    if upload is not None:
        return _stored(playground, kind, upload)
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    stored = playground.files.by_id(value)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind is not kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def _stored(playground: Playground, kind: FileKind, upload: Upload) -> StoredFile:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > MAX_UPLOAD:
        raise Refusal(413, "Request Entity Too Large")
    if kind is FileKind.DOCUMENT:
        return playground.files.add_document(upload.name, upload.data, upload.mime)
    return playground.files.add_photo(_checked_photo(upload.data))


def _checked_photo(data: bytes) -> bytes:
    """The rule: "The photo must be at most 10 MB in size. The photo's width and height must not exceed 10000 in total.
    Width and height ratio must be at most 20" (sendPhoto)."""
    if len(data) > MAX_PHOTO_UPLOAD:
        raise bad_request("file is too big")
    size = image_size(data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return data


@dataclass(frozen=True, slots=True)
class InputMedia:
    kind: FileKind
    media: str
    caption: FormattedText

    @classmethod
    def read(cls, item: Json) -> InputMedia:
        """An InputMediaPhoto or InputMediaDocument; other types are not known here."""
        if not isinstance(item, dict):
            raise bad_request("can't parse InputMedia: expected an Object")
        kind = words(item.get("type"))
        if kind not in (FileKind.PHOTO, FileKind.DOCUMENT):
            raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
        caption = read_formatted(
            words(item.get("caption")), words(item.get("parse_mode")), item.get("caption_entities")
        )
        return cls(FileKind(kind), words(item.get("media")), checked_caption(caption))

    def fill(self, message: SeenMessage, playground: Playground, parameters: Parameters) -> None:
        message.file = read_file(playground, self.kind, self.media, None, parameters)
        message.caption, message.entities = self.caption.text, self.caption.entities


def _copied(playground: Playground, parameters: Parameters, what: str, *, forwarded: bool) -> SeenMessage:
    source = playground.chat(parameters.text("from_chat_id"))
    original = source.existing(parameters.integer("message_id"), what)
    message = _Draft.read(playground, parameters).blank(playground)
    message.text, message.caption, message.entities = original.text, original.caption, original.entities
    message.file, message.contact, message.rest = original.file, original.contact, original.rest
    if forwarded:
        message.forwarded_from = original.sender.name if original.sender else str(playground.bot["first_name"])
        message.forwarded_on = original.date
    elif original.file and "caption" in parameters.values:
        # "New caption for media …. If not specified, the original caption is kept" (copyMessage)
        caption = read_caption(parameters)
        message.caption, message.entities = caption.text, caption.entities
    return message
