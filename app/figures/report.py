"""What every report is made of. Values are bare numbers with their kind; the page and the files write them out."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

Value = str | int | float | None
"""None: there is no such figure, or too little to show one."""
FEWEST = 5
"""Groups of fewer are not shown: chance alone, and perhaps one person."""


class Kind(StrEnum):
    """What a number in a column is."""

    TEXT = "text"
    DAY = "day"  # YYYY-MM-DD, or a month of it
    COUNT = "count"
    SHARE = "share"  # of 1
    SECONDS = "seconds"
    DAYS = "days"
    DECIMAL = "decimal"

    @property
    def is_figure(self) -> bool:
        """Stands at the right."""
        return self not in {Kind.TEXT, Kind.DAY}


class Column(NamedTuple):
    """Its heading, and what stands below."""

    title: str
    kind: Kind = Kind.COUNT


@dataclass(frozen=True, slots=True)
class Table:
    """`title` may be "" where the report has one table."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


class Shape(StrEnum):
    """How a chart is drawn."""

    BARS = "bars"
    ROWS = "rows"  # bars that lie, for places with long names
    LINES = "lines"
    STEPS = "steps"


@dataclass(frozen=True, slots=True)
class Series:
    """One value for each place, None for a gap; `low` and `high` bound them where chance is reckoned."""

    name: str
    values: tuple[float | None, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """`places` name what lies along the bottom."""

    shape: Shape
    kind: Kind
    places: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """`counted` says what `n` are."""

    title: str
    period: str
    n: int
    counted: str
    formulas: tuple[str, ...]
    definitions: tuple[str, ...]
    tables: tuple[Table, ...]
    chart: Chart | None = None


def share(part: float, whole: float) -> float | None:
    """None of nothing."""
    return part / whole if whole else None
