"""What went wrong before: open complaints first, with their handler and where they stand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtGui import QResizeEvent

from app.pop import ComplaintFact, CustomerFacts
from app.words import _
from ui import wording
from ui.complaint_steps import ComplaintSteps
from ui.panels.rows_panel import RowsPanel
from ui.rows import Cell, Column, Tone
from ui.theme import Tokens


class Complaints(RowsPanel):
    """Complaints with their lifecycle."""

    key = "complaints"

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(tokens)
        self._facts: dict[object, ComplaintFact] = {}
        self._is_filling = False
        self.steps = ComplaintSteps()
        self.column.addWidget(self.steps)
        self.view.selectionModel().currentRowChanged.connect(lambda _now, _before: self._selected())

    def fill(self, facts: CustomerFacts, now: datetime) -> None:
        self._facts = {one.complaint_no: one for one in facts.complaints}
        self._is_filling = True  # the rows go and come again: the selected one stays
        super().fill(facts, now)
        self._is_filling = False
        self._selected()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.steps.make_room(event.size().height())
        self.view.horizontalHeader().setHidden(self.steps.is_tiny and not self.steps.isHidden())

    def _selected(self) -> None:
        if not self._is_filling:
            self._show(self._facts.get(self.view.current_key()))

    def _show(self, one: ComplaintFact | None) -> None:
        self.steps.show_complaint(one)
        self.view.horizontalHeader().setHidden(self.steps.is_tiny and one is not None)

    def title(self, facts: CustomerFacts) -> str:
        return _("Complaints {n}").format(n=facts.complaint_count)

    def columns(self) -> Sequence[Column]:
        return (Column(_("Received"), 108), Column(_("Complaint")), Column(_("State"), 116), Column(_("Handler"), 104))

    def empty(self) -> str:
        return _("No complaints. A complaint that is received appears here with its handler.")

    def records(self, facts: CustomerFacts, now: datetime) -> Sequence[Any]:
        return facts.complaints

    def key_of(self, record: Any) -> object:
        return record.complaint_no

    def row(self, record: Any, now: datetime) -> Sequence[Cell]:
        return _row(record)


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
