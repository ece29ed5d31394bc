"""How long answered calls took: talking, holding, and the work after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from db.kinds import Channel, Direction
from db.models import interaction
from db.reports.picked import ROW, TENTH_MS, Picked, comes_in, contacts_in, rows_of, total

IS_IN_CALL = interaction.c.channel == Channel.PHONE, interaction.c.direction == Direction.IN


class Lasted(NamedTuple):
    """So many lasted so many tenths of a second, `ms` all of them together."""

    tenths: int
    calls: int
    ms: int


@dataclass(frozen=True, slots=True)
class Handled:
    """Each of those whose time is known."""

    talk: Sequence[Lasted]
    hold: Sequence[Lasted]
    after_call: Sequence[Lasted]


def handled(connection: Connection, picked: Picked) -> Handled:
    """Of answered incoming calls, and of the contacts that were written about them."""
    after = interaction.c.after_call_ms
    return Handled(
        _lasted(connection, ROW.talked_ms, *comes_in(picked), ROW.talked_ms.is_not(None)),
        _lasted(connection, ROW.held_ms, *comes_in(picked), ROW.held_ms.is_not(None)),
        _lasted(connection, after, *contacts_in(picked), *IS_IN_CALL, after.is_not(None)),
    )


def _lasted(connection: Connection, value: ColumnElement[Any], *meant: ColumnElement[Any]) -> Sequence[Lasted]:
    tenths = (value // TENTH_MS).label("tenths")
    asked = select(tenths, func.count(), total(value)).where(*meant).group_by(tenths)
    return [Lasted(*map(int, one)) for one in rows_of(connection, asked)]
