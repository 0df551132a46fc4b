"""Whether doubt finds the mistakes: python -m tests.bench.doubt [FOLDER …] [--json] [--fit] [--write]

On labelled letters: how many mistakes lie among the most doubtful fifth of all that the reader took or nearly took.
`--fit` prints the weights that those letters would give the signs of extraction/confidence.py, with the second reader
fitted on other letters than the one it reads (five folds); `--write` fits extraction/second_reader.tsv on all of them.
Letters that the rules were tuned on show no mistakes, so only letters that nobody had read teach anything about doubt.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from extraction import second_reader  # noqa: E402 - a script finds the project beside itself
from extraction.commitments import Verdict  # noqa: E402
from extraction.confidence import LEFT, TAKEN, Around, Left, Taken, signs_of_left, signs_of_taken  # noqa: E402
from extraction.outline import Placed  # noqa: E402
from extraction.reader import NotALetter, read_letter  # noqa: E402
from extraction.splitting import Part  # noqa: E402
from tests.extraction.gold import Labelled, labelled, mistakes, pair, read  # noqa: E402

LETTERS = ROOT / "tests" / "extraction" / "letters"
LEDGER = ROOT.parent / "shared" / "ledger"
WEIGHTS = ROOT / "extraction" / "second_reader.tsv"
FOLDS = 5
_SECOND_READER = "second_reader"
_SEEN_IN_LETTERS = 3
"""A pair of characters must stand in so many letters: no name of a person or a place earns a weight."""


@dataclass(frozen=True)
class Row:
    """One case of a letter: what its signs are worth, whether it is a promise, whether the reader got it wrong."""

    letter: str
    words: str
    taken: bool
    values: dict[str, float]
    promise: bool
    wrong: bool


@contextmanager
def recorded() -> Iterator[list[tuple[str, Taken | Left]]]:
    """The words and the signs that the reader sees meanwhile, in its order."""
    seen: list[tuple[str, Taken | Left]] = []

    def note_taken(spot: Placed, verdict: Verdict, part: Part, words: str, *, inherits: bool, around: Around) -> Taken:
        signs = signs_of_taken(spot, verdict, part, words, inherits=inherits, around=around)
        seen.append((words, signs))
        return signs

    def note_left(spot: Placed, verdict: Verdict, *, inherits: bool, around: Around) -> Left:
        signs = signs_of_left(spot, verdict, inherits=inherits, around=around)
        seen.append((spot.segment.text, signs))
        return signs

    with (
        patch("extraction.assembly.signs_of_taken", note_taken),
        patch("extraction.assembly.signs_of_left", note_left),
    ):
        yield seen


def rows_of(letter: Labelled) -> list[Row]:
    with recorded() as seen:
        try:
            reading = read_letter(letter.text, replied_on=letter.day)
        except NotALetter:
            return []
    taken = [(words, signs) for words, signs in seen if isinstance(signs, Taken)]
    left = [(words, signs) for words, signs in seen if isinstance(signs, Left)]
    pairs = pair([item["quote"] for item in letter.gold], [words for words, _ in taken])
    missed = [item["quote"] for index, item in enumerate(letter.gold) if index not in pairs.values()]
    overlooked = pair(missed, [words for words, _ in left])
    rows = []
    for index, ((words, taken_signs), found) in enumerate(zip(taken, reading.commitments, strict=True)):
        due = found.deadline.due_on.isoformat() if found.deadline.due_on else None
        wrong = index not in pairs or letter.gold[pairs[index]]["due"] != due
        rows.append(Row(letter.name, words, True, _values(taken_signs), index in pairs, wrong))
    for index, (words, signs) in enumerate(left):
        rows.append(Row(letter.name, words, False, _values(signs), index in overlooked, index in overlooked))
    return rows


def _values(signs: Taken | Left) -> dict[str, float]:
    return {name: float(value) for name, value in signs._asdict().items()}


def fit(rows: list[dict[str, float]], true: list[bool], *, pull: float, rounds: int = 40) -> dict[str, float]:
    """Weights of a logistic regression, each pulled to 0 (AdaGrad over shuffled rows; the same for the same rows)."""
    weights: dict[str, float] = defaultdict(float)
    steps: dict[str, float] = defaultdict(lambda: 1e-6)
    order, shuffle = list(range(len(rows))), Random(1)
    shrink = pull / max(1, len(rows))
    for _ in range(rounds):
        shuffle.shuffle(order)
        for index in order:
            odds = math.fsum(weights[name] * value for name, value in rows[index].items())
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))) - true[index]
            for name, value in rows[index].items():
                slope = error * value + shrink * weights[name] * len(rows) / 100
                steps[name] += slope * slope
                weights[name] -= 0.3 * slope / math.sqrt(steps[name])
    return weights


def pairs_in(words: str, known: set[str]) -> dict[str, float]:
    return dict.fromkeys(known.intersection(second_reader.pairs_of(words)), 1.0) | {second_reader.ALWAYS: 1.0}


def known_pairs(rows: list[Row]) -> set[str]:
    letters: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for two in second_reader.pairs_of(row.words):
            letters[two].add(row.letter)
    return {two for two, seen in letters.items() if len(seen) >= _SEEN_IN_LETTERS}


def fit_second_reader(rows: list[Row]) -> dict[str, float]:
    known = known_pairs(rows)
    return fit([pairs_in(row.words, known) for row in rows], [row.promise for row in rows], pull=1.0, rounds=15)


def folds(rows: list[Row]) -> Iterator[tuple[list[Row], list[Row]]]:
    """Rows to learn from and rows to judge; a letter is never in both."""
    letters = sorted({row.letter for row in rows})
    Random(2).shuffle(letters)
    for fold in range(FOLDS):
        held = set(letters[fold::FOLDS])
        yield [row for row in rows if row.letter not in held], [row for row in rows if row.letter in held]


def read_by_others(rows: list[Row]) -> list[Row]:
    """The rows with the second reader's word as it would be had it never seen their letter."""
    found = []
    for learned, judged in folds(rows):
        weights = fit_second_reader(learned)
        for row in judged:
            odds = weights[""] + math.fsum(weights.get(two, 0.0) for two in set(second_reader.pairs_of(row.words)))
            values = row.values | {_SECOND_READER: max(-4.0, min(4.0, odds))}
            found.append(Row(row.letter, row.words, row.taken, values, row.promise, row.wrong))
    return found


