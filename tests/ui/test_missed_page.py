"""The page of missed callers: what an entry says, one key marks it, the rail counts them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QTabBar

from app.call import Note
from app.roles import Role
from cti.events import Withheld
from db.demo import CUSTOMER_NUMBER
from tests.ui import seen
from tests.ui.logged_calls import write_missed
from tests.ui.missed_callers import waiting_callers
from tests.ui.running import RunningDesk
from ui.pages.missed import MissedPage
from ui.rows import RowsView

STRANGER = "0399990000"


@pytest.fixture
def page(desk: RunningDesk, monkeypatch: pytest.MonkeyPatch) -> MissedPage:
    """Open, with what the demo's records have in it."""
    monkeypatch.setattr("ui.pages.missed.utc_now", lambda: desk.now)
    desk.give_up(desk.ring("0388880000"))
    for _attempt in range(3):
        desk.give_up(desk.ring(STRANGER))
    desk.give_up(desk.ring("", withheld=Withheld.PAYPHONE))
    desk.desktop.show_main()
    QTest.mouseClick(rail(desk), Qt.MouseButton.LeftButton)
    found: MissedPage = desk.desktop.main.findChild(MissedPage)
    desk.qtbot.waitUntil(lambda: bool(callers(found)) and callers(found)[0].startswith("03-9999"), timeout=5000)
    desk.qtbot.waitUntil(lambda: seen.tabs(found.findChild(QTabBar))[1].endswith("1"), timeout=5000)  # written last
    return found


def rail(desk: RunningDesk) -> object:
    (found,) = [one for one in desk.desktop.main._lines if one.text().startswith("To call back")]
    return found


def shown(page: MissedPage) -> RowsView:
    (found,) = [one for one in page.findChildren(RowsView) if one.isVisible()]
    return found


def callers(page: MissedPage) -> list[str]:
    views = [one for one in page.findChildren(RowsView) if one.isVisible()]
    return [row[1] for row in seen.rows(views[0])] if views else []


def test_an_entry_says_how_often_and_since_when(desk: RunningDesk, page: MissedPage) -> None:
    row = seen.rows(shown(page))[0]
    assert row == ["14:12\ntoday", "03-9999-0000\nnot attached to a customer", "3 calls\nsince 14:12", "Main shop"]


def test_a_supervisor_looks_beyond_the_lines_of_this_desk_and_an_operator_does_not(
    desk: RunningDesk, page: MissedPage
) -> None:
    write_missed(desk.folder, "0377770000", "0366660000")
    every = page.findChild(QCheckBox)
    assert every.isVisible()
    every.click()
    desk.qtbot.waitUntil(lambda: any(one.startswith("03-6666-0000") for one in callers(page)), timeout=5000)
    desk.desk.roles.role = Role.OPERATOR
    for tell in desk.desk.roles.changed:
        tell()
    desk.qtbot.waitUntil(lambda: not any(one.startswith("03-6666-0000") for one in callers(page)), timeout=5000)
    assert not every.isVisible()


def test_ctrl_d_marks_it_for_the_team_and_undo_brings_it_back(desk: RunningDesk, page: MissedPage) -> None:
    before = len(callers(page))
    shown(page).setFocus()
    shown(page).selectRow(0)
    QTest.keyClick(shown(page), Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: len(callers(page)) == before - 1, timeout=5000)
    assert seen.labels(page, "result") == ["✓ 03-9999-0000: done. The whole team sees it."]
    assert shown(page).currentIndex().row() == 0, "the next one is selected"
    QTest.mouseClick(seen.button(page, "Undo"), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: len(callers(page)) == before, timeout=5000)


