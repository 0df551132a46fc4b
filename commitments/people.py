"""Who is acting: the person behind an update, a terminal command or a job, and phone numbers as they are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from commitments.states import Role

MOBILE = re.compile(r"1[3-9]\d{9}")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who changes the ledger; chat_id is None for the terminal and the clock."""

    name: str
    roles: frozenset[Role] = frozenset()
    chat_id: int | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person in chat with all that is bound to this account."""

    chat_id: int
    name: str
    roles: frozenset[Role]
    contact_ids: frozenset[int] = frozenset()
    unit_ids: frozenset[int] = frozenset()
    delegate_ids: frozenset[int] = frozenset()
    member_ids: frozenset[int] = frozenset()
    """The delegates of the groups that this account stands for: seen, but not acted for."""

    @property
    def seen_delegate_ids(self) -> frozenset[int]:
        return self.delegate_ids | self.member_ids

    @property
    def is_admin(self) -> bool:
        return Role.ADMIN in self.roles

    @property
    def is_stranger(self) -> bool:
        return not self.roles

    def as_actor(self) -> Actor:
        return Actor(self.name, self.roles, self.chat_id)


def plain_phone(written: str | None) -> str:
    """Digits only, without the 86 of China: the form in which two numbers are compared.

    A number with masked digits (138****0026) cannot prove anything, so it gives "".
    """
    if not written or "*" in written or "＊" in written:
        return ""
    digits = re.sub(r"\D", "", written)
    return re.sub(r"^(?:00)?86(?=1[3-9]\d{9}$)", "", digits)


def is_mobile(phone: str) -> bool:
    return MOBILE.fullmatch(phone) is not None


def masked_phone(phone: str) -> str:
    """138****0026: what everybody but an admin sees."""
    plain = re.sub(r"\D", "", phone)
    if len(plain) < 7:
        return phone
    return f"{plain[:3]}****{plain[-4:]}" if len(plain) >= 11 else f"{plain[:-4]}****"
