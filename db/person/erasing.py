"""Erasing as it is ordered: held back where something stands against it, done with its entry in the audit log."""

from dataclasses import replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine

from db.audit.chain import AuditEntry, append
from db.engine import reading, writing
from db.person.erase import Asked, erase
from db.person.holds import holds_on
from db.person.whole import Person, person_of


class Why(StrEnum):
    """What stands against it."""

    NOBODY = "nobody"
    ERASED = "erased"
    MERGED = "merged"
    HELD = "held"


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


def look_at(engine: Engine, customer_no: str) -> Person:
    """The same, and nothing is done. Raises NotErased."""
    with reading(engine) as connection:
        return may_be_erased(connection, customer_no)


def erase_person(engine: Engine, customer_no: str, asked: Asked, entry: AuditEntry) -> Person:
    """All of it or nothing, with its entry. Raises NotErased, DatabaseUnavailable."""
    _overwrite_what_is_deleted(engine)
    with writing(engine) as connection:
        person = may_be_erased(connection, customer_no)
        erase(connection, person, asked)
        append(connection, replace(entry, record=str(person.ids[0])))
    _empty_log(engine)
    return person


def _overwrite_what_is_deleted(engine: Engine) -> None:
    """In a file, for the connection that the pool gives back next; a server overwrites when it vacuums."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA secure_delete = ON")


def _empty_log(engine: Engine) -> None:
    """What was there before is in the write-ahead log, until it is emptied; where somebody reads, soon after."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
