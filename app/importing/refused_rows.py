"""Writes the rows that were refused, with line, column and reason before their own cells: correct, import again."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.errors import UserError
from app.file_errors import file_words
from app.importing.because import sentence
from app.importing.cell_text import neutralised
from app.importing.files import SourceFile
from app.words import _
from db.importing.staged import Refusal

Cells = list[str]


def refused_path(path: Path) -> Path:
    """Beside the file: customers.xlsx -> customers-refused.csv."""
    return path.with_name(f"{path.stem}-refused.csv")


def write_refused(source: SourceFile, refused: Mapping[int, Refusal], path: Path) -> None:
    """`refused`: line -> why. Reads the file once more for the cells. Raises UserError."""
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file)
            rows.writerow([_("Line"), _("Column"), _("Reason"), *source.headings])
            rows.writerows(_rows(source, refused))
        beside.replace(path)
    except OSError as error:
        raise UserError(
            _("The refused rows cannot be written to {path}: {error}.").format(path=path, error=file_words(error)),
            _("Name another file."),
            "--refused",
        ) from error


def _rows(source: SourceFile, refused: Mapping[int, Refusal]) -> Iterator[Cells]:
    for chunk in source.chunks():
        for line, cells in source.rows(chunk.content):
            if (why := refused.get(line)) is not None:
                yield [str(line), why.column, sentence(why.because), *map(neutralised, map(str.strip, cells))]
