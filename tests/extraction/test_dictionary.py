from __future__ import annotations

import os
import tomllib
from pathlib import Path

import jieba
import pytest

from extraction import dictionary
from extraction.dictionary import open_tokenizer
from extraction.words import plain

CORPUS = Path(__file__).parents[1] / "corpus" / "questions.toml"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the dictionary was made."""
    folder = tmp_path_factory.mktemp("words")
    open_tokenizer(folder)
    return folder


def test_the_mapped_dictionary_cuts_like_jieba(kept: Path) -> None:
    ours, theirs = open_tokenizer(kept), jieba.Tokenizer()
    asked = [plain(wording) for row in tomllib.loads(CORPUS.read_text())["question"] for wording in row["ask"]]

    for guess in (True, False):
        assert [ours.lcut(text, HMM=guess) for text in asked] == [theirs.lcut(text, HMM=guess) for text in asked]


def test_the_dictionary_knows_nouns(kept: Path) -> None:
    words = open_tokenizer(kept).FREQ

    assert [words.is_noun(word) for word in ("码头", "修建", "不是个词")] == [True, False, False]


def test_the_dictionary_is_made_once(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "_make_trie", None)

    assert open_tokenizer(kept).lcut("图书馆何时开放") == ["图书馆", "何时", "开放"]


def test_nothing_but_the_dictionary_is_left_behind(kept: Path) -> None:
    (file,) = kept.iterdir()

    assert file.name == "jieba-0.42.1-2.trie"
    assert file.stat().st_size < 3_000_000


@pytest.mark.parametrize("content", [b"", b"no dictionary", "half"])
def test_a_damaged_dictionary_is_made_again(kept: Path, tmp_path: Path, content: bytes | str) -> None:
    (good,) = (file.read_bytes() for file in kept.iterdir())
    damaged = tmp_path / next(kept.iterdir()).name
    damaged.write_bytes(good[: len(good) // 2] if isinstance(content, str) else content)

    assert open_tokenizer(tmp_path).lcut("图书馆何时开放") == ["图书馆", "何时", "开放"]
    assert damaged.read_bytes() == good


def test_without_a_place_to_keep_it_the_dictionary_works_all_the_same(tmp_path: Path) -> None:
    taken = tmp_path / "a file"
    taken.touch()

    assert open_tokenizer(taken / "words").lcut("图书馆何时开放") == ["图书馆", "何时", "开放"]


def test_the_users_own_cache_keeps_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(os.environ, "XDG_CACHE_HOME", str(tmp_path))

    assert dictionary._cache_folder() == tmp_path / "jiannuo"
