"""What SQLite and PostgreSQL write differently where the benchmarks fill them: each gives a piece of SQL."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

RUNG_AT = datetime(2026, 11, 21, 3, tzinfo=UTC)
"""What the histories are dated back from."""
_NOON = f"{RUNG_AT:%Y-%m-%d %H:%M:%S}"


@dataclass(frozen=True, slots=True)
class Spelling:
    """`series(first, last)` is a FROM item n with a column i; the others make a time or a key from a number."""

    series: Callable[[int, int], str]
    hours_ago: Callable[[str], str]
    key: Callable[[str], str]
    indexes: str  # of a table named by {table}: name, what makes it anew; those of constraints left out
    before: tuple[str, ...]
    before_history: tuple[str, ...]
    after: tuple[str, ...]


def _sqlite_series(first: int, last: int) -> str:
    return f"(WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) SELECT i FROM n) n"


SQLITE = Spelling(
    _sqlite_series,
    lambda hours: f"(datetime('{_NOON}', '-' || ({hours}) || ' hours') || '.000000+00:00')",
    lambda number: f"printf('%032x', {number})",
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = '{table}'",
    ("PRAGMA foreign_keys = OFF", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF",
     "PRAGMA cache_size = -400000"),
    (),
    ("PRAGMA journal_mode = WAL",),
)  # fmt: skip
POSTGRES = Spelling(
    lambda first, last: f"generate_series({first}::bigint, {last}::bigint) n(i)",
    lambda hours: f"(timestamptz '{_NOON}+00' - ({hours}) * interval '1 hour')",
    lambda number: f"lpad(to_hex(({number})::bigint), 32, '0')::uuid",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = '{table}'"
    " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
    ("SET session_replication_role = replica", "SET maintenance_work_mem = '512MB'", "SET jit = off"),
    ("SET session_replication_role = origin",),  # triggers keep the totals
    ("VACUUM (ANALYZE)",),
)


def spelling_of(dialect: Any) -> Spelling:
    """That of the engine's dialect."""
    return POSTGRES if dialect.name == "postgresql" else SQLITE
