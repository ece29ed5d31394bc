"""A few fields for a caller whom the records do not know; the rest can follow when there is time."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.call import Call
from app.entering import NewCustomer
from app.pop import CustomerKind
from app.words import _
from ui import wording
from ui.plain_text import button, label

_LONGEST = 100  # letters of a name


class NewCustomerForm(QWidget):
    """A button that opens into the fields. Enter in a field enters the customer, Escape closes them again.

    Signals:
        created: a NewCustomer, and the number that was typed where none rang.
    """

    created = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._open, self._fields = button(_("New customer…")), QWidget()
        self._name, self._reading, self._company = QLineEdit(), QLineEdit(), QLineEdit()
        self._number, self._number_words = QLineEdit(), label(_("Telephone number"), "heading")
        self._call_id: UUID | None = None
        self._kind, self._about_number = QComboBox(), label("", "small")
        self._about_number.setWordWrap(True)
        self._create, self._cancel = button(_("Enter this customer"), "primary"), button(_("Cancel"))
        for kind, words in ((CustomerKind.PERSON, _("Person")), (CustomerKind.COMPANY, _("Company"))):
            self._kind.addItem(words, kind)
        self._lay_out()
        self._open.clicked.connect(self.show_fields)
        self._cancel.clicked.connect(self.close_fields)
        self._create.clicked.connect(self._enter)
        self._name.textChanged.connect(lambda text: self._create.setEnabled(bool(text.strip())))
        for field in (self._name, self._reading, self._company, self._number):
            field.setMaxLength(_LONGEST)
            field.returnPressed.connect(self._enter)

    def fill(self, call: Call) -> None:
        """Closed and empty for this call, unless it is being typed in; the network's name stands there already."""
        if call.id == self._call_id and self._fields.isVisible():  # the records have come back, or have gone
            return
        self._call_id = call.id
        self.close_fields()
        self._name.setText(call.ring.name)
        self._reading.clear()
        self._company.clear()
        self._number.clear()
        for one in (self._number, self._number_words):
            one.setVisible(call.by_hand is not None)
        self._about_number.setVisible(call.by_hand is None)
        self._kind.setCurrentIndex(0)
        number = wording.number_text(call.ring.number) if call.ring.number.key else ""
        recorded = _("{number} will be recorded as this customer's number, and past calls of that number follow.")
        self._about_number.setText(recorded.format(number=number) if number else _("No number will be recorded."))

    def take_over(self, before: "NewCustomerForm") -> None:
        """What was typed into another window's."""
        names = (self._name, self._reading, self._company, self._number)
        for field, old in zip(names, (before._name, before._reading, before._company, before._number), strict=True):
            field.setText(old.text())
        self._kind.setCurrentIndex(before._kind.currentIndex())
        if not before._fields.isHidden():
            self.show_fields()

    def close_fields(self) -> None:
        """Back to the button."""
        self._fields.hide()
        self._open.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._fields.isVisible():
            self.close_fields()
            self._open.setFocus()
        else:
            super().keyPressEvent(event)

    def show_fields(self) -> None:
        """Open, with the keyboard in the name."""
        self._open.hide()
        self._fields.show()
        self._name.setFocus()
        self._name.selectAll()

    def _enter(self) -> None:
        name, reading, company = (one.text().strip() for one in (self._name, self._reading, self._company))
        if name:
            new = NewCustomer(name, reading, company, CustomerKind(self._kind.currentData()))
            self.created.emit(new, self._number.text())

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("Name"), self._name), (_("Reading"), self._reading), (_("Company"), self._company),
            (_("Kind"), self._kind),
        )  # fmt: skip
        for number, (words, field) in enumerate(rows):
            grid.addWidget(label(words, "heading", buddy_of=field), number, 0)
            grid.addWidget(field, number, 1)
        self._number_words.setBuddy(self._number)
        grid.addWidget(self._number_words, len(rows), 0)
        grid.addWidget(self._number, len(rows), 1)
        self._create.setEnabled(False)
        foot = QHBoxLayout()
        foot.addWidget(self._create)
        foot.addWidget(self._cancel)
        foot.addStretch(1)
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addWidget(self._about_number)
        column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self._fields)
        self._fields.hide()
