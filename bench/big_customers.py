"""Fills an empty database of any size by SQL alone: customers with numbers, and for some the history that a card shows.

Who has which number, and who has a history, follows no order: one look-up's pages tell nothing of the next one's.
"""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Engine

from bench.big_history import history
from bench.extent import Extent
from bench.job import Job
from bench.spelling import Spelling, spelling_of
from db.demo.words import GIVEN, OPERATORS, SURNAMES
from db.engine import writing
from db.keys import count_on
from db.models import metadata

_CHUNK = 500_000
_BIG = "customer", "phone_number", "customer_phone", "purchase", "purchase_item", "complaint", "interaction"

Tell = Callable[[str], object]


def fill(engine: Engine, extent: Extent, tell: Tell) -> None:
    """Fill the engine's migrated and empty database; `tell` hears how far it is. Minutes where it is big."""
    spelling = spelling_of(engine.dialect)
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        for statement in spelling.before:
            driver.execute(statement)
        indexes = [row for table in _BIG for row in driver.execute(spelling.indexes.format(table=table)).fetchall()]
        for name, _made in indexes:
            driver.execute(f"DROP INDEX {name}")
        for job in (*_words(), *_everybody(extent, spelling), *history(extent, spelling)):
            tell(job.told)
            driver.execute(job.statement)
        for name, made in indexes:
            tell(f"index {name}")
            driver.execute(made)
        tell("putting it in order")
        for statement in spelling.after:
            driver.execute(statement)
        connection.invalidate()  # it is set to be quick, not safe
    with writing(engine) as connection:
        for table in metadata.sorted_tables:
            count_on(connection, table)


def _words() -> Iterator[Job]:
    """What people are called, to be drawn from."""
    for table, pairs in (("surname", SURNAMES), ("given", GIVEN)):
        yield Job(table, f"CREATE TEMP TABLE {table} (place INTEGER PRIMARY KEY, name TEXT, reading TEXT)")
        rows = ", ".join(f"({place}, '{name}', '{reading}')" for place, (name, reading) in enumerate(pairs))
        yield Job(table, f"INSERT INTO {table} VALUES {rows}")
    logins = ", ".join(f"({key}, '{login}', '{name}')" for key, (login, name, _) in enumerate(OPERATORS, start=1))
    yield Job("operators", f"INSERT INTO operator (id, login, name) VALUES {logins}")


def _everybody(extent: Extent, spelling: Spelling) -> Iterator[Job]:
    for first, last in _chunks(extent.customers):
        series = spelling.series(first, last)
        yield Job(f"customers to {last:,}", _customers(series, spelling))
        yield Job(f"their numbers to {last:,}", _numbers(series, extent))
    for first, last in _chunks(extent.customers):
        yield Job(f"who answers there to {last:,}", _answering(spelling.series(first, last), extent))
    for first, last in _chunks(extent.second_numbers):
        series = spelling.series(extent.customers + first, extent.customers + last)
        yield Job(f"second numbers to {last:,}", _numbers(series, extent))
        yield Job(f"who answers there to {last:,}", _answering_second(series, extent))


def _chunks(count: int) -> Iterator[tuple[int, int]]:
    return ((first, min(first + _CHUNK - 1, count)) for first in range(1, count + 1, _CHUNK))


def _customers(series: str, spelling: Spelling) -> str:
    contact, made = spelling.hours_ago("n.i % 9000"), spelling.hours_ago("9000 + n.i % 30000")
    return f"""
INSERT INTO customer (id, customer_no, kind, name, reading, rank, lifecycle_stage, language, postal_code, address,
                      email, last_contact_at, created_at)
SELECT n.i, 'C-' || (100000000 + n.i), 'person', s.name || ' ' || g.name, s.reading || ' ' || g.reading,
       CASE n.i % 4 WHEN 0 THEN 'A' WHEN 1 THEN 'B' END, 'active', 'ja', '100-0013',
       '東京都千代田区霞が関' || (n.i % 9 + 1) || '-' || (n.i % 97 + 1), 'c' || n.i || '@example.jp', {contact}, {made}
FROM {series} CROSS JOIN surname s CROSS JOIN given g
WHERE s.place = n.i * 31 % {len(SURNAMES)} AND g.place = n.i / {len(SURNAMES)} % {len(GIVEN)}"""


def _numbers(series: str, extent: Extent) -> str:
    number = extent.number_of("n.i")
    last_eight = f"CAST({number} AS TEXT)"
    backwards = " + ".join(f"({number}) / {10**place} % 10 * {10 ** (14 - place)}" for place in range(12))
    return f"""
INSERT INTO phone_number (id, e164, raw, digits_rev, kind)
SELECT n.i, {number}, '090-' || substr({last_eight}, 5, 4) || '-' || substr({last_eight}, 9), {backwards}, 'mobile'
FROM {series}"""


def _answering(series: str, extent: Extent) -> str:
    return f"""
INSERT INTO customer_phone (id, customer_id, phone_number_id, label, is_primary, confidence)
SELECT n.i, n.i, {extent.phone_of("n.i")}, 'mobile', true, 'known' FROM {series}"""


def _answering_second(series: str, extent: Extent) -> str:
    return f"""
INSERT INTO customer_phone (id, customer_id, phone_number_id, label, is_primary, confidence)
SELECT n.i, (n.i - {extent.customers}) * 5, n.i, 'home', false, 'known' FROM {series}"""
