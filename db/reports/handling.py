"""How long answered calls took: talking, holding, and the work after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, select

from db.kinds import Channel, Direction
from db.models import call, interaction
from db.reports.instants import MillisecondsBetween
from db.reports.picked import FENCE, IS_ANSWERED, TENTH_MS, Picked, comes_in, contacts_in, rows_of, total

TALKED_MS = MillisecondsBetween(call.c.answered_at, call.c.ended_at) - func.coalesce(call.c.hold_ms, 0)
IS_IN_CALL = interaction.c.channel == Channel.PHONE, interaction.c.direction == Direction.IN
IS_TALKED = and_(IS_ANSWERED, call.c.answered_at.is_not(None), call.c.ended_at.is_not(None))


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
        _lasted(connection, TALKED_MS, *comes_in(picked), IS_TALKED),
        _lasted(connection, call.c.hold_ms, *comes_in(picked), IS_TALKED, call.c.hold_ms.is_not(None)),
        _lasted(connection, after, *contacts_in(picked), *IS_IN_CALL, after.is_not(None)),
    )


def _lasted(connection: Connection, value: ColumnElement[Any], *meant: ColumnElement[Any]) -> Sequence[Lasted]:
    each = select(value.label("ms")).where(*meant).offset(FENCE).subquery()
    tenths = (each.c.ms // TENTH_MS).label("tenths")
    asked = select(tenths, func.count(), total(each.c.ms)).group_by(tenths)
    return [Lasted(*map(int, one)) for one in rows_of(connection, asked)]
