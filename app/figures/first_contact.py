"""Report: how many matters were done with the first call."""

from collections.abc import Sequence
from typing import Any

from app.figures.asked import Asked
from app.figures.report import FEWEST, Chart, Column, Kind, Report, Series, Shape, Table, Value, share
from app.figures.wilson import wilson
from app.words import _
from db.reports.repeats import FirstContacts, first_contacts


def title() -> str:
    return _("First-contact resolution")


def report(connection: Any, asked: Asked) -> Report:
    return figures(first_contacts(connection, asked.picked, asked.rules.repeat_days, asked.now), asked)


def figures(rows: Sequence[FirstContacts], asked: Asked) -> Report:
    """All lines together, then each."""
    n, again, too_new = (sum(column) for column in list(zip(*rows, strict=True))[1:]) if rows else (0, 0, 0)
    lines = sorted(rows, key=lambda one: one.line)
    told = [_row(_("All lines"), n, again, too_new), *(_row(one.line or "—", *one[1:]) for one in lines)]
    columns = (
        Column(_("Telephone line"), Kind.TEXT), Column(_("First contacts")), Column(_("Called again")),
        Column(_("Resolved"), Kind.SHARE), Column(_("at least"), Kind.SHARE), Column(_("at most"), Kind.SHARE),
        Column(_("Too new to tell")),
    )  # fmt: skip
    days = asked.rules.repeat_days
    shown = [row for row in told if row[3] is not None]
    return Report(
        title(),
        asked.words,
        n,
        _("first contacts that can be judged"),
        (
            _("Resolved = 1 − called again within {n} days ÷ first contacts that can be judged").format(n=days),
            _("At least, at most: Wilson's interval, 95 %"),
        ),
        (
            _("First contact: an answered call of a number that had not been spoken with for {n} days.").format(n=days),
            _("Called again: the same number rang within {n} days, answered or not, about whatever.").format(n=days),
            _("First contacts of the last {n} days are too new to tell and are in no share.").format(n=days),
            _("Nothing is shown under n = {n}.").format(n=FEWEST),
            asked.zone_words,
        ),
        (Table("", columns, tuple(told)),),
        Chart(Shape.ROWS, Kind.SHARE, tuple(str(row[0]) for row in shown), (_series(shown),)),
    )


def _row(line: str, judged: int, again: int, too_new: int) -> tuple[Value, ...]:
    low, high = (wilson(judged - again, judged) if judged >= FEWEST else None) or (None, None)
    resolved = share(judged - again, judged) if judged >= FEWEST else None
    return line, judged, again, resolved, low, high, too_new


def _series(shown: Sequence[tuple[Value, ...]]) -> Series:
    value, low, high = (tuple(float(row[place] or 0) for row in shown) for place in (3, 4, 5))
    return Series(_("Resolved"), value, low, high)
