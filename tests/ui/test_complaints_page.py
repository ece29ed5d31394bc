"""The board of complaints with the demo's records: counted, filtered, opened with all that happened, and moved on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QTabBar, QTableView

from app.audit.signature import AuditAction
from db.audit.listing import Wanted, entries
from db.engine import reading
from tests.ui import seen
from tests.ui.running import RunningDesk
from ui.pages.complaints import ComplaintsPage


@pytest.fixture
def page(desk: RunningDesk) -> ComplaintsPage:
    desk.desktop.show_main()
    seen.button(desk.desktop.main, "Complaints").click()
    found: ComplaintsPage = desk.desktop.main.findChild(ComplaintsPage)
    desk.qtbot.waitUntil(lambda: len(rows(found)) > 0, timeout=5000)
    return found


def rows(page: ComplaintsPage) -> list[list[str]]:
    (table,) = page.findChildren(QTableView)
    return seen.rows(table)


def go_to(desk: RunningDesk, page: ComplaintsPage, title: str) -> int:
    """How many the tab says."""
    (tabs,) = page.findChildren(QTabBar)

    def place() -> int:
        return next((n for n in range(tabs.count()) if tabs.tabText(n).startswith(f"{title} ")), -1)

    desk.qtbot.waitUntil(lambda: place() >= 0, timeout=5000)
    tabs.setCurrentIndex(place())
    said = int(tabs.tabText(place()).rpartition(" ")[2])
    desk.qtbot.waitUntil(lambda: len(rows(page)) == said, timeout=5000)
    return said


def pick(page: ComplaintsPage, name: str, words: str) -> None:
    (box,) = [one for one in page.findChildren(QComboBox) if one.accessibleName() == name]
    box.setCurrentIndex(next(n for n in range(box.count()) if box.itemText(n).startswith(words)))


def open_number(desk: RunningDesk, page: ComplaintsPage, number: str) -> str:
    """What is told of it."""
    page._rows.select(number)
    (text,) = page.detail.findChildren(QPlainTextEdit)
    desk.qtbot.waitUntil(lambda: "What happened" in text.toPlainText(), timeout=5000)
    return text.toPlainText()


def step(page: ComplaintsPage, words: str, why: str = "") -> None:
    QTest.keyClicks(page.detail.steps.words, why)
    QTest.mouseClick(seen.button(page.detail.steps, words), Qt.MouseButton.LeftButton)


def told(desk: RunningDesk, page: ComplaintsPage, words: str) -> None:
    desk.qtbot.waitUntil(lambda: words in page.detail.steps.told.whole, timeout=5000)


def test_what_is_overdue_stands_first_and_the_tabs_count(desk: RunningDesk, page: ComplaintsPage) -> None:
    overdue = go_to(desk, page, "Overdue")
    assert all("▲" in one[0] and "overdue" in one[0] for one in rows(page))
    opened = go_to(desk, page, "Open")
    assert opened >= overdue > 0
    assert ["overdue" in one[0] for one in rows(page)] == [True] * overdue + [False] * (opened - overdue)
    assert go_to(desk, page, "closed") > 0
    assert all("closed" in one[2] for one in rows(page))


def test_a_filter_leaves_what_is_like_that_and_show_all_takes_it_away(desk: RunningDesk, page: ComplaintsPage) -> None:
    before = go_to(desk, page, "Open")
    pick(page, "Severity", "severity 3")
    desk.qtbot.waitUntil(lambda: 0 < len(rows(page)) < before, timeout=5000)
    assert all("severity 3" in one[2] for one in rows(page))
    seen.button(page, "Show all").click()
    desk.qtbot.waitUntil(lambda: len(rows(page)) == before, timeout=5000)


def test_one_is_opened_with_all_that_happened_and_that_is_written_down(desk: RunningDesk, page: ComplaintsPage) -> None:
    text = open_number(desk, page, "12")
    assert "髙橋 一郎" in text
    assert "約束の羽毛布団が届かない" in text
    assert [line.rpartition(": ")[2] for line in text.rpartition("What happened\n")[2].splitlines()] == [
        "investigating", "acknowledged", "received",
    ]  # fmt: skip
    sent: list[object] = []
    desk.records.when_sent(sent.append)
    desk.qtbot.waitUntil(lambda: bool(sent), timeout=5000)
    with reading(desk._engine) as connection:
        (entry,) = entries(connection, Wanted(), None)
    assert (entry.action, entry.operator) == (AuditAction.CARD_OPENED, "sato")


def test_a_step_with_its_reason_is_told_and_the_board_counts_anew(desk: RunningDesk, page: ComplaintsPage) -> None:
    before = go_to(desk, page, "Open")
    open_number(desk, page, "12")
    step(page, "resolved", "sent a new one")
    told(desk, page, "✓ Written down.")
    (text,) = page.detail.findChildren(QPlainTextEdit)
    desk.qtbot.waitUntil(lambda: "resolved – sent a new one" in text.toPlainText(), timeout=5000)
    (tabs,) = page.findChildren(QTabBar)
    desk.qtbot.waitUntil(lambda: tabs.tabText(0) == f"Open {before - 1}", timeout=5000)
    desk.qtbot.waitUntil(lambda: len(rows(page)) == before - 1, timeout=5000)


def test_a_cause_that_was_found_goes_with_the_step_and_stays_in_the_history(
    desk: RunningDesk, page: ComplaintsPage
) -> None:
    open_number(desk, page, "12")
    QTest.keyClicks(page.detail.cause, "carrier")
    step(page, "resolved", "sent a new one")
    told(desk, page, "✓ Written down.")
    (text,) = page.detail.findChildren(QPlainTextEdit)
    desk.qtbot.waitUntil(lambda: "sent a new one · Cause: carrier" in text.toPlainText(), timeout=5000)
    desk.qtbot.waitUntil(lambda: "\nCause: carrier\n" in text.toPlainText(), timeout=5000)
    step(page, "Reopen: investigating", "not the carrier after all")
    told(desk, page, "✓ Written down.")
    desk.qtbot.waitUntil(lambda: "investigating – not the carrier after all\n" in text.toPlainText(), timeout=5000)


def test_who_resolved_it_is_told_that_somebody_else_must_verify_it(desk: RunningDesk, page: ComplaintsPage) -> None:
    open_number(desk, page, "12")
    step(page, "resolved", "sent a new one")
    told(desk, page, "✓ Written down.")
    step(page, "verified", "the customer is content")
    told(desk, page, "▲ You resolved it yourself")
    (text,) = page.detail.findChildren(QPlainTextEdit)
    desk.qtbot.waitUntil(lambda: "remark – the customer is content" in text.toPlainText(), timeout=5000)
    desk.seat.login = "suzuki"
    step(page, "verified", "asked her myself")
    told(desk, page, "✓ Written down.")
    assert page.detail.steps.title.whole == "#12: verified. Go on to:"


def test_escape_closes_the_one_that_is_open(desk: RunningDesk, page: ComplaintsPage) -> None:
    open_number(desk, page, "12")
    assert page.detail.isVisible()
    QTest.keyClick(page.detail.story, Qt.Key.Key_Escape)
    assert not page.detail.isVisible()
    assert page._rows.hasFocus()


def give_to_the_next(page: ComplaintsPage) -> str:
    """Without a reason; whose name it would be."""
    seen.button(page.detail, "Give to…").click()
    form = page.detail.handover
    QTest.keyClick(form.to, Qt.Key.Key_Down)
    QTest.keyClick(form.to, Qt.Key.Key_Return)
    assert form.why.hasFocus()
    QTest.keyClick(form.why, Qt.Key.Key_Return)
    return form.to.text()


def test_a_complaint_is_given_to_another_with_a_reason_and_taken_back(desk: RunningDesk, page: ComplaintsPage) -> None:
    desk.qtbot.waitUntil(lambda: len(page._board.operators) > 1, timeout=5000)
    open_number(desk, page, "12")
    before = next(one for one in rows(page) if "#12" in one[1])[3]
    after = give_to_the_next(page)
    assert page.detail.handover.told.whole == "▲ Say why it is given away."
    QTest.keyClicks(page.detail.handover.why, "away until Monday")
    QTest.keyClick(page.detail.handover.why, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: page.detail.given.words.whole == f"✓ {after} has it now.", timeout=5000)
    (text,) = page.detail.findChildren(QPlainTextEdit)
    told = f"remark – Handler: {before} → {after} · away until Monday"
    desk.qtbot.waitUntil(lambda: told in text.toPlainText(), timeout=5000)
    desk.qtbot.waitUntil(lambda: after in next(one for one in rows(page) if "#12" in one[1])[3], timeout=5000)
    seen.button(page.detail, "Undo").click()
    desk.qtbot.waitUntil(lambda: page.detail.given.words.whole == f"{before} has it again.", timeout=5000)
    desk.qtbot.waitUntil(lambda: "· taken back" in text.toPlainText(), timeout=5000)


def test_escape_puts_the_giving_away_and_whoever_has_it_is_not_given_it(
    desk: RunningDesk, page: ComplaintsPage
) -> None:
    desk.qtbot.waitUntil(lambda: len(page._board.operators) > 1, timeout=5000)
    open_number(desk, page, "12")
    seen.button(page.detail, "Give to…").click()
    form = page.detail.handover
    QTest.keyClick(form.to, Qt.Key.Key_Return)  # whose it is stands there
    QTest.keyClick(form.to, Qt.Key.Key_Return)
    QTest.keyClick(form.why, Qt.Key.Key_Return)
    assert form.told.whole == "▲ He has it already: choose another."
    QTest.keyClick(form.to, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert seen.button(page.detail, "Give to…").hasFocus()


def test_the_card_of_the_customer_is_opened_from_his_complaint(desk: RunningDesk, page: ComplaintsPage) -> None:
    open_number(desk, page, "12")
    seen.button(page.detail, "Open the card").click()
    desk.qtbot.waitUntil(lambda: desk.pop.isVisible() and desk.pop.header.name.whole == "髙橋 一郎", timeout=5000)
