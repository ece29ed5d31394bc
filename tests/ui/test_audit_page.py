"""The page of the audit log with a real log: what was opened stands there, is found, and is read page by page."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QTableView

from app.audit.signature import AuditAction, Signature
from app.by_hand import ByHand
from app.clock import Clock
from db.audit.chain import append
from db.audit.listing import PAGE
from db.engine import writing
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from ui.pages.audit import AuditPage
from ui.theme import LIGHT


def opened(desk: RunningDesk) -> AuditPage:
    sent: list[object] = []
    desk.records.when_sent(sent.append)
    desk.qtbot.waitUntil(lambda: bool(sent), timeout=5000)
    desk.desktop.show_main()
    seen.button(desk.desktop.main, "Audit log").click()
    return desk.desktop.main.findChild(AuditPage)


def rows(page: AuditPage) -> list[list[str]]:
    (table,) = page.findChildren(QTableView)
    return seen.rows(table)


def wait_for(desk: RunningDesk, page: AuditPage, count: int) -> list[list[str]]:
    desk.qtbot.waitUntil(lambda: len(rows(page)) == count, timeout=5000)
    return rows(page)


def fill(desk: RunningDesk, count: int, operator: str = "suzuki") -> None:
    by = Signature(operator, Clock(now=lambda: NOW))
    with writing(desk._engine) as connection:
        for number in range(count):
            append(connection, by.entry(AuditAction.CARD_OPENED, "customer", 1 + number % 3, how="list"))


def pick(page: AuditPage, words: str) -> None:
    for box in page.findChildren(QComboBox):
        if box.findText(words) >= 0:
            box.setCurrentIndex(box.findText(words))


def test_an_empty_log_says_what_will_be_there(desk: RunningDesk) -> None:
    page = opened(desk)
    desk.qtbot.waitUntil(
        lambda: any("stands here, for good" in one for one in seen.labels(page, "empty")), timeout=5000
    )


def test_a_card_opened_by_hand_stands_there_with_who_and_whose(desk: RunningDesk) -> None:
    desk.desk.by_hand.open(1, ByHand())
    page = opened(desk)
    ((when, who, what, about, entry),) = wait_for(desk, page, 1)
    assert when == "14:12\n2026-11-21"
    assert who.startswith("sato\n")
    assert (what, about, entry) == ("opened a customer's card\nfrom a list", "C-000001", "1")


def test_entries_are_found_by_operator_and_by_customer(desk: RunningDesk) -> None:
    fill(desk, 4)
    fill(desk, 2, operator="mori")
    page = opened(desk)
    wait_for(desk, page, 6)
    desk.qtbot.waitUntil(lambda: any(box.findText("mori") > 0 for box in page.findChildren(QComboBox)), timeout=5000)
    pick(page, "mori")
    wait_for(desk, page, 2)
    pick(page, "everybody")
    wait_for(desk, page, 6)
    (field,) = [one for one in page.findChildren(QLineEdit) if one.placeholderText() == "Customer number"]
    QTest.keyClicks(field, "C-000001")
    field.editingFinished.emit()
    assert {row[3] for row in wait_for(desk, page, 3)} == {"C-000001"}
    field.clear()
    pick(page, "exported")
    wait_for(desk, page, 0)


def test_the_rest_comes_when_the_end_is_scrolled_to(desk: RunningDesk) -> None:
    fill(desk, PAGE + 5)
    page = opened(desk)
    wait_for(desk, page, PAGE)
    (table,) = page.findChildren(QTableView)
    table.scrollToBottom()
    found = wait_for(desk, page, PAGE + 5)
    assert [row[4] for row in found] == [str(number) for number in range(PAGE + 5, 0, -1)]


def test_the_check_says_that_the_log_holds(desk: RunningDesk) -> None:
    fill(desk, 3)
    page = opened(desk)
    wait_for(desk, page, 3)
    seen.button(page, "Check the log").click()
    desk.qtbot.waitUntil(lambda: bool(seen.labels(page, "result")), timeout=5000)
    assert seen.labels(page, "result")[0].startswith("✓ The audit log holds: 3 entries from 2026-11-21 14:12")


def test_a_check_stands_in_the_log_and_is_told_to_whoever_looks_next(desk: RunningDesk) -> None:
    fill(desk, 3)
    page = opened(desk)
    desk.qtbot.waitUntil(lambda: "It has not been checked here yet." in seen.labels(page, "small"), timeout=5000)
    seen.button(page, "Check the log").click()
    desk.qtbot.waitUntil(lambda: any("3 entries from" in one for one in seen.labels(page, "result")), timeout=5000)
    (told,) = seen.labels(page, "result")
    assert "Note down elsewhere: 3:" in told
    sent: list[object] = []
    desk.records.when_sent(sent.append)
    desk.qtbot.waitUntil(lambda: bool(sent), timeout=5000)
    again = AuditPage(LIGHT, desk.supervision.audit)
    desk.qtbot.addWidget(again)
    again.show()
    words = "by sato: 3 entries hold"
    desk.qtbot.waitUntil(lambda: any(words in one for one in seen.labels(again, "small")), timeout=5000)
