from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.answer_cards import as_asked
from bot.answering import Answer, Thread, answer, reads_as_question
from commitments.people import Speaker
from commitments.states import Role
from extraction.question_rules import Intent
from storage.engine import Database, open_database
from storage.ledger.people import add_delegate
from storage.ledger.queries import find_reply
from tests.asking import judge, load_letters

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpus" / "questions.toml").read_text())
TODAY = date(2025, 7, 1)
ADMIN = Speaker(1, "督查室", frozenset({Role.ADMIN}))
STRANGER = Speaker(2, "路人", frozenset())
ASKED = [(question, wording) for question in CORPUS["question"] for wording in question["ask"]]


@pytest.fixture
async def ledger(database: Database) -> Database:
    await load_letters(database, CORPUS["letter"])
    return database


async def official(database: Database, source: str) -> Speaker:
    reply = await find_reply(database, 1 + [letter["key"] for letter in CORPUS["letter"]].index(source))
    assert reply is not None
    assert reply.head.unit_id is not None
    return Speaker(3, "联系人", frozenset({Role.OFFICIAL}), unit_ids=frozenset({reply.head.unit_id}))


async def delegate(database: Database, name: str) -> Speaker:
    row = await add_delegate(database, name)
    assert row.id is not None
    return Speaker(4, name, frozenset({Role.DELEGATE}), delegate_ids=frozenset({row.id}))


async def ask(database: Database, text: str, speaker: Speaker | None = None, **more: Any) -> Answer:
    return await answer(database, text, speaker=speaker, today=more.pop("today", TODAY), **more)


def shown(found: Answer) -> list[str]:
    return [f"{view.reply.source}.{view.position}" for view in found.commitments]


async def test_the_corpus_is_answered(database: Database) -> None:
    await load_letters(database, CORPUS["letter"])
    wrong = [
        wording
        for question, wording in ASKED
        if not judge(question, await ask(database, wording, today=question["as_of"]))
    ]

    assert len(wrong) <= len(ASKED) * 0.02, wrong


async def test_nothing_found_says_what_was_looked_for_and_what_is_near(ledger: Database) -> None:
    found = await ask(ledger, "青石渡的地铁站和机场什么时候开工")

    assert not found.found
    assert "机场" in found.searched
    assert {view.reply.source for view in found.nearest} <= {"qiao"}


@pytest.mark.parametrize(
    ("question", "looked_for"),
    [
        ("无人机条例提交人大了吗", "无人机条例"),
        ("无人机条例完成了吗", "无人机条例"),
        ("火星快线什么时候通车", "火星快线"),
        ("拆无人机的事怎么样了", "拆无人机"),
    ],
)
async def test_nothing_found_names_the_thing_as_asked_without_the_verb_at_the_end(
    ledger: Database, question: str, looked_for: str
) -> None:
    found = await ask(ledger, question)

    assert not found.found
    assert as_asked(found.searched, question) == [looked_for]


async def test_an_unknown_number_or_person_has_no_nearest(ledger: Database) -> None:
    for text in ("580号建议", "赵德柱代表的建议办了吗"):
        found = await ask(ledger, text)

        assert (found.found, found.nearest) == (False, ())


async def test_somebody_whom_no_letter_answers_is_known_by_the_letters_that_speak_of_them(ledger: Database) -> None:
    letter = CORPUS["letter"][0] | {"key": "opinion", "number": "第905号"}
    letter["text"] = "就倪望舒代表所提建议，提出会办意见如下。" + letter["text"]
    await load_letters(ledger, [letter])

    found = await ask(ledger, "倪望舒代表那件，承诺事项全部列出")

    assert [reply.source for reply in found.replies] == ["opinion"]
    assert len(found.commitments) == len(letter["commitments"])
    assert not (await ask(ledger, "倪望舒代表的建议", STRANGER)).found


async def test_a_number_of_things_is_looked_for_where_no_promises_are_counted(ledger: Database) -> None:
    found = await ask(ledger, "大桥那边渡船安排几条", today=date(2025, 7, 1))

    assert shown(found)[:1] == ["qiao.4"]


async def test_a_stranger_is_told_nothing(ledger: Database) -> None:
    for text in ("青石渡大桥什么时候通车", "73号建议", "逾期的有哪些", "莫雨桐代表的建议"):
        found = await ask(ledger, text, STRANGER)

        assert (found.found, found.total, found.nearest, found.choices) == (False, 0, (), ())


async def test_an_official_sees_the_own_unit_only(ledger: Database) -> None:
    speaker = await official(ledger, "qiao")

    assert shown(await ask(ledger, "青石渡大桥什么时候通车", speaker))[0] == "qiao.3"
    assert not (await ask(ledger, "儿科夜间急诊开了没有", speaker)).found
    assert not (await ask(ledger, "17号提案", speaker)).found
    assert (await ask(ledger, "我们局有哪些任务", speaker)).total == 7


async def test_a_delegate_sees_own_and_public_replies(ledger: Database) -> None:
    speaker = await delegate(ledger, "边疆")

    assert (await ask(ledger, "我提的建议办得怎么样了", speaker)).replies[0].source == "dianti"
    assert shown(await ask(ledger, "打捞船到位了吗", speaker))[0] == "huanjing.4"
    hidden = await ask(ledger, "青石渡大桥什么时候通车", speaker)
    assert (hidden.found, hidden.nearest) == (False, ())


