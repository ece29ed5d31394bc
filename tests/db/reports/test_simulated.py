"""Telephone figures of a simulated call centre against closed forms: all within their sampling error.

Every figure is estimated 25 times from calls that have nothing to do with each other; the closed form must lie in
Student's interval of their mean at 99.9 %, and that interval must be narrow enough to refuse a wrong formula. The
seeds are fixed: a figure that is right today is right at every run.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from math import exp, inf, log, sqrt
from random import Random
from statistics import mean, stdev
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, insert

from app.figures import answering, first_contact, handling, repeats, resolution, volume
from app.figures.asked import Asked
from app.figures.report import Report, Value
from app.figures.rules import Rules
from db.engine import reading, writing
from db.kinds import ComplaintState, CustomerKind, LifecycleStage, Outcome
from db.models import complaint, customer, operator
from tests.db.reports.call_centre import CallCentre, poisson
from tests.db.reports.erlang_a import ErlangA
from tests.db.reports.rung import SECOND, rung, worked_on, write

TIMES = 25
STUDENT = 3.745  # 99.9 %, two-sided, 24 degrees of freedom
TOKYO = ZoneInfo("Asia/Tokyo")
FIRST = date(2026, 3, 2)
LATER = datetime(2027, 1, 1, tzinfo=UTC)
RATES = {"arrivals": 6.5 / 180, "services": 1 / 180, "impatience": 1 / 90, "servers": 5}
TALK, HOLD, AFTER = 0.7, 0.1, 0.2  # of the service, each of them exponential as it is
IN_TIME, SHORT = 20, 5
WARM, DAY = 3 * 3600, 86_400

pytestmark = pytest.mark.timeout(300)


def day(number: int) -> date:
    """Far enough apart that no call centre is another's past."""
    return FIRST + timedelta(days=3 * number)


def simulated(number: int) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """A day of calls, with some hours before it that bring the queue to its balance, and some after it."""
    begin = datetime.combine(day(number), datetime.min.time(), TOKYO) - WARM * SECOND
    for one in CallCentre(**RATES).calls(Random(number), WARM + DAY + 600):  # type: ignore[arg-type]  # of both kinds
        at = begin + one.offered * SECOND
        if one.answered is None:
            yield rung(at, Outcome.MISSED, None, one.ended - one.offered), None
            continue
        ended = one.answered + one.service * (TALK + HOLD)
        hold_ms = round(one.service * HOLD * 1000)
        row = rung(at, Outcome.ANSWERED, one.answered - one.offered, ended - one.offered, hold_ms=hold_ms)
        yield row, worked_on(row, round(one.service * AFTER * 1000))


@pytest.fixture
def centre(engine: Engine) -> Engine:
    with writing(engine) as connection:
        for number in range(TIMES):
            rows, contacts = zip(*simulated(number), strict=True)
            write(connection, rows, filter(None, contacts))
    return engine


def asked(number: int) -> Asked:
    rules = Rules(IN_TIME, SHORT)
    return Asked(day(number), day(number), LATER, TOKYO, rules=rules)


def reports(engine: Engine, make: Callable[[Any, Asked], Report]) -> Sequence[Report]:
    with reading(engine) as connection:
        return [make(connection, asked(number)) for number in range(TIMES)]


def held(what: str, estimates: Sequence[float], truth: float, narrow: float) -> None:
    """The truth lies within the sampling error, which is at most so much of it."""
    half = STUDENT * stdev(estimates) / sqrt(len(estimates))
    said = f"{what}: {mean(estimates):.4f} ± {half:.4f}, closed form {truth:.4f}"
    assert half <= narrow * truth, said
    assert abs(mean(estimates) - truth) <= half, said


def column(made: Sequence[Report], place: int, row: int = 0) -> list[float]:
    return [number(one.tables[0].rows[row][place]) for one in made]


def number(value: Value) -> float:
    assert isinstance(value, int | float)
    return value


def test_every_figure_of_a_day_is_that_of_erlangs_formula(centre: Engine) -> None:
    _answering_is_erlangs(centre)
    _who_waits_is_erlangs(centre)
    _handling_is_that_of_the_service(centre)


