"""The privacy key: covers all that tells of callers, whatever rings, and gives everything back unchanged."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from tests.ui.running import RunningDesk


def press(desk: RunningDesk) -> None:
    QTest.keyClick(desk.pop, Qt.Key.Key_F4)


def ink(desk: RunningDesk) -> bytes:
    """What can be seen of the window, but for the line of states."""
    picture = desk.pop.grab(desk.pop.cover.geometry()).toImage()
    return bytes(picture.constBits())


def on_card(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    desk.pop.take_me_there()


def test_covered_windows_look_the_same_whoever_calls(desk: RunningDesk) -> None:
    on_card(desk)
    press(desk)
    before = ink(desk)
    desk.ring(ENGLISH_NUMBER)
    QApplication.processEvents()
    assert desk.pop.notice.isVisible()
    assert ink(desk) == before
    for part in (desk.pop.header, desk.pop.body, desk.pop.note, desk.pop.strip):
        assert desk.pop.cover.geometry().contains(part.rect().translated(part.mapTo(desk.pop, part.rect().topLeft())))
    press(desk)
    assert ink(desk) != before


def test_a_ring_in_a_window_that_was_closed_while_covered_does_not_uncover_it(desk: RunningDesk) -> None:
    on_card(desk)
    press(desk)
    before = ink(desk)
    desk.pop.close()
    desk.ring(ENGLISH_NUMBER)
    assert desk.pop.isVisible()
    assert ink(desk) == before


def test_keys_write_nothing_while_covered_and_the_note_has_them_back_afterwards(desk: RunningDesk) -> None:
    on_card(desk)
    QTest.keyClicks(desk.pop.note.body, "before")
    press(desk)
    QTest.keyClicks(typed_into(desk), "unseen")
    press(desk)
    QTest.keyClicks(typed_into(desk), " after")
    assert desk.pop.note.body.toPlainText() == "before after"


def test_another_card_that_comes_meanwhile_does_not_take_the_keyboard_under_the_cover(desk: RunningDesk) -> None:
    on_card(desk)
    second = desk.ring(ENGLISH_NUMBER)
    press(desk)
    desk.desk.select(second.id)
    QTest.keyClicks(typed_into(desk), "unseen")
    assert second.note.body == ""


def test_an_open_conversion_is_kept_when_the_card_is_covered(desk: RunningDesk) -> None:
    on_card(desk)
    QApplication.sendEvent(desk.pop.note.body, QInputMethodEvent("さいはいたつ", []))
    press(desk)
    assert desk.pop.note.body.toPlainText() == "さいはいたつ"
    assert not desk.pop.note.is_converting


def test_the_key_covers_the_main_window_too_and_shows_both_again_from_either(desk: RunningDesk) -> None:
    on_card(desk)
    main = desk.desktop.main
    desk.desktop.show_main()
    press(desk)
    pages = main._pages
    assert main.cover.geometry().contains(pages.rect().translated(pages.mapTo(main, pages.rect().topLeft())))
    assert main.cover.isVisible()
    main.go_to(1)
    assert main.childAt(main._pages.geometry().center()) in (main.cover, *main.cover.findChildren(QWidget))
    QTest.keyClick(main, Qt.Key.Key_F4)
    assert not main.cover.isVisible()
    assert not desk.pop.cover.is_on
    QTest.keyClick(main, Qt.Key.Key_F4)
    assert main.cover.isVisible()
    assert desk.pop.cover.is_on


def test_a_main_window_that_is_opened_while_covered_is_covered_and_takes_no_keys(desk: RunningDesk) -> None:
    on_card(desk)
    press(desk)
    desk.desktop.show_main()
    assert desk.desktop.main.cover.isVisible()
    assert desk.desktop.main.focusWidget() is desk.desktop.main.cover


def typed_into(desk: RunningDesk) -> QWidget:
    focus = desk.pop.focusWidget()
    assert focus is not None
    return focus
