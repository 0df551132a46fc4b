"""The morning's digest offers what its reader may do."""

from __future__ import annotations

from datetime import date

import pytest

from bot.cards.progress import DigestItem, digest
from tests.bot.cards.views import TODAY, item


@pytest.mark.parametrize(
    ("due_on", "offered"),
    [(date(2024, 11, 30), False), (TODAY, False), (date(2024, 12, 31), True)],
)
def test_only_what_is_not_yet_due_can_be_put_off(due_on: date, offered: bool) -> None:
    card = digest("周明远", [DigestItem(item(due_on=due_on), 0)], TODAY)

    assert any(button.text == "改日提醒" for row in card.buttons for button in row) is offered
