"""Values of the records as the JSON of `merge_log.moved` keeps them, and back."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Date, Uuid

from db.columns import UtcDateTime

Plain = str | int | bool | float | None


def plain(value: Any) -> Plain:
    """Dates and times become ISO text (times in UTC), keys of desks their text, words theirs."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def typed(column: Column[Any], value: Plain) -> Any:
    """What `plain` was made from, as the column takes it."""
    if not isinstance(value, str):
        return value
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return UUID(value) if isinstance(column.type, Uuid) else value
