from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import col, select

from commitments.states import CommitmentState
from storage.engine import Database, Look
from storage.ledger.queries import find_commitments
from storage.ranking import Term
from storage.search import SEARCH_COMMITMENT, SEARCH_REPLY, index_commitment, index_reply
from storage.search_names import find_new_names
from storage.search_queries import counting, matching, search
from storage.search_sets import RATES, Due, count_share, find_set, keep_visible
from storage.search_text import Label, Query, Words, every, label, plain, some, to_fts5, to_tsquery, tokens
from storage.tables import Commitment, Reply, Unit
from tests.asking import load_letters

LETTERS = tomllib.loads((Path(__file__).parents[1] / "corpus" / "questions.toml").read_text())["letter"]


@pytest.fixture
async def ledger(database: Database) -> Database:
    await load_letters(database, LETTERS)
    return database


async def found(database: Database, *words: str, within: Query | None = None) -> list[str]:
    hits = await database.look(lambda look: search(look, [Term(word) for word in words], within, 10))
    return [hit.searched.body for hit in hits.commitments]


async def commitments_of_unit(database: Database, unit: str) -> list[int]:
    ids, _ = await database.look(lambda look: find_set(look, Due(), Label(label("u", unit)), 10))
    return ids


async def change(database: Database, words: str, **columns: object) -> None:
    async with database.writing() as session:
        row = (await session.exec(select(Commitment).where(Commitment.quote == words))).one()
        for name, value in columns.items():
            setattr(row, name, value)
        assert row.id is not None
        await index_commitment(session, row.id)


def test_tokens_are_pairs_and_the_last_character_alone() -> None:
    assert list(tokens("孵化器2期a")) == ["孵化", "化器", "器", "2", "期", "a"]


def test_both_databases_are_asked_the_same() -> None:
    query = every(Words("孵化器"), Label(label("r", 7)))
    assert query is not None

    assert to_fts5(query) == '("孵化 化器" AND "zzr7")'
    assert to_tsquery(query) == "(('孵化' <-> '化器') & 'zzr7')"
    assert to_fts5(Words("器")) == '"器"*'
    assert to_tsquery(Words("器")) == "('器':*)"


def test_widths_case_and_roman_numbers_do_not_matter() -> None:
    assert plain("Ⅳ类 ５Ｇ") == "四类5g"


async def test_an_empty_ledger_finds_nothing(database: Database) -> None:
    assert await found(database, "大桥") == []


@pytest.mark.parametrize("word", ["茶", "渡船", "母本园", "冒用", "沉水植物", "4500亩", "公里"])
async def test_a_word_is_found_wherever_like_would_find_it(word: str, ledger: Database) -> None:
    async with ledger.reading() as session:
        like = await session.exec(select(Commitment.id).where(col(Commitment.quote).contains(word)))
        expected = set(like)
    matched = await ledger.look(lambda look: matching(look, SEARCH_COMMITMENT, Words(word), 100))
    held = {view.id for view in await find_commitments(ledger, matched) if word in view.quote}

    assert held == expected != set()


async def test_characters_that_stand_apart_are_no_word(ledger: Database) -> None:
    """由市市场监督管理局 holds both pairs of 由市场."""
    assert await ledger.look(lambda look: counting(look, SEARCH_COMMITMENT, Words("由市市场"), 100)) > 0
    assert await ledger.look(lambda look: counting(look, SEARCH_COMMITMENT, Words("由市场"), 100)) == 0


def test_a_word_that_holds_another_one_is_not_looked_for_beside_it() -> None:
    assert Term("停车库", ("车库", "停车场")).query() == some([Words("车库"), Words("停车场")])


async def test_a_rare_word_counts_more_than_a_common_one(ledger: Database) -> None:
    first, *_ = await found(ledger, "2025年", "冒用")

    assert "冒用" in first


async def test_words_before_a_quote_lead_to_it(ledger: Database) -> None:
    first, *_ = await found(ledger, "党校旧址", "开园")

    assert first.startswith("将原区委党校旧址")


async def test_one_wrong_character_does_no_harm(ledger: Database) -> None:
    first, *_ = await found(ledger, "打唠船", "到位")

    assert "打捞船" in first


async def test_a_shortened_word_is_known_by_its_long_form(ledger: Database) -> None:
    first, *_ = await found(ledger, "七中", "扩建")

    assert first.startswith("第七中学扩建")


async def test_nothing_outside_the_labels_is_found(ledger: Database) -> None:
    assert await found(ledger, "打捞船", within=Label(label("l", "云溪县"))) == []


