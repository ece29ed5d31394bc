"""The note's lower half: what finishes a call, or in its place a form for a complaint or a follow-up.

A form is built when it is first opened. What stands in it stays with its call until it is saved.
"""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.call import Call
from app.words import _
from ui.complaint_form import ComplaintForm
from ui.follow_up_form import FollowUpForm
from ui.keys import COMPLAIN, PROMISE, bind
from ui.plain_text import button, cut_label, label, set_tip
from ui.wrap_up_form import Offers, State, WrapUpForm

FormKind = type[ComplaintForm] | type[FollowUpForm]


class WrapUp(QWidget):
    """Signals:
    wants_complaint, wants_promise: a form is to be opened for the call that is shown.
    wished: what was made in it, a ComplaintWish or a FollowUpWish.
    left: a form was closed; the cursor may go back into the note.
    """

    wants_complaint = Signal()
    wants_promise = Signal()
    wished = Signal(object)
    left = Signal()

    def __init__(self, foot: QLayout) -> None:
        super().__init__()
        self._call_id: UUID | None = None
        self._open: WrapUpForm | None = None
        self._kept: dict[tuple[UUID, type[WrapUpForm]], State] = {}
        self._forms: dict[type[WrapUpForm], WrapUpForm] = {}
        self._foot = QWidget()
        self._foot.setLayout(foot)
        foot.setContentsMargins(0, 0, 0, 0)
        self.told = label("", "warning")
        self.made = cut_label("small")
        self.told.setWordWrap(True)
        for line in (self.told, self.made):
            line.hide()
        self.extras = self._extras()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._foot)

    def show_call(self, call_id: UUID) -> None:
        """Another call's: the form of the one before is put away, and kept."""
        if call_id != self._call_id:
            self._put_away()
            self._call_id = call_id
            self.say("")

    def open_form(self, kind: FormKind, call: Call, offers: Offers) -> None:
        """A form for this call: as it was left, or begun."""
        self._put_away()
        form = self._form(kind)
        form.offer(call, offers)
        state = self._kept.get((call.id, kind))
        if state is None:
            form.begin(call, offers)
        else:
            form.restore(state)
        form.say("")
        self._show(form)

    def saved(self) -> None:
        """What stood in the open form is safe: back to what finishes the call."""
        if self._open is not None and self._call_id is not None:
            self._kept.pop((self._call_id, type(self._open)), None)
        self._open = None
        self._turn()

    def save_open(self) -> bool:
        """Whether a form was open, which the key that finishes a call then saves instead."""
        if self._open is None:
            return False
        self._open.save()
        return True

    def say(self, problem: str) -> None:
        """Why no form was opened; "" for nothing."""
        self.told.setText("▲ " + problem if problem else "")
        self.told.setHidden(not problem)

    def show_made(self, words: str) -> None:
        """What was made of the call already."""
        self.made.setText(words)
        self.made.setHidden(not words)

    def take_over(self, before: "WrapUp") -> None:
        """What stood in the forms of another window, and the form that was open."""
        kind = type(before.form) if before.form is not None else None
        before._put_away()
        self._kept = dict(before._kept)
        if kind is not None:
            (self.wants_complaint if kind is ComplaintForm else self.wants_promise).emit()

    def commit(self) -> None:
        """Close an open Japanese conversion, keeping its text."""
        if self._open is not None:
            self._open.commit()

    @property
    def is_converting(self) -> bool:
        """Whether a conversion is open in a form."""
        return self._open is not None and self._open.is_converting

    @property
    def form(self) -> WrapUpForm | None:
        """The one that is seen."""
        return self._open

    def _extras(self) -> QWidget:
        stands, across = QWidget(), QHBoxLayout()
        column = QVBoxLayout(stands)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for line in (self.told, self.made):
            column.addWidget(line)
        column.addLayout(across)
        across.setSpacing(8)
        for words, key, wanted in (
            (_("Complaint"), COMPLAIN, self.wants_complaint),
            (_("Follow-up"), PROMISE, self.wants_promise),
        ):
            one = button(f"{words}  {key.words}", "extra")
            set_tip(one, key.does())
            one.clicked.connect(wanted)
            across.addWidget(one, 1)
            bind(key, self, wanted.emit)
        return stands

    def _form(self, kind: FormKind) -> WrapUpForm:
        if kind not in self._forms:
            made = self._forms[kind] = kind()
            made.closed.connect(self._closed)
            made.saved.connect(self.wished)
            self._column.addWidget(made)
        return self._forms[kind]

    def _show(self, form: WrapUpForm) -> None:
        self._open = form
        self._turn()
        form.first().setFocus(Qt.FocusReason.OtherFocusReason)
        form.first().selectAll()

    def _closed(self) -> None:
        self._put_away()
        self.left.emit()

    def _put_away(self) -> None:
        """Out of sight, with what stands in it kept for its call."""
        if self._open is None:
            return
        self._open.commit()
        if self._call_id is not None:
            self._kept[self._call_id, type(self._open)] = self._open.state()
        self._open = None
        self._turn()

    def _turn(self) -> None:
        self._foot.setVisible(self._open is None)
        for form in self._forms.values():
            form.setVisible(form is self._open)
