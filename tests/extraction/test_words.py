from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extraction import words
from extraction.words import cut_words, load_dictionary, plain

CORPUS = Path(__file__).parents[1] / "corpus" / "questions.toml"


def test_one_form_of_every_character_is_compared() -> None:
    assert plain("圖書館　５Ｇ  基站") == "图书馆 5g 基站"


def test_marks_and_blanks_are_no_words() -> None:
    assert cut_words("图书馆，何时 开放？") == ["图书馆", "何时", "开放"]


def test_figures_and_latin_words_stay_whole() -> None:
    assert cut_words("a-07地块1.4公里") == ["a", "07", "地块", "1.4", "公里"]


def test_the_dictionary_is_read_once() -> None:
    assert load_dictionary() is load_dictionary()


@pytest.fixture
def jieba(tmp_path: Path) -> words.Cutter:
    return words._open_jieba(tmp_path)


def test_both_dictionaries_cut_alike(jieba: words.Cutter) -> None:
    fast = words._open_rjieba()
    if fast is None:
        pytest.skip("rjieba is not installed")
    asked = [plain(wording) for row in tomllib.loads(CORPUS.read_text())["question"] for wording in row["ask"]]

    for guess in (True, False):
        assert [jieba(text, guess) for text in asked] == [fast(text, guess) for text in asked]


def test_the_cache_lies_in_our_folder(jieba: words.Cutter, tmp_path: Path) -> None:
    assert list(tmp_path.glob("*.cache"))
