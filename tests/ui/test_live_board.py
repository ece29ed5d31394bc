"""The live board on real windows: asked while it is seen, its clocks run, and the second screen shows the same."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from cti.events import InQueue, QueuesSeen
from db.engine import writing
from db.kinds import Doing
from db.live.presence import Sign, sign
from tests.ui import seen
from tests.ui.busy_day import a_busy_day
from tests.ui.running import NOW, RunningDesk
from tests.ui.scenes import overlapping, said
from ui.live.board import BoardWindow, DeskBox
from ui.live.page import LivePage


@pytest.fixture
def page(desk: RunningDesk) -> LivePage:
    found: LivePage = a_busy_day(desk).findChild(LivePage)
    return found


def rows(page: LivePage) -> list[list[str]]:
    return seen.rows(page.findChildren(QTableView)[0])


def boxes(board: BoardWindow) -> list[DeskBox]:
    return [one for one in board.findChildren(DeskBox) if one.isVisible()]


def test_a_break_begun_here_stands_on_the_board(desk: RunningDesk, page: LivePage) -> None:
    desk.desk.breaks.turn()
    desk.desk.presence.look()

    def stands_there() -> bool:
        page._feed._look()
        return [one[1] for one in rows(page)].count("Ⅱ On a break") == 2

    desk.qtbot.waitUntil(stands_there, timeout=5000)


def test_a_silent_desk_says_since_when_and_has_no_clock(page: LivePage) -> None:
    assert rows(page)[-1][1:] == ["? No sign since 14:03", ""]


def test_clocks_run_on_between_two_looks(page: LivePage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.live.feed.monotonic", lambda: page._feed._heard_at + 30)
    page._feed.ticked.emit()
    assert "04:44" in [one[2] for one in rows(page)]


def test_nothing_is_asked_once_nobody_looks(desk: RunningDesk, page: LivePage) -> None:
    desk.desktop.main.go_to(0)
    page._feed._on_look()
    assert not any(one.isActive() for one in (page._feed._looks, page._feed._ticks))


def test_a_board_on_the_second_screen_goes_on_when_another_page_is_chosen(desk: RunningDesk, page: LivePage) -> None:
    QTest.keyClick(desk.desktop.main, Qt.Key.Key_F11)
    board = page.board
    assert board is not None
    desk.desktop.main.go_to(0)
    page._feed._on_look()
    assert page._feed._looks.isActive()
    assert "70%" in said(board)
    QTest.mouseDClick(board, Qt.MouseButton.LeftButton)
    assert board.isFullScreen()
    for _back in ("to a window", "and away"):
        QTest.keyClick(board, Qt.Key.Key_Escape)
    assert not board.isVisible()


def test_more_desks_than_fit_are_counted_and_the_window_stays_as_it_is(desk: RunningDesk, page: LivePage) -> None:
    with writing(desk._engine) as on:
        for number in range(20):
            at = NOW - timedelta(seconds=number)
            sign(on, Sign(f"operator{number}", f"desk{number}", Doing.READY, at, NOW))
    page.show_board()
    board = page.board
    assert board is not None
    board.resize(1280, 720)

    def all_are_counted() -> bool:
        """This desk's own sign may still be on its way to the records."""
        page._feed._look()
        return "and 13 more desks" in said(board)

    desk.qtbot.waitUntil(all_are_counted, timeout=5000)
    desk.qtbot.waitUntil(lambda: len(boxes(board)) == 12, timeout=5000)
    assert board.size().toTuple() == (1280, 720)
    assert all(board.rect().contains(one.geometry()) for one in boxes(board))
    assert overlapping(board) == []


def test_who_waits_in_the_pbx_while_no_desk_rings_stands_on_the_board(desk: RunningDesk) -> None:
    desk.desktop.show_main()
    desk.desk.hear(QueuesSeen("pbx", (InQueue("pbx-9", "予約窓口", NOW - timedelta(seconds=75)),), NOW))
    desk.desk.presence.look()
    main = desk.desktop.main
    main.go_to(main._titles.index("Live board"))
    page: LivePage = main.findChild(LivePage)

    def stands_there() -> bool:
        page._feed._look()
        return ["予約窓口", "1", "01:15"] in seen.rows(page.findChildren(QTableView)[1])

    desk.qtbot.waitUntil(stands_there, timeout=5000)
    assert "is counted, also while no desk rings" in said(page)
    desk.desk.hear(QueuesSeen("pbx", None, NOW))
    desk.desk.presence.look()

    def nobody_can_tell() -> bool:
        page._feed._look()
        return "Who waits in the PBX while no desk rings is not seen" in said(page)

    desk.qtbot.waitUntil(nobody_can_tell, timeout=5000)
    assert "Nobody waits." in said(page)
