from __future__ import annotations

from datetime import date

import pytest

from extraction.followups import read_thread, resume
from extraction.names import Lexicon, NameKind
from extraction.question_rules import Intent
from extraction.questions import Question, read_question

TODAY = date(2025, 7, 1)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    names = Lexicon()
    for organ in ("云溪县卫生健康局", "临湖区教育局", "临湖区城市建设控股集团有限公司", "青石渡镇人民政府"):
        names.add(NameKind.ORGAN, organ)
    names.add(NameKind.OWNER, "云溪县公安局")
    for person in ("莫雨桐", "蓝采薇", "司马骏", "民盟临湖区总支", "民盟云溪县支部"):
        names.add(NameKind.PERSON, person)
    names.add(NameKind.CONTACT, "芮大川")
    names.add_alias("县卫生局", "云溪县卫生健康局")
    return names


def ask(text: str, lexicon: Lexicon) -> Question:
    return read_question(text, lexicon=lexicon, today=TODAY)


def words(question: Question) -> list[str]:
    return [word.text for word in question.words if not word.optional]


@pytest.mark.parametrize(
    "text", ["", "？？", "你好", "您好，在吗", "谢谢啦", "哈哈哈123", "今天天气怎么样", "中午吃什么"]
)
def test_small_talk_asks_for_nothing(text: str, lexicon: Lexicon) -> None:
    assert ask(text, lexicon).intent is Intent.SMALL_TALK


@pytest.mark.parametrize("text", ["怎么用", "你能做什么", "有什么功能"])
def test_somebody_who_does_not_know_what_to_ask_gets_help(text: str, lexicon: Lexicon) -> None:
    assert ask(text, lexicon).intent is Intent.HELP


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("大桥什么时候通车", Intent.STATUS),
        ("大桥那件答应了哪些事", Intent.LIST),
        ("下个月到期的有哪些", Intent.DUE),
        ("临湖区教育局快到期的", Intent.DUE),
        ("已经余期的列一下", Intent.OVERDUE),
        ("教育局过了期限还没办的", Intent.OVERDUE),
        ("一共有多少件逾期", Intent.COUNT),
        ("教育局的按期兑现率", Intent.COUNT),
        ("大桥的答复联系人是谁", Intent.CONTACT),
        ("渡船该打哪个电话问", Intent.CONTACT),
        ("渡船由哪个部门负责", Intent.ORGAN),
        ("大桥加固归谁管", Intent.ORGAN),
        ("教育局", Intent.LIST),
    ],
)
def test_what_is_asked_for(text: str, intent: Intent, lexicon: Lexicon) -> None:
    assert ask(text, lexicon).intent is intent


@pytest.mark.parametrize(
    ("text", "number", "year"),
    [
        ("46号建议办得怎么样了", "46", None),
        ("第046号", "46", None),
        ("2024年9号", "9", 2024),
        ("24年第9号建议", "9", 2024),
        ("第七十三号建议", "73", None),
        ("２１３号提案", "213", None),
        ("20250118号提案", "20250118", None),
        ("提案58", "58", None),
        ("想了解20170318号提案", "20170318", None),
        ("查一下2024 9号", "9", None),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, number: str, year: int | None, lexicon: Lexicon) -> None:
    question = ask(text, lexicon)

    assert (question.number, question.year) == (number, year)


@pytest.mark.parametrize("text", ["2号线什么时候通车", "3号楼装电梯", "8月5号之前到期的", "B区7号地块"])
def test_other_numbers_are_no_number_of_a_suggestion(text: str, lexicon: Lexicon) -> None:
    assert ask(text, lexicon).number is None


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("启明1号几时下水", "启明1号"),
        ("7号线什么时候通", "7号线"),
        ("四号线通了没", "四号线"),
        ("208省道哪天修好", "208省道"),
    ],
)
def test_a_thing_is_known_by_its_number(text: str, thing: str, lexicon: Lexicon) -> None:
    question = ask(text, lexicon)

    assert (question.number, question.words[0].text, question.words[0].exact) == (None, thing, True)


@pytest.mark.parametrize("text", ["云溪县73号办了没", "云溪73号", "政协8号", "查一下9号", "临湖区教育局5号"])
def test_a_number_behind_a_place_or_a_body_is_that_of_a_suggestion(text: str, lexicon: Lexicon) -> None:
    assert ask(text, lexicon).number is not None


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("0771-5530218这个号是哪件答复留的", "5530218"),
        ("01065530218是谁的电话", "65530218"),
        ("13500007788是哪件的联系电话", "13500007788"),
        ("5530218这个电话是谁的", "5530218"),
        ("20250118号提案", None),
    ],
)
def test_a_number_to_call_is_no_number_of_a_suggestion(text: str, phone: str | None, lexicon: Lexicon) -> None:
    question = ask(text, lexicon)

    assert (question.phone, question.intent is Intent.CONTACT) == (phone, phone is not None)


def test_a_number_keeps_its_prefix_session_and_body(lexicon: Lexicon) -> None:
    assert ask("武35号", lexicon).prefix == "武"
    question = ask("县十九届人大二次会议73号建议", lexicon)

    assert (question.session, question.number) == (("十九", "二"), "73")
    assert ask("区政协41号", lexicon).body == "政协"
    assert ask("区政协41号", lexicon).level == "区"


