"""A ring costs a server one statement and a file twelve, and both ways know the same."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, select

from db.demo import COMPANY_NUMBER, CUSTOMER_NUMBER, HOUSEHOLD_NUMBER, UNKNOWN_NUMBER
from db.engine import reading
from db.models import customer_phone, phone_number
from db.pop import customer_facts
from db.prepared import Direct, direct
from db.ring import Known, KnownAtOnce, RungNumber, known_about
from db.standing import StandingReader

ONLY_POSTGRES = pytest.mark.parametrize("demo", ["postgres"], indirect=True)
SMALL = {"operator", "disposition"}  # a few rows each: no index pays


def _number(national: str, extension: str = "") -> RungNumber:
    return RungNumber(int("81" + national[1:]), extension, national)


class Watched:
    """A driver's connection that tells what it was asked."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self.asked: list[tuple[str, dict[str, object]]] = []

    def execute(self, statement: str, values: dict[str, object]) -> Any:
        self.asked.append((statement, values))
        return self._driver.execute(statement, values)


def _asked(engine: Engine, job: Callable[[Direct], object]) -> list[tuple[str, dict[str, object]]]:
    with reading(engine) as connection:
        way = direct(connection)
        watched = Watched(way.driver)
        job(Direct(way.dialect, watched))
    return watched.asked


def _ring(number: RungNumber) -> Callable[[Direct], object]:
    def ring(connection: Direct) -> None:
        known = known_about(connection, number)
        owners = known.owners()
        if owners:
            assert known.facts(owners[0].customer_id) is not None
        else:
            known.owners_of_range()
            known.owners_of_suffix()

    return ring


@pytest.mark.parametrize("number", [CUSTOMER_NUMBER, UNKNOWN_NUMBER])
@ONLY_POSTGRES
def test_a_server_is_asked_once(demo: Engine, number: str) -> None:
    assert len(_asked(demo, _ring(_number(number)))) == 1


@pytest.mark.parametrize("demo", ["sqlite"], indirect=True)
def test_a_file_is_asked_as_often_as_a_card_has_parts_and_once_who_it_is(demo: Engine) -> None:
    assert len(_asked(demo, _ring(_number(CUSTOMER_NUMBER)))) == 12


@ONLY_POSTGRES
def test_both_ways_know_the_same_of_every_number(demo: Engine) -> None:
    of_numbers = select(phone_number.c.e164, customer_phone.c.extension).join_from(phone_number, customer_phone)
    with reading(demo) as connection:
        rung = {(int(row.e164), str(row.extension)) for row in connection.execute(of_numbers.distinct())}
        assert len(rung) > 200
        for e164, extension in [*rung, (819098761234, ""), (81663452999, ""), (1, "")]:
            number = RungNumber(e164, extension, str(e164))
            one_by_one, at_once = Known(connection, number), KnownAtOnce(connection, number)
            assert at_once.owners() == one_by_one.owners()
            assert at_once.block() == one_by_one.block()
            assert at_once.owners_of_range() == one_by_one.owners_of_range()
            assert at_once.owners_of_suffix() == one_by_one.owners_of_suffix()
            for owner in at_once.owners():
                assert at_once.facts(owner.customer_id) == customer_facts(connection, owner.customer_id)


@ONLY_POSTGRES
def test_a_number_without_a_key_is_sought_by_its_end_alone(demo: Engine) -> None:
    with reading(demo) as connection:
        known = known_about(connection, RungNumber(None, "", "99" + CUSTOMER_NUMBER[1:]))
        assert known.owners() == ()
        assert [one.customer_id for one in known.owners_of_suffix()] == [1]


@ONLY_POSTGRES
@pytest.mark.parametrize("number", [CUSTOMER_NUMBER, COMPANY_NUMBER, HOUSEHOLD_NUMBER, UNKNOWN_NUMBER])
def test_a_server_walks_no_table_where_an_index_serves(demo: Engine, number: str) -> None:
    """The demo is so small that walking would be quicker: it is forbidden, and no step is left that has to."""
    ((statement, values),) = _asked(demo, lambda connection: known_about(connection, _number(number)))
    with reading(demo) as connection:
        driver = direct(connection).driver
        driver.execute("SET LOCAL enable_seqscan = off")
        told = psycopg.ClientCursor(driver).execute(f"EXPLAIN (FORMAT JSON) {statement}", values).fetchone()
    assert told is not None
    assert _walked(told[0][0]["Plan"]) <= SMALL


@ONLY_POSTGRES
def test_a_server_takes_the_newest_from_the_index_however_long_the_history(demo: Engine) -> None:
    """A plan for all customers alike would sort what it takes for a handful, and read 100,000 rows of one."""
    number = _number(CUSTOMER_NUMBER)
    ((statement, values),) = _asked(demo, lambda connection: known_about(connection, number))
    reader = StandingReader(demo)
    told = reader.read(
        lambda connection: (
            psycopg.ClientCursor(direct(connection).driver)
            .execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
            .fetchone()
        )
    )
    reader.close()
    assert told is not None
    read = {one["Relation Name"]: one for one in _scans(told[0][0]["Plan"])}
    for table in ("interaction", "purchase"):
        assert read[table]["Node Type"] in ("Index Scan", "Index Only Scan")
        assert read[table]["Scan Direction"] == "Backward"
    assert "interaction" not in _below_a_sort(told[0][0]["Plan"])


def _scans(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "Relation Name" in plan:
        yield plan
    for below in plan.get("Plans", []):
        yield from _scans(below)


def _below_a_sort(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"] == "Sort":
        yield from (str(one["Relation Name"]) for one in _scans(plan))
    for below in plan.get("Plans", []):
        yield from _below_a_sort(below)


def _walked(plan: dict[str, Any]) -> set[str]:
    here = {str(plan["Relation Name"])} if plan["Node Type"] == "Seq Scan" else set()
    return here.union(*(_walked(below) for below in plan.get("Plans", [])))
