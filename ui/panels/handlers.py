"""Who dealt with this customer before: the last one first, with open complaints that are theirs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.pop import CustomerFacts, HandlerFact
from app.words import _, ngettext
from ui import wording
from ui.panels.rows_panel import RowsPanel
from ui.rows import Cell, Column, Tone


class Handlers(RowsPanel):
    """Prior handlers."""

    key = "handlers"

    def title(self, facts: CustomerFacts) -> str:
        return _("Handlers {n}").format(n=len(facts.handlers))

    def columns(self) -> Sequence[Column]:
        return (Column(_("Handler"), 200), Column(_("Last contact")), Column(_("Open complaints"), 130))

    def empty(self) -> str:
        return _("Nobody has dealt with this customer yet.")

    def records(self, facts: CustomerFacts, now: datetime) -> Sequence[Any]:
        return facts.handlers

    def key_of(self, record: Any) -> object:
        return record.operator_id

    def row(self, record: Any, now: datetime) -> Sequence[Cell]:
        return handler_row(record, now)


def handler_row(one: HandlerFact, now: datetime) -> Sequence[Cell]:
    """A handler as the panel and the card's foot show him."""
    times = ngettext("{n} contact", "{n} contacts", one.count).format(n=one.count)
    theirs = ", ".join(f"#{no}" for no in one.complaints)
    return (
        Cell(one.name, times, is_strong=True),
        Cell(f"{wording.days_ago(one.last_at, now)} {one.last_subject}"),
        Cell(f"▲ {theirs}" if theirs else "—", tone=Tone.BAD if theirs else Tone.QUIET),
    )
