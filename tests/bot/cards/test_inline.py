"""No phone stands in a message that will be sent to another chat; numbers that are no phones stay."""

from __future__ import annotations

import pytest

from bot.cards.inline import without_phones


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系人周明远13900000026。", "联系人周明远139****0026。"),
        ("139-0000-0026、139 0000 0026", "139****0026、139****0026"),
        ("（0571）88880026或0571-88880026", "057****0026或057****0026"),
        ("咨询电话：88880026，监督热线8888002", "咨询电话：8888****，监督热线888****"),
    ],
)
def test_every_phone_is_masked(text: str, shown: str) -> None:
    assert without_phones(text) == shown


@pytest.mark.parametrize(
    "text", ["2024-12-31", "投资20240000元", "新增泊位1200个", "信用代码113301000025489512", "12345热线"]
)
def test_other_numbers_stay(text: str) -> None:
    assert without_phones(text) == text
