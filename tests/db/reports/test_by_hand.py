"""Every report's figures over a few records whose figures were reckoned by hand, on both databases."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine, insert, select

from app.figures import (
    adoption,
    answering,
    complaint_rates,
    first_contact,
    handling,
    outcomes,
    people,
    recognition,
    repeats,
    resolution,
    volume,
)
from app.figures.asked import Asked
from app.figures.clock_hours import at_wall
from app.figures.report import Report, Value
from db.engine import reading, writing
from db.kinds import (
    ComplaintState,
    CustomerKind,
    Direction,
    FollowUpKind,
    LifecycleStage,
    NoteKind,
    Outcome,
    PurchaseState,
    Reason,
    Withheld,
)
from db.models import (
    call_candidate,
    complaint,
    customer,
    disposition,
    follow_up,
    note,
    operator,
    product,
    purchase,
    purchase_item,
)
from db.reports.answering import Bounds, answers_by_quarter
from db.reports.picked import DAY_MS, HOUR_MS, QUARTER_MS
from db.reports.volume import calls_by_quarter
from tests.db.reports.rung import rung, worked_on, write

TOKYO = ZoneInfo("Asia/Tokyo")
MONDAY = date(2026, 3, 2)
ASKED = Asked(MONDAY, date(2026, 3, 8), datetime(2026, 4, 1, tzinfo=TOKYO), TOKYO)
ONE, TWO, THREE = 81300000001, 81300000002, 81300000003


def at(day: int, clock: str) -> datetime:
    """Of March."""
    return datetime.fromisoformat(f"2026-03-{day:02}T{clock}+09:00")


def the_week() -> dict[str, dict[str, Any]]:
    """What it says beside each call is what the reports are to find."""
    a, m = Outcome.ANSWERED, Outcome.MISSED
    before = datetime.fromisoformat("2026-02-27T12:00:00+09:00")
    return {
        "before": rung(before, a, 5, 10, e164=ONE),
        # waits 5 s, talks 50, holds 10; the same number 2 days 21 hours before
        "first": rung(at(2, "09:00:00"), a, 5, 65, e164=ONE, hold_ms=10_000, operator_id=1, customer_id=10),
        # waits 30, talks 120; first contact of its number, which calls again after 6 days 14 hours
        "slow": rung(at(2, "09:10:00"), a, 30, 150, e164=TWO, operator_id=1, customer_id=11),
        "short": rung(at(2, "10:00:00"), m, None, 3, e164=THREE),
        # gives up within 20 s, half an hour after the call before
        "gave up": rung(at(2, "10:30:00"), m, None, 15, e164=THREE),
        # waits 10, talks 30; a day and 20 minutes after
        "elsewhere": rung(
            at(3, "09:20:00"), Outcome.ELSEWHERE, 10, 40, e164=ONE, operator_id=2, customer_id=12, line="Shop"
        ),
        "withheld": rung(at(3, "23:50:00"), m, None, 60, withheld=Withheld.ANONYMOUS),
        # came into the queue 40 s before it rang, so waits 45; talks 95; first contact that nothing follows
        "queued": rung(at(4, "12:00:00"), a, 5, 100, e164=THREE, waiting_since=at(4, "11:59:20")),
        "ringing": rung(at(5, "08:00:00"), Outcome.OFFERED, None, None),
        "untimed": rung(at(8, "23:59:59"), a, None, 100, e164=TWO),
        "after": rung(at(9, "00:00:00"), a, 1, 2, e164=81300000005),
        "out": rung(at(2, "09:00:00"), a, 1, 500, e164=ONE, direction=Direction.OUT),
        "inside": rung(at(2, "09:00:00"), a, 1, 500, direction=Direction.INTERNAL),
    }


@pytest.fixture
def week(engine: Engine) -> Engine:
    rows = the_week()
    with writing(engine) as connection:
        _add_people(connection)
        contacts = [
            worked_on(rows["first"], 20_000, disposition_id=_code(connection, "order")),
            worked_on(rows["slow"], 40_000),
        ]
        write(connection, rows.values(), contacts)
        _add_candidates(connection, rows)
        _add_work(connection, rows)
    return engine


def _add_people(connection: Connection) -> None:
    connection.execute(
        insert(operator), [{"id": 1, "login": "a", "name": "Abe"}, {"id": 2, "login": "b", "name": "Ito"}]
    )
    whose = {"kind": CustomerKind.PERSON, "lifecycle_stage": LifecycleStage.ACTIVE, "created_at": at(1, "00:00")}
    rows = [{"id": key, "customer_no": f"C-{key}", "name": f"customer {key}", **whose} for key in (10, 11, 12)]
    connection.execute(insert(customer), rows)


def _code(connection: Connection, code: str) -> Any:
    return connection.execute(select(disposition.c.id).where(disposition.c.code == code)).scalar_one()


def _add_candidates(connection: Connection, rows: dict[str, dict[str, Any]]) -> None:
    shown = [("first", 1, 10), ("slow", 1, 10), ("slow", 2, 11), ("elsewhere", 1, 10)]  # the last turned out to be 12
    connection.execute(
        insert(call_candidate),
        [
            {"call_id": rows[name]["id"], "rank": rank, "customer_id": who, "reason": Reason.EXACT, "is_chosen": False}
            for name, rank, who in shown
        ],
    )


def _add_work(connection: Connection, rows: dict[str, dict[str, Any]]) -> None:
    """Notes on two calls, of which one has two, and two follow-ups on one."""
    for name, kind in (("first", NoteKind.BODY), ("first", NoteKind.HANDOVER), ("slow", NoteKind.BODY)):
        told = {"id": uuid4(), "call_id": rows[name]["id"], "kind": kind, "created_at": at(2, "10:00")}
        connection.execute(insert(note), told)
    for _n in range(2):
        promised = {"id": uuid4(), "call_id": rows["slow"]["id"], "kind": FollowUpKind.SEND}
        connection.execute(insert(follow_up), promised | {"due_at": at(9, "10:00"), "created_at": at(2, "10:00")})


def made(engine: Engine, report: Any, asked: Asked = ASKED) -> Report:
    with reading(engine) as connection:
        told: Report = report(connection, asked)
    return told


def rows(report: Report, table: int = 0) -> list[tuple[Value, ...]]:
    return list(report.tables[table].rows)


def test_calls_stand_in_the_hour_that_the_clock_showed(week: Engine) -> None:
    told = made(week, volume.report)
    counts = {(row[0], day): n for row in rows(told)[:-1] for day, n in enumerate(row[1:8]) if n}
    assert told.n == 9
    assert counts == {
        ("09–10", 0): 2, ("10–11", 0): 2, ("09–10", 1): 1, ("23–24", 1): 1, ("12–13", 2): 1, ("08–09", 3): 1,
        ("23–24", 6): 1,
    }  # fmt: skip
    assert [row[0] for row in rows(told)] == [*(f"{hour:02}–{hour + 1:02}" for hour in range(8, 24)), "Total"]
    assert rows(told)[-1] == ("Total", 4, 2, 1, 1, 0, 0, 1, 9)
    assert rows(told, 1)[1][:3] == ("09–10", 2.0, 1.0)


def test_answering_and_the_three_service_levels(week: Engine) -> None:
    told = made(week, answering.report)
    assert told.n == 8
    assert rows(told) == [(5, 2, 1, 2 / 7, 2 / 6, 2 / 5, 3 / 6, 22.5, 10.0, 45.0)]
    assert [row[:4] for row in rows(told, 1)] == [
        ("2026-03-02", 2, 1, 1),
        ("2026-03-03", 1, 1, 0),
        ("2026-03-04", 1, 0, 0),
        ("2026-03-08", 1, 0, 0),
    ]


def test_one_line_and_one_operator_alone(week: Engine) -> None:
    shop = Asked(ASKED.first, ASKED.last, ASKED.now, TOKYO, line="Shop")
    abe = Asked(ASKED.first, ASKED.last, ASKED.now, TOKYO, operator_id=1, operator="Abe")
    assert rows(made(week, answering.report, shop))[0][:3] == (1, 0, 0)
    assert rows(made(week, answering.report, abe))[0][:3] == (2, 0, 0)
    assert rows(made(week, handling.report, shop))[2][1] == 0
    assert "Abe" in made(week, volume.report, abe).period


def test_handling_time_is_the_sum_of_its_parts_each_with_its_own_n(week: Engine) -> None:
    told = made(week, handling.report)
    assert told.n == 4
    assert rows(told) == [
        ("Talk", 4, 73.75, 50.0, 120.0),
        ("Hold", 1, 10.0, 10.0, 10.0),
        ("After-call work", 2, 30.0, 20.0, 40.0),
        ("Handling time", None, 113.75, None, None),
    ]


def test_repeat_calls_and_callers(week: Engine) -> None:
    told = made(week, repeats.report)
    assert told.n == 7
    assert [(row[0], row[1], row[5]) for row in rows(told)] == [
        ("1 day", 1, 1), ("3 days", 4, 2), ("7 days", 5, 3), ("14 days", 5, 3), ("30 days", 5, 3),
    ]  # fmt: skip
    assert any("2 calls without a number" in one for one in told.definitions)


def test_first_contacts_judge_what_is_old_enough_and_show_no_share_of_few(week: Engine) -> None:
    assert rows(made(week, first_contact.report))[0] == ("All lines", 2, 1, None, None, None, 0)
    early = Asked(ASKED.first, ASKED.last, at(10, "12:00"), TOKYO)
    assert rows(made(week, first_contact.report, early))[0] == ("All lines", 1, 1, None, None, None, 1)


def test_whom_the_pop_knew(week: Engine) -> None:
    told = made(week, recognition.report)
    assert [row[:3] for row in rows(told)] == [
        ("Known: one customer was shown", 2, 9),
        ("Several were shown", 1, 9),
        ("Unknown number", 5, 9),
        ("Number withheld", 1, 9),
        ("Re-assigned later, of those shown", 1, 3),
    ]
    assert rows(told)[0][3] == 2 / 9
    assert rows(told)[4][3] is None


def test_what_of_the_program_is_used(week: Engine) -> None:
    told = made(week, adoption.report)
    assert told.n == 5
    assert [row[1:] for row in rows(told)] == [(2, 2 / 5), (1, 1 / 5), (1, 1 / 5), (3, 3 / 5), (1, 1 / 5)]


def test_operators_have_no_mean_of_few(week: Engine) -> None:
    told = made(week, people.report)
    assert rows(told) == [("Abe", 2, None, 2, None, 2), ("Ito", 1, None, 1, None, 0)]
    assert told.chart is None


def test_operators_with_enough_calls_come_first(engine: Engine) -> None:
    with writing(engine) as connection:
        _add_people(connection)
        some = [rung(at(2, "09:00:00"), Outcome.ANSWERED, 1, 1 + n, operator_id=2) for n in range(30)]
        write(connection, [*some, rung(at(2, "09:00:00"), Outcome.ANSWERED, 1, 9, operator_id=1)])
    told = made(engine, people.report)
    assert rows(told) == [("Ito", 30, 14.5, 30, None, 0), ("Abe", 1, None, 1, None, 0)]


def test_dispositions_are_counted_with_those_that_have_none(week: Engine) -> None:
    told = made(week, outcomes.report)
    assert told.n == 2
    assert {(row[1], row[2], row[3]) for row in rows(told)} == {("order", 1, None), ("", 1, None)}


def _complain(connection: Connection, number: int, **more: Any) -> None:
    told: dict[str, Any] = {
        "complaint_no": f"M-{number}", "customer_id": 10, "category": "delivery", "severity": 3, "cause": None,
        "state": ComplaintState.RECEIVED, "received_at": at(2, "12:00"), "product_id": None, "resolved_at": None,
    }  # fmt: skip
    connection.execute(insert(complaint), told | more)


def test_complaints_by_category_cause_and_product_per_1000_sold(engine: Engine) -> None:
    with writing(engine) as connection:
        _add_people(connection)
        connection.execute(insert(product), [{"id": n, "code": f"P{n}", "name": f"product {n}"} for n in (1, 2)])
        for number in range(8):
            category = "delivery" if number < 6 else "quality"
            cause = "carrier" if number < 5 else None
            about = 1 if number < 5 else 2 if number == 5 else None
            _complain(connection, number, category=category, cause=cause, product_id=about)
        _complain(connection, 8, received_at=at(9, "00:00"))
        for number, (when, state, pieces) in enumerate((
            (at(2, "00:00"), PurchaseState.COMPLETED, 60), (at(8, "23:59"), PurchaseState.ORDERED, 40),
            (at(3, "00:00"), PurchaseState.CANCELLED, 500), (at(9, "00:00"), PurchaseState.COMPLETED, 70),
        ), 1):  # fmt: skip
            order = {"id": number, "customer_id": 10, "order_no": str(number), "amount": 1, "currency": "JPY"}
            connection.execute(insert(purchase), order | {"ordered_at": when, "state": state})
            line = {"purchase_id": number, "position": 1, "product_id": 1, "name": "product 1", "amount": 1}
            connection.execute(insert(purchase_item), line | {"quantity": pieces})
    told = made(engine, complaint_rates.report)
    assert told.n == 8
    assert [row[:3] for row in rows(told)] == [("delivery", 6, 0.75)]
    assert rows(told)[0][3:] == pytest.approx((0.4093, 0.9285), abs=1e-4)  # Wilson, 6 of 8
    assert [row[:3] for row in rows(told, 1)] == [("carrier", 5, 0.625)]
    assert [row[:4] for row in rows(told, 2)] == [("product 1", 5, 100, 50.0)]
    assert rows(told, 2)[0][4:] == pytest.approx((21.54, 111.75), abs=0.01)  # 5 of 100
    assert any("3 groups are left out" in one for one in told.definitions)  # quality, no cause, product 2


def test_open_complaints_are_reckoned_in(engine: Engine) -> None:
    """Days: 1, 2, at least 3, 4, at least 5, 6. Still open: 5/6, 4/6, then 2/3 of that, then none."""
    asked = Asked(ASKED.first, ASKED.last, at(8, "12:00"), TOKYO)
    with writing(engine) as connection:
        _add_people(connection)
        for number, (days, is_done) in enumerate(((1, True), (2, True), (3, False), (4, True), (5, False), (6, True))):
            received = at(8, "12:00") - timedelta(days=days)
            more = {"received_at": received, "resolved_at": at(8, "12:00") if is_done else None}
            _complain(connection, number, **more, severity=2 if number == 1 else 3)
    told = made(engine, resolution.report, asked)
    assert rows(told) == [
        ("All", 6, 2, 4.0, 6.0, 6.0),
        ("Severity 2", 1, 0, None, None, None),
        ("Severity 3", 5, 2, 6.0, 6.0, 6.0),  # after 4 days 4/5 × 2/3 are open yet: more than half
    ]
    assert told.chart is not None
    left = told.chart.series[0].values
    assert left[:7] == pytest.approx((1, 5 / 6, 4 / 6, 4 / 6, 4 / 9, 4 / 9, 0))


def test_of_nothing_no_figure_is_made_up(engine: Engine) -> None:
    for report in (
        volume, answering, handling, repeats, first_contact, complaint_rates, resolution, outcomes, people, recognition,
        adoption,
    ):  # fmt: skip
        told = made(engine, report.report)
        assert told.n == 0
        assert told.formulas
        assert told.definitions
        cells = [cell for table in told.tables for row in table.rows for cell in row]
        assert all(cell in (0, None) or isinstance(cell, str) for cell in cells), told.title


def test_a_zone_of_half_hours_counts_the_same_calls_in_its_own_hours(week: Engine) -> None:
    """Where all hours are those of UTC whole hours are counted, elsewhere quarters."""
    kathmandu = Asked(MONDAY, date(2026, 3, 8), ASKED.now, ZoneInfo("Asia/Kathmandu"))
    assert (ASKED.picked.slot_ms, kathmandu.picked.slot_ms) == (HOUR_MS, QUARTER_MS)
    assert ASKED.picked_by_day.slot_ms == kathmandu.picked_by_day.slot_ms == DAY_MS
    with reading(week) as connection:
        hours = {at_wall(one.quarter, TOKYO).hour for one in calls_by_quarter(connection, ASKED.picked)}
        quarters = calls_by_quarter(connection, kathmandu.picked)
    assert hours == {8, 9, 10, 12, 23}
    times = {at_wall(one.quarter, kathmandu.zone).strftime("%H:%M") for one in quarters}
    assert {"05:45", "06:45", "04:45"} <= times  # 09:00, 10:00 and 08:00 in Tokyo


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Asia/Kathmandu", "America/St_Johns", "America/New_York", "UTC"])
def test_days_are_the_same_counted_as_wholes_or_by_quarters(week: Engine, zone: str) -> None:
    """Summer time begins in New York and St John's on the 8th of March: days of two lengths are not counted whole."""
    asked = Asked(MONDAY, date(2026, 3, 9), ASKED.now, ZoneInfo(zone))
    by_quarter = replace(asked.picked, slot_ms=QUARTER_MS)
    told = []
    with reading(week) as connection:
        for picked in (asked.picked_by_day, by_quarter):
            days: Counter[date] = Counter()
            for one in answers_by_quarter(connection, picked, Bounds(20_000, 5_000)):
                days[at_wall(one.quarter, asked.zone).date()] += one.answered + one.abandoned + one.short
            told.append(days)
    assert told[0] == told[1]
    assert sum(told[0].values()) >= 5
    assert (asked.picked_by_day.slot_ms == DAY_MS) == (not zone.startswith("America"))
