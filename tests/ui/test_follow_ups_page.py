"""A supervisor's follow-ups: everybody's, by operator, given to another, and that taken back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.by_hand import ByHand
from app.follow_ups import FollowUpKind, FollowUpWish
from app.roles import Role
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from ui.pages.follow_ups import FollowUpsPage
from ui.rows import RowsView


@pytest.fixture
def page(desk: RunningDesk, monkeypatch: pytest.MonkeyPatch) -> FollowUpsPage:
    for module in ("ui.pages.follow_ups", "ui.desk_pages"):
        monkeypatch.setattr(f"{module}.utc_now", lambda: NOW)
    call = desk.desk.by_hand.open(2, ByHand())
    for who in ("sato", "suzuki", ""):
        wish = FollowUpWish(FollowUpKind.SEND, NOW - timedelta(minutes=5), who, f"one of {who or 'the team'}")
        desk.desk.obligations.promise(call.id, wish)
    sent: list[object] = []
    desk.records.when_sent(sent.append)
    desk.qtbot.waitUntil(lambda: bool(sent), timeout=5000)
    desk.desktop.show_main()
    desk.desktop.main.go_to(desk.desktop.main._titles.index("Follow-ups"))
    found: FollowUpsPage = desk.desktop.main.findChild(FollowUpsPage)
    desk.qtbot.waitUntil(lambda: texts(found) == ["one of sato", "one of the team"], timeout=5000)
    return found


def texts(page: FollowUpsPage) -> list[str]:
    said = [row[2].split("\n")[1] for row in seen.rows(page.findChild(RowsView))]
    return sorted(one for one in said if one.startswith("one of"))


def choose(desk: RunningDesk, page: FollowUpsPage, whose: str) -> None:
    box = page._whose.box
    desk.qtbot.waitUntil(lambda: any(box.itemText(n).startswith(whose) for n in range(box.count())), timeout=5000)
    box.setCurrentIndex(next(n for n in range(box.count()) if box.itemText(n).startswith(whose)))


def select(page: FollowUpsPage, text: str) -> None:
    view = page.findChild(RowsView)
    view.selectRow(next(n for n, row in enumerate(seen.rows(view)) if text in row[2]))


def test_a_supervisor_sees_everybodys_or_those_of_one(desk: RunningDesk, page: FollowUpsPage) -> None:
    choose(desk, page, "everybody's")
    everybodys = ["one of sato", "one of suzuki", "one of the team"]
    desk.qtbot.waitUntil(lambda: texts(page) == everybodys, timeout=5000)
    choose(desk, page, "鈴木 健")
    desk.qtbot.waitUntil(lambda: texts(page) == ["one of suzuki"], timeout=5000)
    assert "overdue" in page._whose.box.currentText()
    choose(desk, page, "the team")
    desk.qtbot.waitUntil(lambda: texts(page) == ["one of the team"], timeout=5000)


def test_one_is_given_to_another_by_keyboard_and_undo_gives_it_back(desk: RunningDesk, page: FollowUpsPage) -> None:
    select(page, "one of sato")
    desk.qtbot.waitUntil(lambda: bool(desk.desk.complaints.choices.operators), timeout=5000)
    QTest.mouseClick(seen.button(page, "Give to…"), Qt.MouseButton.LeftButton)
    assert desk.desktop.main.focusWidget() is page._to
    QTest.keyClicks(page._to, "suzuki")
    QTest.keyClick(page._to, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: texts(page) == ["one of the team"], timeout=5000)
    assert any("鈴木 健 has it now" in one for one in seen.labels(page, "result"))
    choose(desk, page, "鈴木 健")
    desk.qtbot.waitUntil(lambda: texts(page) == ["one of sato", "one of suzuki"], timeout=5000)
    QTest.mouseClick(seen.button(page, "Undo"), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: texts(page) == ["one of suzuki"], timeout=5000)


def test_several_are_given_at_once_and_undo_gives_each_back_to_whoever_had_it(
    desk: RunningDesk, page: FollowUpsPage
) -> None:
    choose(desk, page, "everybody's")
    desk.qtbot.waitUntil(lambda: len(texts(page)) == 3, timeout=5000)
    desk.qtbot.waitUntil(lambda: bool(desk.desk.complaints.choices.operators), timeout=5000)
    view = page.findChild(RowsView)
    view.selectAll()
    many = len(seen.rows(view))
    assert (page._give.isEnabled(), page._done.isEnabled(), page._later.isEnabled()) == (True, False, False)
    seen.button(page, "Give to…").click()
    QTest.keyClicks(page._to, "kato")
    QTest.keyClick(page._to, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: {row[3].split("\n")[0] for row in seen.rows(view)} == {"加藤 洋平"}, timeout=5000)
    given = [one for one in seen.labels(page, "result") if one.endswith("follow-ups: 加藤 洋平 has them now.")]
    assert given
    seen.button(page, "Undo").click()
    choose(desk, page, "鈴木 健")
    desk.qtbot.waitUntil(lambda: texts(page) == ["one of suzuki"], timeout=5000)
    assert many >= 3


def test_escape_takes_back_what_was_begun(desk: RunningDesk, page: FollowUpsPage) -> None:
    select(page, "one of sato")
    desk.qtbot.waitUntil(lambda: bool(desk.desk.complaints.choices.operators), timeout=5000)
    seen.button(page, "Give to…").click()
    QTest.keyClick(page._to, Qt.Key.Key_Escape)  # the list
    QTest.keyClick(page._to, Qt.Key.Key_Escape)
    assert page._to.isHidden()
    assert page.findChild(RowsView).hasFocus()


def test_an_operator_has_neither_the_choice_nor_the_button(desk: RunningDesk, page: FollowUpsPage) -> None:
    choose(desk, page, "everybody's")
    desk.qtbot.waitUntil(lambda: len(texts(page)) == 3, timeout=5000)
    desk.desk.roles.role = Role.OPERATOR
    for tell in desk.desk.roles.changed:
        tell()
    desk.qtbot.waitUntil(lambda: texts(page) == ["one of sato", "one of the team"], timeout=5000)
    desk.qtbot.waitUntil(lambda: not page._whose.isVisible(), timeout=5000)
    assert not page._give.isVisible()
