"""Asks the records for what the panels want beside the card: further rows, and the whole text of one."""

from typing import Any

from PySide6.QtCore import QObject

from app.error_words import error_words
from app.further_rows import FurtherRows
from ui.card import PanelTabs
from ui.panels.rows_panel import RowsPanel


class ReadingOn(QObject):
    """What comes for a customer who is not shown any more is let go."""

    def __init__(self, panels: PanelTabs, rows: FurtherRows) -> None:
        super().__init__(panels)
        self._rows = rows
        for panel in panels.panels:
            panel.wants_more.connect(lambda customer, last, panel=panel: self._read_on(panel, customer, last))
            panel.wants_story.connect(lambda record, panel=panel: self._tell(panel, record))

    def _read_on(self, panel: RowsPanel, customer_id: int, last: Any) -> None:
        def add(records: Any) -> None:
            if panel.ends_with(last):
                panel.add(records)

        def fail(error: Exception) -> None:
            if panel.ends_with(last):
                panel.fail(error_words(error))

        self._rows.page(panel.key, customer_id, last, add, fail)

    def _tell(self, panel: RowsPanel, record: Any) -> None:
        ask: Any = {"history": self._rows.notes, "complaints": self._rows.steps}[panel.key]
        ask(
            record,
            lambda more: panel.tell(record, more),
            lambda error: panel.fail_story(record, error_words(error)),
        )
