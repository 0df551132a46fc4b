from __future__ import annotations

from extraction.words import cut_words, load_dictionary, plain


def test_one_form_of_every_character_is_compared() -> None:
    assert plain("圖書館　５Ｇ  基站") == "图书馆 5g 基站"


def test_marks_and_blanks_are_no_words() -> None:
    assert cut_words("图书馆，何时 开放？") == ["图书馆", "何时", "开放"]


def test_figures_and_latin_words_stay_whole() -> None:
    assert cut_words("a-07地块1.4公里") == ["a", "07", "地块", "1.4", "公里"]


def test_the_dictionary_is_read_once() -> None:
    assert load_dictionary() is load_dictionary()
