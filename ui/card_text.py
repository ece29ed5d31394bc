"""The card as text, for a mail or another program: what the header and the panels say, line by line."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from app.call import Call
from app.pop import CustomerFacts
from ui import wording
from ui.panels.rows_panel import RowsPanel
from ui.rows import Cell

_MOST_ROWS = 10  # of each panel


def card_text(call: Call, panels: Iterable[RowsPanel], now: datetime) -> str:
    """Who it is, with which number, and the newest of every panel; a caller whom nobody knows has no panels."""
    lines = [wording.call_title(call)]
    if call.ring.withheld is None and call.ring.number.display:
        lines.append(wording.number_text(call.ring.number))
    facts = call.pop.facts
    if facts is not None:
        lines[1:1] = [facts.customer.reading] if facts.customer.reading else []
        for panel in panels:
            lines += _panel_lines(panel, facts, now)
    return "\n".join(lines)


def _panel_lines(panel: RowsPanel, facts: CustomerFacts, now: datetime) -> Iterator[str]:
    rows = [panel.row(one, now) for one in panel.records_of(facts, now)[:_MOST_ROWS]]
    if rows:
        yield f"\n{panel.title(facts)}"
    for row in rows:
        yield " | ".join(said for cell in row if (said := _said(cell)))


def _said(cell: Cell) -> str:
    return " ".join(" ".join(part.split()) for part in (cell.text, cell.second) if part and part != "—")