def fit_signs(rows: list[Row], *, taken: bool) -> dict[str, float]:
    own = [row for row in rows if row.taken == taken]
    return fit([row.values for row in own], [row.wrong != taken for row in own], pull=0.5)


def share_in_first_fifth(doubts: list[tuple[float, bool]]) -> tuple[int, int, int]:
    """Rows, mistakes, mistakes among the most doubtful fifth of the rows."""
    ranked = sorted(doubts, key=lambda row: -row[0])
    wrong = [index for index, (_, mistake) in enumerate(ranked) if mistake]
    return len(ranked), len(wrong), sum(index < len(ranked) / 5 for index in wrong)


def measured_by_folds(rows: list[Row]) -> tuple[int, int, int]:
    """The doubt of weights that never saw the letter that they judge."""
    doubts = []
    for learned, judged in folds(rows):
        weights = {taken: fit_signs(learned, taken=taken) for taken in (True, False)}
        for row in judged:
            odds = math.fsum(weights[row.taken][name] * value for name, value in row.values.items())
            sure = 1 / (1 + math.exp(-odds))
            doubts.append((1 - sure if row.taken else sure, row.wrong))
    return share_in_first_fifth(doubts)


def write_second_reader(rows: list[Row]) -> None:
    weights = fit_second_reader(rows)
    lines = [f"{two}\t{weight:.2f}" for two, weight in sorted(weights.items()) if not two or abs(weight) >= 0.05]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _told(name: str, measured: tuple[int, int, int]) -> str:
    rows, wrong, found = measured
    return f"{name:<34}{rows:>6}{wrong:>10}{found:>24}{found / max(1, wrong):>8.0%}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    folders = options.folders or [path for path in (LETTERS, LEDGER / "seeds", LEDGER / "dev") if path.is_dir()]
    letters = [letter for folder in folders for letter in labelled(folder)]
    if options.write:
        write_second_reader([row for letter in letters for row in rows_of(letter)])
        return
    shipped = share_in_first_fifth(mistakes([read(letter) for letter in letters]))
    if options.json:
        print(json.dumps(dict(zip(("rows", "mistakes", "in_first_fifth"), shipped, strict=True))))
        return
    print(f"{len(letters)} letters{'':<22}  rows  mistakes  in the doubtful fifth")
    print(_told("as shipped", shipped))
    if options.fit:
        rows = read_by_others([row for letter in letters for row in rows_of(letter)])
        print(_told("fitted on the other letters", measured_by_folds(rows)))
        for taken, shipped_weights in ((True, TAKEN), (False, LEFT)):
            weights = fit_signs(rows, taken=taken)
            print(type(shipped_weights).__name__)
            for name, weight in shipped_weights._asdict().items():
                print(f"  {name:<24}{weights[name]:>7.2f}   as shipped {weight:>5.2f}")


if __name__ == "__main__":
    main()
