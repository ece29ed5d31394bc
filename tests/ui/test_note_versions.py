"""Earlier versions beside the note: offered for a call that was opened again, in the way of nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest

from app.call import Call
from app.headline import Place
from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from tests.ui import seen
from tests.ui.running import RunningDesk
from ui.note_versions import VersionsSheet
from ui.panels.history import History


def finish(desk: RunningDesk, call: Call) -> None:
    desk.desk.finish(call.id)
    desk.qtbot.waitUntil(lambda: call.state == "finished", timeout=5000)


def opened_again(desk: RunningDesk, first: Call) -> Call:
    """As a double-click in today's calls does."""
    desk.records.when_sent(lambda _none: desk.desktop._reopen(first.id))
    desk.qtbot.waitUntil(lambda: desk.pop.call is not None and desk.pop.call.id == first.id, timeout=5000)
    assert desk.pop.call is not None
    return desk.pop.call


def sheet(desk: RunningDesk) -> VersionsSheet:
    desk.qtbot.waitUntil(lambda: any(one.isVisible() for one in desk.pop.findChildren(VersionsSheet)), timeout=5000)
    return next(one for one in desk.pop.findChildren(VersionsSheet) if one.isVisible())


def twice_written(desk: RunningDesk, first: str = "first", more: str = ", then more") -> Call:
    call = desk.ring(CUSTOMER_NUMBER)
    desk.answer(call)
    desk.pop.note.body.insertPlainText(first)
    finish(desk, call)
    again = opened_again(desk, call)
    desk.pop.note.body.insertPlainText(more)
    finish(desk, again)
    return opened_again(desk, call)


def test_all_versions_are_shown_with_author_and_time_newest_first(desk: RunningDesk) -> None:
    twice_written(desk)
    QTest.mouseClick(seen.button(desk.pop, "Earlier versions"), Qt.MouseButton.LeftButton)
    shown = sheet(desk)
    rows = [shown.list.item(row).text().split("\n") for row in range(shown.list.count())]
    assert [row[1] for row in rows] == ["Note, version 2, as it stands", "Note, version 1"]
    assert [row[0][:10] for row in rows] == ["2026-11-21"] * 2
    assert all(row[0].split("  ")[1] not in ("", "—") for row in rows), rows
    assert shown.text.toPlainText() == "first, then more"
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    assert shown.text.toPlainText() == "first"
    assert shown.text.isReadOnly()
    assert desk.pop.note.body.toPlainText() == "first, then more"


def test_they_stay_where_the_panels_are_when_the_header_grows(desk: RunningDesk) -> None:
    twice_written(desk)
    QTest.mouseClick(seen.button(desk.pop, "Earlier versions"), Qt.MouseButton.LeftButton)
    shown, header = sheet(desk), desk.pop.header
    taller = header.height() + 40
    header.setMinimumHeight(taller)
    desk.qtbot.waitUntil(lambda: desk.pop.body.y() >= taller)
    assert desk.pop.body.geometry().contains(shown.geometry())


def test_the_key_shows_them_and_escape_gives_the_keyboard_back(desk: RunningDesk) -> None:
    twice_written(desk)
    (key,) = [one for one in desk.pop.findChildren(QShortcut) if one.key().toString() == "Ctrl+H"]
    key.activated.emit()
    shown = sheet(desk)
    assert desk.pop.focusWidget() is shown.list
    QTest.keyClick(shown.list, Qt.Key.Key_Escape)
    assert (shown.isVisible(), desk.pop.focusWidget()) == (False, desk.pop.note.body)


def test_a_new_call_has_none_and_offers_none(desk: RunningDesk) -> None:
    desk.ring(ENGLISH_NUMBER)
    assert not desk.pop.note.versions.isVisible()
    desk.desktop._versions.show()
    assert sheet(desk).list.count() == 0


def test_another_call_on_the_card_takes_the_sheet_away(desk: RunningDesk) -> None:
    twice_written(desk)
    desk.desktop._versions.show()
    shown = sheet(desk)
    second = desk.ring(ENGLISH_NUMBER)
    assert shown.isVisible(), "a call that rings meanwhile takes nothing away"
    desk.desk.select(second.id)
    assert not shown.isVisible()


def history(desk: RunningDesk) -> History:
    """Of a card that is not the one whose note was written twice, with that contact in its first row."""
    written = twice_written(desk)
    desk.desk.not_mine(written.id)
    desk.desk.finish(written.id)
    desk.qtbot.waitUntil(lambda: desk.desk.calls.get(written.id) is None, timeout=5000)
    desk.records.when_sent(lambda _none: desk.ring(CUSTOMER_NUMBER))
    desk.qtbot.waitUntil(lambda: desk.pop.call is not None and desk.pop.call.pop.facts is not None, timeout=9000)
    panels = desk.pop.body.panels
    found = next(one for one in panels.panels if isinstance(one, History))
    desk.pop.take_me_there()
    panels.go_to(Place("history"))
    desk.qtbot.waitUntil(lambda: bool(found.records) and "then more" in found.records[0].excerpt, timeout=5000)
    found.view.setCurrentIndex(found.view.model().index(0, 0))
    found.view.setFocus()
    return found


def press_ctrl_h(desk: RunningDesk) -> None:
    (key,) = [one for one in desk.pop.findChildren(QShortcut) if one.key().toString() == "Ctrl+H"]
    key.activated.emit()


def texts(desk: RunningDesk) -> list[str]:
    shown = sheet(desk)
    return [shown.list.item(row).text().split("\n")[1] for row in range(shown.list.count())]


def test_a_past_contact_in_the_list_tells_its_versions_and_escape_leads_back_to_it(desk: RunningDesk) -> None:
    rows = history(desk)
    press_ctrl_h(desk)
    assert texts(desk) == ["Note, version 2, as it stands", "Note, version 1"]
    QTest.keyClick(sheet(desk).list, Qt.Key.Key_Escape)
    assert desk.pop.focusWidget() is rows.view


def test_an_opened_contact_whose_note_was_changed_offers_what_was_before(desk: RunningDesk) -> None:
    rows = history(desk)
    rows.view.activated.emit(rows.view.model().index(0, 0))
    desk.qtbot.waitUntil(lambda: "Earlier versions" in seen.buttons(rows), timeout=5000)
    QTest.mouseClick(seen.button(rows, "Earlier versions"), Qt.MouseButton.LeftButton)
    assert texts(desk)[1] == "Note, version 1"


def test_with_the_keyboard_in_the_note_the_key_means_the_note(desk: RunningDesk) -> None:
    history(desk)
    desk.pop.note.body.setFocus()
    press_ctrl_h(desk)
    assert texts(desk) == []