def test_a_mark_is_taken_back_where_it_is_listed(desk: RunningDesk, page: MissedPage) -> None:
    before = len(callers(page))
    shown(page).selectRow(0)
    QTest.mouseClick(seen.button(page, "Mark as done (Ctrl+D)"), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: len(callers(page)) == before - 1, timeout=5000)
    page.findChild(QTabBar).setCurrentIndex(2)

    def settled() -> list[str]:
        return next(row for row in seen.rows(shown(page)) if row[1].startswith("03-9999"))

    desk.qtbot.waitUntil(lambda: settled()[2] == "✓ done, says 佐藤 美咲\ntoday 14:12", timeout=5000)
    row = settled()
    shown(page).selectRow(callers(page).index(row[1]))
    QTest.mouseClick(seen.button(page, "Not done after all (Ctrl+D)"), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: callers(page) == [], timeout=5000)


def test_whoever_withheld_the_number_stands_behind_a_tab(desk: RunningDesk, page: MissedPage) -> None:
    tabs = page.findChild(QTabBar)
    assert seen.tabs(tabs)[1] == "Number not shown: 1"
    tabs.setCurrentIndex(1)
    assert callers(page) == ["Payphone\nnot attached to a customer"]


def test_the_rail_counts_what_waits(desk: RunningDesk, page: MissedPage) -> None:
    desk.qtbot.waitUntil(lambda: rail(desk).text() == "To call back  3", timeout=5000)  # type: ignore[attr-defined]


def test_enter_opens_the_card_of_the_missed_call(desk: RunningDesk, page: MissedPage) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    desk.give_up(call)
    desk.qtbot.waitUntil(lambda: callers(page)[0].startswith("髙橋"), timeout=5000)
    shown(page).selectRow(0)
    QTest.keyClick(shown(page), Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: desk.pop.call is not None and desk.pop.call.id == call.id, timeout=5000)


def test_finishing_a_card_with_a_note_says_so_on_the_page_with_a_way_back(desk: RunningDesk, page: MissedPage) -> None:
    before = len(callers(page))
    call = next(one for one in desk.desk.calls if one.ring.number.raw == STRANGER)
    desk.desk.write(call.id, Note("折り返し済み"))
    desk.desk.finish(call.id)
    desk.qtbot.waitUntil(lambda: len(callers(page)) == before - 1, timeout=5000)
    assert seen.labels(page, "result") == ["✓ 03-9999-0000: done. The whole team sees it."]
    QTest.mouseClick(seen.button(page, "Undo"), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: len(callers(page)) == before, timeout=5000)


def test_who_has_waited_longest_stands_first_with_figures_for_supervisors(desk: RunningDesk, page: MissedPage) -> None:
    waiting_callers(desk._engine)
    desk.desktop._pages.ask_now()
    (tabs,) = page.findChildren(QTabBar)
    tabs.setCurrentIndex(3)

    def rows() -> list[list[str]]:
        return [row for row in seen.rows(shown(page)) if row[1].startswith("03-9999-000")]

    desk.qtbot.waitUntil(lambda: len(rows()) == 4, timeout=5000)
    assert [row[0].splitlines()[0] for row in rows()] == ["▲ 2 days 3 h", "3 h 20 min", "25 min", "0 min"]
    assert rows()[1] == ["3 h 20 min\nsince 10:52", "03-9999-0002\nnot attached to a customer", "2 calls\nlast 12:52",
                         "Main shop"]  # fmt: skip
    figures = page._hint.text()
    assert "Median wait until called back: 1 h 05 min (n = 2, last 14 days)." in figures
    assert "From the first missed call" in figures
    assert "today: 1 · older: 2" in page._bands.text()
    desk.desk.roles.role = Role.OPERATOR
    for tell in desk.desk.roles.changed:
        tell()
    desk.qtbot.waitUntil(lambda: "Median" not in page._hint.text(), timeout=5000)


def test_whoever_waits_longest_is_marked_there_too(desk: RunningDesk, page: MissedPage) -> None:
    (tabs,) = page.findChildren(QTabBar)
    tabs.setCurrentIndex(3)
    before = len(callers(page))
    shown(page).setFocus()
    shown(page).selectRow(0)
    QTest.keyClick(shown(page), Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: len(callers(page)) == before - 1, timeout=5000)
