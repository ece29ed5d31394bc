"""The note editor: every keystroke is told, no conversion is lost, nothing goes to another call's note."""

from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.call import Note
from app.dispositions import DispositionFact
from app.pop import Trouble
from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from tests.ui import seen
from tests.ui.running import RunningDesk
from ui.note_editor import NoteEditor

PRODUCT = DispositionFact("inquiry.product", ("問い合わせ", "商品"), ("Inquiry", "Product"), needs_note=False)
NOTHING = DispositionFact("none", ("対応不要",), ("Nothing to do",), needs_note=False)


def convert(field: QWidget, preedit: str) -> None:
    """An open Japanese conversion, as an input method shows it."""
    QApplication.sendEvent(field, QInputMethodEvent(preedit, []))


def commit(field: QWidget, text: str) -> None:
    """The end of a conversion."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


@pytest.fixture
def told(desk: RunningDesk) -> list[tuple[UUID, Note]]:
    """What the editor tells of each keystroke."""
    heard: list[tuple[UUID, Note]] = []
    desk.pop.note.changed.connect(lambda call_id, note: heard.append((call_id, note)))
    return heard


def test_every_keystroke_is_told_with_the_call_it_belongs_to(desk: RunningDesk, told: list[tuple[UUID, Note]]) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    QTest.keyClicks(desk.pop.note.body, "abc")
    QTest.keyClick(desk.pop.note.body, Qt.Key.Key_Backspace)
    assert [(call_id, note.body) for call_id, note in told] == [(call.id, text) for text in ("a", "ab", "abc", "ab")]


def test_words_for_the_next_handler_disposition_and_pasting_are_told_too(
    desk: RunningDesk, told: list[tuple[UUID, Note]]
) -> None:
    desk.ring(CUSTOMER_NUMBER)
    note = desk.pop.note
    desk.qtbot.waitUntil(lambda: desk.desk.dispositions.are_known, timeout=5000)
    QTest.keyClicks(note.handover, "ok")
    QTest.keyClicks(note.disposition, "prod")
    QTest.keyClick(note.disposition, Qt.Key.Key_Return)
    clip = QMimeData()
    clip.setText("配送 📦")
    note.body.insertFromMimeData(clip)
    assert told[-1][1] == Note("配送 📦", "ok", "inquiry.product")


def test_filling_in_another_call_tells_nothing(desk: RunningDesk, told: list[tuple[UUID, Note]]) -> None:
    desk.ring(CUSTOMER_NUMBER)
    second = desk.ring(ENGLISH_NUMBER)
    desk.desk.select(second.id)
    assert desk.pop.call is second
    assert told == []


def test_typed_text_is_kept_and_the_editor_says_when(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    QTest.keyClicks(desk.pop.note.body, "kept")
    desk.qtbot.waitUntil(lambda: desk.pop.note.saved.text() == "✓ kept 14:12:00", timeout=5000)


def test_a_second_call_does_not_steal_the_note_being_typed(desk: RunningDesk) -> None:
    first = desk.ring(CUSTOMER_NUMBER)
    QTest.keyClicks(desk.pop.note.body, "promised a ca")
    second = desk.ring(ENGLISH_NUMBER)
    QTest.keyClicks(desk.pop.note.body, "llback")
    assert desk.pop.call is first
    assert (first.note.body, second.note.body) == ("promised a callback", "")


def test_each_call_has_its_own_note_back_when_its_card_returns(desk: RunningDesk) -> None:
    first, second = desk.ring(CUSTOMER_NUMBER), desk.ring(ENGLISH_NUMBER)
    QTest.keyClicks(desk.pop.note.body, "one")
    desk.desk.select(second.id)
    assert desk.pop.note.body.toPlainText() == ""
    QTest.keyClicks(desk.pop.note.body, "two")
    desk.desk.select(first.id)
    assert desk.pop.note.body.toPlainText() == "one"
    assert (first.note.body, second.note.body) == ("one", "two")


def test_open_conversion_goes_to_the_call_it_was_typed_in_when_the_card_changes(desk: RunningDesk) -> None:
    first, second = desk.ring(CUSTOMER_NUMBER), desk.ring(ENGLISH_NUMBER)
    desk.pop.note.body.setFocus()
    commit(desk.pop.note.body, "本日")
    convert(desk.pop.note.body, "さいはいたつ")
    desk.desk.select(second.id)
    assert desk.pop.note.body.toPlainText() == ""
    assert (first.note.body, second.note.body) == ("本日さいはいたつ", "")


def test_a_newcomer_leaves_an_open_conversion_alone(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    convert(desk.pop.note.body, "さいはい")
    desk.ring(ENGLISH_NUMBER)
    assert desk.pop.note.is_converting
    assert desk.pop.note.body.preedit == "さいはい"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_finishes_only_when_no_conversion_is_open(desk: RunningDesk, key: Qt.Key) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    body = desk.pop.note.body
    body.setFocus()
    convert(body, "さいはいたつ")
    QTest.keyClick(body, key, Qt.KeyboardModifier.ControlModifier)
    assert call.state == "ringing"
    commit(body, "再配達")
    QTest.keyClick(body, key, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: call.state == "finished")
    assert call.note.body == "再配達"


def test_the_finish_button_too_waits_for_the_conversion(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    convert(desk.pop.note.handover, "おりかえし")
    QTest.mouseClick(seen.button(desk.pop, "Finish   Ctrl+Enter"), Qt.MouseButton.LeftButton)
    assert call.state == "ringing"


def test_later_leaves_the_note_in_the_strip(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    QTest.keyClicks(desk.pop.note.body, "half")
    desk.answer(call)
    QTest.mouseClick(seen.button(desk.pop, "Later"), Qt.MouseButton.LeftButton)
    assert call.state == "later"
    assert seen.entries(desk.pop.strip)[0] == "To finish 1"


def test_dispositions_are_offered_in_the_language_of_the_screen(desk: RunningDesk) -> None:
    field = desk.pop.note.disposition
    desk.qtbot.waitUntil(lambda: desk.desk.dispositions.are_known, timeout=5000)
    field.choose("inquiry.delivery")
    assert field.text() == "Inquiry › Delivery"


def test_trouble_with_drafts_stands_at_the_note_for_as_long_as_it_lasts(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    desk.desk.board.set(drafts=Trouble.DISK_FULL)
    assert seen.labels(desk.pop.note, "alarm") == ["▲ The disk is full. Free some space; your text is kept."]
    desk.desk.board.set(drafts=None)
    assert seen.labels(desk.pop.note, "alarm") == []


def test_a_restored_drafts_disposition_outlives_the_next_key_before_the_choices_have_come(qtbot: QtBot) -> None:
    editor, told = NoteEditor(), []
    qtbot.addWidget(editor)
    editor.changed.connect(lambda _call_id, note: told.append(note.disposition))
    editor.fill(UUID(int=1), Note("text", disposition="inquiry.product"))
    editor.body.insertPlainText("x")
    editor.offer_dispositions([PRODUCT, NOTHING])
    editor.body.insertPlainText("y")
    assert told == ["inquiry.product", "inquiry.product"]
    assert editor.disposition.text() == "Inquiry › Product"


def test_a_retired_disposition_is_not_written_away(qtbot: QtBot) -> None:
    editor = NoteEditor()
    qtbot.addWidget(editor)
    editor.offer_dispositions([NOTHING, PRODUCT.as_old()])
    for code, words in (("retired.code", "retired.code"), ("inquiry.product", "Inquiry › Product")):
        editor.fill(UUID(int=1), Note("text", disposition=code))
        assert (editor.note().disposition, editor.disposition.text()) == (code, words)


def test_ctrl_enter_pressed_twice_finishes_one_call(qtbot: QtBot) -> None:
    editor, finished = NoteEditor(), []
    qtbot.addWidget(editor)
    with qtbot.waitActive(editor):
        editor.show()
        editor.activateWindow()
    editor.finished.connect(lambda: finished.append(1))
    for _ in range(3):
        QTest.keyClick(editor.body, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert finished == [1]
