"""The column types and names that every table uses: aware UTC times, words with a named CHECK, growing keys."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Uuid,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BigKey = BigInteger().with_variant(Integer, "sqlite")  # SQLite grows a key by itself only if it is declared INTEGER

CODE = String(64).with_variant(String(64, collation="C"), "postgresql")
"""What people type the beginning of. In byte order on PostgreSQL too, so that a range finds it."""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in, aware UTC out. SQLite would drop the zone, so there it is ISO text that ends in +00:00."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String(32) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone")
        utc = value.astimezone(UTC)
        return utc.isoformat(" ", "microseconds") if dialect.name == "sqlite" else utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """Bare functions, not process_result_value behind two wrappers: a card has fifty times."""
        return _from_text if dialect.name == "sqlite" else _in_utc


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def _in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


def words(kinds: type[StrEnum], name: str) -> Enum:
    """A column of one of `kinds`, kept as its text under a CHECK named after the table and `name`."""
    return Enum(
        kinds,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


def grown_key() -> Column[int]:
    """A key that the database counts up."""
    return Column("id", BigKey, primary_key=True)


def made_key() -> Column[Any]:
    """A key that the desk makes (UUIDv7), so that writing the same thing twice adds nothing."""
    return Column("id", Uuid(), primary_key=True)


def refers(name: str, target: str, *, required: bool = False) -> Column[Any]:
    """A foreign key to the `id` of `target` that the database counts up."""
    return Column(name, BigKey, ForeignKey(f"{target}.id"), nullable=not required)


def where_known(name: str, column: str) -> Index:
    """An index over the few rows that have the `column`: without it every deletion would search the whole table."""
    known = text(f"{column} IS NOT NULL")
    return Index(name, column, sqlite_where=known, postgresql_where=known)


def refers_made(name: str, target: str, *, required: bool = False) -> Column[Any]:
    """A foreign key to the `id` of `target` that a desk made."""
    return Column(name, Uuid(), ForeignKey(f"{target}.id"), nullable=not required)


def version() -> Column[int]:
    """Counts the changes of a record, so that the second of two editors is told."""
    return Column("version_id", Integer, nullable=False, server_default="1")
