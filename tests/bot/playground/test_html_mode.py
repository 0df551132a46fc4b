"""The HTML parse mode: what becomes an entity, and what is refused in which words."""

from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.playground.entities import Entity, FormattedText, as_html, trimmed, with_found_entities
from bot.playground.html_mode import parse_html
from bot.playground.people import Person
from bot.playground.refusals import Refusal


def kinds(source: str) -> list[tuple[str, int, int, str]]:
    return [(e.kind, e.offset, e.length, e.argument) for e in parse_html(source).entities]


def test_plain_text_has_no_entities() -> None:
    assert parse_html("a & b &copy; 3 > 2") == FormattedText("a & b &copy; 3 > 2")


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("STRONG", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
    ],
)
def test_a_tag_is_an_entity(tag: str, kind: str) -> None:
    assert kinds(f"一<{tag}>二三</{tag} >") == [(kind, 1, 2, "")]


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ('<a href="https://a.cn/?x=1&amp;y=2">x</a>', ("text_link", 0, 1, "https://a.cn/?x=1&y=2")),
        ("<a href = 'https://a.cn'>x</a>", ("text_link", 0, 1, "https://a.cn")),
        ("<a>a.cn</a>", ("text_link", 0, 4, "http://a.cn/")),
        ('<a href="tg://user?id=7">x</a>', ("text_mention", 0, 1, "7")),
        ('<span class="tg-spoiler">x</span>', ("spoiler", 0, 1, "")),
        ("<blockquote expandable>x</blockquote>", ("expandable_blockquote", 0, 1, "")),
        ('<pre><code class="language-python">x</code></pre>', ("pre", 0, 1, "python")),
        ("<pre><code>x</code></pre>", ("pre", 0, 1, "")),
        ('<code class="language-python">x</code>', ("code", 0, 1, "")),
        ("<code class=other>x</code>", ("code", 0, 1, "")),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', ("custom_emoji", 0, 2, "5368324170671202286")),
        ("<b>x</>", ("bold", 0, 1, "")),
    ],
)
def test_attributes_count(source: str, entity: tuple[str, int, int, str]) -> None:
    assert kinds(source) == [entity]


def test_a_link_that_is_none_leaves_its_text() -> None:
    assert parse_html('<a href="javascript:x">点这里</a>') == FormattedText("点这里")


def test_an_empty_tag_leaves_nothing() -> None:
    assert parse_html("一<b></b>二") == FormattedText("一二")


def test_offsets_are_in_utf16_units() -> None:
    assert kinds("𝒳<b>𝒴字</b>") == [("bold", 2, 3, "")]


def test_outer_tags_come_before_inner_ones() -> None:
    assert [kind for kind, *_ in kinds("<b><i>一</i>二</b>")] == ["bold", "italic"]


@pytest.mark.parametrize("source", ["&lt;&gt;&amp;&quot;", "&#60;&#x3e;&amp&quot;"])
def test_characters_may_be_written_as_entities(source: str) -> None:
    assert parse_html(source).text == '<>&"'


def test_numbers_beyond_unicode_stand_for_themselves() -> None:
    assert parse_html("&#0;&#1114112;").text == "&#0;&#1114112;"


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ("一<x>二</x>", 'Unsupported start tag "x" at byte offset 3'),
        ("3 < 5 元", 'Unsupported start tag "" at byte offset 2'),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a ", "Unclosed start tag at byte offset 0"),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ("<a =x>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a href=http://a.cn>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("一</b>", "Unexpected end tag at byte offset 3"),
        ("<b>一</b", "Unclosed end tag at byte offset 6"),
        ("<b><i>一</b></i>", 'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"'),
        ("<b>一", 'Can\'t find end tag corresponding to start tag "b"'),
    ],
)
def test_what_is_no_html_is_refused(source: str, refusal: str) -> None:
    with pytest.raises(Refusal) as raised:
        parse_html(source)

    assert raised.value.description == f"Bad Request: can't parse entities: {refusal}"


async def test_the_client_reads_the_refusal(bot: Bot, li: Person) -> None:
    with pytest.raises(BadRequest, match='Can\'t parse entities: unsupported start tag "x" at byte offset 0'):
        await bot.send_message(li.id, "<x>", parse_mode="HTML")


def test_half_a_character_is_refused() -> None:
    with pytest.raises(Refusal, match="check for unmatched surrogate code units"):
        parse_html("&#xd83d;")


def test_white_space_at_the_ends_is_dropped() -> None:
    assert trimmed(FormattedText(" \n一 ")) == FormattedText("一")
    assert trimmed(parse_html("  <b> 一 </b> ")) == FormattedText(" 一", (Entity("bold", 0, 2),))
    assert trimmed(parse_html("一<b> </b>")) == FormattedText("一")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start abc", [("bot_command", 0, 6)]),
        ("𝒳 /help@jiannuo_bot", [("bot_command", 3, 17)]),
        ("/load办法", []),
        ("a/b @li_ming 你好", [("mention", 4, 8)]),
        ("见 https://a.cn/b，谢谢", [("url", 2, 14)]),
        ("https://a.cn/load", [("url", 0, 17)]),
    ],
)
def test_commands_mentions_and_links_are_found(text: str, found: list[tuple[str, int, int]]) -> None:
    entities = with_found_entities(FormattedText(text)).entities

    assert [(e.kind, e.offset, e.length) for e in entities] == found


def test_nothing_is_found_inside_code() -> None:
    assert with_found_entities(parse_html("<code>/start</code>")).entities == (Entity("code", 0, 6),)


@pytest.mark.parametrize(
    "source",
    [
        "3 &lt; 5 &amp; 𝒳",
        "<b>一<i>二</i></b>三",
        '<a href="https://a.cn/?a=1&amp;b=2">x</a>',
        '<a href="tg://user?id=7">x</a>',
        '<pre><code class="language-python">x</code></pre>',
        "<pre>x</pre>",
        "<blockquote expandable>x</blockquote>",
        '<tg-emoji emoji-id="53">👍</tg-emoji>',
        "<b><i>一</i></b><u>二</u>",
    ],
)
def test_html_can_be_read_back(source: str) -> None:
    assert as_html(parse_html(source)) == source


async def test_every_entity_reaches_the_client(bot: Bot, li: Person) -> None:
    source = '<a href="tg://user?id=7">x</a><pre><code class="language-sh">x</code></pre><a href="https://a.cn/">y</a>'

    sent = await bot.send_message(li.id, source, parse_mode="HTML")

    assert [entity.type for entity in sent.entities] == ["text_mention", "pre", "text_link"]
    assert [entity.language for entity in sent.entities] == [None, "sh", None]
