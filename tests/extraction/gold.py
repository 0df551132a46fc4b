"""Readings beside their gold: which quote is which, and what was read wrong."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from extraction.export import to_json
from extraction.reader import read_letter


@dataclass(frozen=True)
class Labelled:
    """One letter with its gold commitments; `day` is what the person who loads it gives where it shows none."""

    name: str
    text: str
    day: date | None
    gold: list[dict[str, Any]]


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
    """The share of the longer quote that the two have in common, 0 when the shorter is not for 80 % in the longer."""
    short, long = sorted((plain(one), plain(other)), key=len)
    if short in long:
        return len(short) / max(1, len(long))
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


def labelled(folder: Path) -> list[Labelled]:
    """The letters of a folder of ID.txt, ID.letter.json and ID.commitments.json, in order."""
    return [_labelled(folder, path.name.split(".")[0]) for path in sorted(folder.glob("*.letter.json"))]


def _labelled(folder: Path, name: str) -> Labelled:
    record = json.loads((folder / f"{name}.letter.json").read_text(encoding="utf-8"))
    day = record.get("assumed_reply_date")
    text = next(iter(sorted(folder.glob(f"{name}*.txt")))).read_text(encoding="utf-8")
    gold = json.loads((folder / f"{name}.commitments.json").read_text(encoding="utf-8"))
    return Labelled(name, text, date.fromisoformat(day) if day else None, gold)


def read(letter: Labelled) -> Read:
    exported = to_json(read_letter(letter.text, replied_on=letter.day), letter.name)
    return Read(letter.gold, exported["commitments"], exported["near_misses"])


def read_all(folder: Path) -> list[Read]:
    return [read(letter) for letter in labelled(folder)]


def mistakes(letters: list[Read]) -> list[tuple[float, bool]]:
    """Doubt of every commitment and near miss, and whether it was a mistake; the most doubtful first."""
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
