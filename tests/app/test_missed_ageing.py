"""How long missed callers have waited: bands by the clock, and a median of those called back, by hand."""

from datetime import timedelta

import pytest

from app.missed_ageing import Band, band_of, figures_of, oldest_first
from app.missed_callers import MissedList, fold
from db.kinds import Direction
from db.missed import MissedFacts
from tests.app.desk_at_work import NOW
from tests.app.test_missed_callers import answer, mark, missed

ONE, TWO, THREE, FOUR, FIVE = (81300000000 + n for n in range(5))


MIDNIGHT = NOW.astimezone().replace(hour=0, minute=0)  # wherever this runs
SINCE_MIDNIGHT = (MIDNIGHT - NOW).total_seconds() / 60


@pytest.mark.parametrize(
    ("minutes", "band"),
    [
        (-59, Band.HOUR), (-60, Band.TODAY), (SINCE_MIDNIGHT, Band.TODAY), (SINCE_MIDNIGHT - 1, Band.OLDER),
        (-5000, Band.OLDER),
    ],
)  # fmt: skip
def test_a_band_goes_by_the_clock_and_the_calendar(minutes: float, band: Band) -> None:
    (one,) = fold(MissedFacts((missed(minutes),))).to_call
    assert band_of(one, NOW) is band


def test_who_has_waited_longest_stands_first_by_his_first_call() -> None:
    calls = missed(-10, ONE), missed(-300, TWO), missed(-5, TWO), missed(-100, THREE)
    listed = fold(MissedFacts(calls)).to_call
    assert [one.e164 for one in oldest_first(listed)] == [TWO, THREE, ONE]


def test_the_median_is_of_those_called_back_and_says_of_how_many() -> None:
    """40 and 90 minutes: 65. Who got through or was marked is counted apart, who waits in his band."""
    marked = missed(-200, FOUR)
    calls = missed(-100, ONE), missed(-300, TWO), missed(-250, TWO), missed(-50, THREE), marked, missed(-70, FIVE)
    answers = (
        answer(-60, Direction.OUT, ONE), answer(-210, Direction.OUT, TWO), answer(-30, Direction.IN, THREE),
    )  # fmt: skip
    found = figures_of(fold(MissedFacts(calls, answers, (mark(marked.call_id, -20),))), NOW)
    assert (found.n, found.median) == (2, timedelta(minutes=65))
    assert (found.got_through, found.marked) == (1, 1)
    assert found.waits == {Band.HOUR: 0, Band.TODAY: 1, Band.OLDER: 0}


def test_without_a_call_back_there_is_no_median() -> None:
    assert figures_of(MissedList(), NOW).median is None
    assert figures_of(MissedList(), NOW).n == 0
