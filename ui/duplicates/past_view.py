"""The merges of the past, each of which can be undone."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.duplicates import PastMerge
from app.words import _
from ui import wording
from ui.duplicates.words import merge_line
from ui.plain_text import button, label
from ui.question import Question
from ui.rows import Cell, Column, RowsView, Tone
from ui.theme import Tokens


class PastView(QWidget):
    """Signals: wants_undo, the number of a merge."""

    wants_undo = Signal(int)

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        columns = (Column(_("When"), 130), Column(_("Became one")), Column(_("Operator"), 140))
        self._list, self._empty, self._lists = RowsView(columns, tokens), label("", "empty"), QStackedWidget()
        self._list.setAccessibleName(_("Merged"))
        self._merges: dict[int, PastMerge] = {}
        self._undo, self._question = button(_("Undo…")), Question(_("Make them two"), _("Leave it"))
        self._undo.clicked.connect(self._ask)
        self._question.yes.clicked.connect(self._on_yes)
        self._question.no.clicked.connect(self._question.hide)
        self._list.selectionModel().currentRowChanged.connect(self._on_selected)
        self._lay_out()

    def show_past(self, merges: Sequence[PastMerge]) -> None:
        """The newest first."""
        self._merges = {one.merge_id: one for one in merges}
        self._list.fill([_row(one) for one in merges], list(self._merges))
        self._lists.setCurrentWidget(self._list if merges else self._empty)
        self._undo.setVisible(bool(merges))
        self._show_undo()

    def _current(self) -> PastMerge | None:
        key = self._list.current_key()
        return self._merges.get(key) if isinstance(key, int) else None

    def _on_selected(self) -> None:
        self._question.hide()
        self._show_undo()

    def _show_undo(self) -> None:
        chosen = self._current()
        self._undo.setEnabled(chosen is not None and chosen.undone_at is None)

    def _ask(self) -> None:
        if (chosen := self._current()) is not None:
            self._question.ask(
                _("Make {gone} a customer of its own again? What has come since stays with {kept}.").format(
                    gone=chosen.merged_no, kept=chosen.kept_no
                )
            )

    def _on_yes(self) -> None:
        self._question.hide()
        if (chosen := self._current()) is not None:
            self.wants_undo.emit(chosen.merge_id)

    def _lay_out(self) -> None:
        column, head = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head.addStretch(1)
        head.addWidget(self._undo)
        column.addLayout(head)
        column.addWidget(self._question)
        self._empty.setText(_("No merges yet. Each one is listed here and can be undone."))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        for one in (self._empty, self._list):
            self._lists.addWidget(one)
        column.addWidget(self._lists, 1)
        self.show_past(())


def _row(one: PastMerge) -> Sequence[Cell]:
    undone = one.undone_at is not None
    said = _("undone {day}").format(day=wording.day(one.undone_at)) if one.undone_at else ""
    return (
        Cell(wording.day(one.at), wording.clock_time(one.at)),
        Cell(merge_line(one), f"↩ {said}" if said else "", Tone.QUIET if undone else Tone.PLAIN, is_strong=not undone),
        Cell(one.operator or "—", tone=Tone.QUIET),
    )