@pytest.mark.parametrize(
    "text", ["云卫函〔2025〕21号是答复谁的", "云卫函〔2025〕第21号", "云卫函2025 21号", "云卫函(2025)21号"]
)
def test_a_document_number_is_no_number_of_a_suggestion(text: str, lexicon: Lexicon) -> None:
    question = ask(text, lexicon)

    assert (question.document_no, question.number) == ("云卫函202521号", None)


@pytest.mark.parametrize(
    "text",
    [
        "云溪县卫健局有什么任务",
        "云溪卫健局",
        "云溪县卫生健康局",
        "雲溪縣衛健局",
        "云溪县卫健委的承诺",
        "县卫生局要干什么",
    ],
)
def test_a_unit_is_known_by_its_usual_short_forms(text: str, lexicon: Lexicon) -> None:
    expected = () if "委" in text else ("云溪县卫生健康局",)

    assert ask(text, lexicon).units == expected


def test_a_unit_without_its_place_may_be_several(lexicon: Lexicon) -> None:
    assert ask("公安局负责的", lexicon).units == ("云溪县公安局",)
    assert ask("临湖城建集团", lexicon).units == ("临湖区城市建设控股集团有限公司",)
    assert ask("青石渡镇政府答应了什么", lexicon).units == ("青石渡镇人民政府",)


def test_two_units_are_of_one_place_where_one_names_it() -> None:
    names = Lexicon()
    for organ in ("云溪县教育局", "云溪县公安局", "临湖区公安局"):
        names.add(NameKind.ORGAN, organ)

    assert ask("云溪县教育局跟公安局联合答复的", names).units == ("云溪县教育局", "云溪县公安局")
    assert ask("公安局答应的事", names).units == ("云溪县公安局", "临湖区公安局")


def test_a_zone_is_known_by_its_other_names() -> None:
    names = Lexicon()
    names.add(NameKind.OWNER, "云溪经开区")

    assert ask("云溪经济开发区负责啥", names).units == ("云溪经开区",)


def test_a_unit_of_another_place_is_not_meant(lexicon: Lexicon) -> None:
    question = ask("云溪县教育局有什么任务", lexicon)

    assert (question.units, question.unknown) == ((), ("云溪县教育局",))


def test_a_place_is_known_with_and_without_its_level(lexicon: Lexicon) -> None:
    assert ask("云溪县逾期的有哪些", lexicon).places == ("云溪县",)
    assert ask("云溪逾期的有哪些", lexicon).places == ("云溪县",)


@pytest.mark.parametrize(
    "text", ["莫雨桐代表的建议", "我是莫雨桐", "莫雨彤代表的建议回了吗", "莫桐雨代表", "莫雨桐提的那件"]
)
def test_people_are_known_in_spite_of_one_slip(text: str, lexicon: Lexicon) -> None:
    assert ask(text, lexicon).people == ("莫雨桐",)


def test_a_dotted_name_is_known_by_its_first_part() -> None:
    names = Lexicon()
    names.add(NameKind.PERSON, "阿依努尔·买买提")

    assert ask("阿依努尔代表的建议答复了吗", names).people == ("阿依努尔·买买提",)


def test_people_may_be_called_by_their_surname(lexicon: Lexicon) -> None:
    assert ask("蓝代表那件办了没", lexicon).people == ("蓝采薇",)
    assert ask("司马委员的提案", lexicon).people == ("司马骏",)


def test_a_slip_is_put_right_only_beside_a_role(lexicon: Lexicon) -> None:
    assert ask("莫雨彤的建议", lexicon).people == ()


def test_a_group_is_known_by_its_party(lexicon: Lexicon) -> None:
    assert ask("民盟的提案", lexicon).people == ("民盟临湖区总支", "民盟云溪县支部")
    assert ask("民盟云溪总支的提案", lexicon).people == ("民盟云溪县支部",)


def test_a_contact_of_nearly_that_name_is_no_delegate(lexicon: Lexicon) -> None:
    assert ask("芮大山代表的建议", lexicon).people == ()


@pytest.mark.parametrize("text", ["王建国代表的建议答复了吗", "我是欧阳锋委员", "请问赵德柱委员的提案"])
def test_somebody_unknown_is_named_as_unknown(text: str, lexicon: Lexicon) -> None:
    assert len(ask(text, lexicon).unknown) == 1


@pytest.mark.parametrize("text", ["人大代表的建议", "各位代表提的建议", "哪位委员提的公厕提案"])
def test_delegates_in_general_are_nobody(text: str, lexicon: Lexicon) -> None:
    assert ask(text, lexicon).unknown == ()


def test_periods_count_from_today(lexicon: Lexicon) -> None:
    assert ask("下个月到期的有哪些", lexicon).period == (date(2025, 8, 1), date(2025, 8, 31))
    assert ask("接下来到年底还有哪些要到期", lexicon).period == (TODAY, date(2025, 12, 31))
    assert ask("快到期的有哪些", lexicon).period == (TODAY, date(2025, 7, 31))


