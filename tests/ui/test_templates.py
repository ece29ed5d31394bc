"""Templates at the note: found by typing, chosen by keyboard, one step of undo, never in the way of a conversion."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.clock import Clock
from app.seat import Seat
from app.templates import TemplateBook, TemplateSettings
from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from tests.ui.running import NOW, OPERATOR, RunningDesk
from tests.ui.test_note_editor import commit, convert
from ui.note_text import TextField
from ui.templates import TemplateList

CONTROL = Qt.KeyboardModifier.ControlModifier
BOOK = TemplateBook(
    (
        TemplateSettings("Late delivery", "Late: {cursor} for {name}", key=";late"),
        TemplateSettings("Thanks 🙏", "Thanked."),
        TemplateSettings("Jobs only", "no", line="Recruiting"),
    ),
    Seat(OPERATOR),
    Clock(now=lambda: NOW),
)


@pytest.fixture
def body(desk: RunningDesk) -> TextField:
    """The note of a customer's call on the card, the window active."""
    desk.desktop.add_templates(BOOK)
    call = desk.ring(CUSTOMER_NUMBER)
    desk.opened(call, "髙橋 一郎")
    desk.pop.take_me_there()
    desk.qtbot.waitUntil(desk.pop.note.body.hasFocus)
    return desk.pop.note.body


def ask(desk: RunningDesk) -> TemplateList:
    QTest.keyClick(desk.pop.focusWidget(), Qt.Key.Key_T, CONTROL)
    return desk.pop.findChild(TemplateList)


def names(found: TemplateList) -> list[str]:
    return [found.names.item(row).text() for row in range(found.names.count())]


def test_the_lists_choice_goes_to_the_cursor_as_one_step(desk: RunningDesk, body: TextField) -> None:
    QTest.keyClicks(body, "before after")
    for _ in "after":
        QTest.keyClick(body, Qt.Key.Key_Left)
    found = ask(desk)
    assert names(found) == ["Late delivery   ;late", "Thanks 🙏"]
    assert found.filter.hasFocus()
    QTest.keyClicks(found.filter, "LATE deliv")
    assert names(found) == ["Late delivery   ;late"]
    QTest.keyClick(found.filter, Qt.Key.Key_Return)
    assert body.toPlainText() == "before Late:  for 髙橋 一郎after"
    assert (found.isVisible(), body.hasFocus()) == (False, True)
    QTest.keyClicks(body, "x")
    assert body.toPlainText() == "before Late: x for 髙橋 一郎after"
    body.undo()
    body.undo()
    assert body.toPlainText() == "before after"


def test_the_arrow_keys_choose_and_escape_gives_the_keyboard_back(desk: RunningDesk, body: TextField) -> None:
    found = ask(desk)
    QTest.keyClick(found.filter, Qt.Key.Key_Down)
    QTest.keyClick(found.filter, Qt.Key.Key_Enter)
    assert body.toPlainText() == "Thanked."
    found = ask(desk)
    QTest.keyClick(found.filter, Qt.Key.Key_Escape)
    QTest.keyClicks(body, " ok")
    assert body.toPlainText() == "Thanked. ok"


def test_the_list_serves_the_field_that_it_was_asked_from(desk: RunningDesk, body: TextField) -> None:
    desk.pop.note.handover.setFocus()
    found = ask(desk)
    QTest.keyClicks(found.filter, "thank")
    QTest.keyClick(found.filter, Qt.Key.Key_Return)
    assert (body.toPlainText(), desk.pop.note.handover.toPlainText()) == ("", "Thanked.")


def test_a_call_that_rings_meanwhile_takes_neither_list_nor_keyboard(desk: RunningDesk, body: TextField) -> None:
    first = desk.pop.call
    found = ask(desk)
    desk.ring(ENGLISH_NUMBER)
    assert (desk.pop.call, found.isVisible(), found.filter.hasFocus()) == (first, True, True)


def test_a_choice_never_goes_to_another_calls_note(desk: RunningDesk, body: TextField) -> None:
    found = ask(desk)
    second = desk.ring(ENGLISH_NUMBER)
    desk.desk.select(second.id)
    found.show()
    QTest.keyClick(found.filter, Qt.Key.Key_Return)
    assert (body.toPlainText(), second.note.body) == ("", "")


def test_an_open_conversion_is_committed_before_the_list_opens(desk: RunningDesk, body: TextField) -> None:
    convert(body, "さいはいたつ")
    ask(desk)
    assert (body.toPlainText(), body.preedit) == ("さいはいたつ", "")


def test_a_conversion_in_the_filter_narrows_only_when_it_is_over(desk: RunningDesk, body: TextField) -> None:
    found = ask(desk)
    convert(found.filter, "thank")
    assert len(names(found)) == 2
    commit(found.filter, "thank")
    assert names(found) == ["Thanks 🙏"]


def test_a_key_word_and_a_blank_become_the_text(desk: RunningDesk, body: TextField) -> None:
    commit(body, "😀")
    QTest.keyClicks(body, " ok;late ")
    assert body.toPlainText() == "😀 okLate:  for 髙橋 一郎"
    QTest.keyClicks(body, "18:00")
    assert body.toPlainText() == "😀 okLate: 18:00 for 髙橋 一郎"
    body.undo()
    body.undo()
    assert body.toPlainText() == "😀 ok;late"


def test_a_blank_in_a_conversion_expands_nothing(desk: RunningDesk, body: TextField) -> None:
    QTest.keyClicks(body, ";late")
    convert(body, "さい")
    QTest.keyClick(body, Qt.Key.Key_Space)
    assert body.toPlainText().startswith(";late")


def test_without_templates_the_list_says_where_they_come_from(desk: RunningDesk) -> None:
    desk.desktop.add_templates(TemplateBook((), Seat(OPERATOR)))
    desk.ring(CUSTOMER_NUMBER)
    desk.pop.take_me_there()
    found = ask(desk)
    assert found._empty.text() == "No templates are set: [[template]] in settings.toml makes them."
    assert found._empty.isVisible()
