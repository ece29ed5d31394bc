"""A million calls with their legs, candidates, contacts and notes, for the call log; by SQL, as bench/big_customers.py.

Two calls in five come from customers; a few lines and operators have nearly all of them, as everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine

from bench.big_complaints import complaints
from bench.big_customers import Tell
from bench.job import Job
from bench.search_people import People, fill_people
from bench.spelling import Spelling, spelling_of
from db.demo.words import OPERATORS
from db.engine import writing
from db.keys import count_on
from db.models import metadata
from db.search_slices import slice_token
from db.search_tokens import note_tokens

_CHUNK = 100_000
_EVERY = 3  # of a million customers so many fewer
SAID = (
    "配送の日時を変更したいとのこと。再配達は明日の午前中をご希望。",
    "注文番号の確認。請求書を再発行してお送りする。",
    "羽毛布団の返品について。未開封、来週に集荷を手配。",
    "支払い方法の変更。口座振替の用紙を郵送した。",
    "商品の色が違うとのご指摘。写真をメールでいただく。",
    "在庫の問い合わせ。入荷は来月上旬とご案内。",
    "The parcel arrived late, called the carrier.",
    "枕カバーの洗濯方法についてご質問、取扱説明をお伝えした。",
)
RARELY_SAID = "金木犀の香りが気になるとのこと。"


@dataclass(frozen=True, slots=True)
class Log:
    """How many calls there are; each has a note."""

    calls: int

    @property
    def name(self) -> str:
        """Tells it from others."""
        return f"log_{self.calls}"

    @property
    def complaints(self) -> int:
        """One of five calls is one, which is many."""
        return self.calls // 5

    @property
    def people(self) -> People:
        """Whose calls they are, and others."""
        return People(max(1_000, self.calls // _EVERY))


def fill_log(engine: Engine, log: Log, tell: Tell) -> None:
    """Fill the engine's migrated and empty database; `tell` hears how far it is. Minutes where it is big."""
    fill_people(engine, log.people, tell)
    with writing(engine) as connection:
        driver: Any = connection.connection.driver_connection
        for job in _jobs(log, spelling_of(engine.dialect)):
            tell(job.told)
            driver.execute(job.statement)
        for job in complaints(log.complaints, log.people.customers, spelling_of(engine.dialect)):
            tell(job.told)
            driver.execute(job.statement)
        _index_notes(connection, log, tell)
        for table in metadata.sorted_tables:
            count_on(connection, table)
        driver.execute("ANALYZE")
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        is_server = engine.dialect.name == "postgresql"
        driver.execute("VACUUM (ANALYZE)" if is_server else "PRAGMA wal_checkpoint(TRUNCATE)")


def _jobs(log: Log, spelling: Spelling) -> Iterator[Job]:
    rows = ", ".join(f"({key}, '{login}', '{name}')" for key, (login, name, _) in enumerate(OPERATORS, start=1))
    yield Job("operators", f"INSERT INTO operator (id, login, name) VALUES {rows}")
    for first in range(1, log.calls + 1, _CHUNK):
        series = spelling.series(first, min(first + _CHUNK - 1, log.calls))
        told = f"to {first + _CHUNK:,}"
        yield Job(f"calls {told}", _calls(series, log, spelling))
        yield Job(f"who was shown {told}", _candidates(series, log, spelling))
        yield Job(f"legs {told}", _legs(series, log, spelling))
        yield Job(f"contacts {told}", _contacts(series, log, spelling))
        yield Job(f"notes {told}", _notes(series, log, spelling))
        yield Job(f"their text {told}", _revisions(series, log, spelling))


def _at(log: Log, spelling: Spelling, later: str = "0") -> str:
    """The calls of five years, the newest an hour before noon; `later` in seconds."""
    return spelling.hours_ago(f"1 + ({log.calls} - n.i) * 43800.0 / {log.calls} - ({later}) / 3600.0")


def _calls(series: str, log: Log, spelling: Spelling) -> str:
    talked = "n.i * 7919 % 900 + 5"
    is_answered = "n.i * 31 % 100 < 84"
    return f"""
INSERT INTO call (id, source, source_id, direction, number, e164, withheld, dialled, line, offered_at, answered_at,
                  ended_at, end_cause, outcome, operator_id, customer_id, queue)
SELECT {spelling.key("n.i")}, 'bench', 'b' || n.i, CASE WHEN n.i % 9 = 0 THEN 'out' ELSE 'in' END,
       CASE WHEN n.i * 13 % 50 > 0 THEN '0' || (312000000 + n.i * 61543 % 300000) END,
       CASE WHEN n.i * 13 % 50 > 0 THEN 81312000000 + n.i * 61543 % 300000 END,
       CASE WHEN n.i * 13 % 50 = 0 THEN CASE n.i % 997 WHEN 0 THEN 'service_conflict' ELSE 'anonymous' END END,
       '0312345678', CASE WHEN n.i % 5000 = 0 THEN 'test' WHEN n.i % 7 < 4 THEN '本店' WHEN n.i % 7 < 6 THEN '採用'
       ELSE 'support' END, {_at(log, spelling)},
       CASE WHEN {is_answered} THEN {_at(log, spelling, "n.i * 17 % 60 + 2")} END,
       {_at(log, spelling, f"n.i * 17 % 60 + 2 + CASE WHEN {is_answered} THEN {talked} ELSE 0 END")},
       CASE WHEN {is_answered} THEN 'hung_up' ELSE 'cancelled' END,
       CASE WHEN {is_answered} THEN 'answered' ELSE 'missed' END,
       CASE WHEN {is_answered} THEN CASE WHEN n.i % 4999 = 0 THEN 1 ELSE 2 + n.i % {len(OPERATORS) - 1} END END,
       CASE WHEN n.i % 5 < 2 AND n.i * 13 % 50 > 0 THEN 1 + n.i * 104729 % {log.people.customers} END,
       CASE WHEN n.i % 10 = 0 THEN 'sales' END
FROM {series}"""


