"""The window itself: built once, shown without taking the keyboard, harmless until clicked, never lost by closing."""

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QCloseEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from db.demo import COMPANY_NUMBER, CUSTOMER_NUMBER, ENGLISH_NUMBER, UNKNOWN_NUMBER
from tests.ui import seen
from tests.ui.running import RunningDesk
from ui.theme import LIGHT


def test_window_is_built_before_the_first_call_and_no_call_builds_another(desk: RunningDesk) -> None:
    built = (desk.pop, desk.pop.winId(), len(desk.pop.findChildren(QWidget)))
    assert not desk.pop.isVisible()
    for number in (CUSTOMER_NUMBER, ENGLISH_NUMBER):
        call = desk.ring(number)
        desk.give_up(call)
        desk.desk.finish(call.id)
        desk.qtbot.waitUntil(lambda call=call: desk.desk.calls.get(call.id) is None)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert (desk.pop, desk.pop.winId()) == built[:2]
    status = len(desk.pop.status.findChildren(QWidget))
    assert len(desk.pop.findChildren(QWidget)) - status <= built[2], "a call left widgets behind"


def test_window_is_shown_without_activation_and_can_still_be_typed_into(desk: RunningDesk) -> None:
    assert desk.pop.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    desk.ring(CUSTOMER_NUMBER)
    assert desk.pop.isVisible()
    assert not desk.pop.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus


def test_window_is_above_all_others_only_while_something_rings(desk: RunningDesk) -> None:
    def is_on_top() -> bool:
        return bool(desk.pop.windowHandle().flags() & Qt.WindowType.WindowStaysOnTopHint)

    first, second = desk.ring(CUSTOMER_NUMBER), desk.ring(ENGLISH_NUMBER)
    assert is_on_top()
    desk.give_up(first)
    assert is_on_top()
    desk.give_up(second)
    assert not is_on_top()


@pytest.mark.parametrize("number", [CUSTOMER_NUMBER, COMPANY_NUMBER, UNKNOWN_NUMBER])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_in_a_window_that_nobody_clicked_press_nothing(
    desk: RunningDesk, number: str, key: Qt.Key
) -> None:
    pressed: list[str] = []
    call = desk.ring(number)
    for button in desk.pop.findChildren(QPushButton):
        button.clicked.connect(lambda _checked=False, one=button: pressed.append(one.text()))
    desk.pop.body.question.chosen.connect(pressed.append)
    before = (call.state, call.opened_id)
    focus = desk.pop.focusWidget()
    QTest.keyClick(focus if focus is not None else desk.pop, key)
    assert pressed == []
    assert (call.state, call.opened_id) == before


def test_no_button_is_the_windows_default(desk: RunningDesk) -> None:
    made = desk.pop.findChildren(QPushButton)
    assert len(made) > 3
    assert [one.text() for one in made if one.isDefault() or one.autoDefault()] == []


def test_closing_puts_the_window_out_of_sight_and_keeps_call_and_note(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    QTest.keyClicks(desk.pop.note.body, "asked for Friday")
    closing = QCloseEvent()
    desk.pop.closeEvent(closing)
    assert not closing.isAccepted()
    assert not desk.pop.isVisible()
    assert desk.desk.calls.get(call.id) is call
    desk.desktop.take_me_to_call()
    assert desk.pop.isVisible()
    assert desk.pop.note.body.toPlainText() == "asked for Friday"


def test_window_hides_when_the_last_call_is_finished(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    desk.desk.finish(call.id)
    desk.qtbot.waitUntil(lambda: not desk.pop.isVisible())
    assert desk.pop.call is None


@pytest.mark.parametrize(("width", "height"), [(720, 560), (900, 600), (1080, 680), (1920, 1080)])
@pytest.mark.parametrize("number", [CUSTOMER_NUMBER, COMPANY_NUMBER])
def test_note_and_its_buttons_are_whole_on_the_screen_at_every_size(
    desk: RunningDesk, number: str, width: int, height: int
) -> None:
    desk.ring(number)
    desk.pop.resize(width, height)
    QApplication.processEvents()
    window = desk.pop.rect()
    finish = seen.button(desk.pop, "Finish   Ctrl+Enter")
    for part in (desk.pop.note.body, desk.pop.note.handover, desk.pop.note.disposition, finish):
        assert part.isVisible()
        assert window.contains(part.rect().translated(part.mapTo(desk.pop, part.rect().topLeft())))
        assert part.height() >= 24


def test_title_counts_what_rings(desk: RunningDesk) -> None:
    first = desk.ring(CUSTOMER_NUMBER)
    desk.ring(ENGLISH_NUMBER)
    desk.qtbot.waitUntil(lambda: desk.pop.windowTitle() == "(2) ringing – Omote", timeout=2000)
    desk.give_up(first)
    desk.qtbot.waitUntil(lambda: desk.pop.windowTitle() == "(1) ringing – Omote", timeout=2000)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long this machine takes to paint the name, nobody fills in the rest before it."""
    monkeypatch.setattr("ui.card._AT_THE_LATEST_MS", 60_000)


@pytest.mark.usefixtures("patient")
def test_name_stands_first_and_no_rows_of_another_customer_beneath_it(
    desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.give_up(desk.ring(CUSTOMER_NUMBER))
    body, on_screen = desk.pop.body, list[tuple[QImage, QRect]]()
    fill_now = body.fill_now

    def look_and_fill() -> None:
        on_screen.append((desk.pop.screen().grabWindow(desk.pop.winId()).toImage(), QRect(body.geometry())))
        fill_now()

    monkeypatch.setattr(body, "fill_now", look_and_fill)
    desk.ring(ENGLISH_NUMBER)
    ((picture, room),) = on_screen  # a Latin name's line is a pixel lower: the next round of events moves the rest up
    assert _colours(picture, room) == {LIGHT.ground}
    assert LIGHT.ink in _colours(picture, desk.pop.header.geometry())
    assert desk.pop.header.name.text() == "Emily Carter"
    assert LIGHT.ink in _colours(desk.pop.grab().toImage(), body.geometry())


def _colours(picture: QImage, area: QRect) -> set[str]:
    across, down = range(area.left(), area.right(), 2), range(area.top(), area.bottom())
    return {picture.pixelColor(x, y).name() for y in down for x in across}
