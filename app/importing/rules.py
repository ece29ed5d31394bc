"""From the rows of a file to what can be staged: pure, and picklable, so that workers can do it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.importing.because import Because
from app.importing.cell_text import cleaned
from app.importing.columns import Columns, Surroundings
from app.importing.customer_rows import customers
from app.importing.history_rows import complaints, interactions, purchases
from app.importing.job import Checked
from app.importing.mapping import Mapping
from db.importing.staged import Refusal
from db.kinds import ImportKind

Row = tuple[int, list[str]]
_SHOWN = 64


@dataclass(frozen=True, slots=True)
class Rules:
    """How the rows of one file become records."""

    mapping: Mapping
    around: Surroundings

    def checked(self, rows: Sequence[Row]) -> Checked:
        """What can be staged, what is refused and what is odd; rows whose cells are all empty are no rows."""
        whole, ragged = _of_one_width(rows, len(self.mapping.headings))
        if not whole:
            return Checked([], ragged)
        lines, cells = zip(*whole, strict=True)
        columns = Columns(self.mapping, lines, list(zip(*cells, strict=True)))
        staged = columns.good(_ROWS[self.mapping.kind](columns, self.around))
        refused = [one for at, one in sorted(columns.refused.items()) if any(map(str.strip, cells[at]))]
        gone = {one.row for one in refused}
        return Checked(staged, sorted([*ragged, *refused]), [one for one in columns.odd if one.row not in gone])


def cleaned_rows(rows: Iterable[Row]) -> list[Row]:
    """For readers that do not clean their text as a whole."""
    return [(line, list(map(cleaned, cells))) for line, cells in rows]


_ROWS: dict[ImportKind, Callable[[Columns, Surroundings], Iterable[Any]]] = {
    ImportKind.CUSTOMERS: customers,
    ImportKind.PURCHASES: purchases,
    ImportKind.COMPLAINTS: complaints,
    ImportKind.INTERACTIONS: interactions,
}


def _of_one_width(rows: Sequence[Row], width: int) -> tuple[Sequence[Row], list[Refusal]]:
    """Surplus cells may be empty; any other difference means that cells stand in wrong columns."""
    if all(len(cells) == width for _line, cells in rows):
        return rows, []
    whole, ragged = [], []
    for line, cells in rows:
        if len(cells) >= width and not any(map(str.strip, cells[width:])):
            whole.append((line, cells[:width]))
        elif not cells:
            ragged.append(Refusal(line, "", Because.UNREADABLE, ""))
        elif any(map(str.strip, cells)):
            ragged.append(Refusal(line, f"{len(cells)}/{width}", Because.RAGGED, ",".join(cells)[:_SHOWN]))
    return whole, ragged
