"""Erasing as it is ordered: held back where something stands against it, done with its entry in the audit log."""

from dataclasses import replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine

from db.audit.chain import AuditEntry, append
from db.engine import reading, writing
from db.person.erase import Asked, erase
from db.person.holds import holds_on
from db.person.naming import naming_of
from db.person.whole import Person, person_of

_PAGES = 500


class Why(StrEnum):
    """What stands against it."""

    NOBODY = "nobody"
    ERASED = "erased"
    MERGED = "merged"
    HELD = "held"
    NAMED = "named"  # in the reason, which stays


class NotErased(Exception):  # noqa: N818 -- a state, not a mistake
    """`detail`: the living one's number, or why it is held."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}")
        self.why, self.detail = why, detail


def may_be_erased(connection: Any, customer_no: str) -> Person:
    """Who it is, with all that hangs on him. Raises NotErased."""
    person = person_of(connection, customer_no)
    if person is None:
        raise NotErased(Why.NOBODY)
    if person.erased_at is not None:
        raise NotErased(Why.ERASED)
    if person.merged_into:
        raise NotErased(Why.MERGED, person.merged_into)
    if holds := holds_on(connection, person):
        raise NotErased(Why.HELD, "; ".join(one.reason for one in holds))
    return person


def look_at(engine: Engine, customer_no: str, reason: str = "") -> Person:
    """The same, and nothing is done; a reason that names him is refused, since it stays. Raises NotErased."""
    with reading(engine) as connection:
        person = may_be_erased(connection, customer_no)
        if naming_of(connection, person).is_in(reason):
            raise NotErased(Why.NAMED)
        return person


def erase_person(engine: Engine, customer_no: str, asked: Asked, entry: AuditEntry) -> Person:
    """All of it or nothing, with its entry; `overwrite` is for when all are done.

    Raises NotErased, DatabaseUnavailable.
    """
    with writing(engine) as connection:
        person = may_be_erased(connection, customer_no)
        erase(connection, person, asked)
        append(connection, replace(entry, record=str(person.ids[0])))
    return person


def overwrite(engine: Engine) -> None:
    """In a file: what was erased is in no page of it and not in its log. A server does that when it vacuums.

    The search's index keeps what it was told to forget until its parts are made one; in small steps, between which
    desks write.
    """
    if engine.dialect.name != "sqlite":
        return
    for index in ("customer_fts", "note_fts"):
        pages = -_PAGES  # the first step says that all parts are to become one
        while _is_more(engine, f"INSERT INTO {index} ({index}, rank) VALUES ('merge', {pages})"):  # noqa: S608 -- ours
            pages = _PAGES
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # where somebody reads, soon after


def _is_more(engine: Engine, step: str) -> bool:
    """As FTS5 tells it: a step that changes fewer than two rows had nothing to do."""
    with writing(engine) as connection:
        driver: Any = connection.connection.driver_connection
        before = driver.total_changes
        connection.exec_driver_sql(step)
        changed: int = driver.total_changes - before
    return changed > 1
