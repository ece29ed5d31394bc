"""Report: how far the team uses the program: notes per answered call, and the rest of a wrap-up."""

from typing import Any

from app.figures.asked import Asked
from app.figures.report import FEWEST, Chart, Column, Kind, Report, Series, Shape, Table, share
from app.words import _
from db.reports.work import Used, used


def title() -> str:
    return _("Use of the program")


def report(connection: Any, asked: Asked) -> Report:
    return figures(used(connection, asked.picked), asked)


def figures(one: Used, asked: Asked) -> Report:
    """Each feature as a share of the answered calls."""
    features = {
        _("Note written"): one.noted,
        _("Word for the next handler"): one.handed_over,
        _("Disposition chosen"): one.coded,
        _("Attached to a customer"): one.attached,
        _("Follow-up promised"): one.promised,
    }
    n = one.answered
    shares = {name: share(calls, n) if n >= FEWEST else None for name, calls in features.items()}
    columns = (Column(_("Feature"), Kind.TEXT), Column(_("Calls")), Column(_("Of answered calls"), Kind.SHARE))
    return Report(
        title(),
        asked.words,
        n,
        _("answered incoming calls"),
        (_("Share = answered calls with it ÷ answered calls"),),
        (
            _("A call counts once, however many notes or follow-ups it has."),
            _("Shares are not shown under n = {n}.").format(n=FEWEST),
            asked.zone_words,
        ),
        (Table("", columns, tuple((name, calls, shares[name]) for name, calls in features.items())),),
        Chart(Shape.ROWS, Kind.SHARE, tuple(features), (Series(_("Of answered calls"), tuple(shares.values())),)),
    )
