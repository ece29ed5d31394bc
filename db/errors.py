"""Why the records can't be used right now, as bare facts; `app` makes the sentence."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum


class Trouble(StrEnum):
    """What stands between us and the database."""

    NO_FOLDER = "no_folder"
    READ_ONLY = "read_only"
    LOCKED = "locked"
    DISK_FULL = "disk_full"
    NOT_A_DATABASE = "not_a_database"  # damaged, or another program's file
    TOO_NEW = "too_new"  # written by a later Omote
    TOO_OLD = "too_old"  # a server's schema is an earlier Omote's, or none: its administrator upgrades it
    NOT_SUPPORTED = "not_supported"  # this kind of database URL
    IO_ERROR = "io_error"
    UNREACHABLE = "unreachable"  # no way to the server, or it has hung up
    REFUSED = "refused"  # the server does not accept name or password
    NO_DATABASE = "no_database"  # the server knows no database of that name
    NOT_ALLOWED = "not_allowed"  # this user may not do that there
    TOO_MANY = "too_many"  # the server has no connection left
    TLS = "tls"  # the connection is not as safe as the settings ask for


MAY_COME_BACK = frozenset({Trouble.UNREACHABLE, Trouble.TOO_MANY, Trouble.LOCKED})
"""What a start need not wait for: it mends itself, and a desk can work without."""


class DatabaseUnavailable(Exception):  # noqa: N818 -- the house's name for it: not a mistake, a state
    """Say so, keep working, retry. `reason` is for the program, `detail` the bare fact behind it (a path, a code)."""

    def __init__(self, reason: Trouble, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


_TROUBLES = {
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_FULL: Trouble.DISK_FULL,
    sqlite3.SQLITE_CANTOPEN: Trouble.NO_FOLDER,
    sqlite3.SQLITE_NOTADB: Trouble.NOT_A_DATABASE,
    sqlite3.SQLITE_CORRUPT: Trouble.NOT_A_DATABASE,
    sqlite3.SQLITE_IOERR: Trouble.IO_ERROR,
}


_STATES = {  # PostgreSQL's codes by their beginning, the longest first
    "53100": Trouble.DISK_FULL,
    "53300": Trouble.TOO_MANY,
    "25006": Trouble.READ_ONLY,
    "3D000": Trouble.NO_DATABASE,
    "42501": Trouble.NOT_ALLOWED,
    "55P03": Trouble.LOCKED,  # lock_timeout
    "57014": Trouble.LOCKED,  # statement_timeout
    "40": Trouble.LOCKED,  # deadlock, serialization
    "57P": Trouble.UNREACHABLE,  # shut down, or starting up
    "08": Trouble.UNREACHABLE,
    "28": Trouble.REFUSED,
    "58": Trouble.IO_ERROR,
}


_GREETINGS = {  # who is turned away at the door is told in words alone, in the server's language, not by a code
    Trouble.NO_DATABASE: re.compile('database ".*" does not exist|データベース.*存在しません'),
    Trouble.REFUSED: re.compile(
        'password authentication failed|no password supplied|pg_hba.conf|role ".*" does not exist'
        "|認証に失敗|ロール.*存在しません"
    ),
    Trouble.TOO_MANY: re.compile("too many (clients|connections)|remaining connection slots|数が多すぎ|接続枠"),
    Trouble.TLS: re.compile("SSL|sslmode|certificate"),
}


def unavailable(error: BaseException | None) -> DatabaseUnavailable | None:
    """What a driver's error means to people; None if it is a bug of ours (a constraint, bad SQL) and must surface."""
    code = getattr(error, "sqlite_errorcode", None)
    trouble = _TROUBLES.get(code & 0xFF) if isinstance(code, int) else _of_server(error)
    return DatabaseUnavailable(trouble, str(error).strip()) if trouble else None


@contextmanager
def sqlite_said_plainly() -> Iterator[None]:
    """SQLite's errors as DatabaseUnavailable; bugs of ours stay what they are."""
    try:
        yield
    except sqlite3.Error as error:
        plain = unavailable(error)
        if plain is None:
            raise
        raise plain from error


def _of_server(error: BaseException | None) -> Trouble | None:
    """psycopg's error: without a code there was no server to give one."""
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return next((trouble for start, trouble in _STATES.items() if state.startswith(start)), None)
    kinds = {kind.__name__ for kind in type(error).__mro__ if kind.__module__.startswith("psycopg")}
    if not kinds & {"OperationalError", "InterfaceError"}:
        return None
    return next((one for one, words in _GREETINGS.items() if words.search(str(error))), Trouble.UNREACHABLE)
