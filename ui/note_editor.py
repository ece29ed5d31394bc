"""This call's note: text, words for the next handler, disposition, and the buttons that finish it.

IME rules: text is never set while a conversion is open, and Ctrl+Enter finishes only when none is.
"""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.call import Note
from app.dispositions import DispositionFact
from app.finishing import Lack
from app.words import _
from ui.disposition_field import DispositionField
from ui.keys import FINISH, TEMPLATE, bind
from ui.note_text import TextField
from ui.plain_text import button, cut_label, label, set_tip
from ui.wrap_up import WrapUp

WIDE, SLIM, _LOW, _ANY = 348, 324, 212, 16_777_215  # px: width beside the panels, height under them; Qt's "no limit"


_TWICE_MS, _ONE_LINE, _HANDOVER = 600, 48, 72  # px: a field of one line, of two
_TIGHT, _TIGHTEST = 440, 320  # px: less than this in height, and room is saved


class NoteEditor(QWidget):
    """The note of the selected call.

    Signals:
        changed: the call's id and its Note, at every keystroke.
        hid_number: a card number was masked; `changed` has told the note without it before.
        filled: another call's note stands here now.
        wants_versions, wants_templates: the operator wants to see what stood here before; what may be put in.
        touched: the operator has begun to work in here.
        finished, put_aside: what the operator wants next.
    """

    changed = Signal(object, object)
    hid_number = Signal()
    filled = Signal()
    wants_versions = Signal()
    wants_templates = Signal()
    touched = Signal()
    finished = Signal()
    put_aside = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("note")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._call_id: UUID | None = None
        self._is_filling = False
        self._air = 0, 0
        self._since_finish = QElapsedTimer()
        self.body, self.handover, self.disposition = TextField(), TextField(), DispositionField()
        self.saved = cut_label("small")
        self.hidden = label("▲ " + _("A card number was masked. Never keep one in a note."), "warning")
        self.alarm, self._alarm_line = label("", "alarm"), cut_label("alarm")  # the line where the note is low
        self.versions, self._templates = button(_("Earlier versions"), "quiet"), button(_("Templates"), "quiet")
        self.lacks = {what: label("", "warning") for what in Lack}
        self._finish = button(_("Finish") + f"   {FINISH.words}", "primary")
        self._later = button(_("Later"))
        self._lay_out()
        self._connect()

    def fill(self, call_id: UUID, note: Note) -> None:
        """Show another call's note. An open conversion is committed to the note it was typed in first."""
        self.commit()
        self._call_id = call_id
        self._is_filling = True
        self.body.fill(note.body, note.body_steps)
        self.handover.fill(note.handover, note.handover_steps)
        self.hidden.hide()
        self.disposition.choose(note.disposition)
        self.wrap_up.show_call(call_id)
        self.show_lack(None)
        self._is_filling = False
        self.filled.emit()

    def stand(self, *, is_wide: bool, width: int = WIDE) -> None:
        """Beside the panels as a column, or under them with both halves side by side: never off the screen."""
        sides = QBoxLayout.Direction
        self._halves.setDirection(sides.TopToBottom if not is_wide else sides.LeftToRight)
        self._halves.setStretch(1, 1 if is_wide else 0)
        self._stand_extras(is_wide=is_wide)
        self._tighten()
        self._turn_alarm()
        self.setMinimumSize(*((0, _LOW) if is_wide else (width, 0)))
        self.setMaximumSize(*((_ANY, _LOW) if is_wide else (width, _ANY)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tighten()

    def _tighten(self) -> None:
        """As a low column: the disposition beside its heading and less air, else fields would lie over each other."""
        height = self.height() if self._is_column else _ANY
        is_tight = height < _TIGHT
        margin, gap = (4, 2) if height < _TIGHTEST else (8, 4) if is_tight else (12, 8)
        if self._air == (margin, gap):
            return
        self._air = margin, gap
        self.handover.setMaximumHeight(_ONE_LINE if is_tight else _HANDOVER)
        sides = QBoxLayout.Direction
        self._outcome.setDirection(sides.LeftToRight if is_tight else sides.TopToBottom)
        self._halves.setContentsMargins(16, margin, 16, margin)
        self._halves.setSpacing(gap if is_tight else 12)
        for half in (self._text, self._end):
            half.setSpacing(gap)
        self._turn_alarm()

    def _stand_extras(self, *, is_wide: bool) -> None:
        """Above the buttons that finish the call; where the note is low, under the text, which has room."""
        extras, stands_wide = self.wrap_up.extras, self._text.indexOf(self.wrap_up.extras) >= 0
        if is_wide and not stands_wide:
            self._end.removeWidget(extras)
            self._text.addWidget(extras)
        elif stands_wide and not is_wide:
            self._text.removeWidget(extras)
            self._end.insertWidget(self._end.count() - 1, extras)

    def commit(self) -> None:
        """Close an open Japanese conversion, keeping its text."""
        for field in (self.body, self.handover, self.disposition, self.wrap_up):
            field.commit()

    @property
    def is_converting(self) -> bool:
        """Whether a conversion is open in any field."""
        is_open = any(field.preedit for field in (self.body, self.handover, self.disposition))
        return is_open or self.wrap_up.is_converting

    def note(self) -> Note:
        """What stands in the fields."""
        return Note(self.body.text(), self.handover.text(), self.disposition.key, self.body.steps, self.handover.steps)

    def offer_dispositions(self, codes: Sequence[DispositionFact]) -> None:
        """In their order."""
        self.disposition.offer_codes(codes)

    def show_lack(self, lack: Lack | None) -> None:
        """Say at the field what has to be there before the call can be finished, and go there; None: nothing."""
        for what, told in self.lacks.items():
            told.setText("▲ " + lack_words(what) if what is lack else "")
            told.setVisible(what is lack)
        if lack is not None:
            self._since_finish.invalidate()  # nothing was finished: whoever is quick may press it again
            field = self.disposition if lack is Lack.DISPOSITION else self.body
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_versions(self, *, wanted: bool) -> None:
        """Whether this call's note may have been written before."""
        self.versions.setVisible(wanted)

    def show_saved(self, words: str) -> None:
        """The quiet words above the text."""
        self.saved.setText(words)

    def show_alarm(self, words: str) -> None:
        """A lasting message; "" takes it away."""
        self.alarm.setText(f"▲ {words}" if words else "")
        self._alarm_line.setText(self.alarm.text())
        self._turn_alarm()

    def _turn_alarm(self) -> None:
        is_low = not self._is_column or self._outcome.direction() == QBoxLayout.Direction.LeftToRight
        self.alarm.setVisible(bool(self.alarm.text()) and not is_low)
        self._alarm_line.setVisible(bool(self.alarm.text()) and is_low)

    @property
    def _is_column(self) -> bool:
        return self._halves.direction() == QBoxLayout.Direction.TopToBottom

    def _lay_out(self) -> None:
        self.body.hint(_("Every keystroke is kept."))
        self.body.setMinimumHeight(_ONE_LINE)
        policy = QSizePolicy.Policy  # it has what the others leave: none of them may be squeezed for it
        self.body.setSizePolicy(policy.Expanding, policy.Ignored)
        self.handover.hint(_("What they should know"))
        self.handover.setMinimumHeight(_ONE_LINE)
        self.handover.setMaximumHeight(_HANDOVER)
        for told in (self.hidden, self.alarm, *self.lacks.values()):
            told.setWordWrap(True)
            told.hide()
        text, end, buttons = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        self._text, self._end, self.wrap_up = text, end, WrapUp(end)
        above = QHBoxLayout()  # what is quiet stands beside the heading: the text has the height
        above.setSpacing(12)
        above.addWidget(label(_("Note"), "heading", buddy_of=self.body))
        for quiet, share in ((self.saved, 1), (self.versions, 0), (self._templates, 0)):
            above.addWidget(quiet, share)
        text.addLayout(above)
        text.addWidget(self.body, 1)
        text.addWidget(self.lacks[Lack.NOTE])
        text.addWidget(self.lacks[Lack.CUSTOMER])
        text.addWidget(self.hidden)
        text.addWidget(self.alarm)
        text.addWidget(self._alarm_line)
        self._alarm_line.hide()
        end.addWidget(label(_("For the next handler"), "heading", buddy_of=self.handover))
        end.addWidget(self.handover)
        self._outcome = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._outcome.setSpacing(8)
        self._outcome.addWidget(label(_("Disposition"), "heading", buddy_of=self.disposition))
        self._outcome.addWidget(self.disposition, 1)
        end.addLayout(self._outcome)
        end.addWidget(self.lacks[Lack.DISPOSITION])
        end.addWidget(self.wrap_up.extras)
        buttons.addWidget(self._finish, 1)
        buttons.addWidget(self._later)
        end.addLayout(buttons)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._halves.setContentsMargins(16, 12, 16, 12)
        self._halves.setSpacing(12)
        for half in (text, end):
            half.setSpacing(8)
        self._halves.addLayout(text, 1)
        self._halves.addWidget(self.wrap_up)

    def _connect(self) -> None:
        for field in (self.body, self.handover):
            field.edited.connect(self._tell)
            field.hid_number.connect(self._hid_number)
            field.touched.connect(self.touched)
        self.disposition.changed.connect(self._tell)
        self.disposition.entered.connect(self.disposition.open_list)
        self.disposition.touched.connect(self.touched)
        self._finish.clicked.connect(self._try_finish)
        self.versions.clicked.connect(self.wants_versions)
        self._templates.clicked.connect(self.wants_templates)
        set_tip(self._templates, TEMPLATE.words)
        self._later.clicked.connect(self.put_aside)
        bind(FINISH, self, self._try_finish)

    def _tell(self) -> None:
        if not self._is_filling:
            self.show_lack(None)
            self.changed.emit(self._call_id, self.note())

    def _hid_number(self) -> None:
        self.hidden.show()
        self.hid_number.emit()

    def _try_finish(self) -> None:
        """Two presses in a row are one: the second would finish a call that the operator has not even seen."""
        is_twice = self._since_finish.isValid() and self._since_finish.elapsed() < _TWICE_MS
        if self.is_converting or is_twice:
            return
        self._since_finish.start()
        if not self.wrap_up.save_open():
            self.finished.emit()


def lack_words(lack: Lack) -> str:
    """One line."""
    return {
        Lack.CUSTOMER: _("Choose or enter the customer first."),
        Lack.DISPOSITION: _("Choose a disposition first."),
        Lack.NOTE: _("This disposition needs a note."),
    }[lack]
