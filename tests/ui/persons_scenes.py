"""The page about personal data as an administrator sees it, for the pictures."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar, QWidget
from sqlalchemy import insert

from app.words import _
from db.engine import writing
from db.models import note, note_revision
from db.person.holds import Hold, hold
from db.person.retention import Rule, Subject, settle
from db.person.whole import person_of
from db.search_index import index_note
from tests.ui.running import NOW, RunningDesk
from ui.customer_search import CustomerSearch
from ui.pages.persons import PersonsPage

Shown = tuple[QWidget, list[str]]
HELD, FREE = "C-000002", "C-000001"


def opened(desk: RunningDesk) -> PersonsPage:
    """The page, nobody chosen yet."""
    main = desk.desktop.main
    main.resize(1080, 680)
    desk.desktop.show_main()
    main.go_to(main._titles.index(_("Personal data")))
    return main.findChild(PersonsPage)


def found(desk: RunningDesk, page: PersonsPage, typed: str) -> None:
    """Somebody is looked for and chosen."""
    search = page.findChild(CustomerSearch)
    QTest.keyClicks(search.field, typed)
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: typed in page.person._title.text(), timeout=5000)


def written_long_ago(desk: RunningDesk, many: int) -> None:
    """Notes of four years ago about nobody who is in the records."""
    at = NOW - timedelta(days=4 * 365)
    with writing(desk._engine) as connection:
        for number in range(1, many + 1):
            key = UUID(int=number)
            connection.execute(insert(note).values(id=key, kind="body", created_at=at))
            said = {"id": key, "note_id": key, "number": 1, "text": "配送のお問い合わせ", "at": at}
            connection.execute(insert(note_revision).values(said))
            index_note(connection, key)


def personal_data(desk: RunningDesk) -> Shown:
    """Somebody who is held."""
    with writing(desk._engine) as connection:
        person = person_of(connection, HELD)
        assert person is not None
        hold(connection, person, Hold("2026-118", "Carter", NOW))
    page = opened(desk)
    found(desk, page, HELD)
    return page.window(), [HELD, "2026-118", _("End the hold"), _("Hand out a copy…"), _("contacts")]


def personal_data_erase(desk: RunningDesk) -> Shown:
    """What erasing does, before it is meant."""
    page = opened(desk)
    found(desk, page, FREE)
    QTest.mouseClick(page.person.erase, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(page.person.erasing.isVisible, timeout=5000)
    page.person.erasing.reason.setText("2026-119")
    return page.window(), [_("Erase for good"), _("Type {word} if you mean it").format(word=FREE)]


def keeping(desk: RunningDesk) -> Shown:
    """Rules, and what is due by them."""
    with writing(desk._engine) as connection:
        settle(connection, Rule(Subject.CALLS, 1, "2026-3"))
        settle(connection, Rule(Subject.NOTES, 1095, "2026-3"))
        settle(connection, Rule(Subject.CUSTOMERS, 400, "2026-4"))
    written_long_ago(desk, 12)
    page = opened(desk)
    page.findChild(QTabBar).setCurrentIndex(1)
    desk.qtbot.waitUntil(page.keeping.remove.isEnabled, timeout=5000)
    QTest.mouseClick(page.keeping.remove, Qt.MouseButton.LeftButton)
    return page.window(), [_("Due now"), _("Remove it for good"), _("Count again")]


PERSONS: tuple[tuple[str, Callable[[RunningDesk], Shown]], ...] = (
    ("personal-data", personal_data), ("personal-data-erase", personal_data_erase), ("keeping", keeping),
)  # fmt: skip
