"""Report: how long complaints take until they are resolved; those that are open yet are reckoned in, not dropped."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from app.figures.asked import Asked
from app.figures.report import FEWEST, Chart, Column, Kind, Report, Series, Shape, Table, Value
from app.figures.survival import Step, still_open, time_until
from app.words import _
from db.reports.complaints import Course, courses

_DAY = timedelta(days=1)
_MOST_PLACES = 60
_End = tuple[float, bool]
"""How many days it took, and whether it was resolved then."""


def title() -> str:
    return _("Time until complaints are resolved")


def report(connection: Any, asked: Asked) -> Report:
    return figures(courses(connection, asked.picked), asked)


def figures(rows: Sequence[Course], asked: Asked) -> Report:
    """All, then each severity."""
    by_severity: defaultdict[int, list[_End]] = defaultdict(list)
    for one in rows:
        by_severity[one.severity].append(_end(one, asked))
    ends = [end for some in by_severity.values() for end in some]
    groups = {_("Severity {n}").format(n=severity): by_severity[severity] for severity in sorted(by_severity)}
    steps = still_open(ends)
    columns = (
        Column("", Kind.TEXT), Column("n"), Column(_("Still open")), Column(_("Median"), Kind.DAYS),
        Column("P90", Kind.DAYS), Column(_("Longest known"), Kind.DAYS),
    )  # fmt: skip
    told = _row(_("All"), ends, steps), *(_row(name, some, still_open(some)) for name, some in groups.items())
    return Report(
        title(),
        asked.words,
        len(rows),
        _("complaints received in the period"),
        (
            _("Share still open after t days = product over all days d ≤ t of (1 − resolved at d ÷ open until d) "
              "(Kaplan and Meier)"),
            _("Median and P90 = the first t at which half, or 90 %, are resolved"),
        ),
        (
            _("From received to resolved, the last time if it was opened again."),
            _("A complaint that is open counts as open for as long as it has been: leaving it out would flatter."),
            _("No median or P90 stands where so many were not resolved yet, or under n = {n}.").format(n=FEWEST),
            asked.zone_words,
        ),
        (Table("", columns, told),),
        _chart(steps) if len(ends) >= FEWEST else None,
    )  # fmt: skip


def _end(one: Course, asked: Asked) -> _End:
    """Days, and whether it was resolved then."""
    until = one.resolved_at if one.resolved_at is not None else asked.now
    return (max(until, one.received_at) - one.received_at) / _DAY, one.resolved_at is not None


def _row(name: str, ends: Sequence[_End], steps: Sequence[Step]) -> tuple[Value, ...]:
    still = sum(not is_done for _days, is_done in ends)
    if len(ends) < FEWEST:
        return name, len(ends), still, None, None, None
    return name, len(ends), still, time_until(steps, 0.5), time_until(steps, 0.9), max(days for days, _done in ends)


def _chart(steps: Sequence[Step]) -> Chart:
    """As many days as it takes, at most so many places."""
    last = max(1.0, steps[-1].at)
    width = max(1, -(-int(last) // _MOST_PLACES))
    days = range(0, int(last) + 1 + width, width)
    left = tuple(next(step.left for step in reversed(steps) if step.at <= day) for day in days)
    return Chart(Shape.STEPS, Kind.SHARE, tuple(map(str, days)), (Series(_("Still open, by days"), left),))
