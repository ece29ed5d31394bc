"""A caller whom the records do not know is entered, and a known customer's new number recorded, from the card."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from app.pop import Candidate, PopState, Reason, Trouble
from app.words import use_language
from cti.events import Verstat, Withheld
from db.demo import CUSTOMER_NUMBER, UNKNOWN_NUMBER
from db.engine import FILE_NAME
from tests.ui import seen
from tests.ui.running import RunningDesk
from ui.new_customer import NewCustomerForm
from ui.number_line import NumberLine
from ui.who_is_it import Choices


def form(desk: RunningDesk) -> NewCustomerForm:
    return desk.pop.body.question.findChild(NewCustomerForm)


def fields(desk: RunningDesk) -> list[QLineEdit]:
    """Name, reading, company; where a number rang, nobody types one."""
    return [one for one in form(desk).findChildren(QLineEdit) if not one.isHidden()]


def open_form(desk: RunningDesk) -> None:
    QTest.mouseClick(seen.button(desk.pop, "New customer…"), Qt.MouseButton.LeftButton)


def number_line(desk: RunningDesk) -> str:
    return seen.line(desk.pop.header.findChild(NumberLine))


def choose_by_search(desk: RunningDesk, text: str) -> None:
    question = desk.pop.body.question
    field, (_candidates, found) = question.findChild(QLineEdit), question.findChildren(Choices)
    field.setFocus()
    QTest.keyClicks(field, text)
    desk.qtbot.waitUntil(lambda: found.model().rowCount() > 0, timeout=5000)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(found, Qt.Key.Key_Return)


def test_unknown_caller_becomes_a_customer_in_a_few_keys(desk: RunningDesk) -> None:
    call = desk.ring(UNKNOWN_NUMBER)
    open_form(desk)
    assert fields(desk)[0].hasFocus()
    for field, text in zip(fields(desk), ("Mori Aoi", "モリ アオイ", ""), strict=True):
        field.insert(text)  # QTest types ASCII alone
    QTest.keyClick(fields(desk)[1], Qt.Key.Key_Return)
    desk.opened(call, "Mori Aoi")
    assert seen.labels(desk.pop.header, "name") == ["Mori Aoi"]
    assert number_line(desk) == ""
    again = desk.ring(UNKNOWN_NUMBER)
    assert again.pop.facts is not None, "the next call opens by itself"


def test_name_that_the_network_sent_stands_in_the_form_already(desk: RunningDesk) -> None:
    desk.ring(UNKNOWN_NUMBER, "森 葵")
    open_form(desk)
    assert fields(desk)[0].text() == "森 葵"


def test_nobody_is_entered_without_a_name_nor_twice_by_a_double_press(desk: RunningDesk) -> None:
    call = desk.ring(UNKNOWN_NUMBER)
    open_form(desk)
    assert not seen.button(desk.pop, "Enter this customer").isEnabled()
    QTest.keyClick(fields(desk)[0], Qt.Key.Key_Return)
    QTest.keyClicks(fields(desk)[0], "Mori")
    for _press in range(2):
        QTest.keyClick(fields(desk)[0], Qt.Key.Key_Return)
    desk.opened(call, "Mori")
    found: list[object] = []
    desk.records.search("Mori", found.extend, desk.desk.board.records_failed)
    desk.qtbot.waitUntil(lambda: bool(found), timeout=5000)
    assert len(found) == 1


def test_escape_closes_the_fields(desk: RunningDesk) -> None:
    desk.ring(UNKNOWN_NUMBER)
    open_form(desk)
    QTest.keyClick(fields(desk)[0], Qt.Key.Key_Escape)
    assert "New customer…" in seen.buttons(desk.pop)
    assert not fields(desk)[0].isVisible()


def test_known_customer_who_rings_from_another_number_has_it_recorded_by_one_click(desk: RunningDesk) -> None:
    call = desk.ring(UNKNOWN_NUMBER)
    choose_by_search(desk, "C-000001")
    desk.opened(call, "髙橋 一郎")
    assert number_line(desk).endswith("is not recorded for this customer. Record it")
    QTest.mouseClick(seen.button(desk.pop.header, "Record it"), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: number_line(desk) == "", timeout=5000)
    again = desk.ring(UNKNOWN_NUMBER)
    assert again.pop.state is PopState.OPENED


def test_number_that_is_recorded_or_can_not_be_trusted_is_not_asked_about(desk: RunningDesk) -> None:
    desk.ring(CUSTOMER_NUMBER)
    assert number_line(desk) == ""
    for number, withheld, verstat in ((UNKNOWN_NUMBER, None, Verstat.FAILED), ("", Withheld.ANONYMOUS, None)):
        call = desk.ring(number, withheld=withheld, verstat=verstat)
        desk.desk.select(call.id)
        choose_by_search(desk, "C-000001")
        desk.opened(call, "髙橋 一郎")
        assert number_line(desk) == ""


def test_withheld_caller_is_entered_without_a_number(desk: RunningDesk) -> None:
    call = desk.ring("", withheld=Withheld.ANONYMOUS)
    open_form(desk)
    assert "No number will be recorded." in seen.labels(form(desk), "small")
    QTest.keyClicks(fields(desk)[0], "Mori")
    QTest.keyClick(fields(desk)[0], Qt.Key.Key_Return)
    desk.opened(call, "Mori")
    assert call.pop.facts is not None
    assert call.pop.facts.numbers == ()


def test_fields_are_japanese_for_japanese_operators(start: Callable[[], RunningDesk]) -> None:
    use_language("ja")
    desk = start()
    desk.ring(UNKNOWN_NUMBER)
    QTest.mouseClick(seen.button(desk.pop, "新しいお客様…"), Qt.MouseButton.LeftButton)
    shown: QWidget = form(desk)
    assert seen.labels(shown, "heading") == ["氏名", "読み", "会社", "種別"]
    assert seen.buttons(shown) == ["このお客様を登録", "キャンセル"]


def test_a_customer_whom_the_records_do_not_take_yet_says_so_and_can_be_chosen_with_a_key(desk: RunningDesk) -> None:
    with closing(sqlite3.connect(desk.folder / FILE_NAME, isolation_level=None)) as importer:
        call = desk.ring(UNKNOWN_NUMBER)
        importer.execute("BEGIN IMMEDIATE")
        open_form(desk)
        fields(desk)[0].insert("Mori Aoi")
        QTest.keyClick(fields(desk)[0], Qt.Key.Key_Return)
        desk.opened(call, "Mori Aoi")
        waits = "▲ New customer, entered on this PC: waits to be sent to the records"
        assert seen.labels(desk.pop.header, "warning") == [waits]
        assert seen.labels(desk.pop.header, "name") == ["Mori Aoi"]
        key = call.opened_id
        assert key is not None
        waiting = Candidate(key, "", "Mori Aoi", "", Reason.REMEMBERED)
        call.pop = replace(call.pop, state=PopState.CHOICE, facts=None, candidates=(waiting,))
        desk.desktop.show_card(call)
        QTest.keyClick(desk.pop.body.question, Qt.Key.Key_1)
        desk.opened(call, "Mori Aoi")
        assert call.opened_id == key, "a key of the desk's own goes through Qt whole"
        importer.execute("ROLLBACK")
    desk.qtbot.waitUntil(lambda: seen.labels(desk.pop.header, "warning") == [], timeout=15_000)
    assert call.pop.facts is not None
    assert call.pop.facts.customer.customer_no.startswith("C-")


def test_what_is_typed_into_the_form_outlives_records_that_come_back(desk: RunningDesk) -> None:
    call = desk.ring(UNKNOWN_NUMBER)
    open_form(desk)
    fields(desk)[0].insert("Mori A")
    call.pop = replace(call.pop, trouble=Trouble.LOCKED)
    desk.desktop.show_card(call)
    assert fields(desk)[0].text() == "Mori A"
    assert fields(desk)[0].isVisible()
    other = desk.ring(UNKNOWN_NUMBER)
    desk.desk.select(other.id)
    assert fields(desk)[0].text() == ""
    assert not fields(desk)[0].isVisible()
