"""Every contact over all channels on one timeline, newest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.pop import CustomerFacts, InteractionFact
from app.words import _, language
from ui import wording
from ui.panels.rows_panel import RowsPanel
from ui.rows import Cell, Column


class History(RowsPanel):
    """Interactions."""

    key = "history"

    def title(self, facts: CustomerFacts) -> str:
        return _("History {n}").format(n=facts.interaction_count)

    def columns(self) -> Sequence[Column]:
        return (Column(_("When"), 108), Column(_("About")), Column(_("Result"), 132), Column(_("Handler"), 104))

    def empty(self) -> str:
        return _("No contact so far. This call will be the first one here.")

    def records(self, facts: CustomerFacts, now: datetime) -> Sequence[Any]:
        return facts.interactions

    def key_of(self, record: Any) -> object:
        return record.key

    def row(self, record: Any, now: datetime) -> Sequence[Cell]:
        return _row(record)


def _row(one: InteractionFact) -> Sequence[Cell]:
    subject = one.subject or wording.interaction_kind(one.kind)
    result = one.disposition_ja if language() == "ja" else one.disposition_en
    return (
        Cell(wording.day(one.at), wording.clock_time(one.at)),
        Cell(subject, one.excerpt.replace("\n", " ")),
        Cell(result or "—", wording.channel(one.channel, one.direction)),
        Cell(one.handler or "—"),
    )
