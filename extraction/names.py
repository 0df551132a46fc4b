"""The ledger's own names, by which a question's people, organs and places are known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from commitments.units import LEVELS, UnitName, means, unit_name
from extraction.question_rules import BY_SURNAME
from extraction.words import plain

LONGEST_NAME = 24
_UNIT_ENDING = re.compile(
    r"委员会|管委会|政府|局|委(?!员)|厅|署|办(?![理法公事完好成结得到了的]|$)|集团|公司|大队|支队|中心|消防队|交警队|联社|学校|医院|总工会|妇联|残联|科协|文联|供销社|学院|大学|研究院|林场|协会|法院|检察院|银行|执法队|派出所|卫生院|办事处|街道办|管理[处所站]|环卫所"
)
_PARTY = re.compile(
    r"九三学社|九三(?=社|学)|民革|民盟|民建|民进|农工党|农工|致公党?|台盟|工商联|共青团|团[市县区]委|妇联|总工会|科协|侨联"
)
_GROUP_REST = re.compile(r"(?:[一-鿿]{0,6}?(?:总支|支部|[省市县区]委员?会?|委员会))?")
_GENERAL_PLACES = frozenset({"高新", "经济", "开发", "城关", "新", "中心", "城区", "经开", "工业"})


_ZONES = (
    ("经开区", "经济开发区", "经济技术开发区"),
    ("高新区", "高新技术产业开发区", "高新技术开发区", "高新技术产业园区"),
    ("工业园", "工业园区"),
    ("产业园", "产业园区"),
)
"""Names of zones that mean the same."""


class NameKind(StrEnum):
    ORGAN = "organ"
    """An organ that answered."""
    OWNER = "owner"
    """A unit that is named as the one to act."""
    PERSON = "person"
    """Whom a reply answers: a delegate, a member or a group of members."""
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Named:
    """Words of a question that stand for names of the ledger; `exact` is False where a slip was put right."""

    start: int
    end: int
    names: tuple[str, ...]
    exact: bool = True


@dataclass(slots=True)
class Lexicon:
    """Grows with the ledger: a name that is added twice, or whose letter is gone, does no harm."""

    people: dict[str, str] = field(default_factory=dict)
    contacts: dict[str, str] = field(default_factory=dict)
    units: dict[str, UnitName] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _stems: dict[str, list[UnitName]] = field(default_factory=lambda: defaultdict(list))
    _one_off: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _new_for_slips: list[str] = field(default_factory=list)
    """Names that _one_off does not hold yet: few questions ever need it."""
    _aliases: dict[str, str] = field(default_factory=dict)
    _whole: set[str] = field(default_factory=set)
    _groups: list[str] = field(default_factory=list)
    _meanings: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: NameKind | str, name: str) -> None:
        if kind in (NameKind.ORGAN, NameKind.OWNER):
            self._add_unit(name)
            return
        known = self.people if kind == NameKind.PERSON else self.contacts
        bare = plain(name).replace(" ", "")
        if len(bare) < 2 or bare in known or _looks_like_unit(bare):
            return
        known[bare] = name
        if "·" in bare and len(first := bare.split("·")[0]) > 1:
            known.setdefault(first, name)
        if known is self.people:
            self._add_near(bare)

    def _add_near(self, bare: str) -> None:
        """Delegates are also found by their party and with a slip in their name."""
        if _PARTY.search(bare):
            self._groups.append(bare)
        if len(bare) in (3, 4):
            self._new_for_slips.append(bare)

    def add_alias(self, alias: str, unit: str) -> None:
        """Another name that an admin gave a unit."""
        self._add_unit(unit)
        self._aliases[plain(alias)] = unit

    def _add_unit(self, name: str) -> None:
        if name in self.units:
            return
        unit = self.units[name] = unit_name(name)
        if unit.stem not in self._stems:
            self._meanings.clear()
        self._stems[unit.stem].append(unit)
        if unit.places or not unit.level:
            self._whole.add(name)
        self._aliases |= {alias: name for alias in _zone_names(plain(name)) if alias not in self.units}
        for place in unit.places:
            self.places[place].add(place)
            short = place[:-1]
            if len(short) >= 2 and short not in _GENERAL_PLACES and place[-1] in LEVELS:
                self.places[short].add(place)

    def find_people(self, text: str) -> list[Named]:
        """Delegates and groups that are named; a slip of one character is put right only beside 代表, 委员 or 我是."""
        found = [Named(s, e, (self.people[text[s:e]],)) for s, e in _known_spans(text, self.people)]
        found += self._find_groups(text, found)
        return found or self._find_by_surname(text) or self._find_slips(text)

    def find_contacts(self, text: str) -> list[Named]:
        return [Named(s, e, (self.contacts[text[s:e]],)) for s, e in _known_spans(text, self.contacts)]

    def find_places(self, text: str) -> list[Named]:
        return [Named(s, e, tuple(sorted(self.places[text[s:e]]))) for s, e in _known_spans(text, self.places)]

    def find_units(self, text: str) -> list[Named]:
        """Organs by full name or any usual short form; one that the ledger does not know there comes without names."""
        whole = _known_spans(text, self._whole)
        found = [Named(start, end, (text[start:end],)) for start, end in whole]
        found += [
            Named(start, end, (self._aliases[text[start:end]],)) for start, end in _known_spans(text, self._aliases)
        ]
        for ending in _UNIT_ENDING.finditer(text):
            if any(named.start < ending.end() <= named.end for named in found):
                continue
            if named := self._read_unit(text, ending.end()):
                found.append(named)
        return _of_one_place(found)

    def _is_elsewhere(self, mention: str) -> bool:
        """云溪县教育局, where the ledger knows other education bureaus and this place, but not both together."""
        return any(places is not None and self._stems_meant(stem) for places, stem in self._split_place(mention))

    def _read_unit(self, text: str, end: int) -> Named | None:
        """The longest run of characters before an ending that means some organ."""
        for start in range(max(0, end - LONGEST_NAME), end - 1):
            mention = text[start:end]
            if (names := self._units_meant(mention)) or self._is_elsewhere(mention):
                return Named(start, end, tuple(names))
        return None

    def _units_meant(self, mention: str) -> list[str]:
        for place, stem in self._split_place(mention):
            meant = [unit for full in self._stems_meant(stem) for unit in self._stems[full]]
            if place is None:
                level = mention[0] if mention != stem else ""
                units = [unit for unit in meant if not level or unit.level in ("", level)]
            else:
                units = [unit for unit in meant if unit.places and set(unit.places) & place]
            if units:
                closest = [unit for unit in units if unit.stem == stem] if place is not None else []
                return [unit.name for unit in closest or units]
        return []

    def _split_place(self, mention: str) -> Iterator[tuple[set[str] | None, str]]:
        """The ways to read a mention: place and stem, level and stem, stem alone."""
        for cut in range(len(mention) - 2, 1, -1):
            if (places := self.places.get(mention[:cut])) is not None:
                stem = mention[cut:]
                yield places, stem
                if stem[0] in LEVELS:
                    yield places, stem[1:]
        if mention[0] in LEVELS and len(mention) > 2:
            yield None, mention[1:]
        yield None, mention

    def _stems_meant(self, stem: str) -> list[str]:
        if stem not in self._meanings:
            if len(self._meanings) > 4096:
                self._meanings.clear()
            self._meanings[stem] = [full for full in self._stems if means(stem, full)]
        return self._meanings[stem]

    def _find_groups(self, text: str, found: list[Named]) -> list[Named]:
        """民建 for 民建岭东省委: every group of that party whose place is not another one than the question's."""
        for party in _PARTY.finditer(text):
            if any(named.start <= party.start() < named.end for named in found):
                continue
            after = text[party.end() : party.end() + 8]
            groups = [name for name in self._groups if name.startswith(party.group())]
            placed = [name for name in groups if _shares_place(name[len(party.group()) :], after)]
            if groups:
                end = party.end() + _GROUP_REST.match(after).end()  # type: ignore[union-attr]
                return [Named(party.start(), end, tuple(self.people[name] for name in placed or groups))]
        return []

    def _find_by_surname(self, text: str) -> list[Named]:
        """阮委员 for 阮清妍: everybody of that surname."""
        called = BY_SURNAME.search(text)
        if called is None:
            return []
        people = tuple(name for bare, name in self.people.items() if bare.startswith(called["surname"]))
        return [Named(called.start(), called.end("surname"), people)] if people else []

    def _find_slips(self, text: str) -> list[Named]:
        for span in re.finditer(r"(?=([一-鿿]{3,4}?)(?:代表|委员|同志|主任))|(?<=我是)(?=([一-鿿]{3}))", text):
            written = span.group(1) or span.group(2)
            start = span.start(1) if span.group(1) else span.start(2)
            for length in (len(written), 3):
                begin = start + len(written) - length if span.group(1) else start
                name = text[begin : begin + length]
                close = {near for key in _one_off_keys(name) for near in self._close_by().get(key, ())}
                if close := {near for near in close if len(near) == length}:
                    return [Named(begin, begin + length, tuple(self.people[near] for near in sorted(close)), False)]
        return []

    def _close_by(self) -> dict[str, set[str]]:
        while self._new_for_slips:
            name = self._new_for_slips.pop()
            for key in _one_off_keys(name):
                self._one_off[key].add(name)
        return self._one_off