def _answering_is_erlangs(centre: Engine) -> None:
    made, truth = reports(centre, answering.report), ErlangA(**RATES)  # type: ignore[arg-type]  # of both kinds
    assert truth.abandoned() == pytest.approx(truth.abandoned_within(inf), rel=1e-4)
    assert truth.abandoned() == pytest.approx(1 - truth.answered_within(inf), rel=1e-4)
    short = truth.abandoned_within(SHORT)
    whole, in_time = 1 - short, truth.answered_within(IN_TIME)
    gave_up, gave_up_in_time = truth.abandoned() - short, truth.abandoned_within(IN_TIME) - short
    n = [one.n for one in made]
    held("calls", n, RATES["arrivals"] * DAY, 0.02)
    held("answered", [x / y for x, y in zip(column(made, 0), n, strict=True)], 1 - truth.abandoned(), 0.02)
    held("short", [x / y for x, y in zip(column(made, 2), n, strict=True)], short, 0.1)
    held("abandoned", column(made, 3), gave_up / whole, 0.05)
    held("service level, against", column(made, 4), in_time / whole, 0.05)
    held("service level, left out", column(made, 5), in_time / (whole - gave_up_in_time), 0.05)
    held("service level, for", column(made, 6), (in_time + gave_up_in_time) / whole, 0.05)
    held("mean speed of answer", column(made, 7), truth.mean_wait_of_answered(), 0.07)
    held("median", [x + 0.05 for x in column(made, 8)], truth.wait_of_answered(0.5), 0.45)  # cut; it is next to nothing
    held("P90", [x + 0.05 for x in column(made, 9)], truth.wait_of_answered(0.9), 0.05)


def _who_waits_is_erlangs(centre: Engine) -> None:
    """The share that waits at all: who is answered in the first tenth was not made to wait."""
    bounds = Rules(in_time_seconds=0, short_seconds=0)
    with reading(centre) as connection:
        made = [
            answering.report(connection, Asked(day(one), day(one), LATER, TOKYO, rules=bounds)) for one in range(TIMES)
        ]
    truth = ErlangA(**RATES)  # type: ignore[arg-type]  # of both kinds
    held("waits", [1 - level for level in column(made, 4)], truth.waits(), 0.03)


def _handling_is_that_of_the_service(centre: Engine) -> None:
    made, service = reports(centre, handling.report), 1 / RATES["services"]
    for row, (name, part) in enumerate((("talk", TALK), ("hold", HOLD), ("after-call work", AFTER))):
        held(f"{name}, mean", column(made, 2, row), service * part, 0.05)
        held(f"{name}, median", [x + 0.05 for x in column(made, 3, row)], service * part * log(2), 0.05)
        held(f"{name}, P90", [x + 0.05 for x in column(made, 4, row)], service * part * log(10), 0.05)
    held("handling time", column(made, 2, 3), service, 0.05)


def test_callers_come_again_and_matters_are_done_as_chance_has_it(engine: Engine) -> None:
    """Each number calls at random, once in fifteen days: what comes within N days then is known."""
    lines, numbers, rate = [f"line {one:02}" for one in range(TIMES)], 400, 1 / 15
    start = datetime(2026, 1, 1, tzinfo=TOKYO)
    period = date(2026, 2, 15), date(2026, 3, 31)
    with writing(engine) as connection:
        for place, line in enumerate(lines):
            chance = Random(1000 + place)
            moments = poisson(chance, numbers * rate / DAY, start, start + timedelta(days=105))
            write(connection, [_random_call(chance, at, place * 1000 + numbers, line) for at in moments])
    with reading(engine) as connection:
        every = [
            repeats.report(connection, Asked(*period, LATER, TOKYO, line=line, rules=Rules(repeat_days=10)))
            for line in lines
        ]
        done = first_contact.report(connection, Asked(*period, LATER, TOKYO, rules=Rules(repeat_days=5)))
    for row, days in enumerate((1, 3, 7, 10, 14, 30)):
        held(f"repeat calls within {days} days", column(every, 2, row), 1 - exp(-rate * days), 0.1)
    held("resolved at first", [number(row[3]) for row in done.tables[0].rows[1:]], exp(-rate * 5), 0.03)
    firsts = [number(row[1]) for row in done.tables[0].rows[1:]]
    expected = numbers * rate * 45 * 0.8 * exp(-rate * 0.8 * 5)
    held("first contacts", firsts, expected, 0.05)


