"""The strip: which calls stand in it, in which group and order, with running clocks; a click brings the card."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.call import Call
from db.demo import COMPANY_NUMBER, CUSTOMER_NUMBER, ENGLISH_NUMBER, HOUSEHOLD_NUMBER, UNKNOWN_NUMBER
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from ui import wording
from ui.call_strip import CLOCK


def entries(running: RunningDesk) -> list[list[str]]:
    """Headings, and per call its name and place, from top to bottom."""
    return [text.split("\n") for text in seen.entries(running.pop.strip)]


def cards(running: RunningDesk) -> list[list[str]]:
    return [texts for texts in entries(running) if len(texts) > 1]


def clock(running: RunningDesk, call: Call) -> str:
    return str(running.pop.strip.index_of(call.id).data(CLOCK))


def area(running: RunningDesk, call: Call) -> QRect:
    """Where the call stands, in the strip's viewport."""
    return running.pop.strip.visualRect(running.pop.strip.index_of(call.id))


def spoken(running: RunningDesk, call: Call) -> str:
    """What a screen reader adds to the name and the place."""
    return str(running.pop.strip.index_of(call.id).data(Qt.ItemDataRole.AccessibleDescriptionRole))


def click(running: RunningDesk, call: Call) -> None:
    QTest.mouseClick(running.pop.strip.viewport(), Qt.MouseButton.LeftButton, pos=area(running, call).center())


def is_in_sight(running: RunningDesk, call: Call) -> bool:
    return running.pop.strip.viewport().rect().contains(area(running, call))


def test_calls_stand_in_three_groups_each_in_the_order_of_their_ring(desk: RunningDesk) -> None:
    talking = desk.ring(CUSTOMER_NUMBER)
    desk.answer(talking)
    gave_up = desk.ring(COMPANY_NUMBER)
    desk.give_up(gave_up)
    later = desk.ring(ENGLISH_NUMBER)
    desk.answer(later)
    desk.desk.put_aside(later.id)
    desk.ring(HOUSEHOLD_NUMBER)
    assert [texts[0] for texts in entries(desk)] == [
        "On the phone 2", "髙橋 一郎", "田中家 (3 people)",
        "To finish 1", "Emily Carter",
        "Rang only 1", wording.call_title(gave_up),
    ]  # fmt: skip


def test_second_call_joins_the_strip_and_never_replaces_the_card(desk: RunningDesk) -> None:
    first = desk.ring(CUSTOMER_NUMBER)
    desk.answer(first)
    for number in (ENGLISH_NUMBER, UNKNOWN_NUMBER, HOUSEHOLD_NUMBER):
        desk.ring(number)
        assert desk.pop.call is first
    assert seen.labels(desk.pop.header, "name") == ["髙橋 一郎"]
    assert len(cards(desk)) == 4