async def test_a_delegate_sees_all_where_the_place_is_open(ledger: Database) -> None:
    speaker = await delegate(ledger, "边疆")

    assert (await ask(ledger, "青石渡大桥什么时候通车", speaker, open_to_all=True)).found


async def test_a_set_never_counts_what_is_hidden(ledger: Database) -> None:
    speaker = await delegate(ledger, "边疆")
    found = await ask(ledger, "现在一共有多少件逾期", speaker, today=date(2026, 1, 10))

    assert {view.reply.source for view in found.commitments} <= {"dianti", "xuexiao", "huanjing"}
    assert found.total == len(found.commitments)


async def test_phones_are_whole_only_for_admins(ledger: Database) -> None:
    speaker = await delegate(ledger, "蓝采薇")
    question = "高山茶那件建议的联系人电话"

    assert (await ask(ledger, question, ADMIN)).contacts[0].phone == "13500007788"
    assert (await ask(ledger, question, speaker)).contacts[0].phone == "135****7788"


async def test_the_same_number_of_two_places_is_a_choice(ledger: Database) -> None:
    found = await ask(ledger, "73号建议")

    assert {head.source for head in found.choices} == {"qiao", "dianti"}


async def test_a_set_is_cut_but_counted(ledger: Database) -> None:
    found = await ask(ledger, "云溪县都承诺了哪些事", most=4)

    assert (len(found.commitments), found.total) == (4, 14)


async def test_a_rate_is_a_part_of_a_whole(ledger: Database) -> None:
    found = await ask(ledger, "雁州市生态环境局的明确时限率是多少")

    assert found.share is not None
    assert (found.share.name, found.share.part, found.share.whole) == ("dated", 5, 6)


async def test_new_names_are_known_at_once(ledger: Database) -> None:
    assert not (await ask(ledger, "顾长风代表的建议")).found
    first = CORPUS["letter"][0]
    letter = first | {
        "key": "new",
        "number": "第901号",
        "addressees": ["顾长风"],
        "text": "又及。" + first["text"],
    }
    await load_letters(ledger, [letter])

    assert (await ask(ledger, "顾长风代表的建议")).replies[0].source == "new"


async def test_a_conversation_goes_on_from_what_was_shown(ledger: Database) -> None:
    first = await ask(ledger, "17号提案承诺了哪些")
    second = await ask(ledger, "那第四个呢？", thread=first.thread)
    third = await ask(ledger, "什么时候到期？", thread=second.thread)
    fourth = await ask(ledger, "联系人是谁", thread=third.thread)
    last = await ask(ledger, "最后一个", thread=fourth.thread)

    assert [shown(found) for found in (second, third, fourth)] == [["yiyuan.4"]] * 3
    assert fourth.contacts[0].name == "左丹"
    assert shown(last) == ["yiyuan.7"]


async def test_a_conversation_survives_being_kept_as_json(ledger: Database) -> None:
    first = await ask(ledger, "17号提案承诺了哪些")
    kept = Thread.from_json(first.thread.to_json())

    assert shown(await ask(ledger, "第二条", thread=kept)) == ["yiyuan.2"]


async def test_a_follow_up_may_name_another_unit_or_period(ledger: Database) -> None:
    first = await ask(ledger, "云溪县卫健局下半年到期的有哪些")
    second = await ask(ledger, "那交通局呢", thread=first.thread)

    assert {view.reply.source for view in second.commitments} == {"qiao"}
    assert second.intent is Intent.DUE


async def test_a_new_subject_leaves_the_conversation(ledger: Database) -> None:
    first = await ask(ledger, "17号提案承诺了哪些")
    second = await ask(ledger, "打捞船到位了吗", thread=first.thread)

    assert shown(second)[0] == "huanjing.4"


async def test_a_follow_up_reveals_nothing_that_became_hidden(ledger: Database) -> None:
    first = await ask(ledger, "17号提案承诺了哪些")

    assert not (await ask(ledger, "那第二个呢", await official(ledger, "qiao"), thread=first.thread)).found


async def test_a_second_ledger_has_names_of_its_own(sqlite_url: str, ledger: Database) -> None:
    await ask(ledger, "莫雨桐代表的建议")
    other = await open_database(sqlite_url.replace("ledger.db", "other.db"))

    assert (await ask(other, "莫雨桐代表的建议")).question.people == ()
    await other.close()


@pytest.mark.parametrize(
    "words", ["停车条例提交人大了吗", "57号建议办得怎么样？", "哪些逾期了", "57号建议是哪个局答复的"]
)
def test_one_short_line_that_asks_is_a_question(words: str) -> None:
    assert reads_as_question(words, today=TODAY)


@pytest.mark.parametrize(
    "words",
    [
        "关于第57号建议的答复",
        "我局高度重视，年底前完成。",
        "年底前完成。\n您满意吗？",
        f"{'我局高度重视，' * 10}您满意吗？",
    ],
)
def test_what_may_be_part_of_a_letter_is_none(words: str) -> None:
    assert not reads_as_question(words, today=TODAY)
