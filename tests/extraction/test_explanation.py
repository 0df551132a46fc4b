"""The marked-up copy and the exported object."""

from __future__ import annotations

import json

from extraction.explanation import PassageKind
from extraction.export import explain, to_json
from extraction.reader import read_letter
from tests.extraction.letter_maker import letter

TEXT = letter("我局计划9月底前新建候车亭12座。", "加强站台保洁，及时清理垃圾。")


def test_the_passages_are_the_whole_letter() -> None:
    assert "".join(passage.text for passage in explain(read_letter(TEXT), TEXT)) == TEXT


def test_a_commitment_is_marked_with_its_reasons() -> None:
    marked = [passage for passage in explain(read_letter(TEXT), TEXT) if passage.kind is PassageKind.COMMITMENT]

    assert marked[0].text == "我局计划9月底前新建候车亭12座"
    assert "期限：由“9月底前”推得：2024-09-30，以答复日期2024-06-15为准" in marked[0].notes
    assert "指标：新建候车亭 12座" in marked[0].notes


def test_a_near_miss_says_why_it_was_left() -> None:
    text = letter("加强站台保洁，及时清理垃圾。")
    marked = [passage for passage in explain(read_letter(text), text) if passage.kind is PassageKind.NEAR_MISS]

    assert marked[0].notes[0].startswith("未列为承诺：现状")


def test_an_exported_letter_is_plain_json() -> None:
    exported = json.loads(json.dumps(to_json(read_letter(TEXT), "letter.txt")))

    assert exported["letter"]["reply_date"] == "2024-06-15"
    assert exported["commitments"][0]["due"] == "2024-09-30"
    assert exported["commitments"][0]["targets"] == [{"metric": "新建候车亭", "op": "=", "value": 12, "unit": "座"}]
