"""The ledger's own names, by which questions are read: told again only as far as they are new."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from storage.engine import Look
from storage.search import SEARCH_NAME
from storage.tables import Unit, UnitAlias


@dataclass(frozen=True, slots=True)
class Names:
    """Names as (kind, name), other names of units as (alias, unit), and up to which rows they are told."""

    names: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, str], ...]
    told: tuple[int, int]


_NEWEST = select(
    select(func.max(SEARCH_NAME.c.id)).scalar_subquery(), select(func.max(col(UnitAlias.id))).scalar_subquery()
)
_NAMES = select(SEARCH_NAME.c.kind, SEARCH_NAME.c.name).where(SEARCH_NAME.c.id > bindparam("told"))
_ALIASES = (
    select(col(UnitAlias.alias), col(Unit.name))
    .join(Unit, col(Unit.id) == col(UnitAlias.unit_id))
    .where(col(UnitAlias.id) > bindparam("told"))
)


def find_new_names(look: Look, told: tuple[int, int]) -> Names | None:
    """What was added since, in its order; None where there is nothing new."""
    newest_name, newest_alias = (newest or 0 for newest in look.execute(_NEWEST).one())
    if (newest_name, newest_alias) == told:
        return None
    names = look.execute(_NAMES.order_by(SEARCH_NAME.c.id), {"told": told[0]}).all()
    aliases = look.execute(_ALIASES.order_by(col(UnitAlias.id)), {"told": told[1]}).all()
    return Names(tuple(names), tuple(aliases), (newest_name, newest_alias))
