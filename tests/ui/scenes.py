"""What an operator may see, played on the real widgets: each scene leads there and says what must be read there.

Words are asked in the language that is shown, so that each scene is played in every one.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPixmap
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QWidget,
)

from app.call import Ring
from app.headline import Place
from app.pop import Copied, DatabaseUnavailable, Found, Trouble
from app.records import Failed
from app.screen import SourceStatus, Status
from app.trouble_words import trouble_words
from app.words import _
from cti.events import CallAnswered, CallEnded, EndCause, SourceState, Withheld
from db.demo import COMPANY_NUMBER, CUSTOMER_NUMBER, ENGLISH_NUMBER, HOUSEHOLD_NUMBER, UNKNOWN_NUMBER
from tests.english import english_words_in
from tests.ui import seen
from tests.ui.call_log_scenes import CALL_LOG
from tests.ui.opening_scenes import cannot_open, opening
from tests.ui.persons_scenes import PERSONS
from tests.ui.rare_scenes import RARE
from tests.ui.report_scenes import REPORT_SCENES
from tests.ui.review_scenes import REVIEWS
from tests.ui.running import NOW, RunningDesk
from tests.ui.settings_scenes import SETTINGS, TYPED
from tests.ui.start_scenes import START
from tests.ui.version_scenes import VERSIONS
from ui.call_strip import CallStrip
from ui.opening_view import OpeningView
from ui.panels.rows_panel import RowsPanel

WIDE, NARROW, LOW = (1080, 680), (720, 560), (960, 540)
HANAKO_NUMBER = "0425211234"
PAGES = {
    "to-call-back": "To call back", "follow-ups": "Follow-ups", "customers": "Customers",
    "import": "Import and export", "duplicates": "Duplicates",
}  # fmt: skip
_NAMES = {"Emily", "Carter", "Main", "shop", "desk", "phone", "front", "Jabra", "Evolve"}  # of people and things: data
_CODE = re.compile(r"[a-z]+(\.[a-z_]+)+")  # of a disposition: the same in every language
_KEYS = {"Ctrl", "Alt", "Shift", "Enter", "Esc", "Tab", "Home", "End", "Down"}  # as they are printed on them
_HEAD = re.compile(r"\d+:[0-9a-f]{12}")  # of the audit log, as it is noted down
_SAME = {
    "Omote", "English", "Excel", "xlsx", "Card", "GNU", "General", "Public", "License", "Python", "Lite",
    "omote", "source", "tar", "later",
}  # fmt: skip
WELL = Status(sources=(SourceStatus("desk phone", SourceState.REGISTERED, "192.0.2.10:5060", NOW),))
AWAY = replace(WELL, database=Trouble.UNREACHABLE, database_since=NOW - timedelta(minutes=10))


@dataclass(frozen=True, slots=True)
class Scene:
    """`play` leads to it and tells the window that shows it, and words that must be read there.

    `has_past_calls`: over four weeks of the demo's calls. `typed`: words of files, which no language changes.
    """

    name: str
    play: Callable[[RunningDesk], tuple[QWidget, list[str]]]
    size: tuple[int, int] = WIDE
    has_past_calls: bool = False
    typed: frozenset[str] = frozenset()


def said(window: QWidget) -> str:
    """All that can be read in it, whole where it is cut; what is hidden is not read."""
    found: list[str] = []
    for one in window.findChildren(QWidget):
        if not one.isVisible():
            continue
        if isinstance(one, QLabel | QPushButton):
            found.append(str(getattr(one, "whole", None) or seen.drawn(one.text())))
        elif isinstance(one, OpeningView):
            found.append(one.words)
        elif isinstance(one, QTabBar):
            found += seen.tabs(one)
        elif isinstance(one, CallStrip):
            found += seen.entries(one)
    return "\n".join(found)


def nameless(window: QWidget) -> list[str]:
    """What the keyboard reaches and a screen reader has no word for."""
    found = []
    for one in window.findChildren(QWidget):
        is_reached = one.isVisible() and one.isEnabled() and bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if not is_reached or one.focusProxy() is not None:
            continue
        heard = QAccessible.queryAccessibleInterface(one)
        if heard is not None and not heard.text(QAccessible.Text.Name).strip():
            found.append(f"{type(one).__name__} {one.objectName()} in {type(one.parent()).__name__}")
    return found


def english(window: QWidget, typed: frozenset[str] = frozenset()) -> list[str]:
    """Words of the program that stand there in English."""
    texts = [said(window), window.windowTitle()]
    for one in (window, *window.findChildren(QWidget)):
        texts += [one.toolTip(), one.accessibleName(), one.accessibleDescription()]
        if isinstance(one, QLineEdit | QPlainTextEdit):
            texts.append(one.placeholderText())
        elif isinstance(one, QTableView):
            cells = [cell for row in [seen.headings(one), *seen.rows(one)] for cell in row]
            texts += [cell for cell in cells if not _CODE.fullmatch(cell)]
    said_here = [_HEAD.sub("", text) for text in texts]
    known = _NAMES | _KEYS | _SAME | typed
    return [words for text in said_here for words in english_words_in(text) if words not in known]


def overlapping(whole: QWidget) -> list[str]:
    """Widgets in it that lie over one beside them: there was too little room."""
    found: list[str] = []
    for parent in (whole, *whole.findChildren(QWidget)):
        beside = [one for one in parent.children() if isinstance(one, QWidget) and one.isVisible()]
        if isinstance(parent, QAbstractScrollArea | QLineEdit):
            continue  # they lay their parts over each other
        for number, one in enumerate(beside):
            found += [
                f"{type(one).__name__} {one.geometry().getRect()} {type(other).__name__} {other.geometry().getRect()}"
                for other in beside[number + 1 :]
                if one.geometry().intersects(other.geometry())
            ]
    return found


def drawn(window: QWidget, scale: float) -> QPixmap:
    """A picture of it on a screen of this scale."""
    picture = QPixmap(window.size() * scale)
    picture.setDevicePixelRatio(scale)
    window.render(picture)
    return picture


def known(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    desk.ring(CUSTOMER_NUMBER)
    return desk.pop, [_("ringing"), "髙橋 一郎", "配送遅延", _("Rank {rank}").format(rank="A")]


def cautious(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    desk.ring(HANAKO_NUMBER)
    return desk.pop, ["⊘ ", "▲ ", _("Caution: {why}").partition("{")[0]]


def choice(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    desk.ring(HOUSEHOLD_NUMBER)
    return desk.pop, [_("Who is calling? Choose below.")]


def company(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    desk.ring(COMPANY_NUMBER, "青空商事")
    return desk.pop, [_("Who is calling? Choose below.")]


def unknown(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    desk.ring(UNKNOWN_NUMBER)
    return desk.pop, [_("Not in the records"), "090-9876-1234"]


def withheld(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    desk.ring("", withheld=Withheld.ANONYMOUS)
    return desk.pop, [_("Number withheld")]


def search(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    desk.ring(UNKNOWN_NUMBER)
    (field,) = [one for one in desk.pop.body.question.findChildren(QLineEdit) if one.isVisible()]
    field.setText("さとう")
    views = desk.pop.body.question.findChildren(QTableView)
    desk.qtbot.waitUntil(lambda: any(len(seen.rows(one)) > 1 for one in views), timeout=5000)
    return desk.pop, [_("Not in the records")]


def talking(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    call = desk.ring(CUSTOMER_NUMBER)
    desk.answer(call)
    desk.pop.note.body.insertPlainText("再配達は明日の午前中をご希望。\n玄関先に置いてよいとのこと。")
    return desk.pop, [_("on the phone")]


def after_call(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    call = desk.ring(CUSTOMER_NUMBER)
    answered = CallAnswered("desk phone", call.ring.source_id, "sato", NOW)
    desk.desk.hear(answered)
    desk.desk.hear(CallEnded("desk phone", call.ring.source_id, EndCause.HUNG_UP, NOW))
    desk.pop.note.body.insertPlainText("再配達は明日の午前中をご希望。")
    return desk.pop, [_("after-call work")]


def missed(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    call = desk.ring(CUSTOMER_NUMBER)
    desk.give_up(call)
    desk.desk.select(call.id)
    return desk.pop, [_("missed")]


def elsewhere(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    call = desk.ring(CUSTOMER_NUMBER)
    desk.desk.hear(CallAnswered("desk phone", call.ring.source_id, "鈴木 健", NOW))
    return desk.pop, []


def several(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    first = desk.ring(CUSTOMER_NUMBER)
    desk.answer(first)
    desk.pop.note.body.insertPlainText("在庫を確認中。")
    for number in (HOUSEHOLD_NUMBER, ENGLISH_NUMBER, UNKNOWN_NUMBER):
        desk.ring(number)
    desk.give_up(desk.ring(COMPANY_NUMBER, "青空商事"))
    desk.qtbot.waitUntil(lambda: "Emily Carter" in said(desk.pop), timeout=5000)
    return desk.pop, ["髙橋 一郎", "Emily Carter", _("on the phone")]


def alarm(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    desk.ring(CUSTOMER_NUMBER)
    sources = (*WELL.sources, SourceStatus("front desk", SourceState.UNREACHABLE, "192.0.2.11:5060", NOW))
    desk.desktop.show_status(
        Status(sources=sources, database=Trouble.UNREACHABLE, database_since=NOW, waiting=3, waiting_since=NOW)
    )
    return desk.pop, ["front desk", "▲"]


def blanket_alarm(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    """Five telephones that see nothing, and no records."""
    desk.ring(CUSTOMER_NUMBER)
    sources = tuple(
        SourceStatus(f"desk phone {number}", SourceState.UNREACHABLE, "192.0.2.11:5060", NOW) for number in range(1, 6)
    )
    desk.desktop.show_status(Status(sources=sources, database=Trouble.UNREACHABLE, database_since=NOW))
    return desk.pop, ["desk phone 1", "▲"]


def failed(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    """The records can't be asked, and this desk has never seen the caller."""
    gone = DatabaseUnavailable(Trouble.UNREACHABLE, "gone")
    setattr(desk.records, "find_pop", lambda _ring, _then, failed: failed(gone))  # noqa: B010 -- a method of theirs
    desk.ring(UNKNOWN_NUMBER)
    desk.desktop.show_status(AWAY)
    return desk.pop, [_("The records could not be asked"), _("Try again")]


