"""Who dealt with this customer before: the last, the most frequent, whoever has an open complaint, then the others."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.pop import CustomerFacts
from app.prior_handlers import PriorHandler, Standing, prior_handler, prior_handlers
from app.words import _, ngettext
from ui import wording
from ui.panels.row_story import Story
from ui.panels.rows_panel import RowsPanel
from ui.rows import Cell, Column, Tone


class Handlers(RowsPanel):
    """Prior handlers."""

    key = "handlers"
    is_paged = True

    def name(self) -> str:
        return _("Handlers")

    def title(self, facts: CustomerFacts) -> str:
        return _("Handlers {n}").format(n=len(prior_handlers(facts)))

    def columns(self) -> Sequence[Column]:
        return (Column(_("Handler"), 124), Column(_("Last contact")), Column(_("Open complaints"), 124))

    def empty(self) -> str:
        return _("Nobody has dealt with this customer yet.")

    def records_of(self, facts: CustomerFacts, now: datetime) -> Sequence[Any]:
        return prior_handlers(facts)

    def record_of(self, told: Any) -> Any:
        return prior_handler(told)

    def last_of(self, records: Sequence[Any]) -> Any:
        met = [one.contact for one in records if one.contact is not None]
        return min(met, key=lambda one: (one.last_at, -one.operator_id))

    def key_of(self, record: Any) -> object:
        return record.name

    def row(self, record: Any, now: datetime) -> Sequence[Cell]:
        return handler_row(record, now)

    def story(self, record: Any, now: datetime, more: Any) -> Story:
        cells = handler_row(record, now)[:2]
        theirs = _("Open complaints: {numbers}").format(numbers=_numbers(record)) if record.complaints else ""
        return Story(
            record.name, [*(("", "\n".join(filter(None, (one.text, one.second)))) for one in cells), ("", theirs)]
        )


def handler_row(one: PriorHandler, now: datetime) -> Sequence[Cell]:
    """A handler as the panel and the card's foot show him."""
    theirs = _numbers(one)
    if one.contact is None:
        last = Cell("—", _standing(one), Tone.QUIET)
    else:
        when = f"{wording.days_ago(one.contact.last_at, now)} {one.contact.last_subject}"
        last = Cell(when, _standing(one))
    count = one.contact.count if one.contact is not None else 0
    times = ngettext("{n} contact", "{n} contacts", count).format(n=count)
    return (
        Cell(one.name, times, is_strong=True),
        last,
        Cell(f"▲ {theirs}" if theirs else "—", tone=Tone.BAD if theirs else Tone.QUIET),
    )


def _numbers(one: PriorHandler) -> str:
    return ", ".join(f"#{no}" for no in one.complaints)


def _standing(one: PriorHandler) -> str:
    """Why he stands first, in words."""
    words = {
        Standing.LAST: _("the last one"),
        Standing.MOST: _("most contacts"),
        Standing.COMPLAINT: _("has the open complaint"),
    }
    return " · ".join(words[why] for why in one.standings)
