"""The page of customers: keyboard only from the first letter to the finished note."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from app.by_hand import ByHand, Direction
from app.follow_ups import FollowUpKind, FollowUpWish
from db.kinds import Channel
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from ui.new_customer import NewCustomerForm
from ui.pages.customers import CustomersPage
from ui.pages.follow_ups import FollowUpsPage
from ui.rows import RowsView


def rail(desk: RunningDesk, title: str) -> QPushButton:
    (found,) = [one for one in desk.desktop.main._lines if one.text().startswith(title)]
    return found


@pytest.fixture
def page(desk: RunningDesk) -> CustomersPage:
    desk.desktop.show_main()
    QTest.mouseClick(rail(desk, "Customers"), Qt.MouseButton.LeftButton)
    found: CustomersPage = desk.desktop.main.findChild(CustomersPage)
    return found


def typed(desk: RunningDesk, text: str) -> None:
    """As an input method commits it."""
    field = desk.desktop.main.focusWidget()
    assert isinstance(field, QLineEdit)
    field.insert(text)


def press(desk: RunningDesk, key: Qt.Key) -> None:
    QTest.keyClick(desk.desktop.main.focusWidget(), key)


def names(page: CustomersPage) -> list[str]:
    return [row[0].split("\n")[0] for row in seen.rows(page.findChild(RowsView))]


def test_typing_begins_at_once_and_arrows_walk_through_what_was_found(desk: RunningDesk, page: CustomersPage) -> None:
    typed(desk, "田")
    desk.qtbot.waitUntil(lambda: len(names(page)) > 1, timeout=5000)
    view = page.findChild(RowsView)
    assert view.currentIndex().row() == 0
    press(desk, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 1
    assert desk.desktop.main.focusWidget().text() == "田"  # type: ignore[attr-defined]


def test_enter_opens_the_card_and_what_is_typed_there_is_a_contact(desk: RunningDesk, page: CustomersPage) -> None:
    typed(desk, "髙橋 一郎")
    press(desk, Qt.Key.Key_Return)  # at once: the answer is still on its way
    desk.qtbot.waitUntil(lambda: desk.pop.call is not None and desk.pop.call.pop.facts is not None, timeout=5000)
    assert seen.labels(desk.pop.header, "name") == ["髙橋 一郎"]
    assert seen.labels(desk.pop.header, "state") == ["✎ without a call"]
    assert desk.pop.header.way.isVisible()
    assert "Not mine" not in seen.buttons(desk.pop.header)
    way = desk.pop.header.way
    way.channel.setCurrentIndex(way.channel.findData(Channel.VISIT))
    way.channel.activated.emit(way.channel.currentIndex())
    call = desk.pop.call
    assert call is not None
    assert call.by_hand == ByHand(Channel.VISIT)
    QTest.keyClicks(desk.pop.note.body, "came by")
    QTest.keyClick(desk.pop.note.body, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: desk.pop.call is None, timeout=5000)


def test_a_call_hides_the_way_again(desk: RunningDesk) -> None:
    desk.desk.by_hand.open(1, ByHand())
    desk.ring("0999999999")
    assert not desk.pop.header.way.isVisible()


def test_nobody_found_is_said(desk: RunningDesk, page: CustomersPage) -> None:
    typed(desk, "zzzzzz")
    desk.qtbot.waitUntil(lambda: seen.labels(page, "empty") == ["Nobody found for “zzzzzz”."], timeout=5000)


def test_somebody_new_is_entered_with_a_number(desk: RunningDesk, page: CustomersPage) -> None:
    QTest.mouseClick(seen.button(page, "New customer…"), Qt.MouseButton.LeftButton)
    form = desk.pop.findChild(NewCustomerForm)
    name, _reading, _company, number = [one for one in form.findChildren(QLineEdit) if one.isVisible()]
    QTest.keyClicks(name, "Enomoto Mio")
    QTest.keyClicks(number, "090-9876-1234")
    QTest.keyClick(number, Qt.Key.Key_Return)
    call = desk.pop.call
    assert call is not None
    desk.opened(call, "Enomoto Mio")
    assert call.pop.facts is not None
    assert [one.e164 for one in call.pop.facts.numbers] == [819098761234]


def test_follow_ups_are_counted_done_put_off_and_open_the_card(
    desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("ui.pages.follow_ups", "ui.desk_pages"):
        monkeypatch.setattr(f"{module}.utc_now", lambda: NOW)
    call = desk.desk.by_hand.open(2, ByHand())
    for hours, text in ((-1, "late one"), (1, "soon one"), (50, "far one")):
        wish = FollowUpWish(FollowUpKind.SEND, NOW + timedelta(hours=hours), "sato", text)
        desk.desk.obligations.promise(call.id, wish)
    desk.desktop.show_main()
    line = rail(desk, "Follow-ups")
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    page: FollowUpsPage = desk.desktop.main.findChild(FollowUpsPage)
    view = page.findChild(RowsView)

    def texts() -> list[str]:
        return [row[2].split("\n")[1] for row in seen.rows(view) if "one" in row[2]]

    desk.qtbot.waitUntil(lambda: texts() == ["late one"], timeout=5000)
    assert page._tabs.currentIndex() == 0, "what is overdue comes first"
    counted = int(line.text().split()[-1])
    row = next(number for number, row in enumerate(seen.rows(view)) if "late one" in row[2])
    assert seen.rows(view)[row][0] == "▲ today 13:12\noverdue"
    view.selectRow(row)
    QTest.keyClick(view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: texts() == [], timeout=5000)
    desk.qtbot.waitUntil(lambda: line.text() == f"Follow-ups  {counted - 1}", timeout=5000)
    QTest.mouseClick(seen.button(page, "Undo"), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: texts() == ["late one"], timeout=5000)
    page._tabs.setCurrentIndex(1)
    view.selectRow(next(number for number, row in enumerate(seen.rows(view)) if "soon one" in row[2]))
    QTest.keyClick(view, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert desk.desktop.main.focusWidget() is page._due
    QTest.keyClick(page._due, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: texts() == [], timeout=5000)
    page._tabs.setCurrentIndex(2)
    desk.qtbot.waitUntil(lambda: texts() == ["soon one", "far one"], timeout=5000)
    view.selectRow(next(number for number, row in enumerate(seen.rows(view)) if "far one" in row[2]))
    QTest.keyClick(view, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: desk.pop.isVisible() and desk.pop.call is not None, timeout=5000)
    opened = desk.pop.call
    assert opened is not None
    assert (opened.opened_id, opened.by_hand) == (2, ByHand(direction=Direction.OUT))


def test_whoever_was_not_reached_is_counted_and_due_again_until_that_is_taken_back(
    desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("ui.pages.follow_ups", "ui.desk_pages"):
        monkeypatch.setattr(f"{module}.utc_now", lambda: NOW)
    call = desk.desk.by_hand.open(2, ByHand())
    for kind in (FollowUpKind.CALLBACK, FollowUpKind.SEND):
        desk.desk.obligations.promise(call.id, FollowUpWish(kind, NOW - timedelta(hours=1), "sato", f"one to {kind}"))
    desk.desktop.show_main()
    QTest.mouseClick(rail(desk, "Follow-ups"), Qt.MouseButton.LeftButton)
    page: FollowUpsPage = desk.desktop.main.findChild(FollowUpsPage)
    view = page.findChild(RowsView)

    def told() -> list[str]:
        return [row[3] for row in seen.rows(view) if "one to callback" in row[2]]

    page._tabs.setCurrentIndex(0)
    desk.qtbot.waitUntil(lambda: told() == ["佐藤 美咲"], timeout=5000)
    rows = [row[2] for row in seen.rows(view)]
    view.selectRow(next(number for number, row in enumerate(rows) if "one to send" in row))
    assert not seen.button(page, "Not reached (Ctrl+R)").isEnabled()
    view.selectRow(next(number for number, row in enumerate(rows) if "one to callback" in row))
    width = desk.desktop.main.width()
    QTest.keyClick(view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert desk.desktop.main.focusWidget() is page._due
    QTest.keyClick(page._due, Qt.Key.Key_Return)
    page._tabs.setCurrentIndex(1)
    desk.qtbot.waitUntil(lambda: told() == ["佐藤 美咲\n↻ not reached 1×"], timeout=5000)
    assert desk.desktop.main.width() == width, "what is said pushes no window wider"
    QTest.mouseClick(seen.button(page, "Undo"), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: told() == [], timeout=5000)
    page._tabs.setCurrentIndex(0)
    assert told() == ["佐藤 美咲"]
