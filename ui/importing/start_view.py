"""Where an import begins: a place to drop a file on, and the imports of the past, which can be taken back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.importing.import_desk import Batch
from app.words import _
from ui import wording
from ui.importing.encoding_box import EncodingBox
from ui.importing.words import batch_line, count_words
from ui.plain_text import button, give_role, label
from ui.question import Question
from ui.rows import Cell, Column, RowsView, Tone
from ui.theme import Tokens


class StartView(QWidget):
    """Signals: wants_file, somebody wants to choose one; wants_encoding, how the file that failed is to be read;
    wants_undo, the number of a past import.
    """

    wants_file = Signal()
    wants_encoding = Signal(str)
    wants_undo = Signal(str)

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._said = label("", "alarm")
        self._said.setWordWrap(True)
        self._encoding = EncodingBox()
        self._encoding_row = _read_as(self._encoding)
        self._encoding.activated.connect(lambda: self.wants_encoding.emit(self._encoding.encoding))
        self._choose = button(_("Choose file…"), "primary")
        self._choose.clicked.connect(self.wants_file)
        columns = (Column(_("When"), 130), Column(_("File")), Column(_("What it did"), 260), Column(_("Operator"), 120))
        self._past, self._empty = RowsView(columns, tokens), label("", "empty")
        self._lists, self._batches = QStackedWidget(), dict[str, Batch]()
        self._undo = button(_("Take it back…"))
        self._undo.clicked.connect(lambda: self.ask_undo(str(self._past.current_key())))
        self._question, self._asked = Question(_("Take it back"), _("Keep it")), ""
        self._question.yes.clicked.connect(self._on_yes)
        self._question.no.clicked.connect(self._question.hide)
        self._past.selectionModel().currentRowChanged.connect(self._on_selected)
        self._lay_out()

    def say(self, text: str, role: str = "alarm") -> None:
        """Why a file could not be opened, what is being done; "" is silence."""
        give_role(self._said, role)
        self._said.setText(text)
        self._said.setVisible(bool(text))
        self._encoding_row.hide()

    def offer_encodings(self, encoding: str) -> None:
        """The file may be right in another encoding than the one in which it was read."""
        self._encoding.show_encoding(encoding)
        self._encoding_row.show()
        self._encoding.setFocus()

    def show_past(self, batches: Sequence[Batch]) -> None:
        """The imports that were made, newest first."""
        self._batches = {one.batch_no: one for one in batches}
        self._past.fill([_past_row(one) for one in batches], list(self._batches))
        self._lists.setCurrentWidget(self._past if batches else self._empty)
        self._undo.setVisible(bool(batches))
        self._show_undo()

    def _on_selected(self) -> None:
        self._question.hide()
        self._show_undo()

    def _show_undo(self) -> None:
        chosen = self._batches.get(str(self._past.current_key()))
        self._undo.setEnabled(chosen is not None and chosen.undone_at is None)

    def ask_undo(self, batch_no: str) -> None:
        """Really?"""
        self._asked = batch_no
        self._question.ask(
            _("Take back {batch}? What it made goes, what it changed becomes what it was.").format(batch=self._asked)
        )

    def _on_yes(self) -> None:
        self._question.hide()
        self.wants_undo.emit(self._asked)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._drop_place())
        column.addWidget(self._said)
        column.addWidget(self._encoding_row)
        head = QHBoxLayout()
        head.addWidget(label(_("Past imports"), "heading", buddy_of=self._past))
        head.addStretch(1)
        head.addWidget(self._undo)
        column.addLayout(head)
        column.addWidget(self._question)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._empty.setText(_("No imports yet. Each one is listed here and can be taken back."))
        for one in (self._empty, self._past):
            self._lists.addWidget(one)
        column.addWidget(self._lists, 1)
        self._said.hide()
        self._encoding_row.hide()
        self.show_past(())

    def _drop_place(self) -> QWidget:
        place = QFrame()
        place.setObjectName("drop")
        inside = QVBoxLayout(place)
        inside.setContentsMargins(16, 20, 16, 20)
        inside.setSpacing(8)
        for text, role in (
            (_("Drop a file with customers or their history here"), "strong"),
            (_("Excel (.xlsx), CSV, or an address book (vCard). Nothing is changed before you say so."), "small"),
        ):
            inside.addWidget(label(text, role), 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignHCenter)
        return place


def _read_as(box: EncodingBox) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(label(_("Read it as:"), "small", buddy_of=box))
    row.addWidget(box)
    row.addStretch(1)
    return made


def _past_row(one: Batch) -> Sequence[Cell]:
    undone = _("taken back {day}").format(day=wording.day(one.undone_at)) if one.undone_at else ""
    return (
        Cell(wording.day(one.merged_at), wording.clock_time(one.merged_at)),
        Cell(one.file_name, batch_line(one), Tone.QUIET if undone else Tone.PLAIN, is_strong=not undone),
        Cell(count_words(one), f"↩ {undone}" if undone else "", Tone.QUIET if undone else Tone.PLAIN),
        Cell(one.operator or "—", tone=Tone.QUIET),
    )
