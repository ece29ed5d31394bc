"""Report: how many calls come in, by hour of the day and day of the week."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from app.figures.asked import Asked
from app.figures.clock_hours import at_wall, hours_there_were
from app.figures.report import Chart, Column, Kind, Report, Series, Shape, Table, share
from app.words import _
from db.reports.volume import QuarterCalls, calls_by_quarter

HOURS, DAYS = range(24), range(7)
Slots = dict[tuple[int, int], float]


def title() -> str:
    return _("Calls by hour and weekday")


def report(connection: Any, asked: Asked) -> Report:
    return figures(calls_by_quarter(connection, asked.picked), asked)


def figures(rows: Sequence[QuarterCalls], asked: Asked) -> Report:
    """The grid twice: the calls, and how many came in an hour of that kind."""
    calls: Counter[tuple[int, int]] = Counter()
    for quarter, n in rows:
        wall = at_wall(quarter, asked.zone)
        calls[wall.weekday(), wall.hour] += n
    hours = hours_there_were(asked.start, asked.end, asked.zone)
    shown = _shown(calls)
    return Report(
        title(),
        asked.words,
        calls.total(),
        _("incoming calls"),
        (_("Calls per hour = calls of that weekday and hour ÷ how often that hour came in the period."),),
        (
            _("A call is counted once, in the hour in which it was offered, however many telephones rang."),
            asked.zone_words,
            _("An hour that summer time skips or repeats counts as often as it came."),
            _("Hours before the first and after the last in which a call ever came are left out."),
        ),
        (
            _grid(_("Calls"), shown, dict(calls), Kind.COUNT),
            _grid(_("Calls per hour"), shown, _rates(calls, hours), Kind.DECIMAL),
        ),
        Chart(
            Shape.BARS,
            Kind.DECIMAL,
            tuple(map(_hour, shown)),
            (Series(_("Calls per hour"), tuple(_rate(calls, hours, hour) for hour in shown)),),
        ),
    )


def _shown(calls: Counter[tuple[int, int]]) -> range:
    """From the first hour of the day with a call to the last."""
    some = {hour for _day, hour in calls}
    return range(min(some), max(some) + 1) if some else HOURS


def weekdays() -> tuple[str, ...]:
    return _("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")


def _rates(calls: Counter[tuple[int, int]], hours: Slots) -> Slots:
    return {slot: calls[slot] / there for slot, there in hours.items()}


def _rate(calls: Counter[tuple[int, int]], hours: Slots, hour: int) -> float | None:
    return share(sum(calls[day, hour] for day in DAYS), sum(hours.get((day, hour), 0) for day in DAYS))


def _grid(name: str, shown: range, cells: Any, kind: Kind) -> Table:
    columns = [Column(_("Hour"), Kind.TEXT), *(Column(day, kind) for day in weekdays())]
    rows = [
        [_hour(hour), *(cells.get((day, hour), 0 if kind is Kind.COUNT else None) for day in DAYS)] for hour in shown
    ]
    if kind is Kind.COUNT:
        columns.append(Column(_("Total")))
        rows = [[*row, sum(row[1:])] for row in rows]
        rows.append([_("Total"), *(sum(row[place] for row in rows) for place in range(1, 9))])
    return Table(name, tuple(columns), tuple(map(tuple, rows)))


def _hour(hour: int) -> str:
    return f"{hour:02}–{hour + 1:02}"
