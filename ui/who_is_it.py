"""When no card can open by itself: the candidates with reasons and keys 1-9, and search for everybody else."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.call import Call
from app.pop import Candidate, Pop, PopState, Reason
from app.trouble_words import trouble_words
from app.words import _
from ui import wording
from ui.keys import CHOOSE, bind_press
from ui.new_customer import NewCustomerForm
from ui.plain_text import button, cut, label
from ui.rows import Cell, Column, RowsView, Tone
from ui.theme import Tokens

_MOST = 9
_PAUSE_MS = 150
_THIRD, _REASONS = 2, 230  # the last column, and how wide it may be: names need the room more
_LONGEST_SENTENCE = 60


class WhoIsItView(QScrollArea):
    """Scrolls where the window is low: nine candidates and nine found are higher than any card.

    Signals: chosen, a customer id; searched, the text to look for; retried, ask the records again; created, a
    NewCustomer and a number.
    """

    chosen = Signal(object)
    searched = Signal(str)
    retried = Signal()
    created = Signal(object, str)

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that digits choose and Enter presses nothing
        self._heading, self._found_heading = label("", "line"), label("", "heading")
        self._heading.setWordWrap(True)
        self._candidates, self._found = Choices(tokens), Choices(tokens)
        self.setAccessibleName(_("Who is calling?"))
        self._candidates.setAccessibleName(_("Candidates"))
        self._found.setAccessibleName(_("Found"))
        self._retry = button(_("Try again"))
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("Name, reading, any number, words of a note"))
        self._search.setClearButtonEnabled(True)
        self.new = NewCustomerForm()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out()
        for choices in (self._candidates, self._found):
            choices.chosen.connect(self.chosen)
        self._search.textChanged.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(lambda: self.searched.emit(self._search.text().strip()))
        self._search.returnPressed.connect(self._found.begin)
        self._retry.clicked.connect(self.retried)
        self.new.created.connect(self.created)
        for digit in CHOOSE.presses:
            bind_press(digit, self, partial(self._candidates.press, int(digit)))

    def fill(self, call: Call) -> None:
        """Show this call's question."""
        pop = call.pop
        self._heading.setText("\n".join([_question(call), *_not_searched(pop)]))
        self._candidates.offer(pop.candidates)
        self._retry.setVisible(pop.state is PopState.FAILED or pop.unsearched is not None)
        self._search.clear()
        self.new.fill(call)
        self.show_found("", ())
        self.verticalScrollBar().setValue(0)

    def take_over(self, before: "WhoIsItView") -> None:
        """What was typed into another window's."""
        self._search.setText(before._search.text())
        self.new.take_over(before.new)

    def show_found(self, text: str, found: Sequence[Candidate]) -> None:
        """The answer to a search; "" clears it."""
        self._found.offer(found)
        self._found_heading.setText(
            "" if found or not text else _("Nobody found for “{text}”.").format(text=cut(text, 40))
        )
        self._found_heading.setVisible(bool(self._found_heading.text()))
        if text:  # once they have their places
            QTimer.singleShot(0, self, self._reveal_found)

    def _reveal_found(self) -> None:
        """The first of them; the field in which the operator types stays in sight."""
        self.ensureWidgetVisible(self._found_heading if self._found.isHidden() else self._found)
        self.ensureWidgetVisible(self._search)

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self.setWidget(inner)
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._candidates)
        column.addSpacing(8)
        column.addWidget(label(_("Search the records"), "heading", buddy_of=self._search))
        column.addWidget(self._search)
        column.addWidget(self._found_heading)
        column.addWidget(self._found)
        column.addWidget(self.new)
        column.addStretch(1)


class Choices(RowsView):
    """Up to nine customers, numbered for the keyboard; a click or the number chooses.

    Signals:
        chosen: a customer id.
    """

    chosen = Signal(object)

    def __init__(self, tokens: Tokens) -> None:
        super().__init__((Column("", 32), Column(""), Column("", _REASONS)), tokens)
        self.horizontalHeader().hide()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def offer(self, candidates: Sequence[Candidate]) -> None:
        """Show these; the view is as high as its rows."""
        shown = candidates[:_MOST]
        self.fill([_row(number, one) for number, one in enumerate(shown, start=1)], [one.customer_id for one in shown])
        self.setFixedHeight(self.verticalHeader().length() + 2)
        self.setColumnHidden(_THIRD, not any(one.reason or one.group or one.extension or one.sentence for one in shown))
        self.setVisible(bool(shown))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.horizontalHeader().resizeSection(_THIRD, min(_REASONS, event.size().width() * 9 // 20))
        super().resizeEvent(event)

    def begin(self) -> None:
        """Take the keyboard to the first row, where the arrow keys and Enter choose."""
        if self.model().rowCount():
            self.setFocus()
            self.setCurrentIndex(self.model().index(0, 0))

    def press(self, number: int) -> None:
        """The key of a row, counted from 1."""
        index = self.model().index(number - 1, 0)
        if index.isValid():
            self._choose(index)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.key_at(index))


def _choice_words(n: int, best: Reason | None) -> str:
    if best not in (Reason.REMEMBERED, Reason.EXTENSION, Reason.EXACT):
        nobody = _("Nobody has exactly this number. It may be one of these: ask, then press a key or click, or search.")
        return nobody + (" " + _("{n} more: search.").format(n=n - _MOST) if n > _MOST else "")
    if n == 1:
        return _("One customer has this number: press 1 if it is them after all, or search.")
    several = _("Several customers have this number. Press a key or click.")
    return several + (" " + _("{n} more: search.").format(n=n - _MOST) if n > _MOST else "")


def _maybe_spoofed() -> str:
    return _("The number may be spoofed: make sure who is calling first.")


def _not_searched(pop: Pop) -> list[str]:
    return [] if pop.unsearched is None else [_("Notes and names could not be searched.")]


def _question(call: Call) -> str:
    pop: Pop = call.pop
    if pop.state is PopState.CHOICE:
        choice = _choice_words(len(pop.candidates), pop.candidates[0].reason)
        return f"{_maybe_spoofed()}\n{choice}" if call.ring.may_be_spoofed else choice
    if pop.state is PopState.FAILED and pop.trouble is not None:
        return trouble_words(pop.trouble)
    if call.by_hand is not None:
        return _("Search for the customer, or enter a new one. The note stays with whom you choose.")
    if call.ring.withheld is not None:
        return _("The caller's number is not shown. The note stays with the call; attach it now or later.")
    return {
        PopState.SEARCHING: _("Looking up…"),
        PopState.NO_NUMBER: _(
            "No number was sent. Number and note stay with the call; attach it to a customer now or later."
        ),
    }.get(pop.state) or _(
        "This number is not in the records. It stays with the call and its note; attach it to a customer now or later."
    )


def _row(number: int, one: Candidate) -> Sequence[Cell]:
    why = wording.reason(one.reason) if one.reason else ""
    extension = _("ext. {digits}").format(digits=one.extension) if one.extension else ""
    stale = _("number may have changed hands: ask") if one.is_stale else ""
    behind = " · ".join(part for part in (one.group, extension) if part)
    more = cut(one.sentence, _LONGEST_SENTENCE) or (behind if why else "")
    return (
        Cell(str(number), tone=Tone.QUIET),
        Cell(wording.honoured(one.name), f"{one.reading}  {one.customer_no}".strip(), is_strong=True),
        Cell(why or behind, stale or more, Tone.WARNING if one.is_stale else Tone.PLAIN),
    )
