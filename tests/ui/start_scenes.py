"""What the main window shows on a desk's first day: three questions, answers that were tried, a password wanting."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.credentials import Credentials
from app.first_start.answers import PhoneField, PhoneKind
from app.first_start.first_day import FirstDay
from app.first_start.first_start import Part
from app.keyring_patience import Keyring
from app.paths import profile_at
from app.screen import SourceStatus, Status
from app.settings import Settings
from app.words import _
from cti.events import Caller, CallOffered, Direction, SourceChanged, SourceState
from tests.app.test_credentials import MemoryKeyring
from tests.ui.running import NOW, RunningDesk
from ui.first_day import show_first_day
from ui.pages.first_start import FirstStartPage

Shown = tuple[QWidget, list[str]]


def password_missing(desk: RunningDesk) -> Shown:
    """Somebody has set the desk up, and left its password to whoever works there."""
    lacks = Status(sources=(SourceStatus("desk phone", SourceState.NO_SECRET, "201", NOW),))
    desk.desktop.show_main()
    desk.desktop.show_status(replace(lacks, keyring=Keyring.LOCKED))
    return desk.desktop.main, [_("Keep"), _("no password: enter it in the main window")]


def first_page(desk: RunningDesk, keyring: MemoryKeyring | None = None) -> FirstStartPage:
    """The page as it shows itself on a desk that nobody has set up; its records are those of the desk."""
    store = keyring or MemoryKeyring()
    profile = profile_at(desk.folder)
    day = FirstDay(profile, Settings(), Credentials(lambda: store), desk.post, desk.desk.board)
    day.questions.who = "佐藤 美咲"
    desk.desktop.add(lambda main: show_first_day(day, main))
    desk.desktop.show_main()
    (page,) = desk.desktop.main.findChildren(FirstStartPage)
    return page


def first_start(desk: RunningDesk) -> Shown:
    """Nothing answered yet."""
    page = first_page(desk)
    return desk.desktop.main, [_("Before the first call"), page.cards[Part.PHONE].try_it.text(), _("Skip for now")]


def first_start_tried(desk: RunningDesk) -> Shown:
    """The name was tried, the phone has rung, and where the records are is left for another day."""
    page = first_page(desk)
    first = page._first
    page.kind.choose(PhoneKind.DESK_PHONE.value)
    page.kind.changed.emit()
    typed = {PhoneField.SERVER: "192.0.2.10", PhoneField.EXTENSION: "201", PhoneField.PASSWORD: "x" * 9}
    for one, text in typed.items():
        page.fields[one].setText(text)
    QTest.mouseClick(page.cards[Part.WHO].try_it, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.cards[Part.RECORDS].skip, Qt.MouseButton.LeftButton)
    run = first.trial.run_of(first.phone.source("phone"), "x", "201", page.cards[Part.PHONE].tell)
    run.after(SourceChanged("phone", SourceState.REGISTERED, "", NOW))
    caller = Caller("0335814111", "髙橋 一郎")
    rung = run.after(CallOffered("phone", "1", caller, "201", "", "", Direction.IN, NOW, 1, 2))
    assert rung is not None
    page.cards[Part.PHONE].tell(rung)
    words = [_("Calls and notes are written under “{name}”.").format(name="佐藤 美咲"), "0335814111"]
    return desk.desktop.main, [*words, _("Answer it after all")]


START: tuple[tuple[str, Callable[[RunningDesk], Shown]], ...] = (
    ("password-missing", password_missing), ("first-start", first_start), ("first-start-tried", first_start_tried),
)  # fmt: skip
