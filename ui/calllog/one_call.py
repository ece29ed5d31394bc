"""One call in full beside a list: its course and notes, what was said of it, and room to say something."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.audit.audit_desk import AuditDesk
from app.calllog.call_log import CallLog, CallStory, LogLine
from app.error_words import error_words
from app.reviews.reviewing import CallReviews, Reviewing
from app.words import _
from ui.calllog.details_view import DetailsView
from ui.reviews.panel import ReviewPanel
from ui.reviews.words import chapters


class OneCall(QWidget):
    """Whoever looks is written down.

    Signals:
        wants_customers_calls: only the calls of this LogLine's customer.
        wants_card: the id of the customer whose card is wanted.
        left: back to the list.
        hinted: why the recording could not be opened, for the page's own line.
    """

    wants_customers_calls = Signal(object)
    wants_card = Signal(object)
    left = Signal()
    hinted = Signal(str)

    def __init__(self, log: CallLog, audit: AuditDesk, reviewing: Reviewing) -> None:
        super().__init__()
        self._log, self._audit = log, audit
        self.dispositions: dict[int, str] = {}
        self._line: LogLine | None = None
        self._story: CallStory | None = None
        self._why: Sequence[str] = ()
        self._said: Sequence[str] = ()
        self.details, self.review = DetailsView(), ReviewPanel(reviewing)
        self.details.wants_recording.connect(self._open_recording)
        self.details.wants_customers_calls.connect(lambda: self.wants_customers_calls.emit(self._line))
        self.details.wants_card.connect(self._open_card)
        self.details.left.connect(self.left)
        self.review.told.connect(self._tell_reviews)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.details, 1)
        column.addWidget(self.review)

    def say(self, words: str) -> None:
        """In place of a call."""
        self._line, self._story = None, None
        self.details.say(words)
        self.review.show_line(None)

    def show_line(self, line: LogLine, why: Sequence[str] = ()) -> None:
        """All of it as it comes; `why` somebody should look."""
        self._line, self._story, self._why, self._said = line, None, why, ()
        self._audit.saw_call(line.call_id)
        self._log.story(line.call_id, partial(self._tell, line), partial(self._fail, line))
        self.review.show_line(line)

    def follow(self, line: LogLine) -> None:
        """The same call as it stands now; what is being said of it stays."""
        self._line = line
        self._log.story(line.call_id, partial(self._tell, line), partial(self._fail, line))

    def _open_card(self) -> None:
        if self._line is not None and self._line.customer_id is not None:
            self.wants_card.emit(self._line.customer_id)

    def _tell(self, line: LogLine, story: CallStory | None) -> None:
        if self._line is not line:
            return
        self._story = story
        if story is None:
            self.say(_("This call is not in the records any more."))
        else:
            self._draw()

    def _fail(self, line: LogLine, error: Exception) -> None:
        if self._line is line:
            self.details.say(error_words(error))

    def _tell_reviews(self, found: CallReviews) -> None:
        self._said = chapters(found)
        self._draw()

    def _draw(self) -> None:
        if self._line is not None and self._story is not None:
            has_recording = self._log.recording(self._story) is not None
            before = (_("Why it was drawn"), self._why), (_("Reviews"), self._said)
            self.details.tell(self._line, self._story, self.dispositions, before, has_recording=has_recording)

    def _open_recording(self) -> None:
        if self._story is not None and (opening := self._log.recording(self._story)) is not None:
            self._log.open(opening, self.hinted.emit)
