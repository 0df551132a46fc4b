"""Whole letters with their gold: the project's own, and the ledger's where they lie beside the project."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from extraction.export import to_json
from extraction.reader import read_letter
from tests.conftest import LEDGER_ASSETS
from tests.extraction.letter_maker import LETTERS

OWN = sorted(path.name.split(".")[0] for path in LETTERS.glob("*.letter.json"))


@dataclass(frozen=True)
class Read:
    """One letter as it was read, beside its gold."""

    gold: list[dict[str, Any]]
    found: list[dict[str, Any]]
    near: list[dict[str, Any]]

    @property
    def pairs(self) -> dict[int, int]:
        return pair([item["quote"] for item in self.gold], [item["quote"] for item in self.found])


def plain(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


def alike(one: str, other: str) -> float:
    short, long = sorted((plain(one), plain(other)), key=len)
    if short in long:
        return len(short) / len(long)
    blocks = SequenceMatcher(None, short, long, autojunk=False).get_matching_blocks()
    shared = sum(block.size for block in blocks if block.size >= 4)
    return shared / len(long) if shared >= 0.8 * len(short) else 0


def pair(gold: list[str], found: list[str]) -> dict[int, int]:
    """Gold index by found index, best overlap first; a pair shares at least half of the longer quote."""
    rows = sorted(((-alike(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)))
    pairs: dict[int, int] = {}
    for likeness, i, j in rows:
        if -likeness >= 0.5 and i not in pairs.values() and j not in pairs:
            pairs[j] = i
    return pairs


def read(folder: Path, name: str) -> Read:
    record = json.loads((folder / f"{name}.letter.json").read_text(encoding="utf-8"))
    day = record.get("assumed_reply_date")
    text = next(iter(sorted(folder.glob(f"{name}*.txt")))).read_text(encoding="utf-8")
    exported = to_json(read_letter(text, replied_on=date.fromisoformat(day) if day else None), name)
    gold = json.loads((folder / f"{name}.commitments.json").read_text(encoding="utf-8"))
    return Read(gold, exported["commitments"], exported["near_misses"])


def read_all(folder: Path) -> list[Read]:
    return [read(folder, path.name.split(".")[0]) for path in sorted(folder.glob("*.letter.json"))]


def mistakes(letters: list[Read]) -> list[tuple[float, bool]]:
    """Doubt of every commitment and near miss, and whether it was a mistake."""
    rows: list[tuple[float, bool]] = []
    for letter in letters:
        pairs = letter.pairs
        for index, item in enumerate(letter.found):
            wrong = index not in pairs or letter.gold[pairs[index]]["due"] != item["due"]
            rows.append((1 - item["confidence"], wrong))
        missed = [item["quote"] for index, item in enumerate(letter.gold) if index not in pairs.values()]
        overlooked = pair(missed, [item["quote"] for item in letter.near])
        rows += [(item["confidence"], index in overlooked) for index, item in enumerate(letter.near)]
    return sorted(rows, reverse=True)


def measure(letters: list[Read]) -> tuple[float, float, float]:
    """Precision, recall, and the share of the pairs whose day is right."""
    hits = sum(len(letter.pairs) for letter in letters)
    days = sum(letter.gold[i]["due"] == letter.found[j]["due"] for letter in letters for j, i in letter.pairs.items())
    return hits / sum(len(x.found) for x in letters), hits / sum(len(x.gold) for x in letters), days / hits


@pytest.mark.parametrize("name", OWN)
def test_a_letter_of_our_own_is_read_like_its_gold(name: str) -> None:
    precision, recall, days = measure([read(LETTERS, name)])

    assert min(precision, recall, days) >= 0.85


@pytest.mark.parametrize("name", OWN)
def test_a_letter_pasted_as_one_line_promises_the_same(name: str) -> None:
    text = (LETTERS / f"{name}.txt").read_text(encoding="utf-8")
    one_line = " ".join(line.strip() for line in text.splitlines() if line.strip())
    day = date(2024, 1, 31)

    apart = [plain(item.quote) for item in read_letter(text, replied_on=day).commitments]
    together = [plain(item.quote) for item in read_letter(one_line, replied_on=day).commitments]

    assert len(set(apart) & set(together)) >= 0.8 * len(apart)


@pytest.mark.parametrize("folder", ["seeds", "dev"])
def test_the_ledgers_letters_are_read_like_two_careful_readers(folder: str) -> None:
    if not (LEDGER_ASSETS / folder).is_dir():
        pytest.skip("the ledger's letters do not lie beside this project")

    precision, recall, days = measure(read_all(LEDGER_ASSETS / folder))

    assert min(precision, recall) >= 0.95
    assert days >= 0.97


def test_most_mistakes_are_among_the_most_doubtful_fifth() -> None:
    letters = read_all(LETTERS)
    for folder in ("seeds", "dev"):
        if (LEDGER_ASSETS / folder).is_dir():
            letters += read_all(LEDGER_ASSETS / folder)
    rows = mistakes(letters)
    wrong = [index for index, (_, mistake) in enumerate(rows) if mistake]
    doubtful = sum(index < len(rows) / 5 for index in wrong)
    print(f"{len(rows)} read, {len(wrong)} mistakes, {doubtful} among the most doubtful fifth")

    assert len(wrong) - doubtful <= max(2, 0.4 * len(wrong))
