"""Beside the card: buttons that open another system, keys that copy, and nothing that takes the keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.actions import ActionSettings
from cti.events import Withheld
from db.demo import CUSTOMER_NUMBER
from tests.ui import seen
from tests.ui.running import RunningDesk

CRM = ActionSettings("Order system", url="https://crm.example/{customer_no}")
ON_RING = ActionSettings("CTI", "ring", url="https://crm.example/ring/{number}")
ON_ANSWER = ActionSettings("CTI", "answer", url="https://crm.example/answer/{number}")


@pytest.fixture
def desk(start: Callable[[], RunningDesk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunningDesk:
    made = RunningDesk.__init__
    monkeypatch.setattr(RunningDesk, "__init__", lambda self, *place: made(self, *place, (CRM, ON_RING, ON_ANSWER)))
    return start()


def urls(desk: RunningDesk) -> list[str]:
    return [one.url for one in desk.opened_beside]


def test_a_ring_and_an_answer_open_theirs_once_the_name_is_painted(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    desk.qtbot.waitUntil(lambda: urls(desk) == ["https://crm.example/ring/%2B81335814111"], timeout=5000)
    desk.answer(call)
    desk.qtbot.waitUntil(lambda: urls(desk)[1:] == ["https://crm.example/answer/%2B81335814111"], timeout=5000)
    desk.give_up(call)
    assert len(desk.opened_beside) == 2


def test_a_button_opens_the_customer_and_leaves_the_keyboard_in_the_note(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    desk.pop.take_me_there()
    desk.pop.note.body.setFocus()
    QTest.mouseClick(seen.button(desk.pop.header, "↗ Order system"), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: "https://crm.example/C-000001" in urls(desk), timeout=5000)
    assert desk.pop.focusWidget() is desk.pop.note.body


def test_nobody_has_no_button(desk: RunningDesk) -> None:
    desk.ring("0999999999")
    assert not desk.pop.header.beside.isVisible()


@pytest.mark.parametrize(
    ("key", "copied"), [(Qt.Key.Key_F2, "03-3581-4111"), (Qt.Key.Key_F3, "髙橋 一郎")], ids=["number", "name"]
)
def test_one_key_copies_also_while_one_types(desk: RunningDesk, key: Qt.Key, copied: str) -> None:
    desk.ring(CUSTOMER_NUMBER)
    desk.pop.take_me_there()
    QTest.keyClick(desk.pop.note.body, key)
    assert QGuiApplication.clipboard().text() == copied
    assert f"✓ copied: {copied}" in seen.labels(desk.pop.header.beside, "small")


def test_the_whole_card_is_copied_as_text(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    QTest.keyClick(desk.pop, Qt.Key.Key_F5)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[:3] == ["髙橋 一郎", "タカハシ イチロウ", "03-3581-4111"]
    assert any("C-000001" in line for line in lines)
    assert any(line.startswith("Purchases") for line in lines)


def test_who_withholds_the_number_leaves_nothing_to_copy(desk: RunningDesk) -> None:
    QGuiApplication.clipboard().setText("before")
    desk.ring("", withheld=Withheld.ANONYMOUS)
    QTest.keyClick(desk.pop, Qt.Key.Key_F2)
    assert QGuiApplication.clipboard().text() == "before"
    assert "There is nothing to copy." in seen.labels(desk.pop.header.beside, "small")


def test_what_could_not_be_opened_is_said_on_the_card(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    desk.actions.told("no browser")
    assert seen.labels(desk.pop.header.beside, "warning") == ["▲ no browser"]
