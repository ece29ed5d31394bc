"""One person's data as a file for another program: every row that is kept, without the keys of those who wrote it."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.file_errors import file_words
from app.stored_values import as_json
from app.words import _
from db.person.whole import Person, told_of

FORM = "omote-person-1"


@dataclass(frozen=True, slots=True)
class PersonCopy:
    """How many rows it holds."""

    rows: int


def write_copy(connection: Any, person: Person, path: Path, at: datetime) -> PersonCopy:
    """A new file that its owner alone can read. Raises UserError where it can't be written."""
    tables = {name: [_plain(row) for row in rows] for name, rows in told_of(connection, person)}
    told = {"form": FORM, "customer_no": person.customer_no, "made_at": at.isoformat(), "tables": tables}
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False, indent=1)
    except OSError as error:
        raise UserError(
            _("{path} cannot be written: {error}.").format(path=path, error=file_words(error)),
            _("Close it in other programs, or name another file."),
        ) from error
    return PersonCopy(sum(len(rows) for rows in tables.values()))


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: as_json(value) for name, value in row.items() if value is not None}
