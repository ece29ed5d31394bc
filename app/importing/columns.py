"""The rows of a chunk column by column: C loops over a column cost a tenth of Python code per cell.

A cell that can't be read refuses its row (the first reason counts), the others go on.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, tzinfo
from typing import NamedTuple, TypeVar

from app.importing.because import Because, Odd
from app.importing.cell_text import is_formula, needs_a_look, says_nothing, unwrapped
from app.importing.cell_words import plain_word
from app.importing.mapping import Mapping as FileMapping
from db.importing.staged import Refusal

Value = TypeVar("Value")
Texts = list[str | None]
_SHOWN = 64
_LONGEST_WORD = 1000  # of a cell that has to be understood


class Surroundings(NamedTuple):
    """What the file does not say itself. `zone` None: times are this PC's. `today` bounds birth dates.

    `outside_prefix` is what the house dials before outside numbers; some people type it, too.
    """

    today: date
    region: str = "JP"
    currency: str = "JPY"
    zone: tzinfo | None = None
    outside_prefix: str = ""


class Columns:
    """`lines` are the file's; `cells` has one sequence per column."""

    def __init__(self, mapping: FileMapping, lines: Sequence[int], cells: Sequence[Sequence[str]]) -> None:
        self._mapping = mapping
        self.lines = lines
        self._cells = cells
        self.refused: dict[int, Refusal] = {}
        self.odd: list[Refusal] = []

    def has(self, field: str) -> bool:
        """Whether the file has this column."""
        return field in self._mapping.fields

    def texts(self, field: str, longest: int) -> Texts:
        """One line each, None where the cell is empty or there is no such column."""
        for texts in self.all_texts(field, longest):
            return list(map(_in_one_line, texts)) if _has_line_ends(texts) else texts
        return [None] * len(self.lines)

    def long_texts(self, field: str, longest: int, mark: str) -> Texts:
        """What all columns of this field say, one behind the other; cells may hold several lines."""
        columns = self.all_texts(field, longest)
        if len(columns) <= 1:
            return columns[0] if columns else [None] * len(self.lines)
        return [mark.join(filter(None, cells)) or None for cells in zip(*columns, strict=True)]

    def all_texts(self, field: str, longest: int) -> list[Texts]:
        """The columns that are this field."""
        return [texts for _place, texts in self.places_and_texts(field, longest)]

    def places_and_texts(self, field: str, longest: int) -> list[tuple[int, Texts]]:
        """The same with their places in the file."""
        return [(place, self._texts(place, longest)) for place in self._mapping.columns(field)]

    def needed(self, field: str, longest: int) -> list[str]:
        """As `texts`; rows without it are refused."""
        return [text or "" for text in self.present(field, self.texts(field, longest))]

    def present(self, field: str, values: list[Value]) -> list[Value]:
        """The same values; where one is None its row is refused."""
        if None in values:
            for at, value in enumerate(values):
                if value is None:
                    self.refuse(at, field, Because.MISSING, "")
        return values

    def read(self, field: str, read: Callable[[str], Value], because: Because, absent: Value) -> list[Value]:
        """Each cell as `read` understands it (ValueError: refused), `absent` where it is empty."""
        if not self.has(field):
            return [absent] * len(self.lines)
        values: list[Value] = []
        for at, text in enumerate(self.texts(field, _LONGEST_WORD)):
            try:
                values.append(absent if text is None else read(text))
            except ValueError:
                values.append(absent)
                if text and not says_nothing(text):
                    self.refuse(at, field, because, text)
        return values

    def words(self, field: str, known: Mapping[str, str], absent: str | None) -> Texts:
        """Each cell as one of the records' words."""
        if not self.has(field):
            return [absent] * len(self.lines)
        column = self.texts(field, _LONGEST_WORD)
        by_cell = {text: known.get(plain_word(text)) if text else absent for text in set(column)}
        if None in by_cell.values():
            for at, text in enumerate(column):
                if text and by_cell[text] is None and not says_nothing(text):
                    self.refuse(at, field, Because.UNKNOWN_WORD, text)
        return [by_cell[text] or absent for text in column]

    def refuse(self, at: int, field: str, because: Because, value: str) -> None:
        """The row does not count any more; its first reason stays."""
        self.refused.setdefault(at, Refusal(self.lines[at], self.heading(field), because, value[:_SHOWN]))

    def mark_odd(self, at: int, field: str, odd: Odd, value: str) -> None:
        """Tell a person about it, and go on."""
        self.odd.append(Refusal(self.lines[at], self.heading(field), odd, value[:_SHOWN]))

    def heading(self, field: str) -> str:
        """What the file calls this field; the field's own name if it has none of it."""
        places = self._mapping.columns(field)
        return (self._mapping.headings[places[0]] or field) if places else field

    def good(self, rows: Iterable[Value]) -> list[Value]:
        """The rows that nothing was found against."""
        if not self.refused:
            return list(rows)
        return [row for at, row in enumerate(rows) if at not in self.refused]

    def _texts(self, place: int, longest: int) -> list[str | None]:
        cells = self._cells[place]
        whole = "".join(cells)  # a look at all of them at once: most columns need no second one
        texts = list(map(str.strip, cells))
        if "\r" in whole:
            texts = [one.replace("\r\n", "\n").replace("\r", "\n") for one in texts]
        if needs_a_look(whole):
            texts = self._looked_at(place, texts)
        if max(map(len, texts), default=0) > longest:
            self._refuse_longer(place, texts, longest)
        return [text or None for text in texts]

    def _looked_at(self, place: int, texts: list[str]) -> list[str]:
        for at, text in enumerate(texts):
            if is_formula(text):
                self._refuse_cell(at, place, Because.FORMULA, text)
        return list(map(unwrapped, texts))

    def _refuse_longer(self, place: int, texts: list[str], longest: int) -> None:
        for at, text in enumerate(texts):
            if len(text) > longest:
                self._refuse_cell(at, place, Because.TOO_LONG, text)

    def _refuse_cell(self, at: int, place: int, because: Because, value: str) -> None:
        heading = self._mapping.headings[place] or self._mapping.fields[place]
        self.refused.setdefault(at, Refusal(self.lines[at], heading, because, value[:_SHOWN]))


def _has_line_ends(texts: Iterable[str | None]) -> bool:
    return "\n" in "".join(filter(None, texts))


def _in_one_line(text: str | None) -> str | None:
    return " ".join(text.split()) if text and "\n" in text else text
