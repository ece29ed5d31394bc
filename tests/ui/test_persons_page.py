"""The page about personal data: what is kept is told in counts, handed out, held, and erased only when it is meant."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTabBar
from sqlalchemy import select

from app.by_hand import ByHand
from app.call import Note
from db.engine import reading
from db.models import audit_log, customer, retention_rule
from tests.ui import seen
from tests.ui.persons_scenes import FREE, found, opened, written_long_ago
from tests.ui.running import RunningDesk
from ui.customer_search import CustomerSearch
from ui.pages.persons import PersonsPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(desk: RunningDesk) -> PersonsPage:
    return opened(desk)


def actions(desk: RunningDesk) -> list[tuple[str, str]]:
    sent: list[object] = []
    desk.records.when_sent(sent.append)
    desk.qtbot.waitUntil(lambda: bool(sent), timeout=5000)
    columns = audit_log.c.action, audit_log.c.record
    with reading(desk._engine) as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(audit_log.c.number))]


def says(desk: RunningDesk, page: PersonsPage, words: str) -> None:
    def is_said() -> bool:
        return any(words in one.text() for one in page.findChildren(QLabel) if one.isVisible())

    desk.qtbot.waitUntil(is_said, timeout=10_000)


def test_whoever_is_chosen_is_told_in_counts_and_that_is_written_down(desk: RunningDesk, page: PersonsPage) -> None:
    found(desk, page, FREE)
    whole = seen.everything(page.person)
    assert "髙橋 一郎" in whole
    assert {"telephone numbers", "purchases", "complaints", "calls"} & set(whole.split("\n"))
    assert actions(desk) == [("card_opened", "1")]


def test_a_name_finds_him_too(desk: RunningDesk, page: PersonsPage) -> None:
    search = page.findChild(CustomerSearch)
    search.field.insert("髙橋 一郎")
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    says(desk, page, FREE)


def test_a_copy_is_two_files_in_the_folder(desk: RunningDesk, page: PersonsPage, tmp_path: Path) -> None:
    found(desk, page, FREE)
    (tmp_path / "out").mkdir()
    page.person.copy_to(tmp_path / "out")
    assert page.is_at_work
    says(desk, page, "rows written to")
    names = sorted(one.name for one in (tmp_path / "out").iterdir())
    assert names == ["C-000001-20261121.json", "C-000001-20261121.xlsx"]
    told = json.loads((tmp_path / "out" / names[0]).read_text("utf-8"))
    assert told["tables"]["customer"][0]["name"] == "髙橋 一郎"
    exported = [("export_begun", "1"), ("export_ended", "1")]
    assert sorted(actions(desk)) == sorted([("card_opened", "1"), *exported, *exported])


def test_a_hold_keeps_him_and_can_be_ended(desk: RunningDesk, page: PersonsPage) -> None:
    found(desk, page, FREE)
    QTest.mouseClick(page.person.hold, LEFT)
    assert not page.person.holding.yes.isEnabled(), "a reason is needed"
    QTest.keyClicks(page.person.holding.reason, "case 12")
    QTest.keyClick(page.person.holding.reason, Qt.Key.Key_Return)
    says(desk, page, "Held since")
    QTest.mouseClick(page.person.erase, LEFT)
    says(desk, page, "C-000001 is held: case 12")
    QTest.mouseClick(page.person.release, LEFT)
    says(desk, page, "1 hold on C-000001 was lifted.")
    assert [one for one in actions(desk) if one[0] != "card_opened"] == [("held", "1"), ("released", "1")]


def test_nobody_is_erased_before_it_is_typed_who(desk: RunningDesk, page: PersonsPage) -> None:
    other = desk.desk.by_hand.open(2, ByHand())
    desk.desk.write(other.id, Note("of another"))
    desk.desk.put_aside(other.id)
    drafted = desk.desk.by_hand.open(1, ByHand())
    desk.desk.write(drafted.id, Note("secret"))
    desk.desk.put_aside(drafted.id)
    found(desk, page, FREE)
    QTest.mouseClick(page.person.erase, LEFT)
    form = page.person.erasing
    desk.qtbot.waitUntil(form.isVisible, timeout=5000)
    says(desk, page, "telephone numbers that go: ")
    QTest.keyClicks(form.reason, "request 7")
    assert not form.yes.isEnabled()
    QTest.keyClicks(form.typed, "C-00000")
    QTest.keyClick(form.typed, Qt.Key.Key_Return)
    assert not page.is_at_work, "not yet typed whole"
    QTest.keyClicks(form.typed, "1")
    QTest.mouseClick(form.yes, LEFT)
    assert page.is_at_work
    says(desk, page, "C-000001 was erased.")
    says(desk, page, "On this PC: 1 drafts")
    with reading(desk._engine) as connection:
        name, at = connection.execute(select(customer.c.name, customer.c.erased_at).where(customer.c.id == 1)).one()
    assert (name, at is None) == ("", False)
    assert [call.opened_id for call in desk.desk.calls if call.by_hand is not None] == [2]
    says(desk, page, "⊘ Erased on")
    assert ("erased", "1") in actions(desk)


def test_escape_leaves_the_question(desk: RunningDesk, page: PersonsPage) -> None:
    found(desk, page, FREE)
    QTest.mouseClick(page.person.erase, LEFT)
    desk.qtbot.waitUntil(page.person.erasing.isVisible, timeout=5000)
    QTest.keyClick(page.person.erasing.reason, Qt.Key.Key_Escape)
    assert not page.person.erasing.isVisible()
    assert page.person.erase.hasFocus()


def test_somebody_who_is_not_there_is_said(desk: RunningDesk, page: PersonsPage) -> None:
    search = page.findChild(CustomerSearch)
    QTest.keyClicks(search.field, "C-999999")
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    says(desk, page, "No customer has the number C-999999.")
    assert actions(desk) == []


def test_rules_are_kept_and_what_is_due_goes_after_it_was_asked(desk: RunningDesk, page: PersonsPage) -> None:
    written_long_ago(desk, 3)
    page.findChild(QTabBar).setCurrentIndex(1)
    line = next(one for subject, one in page.keeping._lines.items() if subject == "notes")
    line.days.setFocus()
    QTest.keyClicks(line.days, "1")
    QTest.keyClick(line.days, Qt.Key.Key_Return)
    says(desk, page, "The rule is kept.")
    desk.qtbot.waitUntil(page.keeping.remove.isEnabled, timeout=5000)
    due = line.due.text()
    assert int(due) >= 3
    QTest.mouseClick(page.keeping.remove, LEFT)
    says(desk, page, f"This goes: Words of notes and contacts: {due}")
    assert page.keeping.sure.no.hasFocus(), "a stray key says no"
    QTest.mouseClick(page.keeping.sure.yes, LEFT)
    says(desk, page, f"✓ {due} removed.")
    desk.qtbot.waitUntil(lambda: line.due.text() == "0", timeout=5000)
    line.days.clear()
    QTest.keyClick(line.days, Qt.Key.Key_Return)
    says(desk, page, "kept without an end")
    with reading(desk._engine) as connection:
        assert connection.execute(select(retention_rule.c.subject)).all() == []
    assert [one for one, _record in actions(desk)] == ["rule_changed", "retention", "rule_changed"]
