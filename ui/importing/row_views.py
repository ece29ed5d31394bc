"""The rows of a file as they would be taken, and those that are refused or worth a look."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.importing.because import sentence
from app.importing.import_desk import ImportKind, Preview, Refusal
from app.phone_number import parse_number
from app.pop import Money
from app.words import _
from ui import wording
from ui.plain_text import cut_label, label
from ui.rows import Cell, Column, RowsView, Tone
from ui.theme import Tokens

_MOST = 500
Cells = Sequence[Cell]


class TakenRows(QWidget):
    """The first rows as records; their columns depend on what the file holds."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tables = {kind: RowsView(columns(), tokens) for kind, columns in _COLUMNS.items()}
        self._empty = label("", "empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._stack = QStackedLayout(self)
        for table in self._tables.values():
            table.setAccessibleName(_("First rows"))
            self._stack.addWidget(table)
        self._stack.addWidget(self._empty)

    def show_rows(self, kind: ImportKind, preview: Preview) -> None:
        """Draw them, or say why there are none."""
        table = self._tables[kind]
        table.fill([_CELLS[kind](row) for row in preview.rows])
        missing = _("The rows show here as soon as the columns are set.")
        self._empty.setText(missing if preview.lacks else _("None of the first rows can be taken."))
        self._stack.setCurrentWidget(table if preview.rows else self._empty)


class NamedRows(QWidget):
    """Rows by line, with column, value and reason."""

    def __init__(self, tokens: Tokens, empty: str) -> None:
        super().__init__()
        columns = (Column(_("Line"), 80), Column(_("Column"), 150), Column(_("Value"), 190), Column(_("Reason")))
        self._table, self._hint = RowsView(columns, tokens), cut_label("small")
        self._table.setAccessibleName(_("Rows"))
        self._empty = label(empty, "empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._table, 1)
        column.addWidget(self._hint)
        self._stack = QStackedLayout(self)
        for one in (whole, self._empty):
            self._stack.addWidget(one)

    def show_rows(self, rows: Sequence[Refusal], hint: str = "") -> None:
        """Draw the first of them; `hint` says of what they are a part."""
        self._table.fill([_named(one) for one in rows[:_MOST]])
        more = _("The first {n} of {all}.").format(n=_MOST, all=f"{len(rows):,}") if len(rows) > _MOST else ""
        self._hint.setText(" ".join(filter(None, (more, hint))))
        self._stack.setCurrentIndex(0 if rows else 1)


def _named(one: Refusal) -> Cells:
    return Cell(f"{one.row:,}"), Cell(one.column or "—"), Cell(one.value or "—"), Cell(sentence(one.because))


def _customer_columns() -> Sequence[Column]:
    number = Column(_("Customer number"), 130)
    return Column(_("Name"), 190), Column(_("Phone numbers"), 190), Column(_("Address and memo")), number


def _customer(row: Any) -> Cells:
    phones = [_phone(one) for one in row.phones or ()]
    about = " · ".join(filter(None, (row.memo, row.email)))
    kind = " · ".join(filter(None, (row.rank, row.company if row.company != row.name else None)))
    return (
        Cell(row.name, row.reading or "", is_strong=True),
        Cell(phones[0] if phones else "—", ", ".join(phones[1:])),
        Cell(" ".join(filter(None, (row.postal_code, row.address))) or "—", about),
        Cell(row.external_id or "—", kind, Tone.QUIET),
    )


def _phone(one: Any) -> str:
    return wording.with_extension(parse_number(f"+{one.e164}" if one.e164 else one.raw).display, one.extension)


def _purchase_columns() -> Sequence[Column]:
    who, order, price = (
        Column(_("Customer number"), 140),
        Column(_("Order"), 170),
        Column(_("Price"), 110, is_right=True),
    )
    return who, order, Column(_("Product")), price, Column(_("State"), 110)


def _purchase(row: Any) -> Cells:
    price = wording.money(Money(row.unit_price, row.currency))
    return (
        Cell(row.customer_no, is_strong=True),
        Cell(row.order_no, _when(row.ordered_at)),
        Cell(row.product, row.product_code or ""),
        Cell(price, f"× {row.quantity}"),
        Cell(wording.purchase_state(row.state), tone=Tone.QUIET),
    )


def _complaint_columns() -> Sequence[Column]:
    who, number = Column(_("Customer number"), 140), Column(_("Complaint"), 170)
    return who, number, Column(_("What it is about")), Column(_("State"), 150)


def _complaint(row: Any) -> Cells:
    return (
        Cell(row.customer_no, is_strong=True),
        Cell(row.complaint_no, _when(row.received_at)),
        Cell(" · ".join(filter(None, (row.category, row.product))), row.text or ""),
        Cell(wording.complaint_state(row.state), row.handler or ""),
    )


def _contact_columns() -> Sequence[Column]:
    who, when = Column(_("Customer number"), 140), Column(_("Date and time"), 150)
    return who, when, Column(_("Channel"), 130), Column(_("What it is about")), Column(_("Handler"), 120)


def _contact(row: Any) -> Cells:
    return (
        Cell(row.customer_no, is_strong=True),
        Cell(_when(row.at)),
        Cell(wording.channel(row.channel, row.direction), wording.interaction_kind(row.kind)),
        Cell(row.subject or row.text or "—", row.text if row.subject and row.text else ""),
        Cell(row.handler or "—"),
    )


def _when(iso: str) -> str:
    at = datetime.fromisoformat(iso)
    return f"{wording.day(at)} {wording.clock_time(at)}"


_COLUMNS = {
    ImportKind.CUSTOMERS: _customer_columns,
    ImportKind.PURCHASES: _purchase_columns,
    ImportKind.COMPLAINTS: _complaint_columns,
    ImportKind.INTERACTIONS: _contact_columns,
}
_CELLS = {
    ImportKind.CUSTOMERS: _customer,
    ImportKind.PURCHASES: _purchase,
    ImportKind.COMPLAINTS: _complaint,
    ImportKind.INTERACTIONS: _contact,
}
