"""Ledgers of any size for the bench of asking: invented sentences of real size, ten to a letter, as rows of tables."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Any

from commitments.units import unit_name
from extraction.synonyms import rows_of
from storage.search import Searched, around
from storage.search_text import label, plain

PER_LETTER = 10
TODAY = date(2025, 7, 1)
SYLLABLES = "云溪青石桂苑白马湖东岭南浦临江长河清泉松柏竹梅兰秀丰安宁永和新华光明金玉银沙红枫紫荆望海平原"
BUREAUS = (
    "交通运输局",
    "教育局",
    "住房和城乡建设局",
    "卫生健康局",
    "生态环境局",
    "农业农村局",
    "民政局",
    "水利局",
    "商务局",
    "科学技术局",
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
TOPICS = [word for row in rows_of("things") for word in row if len(word) > 1]
VERBS = [word for row in rows_of("actions") for word in row if len(word) > 1]
QUESTIONS = (
    "{place}的{thing}什么时候{verb}", "{thing}{verb}了没有", "{person}代表的建议答复了吗", "{number}号建议办得怎么样了",
    "{place}{short}逾期的有哪些", "{place}{short}有什么任务", "下个月到期的有哪些", "关于{thing}的建议联系人是谁",
    "{place}{thing}{verb}由哪个部门负责", "已经逾期的一共多少件",
)  # fmt: skip


@dataclass
class World:
    """Names and sentences drawn by one seed, so that every run asks the same."""

    random: random.Random
    places: list[str] = field(init=False)
    people: list[str] = field(init=False)

    def __post_init__(self) -> None:
        draw = self.random
        self.places = sorted({"".join(draw.sample(SYLLABLES, 2)) + draw.choice("市县区") for _ in range(600)})
        self.people = sorted({draw.choice(SURNAMES) + "".join(draw.sample(SYLLABLES, 2)) for _ in range(12_000)})

    def sentence(self, place: str) -> str:
        draw = self.random
        things = "、".join(draw.sample(TOPICS, 2))
        count, month = draw.randint(2, 900), draw.randint(1, 12)
        return (
            f"{draw.choice(('计划', '力争', '拟', '将'))}{month}月底前{draw.choice(VERBS)}{place[:-1]}片区{things}"
            f"{count}{draw.choice('处个座台')}，同步{draw.choice(VERBS)}{draw.choice(TOPICS)}，"
            f"进一步{draw.choice(VERBS)}{draw.choice(TOPICS)}，切实方便沿线群众"
        )


@dataclass(frozen=True)
class Letter:
    number: int
    place: str
    unit_id: int
    organ: str
    person: str
    title: str
    sentences: list[str]


def letters(world: World, count: int) -> Iterator[Letter]:
    for number in range(1, count + 1):
        place = world.random.choice(world.places)
        bureau = world.random.randrange(len(BUREAUS))
        yield Letter(
            number=number,
            place=place,
            unit_id=world.places.index(place) * len(BUREAUS) + bureau + 1,
            organ=place + BUREAUS[bureau],
            person=world.random.choice(world.people),
            title=f"关于加快{place}{world.random.choice(TOPICS)}{world.random.choice(VERBS)}的建议",
            sentences=[world.sentence(place) for _ in range(PER_LETTER)],
        )


def ledger_rows(world: World, size: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows of such a ledger, a table's rows at a time; those that are searched come with their `tokens`."""
    bureaus = [place + bureau for place in world.places for bureau in BUREAUS]
    yield "unit", [{"id": number, "name": name} for number, name in enumerate(bureaus, 1)]
    yield "delegate", [{"id": number, "name": name} for number, name in enumerate(world.people, 1)]
    kinds = [("organ", name) for name in bureaus] + [("person", name) for name in world.people]
    yield "search_name", [{"kind": kind, "name": name} for kind, name in kinds]
    source = letters(world, size // PER_LETTER)
    while batch := list(islice(source, 1_000)):
        yield from _rows(batch, world.random).items()


def _rows(batch: list[Letter], draw: random.Random) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for letter in batch:
        text = "\n".join("。".join(letter.sentences[at : at + 5]) + "。" for at in (0, 5))
        labels = " ".join(
            [label("r", letter.number), label("i", letter.unit_id), label("u", letter.organ), label("p", letter.person)]
            + [label("l", place) for place in unit_name(letter.organ).places]
        )
        tables["reply"].append(_reply(letter, text))
        numbers = f" {label('n', letter.number % 900 + 1)} {label('y', 2015 + letter.number % 11)}"
        head = f"{letter.organ}\n{letter.person}"
        _index(tables, "search_reply", letter.number, Searched(letter.title, text, head, labels + numbers))
        for position, quote in enumerate(letter.sentences, 1):
            row_id = (letter.number - 1) * PER_LETTER + position
            tables["commitment"].append(_commitment(row_id, letter.number, position, quote, draw))
            near = "\n" + around(text, quote)
            searched = Searched(quote, plain(near), f"{letter.title}\n{head}", labels)
            _index(tables, "search_commitment", row_id, searched, reply_id=letter.number)
    return tables


def _index(tables: dict[str, list[dict[str, Any]]], table: str, row_id: int, searched: Searched, **more: int) -> None:
    tables[table].append({"id": row_id, **more, **asdict(searched), "tokens": searched.tokens()})


def _reply(letter: Letter, text: str) -> dict[str, Any]:
    day = TODAY - timedelta(days=letter.number % 3_650)
    return {
        "id": letter.number, "source": f"{letter.number}.txt", "text": text, "text_sha256": str(letter.number),
        "state": "confirmed", "kind": "delegate_suggestion", "title": letter.title, "organ": letter.organ,
        "number": f"第{letter.number % 900 + 1}号", "co_organs": "[]", "addressees": "[]", "replied_on": str(day),
        "date_given_by_loader": False, "relative_dates": False, "near_misses": "[]", "unit_id": letter.unit_id,
        "loaded_at": f"{day} 08:00:00", "loaded_by": "终端",
    }  # fmt: skip


def _commitment(row_id: int, reply_id: int, position: int, quote: str, draw: random.Random) -> dict[str, Any]:
    due_on = str(TODAY + timedelta(days=draw.randint(-900, 900))) if draw.random() < 0.6 else None
    return {
        "id": row_id, "reply_id": reply_id, "position": position, "quote": quote, "verifiable": True,
        "due_on": due_on, "original_due_on": due_on, "due_basis": "explicit" if due_on else "none", "targets": "[]",
        "cues": "[]", "confidence": 1.0, "state": draw.choice(("open", "closed", "closed")), "reviewed": True,
        "version": 1,
    }  # fmt: skip


def questions(world: World, count: int) -> Iterator[str]:
    draw = random.Random(7)
    for number in range(count):
        yield QUESTIONS[number % len(QUESTIONS)].format(
            place=draw.choice(world.places),
            thing=draw.choice(TOPICS),
            verb=draw.choice(VERBS),
            person=draw.choice(world.people),
            number=draw.randint(1, 900),
            short=draw.choice(("住建局", "卫健局", "教育局", "科技局")),
        )
