"""Moving a complaint on from the card: only allowed steps, with words; who was quicker is told in one line."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.headline import Place
from db.demo import CUSTOMER_NUMBER
from db.engine import open_engine, writing
from db.kinds import ComplaintState
from db.models import complaint
from tests.complaint_state import put_in_state
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from ui.complaint_steps import ComplaintSteps


@pytest.fixture
def steps(desk: RunningDesk) -> ComplaintSteps:
    """The demo's open complaint #12 is selected in the panel."""
    desk.opened(desk.ring(CUSTOMER_NUMBER), "髙橋 一郎")
    desk.pop.activateWindow()
    desk.pop.body.panels.go_to(Place("complaints", "12"))
    return desk.desktop.obligations.steps


def offered(steps: ComplaintSteps) -> list[str]:
    return [one.text() for one in steps.steps()]


def click(steps: ComplaintSteps, words: str) -> None:
    QTest.mouseClick(seen.button(steps, words), Qt.MouseButton.LeftButton)


def told(desk: RunningDesk, steps: ComplaintSteps, words: str) -> None:
    desk.qtbot.waitUntil(lambda: steps.told.whole == words, timeout=5000)


def test_only_allowed_steps_are_offered_and_the_usual_one_stands_first(steps: ComplaintSteps) -> None:
    assert steps.isVisible()
    assert steps.title.whole.startswith("#12: ")
    assert offered(steps)[-1] in ("resolved", "investigating")
    assert "closed" not in offered(steps)


def test_a_step_is_told_with_who_when_and_why(desk: RunningDesk, steps: ComplaintSteps) -> None:
    first = offered(steps)[0]
    QTest.keyClicks(steps.words, "called the carrier")
    QTest.keyClick(steps.words, Qt.Key.Key_Return)
    told(desk, steps, "✓ Written down.")
    assert steps.words.text() == ""
    assert steps.title.whole == f"#12: {first}. Go on to:"
    desk.qtbot.waitUntil(lambda: "called the carrier" in steps._events[0].whole, timeout=5000)
    assert steps._events[0].whole == f"2026-11-21 14:12 佐藤 美咲: {first} – called the carrier"


def test_a_resolved_complaint_is_verified_closed_and_reopened_with_a_reason(
    desk: RunningDesk, steps: ComplaintSteps
) -> None:
    for step in ("resolved", "verified", "closed"):
        desk.seat.login = "suzuki" if step == "verified" else "sato"
        click(steps, step)
        told(desk, steps, "✓ Written down.")
        assert steps.title.whole.startswith(f"#12: {step}")
    assert offered(steps) == ["Reopen: investigating"]
    click(steps, "Reopen: investigating")
    assert steps.told.whole == "▲ Say why it is reopened."
    assert steps.words.hasFocus()
    QTest.keyClicks(steps.words, "again")
    click(steps, "Reopen: investigating")
    told(desk, steps, "✓ Written down.")
    assert steps.title.whole.startswith("#12: investigating")


def test_who_comes_too_late_is_told_in_one_line_and_sees_how_it_stands(
    desk: RunningDesk, steps: ComplaintSteps
) -> None:
    engine = open_engine("sqlite", desk.folder)
    with writing(engine) as connection:
        put_in_state(connection, complaint.c.complaint_no == "12", ComplaintState.RESOLVED, NOW - timedelta(minutes=1))
    engine.dispose()
    QTest.keyClicks(steps.words, "mine")
    QTest.keyClick(steps.words, Qt.Key.Key_Return)
    told(desk, steps, "▲ Somebody was quicker: it is at resolved. Your words are kept.")
    desk.qtbot.waitUntil(lambda: steps.title.whole == "#12: resolved. Go on to:", timeout=5000)
    desk.qtbot.waitUntil(lambda: steps._events[0].whole.endswith("remark – mine"), timeout=5000)


def test_who_resolved_it_is_told_that_somebody_else_must_verify_it(desk: RunningDesk, steps: ComplaintSteps) -> None:
    click(steps, "resolved")
    told(desk, steps, "✓ Written down.")
    click(steps, "verified")
    own = "▲ You resolved it yourself: somebody else has to verify it. Your words are kept."
    told(desk, steps, own)
    desk.qtbot.waitUntil(lambda: steps.title.whole == "#12: resolved. Go on to:", timeout=5000)


def test_words_that_were_not_sent_stay_with_their_complaint(desk: RunningDesk, steps: ComplaintSteps) -> None:
    QTest.keyClicks(steps.words, "half")
    facts = desk.pop.call.pop.facts if desk.pop.call else None
    assert facts is not None
    other = facts.complaints[-1].complaint_no
    desk.pop.body.panels.go_to(Place("complaints", other))
    assert (steps.complaint_no, steps.words.text()) == (other, "")
    desk.pop.body.panels.go_to(Place("complaints", "12"))
    assert steps.words.text() == "half"


def test_enter_in_a_conversion_moves_nothing(desk: RunningDesk, steps: ComplaintSteps) -> None:
    QApplication.sendEvent(steps.words, QInputMethodEvent("でんわ", []))
    title = steps.title.whole
    QTest.keyClick(steps.words, Qt.Key.Key_Return)
    assert steps.title.whole == title


def test_a_complaint_just_made_can_be_moved_on_at_once(desk: RunningDesk, steps: ComplaintSteps) -> None:
    desk.pop.note.wrap_up.wants_complaint.emit()
    desk.pop.note.wrap_up.save_open()
    call = desk.pop.call
    assert call is not None
    assert call.made.complaint is not None
    number = call.made.complaint.complaint_no
    desk.pop.body.panels.go_to(Place("complaints", number))
    assert steps.complaint_no == number
    assert offered(steps) == ["acknowledged", "investigating", "responding", "resolved"]
    click(steps, "acknowledged")
    told(desk, steps, "✓ Written down.")
