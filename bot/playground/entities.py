"""Text with entities: offsets in UTF-16 code units, entities found in plain text, trimming, and back to HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from bot.playground.wire import Json, JsonObject, whole, words


@dataclass(frozen=True, slots=True)
class Entity:
    """A MessageEntity, with "offset in UTF-16 code units to the start of the entity" and length in the same units."""

    kind: str
    offset: int
    length: int
    argument: str = ""
    """The link of a text_link, the language of a pre, the id of a custom_emoji or of the user of a text_mention."""

    @property
    def end(self) -> int:
        return self.offset + self.length

    def as_json(self) -> JsonObject:
        answer: JsonObject = {"type": self.kind, "offset": self.offset, "length": self.length}
        if self.kind == "text_mention":
            answer["user"] = {"id": int(self.argument), "is_bot": False, "first_name": ""}
        elif self.argument:
            answer[_ARGUMENT_NAMES[self.kind]] = self.argument
        return answer


_ARGUMENT_NAMES = {"text_link": "url", "pre": "language", "custom_emoji": "custom_emoji_id"}


@dataclass(frozen=True, slots=True)
class FormattedText:
    text: str
    entities: tuple[Entity, ...] = ()


def utf16_length(text: str) -> int:
    """Characters beyond the basic plane count twice, as in Telegram's limits and offsets."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "replace")


def trimmed(formatted: FormattedText) -> FormattedText:
    """White space at both ends is dropped, at the start only as far as the first entity; entities shrink with it."""
    text = formatted.text.rstrip()
    lead = len(text) - len(text.lstrip())
    if formatted.entities:
        lead = min(lead, min(entity.offset for entity in formatted.entities))
    text, end = text[lead:], utf16_length(text) - lead
    moved = (replace(entity, offset=entity.offset - lead) for entity in formatted.entities)
    kept = (replace(entity, length=min(entity.end, end) - entity.offset) for entity in moved)
    return FormattedText(text, tuple(entity for entity in kept if entity.length > 0))


_FOUND_IN_PLAIN_TEXT = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{3,32}(?!\w)")),
    ("url", re.compile(r"https?://[^\s<>，。；、）]+")),
)
_NOTHING_INSIDE = {"code", "pre", "text_link"}


def with_found_entities(formatted: FormattedText) -> FormattedText:
    """Adds the commands, mentions and links that Telegram marks on its own."""
    if "/" not in formatted.text and "@" not in formatted.text:
        return formatted
    taken = [entity for entity in formatted.entities if entity.kind in _NOTHING_INSIDE]
    found: list[Entity] = []
    for kind, pattern in _FOUND_IN_PLAIN_TEXT:
        for match in pattern.finditer(formatted.text):
            entity = Entity(kind, utf16_length(formatted.text[: match.start()]), utf16_length(match.group()))
            if not any(entity.offset < other.end and other.offset < entity.end for other in [*taken, *found]):
                found.append(entity)
    return FormattedText(formatted.text, in_order([*formatted.entities, *found]))


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Left before right, outer before inner; of two with the same extent, the one that Telegram puts outside."""
    return tuple(sorted(entities, key=lambda each: (each.offset, -each.length, _OUTSIDE_FIRST.get(each.kind, 4))))


_OUTSIDE_FIRST = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 1,
    "code": 2,
    "text_link": 3,
    "text_mention": 3,
    "bold": 5,
    "italic": 6,
    "underline": 7,
    "strikethrough": 8,
    "spoiler": 9,
    "custom_emoji": 10,
}


def entities_from_json(value: Json) -> tuple[Entity, ...]:
    """The `entities` parameter, which "can be specified instead of parse_mode"."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        return ()
    read = []
    for item in value:
        if isinstance(item, dict):
            kind = words(item.get("type"))
            argument = words(item.get(_ARGUMENT_NAMES.get(kind, "")))
            read.append(Entity(kind, whole(item.get("offset")), whole(item.get("length")), argument))
    return in_order(read)


_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
    "text_link": "a",
    "text_mention": "a",
    "custom_emoji": "tg-emoji",
}


def as_html(formatted: FormattedText) -> str:
    """The HTML that would give this text again; entities that Telegram finds on its own are not marked."""
    marked = [entity for entity in formatted.entities if entity.kind in _TAGS]
    edges = sorted({0, utf16_length(formatted.text), *(e.offset for e in marked), *(e.end for e in marked)})
    pieces: list[str] = []
    for start, end in zip(edges, [*edges[1:], edges[-1]], strict=True):
        pieces += [_closing_tag(e) for e in reversed(marked) if e.end == start]
        pieces += [_opening_tag(e) for e in marked if e.offset == start]
        pieces.append(escape(utf16_slice(formatted.text, start, end), quote=False))
    return "".join(pieces)


def _opening_tag(entity: Entity) -> str:
    if entity.kind == "pre" and entity.argument:
        return f'<pre><code class="language-{escape(entity.argument)}">'
    attribute = {
        "text_link": f' href="{escape(entity.argument)}"',
        "text_mention": f' href="tg://user?id={entity.argument}"',
        "custom_emoji": f' emoji-id="{entity.argument}"',
        "expandable_blockquote": " expandable",
    }.get(entity.kind, "")
    return f"<{_TAGS[entity.kind]}{attribute}>"


def _closing_tag(entity: Entity) -> str:
    return "</code></pre>" if entity.kind == "pre" and entity.argument else f"</{_TAGS[entity.kind]}>"
