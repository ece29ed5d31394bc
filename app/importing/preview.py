"""How a file would be taken, from its first rows: for the page on which a supervisor sets the columns right."""

from dataclasses import dataclass

from app.errors import UserError
from app.importing.columns import Surroundings
from app.importing.files import described
from app.importing.mapping import checked
from app.importing.opened import Opened
from app.importing.rules import Rules
from db.importing.staged import Refusal, Staged

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """`lacks` says in one line why it can't be imported like this, "" if it can; then there are no rows.

    `cells` are the file's own, with their lines; `rows` what would become of them; `looked_at` rows were checked.
    """

    described: str
    headings: tuple[str, ...]
    fields: tuple[str, ...]
    cells: tuple[tuple[int, list[str]], ...] = ()
    rows: tuple[Staged, ...] = ()
    looked_at: int = 0
    refusals: tuple[Refusal, ...] = ()
    odd: tuple[Refusal, ...] = ()
    lacks: str = ""


def preview(file: Opened, around: Surroundings) -> Preview:
    """Look at the first chunk, some thousand rows. Raises UserError if the file can't be read."""
    told = described(file.source), file.mapping.headings, file.mapping.fields
    chunk = next(iter(file.source.chunks()), None)
    cells = file.source.rows(chunk.content) if chunk else []
    try:
        rules = Rules(checked(file.mapping), around)
    except UserError as error:
        return Preview(*told, tuple(cells[:MOST_SHOWN]), lacks=str(error))
    found = rules.checked(cells)
    shown = tuple(found.rows[:MOST_SHOWN])
    return Preview(*told, tuple(cells[:MOST_SHOWN]), shown, len(cells), tuple(found.refusals), tuple(found.odd))
