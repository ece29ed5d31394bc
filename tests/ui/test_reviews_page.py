"""The pages of reviews with real records: calls are drawn, marked, commented and answered; no word is lost."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from db.engine import reading
from db.kinds import ReviewWay
from db.models import audit_log
from tests.ui import seen
from tests.ui.logged_calls import write_calls
from tests.ui.reviewed_calls import review_calls
from tests.ui.running import RunningDesk
from ui.paged_rows import PagedRows
from ui.pages.call_log import CallLogPage
from ui.pages.my_reviews import MyReviewsPage
from ui.pages.reviews import ReviewsPage
from ui.reviews.say_editor import SayEditor

TO_DO, REPLIES, ALL = range(3)


@pytest.fixture
def page(desk: RunningDesk, tmp_path: Path) -> ReviewsPage:
    """The page over a morning of calls that nobody has reviewed."""
    write_calls(tmp_path)
    return opened(desk)


@pytest.fixture
def reviewed(desk: RunningDesk, tmp_path: Path) -> ReviewsPage:
    """The same with reviews, answers, and calls that were drawn."""
    write_calls(tmp_path)
    review_calls(tmp_path, ReviewWay.RANDOM)
    return opened(desk)


def opened(desk: RunningDesk) -> ReviewsPage:
    desk.desktop.show_main()
    seen.button(desk.desktop.main, "Reviews").click()
    return desk.desktop.main.findChild(ReviewsPage)


def turn_to(desk: RunningDesk, page: ReviewsPage, tab: int, count: int) -> PagedRows:
    page._tabs.setCurrentIndex(tab)
    rows = page.lists[tab]
    desk.qtbot.waitUntil(lambda: len(rows.records) == count, timeout=5000)
    return rows


def draw(desk: RunningDesk, page: ReviewsPage) -> PagedRows:
    seen.button(page, "Draw calls").click()
    desk.qtbot.waitUntil(lambda: len(page.todo.records) > 5, timeout=5000)
    return page.todo


def select_row(desk: RunningDesk, page: ReviewsPage, rows: PagedRows, row: int) -> SayEditor:
    rows.view.selectRow(row)
    key = page._reviewing.said.mark_key(rows.current.line.call_id)
    desk.qtbot.waitUntil(lambda: page.one.review.editor.key == key, timeout=5000)
    return page.one.review.editor


def hint(page: ReviewsPage) -> str:
    return page._hint.text()


def test_calls_are_drawn_reviewed_by_keyboard_and_stand_among_the_done(desk: RunningDesk, page: ReviewsPage) -> None:
    rows = draw(desk, page)
    n = len(rows.records)
    assert "at random, seed" in hint(page)
    assert {one.line.operator for one in rows.records} == {"鈴木 健", "田中 彩", "加藤 洋平"}
    editor = select_row(desk, page, rows, 0)
    call_id = rows.current.line.call_id
    assert editor.mark is not None
    QTest.keyClick(editor.mark.focusProxy(), "4")
    assert "good" in seen.labels(page, "small")
    QTest.keyClicks(editor.text, "Well asked.")
    QTest.keyClick(editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: len(page.todo.records) == n - 1, timeout=5000)
    desk.qtbot.waitUntil(lambda: "✓ Saved. The operator sees it." in seen.labels(page, "small"), timeout=5000)
    done = turn_to(desk, page, ALL, 1)
    assert done.records[0].line.call_id == call_id
    assert seen.rows(done.view)[0][3].startswith("4 good")
    with reading(desk._engine) as connection:
        actions = list(connection.execute(select(audit_log.c.action)).scalars())
    assert {"reviews_drawn", "reviewed", "call_opened"} <= set(actions)


def test_a_review_needs_a_mark(desk: RunningDesk, page: ReviewsPage) -> None:
    editor = select_row(desk, page, draw(desk, page), 0)
    QTest.keyClicks(editor.text, "Hm.")
    editor.save.click()
    assert "▲ Choose a mark first: 1 to 5." in seen.labels(page, "warning")


def test_words_that_were_not_sent_are_there_again(desk: RunningDesk, page: ReviewsPage) -> None:
    rows = draw(desk, page)
    editor = select_row(desk, page, rows, 0)
    assert editor.mark is not None
    editor.mark.choose(2)
    editor.mark.chosen.emit()
    QTest.keyClicks(editor.text, "Too quick")
    select_row(desk, page, rows, 1)
    assert (editor.text.toPlainText(), editor.mark.level) == ("", 0)
    select_row(desk, page, rows, 0)
    desk.qtbot.waitUntil(lambda: editor.text.toPlainText() == "Too quick", timeout=5000)
    assert editor.mark.level == 2
    assert "Draft kept, not sent yet." in seen.labels(page, "small")


def test_a_draw_can_be_checked_and_a_call_be_left_out(desk: RunningDesk, page: ReviewsPage) -> None:
    rows = draw(desk, page)
    n = len(rows.records)
    seen.button(page, "Check the draw").click()
    desk.qtbot.waitUntil(lambda: hint(page).startswith("✓ Drawn again"), timeout=5000)
    rows.view.selectRow(2)
    gone = rows.current.call_id
    seen.button(page, "Leave this call out").click()
    desk.qtbot.waitUntil(lambda: len(rows.records) == n - 1, timeout=5000)
    assert gone not in [one.call_id for one in rows.records]


def test_a_risk_says_why(desk: RunningDesk, reviewed: ReviewsPage) -> None:
    reviewed.draws.way.setCurrentIndex(1)
    seen.button(reviewed, "Draw calls").click()
    desk.qtbot.waitUntil(lambda: "by risk" in hint(reviewed), timeout=5000)
    desk.qtbot.waitUntil(lambda: any("risk" in row[3] for row in seen.rows(reviewed.todo.view)), timeout=5000)
    told = "\n".join(row[3] for row in seen.rows(reviewed.todo.view))
    assert "on hold 05:05" in told
    assert "a promise was not kept in time" in told
    assert "no note" in told
    row = next(n for n, one in enumerate(seen.rows(reviewed.todo.view)) if "on hold 05:05" in one[3])
    reviewed.todo.view.selectRow(row)
    heading = "Why it was drawn"
    desk.qtbot.waitUntil(lambda: heading in seen.labels(reviewed, "heading"), timeout=5000)
    assert "on hold 05:05 (weight 2)" in seen.labels(reviewed, "body")


def test_an_answer_waits_until_it_is_read(desk: RunningDesk, reviewed: ReviewsPage) -> None:
    rows = turn_to(desk, reviewed, REPLIES, 2)
    assert reviewed._tabs.tabText(REPLIES) == "Replies 2"
    rows.view.selectRow(0)
    desk.qtbot.waitUntil(reviewed.one.review.read.isVisible, timeout=5000)
    desk.qtbot.waitUntil(lambda: any("Reply: 担当部署" in one for one in seen.labels(reviewed, "body")), timeout=5000)
    reviewed.one.review.read.click()
    desk.qtbot.waitUntil(lambda: len(rows.records) == 1, timeout=5000)


def test_a_changed_review_keeps_what_was_said_before(desk: RunningDesk, reviewed: ReviewsPage) -> None:
    rows = turn_to(desk, reviewed, REPLIES, 2)
    editor = select_row(desk, reviewed, rows, 0)
    desk.qtbot.waitUntil(lambda: editor.text.toPlainText() != "", timeout=5000)
    before = editor.text.toPlainText()
    assert editor.mark is not None
    editor.mark.choose(5)
    editor.mark.chosen.emit()
    editor.text.selectAll()
    QTest.keyClicks(editor.text, "I see.")
    editor.save.click()
    desk.qtbot.waitUntil(lambda: any(one.startswith("5 excellent\nI see.") for one in seen.labels(reviewed, "body")))
    assert any(before in one for one in seen.labels(reviewed, "body"))


def test_an_average_stands_with_its_n(desk: RunningDesk, reviewed: ReviewsPage) -> None:
    turn_to(desk, reviewed, ALL, 18)
    desk.qtbot.waitUntil(lambda: "n = 15" in hint(reviewed), timeout=5000)
    desk.qtbot.waitUntil(lambda: reviewed.whose.count() == 4, timeout=5000)
    reviewed.whose.setCurrentIndex(reviewed.whose.findText("田中 彩"))
    desk.qtbot.waitUntil(lambda: "n = 5" in hint(reviewed), timeout=5000)
    assert {one.review.operator for one in reviewed.done.records} == {"田中 彩"}


def test_a_call_of_the_log_can_be_reviewed_but_ones_own_and_one_that_nobody_took(
    desk: RunningDesk, tmp_path: Path
) -> None:
    write_calls(tmp_path)
    desk.desktop.show_main()
    seen.button(desk.desktop.main, "Call log").click()
    page = desk.desktop.main.findChild(CallLogPage)
    desk.qtbot.waitUntil(lambda: page.rows.model().rowCount() == 60, timeout=5000)
    lines = list(page._shown.values())
    review = page.one.review
    for row, offered in (
        (next(n for n, one in enumerate(lines) if one.operator == "鈴木 健"), True),
        (next(n for n, one in enumerate(lines) if one.operator == "佐藤 美咲"), False),
        (next(n for n, one in enumerate(lines) if not one.operator), False),
    ):
        page.rows.selectRow(row)
        desk.qtbot.waitUntil(lambda: review._found is not None, timeout=5000)
        assert review.unfolder.isVisible() is offered
        assert not review.editor.isVisible()
    page.rows.selectRow(next(n for n, one in enumerate(lines) if one.operator == "田中 彩"))
    desk.qtbot.waitUntil(review.unfolder.isVisible, timeout=5000)
    seen.button(page, "Review this call").click()
    assert review.editor.isVisible()


def test_an_operator_sees_his_own_is_counted_and_answers(desk: RunningDesk, tmp_path: Path) -> None:
    main = desk.desktop.main
    desk.desktop.show_main()
    assert not [one for one in seen.buttons(main) if one.startswith("My reviews")]
    write_calls(tmp_path)
    review_calls(tmp_path)
    desk.desktop._pages.ask_now()
    desk.qtbot.waitUntil(lambda: "My reviews  2" in seen.buttons(main), timeout=5000)
    seen.button(main, "My reviews  2").click()
    page = main.findChild(MyReviewsPage)
    desk.qtbot.waitUntil(lambda: len(page.rows.records) == 6, timeout=5000)
    assert {one.review.operator_login for one in page.rows.records} == {"sato"}
    new = next(n for n, row in enumerate(seen.rows(page.rows.view)) if "● new" in row[3])
    page.rows.view.selectRow(new)
    desk.qtbot.waitUntil(lambda: "My reviews  1" in seen.buttons(main), timeout=5000)
    desk.qtbot.waitUntil(lambda: bool(page._said.text()), timeout=5000)
    page.editor.save.click()
    assert "▲ There are no words yet." in seen.labels(page, "warning")
    QTest.keyClicks(page.editor.text, "Thank you.")
    QTest.keyClick(page.editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: "Reply: Thank you." in page._said.text(), timeout=5000)
    desk.qtbot.waitUntil(lambda: "✓ replied" in seen.rows(page.rows.view)[new][3], timeout=5000)
    assert "✓ Sent. 鈴木 健 sees it." in seen.labels(page, "small")
    opened: list[object] = []
    page.opened.connect(opened.append)
    seen.button(page, "Open this call's card").click()
    assert opened == [page.rows.records[new].review.call_id]
