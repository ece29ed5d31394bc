"""What an operator sees and can do about versions: nothing has to be done, and nothing stands in a call's way."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.about import About
from app.start_again import START_AGAIN
from db.demo import CUSTOMER_NUMBER
from tests.ui import seen
from tests.ui.running import RunningDesk
from tests.ui.version_scenes import NEWER
from ui.pages.about import AboutPage
from ui.status_line import states


def test_a_newer_version_is_one_quiet_line_and_an_installed_one_takes_its_place(desk: RunningDesk) -> None:
    board = desk.desk.board
    board.set(newer=NEWER)
    assert "Version 1.2.0 is there; your IT installs it" in states(board.status)
    board.set(is_replaced=True)
    assert [one for one in states(board.status) if "ersion" in one] == [
        "○ A new version has been installed: start Omote again when it suits you"
    ]


def test_the_restart_is_offered_only_while_no_call_is_in_work(
    desk: RunningDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(QApplication, "exit", ended.append)
    main, bar = desk.desktop.main, desk.desktop.main.new_version
    main.show()
    assert not bar.isVisible()
    call = desk.ring(CUSTOMER_NUMBER)
    desk.desk.board.set(is_replaced=True)
    assert (bar.isVisible(), bar.restart.isVisible()) == (True, False)
    desk.give_up(call)
    desk.desk.put_aside(call.id)
    desk.qtbot.waitUntil(bar.restart.isVisible, timeout=3000)
    desk.ring("0901112222")
    bar._press()
    assert ended == []
    assert not bar.restart.isVisible()


def test_who_wants_it_gets_the_program_anew(desk: RunningDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(QApplication, "exit", ended.append)
    desk.desktop.main.show()
    desk.desk.board.set(is_replaced=True)
    QTest.mouseClick(desk.desktop.main.new_version.restart, Qt.MouseButton.LeftButton)
    assert ended == [START_AGAIN]


def test_what_is_not_saved_yet_is_named_and_not_lost(desk: RunningDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(QApplication, "exit", ended.append)
    main = desk.desktop.main
    main.show()
    desk.desk.board.set(is_replaced=True)
    monkeypatch.setattr(type(main), "page_at_work", "Settings")
    QTest.mouseClick(main.new_version.restart, Qt.MouseButton.LeftButton)
    assert ended == []
    assert main.new_version.words.text().endswith("Finish with “Settings” first.")


def test_the_sheet_of_keys_leads_to_the_page_about_omote(desk: RunningDesk) -> None:
    main = desk.desktop.main
    main.show()
    main.keys.turn()
    QTest.mouseClick(seen.button(main.keys, "About Omote"), Qt.MouseButton.LeftButton)
    assert not main.keys.isVisible()
    (page,) = main.findChildren(AboutPage)
    assert page.isVisible()
    QTest.mouseClick(page.licence, Qt.MouseButton.LeftButton)
    assert page.text.toPlainText().lstrip().startswith("GNU GENERAL PUBLIC LICENSE")
    QTest.mouseClick(page.notices, Qt.MouseButton.LeftButton)
    assert "the folder .venv" in page.text.toPlainText()


def test_a_bundles_page_shows_the_notices_that_lie_in_it(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "THIRD-PARTY-NOTICES.txt").write_text("Qt 6.11.3: LGPL-3.0-only", "utf-8")
    page = AboutPage(
        About("1.2.0", "2026-11-21 1a2b3c4", "Python 3.11.7", "omote_1.2.0_source.tar.xz", tmp_path), lambda: None
    )
    qtbot.addWidget(page)
    page.show()
    assert page.version.text() == "Omote 1.2.0, built 2026-11-21 1a2b3c4"
    QTest.mouseClick(page.notices, Qt.MouseButton.LeftButton)
    assert page.text.toPlainText() == "Qt 6.11.3: LGPL-3.0-only"
    assert page.news.isHidden()
