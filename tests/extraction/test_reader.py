"""One letter read from end to end."""

from __future__ import annotations

import re
from datetime import date

import pytest

from commitments.letters import DueBasis, Reading
from extraction.cue_rules import RULES, CueRule
from extraction.reader import NotALetter, Reason, read_letter
from tests.extraction.letter_maker import corpus, letter


def quotes(reading: Reading) -> list[str]:
    return [item.quote for item in reading.commitments]


@pytest.mark.parametrize("row", corpus("promises")["promise"], ids=lambda row: row["text"])
def test_a_promise_is_found(row: dict[str, str]) -> None:
    assert quotes(read_letter(letter(row["text"], part=row["part"])))


@pytest.mark.parametrize("row", corpus("silence")["silence"], ids=lambda row: row["text"])
def test_what_promises_nothing_is_left(row: dict[str, str]) -> None:
    assert quotes(read_letter(letter(row["text"], part=row["part"]))) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_cue_is_never_hidden_by_its_needed_or_opening_characters(rule: CueRule) -> None:
    texts = [row["text"] for row in (*corpus("promises")["promise"], *corpus("silence")["silence"])]
    bare = re.compile(re.sub(r"^\(\?=\[[^]]+\]\)", "", rule.pattern.pattern))

    for text in texts:
        match = bare.search(text)
        assert match is None or not rule.needs.isdisjoint(match[0] or text)
        assert match is None or rule.pattern.match(text, match.start())


def test_a_second_date_behind_a_comma_is_a_second_commitment() -> None:
    reading = read_letter(letter("预计8月底前完成招标，10月进场施工，力争明年5月底完工。"))

    assert [item.deadline.due_on for item in reading.commitments] == [
        date(2024, 8, 31),
        date(2024, 10, 31),
        date(2025, 5, 31),
    ]


def test_at_least_so_many_does_not_hide_what_its_clause_does() -> None:
    body = "2024—2026年，每年新增冷库2座以上，到2026年库容达到5万吨。"

    assert len(read_letter(letter(body, part="forward")).commitments) == 2


def test_a_standing_rule_behind_a_promise_is_left() -> None:
    body = "我局将加快改造二次供水设施。新建住宅全部由供水企业统建统管。"

    assert quotes(read_letter(letter(body))) == ["我局将加快改造二次供水设施"]


def test_a_named_unit_behind_a_comma_is_a_second_commitment() -> None:
    reading = read_letter(letter("我局将加强路面养护，县公安局结合路况增设警示标志。"))

    assert [item.owner for item in reading.commitments] == [None, "县公安局"]


def test_a_date_passes_along_one_sentence_and_no_further() -> None:
    reading = read_letter(letter("今年计划新增线路2条；改造站台15座。加强候车秩序管理。", part="forward"))

    assert [item.deadline.basis for item in reading.commitments] == [
        DueBasis.EXPLICIT,
        DueBasis.INHERITED,
        DueBasis.NONE,
    ]


def test_a_heading_lends_its_date_to_the_items_under_it() -> None:
    reading = read_letter(
        letter("（一）2024年9月底前完成", "1.更换路灯40盏；", "2.修补人行道。", "随后，我局将组织回访。")
    )

    assert [item.deadline.due_on for item in reading.commitments] == [date(2024, 9, 30), date(2024, 9, 30), None]


def test_a_promise_that_names_a_programme_lends_its_year_to_the_parts_under_it() -> None:
    body = ("2025年，我局将实施“强链、聚才”两大行动。", "（一）强链行动。建成中试车间3个。")
    found = read_letter(letter(*body)).commitments

    assert [(item.deadline.due_on, item.deadline.basis) for item in found] == [
        (date(2025, 12, 31), DueBasis.EXPLICIT),
        (date(2025, 12, 31), DueBasis.INHERITED),
    ]


