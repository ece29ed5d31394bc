"""What supervisors said of this operator's own calls, and what he answers. He sees nobody else's."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.error_words import error_words
from app.pop import Trouble
from app.reviews.drafts import Unsaid
from app.reviews.reviews import PAGE, FactTold, Reviewed, Reviews, ReviewTold
from app.reviews.standing import Standing, standing_words
from app.words import _
from ui.calllog.words import RowWords, who
from ui.paged_rows import PagedRows
from ui.plain_text import button, label
from ui.reviews import words
from ui.reviews.say_editor import SayEditor
from ui.rows import Cell, Column
from ui.theme import Tokens

_WIDTH = 300


class MyReviewsPage(QWidget):
    """Signals:
    opened: the id of a call whose card the operator wants.
    wants_dial: a number, and the id of the customer whose it is, or None.
    """

    opened = Signal(object)
    wants_dial = Signal(object, object)

    def __init__(self, tokens: Tokens, reviews: Reviews, failed: Callable[[Exception], object]) -> None:
        super().__init__()
        self._reviews, self._failed = reviews, failed
        self._shown: ReviewTold | None = None
        columns = Column(_("Time"), 92), Column(_("Customer")), Column(_("Mark"), 110), Column(_("State"), 128)
        self.rows = PagedRows(columns, tokens, PAGE, _cells, lambda one: one.review.review_id)
        self.editor, self._open = SayEditor(_("Your reply")), button(_("Open this call's card"))
        self._title, self._said, self._standing = label("", "strong"), label(), label("", "small")
        self._lay_out()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask()

    def ask(self) -> None:
        """Anew, while somebody looks."""
        if self.isVisible():
            self.rows.ask(self._reviews.own)
            self._reviews.standing(self._tell_standing, lambda _unavailable: None)

    def _tell_standing(self, found: Standing) -> None:
        self._standing.setText(standing_words(found))

    def _on_selected(self) -> None:
        one: Reviewed | None = self.rows.current
        listed = [known.review.review_id for known in self.rows.records]
        if one is None and self._shown is not None and self._shown.review_id not in listed:
            self._shown = None  # another operator sits here
            self._side.hide()
        if one is None or one.review == self._shown:
            return
        is_other = self._shown is None or self._shown.review_id != one.review.review_id
        self._shown = one.review
        self._title.setText(who(one.line))
        if is_other:
            self._said.setText("")
            self._begin(one.review)
        self._reviews.facts(one.review.review_id, partial(self._tell, one.review), self._fail)
        self._reviews.saw(one.review, self._failed)
        self._side.show()

    def _begin(self, one: ReviewTold) -> None:
        key = self._reviews.answer_key(one.review_id)
        self.editor.begin(key, Unsaid())
        self._reviews.drafts.read(key, partial(self._restore, key))

    def _restore(self, key: UUID, draft: Unsaid | None) -> None:
        if draft is not None and self.editor.key == key and not self.editor.hint.text():
            self.editor.begin(key, draft)
            self.editor.tell(_("Draft kept, not sent yet."))

    def _tell(self, one: ReviewTold, facts: Sequence[FactTold]) -> None:
        if self._shown is not None and self._shown.review_id == one.review_id:
            self._said.setText("\n\n".join(words.told(facts)))

    def _keep(self, key: UUID, unsaid: Unsaid) -> None:
        if self._shown is not None:
            self._reviews.drafts.write(key, self._shown.call_id, unsaid)

    def _send(self, _key: UUID, unsaid: Unsaid) -> None:
        one = self._shown
        if one is not None:
            self._reviews.answer(one, unsaid.words, partial(self._sent, one), self._fail)

    def _sent(self, one: ReviewTold, trouble: Trouble | None) -> None:
        if self._shown is None or self._shown.review_id != one.review_id:
            return
        self.editor.begin(self._reviews.answer_key(one.review_id), Unsaid())
        if trouble is None:
            self._reviews.facts(one.review_id, partial(self._tell, one), self._fail)
            self.ask()
            self.editor.tell("✓ " + _("Sent. {who} sees it.").format(who=one.reviewer))
        else:
            self.editor.tell(_("Kept on this PC; it is sent when the records are back."))

    def _fail(self, error: Exception) -> None:
        self.editor.tell("▲ " + error_words(error), "warning")

    def _connect(self) -> None:
        self.rows.selected.connect(self._on_selected)
        self.rows.filled.connect(self._on_selected)
        self.rows.view.activated.connect(lambda _index: self._emit_opened())
        self.rows.view.wants_dial.connect(self._on_dial)
        self._open.clicked.connect(self._emit_opened)
        self.editor.wrote.connect(self._keep)
        self.editor.said.connect(self._send)
        self.editor.hid_number.connect(self._reviews.drafts.scrub)

    def _on_dial(self, number: str) -> None:
        one: Reviewed | None = self.rows.current
        self.wants_dial.emit(number, one.line.customer_id if one is not None else None)

    def _emit_opened(self) -> None:
        if self._shown is not None:
            self.opened.emit(self._shown.call_id)

    def _lay_out(self) -> None:
        self.editor.name_save(_("Send the reply"))
        self.rows.view.setAccessibleName(_("My reviews"))
        self.rows.empty.setText(_("None of your calls has been reviewed."))
        for told in (self._said, self._title, self._standing):
            told.setWordWrap(True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        reading = QScrollArea()
        reading.setObjectName("details")
        reading.setWidgetResizable(True)
        reading.setFrameShape(QScrollArea.Shape.NoFrame)
        reading.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        reading.setAccessibleName(_("What was said of the call"))
        reading.setWidget(self._said)
        self._side = QWidget()
        self._side.setFixedWidth(_WIDTH)
        side, both, column = QVBoxLayout(self._side), QHBoxLayout(), QVBoxLayout(self)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        side.addWidget(self._title)
        side.addWidget(reading, 1)
        side.addWidget(self._open)
        side.addWidget(self.editor)
        self._side.hide()
        both.setSpacing(12)
        both.addWidget(self.rows, 1)
        both.addWidget(self._side)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(both, 1)
        column.addWidget(self._standing)


def _cells(one: Reviewed) -> Sequence[Cell]:
    call = RowWords({}).cells(one.line, ("time", "customer"))
    return *call, words.mark_cell(one.review), words.own_state_cell(one.review)
