"""Report: how often the pop knew who was calling, and how often it turned out to be somebody else."""

from typing import Any

from app.figures.asked import Asked
from app.figures.report import FEWEST, Chart, Column, Kind, Report, Series, Shape, Table, Value
from app.figures.wilson import wilson
from app.words import _
from db.reports.work import Recognised, recognised


def title() -> str:
    return _("Who is calling: how often it was known")


def report(connection: Any, asked: Asked) -> Report:
    return figures(recognised(connection, asked.picked), asked)


def figures(one: Recognised, asked: Asked) -> Report:
    """Four kinds that make the whole, and of the first two how many were another."""
    n, shown = one.known + one.several + one.unknown + one.withheld, one.known + one.several
    told = [
        _row(_("Known: one customer was shown"), one.known, n),
        _row(_("Several were shown"), one.several, n),
        _row(_("Unknown number"), one.unknown, n),
        _row(_("Number withheld"), one.withheld, n),
        _row(_("Re-assigned later, of those shown"), one.reassigned, shown),
    ]
    columns = (
        Column("", Kind.TEXT), Column(_("Calls")), Column(_("Out of")), Column(_("Share"), Kind.SHARE),
        Column(_("at least"), Kind.SHARE), Column(_("at most"), Kind.SHARE),
    )  # fmt: skip
    shares = tuple(tuple(row[place] for row in told) for place in (3, 4, 5))
    series = Series(_("Share"), *(tuple(None if x is None else float(x) for x in column) for column in shares))
    return Report(
        title(),
        asked.words,
        n,
        _("incoming calls"),
        (
            _("Share = calls of the kind ÷ all incoming calls"),
            _("Re-assigned later = calls whose customer now was not among those shown ÷ calls with somebody shown"),
            _("At least, at most: Wilson's interval, 95 %"),
        ),
        (
            _("Shown: whom the card offered when it rang, with whatever reason."),
            _("A call without a number counts as withheld, whoever was chosen later."),
            _("Shares are not shown under n = {n}.").format(n=FEWEST),
            asked.zone_words,
        ),
        (Table("", columns, tuple(told)),),
        Chart(Shape.ROWS, Kind.SHARE, tuple(str(row[0]) for row in told), (series,)),
    )


def _row(name: str, part: int, whole: int) -> tuple[Value, ...]:
    interval = wilson(part, whole) if whole >= FEWEST else None
    if interval is None:
        return name, part, whole, None, None, None
    return name, part, whole, part / whole, *interval
