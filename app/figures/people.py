"""Report, for supervisors alone: what each operator dealt with. No average, and no order by it, under n = 30."""

from collections.abc import Sequence
from typing import Any

from app.figures.asked import Asked
from app.figures.report import Chart, Column, Kind, Report, Series, Shape, Table, Value
from app.words import _
from db.reports.work import Person, people

FEWEST_RANKED = 30


def title() -> str:
    return _("Operators")


def report(connection: Any, asked: Asked) -> Report:
    return figures(people(connection, asked.picked), asked)


def figures(rows: Sequence[Person], asked: Asked) -> Report:
    """Those with enough calls by how many they answered, then the others by name."""
    enough = sorted((one for one in rows if one.answered >= FEWEST_RANKED), key=lambda one: (-one.answered, one.name))
    others = sorted((one for one in rows if one.answered < FEWEST_RANKED), key=lambda one: one.name)
    columns = (
        Column(_("Operator"), Kind.TEXT), Column(_("Answered")), Column(_("Talk, mean"), Kind.SECONDS),
        Column(_("n of talk")), Column(_("After-call, mean"), Kind.SECONDS), Column(_("n of after-call")),
    )  # fmt: skip
    return Report(
        title(),
        asked.words,
        sum(one.answered for one in rows),
        _("answered incoming calls that an operator finished"),
        (_("Mean = all of it ÷ the number of calls of which it is known"),),
        (
            _("A call counts for the operator who finished it."),
            _("Under n = {n} no mean is shown and nobody is ranked: chance would decide.").format(n=FEWEST_RANKED),
            _("Calls differ by line, hour and matter: the figures say what was done, not how well."),
            asked.zone_words,
        ),
        (Table("", columns, tuple(map(_row, [*enough, *others]))),),
        _chart(enough),
    )


def _row(one: Person) -> tuple[Value, ...]:
    talk, work = _mean(one.talk_ms, one.talked), _mean(one.after_call_ms, one.worked)
    return one.name, one.answered, talk, one.talked, work, one.worked


def _mean(ms: int, n: int) -> float | None:
    return ms / n / 1000 if n >= FEWEST_RANKED else None


def _chart(enough: Sequence[Person]) -> Chart | None:
    if not enough:
        return None
    answered = tuple(float(one.answered) for one in enough)
    return Chart(Shape.ROWS, Kind.COUNT, tuple(one.name for one in enough), (Series(_("Answered"), answered),))