def _candidates(series: str, log: Log, spelling: Spelling) -> str:
    """Whose call it is; of every tenth another first, and of every fifth two."""
    of = log.people.customers
    return f"""
INSERT INTO call_candidate (call_id, rank, customer_id, reason, is_chosen)
SELECT c.id, r.i, CASE WHEN r.i = 1 AND n.i % 10 > 0 THEN c.customer_id ELSE 1 + (c.customer_id + n.i) % {of} END,
       'exact', r.i = 1
FROM {series} JOIN call c ON c.id = {spelling.key("n.i")} JOIN (SELECT 1 AS i UNION ALL SELECT 2) r
  ON r.i = 1 OR n.i % 5 = 0 WHERE c.customer_id IS NOT NULL"""


def _legs(series: str, log: Log, spelling: Spelling) -> str:
    return f"""
INSERT INTO call_leg (id, call_id, who, offered_at, outcome)
SELECT {spelling.key("n.i")}, {spelling.key("n.i")}, '20' || (n.i % 9), {_at(log, spelling)}, 'answered'
FROM {series}"""


def _contacts(series: str, log: Log, spelling: Spelling) -> str:
    return f"""
INSERT INTO interaction (id, customer_id, call_id, channel, direction, kind, subject, excerpt, handler_id,
                         disposition_id, started_at)
SELECT c.id, c.customer_id, c.id, 'phone', c.direction, 'inquiry', '問い合わせ', '', c.operator_id,
       (SELECT min(id) FROM disposition) + CASE WHEN n.i % 9973 = 0 THEN 20 ELSE n.i % 7 END, c.offered_at
FROM {series} JOIN call c ON c.id = {spelling.key("n.i")} WHERE c.outcome = 'answered'"""


def _notes(series: str, log: Log, spelling: Spelling) -> str:
    return f"""
INSERT INTO note (id, call_id, customer_id, kind, operator_id, created_at)
SELECT c.id, c.id, c.customer_id, 'body', c.operator_id, c.offered_at
FROM {series} JOIN call c ON c.id = {spelling.key("n.i")}"""


def _revisions(series: str, log: Log, spelling: Spelling) -> str:
    said = " ".join(f"WHEN {place} THEN '{text}'" for place, text in enumerate(SAID))
    return f"""
INSERT INTO note_revision (id, note_id, number, text, operator_id, at)
SELECT {spelling.key("n.i")}, {spelling.key("n.i")}, 1,
       CASE WHEN n.i % 40009 = 0 THEN '{RARELY_SAID}' ELSE CASE n.i * 7919 % {len(SAID)} {said} END END
       || '伝票 ' || (1000000 + n.i * 31 % 9000000), NULL, {_at(log, spelling)} FROM {series}"""


def _index_notes(connection: Connection, log: Log, tell: Tell) -> None:
    """What notes are found by, all at once: one by one a million takes half an hour."""
    driver: Any = connection.connection.driver_connection
    is_file = connection.dialect.name == "sqlite"
    for first in range(1, log.calls + 1, _CHUNK):
        tell(f"what notes say, to {first + _CHUNK:,}")
        last = min(first + _CHUNK, log.calls + 1)
        keys = [f"{number:032x}" for number in range(first, last)]
        mark = "?" if is_file else "%s"
        between = f"SELECT note_id, text FROM note_revision WHERE note_id BETWEEN {mark} AND {mark} ORDER BY note_id"
        rows = driver.execute(between, (keys[0], keys[-1])).fetchall()
        tokens = [(number, key, note_tokens(text)) for number, (key, text) in enumerate(rows, start=first)]
        if is_file:
            driver.executemany("INSERT INTO note_search VALUES (?, ?, 1, NULL)", [one[:2] for one in tokens])
            driver.executemany(
                "INSERT INTO note_fts (rowid, tokens) VALUES (?, ?)", [(one[0], one[2]) for one in tokens]
            )
            continue
        with driver.cursor() as cursor, cursor.copy("COPY note_search FROM STDIN") as copy:
            for number, key, told in tokens:
                copy.write_row((number, key, 1, f"{told} {slice_token(number)}"))