def test_click_on_an_entry_brings_its_card(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    second = desk.ring(ENGLISH_NUMBER)
    click(desk, second)
    assert desk.pop.call is second
    assert seen.labels(desk.pop.header, "name") == ["Emily Carter"]
    assert [spoken(desk, call) for call in desk.desk.calls] == ["", "on the card"]


def test_clocks_of_live_calls_run_and_those_of_past_ones_stand(desk: RunningDesk) -> None:
    live, missed = desk.ring(CUSTOMER_NUMBER), desk.ring(ENGLISH_NUMBER)
    desk.give_up(missed)
    desk.pop.strip.tick(NOW + timedelta(minutes=2, seconds=41))
    assert clock(desk, live) == "02:41"
    assert clock(desk, missed) == "14:12"
    desk.pop.strip.tick(NOW + timedelta(hours=1, seconds=5))
    assert clock(desk, live) == "1:00:05"


def test_the_newest_of_many_ringing_calls_is_scrolled_into_sight_and_painted(desk: RunningDesk) -> None:
    calls = [desk.ring(CUSTOMER_NUMBER) for _number in range(20)]
    assert desk.painted == calls
    assert is_in_sight(desk, calls[-1])


def test_each_of_many_that_ring_in_one_moment_is_brought_into_sight_and_painted(desk: RunningDesk) -> None:
    calls = [desk.ring(CUSTOMER_NUMBER) for _number in range(20)]
    told: list[Call] = []
    for call in calls:
        desk.pop.strip.when_painted(call.id, partial(told.append, call))
    desk.qtbot.waitUntil(lambda: len(told) == len(calls), timeout=20_000)
    assert told == calls


def test_a_call_that_goes_before_it_is_painted_is_not_told_and_holds_up_no_other(desk: RunningDesk) -> None:
    gone, stays = (desk.ring(ENGLISH_NUMBER) for _number in range(2))
    told: list[Call] = []
    for call in (gone, stays):
        desk.pop.strip.when_painted(call.id, partial(told.append, call))
    desk.desk.let_go(gone)
    desk.qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert told == [stays]


def test_strip_takes_no_keyboard_focus_and_no_name_widens_it(desk: RunningDesk) -> None:
    desk.ring(UNKNOWN_NUMBER, "W" * 64)
    assert desk.pop.strip.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert area(desk, next(iter(desk.desk.calls))).width() < desk.pop.strip.width() == 196


def test_draft_found_at_start_comes_back_to_the_strip_with_its_text(start: Callable[[], RunningDesk]) -> None:
    first = start()
    call = first.ring(CUSTOMER_NUMBER)
    QTest.keyClicks(first.pop.note.body, "unfinished")
    first.qtbot.waitUntil(lambda: bool(first.pop.note.saved.text()), timeout=5000)
    first.stop()
    second = start()
    second.qtbot.waitUntil(
        lambda: [texts[0] for texts in entries(second)] == ["To finish 1", "髙橋 一郎"], timeout=5000
    )
    assert second.pop.isVisible()
    assert second.pop.note.body.toPlainText() == "unfinished"
    assert second.pop.call is not None
    assert second.pop.call.id == call.id


def test_what_rang_only_has_the_newest_first(desk: RunningDesk) -> None:
    for number in (CUSTOMER_NUMBER, ENGLISH_NUMBER):
        desk.give_up(desk.ring(number))
    assert [texts[0] for texts in entries(desk)] == ["Rang only 2", "Emily Carter", "髙橋 一郎"]


def press(desk: RunningDesk, key: Qt.Key, *, alt: bool = False) -> None:
    modifier = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(desk.pop.note.body, key, modifier)


def test_ten_calls_at_once_have_ten_cards_and_keys_lead_through_them(desk: RunningDesk) -> None:
    calls = [desk.ring(f"0900000{number:04}", f"Caller {number}") for number in range(10)]
    desk.pop.take_me_there()
    for number, call in enumerate(calls):
        assert desk.pop.call is call
        assert seen.labels(desk.pop.header, "name") == [f"Caller {number}"]
        QTest.keyClicks(desk.pop.note.body, f"note {number}")
        press(desk, Qt.Key.Key_PageDown)
    assert desk.pop.call is calls[0], "after the last comes the first"
    assert [call.note.body for call in calls] == [f"note {number}" for number in range(10)]
    press(desk, Qt.Key.Key_PageUp)
    assert desk.pop.call is calls[-1]
    press(desk, Qt.Key.Key_3, alt=True)
    assert desk.pop.call is calls[2]
    assert calls[0].note.body == "note 0", "no key wrote anything"
    assert len(cards(desk)) == 10


def test_the_selected_call_is_always_in_sight(desk: RunningDesk) -> None:
    calls = [desk.ring(CUSTOMER_NUMBER) for _number in range(20)]
    for call in (calls[-1], calls[0], calls[7]):
        desk.desk.select(call.id)
        assert is_in_sight(desk, call)


def test_stepping_while_a_conversion_is_open_keeps_its_text_with_its_call(desk: RunningDesk) -> None:
    first, second = desk.ring(CUSTOMER_NUMBER), desk.ring(ENGLISH_NUMBER)
    desk.pop.take_me_there()
    QApplication.sendEvent(desk.pop.note.body, QInputMethodEvent("さいはいたつ", []))
    press(desk, Qt.Key.Key_PageDown)
    assert desk.pop.call is second
    assert (first.note.body, second.note.body) == ("さいはいたつ", "")
