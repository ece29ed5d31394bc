"""A connection that stands ready for rings: taking one out of the pool each time costs as much as three questions."""

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from db.engine import driver_errors, said_plainly
from db.prepared import direct

Result = TypeVar("Result")


class StandingReader:
    """Reads through one connection of the engine; a dead one is given up, and the next reader gets another."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._lock = Lock()  # one thread at a time

    def read(self, job: Callable[[Connection], Result]) -> Result:
        """What the job finds; what it asks an embedded database is of one moment. Raises DatabaseUnavailable."""
        with said_plainly(), self._lock:
            return self._read(job)

    def close(self) -> None:
        """Give the connection back; the next `read` takes another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _read(self, job: Callable[[Connection], Result]) -> Result:
        connection = self._ready()
        driver = direct(connection).driver
        try:
            if connection.dialect.name == "sqlite":
                driver.execute("BEGIN")  # of a server a ring is a single statement: this would be two trips more
            try:
                return job(connection)
            finally:
                _end(connection, driver)
        except driver_errors():
            if getattr(driver, "closed", False):
                self._drop(connection)
            raise

    def _ready(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
            if self._connection.dialect.name != "sqlite":
                _make_ready(direct(self._connection).driver)
        return self._connection

    def _drop(self, connection: Connection) -> None:
        connection.invalidate()
        connection.close()
        self._connection = None


def _end(connection: Connection, driver: Any) -> None:
    if connection.in_transaction():  # SQLAlchemy believes so where it was asked something itself
        connection.rollback()
    elif connection.dialect.name == "sqlite":
        driver.execute("COMMIT")


def _make_ready(driver: Any) -> None:
    """A server plans a ring's question once, when it is warmed up, and not for each ring.

    Such a plan is for the customer of average history, of whom all rows are quickly collected and sorted: it is told to
    take the newest from the index, or a history of 100,000 is read whole (17 ms).
    """
    driver.prepare_threshold = 0
    for setting in READY:
        driver.execute(f"SET {setting}")


READY = (
    "plan_cache_mode = force_generic_plan", "jit = off", "enable_bitmapscan = off", "timezone = 'UTC'",
)  # fmt: skip