async def test_a_draft_is_not_found(database: Database) -> None:
    async with database.writing() as session:
        now = datetime(2025, 7, 1, tzinfo=UTC)
        draft = Reply(source="draft", text="修大桥。", text_sha256="0", kind="other", loaded_at=now, loaded_by="督查室")
        session.add(draft)
        await session.flush()
        assert draft.id is not None
        session.add(Commitment(reply_id=draft.id, position=1, quote="修大桥"))
        await index_reply(session, draft.id)

    assert await found(database, "大桥") == []


async def test_a_dropped_commitment_is_no_longer_found(ledger: Database) -> None:
    quote = "施工期间安排渡船两艘免费接驳"
    await change(ledger, quote, state=CommitmentState.DROPPED)

    assert quote not in await found(ledger, "渡船")


async def test_new_words_are_found_and_the_old_ones_are_not(ledger: Database) -> None:
    await change(ledger, "施工期间安排渡船两艘免费接驳", quote="架设浮桥")

    assert await found(ledger, "浮桥") == ["架设浮桥"]
    assert not any("渡船" in body for body in await found(ledger, "渡船"))


async def test_what_another_unit_took_over_is_found_as_that_units(ledger: Database) -> None:
    async with ledger.writing() as session:
        unit = Unit(name="云溪县应急管理局")
        session.add(unit)
        await session.flush()
    await change(ledger, "8月开工", unit_id=unit.id)

    theirs = await commitments_of_unit(ledger, "云溪县应急管理局")
    formerly = await commitments_of_unit(ledger, "云溪县交通运输局")
    assert len(theirs) == 1
    assert not set(theirs) & set(formerly)


async def test_a_reply_is_found_by_its_number_however_it_is_written(ledger: Database) -> None:
    both = every(Label(label("n", "309")), Label(label("y", 2024)))
    assert both is not None

    whole = await ledger.look(lambda look: matching(look, SEARCH_REPLY, Label(label("n", "20240309")), 9))
    by_year = await ledger.look(lambda look: matching(look, SEARCH_REPLY, both, 9))

    assert whole == by_year != []


async def test_a_set_is_counted_in_full_and_listed_in_part(ledger: Database) -> None:
    due = Due((CommitmentState.OPEN,), date(2025, 1, 1), date(2025, 12, 31))
    some, total = await ledger.look(lambda look: find_set(look, due, None, 3))
    every_one, same = await ledger.look(lambda look: find_set(look, due, None, 100))

    assert (some, total) == (every_one[:3], same)
    assert same == len(every_one) > 3


async def test_the_set_of_a_unit_is_counted_in_full_too(ledger: Database) -> None:
    of_the_lake = Label(label("u", "雁州市生态环境局"))
    due = Due((CommitmentState.OPEN,), date(2024, 9, 1))

    ids, total = await ledger.look(lambda look: find_set(look, due, of_the_lake, 2))

    days = [view.due_on for view in await find_commitments(ledger, ids)]
    assert (days, total) == ([date(2024, 9, 30), date(2025, 6, 30)], 4)


async def test_rates_count_parts_of_wholes(ledger: Database) -> None:
    of_the_lake = Label(label("u", "雁州市生态环境局"))
    closed_at = datetime(2024, 9, 20, tzinfo=UTC)
    await change(ledger, "2024年9月底前完成环湖23个排口整治", state=CommitmentState.CLOSED, closed_at=closed_at)

    shares = await ledger.look(
        lambda look: {rate: count_share(look, rate, (), of_the_lake, date(2024, 11, 1)) for rate in RATES}
    )

    assert shares == {"dated": (5, 6), "closed": (1, 6), "kept": (1, 2)}


async def test_only_what_may_be_seen_is_kept(ledger: Database) -> None:
    def look_up(look: Look) -> None:
        everything, _ = find_set(look, Due(), None, 100)
        public, _ = find_set(look, Due(), Label("zzpublic"), 100)

        assert keep_visible(look, everything, Label("zzpublic")) == public
        assert keep_visible(look, everything, None) == everything

    await ledger.look(look_up)


async def test_names_are_told_once_and_only_the_new_ones(ledger: Database) -> None:
    new = await ledger.look(lambda look: find_new_names(look, (0, 0)))

    assert new is not None
    assert len(set(new.names)) == len(new.names)
    assert ("owner", "云溪县公安局") in new.names
    assert await ledger.look(lambda look: find_new_names(look, new.told)) is None
