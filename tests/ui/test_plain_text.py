"""A label that is cut to its place: what it shows, what its tooltip says, and that it never asks for more room."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont, QFontMetrics, QTextDocumentFragment
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.plain_text import CutLabel, cut, cut_label, elided, give_role, label

LONG = "W" * 60


@pytest.fixture
def name(qtbot: QtBot) -> Iterator[CutLabel]:
    window, made = QWidget(), cut_label("name")
    qtbot.addWidget(window)
    assert isinstance(made, CutLabel)
    row = QHBoxLayout(window)
    row.addWidget(made)
    row.addStretch(1)
    window.resize(300, 80)
    window.show()
    yield made
    window.close()


def tip(label: CutLabel) -> str:
    return QTextDocumentFragment.fromHtml(label.toolTip()).toPlainText()


def test_text_that_fits_is_whole_and_has_no_tooltip(qtbot: QtBot, name: CutLabel) -> None:
    name.setText("Bank")
    qtbot.waitUntil(lambda: name.width() >= name.sizeHint().width())
    assert (name.text(), name.toolTip()) == ("Bank", "")


def test_text_that_does_not_fit_ends_in_dots_and_stands_whole_in_the_tooltip(qtbot: QtBot, name: CutLabel) -> None:
    name.setText(LONG)
    qtbot.waitUntil(lambda: 5 < len(name.text()) < len(LONG))
    assert name.text() == LONG[: len(name.text()) - 1] + "…"
    assert tip(name) == LONG
    assert name.minimumSizeHint().width() < 50


def test_two_long_names_that_are_cut_alike_have_their_own_tooltips(qtbot: QtBot, name: CutLabel) -> None:
    for whole in (LONG + "A", LONG + "B"):
        name.setText(whole)
        qtbot.waitUntil(lambda: 5 < len(name.text()) < len(LONG))
        assert tip(name) == whole


def test_more_room_brings_the_rest_back(qtbot: QtBot, name: CutLabel) -> None:
    name.setText(LONG)
    qtbot.waitUntil(lambda: len(name.text()) < len(LONG))
    name.window().resize(3000, 80)
    qtbot.waitUntil(lambda: name.text() == LONG)
    assert name.toolTip() == ""


def test_a_cut_line_never_ends_in_the_dot_that_parts_two_things() -> None:
    text, metrics = "Ringing · Main shop · ラボ", QFontMetrics(QFont())
    whole = metrics.horizontalAdvance(text)
    cuts = {elided(text, metrics, width) for width in range(20, whole)}
    assert {"Ringing…", "Ringing · Main shop…"} <= cuts
    assert not [one for one in cuts if one.endswith(("·…", " …"))]
    assert elided(text, metrics, whole + 2) == text


def test_lines_become_one_and_thousands_of_letters_are_cut() -> None:
    name = CutLabel()
    name.resize(5000, 40)
    name.setText("one\r\ntwo\u2028three")
    assert name.text() == "one two three"
    assert len(cut("x" * 8000)) == 200
    assert cut("short") == "short"


def test_a_label_that_becomes_an_alarm_is_as_roomy_as_one_that_was_made_so(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setStyleSheet('QLabel[role="alarm"] { background: red; padding: 6px 12px; }')
    row = QHBoxLayout(window)
    became, made = label("disk full", "line"), label("disk full", "alarm")
    for one in (became, made):
        row.addWidget(one)
    window.show()
    give_role(became, "alarm")
    assert became.sizeHint() == made.sizeHint()
