"""The field of a note: card numbers never stay in it, every step can be taken back, no conversion is disturbed."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from db.drafts import DraftFile
from tests.ui import seen
from tests.ui.running import NOW, OPERATOR, RunningDesk
from tests.ui.test_note_editor import commit, convert
from ui.line_field import LineField
from ui.note_text import TextField

NUMBER, MASKED = "4111 1111 1111 1111", "•••• •••• •••• 1111"
TOLD = "▲ A card number was masked. Never keep one in a note."
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def field(qtbot: QtBot) -> TextField:
    made = TextField()
    qtbot.addWidget(made)
    return made


def paste(field: TextField, text: str) -> None:
    clip = QMimeData()
    clip.setText(text)
    field.insertFromMimeData(clip)


def undo(field: TextField) -> None:
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)


def redo(field: TextField) -> None:
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL | SHIFT)


# --- card numbers


def test_a_card_number_is_masked_at_its_last_key_and_never_told(field: TextField) -> None:
    told: list[str] = []
    field.edited.connect(lambda: told.append(field.text()))
    QTest.keyClicks(field, f"card {NUMBER}, ok")
    assert field.toPlainText() == f"card {MASKED}, ok"
    assert all("4111 1111 1111 1111" not in one for one in told)
    assert told[-1] == field.toPlainText()


def test_typing_goes_on_where_it_was_when_a_number_in_the_middle_becomes_whole(field: TextField) -> None:
    paste(field, "𠮷田様 4111 1111 111 1111 まで")
    cursor = field.textCursor()
    cursor.setPosition(len("𠮷田様 4111 1111 111") + 1)
    field.setTextCursor(cursor)
    QTest.keyClicks(field, "1x")
    assert field.toPlainText() == f"𠮷田様 {MASKED.replace(' 1111', 'x 1111')} まで"


def test_a_pasted_number_never_reaches_the_note(field: TextField) -> None:
    told: list[str] = []
    field.edited.connect(lambda: told.append(field.text()))
    paste(field, "カード４１１１１１１１１１１１１１１１です")
    assert told == [field.toPlainText()] == ["カード••••••••••••１１１１です"]


def test_a_number_in_an_open_conversion_is_masked_at_its_commit(field: TextField) -> None:
    hidden: list[int] = []
    field.hid_number.connect(lambda: hidden.append(1))
    convert(field, "４１１１１１１１１１１１１１１１")
    assert (field.preedit, hidden) == ("４１１１１１１１１１１１１１１１", [])
    commit(field, "４１１１１１１１１１１１１１１１")
    assert (field.toPlainText(), hidden) == ("••••••••••••１１１１", [1])


def test_a_commit_that_begins_the_next_conversion_masks_only_when_that_one_is_over(field: TextField) -> None:
    QTest.keyClicks(field, "4111 1111 1111 111")
    commit_and_go_on(field, "1", "です")
    assert field.preedit == "です"
    assert field.toPlainText().endswith("1111 1111"), "nothing is changed under an open conversion"
    assert field.text() == MASKED, "but what is kept is masked at once"
    commit(field, "です")
    assert (field.toPlainText(), field.text()) == (f"{MASKED}です", f"{MASKED}です")


def commit_and_go_on(field: TextField, text: str, preedit: str) -> None:
    """An input method that takes the next key into a new conversion while it commits the last."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def test_undo_never_brings_a_number_back(field: TextField) -> None:
    QTest.keyClicks(field, f"pays by {NUMBER} today")
    shown = []
    while field.steps.done:
        undo(field)
        shown.append(field.toPlainText())
    while field.steps.done < len(field.steps.steps):
        redo(field)
        shown.append(field.toPlainText())
    assert shown[-1] == f"pays by {MASKED} today"
    assert not any("4111" in one for one in shown)


