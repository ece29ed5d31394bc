"""Nothing leaves the records as a file without an entry in the audit log, there before the first row is read."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from app.clock import utc_now
from db.audit.chain import AuditAction, AuditEntry, append
from db.engine import writing
from db.errors import DatabaseUnavailable
from db.uuid7 import uuid7_within

log = logging.getLogger(__name__)


class Counted(Protocol):
    """What came of an export."""

    @property
    def rows(self) -> int: ...


Done = TypeVar("Done", bound=Counted)


def audited(engine: Any, begun: AuditEntry, export: Callable[[], Done]) -> Done:
    """Write the entry, then export, then write how many rows it was.

    Raises DatabaseUnavailable where the entry can't be written: then nothing is exported. An export without its second
    entry was cut off, or its database went away at the end: how much of it was written nobody knows.
    """
    with writing(engine) as connection:
        append(connection, begun)
    done = export()
    ended = replace(
        begun, id=uuid7_within(begun.id, "ended"), at=utc_now(), action=AuditAction.EXPORT_ENDED,
        details=f'{{"begun": "{begun.id}", "rows": {done.rows}}}',
    )  # fmt: skip
    try:
        with writing(engine) as connection:
            append(connection, ended)
    except DatabaseUnavailable as error:
        log.warning("an export was written; that it ended is not in the audit log: %s", error)
    return done
