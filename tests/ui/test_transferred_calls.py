"""What the card says of a call that was handed on, that rings again, or that the operator's own phone refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.call import Call
from cti.events import CallAnswered, CallEnded, Caller, CallerChanged, CallOffered, Direction, EndCause, Withheld
from db.demo import COMPANY_NUMBER, CUSTOMER_NUMBER, ENGLISH_NUMBER, HOUSEHOLD_NUMBER
from db.kinds import Outcome
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from tests.ui.test_main_window import ROW, table

WORDS = {
    "ja": ("⇄ 取り次ぎ: 鈴木 202", "◌ 再着信中", "⊘ 拒否", "⊘ 話中"),
    "en": ("⇄ Transferred by 鈴木 202", "◌ ringing again", "⊘ rejected", "⊘ busy"),
}


def ring(running: RunningDesk, source_id: str, number: str = CUSTOMER_NUMBER, name: str = "") -> Call:
    """A call with a linked id, painted."""
    before, seconds = len(running.painted), int(source_id)
    direction = Direction.INTERNAL if len(number) < 6 else Direction.IN
    at = NOW + timedelta(seconds=seconds)
    running.desk.hear(
        CallOffered("desk phone", source_id, Caller(number, name), "0312345678", "", "1.7", direction, at, 1, 2)
    )
    if direction is Direction.IN:
        running.qtbot.waitUntil(lambda: len(running.painted) > before, timeout=10_000)
    call = running.desk.calls.by_source("desk phone", source_id)
    assert call is not None
    return call


def hand_on(running: RunningDesk, source_id: str, caller: Caller) -> None:
    running.desk.hear(CallerChanged("desk phone", source_id, caller, NOW))


def answer(running: RunningDesk, source_id: str) -> None:
    running.desk.hear(CallAnswered("desk phone", source_id, "sato", NOW))


def give_up(running: RunningDesk, source_id: str, why: EndCause = EndCause.CANCELLED) -> None:
    running.desk.hear(CallEnded("desk phone", source_id, why, NOW))


def test_a_call_that_a_colleague_hands_on_pops_with_his_name_on_the_card(desk: RunningDesk, language: str) -> None:
    call = ring(desk, "1", "202", "鈴木")
    answer(desk, "1")
    assert not desk.pop.isVisible()
    hand_on(desk, "1", Caller(CUSTOMER_NUMBER, ""))
    desk.opened(call, "髙橋 一郎")
    assert desk.pop.isVisible()
    assert WORDS[language][0] in seen.labels(desk.pop.header, "line")


def test_what_is_being_typed_stays_in_the_editor_through_a_transfer(desk: RunningDesk) -> None:
    call = ring(desk, "1", ENGLISH_NUMBER)
    answer(desk, "1")
    QTest.keyClicks(desk.pop.note.body, "half a ")
    hand_on(desk, "1", Caller(CUSTOMER_NUMBER, ""))
    desk.opened(call, "髙橋 一郎")
    QTest.keyClicks(desk.pop.note.body, "word")
    assert desk.pop.note.body.toPlainText() == call.note.body == "half a word"
    assert "09012340077" not in seen.everything(desk.pop.header)
    assert "⇄ Transferred by 090-1234-0077" in seen.labels(desk.pop.header, "line")


def test_a_caller_who_withheld_the_number_is_named_so(desk: RunningDesk) -> None:
    desk.ring("", withheld=Withheld.PAYPHONE)
    call = desk.pop.call
    assert call is not None
    hand_on(desk, call.ring.source_id, Caller(CUSTOMER_NUMBER, ""))
    desk.opened(call, "髙橋 一郎")
    assert "⇄ Transferred by Payphone" in seen.labels(desk.pop.header, "line")


@pytest.mark.parametrize(
    ("number", "offer"),
    [(CUSTOMER_NUMBER, "Open the new caller: 髙橋 一郎"), (HOUSEHOLD_NUMBER, "Choose the new caller (3)")],
)
def test_a_customer_chosen_by_hand_stays_until_the_operator_takes_the_offer(
    desk: RunningDesk, number: str, offer: str
) -> None:
    call = ring(desk, "1", COMPANY_NUMBER)
    answer(desk, "1")
    QTest.keyClick(desk.pop.body.question, "2")
    desk.qtbot.waitUntil(lambda: call.pop.facts is not None, timeout=5000)
    chosen = desk.pop.header.name.text()
    hand_on(desk, "1", Caller(number, ""))
    desk.qtbot.waitUntil(lambda: offer in seen.buttons(desk.pop.header), timeout=5000)
    assert desk.pop.header.name.text() == chosen
    desk.qtbot.mouseClick(seen.button(desk.pop.header, offer), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: desk.pop.header.name.text() != chosen, timeout=5000)
    assert offer not in seen.buttons(desk.pop.header)
    if number == HOUSEHOLD_NUMBER:
        assert desk.pop.body.currentWidget() is desk.pop.body.question
    else:
        assert desk.pop.header.name.text() == "髙橋 一郎"


def test_a_call_without_a_transfer_says_nothing_of_one(desk: RunningDesk) -> None:
    ring(desk, "1")
    assert "Transferred" not in seen.everything(desk.pop.header)


def test_a_missed_call_that_rings_again_says_so_on_its_card_and_in_the_strip(desk: RunningDesk, language: str) -> None:
    call = ring(desk, "1")
    give_up(desk, "1")
    desk.pop.hide()
    assert ring(desk, "20") is call
    words = WORDS[language][1]
    assert desk.pop.isVisible()
    assert seen.labels(desk.pop.header, "state") == [words]
    assert seen.entries(desk.pop.strip)[1].partition("\n")[2].startswith(words[:4])
    assert desk.pop.windowTitle().startswith("(1)")


@pytest.mark.parametrize(("why", "place"), [(EndCause.REJECTED, 2), (EndCause.BUSY, 3)])
def test_a_call_that_the_own_phone_refused_says_so(desk: RunningDesk, language: str, why: EndCause, place: int) -> None:
    ring(desk, "1")
    give_up(desk, "1", why)
    assert seen.labels(desk.pop.header, "state-bad") == [WORDS[language][place]]
    desk.desktop.main.calls.fill([replace(ROW, outcome=Outcome.MISSED, end_cause=why)])
    assert seen.rows(table(desk))[0][2] == f"{WORDS[language][place]}\nMain shop"
