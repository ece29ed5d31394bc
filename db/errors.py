"""Why the records can't be used right now, as bare facts; `app` makes the sentence."""

import sqlite3
from enum import StrEnum


class Trouble(StrEnum):
    """What stands between us and the database."""

    NO_FOLDER = "no_folder"
    READ_ONLY = "read_only"
    LOCKED = "locked"
    DISK_FULL = "disk_full"
    NOT_A_DATABASE = "not_a_database"  # damaged, or another program's file
    TOO_NEW = "too_new"  # written by a later Omote
    NOT_SUPPORTED = "not_supported"  # this kind of database URL
    IO_ERROR = "io_error"


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


def unavailable(error: BaseException | None) -> DatabaseUnavailable | None:
    """What SQLite's error means for the user; None if it is a bug of ours (a constraint, bad SQL) and must surface."""
    code = getattr(error, "sqlite_errorcode", None)
    trouble = _TROUBLES.get(code & 0xFF) if isinstance(code, int) else None
    return DatabaseUnavailable(trouble, str(error)) if trouble else None