def copied(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    """The database is away; this desk has seen the caller before."""
    ask, copy = desk.records.find_pop, Copied(NOW - timedelta(hours=5), NOW - timedelta(minutes=10))

    def find_copy(ring: Ring, then: Callable[[Found], object], no_answer: Failed) -> None:
        def as_copy(found: Found) -> None:
            then(replace(found, pop=replace(found.pop, trouble=Trouble.UNREACHABLE, copied=copy)))

        ask(ring, as_copy, no_answer)

    setattr(desk.records, "find_pop", find_copy)  # noqa: B010 -- a method of theirs
    desk.ring(CUSTOMER_NUMBER)
    desk.desktop.show_status(AWAY)
    return desk.pop, ["△ "]


def opened_complaint(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    panel = _at(desk, "complaints")
    panel.view.activated.emit(panel.view.model().index(0, 0))
    return desk.pop, ["#12 配送遅延", _("Back to the list")]


def complaint_steps(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    panel = _at(desk, "complaints")
    panel.view.select("12")
    return desk.pop, ["#12"]


def history(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    _at(desk, "history")
    return desk.pop, [_("History {n}").format(n=27)]


def handlers(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    _at(desk, "handlers")
    return desk.pop, [_("Handlers {n}").format(n=2)]


def profile(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    _at(desk, "profile")
    return desk.pop, [_("Customer")]


def page_failed(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    _at(desk, "history").fail(trouble_words(Trouble.UNREACHABLE))
    return desk.pop, [_("Try again")]


def keys(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    desk.ring(CUSTOMER_NUMBER)
    desk.pop.keys.turn()
    return desk.pop, [_("Keys")]


def complaint_form(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    desk.answer(desk.ring(CUSTOMER_NUMBER))
    desk.pop.note.body.insertPlainText("色が注文と違う。")
    desk.pop.note.wrap_up.wants_complaint.emit()
    return desk.pop, []


def todays_calls(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    for number in (CUSTOMER_NUMBER, UNKNOWN_NUMBER):
        desk.give_up(desk.ring(number))
    desk.ring(ENGLISH_NUMBER)
    stamps = {"received": 0, "parsed": 300, "matched": 900, "shown": 1500, "painted": 6800}
    desk.trace[:] = [json.dumps(json.loads(line) | {"stamps_us": stamps}) for line in desk.trace]  # no two runs agree
    desk.desktop.show_main()
    desk.qtbot.wait(900)  # what it asks by itself is today's, and NOW is another day
    calls = desk.desktop.main.calls
    desk.records.calls_of(NOW - timedelta(days=1), NOW + timedelta(days=1), calls.fill, desk.desk.board.records_failed)
    (table,) = [one for one in calls.findChildren(QTableView) if one.model().columnCount() == 5]
    desk.qtbot.waitUntil(lambda: table.model().rowCount() == 3, timeout=5000)
    table.selectRow(1)
    return desk.desktop.main, [_("Today's calls")]


def page(title: str) -> Callable[[RunningDesk], tuple[QWidget, list[str]]]:
    """One of the main window's others, by its English title."""

    def play(desk: RunningDesk) -> tuple[QWidget, list[str]]:
        desk.give_up(desk.ring(CUSTOMER_NUMBER))
        desk.desktop.show_main()
        main = desk.desktop.main
        main.go_to(main._titles.index(_(title)))
        desk.qtbot.wait(600)
        return main, [_(title)]

    return play


def _at(desk: RunningDesk, key: str) -> RowsPanel:
    if desk.pop.call is None:
        desk.ring(CUSTOMER_NUMBER)
    panels = desk.pop.body.panels
    panels.go_to(Place(key))
    return next(one for one in panels.panels if one.key == key)


SCENES = (
    Scene("opening", opening),
    Scene("cannot-open", cannot_open),
    Scene("ringing", known),
    Scene("caution", cautious),
    Scene("choice", choice),
    Scene("company", company),
    Scene("unknown", unknown),
    Scene("withheld", withheld),
    Scene("search", search),
    Scene("talking", talking),
    Scene("after-call", after_call),
    Scene("missed", missed),
    Scene("elsewhere", elsewhere),
    Scene("several", several),
    Scene("alarm", alarm),
    Scene("failed", failed),
    Scene("copied", copied),
    Scene("complaint-opened", opened_complaint),
    Scene("complaint-steps", complaint_steps),
    Scene("complaint-form", complaint_form),
    Scene("history", history),
    Scene("handlers", handlers),
    Scene("profile", profile),
    Scene("page-failed", page_failed),
    Scene("keys", keys),
    Scene("narrow", known, NARROW),
    Scene("narrow-choice", choice, NARROW),
    Scene("narrow-alarm", alarm, NARROW),
    Scene("doubled-alarm", alarm, LOW),
    Scene("doubled-copied", copied, LOW),
    Scene("doubled-blanket-alarm", blanket_alarm, LOW),
    Scene("doubled-form", complaint_form, LOW),
    Scene("doubled-search", search, LOW),
    Scene("low", talking, (800, 460)),
    Scene("doubled", known, LOW),
    Scene("doubled-several", several, LOW),
    Scene("calls", todays_calls),
    *(Scene(name, page(title)) for name, title in PAGES.items()),
    *(Scene(name, play) for name, play in (*RARE, *CALL_LOG, *REVIEWS, *PERSONS, *START, *VERSIONS)),
    *(Scene(f"doubled-{name}", play, LOW) for name, play in (*RARE, *CALL_LOG, *REVIEWS, *PERSONS, *START, *VERSIONS)),
    *(Scene(name, play, typed=TYPED) for name, play in SETTINGS),
    *(Scene(f"doubled-{name}", play, LOW, typed=TYPED) for name, play in SETTINGS),
    *(Scene(name, play, has_past_calls=True) for name, play in REPORT_SCENES),
)
