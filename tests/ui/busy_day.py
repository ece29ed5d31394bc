"""A day on which much goes on, for the live board: five desks, callers who wait, and the calls since the morning."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.words import _
from db.calls import CallRow, save_call
from db.engine import writing
from db.kinds import Direction, Doing, EndCause, Outcome
from db.live.presence import Sign, Waits, sign
from db.models import operator
from db.upsert import add_once
from tests.ui.running import NOW, RunningDesk
from ui.live.page import LivePage

_DESKS = (  # login, desk, what, since how many seconds, silent for how many
    ("suzuki", "受付2", Doing.ON_CALL, 254, 0),
    ("tanaka", "受付3", Doing.AFTER_CALL, 71, 0),
    ("yamamoto", "受付4", Doing.BREAK, 612, 0),
    ("ito", "受付5", Doing.READY, 1840, 540),
)
_NAMES = {"yamamoto": "山本 健太", "ito": "伊藤 真理子"}  # the others are the demo's
_QUEUED = (("注文窓口", 125), ("注文窓口", 31), ("修理窓口", 12), ("修理窓口", 4))  # the last one rings nowhere yet
_WAITS = (4, 7, 9, 11, 12, 15, 18, 26, 33, 8, 6, 19, 21, 5, 10, 3, 14, 41)
_GAVE_UP = (44, 62, 3)


def a_busy_day(desk: RunningDesk) -> QWidget:
    """The main window with the page of the live board, as it stands then."""
    with writing(desk._engine) as on:
        for login, place, doing, seconds, silent in _DESKS:
            at = NOW - timedelta(seconds=silent)
            add_once(on, operator, {"login": login, "name": _NAMES.get(login, login)})
            sign(
                on,
                Sign(login, place, doing, NOW - timedelta(seconds=seconds), at, _in_queues() if not silent else None),
            )
        for row in _calls():
            save_call(on, row)
    main = desk.desktop.main
    desk.desktop.show_main()
    main.go_to(main._titles.index(_("Live board")))
    page = main.findChild(LivePage)

    def all_are_here() -> bool:
        page._feed._look()  # this desk's own sign may come after the page's first look
        return page._feed.now is not None and len(page._feed.now.operators) == 5

    desk.qtbot.waitUntil(all_are_here, timeout=5000)
    return main


def live(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    """Five desks, one of them silent; four who wait, three of them ring; and a day's calls."""
    main = a_busy_day(desk)
    return main, [_("At the moment, and today so far"), _("Longest wait"), "02:05"]


def big_board(desk: RunningDesk) -> tuple[QWidget, list[str]]:
    """The same on a second screen."""
    page = a_busy_day(desk).findChild(LivePage)
    page.show_board()
    assert page.board is not None
    page.board.resize(1280, 720)
    return page.board, [_("Waiting"), _("Service level"), "70%", "鈴木 健"]


def _in_queues() -> tuple[Waits, ...]:
    """As every desk sees them."""
    queued = enumerate(_QUEUED)
    return tuple([Waits(f"pbx-{n}", queue, NOW - timedelta(seconds=seconds)) for n, (queue, seconds) in queued])


def _calls() -> Iterator[CallRow]:
    rings = Outcome.OFFERED
    for number, one in enumerate(_in_queues()[:3]):
        ids = UUID(int=number + 1), "pbx", f"rings-{number}"
        yield CallRow(*ids, Direction.IN, one.since, rings, queue=one.where, linked_id=one.linked_id)
    for number, wait in enumerate((*_WAITS, *_GAVE_UP)):
        at, is_answered = NOW - timedelta(minutes=12 * (number + 1)), number < len(_WAITS)
        end = at + timedelta(seconds=wait)
        yield CallRow(
            UUID(int=number + 100), "pbx", f"over-{number}", Direction.IN, at,
            Outcome.ANSWERED if is_answered else Outcome.MISSED, number=f"03123456{number:02}",
            answered_at=end if is_answered else None, ended_at=end + timedelta(minutes=3 * is_answered),
            end_cause=EndCause.HUNG_UP if is_answered else EndCause.CANCELLED,
        )  # fmt: skip
