"""Report: answered and abandoned calls, service level by its three usual formulas, speed of answer."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from app.figures.asked import Asked
from app.figures.clock_hours import at_wall
from app.figures.report import FEWEST, Chart, Column, Kind, Report, Series, Shape, Table, Value, share
from app.figures.rules import Rules, ServiceLevel
from app.figures.spread import Spread, spread
from app.words import _
from db.reports.answering import Bounds, QuarterAnswers, Waited, answers_by_quarter, waits

_MOST_DAYS = 62  # more are told by month
_YEAR, _MONTH = len("2026-"), len("2026-11")


def title() -> str:
    return _("Answered calls and service level")


def report(connection: Any, asked: Asked) -> Report:
    bounds = Bounds(asked.rules.in_time_seconds * 1000, asked.rules.short_seconds * 1000)
    return figures(answers_by_quarter(connection, asked.picked_by_day, bounds), waits(connection, asked.picked), asked)


def figures(rows: Sequence[QuarterAnswers], waited: Sequence[Waited], asked: Asked) -> Report:
    """All callers together, and day by day."""
    days = _by_day(rows, asked)
    whole = _sum(list(days.values()))
    times = spread(waited, whole.waited_ms)
    level = service_level_words(asked.rules.service_level)
    return Report(
        title(),
        asked.words,
        whole.answered + whole.abandoned + whole.short,
        _("incoming calls that are over or were answered"),
        _formulas(asked.rules),
        _definitions(asked),
        (_table(whole, times), _day_table(days, asked.rules)),
        Chart(
            Shape.LINES,
            Kind.SHARE,
            tuple(day[_YEAR:] if len(day) > _MONTH else day for day in days),
            (Series(level, tuple(_level_of(one, asked.rules) for one in days.values())),),
        ),
    )


def service_level(one: QuarterAnswers, which: ServiceLevel) -> float | None:
    """Of the calls whose moment of answering is known, and the abandoned ones that were not short."""
    offered = one.timed + one.abandoned
    match which:
        case ServiceLevel.AGAINST:
            return share(one.in_time, offered)
        case ServiceLevel.LEFT_OUT:
            return share(one.in_time, offered - one.abandoned_in_time)
        case ServiceLevel.FOR:
            return share(one.in_time + one.abandoned_in_time, offered)


def service_level_words(which: ServiceLevel) -> str:
    return {
        ServiceLevel.AGAINST: _("Service level, abandoned count against it"),
        ServiceLevel.LEFT_OUT: _("Service level, abandoned in time left out"),
        ServiceLevel.FOR: _("Service level, abandoned in time count for it"),
    }[which]


def _sum(rows: Sequence[QuarterAnswers]) -> QuarterAnswers:
    return QuarterAnswers(0, *(sum(column) for column in list(zip(*rows, strict=True))[1:])) if rows else _NOTHING


_NOTHING = QuarterAnswers(0, 0, 0, 0, 0, 0, 0, 0)


def _by_day(rows: Sequence[QuarterAnswers], asked: Asked) -> dict[str, QuarterAnswers]:
    """By month where there would be too many days."""
    is_long = (asked.last - asked.first).days >= _MOST_DAYS
    found: defaultdict[str, list[QuarterAnswers]] = defaultdict(list)
    for one in rows:
        day: date = at_wall(one.quarter, asked.zone).date()
        found[f"{day:%Y-%m}" if is_long else day.isoformat()].append(one)
    return {day: _sum(found[day]) for day in sorted(found)}


def _table(one: QuarterAnswers, times: Spread) -> Table:
    """A row of its own columns: a column of several kinds could not be typed in a sheet."""
    columns = (
        Column(_("Answered")), Column(_("Abandoned")), Column(_("Short")),
        Column(_("Abandoned, share"), Kind.SHARE),
        *(Column(service_level_words(which), Kind.SHARE) for which in ServiceLevel),
        Column(_("Speed of answer, mean"), Kind.SECONDS), Column(_("Speed of answer, median"), Kind.SECONDS),
        Column(_("Speed of answer, P90"), Kind.SECONDS),
    )  # fmt: skip
    row = (
        one.answered, one.abandoned, one.short, share(one.abandoned, one.answered + one.abandoned),
        *(service_level(one, which) for which in ServiceLevel), times.mean, times.median, times.p90,
    )  # fmt: skip
    return Table(_("The whole period"), columns, (row,))


def _day_table(days: dict[str, QuarterAnswers], rules: Rules) -> Table:
    columns = (
        Column(_("Day"), Kind.DAY), Column(_("Answered")), Column(_("Abandoned")), Column(_("Short")),
        Column(_("Abandoned, share"), Kind.SHARE), Column(_("Service level"), Kind.SHARE),
        Column(_("Speed, mean"), Kind.SECONDS),
    )  # fmt: skip
    return Table(_("Day by day"), columns, tuple(_day_row(day, one, rules) for day, one in days.items()))


def _day_row(day: str, one: QuarterAnswers, rules: Rules) -> tuple[Value, ...]:
    mean = share(one.waited_ms / 1000, one.timed) if one.timed >= FEWEST else None
    over = one.answered + one.abandoned
    gave_up = share(one.abandoned, over) if over >= FEWEST else None
    return day, one.answered, one.abandoned, one.short, gave_up, _level_of(one, rules), mean


def _level_of(one: QuarterAnswers, rules: Rules) -> float | None:
    """Of a day on which enough called."""
    return service_level(one, rules.service_level) if one.timed + one.abandoned >= FEWEST else None


def service_level_formula(which: ServiceLevel, t: int) -> str:
    """As it is printed; `t` seconds are in time."""
    return {
        ServiceLevel.AGAINST: _(
            "Service level, abandoned count against it = answered within {t} s ÷ (answered + abandoned)"
        ),
        ServiceLevel.LEFT_OUT: _(
            "Service level, abandoned in time left out = answered within {t} s ÷ (answered + abandoned − abandoned "
            "within {t} s)"
        ),
        ServiceLevel.FOR: _(
            "Service level, abandoned in time count for it = (answered within {t} s + abandoned within {t} s) ÷ "
            "(answered + abandoned)"
        ),
    }[which].format(t=t)


def _formulas(rules: Rules) -> tuple[str, ...]:
    return (
        _("Abandoned, share = abandoned ÷ (answered + abandoned)"),
        *(service_level_formula(which, rules.in_time_seconds) for which in ServiceLevel),
        _("Speed of answer: mean = all waits of answered calls ÷ their number; median and P90 = the shortest wait that "
          "half, or 90 %, of them do not exceed"),
    )  # fmt: skip


def _definitions(asked: Asked) -> tuple[str, ...]:
    return (
        _("Answered: somebody of the team took the call. Abandoned: it ended and nobody had."),
        _("Short: abandoned in less than {s} s, a wrong number perhaps. Counted apart, and in no share.").format(
            s=asked.rules.short_seconds
        ),
        _("The wait begins when the caller came into the queue where the source tells that, else when it first rang."),
        _("Calls whose moment of answering no source told count as answered, but not in service level and speed."),
        _("Median and P90 are cut to a tenth of a second."),
        _("Of a day, no share and no mean is shown under n = {n}.").format(n=FEWEST),
        asked.zone_words,
    )
