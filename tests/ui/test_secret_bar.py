"""A password that nobody has is asked for in the main window, once, and takes the keyboard from nobody."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.credentials import Credentials
from app.missing_secrets import MissingSecrets
from app.screen import SourceStatus, Status
from cti.events import SourceState
from tests.app.test_credentials import MemoryKeyring
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from tests.ui.scenes import WELL

LACKS = Status(sources=(SourceStatus("desk phone", SourceState.NO_SECRET, "201", NOW),))


def with_keyring(desk: RunningDesk) -> MemoryKeyring:
    store = MemoryKeyring()
    secrets = MissingSecrets(Credentials(lambda: store), desk.post, desk.desk.board)
    desk.desktop.add(lambda main: main.secret.take_to(secrets))
    desk.desktop.show_main()
    return store


def test_it_is_typed_kept_and_not_asked_again(desk: RunningDesk) -> None:
    store, bar = with_keyring(desk), desk.desktop.main.secret
    desk.desktop.show_status(LACKS)
    assert bar.isVisible()
    assert '"desk phone"' in bar.words.text()
    assert not bar.field.hasFocus()
    assert bar.field.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(bar.field, "s3cret")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: bool(store.held), timeout=5000)
    assert store.held == {("omote", "desk phone"): "s3cret"}
    desk.qtbot.waitUntil(lambda: "keyring now holds" in bar.said.text(), timeout=5000)
    assert bar.field.text() == ""
    desk.desktop.show_status(WELL)
    assert not bar.isVisible()


def test_nothing_is_kept_of_nothing(desk: RunningDesk) -> None:
    store, bar = with_keyring(desk), desk.desktop.main.secret
    desk.desktop.show_status(LACKS)
    QTest.mouseClick(seen.button(bar, "Keep"), Qt.MouseButton.LeftButton)
    assert store.held == {}
    assert "One moment" not in bar.said.text()


def test_what_is_being_typed_stays_while_other_states_change(desk: RunningDesk) -> None:
    with_keyring(desk)
    bar = desk.desktop.main.secret
    desk.desktop.show_status(LACKS)
    QTest.keyClicks(bar.field, "half")
    desk.desktop.show_status(replace(LACKS, waiting=2, waiting_since=NOW))
    assert bar.field.text() == "half"
