"""A million customers to search: surnames as often as in Japan, and one of a single character that every fifth has.

By SQL alone, as bench/big_customers.py; what they are found by is the program's own work.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from bench.big_customers import Tell
from bench.job import Job
from bench.spelling import RUNG_AT, spelling_of
from db.demo.words import COMPANIES, GIVEN, SURNAMES
from db.engine import writing
from db.keys import count_on
from db.models import metadata
from db.search_index import index_everything

COMMON, RARE = ("東", "ヒガシ"), ("李", "リ")
_SHARES = 1000  # every surname has some of them
_COMMON_SHARES, _RARE_SHARES = 200, 2
_MIXED, _MIXED_GIVEN, _MIXED_NUMBER = 7919, 104_729, 61_543  # primes: who has which name follows no order


@dataclass(frozen=True, slots=True)
class People:
    """How many there are."""

    customers: int

    @property
    def name(self) -> str:
        """Tells it from others."""
        return f"search_{self.customers}"


def fill_people(engine: Engine, people: People, tell: Tell) -> None:
    """Fill the engine's migrated and empty database; `tell` hears how far it is. Minutes where it is big."""
    with writing(engine) as connection:
        for job in _jobs(spelling_of(engine.dialect).series(1, people.customers)):
            tell(job.told)
            connection.exec_driver_sql(job.statement.replace("%", "%%") if _is_server(engine) else job.statement)
        tell("what they are found by")
        connection.exec_driver_sql("ANALYZE")
        for table in metadata.sorted_tables:
            count_on(connection, table)
        index_everything(connection)
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("VACUUM (ANALYZE)" if _is_server(engine) else "PRAGMA wal_checkpoint(TRUNCATE)")


def _is_server(engine: Engine) -> bool:
    return engine.dialect.name == "postgresql"


def _jobs(series: str) -> Iterator[Job]:
    for table, words in (("bench_surname", _surnames()), ("bench_given", GIVEN), ("bench_company", COMPANIES)):
        yield Job(table, f"CREATE TEMP TABLE {table} (place INTEGER PRIMARY KEY, name TEXT, reading TEXT)")
        rows = ", ".join(f"({place}, '{name}', '{reading}')" for place, (name, reading) in enumerate(words))
        yield Job(table, f"INSERT INTO {table} VALUES {rows}")
    yield Job("customers", _customers(series))
    yield Job("numbers", _numbers(series))
    yield Job(
        "who answers there",
        "INSERT INTO customer_phone (id, customer_id, phone_number_id, label, is_primary, confidence)"
        f" SELECT n.i, n.i, n.i, 'mobile', true, 'known' FROM {series}",
    )


def _surnames() -> list[tuple[str, str]]:
    """As many shares as each has: the list begins with Japan's most frequent, which has about 15 in 1,000."""
    shares = [COMMON] * _COMMON_SHARES + [RARE] * _RARE_SHARES
    left = _SHARES - len(shares)
    weights = [1 / (6 + rank) for rank in range(len(SURNAMES))]
    for name, weight in zip(SURNAMES, weights, strict=True):
        shares += [name] * round(left * weight / sum(weights))
    return (shares + [SURNAMES[0]] * _SHARES)[:_SHARES]


def _customers(series: str) -> str:
    return f"""
INSERT INTO customer (id, customer_no, kind, name, reading, company, lifecycle_stage, language, created_at)
SELECT n.i, 'C-' || (100000000 + n.i), 'person', s.name || ' ' || g.name, s.reading || ' ' || g.reading,
       CASE n.i % 10 WHEN 0 THEN c.name WHEN 5 THEN c.name || n.i % 3000 END, 'active', 'ja',
       '{RUNG_AT:%Y-%m-%d %H:%M:%S}.000000+00:00'
FROM {series} JOIN bench_surname s ON s.place = n.i * {_MIXED} % {_SHARES}
JOIN bench_given g ON g.place = n.i * {_MIXED_GIVEN} / {_SHARES} % {len(GIVEN)}
JOIN bench_company c ON c.place = n.i % {len(COMPANIES)}"""


def _numbers(series: str) -> str:
    """Two exchanges of cities and three of mobiles."""
    number = f"""CASE n.i % 5 WHEN 0 THEN 81300000000 WHEN 1 THEN 81600000000 WHEN 2 THEN 817000000000
              WHEN 3 THEN 818000000000 ELSE 819000000000 END + n.i * {_MIXED_NUMBER} % 100000000"""
    return f"""
INSERT INTO phone_number (id, e164, raw, kind)
SELECT m.i, m.number, '0' || substr(CAST(m.number AS TEXT), 3), 'unknown'
FROM (SELECT n.i, {number} AS number FROM {series}) m"""
