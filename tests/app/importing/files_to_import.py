"""Makes a file, reads and checks it as an import does, and gives what became of its rows."""

from datetime import date, timedelta, timezone
from pathlib import Path

from app.importing.columns import Surroundings
from app.importing.files import open_file
from app.importing.job import Checked
from app.importing.mapping import checked, recognised
from app.importing.rules import Rules
from db.kinds import ImportKind

AROUND = Surroundings(date(2026, 11, 22), zone=timezone(timedelta(hours=9)))


def checked_csv(folder: Path, kind: ImportKind, text: str, told: dict[str, str] | None = None) -> Checked:
    """All chunks of a UTF-8 file together."""
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return checked_file(path, kind, told)


def checked_file(path: Path, kind: ImportKind, told: dict[str, str] | None = None) -> Checked:
    """All chunks of a file together."""
    file = open_file(path, kind)
    rules = Rules(checked(recognised(kind, file.headings, told)), AROUND)
    parts = [rules.checked(file.rows(chunk.content)) for chunk in file.chunks()]
    return Checked(*([one for part in parts for one in part[place]] for place in range(3)))