def test_the_operator_is_told_in_a_quiet_line_until_the_card_changes(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    second = desk.ring(ENGLISH_NUMBER)
    QTest.keyClicks(desk.pop.note.handover, NUMBER)
    assert seen.labels(desk.pop.note, "warning") == [TOLD]
    desk.desk.select(second.id)
    assert seen.labels(desk.pop.note, "warning") == []


def test_nothing_of_a_number_is_left_in_the_drafts_folder_or_the_records(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    QTest.keyClicks(desk.pop.note.body, f"card {NUMBER}, ok")
    paste(desk.pop.note.handover, NUMBER.replace(" ", ""))

    def raw() -> bytes:
        return b"".join(file.read_bytes() for file in (desk.folder / "drafts").iterdir())

    def is_clean() -> bool:
        found = raw()
        return all(part.encode() not in found for part in ("4111 11", "411111")) and MASKED.encode() in found

    desk.qtbot.waitUntil(is_clean, timeout=5000)
    assert (call.note.body, call.note.handover) == (f"card {MASKED}, ok", MASKED.replace(" ", ""))
    assert "4111" not in repr(call.note.body_steps) + repr(call.note.handover_steps)
    desk.desk.finish(call.id)
    desk.qtbot.waitUntil(lambda: call.state == "finished", timeout=5000)
    assert b"4111 11" not in raw()
    records = b"".join(file.read_bytes() for file in desk.folder.glob("omote.db*"))
    assert b"4111 11" not in records


# --- undo


def test_words_are_taken_back_one_by_one_and_come_again(field: TextField) -> None:
    QTest.keyClicks(field, "call him back")
    shown = []
    for _ in range(3):
        undo(field)
        shown.append(field.toPlainText())
    assert shown == ["call him ", "call ", ""]
    redo(field)
    QTest.keyClick(field, Qt.Key.Key_Y, CONTROL)
    assert field.toPlainText() == "call him "
    QTest.keyClicks(field, "her")
    redo(field)
    assert field.toPlainText() == "call him her"


def test_each_commit_of_a_conversion_and_each_paste_is_a_step(field: TextField) -> None:
    commit(field, "再配達")
    commit(field, "の件")
    paste(field, " 𠮷😀")
    undo(field)
    assert field.toPlainText() == "再配達の件"
    undo(field)
    assert field.toPlainText() == "再配達"
    assert field.textCursor().position() == 3


def test_undo_leaves_an_open_conversion_alone(field: TextField) -> None:
    QTest.keyClicks(field, "ab ")
    convert(field, "さいはい")
    field.undo()
    field.redo()
    assert (field.toPlainText(), field.preedit) == ("ab ", "さいはい")


def test_each_call_keeps_its_own_undo_while_cards_change(desk: RunningDesk) -> None:
    first, second = desk.ring(CUSTOMER_NUMBER), desk.ring(ENGLISH_NUMBER)
    body = desk.pop.note.body
    QTest.keyClicks(body, "one two")
    desk.desk.select(second.id)
    undo(body)
    assert body.toPlainText() == ""
    QTest.keyClicks(body, "three")
    desk.desk.select(first.id)
    undo(body)
    assert (first.note.body, second.note.body) == ("one ", "three")
    desk.desk.select(second.id)
    undo(body)
    assert second.note.body == ""


def test_undo_is_kept_with_the_draft(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    QTest.keyClicks(desk.pop.note.body, "one two")
    undo(desk.pop.note.body)
    desk.stop()  # one program at a time has the file
    file = DraftFile.open(desk.folder / "drafts", NOW)
    (draft,) = file.all(OPERATOR)
    file.close()
    assert (draft.body, draft.body_steps) == ("one ", call.note.body_steps)


def test_the_menu_offers_undo_and_redo_by_what_is_possible(field: TextField) -> None:
    QTest.keyClicks(field, "abc")
    offered = {action.text(): action for action in field.menu(field.rect().center()).actions()}
    assert (offered["Undo"].isEnabled(), offered["Redo"].isEnabled()) == (True, False)
    assert list(offered)[:2] == ["Undo", "Redo"]
    offered["Undo"].trigger()
    assert field.toPlainText() == ""


def test_selected_text_that_is_typed_over_comes_back(field: TextField) -> None:
    QTest.keyClicks(field, "wrong word")
    field.moveCursor(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
    QTest.keyClicks(field, "right")
    assert field.toPlainText() == "right"
    undo(field)
    undo(field)
    assert field.toPlainText() in ("wrong word", "wrong ")


def test_the_hint_is_not_drawn_under_an_open_conversion(field: TextField) -> None:
    field.hint("Note of this call.")
    convert(field, "さい")
    assert field.placeholderText() == ""
    convert(field, "")
    assert field.placeholderText() == "Note of this call."


class InputMethod:
    """How an input method may answer when it is asked to commit: the far edge."""

    def __init__(self, field: TextField | LineField, *answers: QInputMethodEvent) -> None:
        self._field, self._answers = field, list(answers)

    def commit(self) -> None:
        for answer in self._answers:
            QApplication.sendEvent(self._field, answer)

    def reset(self) -> None:
        QApplication.sendEvent(self._field, QInputMethodEvent())


def ending(text: str) -> QInputMethodEvent:
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


@pytest.mark.parametrize("answers", [[], [""], ["さいはいたつ"], ["さいはいたつ", ""]])
def test_a_conversion_keeps_its_text_once_whatever_the_input_method_answers(
    field: TextField, monkeypatch: pytest.MonkeyPatch, answers: list[str]
) -> None:
    asked = InputMethod(field, *map(ending, answers))
    monkeypatch.setattr("ui.conversion.QGuiApplication.inputMethod", lambda: asked)
    commit(field, "本日")
    convert(field, "さいはいたつ")
    field.commit()
    assert (field.toPlainText(), field.text(), field.preedit) == ("本日さいはいたつ", "本日さいはいたつ", "")


@pytest.mark.parametrize("answers", [[], [""], ["さいはいたつ"]])
def test_a_line_too_keeps_the_text_of_its_conversion(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answers: list[str]
) -> None:
    line = LineField()
    qtbot.addWidget(line)
    asked = InputMethod(line, *map(ending, answers))
    monkeypatch.setattr("ui.conversion.QGuiApplication.inputMethod", lambda: asked)
    convert(line, "さいはいたつ")
    line.commit()
    assert (line.text(), line.preedit) == ("さいはいたつ", "")
