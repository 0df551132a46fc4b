"""Whole letters with their gold: the project's own, and the ledger's where they lie beside the project."""

from __future__ import annotations

from datetime import date

import pytest

from extraction.reader import read_letter
from tests.conftest import LEDGER_ASSETS
from tests.extraction.gold import labelled, measure, mistakes, plain, read, read_all
from tests.extraction.letter_maker import LETTERS

OWN = {letter.name: letter for letter in labelled(LETTERS)}


@pytest.mark.parametrize("name", OWN)
def test_a_letter_of_our_own_is_read_like_its_gold(name: str) -> None:
    precision, recall, days = measure([read(OWN[name])])

    assert min(precision, recall, days) >= 0.85


@pytest.mark.parametrize("name", OWN)
def test_a_letter_pasted_as_one_line_promises_the_same(name: str) -> None:
    text = OWN[name].text
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
