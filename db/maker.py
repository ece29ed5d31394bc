"""Which version of the program gave the records their schema: an older one that meets them can say so.

SQLite keeps it as `user_version`, 1.2.3 as 1002003; PostgreSQL as the comment of alembic_version.
"""

import re

from sqlalchemy import Connection, text

_VERSION = re.compile(r"(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3}))?")


def sign(connection: Connection, program: str) -> None:
    """In the transaction that makes the schema. What is no version is not noted."""
    if (found := _VERSION.match(program)) is None:
        return
    major, minor, patch = (int(part or 0) for part in found.groups())
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {(major * 1000 + minor) * 1000 + patch}")
    else:
        connection.exec_driver_sql(f"COMMENT ON TABLE alembic_version IS '{major}.{minor}.{patch}'")


def of(connection: Connection) -> str:
    """The version; "" where nobody noted it."""
    if connection.dialect.name == "sqlite":
        number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        return f"{number // 1_000_000}.{number // 1000 % 1000}.{number % 1000}" if number else ""
    told = connection.execute(text("SELECT obj_description('alembic_version'::regclass)")).scalar_one()
    return told if isinstance(told, str) and _VERSION.fullmatch(told) else ""
