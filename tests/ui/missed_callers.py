"""Missed calls of different ages, as other desks have written them: for the page's tests and its picture."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import Engine

from db.calls import CallRow
from db.engine import writing
from db.kinds import Direction, Outcome
from db.sights import Sight, save_sight
from tests.ui.running import NOW

_MAIN_SHOP = "0312345678"


def rang_before(engine: Engine, number: str, minutes: int, outcome: Outcome = Outcome.MISSED) -> None:
    """So many minutes ago; an answered one is a call back."""
    direction = Direction.IN if outcome is Outcome.MISSED else Direction.OUT
    key = uuid4()
    row = CallRow(
        id=key, source="another desk's phone", source_id=str(key), direction=direction,
        offered_at=NOW - timedelta(minutes=minutes), outcome=outcome, number=number, e164=int(f"81{number[1:]}"),
        dialled=_MAIN_SHOP, line="Main shop",
    )  # fmt: skip
    with writing(engine) as connection:
        save_sight(connection, Sight(row, (), (), False))


def waiting_callers(engine: Engine) -> None:
    """Four who wait, the longest since the day before yesterday, and two who were called back."""
    for number, minutes in (("0399990001", 25), ("0399990002", 200), ("0399990002", 80), ("0399990003", 3100)):
        rang_before(engine, number, minutes)
    rang_before(engine, "08056783034", 1600)
    for number, missed, back in (("0399990005", 500, 460), ("0399990006", 900, 810)):
        rang_before(engine, number, missed)
        rang_before(engine, number, back, Outcome.ANSWERED)
