"""Where figures are easily wrong: midnight, the days on which clocks change, few cases, and who counts at all."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, insert, select

from app.figures import answering, complaint_rates, first_contact, outcomes, people, repeats, volume
from app.figures.asked import Asked
from app.figures.cells import about, sheets
from app.figures.report import Report, Value
from app.figures.reports import REPORTS, ReportKind
from app.figures.rules import Rules
from db.engine import reading, writing
from db.kinds import ComplaintState, CustomerKind, Direction, LifecycleStage, Outcome
from db.models import complaint, customer, disposition, operator
from tests.db.reports.rung import rung, worked_on, write

TOKYO, BERLIN, NEW_YORK = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
LATER = datetime(2027, 1, 1, tzinfo=UTC)
NUMBER = 81300000001


def at(text: str, zone: ZoneInfo = TOKYO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def asked(first: str, last: str, zone: ZoneInfo = TOKYO, **more: Any) -> Asked:
    return Asked(date.fromisoformat(first), date.fromisoformat(last), LATER, zone, **more)


def made(engine: Engine, report: Any, of: Asked) -> Report:
    with reading(engine) as connection:
        told: Report = report(connection, of)
    return told


def rows(report: Report, table: int = 0) -> list[tuple[Value, ...]]:
    return list(report.tables[table].rows)


def came(engine: Engine, calls: Iterable[dict[str, Any]], contacts: Iterable[dict[str, Any]] = ()) -> None:
    with writing(engine) as connection:
        write(connection, calls, contacts)


def test_a_call_over_midnight_counts_where_it_was_offered(engine: Engine) -> None:
    came(engine, [rung(at("2026-03-02T23:59:50"), Outcome.ANSWERED, 15, 90)])
    first, second = (made(engine, answering.report, asked(day, day)) for day in ("2026-03-02", "2026-03-03"))
    assert (first.n, second.n) == (1, 0)
    assert [row[0] for row in rows(first, 1)] == ["2026-03-02"]
    assert rows(made(engine, volume.report, asked("2026-03-02", "2026-03-03")))[0][:3] == ("23–24", 1, 0)


def test_a_day_is_that_of_the_reports_zone(engine: Engine) -> None:
    came(engine, [rung(at("2026-03-03T08:00:00"), Outcome.ANSWERED, 5, 90)])
    for zone, day, hour in ((TOKYO, "2026-03-03", "08–09"), (NEW_YORK, "2026-03-02", "18–19")):
        of = asked(day, day, zone)
        assert made(engine, answering.report, of).n == 1
        assert rows(made(engine, volume.report, of))[0][0] == hour
        assert any(str(zone) in words for _name, words in about(made(engine, volume.report, of)))


def test_the_hour_that_a_clock_tells_twice_came_twice(engine: Engine) -> None:
    moments = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]  # 2:30 in summer and in winter
    came(engine, [rung(one, Outcome.MISSED, None, 9) for one in moments])
    told = made(engine, volume.report, asked("2026-10-25", "2026-10-25", BERLIN))
    assert [(row[0], row[7]) for row in rows(told)] == [("02–03", 2), ("Total", 2)]
    assert rows(told, 1)[0][7] == 1.0


def test_the_hour_that_a_clock_skips_did_not_come(engine: Engine) -> None:
    moments = [datetime(2026, 3, 29, hour, 30, tzinfo=UTC) for hour in (0, 1)]  # 1:30 and then 3:30
    came(engine, [rung(one, Outcome.MISSED, None, 9) for one in moments])
    told = made(engine, volume.report, asked("2026-03-29", "2026-03-29", BERLIN))
    assert [(row[0], row[7]) for row in rows(told)[:3]] == [("01–02", 1), ("02–03", 0), ("03–04", 1)]
    assert [row[7] for row in rows(told, 1)] == [1.0, None, 1.0]


def test_of_a_day_with_few_calls_no_share_is_shown_and_of_five_it_is(engine: Engine) -> None:
    for day, n in (("2026-03-02", 4), ("2026-03-03", 5)):
        waits = [2, *(30 for _call in range(n - 1))]
        came(engine, [rung(at(f"{day}T10:00:00"), Outcome.ANSWERED, wait, 90) for wait in waits])
    told = made(engine, answering.report, asked("2026-03-02", "2026-03-03"))
    assert rows(told, 1) == [
        ("2026-03-02", 4, 0, 0, None, None, None),
        ("2026-03-03", 5, 0, 0, 0.0, 0.2, 24.4),
    ]
    assert told.chart is not None
    assert told.chart.series[0].values == (None, 0.2)
    _heading, few, enough = [sheets(told)[2].columns, *sheets(told)[2].rows]
    assert list(few) == [date(2026, 3, 2), 4, 0, 0, "", "", ""]
    assert [str(cell) for cell in enough[4:]] == ["0.0", "20.0", "24.4"]


def test_short_calls_are_counted_apart_at_their_bound(engine: Engine) -> None:
    ends = (4.999, 5, 19, 20, 21)
    came(engine, [rung(at("2026-03-02T10:00:00"), Outcome.MISSED, None, end) for end in ends])
    (whole,) = rows(made(engine, answering.report, asked("2026-03-02", "2026-03-02")))
    assert whole[:4] == (0, 4, 1, 1.0)
    assert whole[4:7] == (0.0, 0.0, 3 / 4)  # 5, 19 and 20 s are in time; left out, one offered call is left
    none_short = asked("2026-03-02", "2026-03-02", rules=Rules(short_seconds=0))
    assert rows(made(engine, answering.report, none_short))[0][:3] == (0, 5, 0)


def test_many_days_are_told_by_month(engine: Engine) -> None:
    came(engine, [rung(at(f"2026-0{month}-15T10:00:00"), Outcome.ANSWERED, 5, 90) for month in (1, 1, 2, 3)])
    told = made(engine, answering.report, asked("2026-01-01", "2026-03-31"))
    assert [row[:2] for row in rows(told, 1)] == [("2026-01", 2), ("2026-02", 1), ("2026-03", 1)]
    assert [row[0] for row in sheets(told)[2].rows] == ["2026-01", "2026-02", "2026-03"]


@pytest.mark.parametrize(("seconds", "is_repeat"), [(86_399, True), (86_400, False)])
def test_a_call_a_whole_day_later_is_no_repeat_within_a_day(engine: Engine, seconds: int, is_repeat: bool) -> None:
    first = at("2026-03-02T10:00:00")
    calls = [rung(first, Outcome.MISSED, None, 9, e164=NUMBER)]
    came(engine, [*calls, rung(first + timedelta(seconds=seconds), Outcome.MISSED, None, 9, e164=NUMBER)])
    told = rows(made(engine, repeats.report, asked("2026-03-02", "2026-03-04")))
    assert [row[1] for row in told[:2]] == [int(is_repeat), 1]


def test_repeats_and_first_contacts_look_beyond_the_period(engine: Engine) -> None:
    days = ("2026-02-28", "2026-03-02", "2026-03-09")
    came(engine, [rung(at(f"{day}T10:00:00"), Outcome.ANSWERED, 5, 60, e164=NUMBER) for day in days])
    of = asked("2026-03-02", "2026-03-02")
    assert [row[1] for row in rows(made(engine, repeats.report, of))] == [0, 1, 1, 1, 1]
    assert rows(made(engine, first_contact.report, of))[0][1] == 0  # spoken with two days before
    short = replace(of, rules=Rules(repeat_days=1))
    assert rows(made(engine, first_contact.report, short))[0][1:3] == (1, 0)


def test_a_call_exactly_so_many_days_later_is_neither_a_repeat_nor_the_same_matter(engine: Engine) -> None:
    times = (at("2026-03-02T10:00:00"), at("2026-03-03T10:00:00"))
    came(engine, [rung(when, Outcome.ANSWERED, 5, 60, e164=NUMBER) for when in times])
    of = replace(asked("2026-03-02", "2026-03-03"), rules=Rules(repeat_days=1))
    assert rows(made(engine, repeats.report, of))[0][1] == 0
    assert rows(made(engine, first_contact.report, of))[0][1:3] == (2, 0)


def _people(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(operator), [{"id": 1, "login": "a", "name": "Abe"}])
        told = {"kind": CustomerKind.PERSON, "lifecycle_stage": LifecycleStage.ACTIVE, "created_at": LATER}
        connection.execute(insert(customer), [{"id": 10, "customer_no": "C-10", "name": "customer"} | told])


def test_work_after_calls_that_went_out_is_not_that_of_the_calls_that_came(engine: Engine) -> None:
    _people(engine)
    calls = [rung(at("2026-03-02T10:00:00"), Outcome.ANSWERED, 1, 61, operator_id=1) for _call in range(30)]
    out = [
        rung(at("2026-03-02T11:00:00"), Outcome.ANSWERED, 1, 9, operator_id=1, direction=Direction.OUT)
        for _call in range(20)
    ]
    back = [worked_on(one, 500_000, direction=Direction.OUT) for one in out]
    came(engine, [*calls, *out], [*(worked_on(one, 10_000) for one in calls), *back])
    assert rows(made(engine, people.report, asked("2026-03-02", "2026-03-02"))) == [("Abe", 30, 60.0, 30, 10.0, 30)]
    assert made(engine, outcomes.report, asked("2026-03-02", "2026-03-02")).n == 50


def test_dispositions_of_one_name_are_told_apart_by_their_group(engine: Engine) -> None:
    calls = [rung(at("2026-03-02T10:00:00"), Outcome.ANSWERED, 1, 61) for _call in range(3)]
    with writing(engine) as connection:
        codes = ("inquiry.delivery", "complaint.delivery", "order")
        keys = [
            connection.execute(select(disposition.c.id).where(disposition.c.code == one)).scalar_one() for one in codes
        ]
        contacts = [worked_on(one, None, disposition_id=key) for one, key in zip(calls, keys, strict=True)]
        write(connection, calls, contacts)
    told = made(engine, outcomes.report, asked("2026-03-02", "2026-03-02"))
    assert {row[0] for row in rows(told)} == {"Inquiry › Delivery", "Complaint › Delivery", "Order"}


def test_complaints_of_few_are_in_no_file_and_not_on_paper(engine: Engine) -> None:
    _people(engine)
    with writing(engine) as connection:
        for number in range(9):
            told = {"complaint_no": f"M-{number}", "customer_id": 10, "severity": 3, "state": ComplaintState.RECEIVED}
            told |= {"category": "often" if number < 5 else "seldom", "received_at": at("2026-03-02T12:00:00")}
            connection.execute(insert(complaint), told)
    told = made(engine, complaint_rates.report, asked("2026-03-02", "2026-03-02"))
    assert told.n == 9
    written = [cell for sheet in sheets(told) for row in sheet.rows for cell in row]
    assert "often" in written
    assert "seldom" not in written
    assert told.chart is not None
    assert told.chart.places == ("often",)


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_file_begins_with_period_n_formulas_and_definitions(engine: Engine, kind: ReportKind) -> None:
    told = made(engine, REPORTS[kind].report, asked("2026-03-02", "2026-03-08"))
    first = sheets(told)[0]
    assert [first.columns[1], *(row[1] for row in first.rows)] == [
        told.title, told.period, f"{told.n:,} ({told.counted})", *told.formulas, *told.definitions,
    ]  # fmt: skip
    assert "Asia/Tokyo (UTC+09:00)" in str(list(first.rows))
