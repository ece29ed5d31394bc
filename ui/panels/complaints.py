"""What went wrong before: open complaints first, with their handler and where they stand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtGui import QResizeEvent

from app.further_rows import StepTold
from app.pop import ComplaintFact, CustomerFacts
from app.words import _
from ui import wording
from ui.complaint_steps import ComplaintSteps, event_words
from ui.panels.row_story import Story
from ui.panels.rows_panel import RowsPanel
from ui.rows import Cell, Column, Tone
from ui.theme import Tokens


class Complaints(RowsPanel):
    """Complaints with their lifecycle."""

    key = "complaints"
    is_paged = True

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(tokens)
        self._is_filling = False
        self.steps = ComplaintSteps()
        self.column.addWidget(self.steps)
        self.view.selectionModel().currentRowChanged.connect(lambda _now, _before: self._selected())
        self.turned.connect(lambda _is_open: self._selected())

    def fill(self, facts: CustomerFacts, now: datetime) -> None:
        self._is_filling = True  # the rows go and come again: the selected one stays
        super().fill(facts, now)
        self._is_filling = False
        self._selected()

    def take_over(self, before: RowsPanel) -> None:
        if isinstance(before, Complaints):
            self.steps.take_over(before.steps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.steps.make_room(event.size().height())
        self.view.horizontalHeader().setHidden(self.steps.is_tiny and not self.steps.isHidden())

    def _selected(self) -> None:
        if not self._is_filling:
            key = None if self.has_open_row else self.view.current_key()
            self._show(next((one for one in self.records if one.complaint_no == key), None))

    def _show(self, one: ComplaintFact | None) -> None:
        self.steps.show_complaint(one)
        self.view.horizontalHeader().setHidden(self.steps.is_tiny and one is not None)

    def name(self) -> str:
        return _("Complaints")

    def title(self, facts: CustomerFacts) -> str:
        return _("Complaints {n}").format(n=facts.complaint_count)

    def columns(self) -> Sequence[Column]:
        return (Column(_("Received"), 96), Column(_("Complaint")), Column(_("State"), 124), Column(_("Handler"), 92))

    def empty(self) -> str:
        return _("No complaints. A complaint that is received appears here with its handler.")

    def records_of(self, facts: CustomerFacts, now: datetime) -> Sequence[Any]:
        return facts.complaints

    def key_of(self, record: Any) -> object:
        return record.complaint_no

    def row(self, record: Any, now: datetime) -> Sequence[Cell]:
        return _row(record)

    def has_more_to_tell(self, record: Any) -> bool:
        return True

    def story(self, record: Any, now: datetime, more: Any) -> Story:
        return complaint_story(record, more or ())


def complaint_story(one: ComplaintFact, steps: Sequence[StepTold]) -> Story:
    """All that is known of a complaint; its particulars stand first."""
    chapters = (
        ("", _particulars(one)),
        (_("What the customer said"), one.text),
        (_("Resolution"), one.resolution),
        (_("What happened"), "\n".join(map(event_words, steps))),
    )
    return Story(f"#{one.complaint_no} {one.category}", chapters)


def _particulars(one: ComplaintFact) -> str:
    told = [wording.complaint_state(one.state), _("severity {level}").format(level=one.severity)]
    told.append(_("received {when}").format(when=wording.day_and_time(one.received_at)))
    if one.due_at is not None:
        told.append(_("due {when}").format(when=wording.day_and_time(one.due_at)))
    return " · ".join([*told, _("handler: {who}").format(who=one.handler)] if one.handler else told)


def _row(one: ComplaintFact) -> Sequence[Cell]:
    title = f"#{one.complaint_no} {one.category}"
    story = one.text if one.is_open else one.resolution or one.text
    sign, tone = ("▲ ", Tone.BAD) if one.is_open else ("✓ ", Tone.GOOD)
    state = Cell(sign + wording.complaint_state(one.state), _("severity {level}").format(level=one.severity), tone)
    return (
        Cell(wording.day(one.received_at)),
        Cell(title, story.replace("\n", " "), is_strong=one.is_open),
        state,
        Cell(one.handler or "—"),
    )
