"""How far a report says that a commitment is."""

from __future__ import annotations

import pytest

from commitments.letters import Comparison, Target
from commitments.measures import Measure, find_measure

HATCHERIES = Target("孵化器", Comparison.AT_LEAST, 14, "家")
AREA = Target("面积", Comparison.AT_LEAST, 60, "万平方米")


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("已认定 8/14 家", Measure(8, 14, "家")),
        ("完成８／１４家", Measure(8, 14, "家")),
        ("已完成 60%", Measure(60, 100, "%")),
        ("形象进度６５％，正在收尾", Measure(65, 100, "%")),
        ("目前认定8家，其余在审", Measure(8, 14, "家")),
        ("按计划推进", None),
        ("2024/10/31 前完成", None),
        ("10/31 开会研究", None),
        ("文号澄科〔2024〕33号", None),
        ("完成 300%", None),
    ],
)
def test_a_measure_is_read_from_a_reports_words(text: str, measure: Measure | None) -> None:
    assert find_measure(text, [HATCHERIES]) == measure


def test_a_unit_that_two_targets_share_says_nothing_alone() -> None:
    assert find_measure("已完成8家", [HATCHERIES, HATCHERIES]) is None


def test_each_target_is_known_by_its_unit() -> None:
    assert find_measure("建成 45.5 万平方米", [HATCHERIES, AREA]) == Measure(45.5, 60, "万平方米")
    assert find_measure("45.5/60万平方米", [HATCHERIES, AREA]) == Measure(45.5, 60, "万平方米")


def test_percent_is_rounded() -> None:
    assert Measure(8, 14, "家").percent == 57
