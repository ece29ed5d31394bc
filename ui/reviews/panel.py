"""What a supervisor says of the call whose details stand above: folded into one button until it is wanted."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calllog.call_log import LogLine
from app.error_words import error_words
from app.reviews.drafts import Unsaid
from app.reviews.reviewing import CallReviews, Reviewing, ReviewTold, Trouble
from app.words import _
from ui.plain_text import button, label
from ui.reviews.say_editor import MarkRow, SayEditor


class ReviewPanel(QWidget):
    """Signals:
    told: the CallReviews of the call that is shown.
    saved: something was said, and the records have it or will.
    """

    told = Signal(object)
    saved = Signal()

    def __init__(self, reviewing: Reviewing) -> None:
        super().__init__()
        self._reviewing = reviewing
        self._line: LogLine | None = None
        self._found: CallReviews | None = None
        self._is_open = False
        self.unfolder, self.read = button(_("Review this call")), button(_("Read, leave it so"))
        self._refusal = label("", "small")
        self._refusal.setWordWrap(True)
        self.editor = SayEditor(_("Comment"), MarkRow())
        self._lay_out()
        self.unfolder.clicked.connect(self.unfold)
        self.read.clicked.connect(self._on_read)
        self.editor.wrote.connect(self._keep)
        self.editor.said.connect(self._send)
        self.editor.hid_number.connect(self._scrub)
        self._draw()

    def show_line(self, line: LogLine | None) -> None:
        """Another call, or none."""
        self.editor.text.commit()
        self._line, self._found = line, None
        self._draw()
        if line is not None:
            self._ask(line.call_id)

    def unfold(self) -> None:
        """It is wanted: with the keyboard on the marks."""
        self.stay_open()
        if self.editor.mark is not None:
            self.editor.mark.setFocus(Qt.FocusReason.OtherFocusReason)

    def stay_open(self) -> None:
        """For every call from now on."""
        self._is_open = True
        self._draw()

    def _ask(self, call_id: UUID) -> None:
        def failed(error: Exception) -> None:
            if self._shows(call_id):
                self._refusal.setText("▲ " + error_words(error))
                self._refusal.show()

        self._reviewing.about(call_id, partial(self._tell, call_id), failed)

    def _tell(self, call_id: UUID, found: CallReviews) -> None:
        if not self._shows(call_id):
            return
        self._found = found
        self.told.emit(found)
        key, mine = self._reviewing.said.mark_key(call_id), self._mine
        if self.editor.key != key or not self.editor.unsaid.words:
            said = Unsaid(self._words_of(mine), mine.mark) if mine is not None else Unsaid()
            self.editor.begin(key, said)
            self._reviewing.said.drafts.read(key, partial(self._restore, key))
        self._draw()

    def _restore(self, key: UUID, draft: Unsaid | None) -> None:
        """What was being written; not over what has been typed meanwhile."""
        if draft is not None and self.editor.key == key and not self.editor.hint.text():
            self.editor.begin(key, draft)
            self.editor.tell(_("Draft kept, not sent yet."))

    def _keep(self, key: UUID, unsaid: Unsaid) -> None:
        if self._line is not None:
            self._reviewing.said.drafts.write(key, self._line.call_id, unsaid)

    def _scrub(self) -> None:
        self._reviewing.said.drafts.scrub()

    def _send(self, _key: UUID, unsaid: Unsaid) -> None:
        if self._line is None or self._found is None:
            return
        call_id, said = self._line.call_id, self._reviewing.said
        said.mark(call_id, unsaid, self._found.way, partial(self._sent, call_id), self._not_kept)

    def _sent(self, call_id: UUID, trouble: Trouble | None) -> None:
        if self._shows(call_id):
            if trouble is None:
                self._ask(call_id)
                self.editor.tell("✓ " + _("Saved. The operator sees it."))
            else:
                self.editor.tell(_("Kept on this PC; it is sent when the records are back."))
        self.saved.emit()

    def _not_kept(self, error: Exception) -> None:
        self.editor.tell("▲ " + error_words(error), "warning")

    def _on_read(self) -> None:
        mine = self._mine
        if mine is not None:
            self._reviewing.said.read_answers(mine, partial(self._sent, mine.call_id), self._not_kept)

    @property
    def _mine(self) -> ReviewTold | None:
        """What this one has said of the call."""
        me = self._reviewing.said.me
        reviews = self._found.reviews if self._found is not None else ()
        return next((one for one, _facts in reviews if one.reviewer_login == me), None)

    def _words_of(self, mine: ReviewTold) -> str:
        facts = next(facts for one, facts in self._found.reviews if one is mine) if self._found is not None else ()
        return next((one.words for one in reversed(facts) if one.mark is not None), "")

    def _shows(self, call_id: UUID) -> bool:
        return self._line is not None and self._line.call_id == call_id

    def _draw(self) -> None:
        found, mine = self._found, self._mine
        why = self._why_not(found)
        can = found is not None and not why
        self.unfolder.setVisible(can and not self._is_open)
        self.editor.setVisible(can and self._is_open)
        self.read.setVisible(can and mine is not None and mine.unread_since is not None)
        self._refusal.setText(why)
        self._refusal.setVisible(bool(why) and self._is_open)
        self.editor.name_save(_("Change the review") if mine is not None else _("Save the review"))

    def _why_not(self, found: CallReviews | None) -> str:
        if found is None:
            return ""
        if not found.taken_by:
            return _("Nobody here took this call: there is nobody to review.")
        if found.taken_by == self._reviewing.said.me:
            return _("Your own call: somebody else reviews it.")
        return ""

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for one in (self._refusal, self.unfolder, self.read, self.editor):
            column.addWidget(one)