def test_a_stage_of_a_plan_is_a_heading_whose_month_passes_on() -> None:
    stages = ("1.动员部署阶段（7月）。召开动员会。", "2.集中整治阶段（8月至10月）。逐户登记。逐村清理。")
    found = read_letter(letter(*stages, part="forward")).commitments
    alone = read_letter(letter("第一阶段：摸底排查（7月至8月）。逐户登记。", part="forward")).commitments

    assert [item.deadline.due_on for item in found] == [date(2024, 7, 31), date(2024, 10, 31), date(2024, 10, 31)]
    assert [(item.quote, item.deadline.due_on) for item in alone] == [("逐户登记", date(2024, 8, 31))]


def test_the_year_of_the_done_half_cuts_nothing() -> None:
    done = "今年又有3个村列入省级改造计划，目前已开工2个，剩余1个9月底前开工。"
    (found,) = read_letter(letter(done)).commitments
    promised = read_letter(letter("今年改建公厕60座，目前完成24座，其余的10月底前完成。")).commitments

    assert found.deadline.due_on == date(2024, 9, 30)
    assert [item.deadline.due_on for item in promised] == [date(2024, 12, 31), date(2024, 10, 31)]


def test_what_hangs_on_an_event_takes_no_day_from_before_it() -> None:
    body = "9月底前办理移交，移交后6个月内由县水务公司实施改造；移交后三个月内更换水表。"
    found = read_letter(letter(body)).commitments

    assert [item.deadline.due_on for item in found] == [date(2024, 9, 30), None, None]


def test_a_line_that_announces_keeps_the_year_of_its_section() -> None:
    body = ("二、2025年工作打算", "主要举措如下：", "（一）夯实基础。建设服务站10个。")
    (found,) = read_letter(letter(*body)).commitments

    assert found.deadline.due_on == date(2025, 12, 31)


def test_a_unit_in_a_line_of_its_own_owns_the_lines_of_its_item() -> None:
    body = ("下步计划：12月20日前归集率达到98%；差错率控制在0.1%以内。", "责任单位：县数据局、县公安局")
    found = read_letter(letter(*body)).commitments

    assert [item.owner for item in found] == ["县数据局、县公安局"] * 2


def test_the_answering_organ_takes_over_by_its_name() -> None:
    body = "桥梁建成后，将由大溪村委会落实专人看护，县交通运输局每季度组织抽查。"
    found = read_letter(letter(body)).commitments

    assert [(item.owner, item.quote[:2]) for item in found] == [("大溪村委会", "桥梁"), (None, "县交")]


def test_what_is_demanded_from_above_is_cut_off() -> None:
    body = "根据省里要求，到2025年自来水普及率达到88%，我县力争今年底前提前达标。"

    assert quotes(read_letter(letter(body))) == ["我县力争今年底前提前达标"]


def test_a_day_does_not_pass_to_what_is_half_done() -> None:
    body = "县林业局9月底前移交林地；县财政局今年已拨付80万元，后续资金通过争取上级补助统筹解决。"
    found = read_letter(letter(body)).commitments

    assert [item.deadline.due_on for item in found] == [date(2024, 9, 30), None]


def test_the_unit_in_a_cell_of_a_row_owns_it() -> None:
    (found,) = read_letter(letter("改造配电台区27个 | 县供电公司 | 11月底前", part="forward")).commitments

    assert found.owner == "县供电公司"


def test_the_answering_organ_takes_over_behind_a_comma() -> None:
    body = "县发改局9月底前编制完成布局规划，我局配套建成充电站3座，明年5月底前投运。"
    found = read_letter(letter(body)).commitments

    assert [(item.owner, item.deadline.due_on) for item in found] == [
        ("县发改局", date(2024, 9, 30)),
        (None, date(2025, 5, 31)),
    ]


@pytest.mark.parametrize("festival", ["元旦", "清明", "“五一”", "端午", "中秋"])
def test_a_day_before_a_festival_dates_a_promise(festival: str) -> None:
    reading = read_letter(letter(f"我局将在{festival}前完成整治。"))

    assert [item.deadline.rule for item in reading.commitments] == ["festival"]


