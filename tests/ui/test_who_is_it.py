"""Who is calling? The chooser with its reasons and keys, the search, and callers whom nobody knows."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QTableView

from app.pop import Pop, PopState, Trouble
from cti.events import Verstat, Withheld
from db.demo import COMPANY_NUMBER, CUSTOMER_NUMBER, HOUSEHOLD_NUMBER, UNKNOWN_NUMBER
from tests.ui import seen
from tests.ui.running import RunningDesk

HOUSEHOLD = {
    "ja": [
        ["1", "田中 誠 様\nタナカ マコト  C-000006", "完全一致"],
        ["2", "田中 由美子 様\nタナカ ユミコ  C-000007", "完全一致"],
        ["3", "田中 結衣 様\nタナカ ユイ  C-000008", "同じ世帯\n田中家"],
    ],
    "en": [
        ["1", "田中 誠\nタナカ マコト  C-000006", "exact match"],
        ["2", "田中 由美子\nタナカ ユミコ  C-000007", "exact match"],
        ["3", "田中 結衣\nタナカ ユイ  C-000008", "same household\n田中家"],
    ],
}
VERIFIED = {"ja": "✓ 番号検証済み", "en": "✓ Number verified"}
FAILED = {"ja": "▲ 番号検証失敗(なりすましの恐れ)", "en": "▲ Verification failed: spoofed?"}
MAKE_SURE = {
    "ja": "なりすましの恐れがあります。まずお名前をご確認ください。",
    "en": "The number may be spoofed: make sure who is calling first.",
}
WITHHELD = {
    "ja": {
        "anonymous": "非通知",
        "payphone": "公衆電話",
        "out_of_area": "表示圏外",
        "service_conflict": "サービス競合",
    },
    "en": {
        "anonymous": "Number withheld",
        "payphone": "Payphone",
        "out_of_area": "Out of area",
        "service_conflict": "Service conflict",
    },
}


def choices(running: RunningDesk) -> list[list[str]]:
    """The rows that can be chosen from now: candidates, or what a search found."""
    tables = [view for view in running.pop.body.question.findChildren(QTableView) if view.isVisible()]
    return [row for view in tables for row in seen.rows(view)]


def search_for(running: RunningDesk, text: str) -> None:
    field = running.pop.body.question.findChild(QLineEdit)
    field.setFocus()
    QTest.keyClicks(field, text)


def test_every_candidate_stands_with_its_number_and_its_reason_and_none_is_opened(
    language: str, start: Callable[[], RunningDesk]
) -> None:
    running = start()
    call = running.ring(HOUSEHOLD_NUMBER)
    assert choices(running) == HOUSEHOLD[language]
    assert (call.pop.state, call.opened_id) == (PopState.CHOICE, None)


def test_people_behind_a_switchboard_stand_with_their_extensions(desk: RunningDesk) -> None:
    desk.ring(COMPANY_NUMBER)
    assert [row[2] for row in choices(desk)] == [
        "exact match",
        "same switchboard, other extension\n青空商事株式会社 · ext. 101",
        "same switchboard, other extension\n青空商事株式会社 · ext. 102",
        "same switchboard, other extension\n青空商事株式会社 · ext. 115",
    ]


@pytest.mark.parametrize(
    ("key", "name"), [(Qt.Key.Key_1, "青空商事株式会社"), (Qt.Key.Key_3, "𠮷田 愛"), (Qt.Key.Key_4, "渡邉 隆")]
)
def test_a_number_key_chooses_when_nobody_is_typing(desk: RunningDesk, key: Qt.Key, name: str) -> None:
    call = desk.ring(COMPANY_NUMBER)
    desk.pop.strip.window().activateWindow()
    desk.pop.note.body.clearFocus()
    QTest.keyClick(desk.pop, key)
    desk.opened(call, name)
    assert seen.labels(desk.pop.header, "name") == [name]


def test_a_number_key_beyond_the_candidates_chooses_nobody(desk: RunningDesk) -> None:
    call = desk.ring(HOUSEHOLD_NUMBER)
    desk.pop.note.body.clearFocus()
    QTest.keyClick(desk.pop, Qt.Key.Key_4)
    QTest.keyClick(desk.pop, Qt.Key.Key_9)
    assert call.opened_id is None
    assert not call.was_touched


def test_digits_typed_into_the_note_are_text_and_choose_nobody(desk: RunningDesk) -> None:
    call = desk.ring(COMPANY_NUMBER)
    desk.pop.note.body.setFocus()
    QTest.keyClicks(desk.pop.note.body, "room 1234")
    assert call.note.body == "room 1234"
    assert call.opened_id is None


def test_digits_typed_into_the_search_are_text_and_choose_nobody(desk: RunningDesk) -> None:
    call = desk.ring(COMPANY_NUMBER)
    search_for(desk, "123")
    assert desk.pop.body.question.findChild(QLineEdit).text() == "123"
    assert call.opened_id is None


def test_a_click_on_a_candidate_opens_that_customer(desk: RunningDesk) -> None:
    call = desk.ring(HOUSEHOLD_NUMBER)
    view = next(one for one in desk.pop.body.question.findChildren(QTableView) if one.isVisible())
    spot = view.visualRect(view.model().index(1, 1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    desk.opened(call, "田中 由美子")


@pytest.mark.parametrize(
    ("text", "found"), [("ヤマザキ", "山﨑 健太"), ("佐藤 花子", "佐藤 花子"), ("C-000010", "Emily Carter")]
)
def test_search_finds_by_reading_by_name_and_by_customer_number(desk: RunningDesk, text: str, found: str) -> None:
    call = desk.ring(UNKNOWN_NUMBER)
    search_for(desk, "x")  # QTest types no Japanese: the rest comes at once, as an input method commits it
    desk.pop.body.question.findChild(QLineEdit).setText(text)
    desk.qtbot.waitUntil(lambda: any(found in row[1] for row in choices(desk)), timeout=5000)
    place = next(number for number, row in enumerate(choices(desk)) if found in row[1])
    view = next(one for one in desk.pop.body.question.findChildren(QTableView) if one.isVisible())
    spot = view.visualRect(view.model().index(place, 1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    desk.opened(call, found)


def test_who_is_found_by_an_order_stands_there_with_its_number(desk: RunningDesk) -> None:
    desk.ring(UNKNOWN_NUMBER)
    desk.pop.body.question.findChild(QLineEdit).setText("a-10414")
    desk.qtbot.waitUntil(lambda: len(choices(desk)) == 1, timeout=5000)
    assert "A-10414" in choices(desk)[0][2]


def test_search_that_finds_nobody_says_so_and_quotes_what_was_sought(desk: RunningDesk) -> None:
    desk.ring(UNKNOWN_NUMBER)
    search_for(desk, "<b>zzz</b>")
    wanted = "Nobody found for “<b>zzz</b>”."
    desk.qtbot.waitUntil(lambda: wanted in seen.labels(desk.pop.body.question, "heading"), timeout=5000)
    assert choices(desk) == []


def test_not_this_customer_takes_the_card_away_and_asks_again(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    QTest.mouseClick(seen.button(desk.pop, "Not this customer"), Qt.MouseButton.LeftButton)
    assert call.opened_id is None
    assert desk.pop.body.currentWidget() is desk.pop.body.question
    assert choices(desk) == [["1", "髙橋 一郎\nタカハシ イチロウ  C-000001", "exact match"]]
    assert "Not this customer" not in seen.buttons(desk.pop)


def test_not_mine_puts_the_call_among_those_that_only_rang(desk: RunningDesk) -> None:
    call = desk.ring(CUSTOMER_NUMBER)
    QTest.mouseClick(seen.button(desk.pop, "Not mine"), Qt.MouseButton.LeftButton)
    assert call.state == "elsewhere"
    assert "Not mine" not in seen.buttons(desk.pop)
    assert seen.entries(desk.pop.strip)[0] == "Rang only 1"


def test_unknown_caller_keeps_number_and_note_and_can_be_attached_later(desk: RunningDesk) -> None:
    call = desk.ring(UNKNOWN_NUMBER)
    QTest.keyClicks(desk.pop.note.body, "wants a catalogue")
    assert seen.labels(desk.pop.header, "name") == ["090-9876-1234"]
    assert "attach it to a customer now or later" in " ".join(seen.labels(desk.pop.body.question, "line"))
    desk.desk.finish(call.id)
    desk.qtbot.waitUntil(lambda: desk.desk.calls.get(call.id) is None)
    desk.desktop.main.calls.opened.emit(call.id)
    desk.qtbot.waitUntil(lambda: desk.pop.call is not None, timeout=5000)
    assert desk.pop.call is not None
    assert desk.pop.call.ring.number.display == "090-9876-1234"
    assert desk.pop.note.body.toPlainText() == "wants a catalogue"


@pytest.mark.parametrize("why", list(Withheld))
def test_withheld_number_says_why_and_offers_the_search(
    language: str, start: Callable[[], RunningDesk], why: Withheld
) -> None:
    running = start()
    running.ring("", withheld=why)
    assert seen.labels(running.pop.header, "name") == [WITHHELD[language][why]]
    assert seen.labels(running.pop.header, "strong") == []
    assert running.pop.body.question.findChild(QLineEdit).isVisible()
    assert choices(running) == []


def test_records_that_cannot_be_asked_say_so_with_the_number_and_a_way_to_try_again(desk: RunningDesk) -> None:
    call = desk.ring(UNKNOWN_NUMBER)
    call.pop = Pop(PopState.FAILED, trouble=Trouble.LOCKED)
    desk.pop.show_card(call)
    assert seen.labels(desk.pop.header, "name") == ["090-9876-1234"]
    assert seen.labels(desk.pop.body.question, "line") == [
        "The records do not answer. Trying again; your text is kept."
    ]
    QTest.mouseClick(seen.button(desk.pop, "Try again"), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: call.pop.state is PopState.NOBODY, timeout=5000)


def test_stranger_whom_notes_and_names_could_not_be_asked_about_says_so_with_a_way_to_try_again(
    desk: RunningDesk,
) -> None:
    call = desk.ring(UNKNOWN_NUMBER)
    call.pop = Pop(PopState.NOBODY, unsearched=Trouble.LOCKED)
    desk.pop.show_card(call)
    (told,) = seen.labels(desk.pop.body.question, "line")
    assert told.startswith("This number is not in the records.")
    assert told.endswith("Notes and names could not be searched.")
    QTest.mouseClick(seen.button(desk.pop, "Try again"), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: call.pop == Pop(PopState.NOBODY), timeout=5000)
    assert seen.labels(desk.pop.body.question, "line") == [told.partition("\n")[0]]


def test_number_that_may_be_spoofed_says_so_beside_it_and_where_its_owner_can_be_chosen(
    language: str, start: Callable[[], RunningDesk]
) -> None:
    running = start()
    call = running.ring(CUSTOMER_NUMBER, verstat=Verstat.FAILED)
    assert seen.labels(running.pop.header, "chip-bad") == [FAILED[language]]
    assert MAKE_SURE[language] in "".join(seen.labels(running.pop.body.question, "line"))
    assert [row[1].split("  ")[-1] for row in choices(running)] == ["C-000001"]
    assert spoken(running) == FAILED[language].removeprefix("▲ ")
    QTest.keyClick(running.pop.body.question, Qt.Key.Key_1)
    running.opened(call, "髙橋 一郎")
    assert seen.labels(running.pop.header, "chip-bad") == [FAILED[language]], "it stays when a card is open"


def test_verified_number_says_so_and_one_of_which_nothing_is_said_has_no_mark(
    language: str, start: Callable[[], RunningDesk]
) -> None:
    running = start()
    call = running.ring(CUSTOMER_NUMBER, verstat=Verstat.VERIFIED)
    running.opened(call, "髙橋 一郎")
    assert seen.labels(running.pop.header, "sign-good") == [VERIFIED[language]]
    assert spoken(running) == VERIFIED[language].removeprefix("✓ ")
    running.give_up(call)
    running.desk.select(running.ring(UNKNOWN_NUMBER).id)
    assert seen.labels(running.pop.header, "sign-good") + seen.labels(running.pop.header, "chip-bad") == []
    assert spoken(running) == ""


def test_strip_marks_a_caller_who_may_be_somebody_else_in_sign_tip_and_speech(
    language: str, start: Callable[[], RunningDesk]
) -> None:
    running = start()
    running.ring(HOUSEHOLD_NUMBER)
    call = running.ring(UNKNOWN_NUMBER, verstat=Verstat.FAILED)
    entry = running.pop.strip.index_of(call.id)
    assert entry.data().startswith("▲ 090")
    words = FAILED[language].removeprefix("▲ ")
    assert words in entry.data(Qt.ItemDataRole.ToolTipRole)
    assert entry.data(Qt.ItemDataRole.AccessibleDescriptionRole) == words


def spoken(running: RunningDesk) -> str:
    """What a screen reader says after the number."""
    (number,) = [one for one in running.pop.header.findChildren(QLabel) if one.property("role") == "strong"]
    return QAccessible.queryAccessibleInterface(number).text(QAccessible.Text.Description)


def test_in_a_low_window_nothing_covers_anything_and_what_was_found_scrolls_into_sight(desk: RunningDesk) -> None:
    desk.ring(COMPANY_NUMBER)
    desk.pop.resize(720, 560)
    search_for(desk, "C-00000")
    desk.qtbot.waitUntil(lambda: len(choices(desk)) > 4)
    desk.qtbot.wait(50)
    question = desk.pop.body.question
    candidates, found = (one for one in question.findChildren(QTableView) if one.isVisible())
    field = question.findChild(QLineEdit)
    assert candidates.geometry().bottom() < field.geometry().top()
    assert field.geometry().bottom() < found.geometry().top()
    assert not field.visibleRegion().isEmpty()
    assert found.visibleRegion().boundingRect().height() >= 24
