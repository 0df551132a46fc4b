"""What a command is, and which of them a person may use."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from commitments.states import Role


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the table in routes.py."""

    name: str
    handler: Callable[[Any, Any], Awaitable[None]]
    roles: frozenset[Role]
    help: str


def commands_of(commands: Iterable[Command], roles: frozenset[Role]) -> tuple[Command, ...]:
    """Those that these roles may use, in the table's order; nobody's roles are a stranger's."""
    held = roles or frozenset({Role.STRANGER})
    return tuple(command for command in commands if command.roles & held)