def test_a_forecast_in_a_last_clause_dates_nothing_behind_it() -> None:
    reading = read_letter(letter("拟出台奖补办法，预计三季度印发；将村级道路纳入养护范围。", part="forward"))

    assert [item.deadline.due_on for item in reading.commitments] == [date(2024, 9, 30), None]


def test_a_plan_is_known_by_its_title_and_signed_like_a_letter() -> None:
    rows = "（一）新建驿站2家。（责任单位：养护科；完成时限：8月底）\n（二）更新护栏300米。"
    reading = read_letter(f"云山县交通局2024年工作要点\n一、服务提升\n{rows}\n云山县交通局\n2024年2月3日印发\n")

    assert (reading.letter.organ, reading.letter.replied_on) == ("云山县交通局", date(2024, 2, 3))
    assert [item.deadline.due_on for item in reading.commitments] == [date(2024, 8, 31), date(2024, 12, 31)]
    assert [item.owner for item in reading.commitments] == ["养护科", None]


def test_what_is_half_done_and_half_promised_is_quoted_whole() -> None:
    sentence = "截至5月底已完成投资800万元，剩余工程10月底前全部完工"

    assert quotes(read_letter(letter(f"{sentence}。"))) == [sentence]


def test_a_postponed_promise_has_only_its_new_date() -> None:
    reading = read_letter(letter("受汛情影响，完工时间由原定的今年8月推迟至2024年11月底。"))

    assert [item.deadline.due_on for item in reading.commitments] == [date(2024, 11, 30)]


def test_the_letters_own_date_counts_more_than_the_loaders() -> None:
    reading = read_letter(letter("明年开工建设。"), replied_on=date(2020, 1, 1))

    assert reading.commitments[0].deadline.due_on == date(2025, 12, 31)


def test_the_loaders_date_counts_where_the_letter_has_none() -> None:
    reading = read_letter(letter("我局计划明年开工建设。", signed=""), replied_on=date(2021, 3, 1))

    assert reading.commitments[0].deadline.due_on == date(2022, 12, 31)
    assert reading.relative_dates


def test_a_relative_day_without_any_date_is_left_open() -> None:
    reading = read_letter(letter("我局计划明年开工建设，2026年底前完工。", signed=""))

    first, second = (item.deadline for item in reading.commitments)
    assert (first.due_on, first.text) == (None, "明年")
    assert second.due_on == date(2026, 12, 31)
    assert reading.relative_dates


def test_written_dates_are_not_relative() -> None:
    assert not read_letter(letter("2025年底前建成通车。")).relative_dates


def test_what_nearly_was_a_commitment_is_kept() -> None:
    reading = read_letter(letter("加强路面巡查，及时修补坑槽。"))

    assert quotes(reading) == []
    assert [item.quote for item in reading.near_misses] == ["加强路面巡查，及时修补坑槽"]


def test_offsets_point_at_the_quote() -> None:
    text = letter("我局将新增公交线路2条。")
    item = read_letter(text).commitments[0]

    assert text[item.start : item.end] == item.quote


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        (" \n\u3000\n", Reason.EMPTY),
        ("Dear Sir or Madam, thank you for your letter of 3 May.", Reason.NOT_CHINESE),
        ("春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。床前明月光，疑是地上霜。", Reason.NO_LETTER),
    ],
)
def test_what_is_no_letter_is_refused_with_a_reason(text: str, reason: Reason) -> None:
    with pytest.raises(NotALetter) as refusal:
        read_letter(text)

    assert refusal.value.reason is reason


def test_a_sentence_that_goes_on_keeps_its_unit() -> None:
    text = "县博物馆年内招聘讲解员6名；争取明年取得三级资质；我局将配套专项经费。明年再办展览2场。"

    reading = read_letter(letter(text, part="forward"))

    assert [item.owner for item in reading.commitments] == ["县博物馆", "县博物馆", None, None]
