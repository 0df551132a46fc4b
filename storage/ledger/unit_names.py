"""Which unit a name means: its own, or another that an admin gave it."""

from __future__ import annotations

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Unit, UnitAlias


async def find_unit(session: AsyncSession, name: str) -> Unit | None:
    """The unit of this name or alias."""
    unit = (await session.exec(select(Unit).where(Unit.name == name))).first()
    if unit is not None:
        return unit
    called = select(Unit).join(UnitAlias, col(UnitAlias.unit_id) == col(Unit.id)).where(UnitAlias.alias == name)
    return (await session.exec(called)).first()


async def settle_unit(session: AsyncSession, name: str) -> Unit:
    """The unit of this name or alias, made where it is new."""
    unit = await find_unit(session, name)
    if unit is None:
        unit = Unit(name=name)
        session.add(unit)
        await session.flush()
    return unit
