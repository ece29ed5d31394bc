"""Keys: each is said once, works where the sheet says it does, and the sheet takes nothing away."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.words import use_language
from db.demo import CUSTOMER_NUMBER
from tests.ui.running import RunningDesk
from ui.keys import KEYS

_ROOT = Path(__file__).parents[2]


def _on_sheet(desk: RunningDesk) -> list[str]:
    return [one.text() for one in desk.pop.keys.findChildren(QLabel)]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_key_stands_on_the_sheet_with_what_it_does(desk: RunningDesk, language: str) -> None:
    use_language(language)
    desk.ring(CUSTOMER_NUMBER)
    desk.pop.keys.turn()
    shown = _on_sheet(desk)
    assert all(key.words in shown and key.does() in shown for key in KEYS)


@pytest.mark.parametrize("name", ["operators.md", "operators.ja.md"])
def test_every_key_stands_in_the_operators_book(name: str) -> None:
    book = (_ROOT / "docs" / name).read_text(encoding="utf-8")
    assert [key.words for key in KEYS if f"| {key.words} |" not in book] == []


def test_no_key_means_two_things_in_the_pop(desk: RunningDesk) -> None:
    presses = [one.key().toString() for one in desk.pop.findChildren(QShortcut)]
    assert sorted(set(presses)) == sorted(presses)
    said = {QKeySequence(press).toString() for key in KEYS for press in key.presses}
    assert set(presses) <= said


def test_the_sheet_gives_the_keyboard_back_to_the_note(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    desk.pop.take_me_there()
    desk.pop.note.body.setFocus()
    QTest.keyClick(desk.pop, Qt.Key.Key_F1)
    assert desk.pop.keys.isVisible()
    QTest.keyClick(desk.pop.keys, Qt.Key.Key_Escape)
    assert not desk.pop.keys.isVisible()
    assert desk.pop.focusWidget() is desk.pop.note.body
    QTest.keyClicks(desk.pop.note.body, "really?")
    assert desk.pop.note.body.toPlainText() == "really?"
    assert not desk.pop.keys.isVisible()


def test_a_call_that_rings_meanwhile_is_not_hidden_from_the_desk(desk: RunningDesk) -> None:
    desk.pop.keys.turn()
    call = desk.ring(CUSTOMER_NUMBER)
    assert desk.pop.call is call


def test_where_a_manual_is_installed_the_sheet_leads_to_it(
    desk: RunningDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    page = tmp_path / "index.html"
    monkeypatch.setattr("ui.key_sheet.manual_page", lambda _language: page)
    monkeypatch.setattr("ui.key_sheet.open_manual", opened.append)
    desk.ring(CUSTOMER_NUMBER)
    desk.pop.take_me_there()
    desk.pop.keys.turn()
    QTest.keyClick(desk.pop.keys, Qt.Key.Key_Return)
    assert opened == [page]
    assert not desk.pop.keys.isVisible()
    desk.pop.keys.turn()
    (help_button,) = desk.pop.keys.findChildren(QPushButton)
    QTest.mouseClick(help_button, Qt.MouseButton.LeftButton)
    assert opened == [page, page]
    assert not desk.pop.keys.isVisible()


def test_without_a_manual_the_sheet_offers_none(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    desk.pop.keys.turn()
    assert desk.pop.keys.findChildren(QPushButton) == []
