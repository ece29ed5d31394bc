"""What is usual at this time of the week: the same hours by the clock, this operator's desk alone."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

from db.calls import CallRow, LegRow
from db.engine import reading, writing
from db.kinds import Direction, Outcome
from db.sights import Sight, save_sight
from db.usual_hour import WEEKS, calls_in_weeks_before
from db.uuid7 import uuid7

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


def keep(engine: Engine, who: str, *times: datetime, direction: Direction = Direction.IN) -> None:
    with writing(engine) as connection:
        for at in times:
            key = uuid7(at, lambda _bits: sum(map(ord, who)))
            row = CallRow(key, "desk phone", f"{who}{at}", direction, at, Outcome.MISSED, "0312345678", 81312345678)
            save_sight(connection, Sight(row, (LegRow(UUID(int=key.int + 1), key, who, at),), (), False))


def usual(engine: Engine, who: str = "abe") -> tuple[int, ...]:
    with reading(engine) as connection:
        return calls_in_weeks_before(connection, who, NOON - HOUR, NOON)


def test_calls_of_the_same_hours_are_counted_week_by_week(engine: Engine) -> None:
    inside, just_before, just_after = NOON - HOUR / 2, NOON - HOUR - timedelta(seconds=1), NOON
    for week in (1, 3):
        keep(engine, "abe", *(at - week * WEEK for at in (inside, just_before, just_after, NOON - HOUR)))
    keep(engine, "abe", inside, inside - (WEEKS + 1) * WEEK)
    assert usual(engine) == (2, 0, 2, 0, 0, 0, 0, 0)


def test_only_calls_to_this_operators_desk_count(engine: Engine) -> None:
    keep(engine, "ito", NOON - WEEK - HOUR / 2)
    keep(engine, "abe", NOON - WEEK - HOUR / 3, direction=Direction.OUT)
    assert usual(engine) == (0,) * WEEKS
    assert usual(engine, "ito")[0] == 1


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_an_hour_that_is_put_back_does_not_move_the_day(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """In Berlin 12:00 is 11:00 UTC on 21 November and 10:00 UTC on 24 October."""
    import time

    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        keep(engine, "abe", datetime(2026, 10, 24, 10, 30, tzinfo=UTC))
        assert usual(engine)[3] == 1
    finally:
        monkeypatch.undo()
        time.tzset()
