"""Report: what came of the contacts."""

from collections.abc import Sequence
from typing import Any

from app.figures.asked import Asked
from app.figures.report import FEWEST, Chart, Column, Kind, Report, Series, Shape, Table, share
from app.figures.wilson import wilson
from app.words import _, language
from db.reports.work import Outcome, outcomes

_MOST_DRAWN = 12


def title() -> str:
    return _("Dispositions")


def report(connection: Any, asked: Asked) -> Report:
    return figures(outcomes(connection, asked.picked), asked)


def figures(rows: Sequence[Outcome], asked: Asked) -> Report:
    """The most frequent first."""
    n = sum(one.contacts for one in rows)
    ordered = sorted(rows, key=lambda one: (-one.contacts, one.code))
    columns = (
        Column(_("Disposition"), Kind.TEXT), Column(_("Code"), Kind.TEXT), Column(_("Contacts")),
        Column(_("Share"), Kind.SHARE), Column(_("at least"), Kind.SHARE), Column(_("at most"), Kind.SHARE),
    )  # fmt: skip
    told = [(_label(one), one.code, one.contacts, *_shares(one.contacts, n)) for one in ordered]
    drawn = told[:_MOST_DRAWN]
    shares = [_shares(one.contacts, n) for one in ordered[:_MOST_DRAWN]]
    series = Series(_("Share"), *(tuple(one[place] for one in shares) for place in range(3)))
    return Report(
        title(),
        asked.words,
        n,
        _("contacts by telephone, in and out"),
        (_("Share = contacts with the disposition ÷ all contacts"), _("At least, at most: Wilson's interval, 95 %")),
        (
            _("A contact is what an operator finished; its day is that of its call."),
            _("Without one: finished without choosing a disposition."),
            _("Shares are not shown under n = {n}.").format(n=FEWEST),
            asked.zone_words,
        ),
        (Table("", columns, tuple(told)),),
        Chart(Shape.ROWS, Kind.SHARE, tuple(str(row[0]) for row in drawn), (series,)),
    )


def _label(one: Outcome) -> str:
    if not one.code:
        return _("without one")
    return one.label_ja if language() == "ja" else one.label_en


def _shares(part: int, n: int) -> tuple[float | None, float | None, float | None]:
    interval = wilson(part, n) if n >= FEWEST else None
    return (None, None, None) if interval is None else (share(part, n), *interval)
