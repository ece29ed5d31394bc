"""Incoming calls by the quarter of an hour in which they were offered."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from db.reports.picked import Picked, comes_in, quarter_of, rows_of


class QuarterCalls(NamedTuple):
    """`quarter`: counted in quarters of an hour since 1970, UTC."""

    quarter: int
    calls: int


def calls_by_quarter(connection: Connection, picked: Picked) -> Sequence[QuarterCalls]:
    """Quarters without a call are left out."""
    quarter = quarter_of(picked)
    asked = select(quarter, func.count()).where(*comes_in(picked)).group_by(quarter)
    return [QuarterCalls(*one) for one in rows_of(connection, asked)]
