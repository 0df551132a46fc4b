"""The words of a question that say what it is about, with other words for the same and the parts of long ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from extraction import question_rules as rules
from extraction.numerals import CHINESE, chinese_number, read_int
from extraction.synonyms import is_action, is_known, is_way, names_thing, others_for
from extraction.words import cut_words, is_noun, is_word

GAP = "|"
"""Stands for every character that has been understood."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that the answer should hold, other words for it, and whether it only says what is done."""

    text: str
    others: tuple[str, ...] = ()
    action: bool = False
    optional: bool = False
    """A unit, a place or a figure: welcome in the answer, but nothing is missing without it."""
    names: bool = False
    """It names a thing (动物园, 充电桩): an answer that knows nothing of it is none."""
    vague: bool = False
    """No thing as far as is known: an answer may well say it in another way, or not at all."""
    exact: bool = False
    """It is known by its number (4号线): nothing that only resembles it is meant."""
    parts: tuple[Keyword, ...] = ()
    """The words it is made of, to look for where nothing holds the whole: 拖欠工资 → 拖欠, 工资."""


def read_keywords(text: str, mentions: Iterable[tuple[str, ...]], things: Iterable[str] = ()) -> tuple[Keyword, ...]:
    """The words of what remains of a question, after the `things` that are known by a number; units and places, as it
    mentions them, are welcome but not needed."""
    text = rules.FIGURE.sub(rf"\1{GAP}", rules.REPEATED.sub(rf"{GAP}\1{GAP}", text))
    text = rules.BEFORE_NUMBER.sub(_set_apart, text)
    for pattern in (rules.CONTACT, rules.ORGAN, rules.ROLE, rules.FROM_TODAY, rules.PADDING):
        text = pattern.sub(GAP, text)
    words = [word for part in text.split(GAP) for word in _join_single(_known_together(cut_words(part)))]
    named = [Keyword(mention, tuple(others), optional=True, names=True) for mention, *others in mentions]
    numbered = [Keyword(thing, _other_numeral(thing), names=True, exact=True) for thing in things]
    return (*numbered, *_only_last_acts(_without_doubles(words)), *named)


def _set_apart(verb: re.Match[str]) -> str:
    """Between gaps, unless it is one word with the character before."""
    before = verb.string[verb.start() - 1 : verb.start()] if verb.start() else ""
    word = before + verb["verb"]
    one_word = verb.start("verb") == verb.start() and before and (is_word(word) or is_known(word))
    return verb.group() if one_word else f"{GAP}{verb['verb']}{GAP}"


def _other_numeral(thing: str) -> tuple[str, ...]:
    """四号线 for 4号线, and the other way round."""
    match = re.search(rf"\d+|[{CHINESE}]+", thing)
    if match is None:
        return ()
    number = int(match.group()) if match.group().isdecimal() else read_int(match.group())
    other = chinese_number(number) if match.group().isdecimal() else str(number)
    return (thing.replace(match.group(), other, 1),) if other else ()


def _only_last_acts(words: list[Keyword]) -> list[Keyword]:
    """Of 妇幼搬迁哪年能用上 the last verb is asked about; 搬迁 is part of what it is about."""
    last = max((at for at, word in enumerate(words) if word.action), default=-1)
    if all(word.action for word in words):
        return words
    return [replace(word, action=word.action and at == last) for at, word in enumerate(words)]


_AROUND_ACTION = re.compile(r"^(?:能|要|会|可|得|该|还)?(.+?)(?:完|到|好|了|掉|成|上|得|过去|起来|下来|出来)?$")


def _bare_action(word: str) -> str:
    """整治完 asks about 整治, 要装 about 装; a word that is an action itself stays."""
    if is_action(word) or len(word) > 4:
        return word
    match = _AROUND_ACTION.match(word)
    return match[1] if match and is_action(match[1]) else word


def _without_doubles(words: list[Keyword]) -> list[Keyword]:
    return list({word.text: word for word in words if word.text not in rules.NO_MEANING}.values())


def _recut(words: list[str]) -> list[str]:
    """What the dictionary does not know may be cut wrong: 河黑 + 臭 is 河 + 黑臭."""
    for at, (word, after) in enumerate(pairwise(words)):
        borrowed = word[-1] + after
        if len(word) > 1 and is_known(borrowed) and not is_known(word) and not is_word(word):
            words[at], words[at + 1] = word[:-1], borrowed
    return words


def _known_together(words: list[str]) -> list[str]:
    """Neighbours that are one word in this trade: 用 + 上, 搬 + 过去, 候车 + 亭."""
    words = _recut(words)
    joined: list[str] = []
    at = 0
    while at < len(words):
        length = next((n for n in (3, 2) if is_known("".join(words[at : at + n])) and at + n <= len(words)), 1)
        joined.append(_bare_action("".join(words[at : at + length])))
        at += length
    return joined


def _join_single(words: list[str]) -> list[Keyword]:
    """Single characters that are no words of their own belong to their neighbours: 候车 + 亭, 云 + 岫."""
    joined: list[Keyword] = []
    for word in words:
        base = joined[-1].text if joined else ""
        if (
            _is_loose(word)
            and 0 < len(base) < (5 if word == "费" else 4)
            and not base.isascii()
            and base not in rules.NO_MEANING
        ):
            others = (base, *joined[-1].others) if len(base) > 1 and word != "费" else ()
            joined[-1] = Keyword(base + word, others, names=_ends_as_thing(base + word))
        elif _is_loose(base) and 1 < len(word) < 4 and not word.isascii() and word not in rules.NO_MEANING:
            joined[-1] = Keyword(base + word, (word, *others_for(word)))
        else:
            optional = word.isdecimal() or word in rules.WELCOME
            joined.append(
                Keyword(
                    word,
                    others_for(word),
                    is_action(word),
                    optional,
                    _names(word),
                    is_way(word) or not is_noun(word),
                    parts=_parts(word),
                )
            )
    return [word for word in joined if len(word.text) > 1 or word.text.isascii() or word.others]


def _parts(word: str) -> tuple[Keyword, ...]:
    for at in range(2, len(word) - 1):
        halves = (word[:at], word[at:])
        if not word.isascii() and all(cut_words(half) == [half] for half in halves):
            named = (half for half in halves if half not in rules.NO_MEANING)
            return tuple(Keyword(half, others_for(half), names=_names(half)) for half in named)
    return ()


def _names(word: str) -> bool:
    """Long words do, and those for which others are known; short ones may as well say how, when or where."""
    if names_thing(word):
        return True
    return len(word) > 2 and not word.isascii() and (is_word(word) or _ends_as_thing(word))


def _ends_as_thing(word: str) -> bool:
    return len(word) > 2 and word.endswith(rules.KINDS_OF_THINGS)


def _is_loose(word: str) -> bool:
    return len(word) == 1 and not word.isascii() and word not in rules.NO_MEANING and not others_for(word)
