"""The HTML parse mode: what Telegram accepts, what it makes of it, and in which words it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.playground.entities import Entity, FormattedText, in_order, utf16_length
from bot.playground.refusals import Refusal, bad_request

# "The following tags are currently supported" (Bot API, HTML style)
_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
# "The API currently supports only the following named HTML entities: &lt;, &gt;, &amp; and &quot;"
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
# "All numerical HTML entities are supported"
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
_PLAIN = re.compile(r"[^&<]+")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_END = "\0"
_SPACES = " \t\r\n\v" + _END
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVALID_TEXT = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)
_USER_LINK = re.compile(r"tg://user\?id=(\d+)")


@dataclass(slots=True)
class _OpenTag:
    name: str
    argument: str
    offset: int
    text_from: int


def parse_html(source: str) -> FormattedText:
    """Raises the refusal that Telegram would answer with; offsets in refusals are bytes of UTF-8."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.length = 0
        self.open: list[_OpenTag] = []
        self.entities: list[Entity] = []

    def read(self) -> FormattedText:
        while self.at < len(self.source):
            if plain := _PLAIN.match(self.source, self.at):
                self.at = plain.end()
                self._add(plain.group())
            elif self.source[self.at] == "&":
                self._add(self._character())
            elif self.source.startswith("</", self.at):
                self._close_tag()
            else:
                self._open_tag()
        if self.open:
            name = self.open[-1].name
            raise bad_request(f"can't parse entities: Can't find end tag corresponding to start tag \"{name}\"")
        text = "".join(self.pieces)
        if _SURROGATE.search(text):
            raise bad_request(f"can't parse entities: {_INVALID_TEXT}")
        # a language given to a standalone code tag is dropped
        kept = (replace(entity, argument="") if entity.kind == "code" else entity for entity in self.entities)
        return FormattedText(text, in_order(kept))

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += utf16_length(text)

    def _here(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else _END

    def _character(self) -> str:
        """The character at an ampersand, and past it; an ampersand that begins nothing known stands for itself."""
        match = _CHARACTER.match(self.source, self.at)
        decoded = _decoded(match) if match else ""
        self.at = match.end() if match and decoded else self.at + 1
        return decoded or "&"

    def _open_tag(self) -> None:
        begin = self.at
        self.at += 1
        self._skip_until(lambda c: c in _SPACES or c == ">")
        name = self.source[begin + 1 : self.at].lower()
        if self._here() == _END:
            raise self._refusal("Unclosed start tag", begin)
        if name not in _KINDS:
            raise self._refusal(f'Unsupported start tag "{name}"', begin)
        argument = ""
        while attribute := self._attribute(name, begin):
            argument = _argument(name, *attribute) or argument
        if name == "span" and argument != "spoiler":
            raise self._refusal('Tag "span" must have class "tg-spoiler"', begin)
        self.at += 1
        self.open.append(_OpenTag(name, argument, self.length, len(self.pieces)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str] | None:
        """The next attribute, None at the end of the tag; only `expandable` may stand without a value."""
        self._skip_spaces()
        if self._here() == ">":
            return None
        start = self.at
        self._skip_until(lambda c: c in _SPACES or c in "=>")
        name = self.source[start : self.at]
        if not name:
            unclosed = self._here() == _END
            raise self._refusal("Unclosed start tag" if unclosed else f'Empty attribute name in the tag "{tag}"', begin)
        self._skip_spaces()
        if self._here() != "=":
            if name == "expandable" and self._here() != _END:
                return name, "1"
            raise self._refusal(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)
        self.at += 1
        self._skip_spaces()
        value = self._value()
        if self._here() == _END:
            raise self._refusal("Unclosed start tag", begin)
        return name, value

    def _value(self) -> str:
        quote = self._here()
        if quote not in "\"'":
            return self._name_token()
        self.at += 1
        value: list[str] = []
        while self._here() not in (quote, _END):
            if self._here() == "&":
                value.append(self._character())
            else:
                value.append(self._here())
                self.at += 1
        self.at += 1
        return "".join(value)

    def _name_token(self) -> str:
        begin = self.at
        match = _NAME_TOKEN.match(self.source, begin)
        self.at = match.end() if match else begin
        if self._here() not in _SPACES and self._here() != ">":
            raise self._refusal("Unexpected end of name token", begin)
        return self.source[begin : self.at].lower()

    def _close_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._refusal("Unexpected end tag", begin)
        self.at += 2
        self._skip_until(lambda c: c in _SPACES or c == ">")
        name = self.source[begin + 2 : self.at].lower()
        self._skip_spaces()
        if self._here() != ">":
            raise self._refusal("Unclosed end tag", begin)
        self.at += 1
        tag = self.open.pop()
        if name not in ("", tag.name):
            raise self._refusal("Unmatched end tag", begin, f', expected "</{tag.name}>", found "</{name}>"')
        if self.length > tag.offset:
            self._add_entity(tag)

    def _add_entity(self, tag: _OpenTag) -> None:
        kind, argument, length = _KINDS[tag.name], tag.argument, self.length - tag.offset
        last = self.entities[-1] if self.entities else None
        if tag.name == "pre" and last and (last.kind, last.offset, last.length) == ("code", tag.offset, length):
            # "Programming language can't be specified for standalone code tags": <pre><code class="language-…">
            self.entities[-1] = Entity("pre", tag.offset, length, last.argument)
            return
        if tag.name == "blockquote" and argument:
            kind, argument = "expandable_blockquote", ""
        if tag.name == "span":
            argument = ""
        if tag.name == "tg-emoji" and not argument.isdigit():
            raise bad_request("can't parse entities: Invalid custom emoji identifier specified")
        if tag.name == "a":
            link = argument or "".join(self.pieces[tag.text_from :])
            user = _USER_LINK.fullmatch(link)
            kind, argument = ("text_mention", user.group(1)) if user else ("text_link", _checked_link(link))
            if not argument:
                return
        self.entities.append(Entity(kind, tag.offset, length, argument))

    def _skip_until(self, stop: Callable[[str], bool]) -> None:
        while not stop(self._here()):
            self.at += 1

    def _skip_spaces(self) -> None:
        while self._here() in _SPACES and self._here() != _END:
            self.at += 1

    def _refusal(self, reason: str, at: int, found: str = "") -> Refusal:
        byte_offset = len(self.source[:at].encode("utf-8", "surrogatepass"))
        return bad_request(f"can't parse entities: {reason} at byte offset {byte_offset}{found}")


def _decoded(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED.get(name, "")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF else ""


def _argument(tag: str, attribute: str, value: str) -> str:
    match tag, attribute:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("blockquote", "expandable"):
            return value
        case "code", "class":
            return value.removeprefix("language-") if value.startswith("language-") else ""
        case "span", "class":
            return value.removeprefix("tg-") if value.startswith("tg-") else ""
    return ""


def _checked_link(link: str) -> str:
    """A link that is none is left out and its text stays; http:// is put before a bare host, as Telegram does."""
    if re.fullmatch(r"(https?|tg|ton)://\S+", link):
        return link
    return f"http://{link}/" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?", link) else ""
