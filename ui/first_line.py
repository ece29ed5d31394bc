"""The first-three-seconds line as a row of words and links, and the pins under it; each leads to its record."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.headline import NOWHERE, PROFILE, Headline, Place
from app.words import _
from ui import wording
from ui.plain_text import button, cut, label, set_text, set_tip

_SLOTS = 8
_GAP, _REST = 6, 20  # px


@dataclass(frozen=True, slots=True)
class Part:
    """A few words, and the record that they lead to."""

    text: str
    place: Place = NOWHERE
    leads: bool = False  # says nothing without the link behind it


_NOTHING = Part("")


def parts(line: Headline, now: datetime) -> list[Part]:
    """The sentence in its parts."""
    made: list[Part] = []
    if (complaint := line.complaint) is not None:
        words = _("Open complaint #{no}").format(no=complaint.complaint_no)
        made.append(Part(words, Place("complaints", complaint.complaint_no)))
        age = wording.days_ago(complaint.received_at, now)
        made.append(
            Part(_("(with {who}, {age})").format(who=complaint.handler, age=age) if complaint.handler else f"({age})")
        )
    if (last := line.last_contact) is not None:
        made.append(Part(_("last contact {when}:").format(when=wording.days_ago(last.at, now)), leads=True))
        made.append(Part(last.subject or wording.interaction_kind(last.kind), Place("history", last.key)))
        if last.handler:
            made.append(Part(f"({last.handler})"))
    if (task := line.follow_up) is not None:
        words = f"{wording.follow_up_kind(task.kind)} {wording.due(task.due_at, now)}"
        made.append(Part(words, Place(PROFILE, task.follow_up_id)))
    return made


class FirstLine(QWidget):
    """Signals: wanted, the record whose link was clicked."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        self._words = [label("", "line") for _unused in range(_SLOTS)]
        self._links = [button("", "link") for _unused in range(_SLOTS)]
        self._parts = [_NOTHING] * _SLOTS
        for number, (words, link) in enumerate(zip(self._words, self._links, strict=True)):
            link.setCursor(Qt.CursorShape.PointingHandCursor)
            link.clicked.connect(lambda _checked=False, n=number: self.wanted.emit(self._parts[n].place))
            row.addWidget(words)
            row.addWidget(link)
        self._rest = label("…", "line")  # nothing is left out without a sign
        row.addWidget(self._rest)
        row.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # whatever does not fit is left out from the end: a long line must not widen the window
        return QSize(100, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """The first parts matter most: what would be cut is not shown."""
        needs = [
            (link if part.place.panel else words).sizeHint().width() + _GAP if part.text else 0
            for words, link, part in zip(self._words, self._links, self._parts, strict=True)
        ]
        left = self.width() - (_REST if sum(needs) > self.width() else 0)
        fits = [bool(need) and sum(needs[: number + 1]) <= left for number, need in enumerate(needs)]
        for number, part in enumerate(self._parts):
            is_shown = fits[number] and not (part.leads and not any(fits[number + 1 : number + 2]))
            set_hidden(self._links[number], is_hidden=not (is_shown and part.place.panel))
            set_hidden(self._words[number], is_hidden=not is_shown or bool(part.place.panel))
        left_out = " ".join(part.text for part, is_there in zip(self._parts, fits, strict=True) if not is_there)
        set_hidden(self._rest, is_hidden=not left_out.strip())
        set_tip(self._rest, left_out.strip())

    def fill(self, made: Sequence[Part]) -> None:
        """Show these parts; slots that are not needed stay empty."""
        for number in range(_SLOTS):
            part = made[number] if number < len(made) else _NOTHING
            text = cut(part.text, 80)
            self._parts[number] = part
            self._words[number].setText("" if part.place.panel else text)
            set_text(self._links[number], text if part.place.panel else "")
        self._fit()


def set_hidden(widget: QWidget, *, is_hidden: bool) -> None:
    """Hide or show, only where that changes something."""
    if widget.isHidden() != is_hidden:  # each change lays the row out anew
        widget.setHidden(is_hidden)


@contextmanager
def laid_out_once(*widgets: QWidget) -> Iterator[None]:
    """Whatever is shown in these meanwhile: Qt lays a visible widget's parents out at each single one.

    One that was hidden before has missed Qt's request to be laid out, and there is no second one: it is done here.
    """
    parts = [(widget, made, widget.isHidden()) for widget in widgets if (made := widget.layout()) is not None]
    for _widget, made, _was_hidden in parts:
        made.setEnabled(False)
    try:
        yield
    finally:
        for _widget, made, _was_hidden in parts:
            made.setEnabled(True)
        for widget, made, was_hidden in parts:
            if was_hidden and not widget.isHidden():
                made.activate()
