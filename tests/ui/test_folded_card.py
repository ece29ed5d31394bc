"""A card that a known colleague answered folds to one line; nothing folds that somebody works on."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.call import Call
from cti.events import CallAnswered
from db.demo import CUSTOMER_NUMBER
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk


def taken(desk: RunningDesk, call: Call, by: str | None) -> None:
    desk.desk.hear(CallAnswered("desk phone", call.ring.source_id, by, NOW + timedelta(seconds=4)))


def test_a_card_that_a_colleague_answered_folds_to_who_and_by_whom(desk: RunningDesk) -> None:
    taken(desk, desk.ring(CUSTOMER_NUMBER), "suzuki")
    assert seen.line(desk.pop.folded) == (
        "髙橋 一郎 ↪ answered by suzuki 00:04"
        " The card is folded, since nothing is left to do here. The call stays in the strip. Show the card"
    )
    covered = desk.pop.folded.geometry()
    for part in (desk.pop.header, desk.pop.body, desk.pop.note):
        assert covered.contains(part.rect().translated(part.mapTo(desk.pop, part.rect().topLeft())))


def test_its_button_opens_it_again_for_good(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    taken(desk, call, "suzuki")
    QTest.mouseClick(seen.button(desk.pop.folded, "Show the card"), Qt.MouseButton.LeftButton)
    assert not desk.pop.folded.isVisible()
    assert desk.pop.call is call


def test_a_card_with_text_does_not_fold(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    QTest.keyClicks(desk.pop.note.body, "urgent")
    taken(desk, call, "suzuki")
    assert not desk.pop.folded.isVisible()
    assert desk.pop.note.body.toPlainText() == "urgent"


def test_a_call_that_nobody_known_answered_does_not_fold(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    taken(desk, call, None)
    assert call.state == "talking"
    assert not desk.pop.folded.isVisible()


def test_a_key_in_the_note_of_a_folded_card_is_seen(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    taken(desk, call, "suzuki")
    QTest.keyClicks(desk.pop.note.body, "x")
    assert not desk.pop.folded.isVisible()
    assert call.note.body == "x"


def test_the_next_call_is_not_folded(desk: RunningDesk) -> None:
    taken(desk, desk.ring(CUSTOMER_NUMBER), "suzuki")
    second = desk.ring("0900000001", "Next")
    assert desk.pop.call is second
    assert not desk.pop.folded.isVisible()
