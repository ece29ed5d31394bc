"""One complaint of the board: all that is known of it and happened to it, and where it can go next."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.choices import Choice
from app.complaint_board import BoardChoice, BoardRow, ComplaintBoard
from app.complaints import HandoverWish, StepEnd, StepTold, StepWish, moved_on
from app.error_words import error_words
from app.words import _
from ui import wording
from ui.choice_field import FreeField
from ui.complaint_steps import ComplaintSteps
from ui.complaints.handover import HandoverForm
from ui.obligations import step_end_words
from ui.pages.done_line import DoneLine
from ui.panels.complaints import complaint_story
from ui.panels.row_story import RowStory, Story
from ui.plain_text import button

_SETTLE_MS = 200  # whoever goes down the list by keys reads only where he stops


class BoardDetail(QWidget):
    """Its words and steps stand although the list changes beside it.

    Signals:
        closed: the list is to have the room again.
        moved: something happened to a complaint.
        wants_card: the id of the customer whose card is wanted.
    """

    closed = Signal()
    moved = Signal()
    wants_card = Signal(object)

    def __init__(self, board: ComplaintBoard) -> None:
        super().__init__()
        self._board = board
        self._row: BoardRow | None = None
        self._told: Sequence[StepTold] = ()
        self._seen = ""
        self.story, self.steps, self.cause = RowStory(), ComplaintSteps(), FreeField()
        self.cause.setPlaceholderText(_("Cause, if one was found: kept with the next step"))
        self.cause.setAccessibleName(_("Cause"))
        self._give, self._card = button(_("Give to…")), button(_("Open the card"))
        self.handover, self.given = HandoverForm(), DoneLine()
        self._settled = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settled.timeout.connect(self._read)
        self.story.earlier.hide()
        self.story.closed.connect(self.closed)
        self.story.retried.connect(self._read)
        self.steps.stepped.connect(self._step)
        self._give.clicked.connect(self._on_give)
        self._card.clicked.connect(self._on_card)
        self.handover.wished.connect(self._on_wished)
        self.handover.left.connect(lambda: self._give.setFocus(Qt.FocusReason.OtherFocusReason))
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addWidget(self.story, 6)
        side, foot = QVBoxLayout(), QHBoxLayout()
        side.setSpacing(6)
        foot.setSpacing(6)
        foot.addWidget(self._card)
        foot.addWidget(self._give)
        foot.addStretch(1)
        for one in (self.steps, self.cause, self.handover, self.given):
            side.addWidget(one)
        side.addLayout(foot)
        side.addStretch(1)
        row.addLayout(side, 5)

    @property
    def complaint_no(self) -> str:
        """Of the one that is shown; "" for none."""
        return self._row.fact.complaint_no if self._row is not None else ""

    def show_row(self, row: BoardRow) -> None:
        """At once what the list knows, then what happened."""
        if row.fact.complaint_no != self.complaint_no:
            self._told = ()
            self.cause.choose(row.cause)
            self.handover.hide()
            self.given.hide()
        self._row = row
        self._draw()
        self._settled.start()

    def offer(self, causes: Sequence[BoardChoice]) -> None:
        """Causes that others have."""
        self.cause.offer([Choice(one.value, (one.value,)) for one in causes if one.value])

    def _draw(self) -> None:
        if self._row is not None:
            self.story.tell(_story(self._row, self._told))
            self.steps.show_complaint(self._row.fact)
            self._card.setEnabled(wording.has_ink(self._row.customer))  # nobody's, once he is erased

    def _read(self) -> None:
        number = self.complaint_no
        self.story.end.wait()

        def found(opened: tuple[BoardRow | None, Sequence[StepTold]]) -> None:
            if number == self.complaint_no:
                self.story.end.be_quiet()
                self._row, self._told = opened[0] or self._row, opened[1]
                self._draw()
                self._say_seen()

        def failed(error: Exception) -> None:
            if number == self.complaint_no:
                self.story.end.fail(error_words(error))

        self._board.open(number, found, failed)

    def _say_seen(self) -> None:
        """Once for each time that it is opened."""
        if self._row is not None and self._seen != self.complaint_no:
            self._seen = self.complaint_no
            self._board.saw(self._row)

    def _step(self, wish: StepWish) -> None:
        number = wish.seen.complaint_no

        def told(end: StepEnd, what: StepTold | None) -> None:
            if number == self.complaint_no:
                if end is StepEnd.MOVED and what is not None:
                    self._move(what)
                self.steps.say(*step_end_words(end, what))
                self._read()
            self.moved.emit()

        cause = self.cause.words if self._row is not None and self.cause.words != self._row.cause else ""
        self._board.step(replace(wish, cause=cause), told)

    # --- who deals with it

    def _on_card(self) -> None:
        if self._row is not None:
            self.wants_card.emit(self._row.customer_id)

    def _on_give(self) -> None:
        if self._row is not None:
            self.handover.begin(self._row.handler, self._board.operators)

    def _on_wished(self, login: str, why: str) -> None:
        if self._row is not None:
            wish = HandoverWish(self.complaint_no, self._row.handler, login, why)
            undo = HandoverWish(self.complaint_no, login, self._row.handler, _("taken back"))
            self._hand_over(wish, partial(self._hand_over, undo, None))
            self._give.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hand_over(self, wish: HandoverWish, undo: Callable[[], object] | None) -> None:
        name = dict(self._board.operators).get(wish.handler, wish.handler)

        def told(end: StepEnd, _what: StepTold | None) -> None:
            if wish.complaint_no == self.complaint_no:
                self._say_given(end, name, undo)
                self._read()
            self.moved.emit()

        self._board.hand_over(wish, told)

    def _say_given(self, end: StepEnd, name: str, undo: Callable[[], object] | None) -> None:
        self.given.show()
        if end is StepEnd.LATE:
            self.given.warn("▲ " + _("Somebody was quicker: see who has it now. Your words are kept."))
        elif end is StepEnd.WAITS:
            self.given.warn(step_end_words(end, None)[0])
        elif undo is not None:
            words = _("✓ {name} has it now.") if name else _("✓ Nobody has it now.")
            self.given.done(words.format(name=name), undo)
        else:
            words = _("{name} has it again.") if name else _("Nobody has it again.")
            self.given.taken_back(words.format(name=name))

    def _move(self, what: StepTold) -> None:
        """At once, so that the next step is not refused as one of yesterday's."""
        assert self._row is not None  # whose step this is
        fact = self._row.fact
        if fact.state is not what.to_state:
            self._row = self._row._replace(fact=moved_on(fact, what.to_state))
            self._draw()


def whose(row: BoardRow) -> str:
    """The customer's name; of somebody erased only the number is left."""
    return wording.honoured(row.customer) if wording.has_ink(row.customer) else row.customer_no


def _story(row: BoardRow, told: Sequence[StepTold]) -> Story:
    story = complaint_story(row.fact, told)
    more = [_("Product: {name}").format(name=row.product)] if row.product else []
    more += [_("Cause: {cause}").format(cause=row.cause)] if row.cause else []
    (nothing, particulars), *chapters = story.chapters
    lines = [" · ".join(dict.fromkeys((whose(row), row.customer_no))), particulars, " · ".join(more)]
    return Story(story.title, ((nothing, "\n".join(filter(None, lines))), *chapters))
