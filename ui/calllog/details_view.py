"""One call in full, beside the list: its course, legs, who was shown and chosen, what came of it, every text."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.calllog.call_log import CallStory, EndCause, LegTold, LogLine, WrapTold
from app.note_versions import NoteKind, NoteVersion
from app.pop import Reason
from app.words import _
from ui import wording
from ui.calllog.words import who
from ui.plain_text import button, label

_WIDTH = 272
Chapter = tuple[str, Sequence[str]]
"""A heading, and what stands below it."""


class DetailsView(QScrollArea):
    """Texts alone, so that whatever a caller or a note says is read as it stands.

    Signals:
        wants_recording: the page of the recording is to be opened.
        wants_customers_calls: only the calls of this customer.
        wants_card: the card of this customer.
        left: back to the list, by Escape.
    """

    wants_recording = Signal()
    wants_customers_calls = Signal()
    wants_card = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("details")
        self.setFixedWidth(_WIDTH)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName(_("Details of the call"))
        self.say(_("Select a call: its course, its notes and who was shown stand here."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def say(self, words: str) -> None:
        """In place of a call."""
        made, column = _column()
        column.addWidget(_text(words, "small"))
        column.addStretch(1)
        self.setWidget(made)

    def tell(
        self,
        line: LogLine,
        story: CallStory,
        dispositions: dict[int, str],
        before: Sequence[Chapter] = (),
        *,
        has_recording: bool,
    ) -> None:
        """All of it, from the top; `before` stands above its course."""
        made, column = _column()
        column.addWidget(_text(who(line), "title"))
        number = wording.call_number(line.number, line.withheld)
        column.addWidget(_text(f"{number} · {line.customer_no}" if line.customer_no else number, "small"))
        column.addWidget(_text(wording.outcome(line.outcome, line.end_cause, line.direction), "strong"))
        for title, lines in (*before, *_parts(line, story, dispositions)):
            if lines:
                column.addSpacing(8)
                column.addWidget(_text(title, "heading"))
                for one in lines:
                    column.addWidget(_text(one))
        column.addSpacing(8)
        if has_recording:
            play = button(_("Open the recording"))
            play.clicked.connect(self.wants_recording)
            column.addWidget(play)
        if line.customer_id is not None:
            theirs = button(_("Only this customer's calls"))
            theirs.clicked.connect(self.wants_customers_calls)
            card = button(_("Open the customer's card"))
            card.clicked.connect(self.wants_card)
            column.addWidget(theirs)
            column.addWidget(card)
        column.addStretch(1)
        self.setWidget(made)


def _parts(line: LogLine, story: CallStory, dispositions: dict[int, str]) -> Iterator[tuple[str, list[str]]]:
    yield _("Course"), list(_course(line, story))
    yield _("Where it rang"), [_leg(one) for one in story.legs]
    yield _("Shown on the card"), [_shown(one.name, one.reason, is_chosen=one.is_chosen) for one in story.shown]
    came = [_wrapped(one, dispositions.get(one.disposition_id or 0, "")) for one in story.wrapped]
    yield _("What came of it"), [one for one in came if one]
    for kind in (NoteKind.BODY, NoteKind.HANDOVER, NoteKind.RESOLUTION):
        of_kind = [one for one in story.versions if one.kind is kind and one.text.strip()]
        yield _kind_words(kind), [_version(one) for one in of_kind]


def _course(line: LogLine, story: CallStory) -> Iterator[str]:
    yield _("{day}  rang {time}").format(day=wording.day(story.offered_at), time=_clock(story.offered_at))
    if story.line or story.dialled:
        yield _("line: {line}").format(line=" · ".join(dict.fromkeys(filter(None, (story.line, story.dialled)))))
    if story.diverted_from:
        yield _("diverted by {number}").format(number=wording.call_number(story.diverted_from, None))
    if story.queue:
        yield _("queue: {queue}").format(queue=story.queue)
    if story.answered_at is not None:
        yield _("answered {time} after {wait}").format(time=_clock(story.answered_at), wait=_time(line.wait_s))
    elif line.wait_s:
        yield _("nobody answered for {wait}").format(wait=_time(line.wait_s))
    if story.hold_ms:
        yield _("on hold {time}").format(time=_time(story.hold_ms // 1000))
    if story.ended_at is not None:
        talked = _(", talked {time}").format(time=_time(line.talk_s)) if story.answered_at is not None else ""
        yield _("ended {time}").format(time=_clock(story.ended_at)) + talked


def _leg(leg: LegTold) -> str:
    """Who it rang for, for how long, and why it stopped."""
    who = leg.name or leg.who
    if leg.answered_at is not None:
        after = wording.duration(leg.answered_at - leg.offered_at)
        return "\n".join(filter(None, (_("● {who}: answered after {time}").format(who=who, time=after), _spoke(leg))))
    if leg.ended_at is None:
        return _("◌ {who}: rang").format(who=who)
    rang = _("◌ {who}: rang {time}").format(who=who, time=wording.duration(leg.ended_at - leg.offered_at))
    return f"{rang} · {why}" if (why := _stopped(leg.end_cause)) else rang


def _spoke(leg: LegTold) -> str:
    """Where a call went through several hands: from when until when."""
    if leg.answered_at is None or leg.ended_at is None:
        return ""
    return _("    from {start} to {end}").format(start=_clock(leg.answered_at), end=_clock(leg.ended_at))


def _stopped(cause: EndCause | None) -> str:
    return {
        EndCause.CANCELLED: _("the caller hung up"), EndCause.ANSWERED_ELSEWHERE: _("another answered"),
        EndCause.REJECTED: _("rejected"), EndCause.BUSY: _("busy"), EndCause.TIMED_OUT: _("no answer"),
        EndCause.FAILED: _("could not be connected"),
    }.get(cause, "") if cause is not None else ""  # fmt: skip


def _shown(name: str, reason: Reason, *, is_chosen: bool) -> str:
    return f"{'✓' if is_chosen else '○'} {name}: {wording.reason(reason)}" + (_(", chosen") if is_chosen else "")


def _wrapped(one: WrapTold, disposition: str) -> str:
    return " · ".join(filter(None, (one.operator, disposition, _work(one.after_call_ms))))


def _work(after_call_ms: int | None) -> str:
    if after_call_ms is None:
        return ""
    return _("after-call work {time}").format(time=_time(after_call_ms // 1000))


def _kind_words(kind: NoteKind) -> str:
    return {
        NoteKind.BODY: _("Note"), NoteKind.HANDOVER: _("For the next handler"), NoteKind.RESOLUTION: _("Resolution"),
    }[kind]  # fmt: skip


def _version(one: NoteVersion) -> str:
    about = f"{wording.day_and_time(one.at)} {one.operator}".strip()
    if not one.is_newest:
        about = _("{about}, version {number}, replaced").format(about=about, number=one.number)
    return f"{one.text.strip()}\n({about})"


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M:%S}"


def _time(seconds: int) -> str:
    return wording.duration(timedelta(seconds=seconds))


def _column() -> tuple[QWidget, QVBoxLayout]:
    made = QWidget()
    made.setObjectName("details-ground")
    column = QVBoxLayout(made)
    column.setContentsMargins(8, 4, 8, 12)
    column.setSpacing(4)
    return made, column


def _text(words: str, role: str = "body") -> QWidget:
    made = label(words, role)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
