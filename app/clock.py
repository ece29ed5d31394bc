"""Time and new ids, passed in wherever they are needed so that tests need not wait."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from db.uuid7 import uuid7


def utc_now() -> datetime:
    """Aware UTC."""
    return datetime.now(UTC)


def new_id() -> UUID:
    """A fresh UUIDv7: rows made at an offline desk sort by time and never collide."""
    return uuid7(utc_now(), secrets.randbits)


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` for records (aware UTC), `monotonic_ns` for stamps, `new_id` for rows."""

    now: Callable[[], datetime] = utc_now
    monotonic_ns: Callable[[], int] = time.monotonic_ns
    new_id: Callable[[], UUID] = new_id