def _of_one_place(found: list[Named]) -> list[Named]:
    """云溪县教育局跟人社局: the second is of that county, too."""
    places = {place for named in found if len(named.names) == 1 for place in unit_name(named.names[0]).places}

    def near(named: Named) -> tuple[str, ...]:
        return tuple(name for name in named.names if places & set(unit_name(name).places)) or named.names

    return [replace(named, names=near(named)) if len(named.names) > 1 else named for named in found]


def _zone_names(name: str) -> Iterator[str]:
    """云溪经济开发区 for 云溪经开区."""
    for zones in _ZONES:
        if written := max((zone for zone in zones if zone in name), key=len, default=None):
            yield from (name.replace(written, zone) for zone in zones if zone != written)


def _looks_like_unit(name: str) -> bool:
    """An opinion is addressed to a bureau; that is nobody who asked."""
    return name.endswith(("局", "厅", "政府", "管委会", "集团", "公司"))


def _one_off_keys(name: str) -> Iterable[str]:
    """Equal for two names that differ in one character, or in the order of two that stand together."""
    yield from {f"{at}:{name[:at]}?{name[at + 1 :]}" for at in range(len(name))}
    yield "".join(sorted(name))


def _known_spans(text: str, known: Container[str]) -> list[tuple[int, int]]:
    """The longest known names from left to right; none inside another."""
    spans, at = [], 0
    while at < len(text):
        end = next((e for e in range(min(len(text), at + LONGEST_NAME), at + 1, -1) if text[at:e] in known), None)
        if end is not None:
            spans.append((at, end))
        at = end or at + 1
    return spans


def _shares_place(rest: str, after: str) -> bool:
    return len(after) >= 2 and rest[:2] == after[:2]
