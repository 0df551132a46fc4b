"""Callback data goes both ways, fits Telegram's limit, and what is no data of ours is recognised."""

from __future__ import annotations

import pytest

from bot.buttons import Press, button, find_press
from bot.commands import commands_of
from bot.routes import ADMIN_BUTTONS, BUTTONS, COMMANDS
from commitments.states import Role


def test_a_pressed_button_says_what_it_was_made_of() -> None:
    made = button("用 2024-06-18", "reply_date", 12, "2024-06-18")

    assert find_press(made.data) == Press("reply_date", 12, "2024-06-18")
    assert find_press(button("知悉", "ack", 7).data) == Press("ack", 7)


def test_data_over_sixty_four_bytes_is_refused_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        button("长", "unit", 1, "承" * 30)


@pytest.mark.parametrize("data", [None, "", "ack", "ack:", "ack:x", ":7", "ack:７", "ack:-1"])
def test_what_is_no_data_of_ours_is_no_press(data: str | None) -> None:
    assert find_press(data) is None


def test_no_verb_stands_in_both_tables() -> None:
    assert not set(BUTTONS) & set(ADMIN_BUTTONS)


def test_each_role_has_its_commands() -> None:
    strangers = [command.name for command in commands_of(COMMANDS, frozenset())]
    admins = [command.name for command in commands_of(COMMANDS, frozenset({Role.ADMIN}))]

    assert strangers == ["help", "start"]
    assert {"load", "invite", "health"} <= set(admins)
