from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import col, select

from commitments.states import CommitmentState
from storage.engine import Database
from storage.ranking import Term
from storage.search import SEARCH_COMMITMENT, find_names, index_commitment, index_reply, matching, searched_rows
from storage.search_queries import Due, count_share, find_replies_within, find_set, keep_visible, search
from storage.search_text import Label, Query, Words, every, label, plain, to_fts5, to_tsquery, tokens
from storage.tables import Commitment, Reply, Unit
from tests.asking import load_letters

LETTERS = tomllib.loads((Path(__file__).parents[1] / "corpus" / "questions.toml").read_text())["letter"]


@pytest.fixture
async def ledger(database: Database) -> Database:
    await load_letters(database, LETTERS)
    return database


async def found(database: Database, *words: str, within: Query | None = None) -> list[str]:
    async with database.reading() as session:
        hits = await search(session, [Term(word) for word in words], within, 10)
    return [hit.searched.body for hit in hits.commitments]


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
        matched = await matching(session, SEARCH_COMMITMENT, Words(word), 100)
        held = {
            row_id
            for row_id, row in (await searched_rows(session, SEARCH_COMMITMENT, matched)).items()
            if word in row.body
        }

    assert held == expected != set()


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

    async with ledger.reading() as session:
        theirs, _ = await find_set(session, Due(), Label(label("u", "云溪县应急管理局")), 10)
        formerly, _ = await find_set(session, Due(), Label(label("u", "云溪县交通运输局")), 10)
    assert len(theirs) == 1
    assert not set(theirs) & set(formerly)


async def test_a_reply_is_found_by_its_number_however_it_is_written(ledger: Database) -> None:
    async with ledger.reading() as session:
        whole = await find_replies_within(session, Label(label("n", "20240309")), 9)
        both = every(Label(label("n", "309")), Label(label("y", 2024)))
        assert both is not None
        by_year = await find_replies_within(session, both, 9)

    assert whole == by_year != []


async def test_a_set_is_counted_in_full_and_listed_in_part(ledger: Database) -> None:
    due = Due((CommitmentState.OPEN,), date(2025, 1, 1), date(2025, 12, 31))
    async with ledger.reading() as session:
        some, total = await find_set(session, due, None, 3)
        every_one, same = await find_set(session, due, None, 100)

    assert (some, total) == (every_one[:3], same)
    assert same == len(every_one) > 3


async def test_rates_count_parts_of_wholes(ledger: Database) -> None:
    of_the_lake = Label(label("u", "雁州市生态环境局"))
    closed_at = datetime(2024, 9, 20, tzinfo=UTC)
    await change(ledger, "2024年9月底前完成环湖23个排口整治", state=CommitmentState.CLOSED, closed_at=closed_at)
    async with ledger.reading() as session:
        shares = {
            rate: await count_share(session, rate, (), of_the_lake, date(2024, 11, 1))
            for rate in ("dated", "closed", "kept")
        }

    assert shares == {"dated": (5, 6), "closed": (1, 6), "kept": (1, 2)}


async def test_only_what_may_be_seen_is_kept(ledger: Database) -> None:
    async with ledger.reading() as session:
        everything, _ = await find_set(session, Due(), None, 100)
        public, _ = await find_set(session, Due(), Label("zzpublic"), 100)

        assert await keep_visible(session, everything, Label("zzpublic")) == public
        assert await keep_visible(session, everything, None) == everything


async def test_names_are_told_once_and_only_the_new_ones(ledger: Database) -> None:
    async with ledger.reading() as session:
        names = await find_names(session, 0)

        assert len({(kind, name) for _, kind, name in names}) == len(names)
        assert ("owner", "云溪县公安局") in {(kind, name) for _, kind, name in names}
        assert await find_names(session, names[-1][0]) == []