def test_the_last_weeks_are_those_to_come_where_something_falls_due(lexicon: Lexicon) -> None:
    assert ask("最近两周要到期的", lexicon).period == (TODAY, date(2025, 7, 15))
    assert ask("最近两周逾期的", lexicon).period == (date(2025, 6, 17), TODAY)


def test_days_to_come_are_those_on_which_something_is_due(lexicon: Lexicon) -> None:
    assert ask("临湖区教育局下个月有哪些活", lexicon).due
    assert not ask("临湖区教育局今年答应了哪些事", lexicon).due


def test_from_today_until_a_day_ends_on_that_day(lexicon: Lexicon) -> None:
    for text in ("从今天起到年底还有哪些会到期", "自现在开始到年底要办结的有哪些"):
        assert ask(text, lexicon).period == (TODAY, date(TODAY.year, 12, 31))


def test_what_is_overdue_until_today_was_due_at_any_time_before(lexicon: Lexicon) -> None:
    for text in ("截至今天逾期的总共几项", "到目前为止逾期的有几件", "今天还逾期的有哪些"):
        asked = ask(text, lexicon)

        assert (asked.overdue, asked.period) == (True, None)


def test_asking_when_it_is_there_is_not_asking_when_it_is_begun(lexicon: Lexicon) -> None:
    there, begun = ask("大桥哪年能建好", lexicon), ask("大桥哪年开工", lexicon)

    assert (there.finished, begun.finished) == (True, False)


def test_own_suggestions_and_own_unit_are_told_apart(lexicon: Lexicon) -> None:
    assert ask("我提的建议有回音吗", lexicon).mine
    assert ask("我们局还有哪些没办完", lexicon).ours
    assert not ask("我们小区的电梯", lexicon).ours


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("麻烦问一下，渡船收费不", ["渡船", "收费"]),
        ("請問圖書館幾時開放呀", ["图书馆", "开放"]),
        ("大桥的候车亭建好了没有", ["大桥", "候车亭", "建好"]),
        ("幼儿园今年建不建", ["幼儿园", "建"]),
        ("公厕整治完了没", ["公厕", "整治"]),
        ("保洁车买多少辆", ["保洁车"]),
        ("停水期间有没有人送水", ["停水", "送水"]),
    ],
)
def test_the_words_that_remain_are_those_of_the_matter(text: str, expected: list[str], lexicon: Lexicon) -> None:
    assert words(ask(text, lexicon)) == expected


def test_a_measure_or_a_time_is_no_part_of_the_next_word(lexicon: Lexicon) -> None:
    assert words(ask("剩下那12支乡镇消防队", lexicon))[0] == "乡镇"
    assert words(ask("渔民的补助从哪天起涨到190", lexicon)) == ["渔民", "补助", "涨到"]
    assert words(ask("白马湖的河黑臭几时治好", lexicon))[-2:] == ["黑臭", "治好"]


def test_what_is_no_thing_may_be_missing_from_an_answer(lexicon: Lexicon) -> None:
    vague = {word.text: word.vague for word in ask("给外卖小哥歇脚的凉亭", lexicon).words}

    assert (vague["歇脚"], vague["凉亭"]) == (True, False)


def test_a_question_for_a_day_or_a_number_is_known_as_one(lexicon: Lexicon) -> None:
    assert ask("大桥几月份能通车", lexicon).when
    assert ask("今年要装多少台电梯", lexicon).measure == "台"
    assert ask("一台补多少钱", lexicon).measure == "元"


@pytest.mark.parametrize(("text", "ordinal"), [("那第二个呢？", 2), ("第3条谁负责", 3), ("最后一个", -1), ("2", 2)])
def test_one_of_a_list_is_meant_by_its_number(text: str, ordinal: int, lexicon: Lexicon) -> None:
    assert ask(text, lexicon).ordinal == ordinal


@pytest.mark.parametrize("text", ["第二小学什么时候开工", "第三批小区", "第152号提案", "第二条生产线哪天投产"])
def test_an_ordinal_in_a_name_points_at_no_list(text: str, lexicon: Lexicon) -> None:
    assert ask(text, lexicon).ordinal is None


def test_a_follow_up_changes_only_what_it_says(lexicon: Lexicon) -> None:
    question = read_thread(["云溪县卫健局逾期的有哪些", "那教育局呢"], lexicon=lexicon, today=TODAY)

    assert (question.intent, question.units, question.overdue) == (Intent.OVERDUE, ("临湖区教育局",), True)


def test_a_follow_up_may_change_the_period(lexicon: Lexicon) -> None:
    question = read_thread(["本月到期的有哪些", "下个月呢"], lexicon=lexicon, today=TODAY)

    assert (question.intent, question.period) == (Intent.DUE, (date(2025, 8, 1), date(2025, 8, 31)))


def test_a_follow_up_may_ask_for_something_else_of_the_same(lexicon: Lexicon) -> None:
    question = resume(ask("莫雨桐代表的建议", lexicon), ask("那联系人呢", lexicon))

    assert (question.intent, question.people) == (Intent.CONTACT, ("莫雨桐",))