def _random_call(chance: Random, at: datetime, numbers: int, line: str) -> dict[str, Any]:
    e164 = 810_000_000_000 + numbers // 1000 * 1000 + chance.randrange(numbers % 1000)
    if chance.random() < 0.2:
        return rung(at, Outcome.MISSED, None, 30, e164=e164, line=line)
    return rung(at, Outcome.ANSWERED, 5, 100, e164=e164, line=line)


def test_calls_by_hour_and_weekday_come_as_often_as_they_were_sent_across_both_changes_of_the_clock(
    engine: Engine,
) -> None:
    """Poisson counts of 168 hours of the week in Berlin, 1 March to 31 October: chi-squared at 99.9 %."""
    berlin, chance = ZoneInfo("Europe/Berlin"), Random(7)
    start, end = (datetime(2026, month, 1, tzinfo=berlin).astimezone(UTC) for month in (3, 11))
    rows, came = [], Counter[tuple[int, int]]()
    at = start
    while at < end:  # an hour of absolute time after the other: what the wall showed follows from it
        wall = at.astimezone(berlin)
        came[wall.weekday(), wall.hour] += 1
        rate = _per_hour(wall.weekday(), wall.hour) / 3600
        rows += [rung(one, Outcome.MISSED, None, 9) for one in poisson(chance, rate, at, at + timedelta(hours=1))]
        at += timedelta(hours=1)
    assert (came[6, 2], came[6, 3]) == (35, 35)  # of 35 Sundays one had no second hour, and one had it twice
    with writing(engine) as connection:
        write(connection, rows)
    with reading(engine) as connection:
        made = volume.report(connection, Asked(date(2026, 3, 1), date(2026, 10, 31), LATER, berlin))
    assert made.n == len(rows)
    counts, rates = made.tables
    square = 0.0
    for hour in range(24):
        for weekday in range(7):
            expected = came[weekday, hour] * _per_hour(weekday, hour)
            counted = number(counts.rows[hour][1 + weekday])
            square += (counted - expected) ** 2 / expected
            assert number(rates.rows[hour][1 + weekday]) == pytest.approx(counted / came[weekday, hour])
    assert 116 < square < 231  # 0.05 % on each side


def test_complaints_are_resolved_as_chance_has_it_though_many_are_open_yet(engine: Engine) -> None:
    """Each takes an exponential time, six days on average; what is not over by now is known to have lasted so long."""
    now, mean_days, each = datetime(2026, 4, 1, tzinfo=TOKYO), 6.0, 500
    with writing(engine) as connection:
        connection.execute(insert(operator), [{"id": n, "login": str(n), "name": str(n)} for n in range(1, TIMES + 1)])
        whose = {"kind": CustomerKind.PERSON, "lifecycle_stage": LifecycleStage.ACTIVE, "created_at": now}
        connection.execute(insert(customer), [{"id": 1, "customer_no": "C-1", "name": "customer"} | whose])
        connection.execute(insert(complaint), [
            _random_complaint(Random(9000 + handler * each + one), mean_days, (handler, handler * each + one), now)
            for handler in range(1, TIMES + 1) for one in range(each)
        ])  # fmt: skip
    with reading(engine) as connection:
        made = [
            resolution.report(connection, Asked(date(2026, 3, 2), date(2026, 3, 31), now, TOKYO, operator_id=one))
            for one in range(1, TIMES + 1)
        ]
    still = column(made, 2)
    held("open", [one / each for one in still], _open_share(mean_days, 30), 0.07)
    held("median", column(made, 3), mean_days * log(2), 0.06)
    held("P90", column(made, 4), mean_days * log(10), 0.09)
    assert min(still) > each * 0.15  # enough to matter


def _random_complaint(chance: Random, mean_days: float, who: tuple[int, int], now: datetime) -> dict[str, Any]:
    handler, number = who
    received = now - timedelta(days=chance.uniform(0, 30))
    resolved = received + timedelta(days=chance.expovariate(1 / mean_days))
    return {
        "complaint_no": str(number), "customer_id": 1, "category": "delivery", "severity": 3, "handler_id": handler,
        "state": ComplaintState.RESOLVED if resolved < now else ComplaintState.RECEIVED, "received_at": received,
        "resolved_at": resolved if resolved < now else None,
    }  # fmt: skip


def _open_share(mean_days: float, days: float) -> float:
    """Of what came at any time of so many days, each moment as likely."""
    return mean_days / days * (1 - exp(-days / mean_days))


def _per_hour(weekday: int, hour: int) -> float:
    return 1 + (weekday + hour) % 5
