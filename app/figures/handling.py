"""Report: how long a call keeps an operator: talk, hold, after-call work, and all of it."""

from collections.abc import Sequence
from typing import Any

from app.figures.asked import Asked
from app.figures.report import Chart, Column, Kind, Report, Series, Shape, Table, Value
from app.figures.spread import Spread, spread
from app.words import _
from db.reports.handling import Handled, Lasted, handled


def title() -> str:
    return _("Handling time")


def report(connection: Any, asked: Asked) -> Report:
    return figures(handled(connection, asked.picked), asked)


def figures(rows: Handled, asked: Asked) -> Report:
    """Each part with its own n: not every source tells every one."""
    parts = {
        _("Talk"): _spread(rows.talk), _("Hold"): _spread(rows.hold), _("After-call work"): _spread(rows.after_call),
    }  # fmt: skip
    told = [(name, one.n, one.mean, one.median, one.p90) for name, one in parts.items()]
    whole: tuple[Value, ...] = (_("Handling time"), None, handling_time(parts.values()), None, None)
    columns = (
        Column("", Kind.TEXT), Column("n"), Column(_("Mean"), Kind.SECONDS), Column(_("Median"), Kind.SECONDS),
        Column("P90", Kind.SECONDS),
    )  # fmt: skip
    places = tuple(parts)
    return Report(
        title(),
        asked.words,
        parts[_("Talk")].n,
        _("answered incoming calls whose beginning and end are known"),
        (
            _("Talk = end − answer − hold"),
            _("Handling time = mean talk + mean hold + mean after-call work"),
            _("Median and P90 = the shortest time that half, or 90 %, do not exceed"),
        ),
        (
            _("Hold: only of calls whose source tells it; elsewhere it is part of talk."),
            _("After-call work: from the call's end until the operator finished, where both are known."),
            _("n is said for each part, since each is known of other calls."),
            asked.zone_words,
        ),
        (Table("", columns, (*told, whole)),),
        Chart(
            Shape.BARS,
            Kind.SECONDS,
            places,
            (
                Series(_("Mean"), tuple(one.mean for one in parts.values())),
                Series(_("Median"), tuple(one.median for one in parts.values())),
                Series("P90", tuple(one.p90 for one in parts.values())),
            ),
        ),
    )


def handling_time(parts: Any) -> float | None:
    """None where not even the talk is known."""
    means = [one.mean for one in parts]
    return None if means[0] is None else sum(mean for mean in means if mean is not None)


def _spread(rows: Sequence[Lasted]) -> Spread:
    return spread([(one.tenths, one.calls) for one in rows], sum(one.ms for one in rows))
