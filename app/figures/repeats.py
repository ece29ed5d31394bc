"""Report: how many calls and callers come again within some days."""

from collections.abc import Sequence
from typing import Any

from app.figures.asked import Asked
from app.figures.report import Chart, Column, Kind, Report, Series, Shape, Table, Value, share
from app.figures.wilson import wilson
from app.words import _, ngettext
from db.reports.limits import LONGEST_DAYS
from db.reports.repeats import Again, Repeats, repeats

_WITHIN = (1, 3, 7, 14, LONGEST_DAYS)


def title() -> str:
    return _("Repeat callers")


def report(connection: Any, asked: Asked) -> Report:
    return figures(repeats(connection, asked.picked), asked)


def figures(rows: Repeats, asked: Asked) -> Report:
    """A row for each while, the house's own among them."""
    calls, callers = (sum(one.calls for one in some) for some in (rows.calls, rows.by_caller))
    within = sorted({*_WITHIN, asked.rules.repeat_days})
    columns = (
        Column(_("Within"), Kind.TEXT), Column(_("Repeat calls")), Column(_("Of all calls"), Kind.SHARE),
        Column(_("at least"), Kind.SHARE), Column(_("at most"), Kind.SHARE), Column(_("Callers again")),
        Column(_("Of all callers"), Kind.SHARE),
    )  # fmt: skip
    told = [_row(days, repeated(rows.calls, days), calls, repeated(rows.by_caller, days), callers) for days in within]
    shares = [share(repeated(rows.calls, days), calls) for days in within]
    return Report(
        title(),
        asked.words,
        calls,
        _("incoming calls with a number, of {callers} callers").format(callers=f"{callers:,}"),
        (
            _("Repeat calls = calls of a number that had called within so many days before"),
            _("At least, at most: Wilson's interval, 95 %"),
        ),
        (
            _("A day is 24 hours from call to call. Calls before the period count as earlier ones."),
            _("A caller is a telephone number: two people at one telephone are one, one person with two is two."),
            ngettext(
                "{n} call without a number is left out.", "{n} calls without a number are left out.", rows.unnumbered
            ).format(n=f"{rows.unnumbered:,}"),
            asked.zone_words,
        ),
        (Table("", columns, tuple(told)),),
        Chart(Shape.BARS, Kind.SHARE, tuple(map(_days, within)), (Series(_("Repeat calls"), tuple(shares)),)),
    )


def repeated(rows: Sequence[Again], days: int) -> int:
    """Of those that came within so many days."""
    return sum(one.calls for one in rows if one.days is not None and one.days < days)


def _row(days: int, again: int, calls: int, callers_again: int, callers: int) -> tuple[Value, ...]:
    low, high = wilson(again, calls) or (None, None)
    return _days(days), again, share(again, calls), low, high, callers_again, share(callers_again, callers)


def _days(n: int) -> str:
    return ngettext("{n} day", "{n} days", n).format(n=n)
