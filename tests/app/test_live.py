"""The live board: what a desk tells of its operator and when, and what the board makes of the records."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from queue import Queue
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, select, update

from app.audit.signature import this_desk
from app.call import CallState
from app.clock import Clock
from app.figures.rules import Rules, ServiceLevel
from app.live.live_desk import Doing, LiveDesk, LiveNow, Present, Sign, is_silent
from app.live.presence import LOOK_MS, Presence
from app.live.queues import Waiting, who_waits
from app.operator_state import OperatorState
from app.screen import Status
from cti.events import InQueue, QueuesSeen
from db.calls import CallRow, save_call
from db.engine import reading, writing
from db.kinds import Direction, EndCause, Outcome
from db.live.presence import Waits, present
from db.models import operator_presence

NOW = datetime(2026, 11, 21, 5, 12, tzinfo=UTC)


class Told:
    """A desk with a clock that is moved by hand."""

    def __init__(self) -> None:
        self.now, self.later = NOW, list[tuple[int, Callable[[], None]]]()
        self.board, self.calls = SimpleNamespace(status=Status()), list[Any]()
        self.place = SimpleNamespace(
            clock=Clock(now=lambda: self.now),
            operator="sato",
            rules=Rules(30, 2, ServiceLevel.FOR),
            later=lambda ms, fn: self.later.append((ms, fn)),
        )
        self.signs: list[Sign] = []
        self.presence = Presence(self.board, self.calls, self.place)  # type: ignore[arg-type] -- what it asks of them

    def after(self, seconds: int) -> None:
        """So much later, at the next look."""
        self.now += timedelta(seconds=seconds)
        (_ms, look), *self.later = self.later
        look()


@pytest.fixture
def told() -> Told:
    made = Told()
    made.presence.begin(made.signs.append)
    return made


def test_the_words_of_the_records_are_those_of_the_desk() -> None:
    assert {one.value for one in Doing} == {one.value for one in OperatorState}


def test_a_desk_tells_at_once_then_only_what_is_new_or_that_it_still_runs(told: Told) -> None:
    assert [(one.login, one.doing, one.since) for one in told.signs] == [("sato", Doing.READY, NOW)]
    told.after(2)
    assert len(told.signs) == 1
    assert told.later[0][0] == LOOK_MS
    told.calls.append(SimpleNamespace(state=CallState.TALKING, by_hand=None))
    told.after(2)
    assert (told.signs[-1].doing, told.signs[-1].since) == (Doing.ON_CALL, NOW + timedelta(seconds=4))
    told.after(20)
    assert len(told.signs) == 3
    assert (told.signs[-1].since, told.signs[-1].at) == (NOW + timedelta(seconds=4), NOW + timedelta(seconds=24))


def test_another_operator_begins_a_state_of_his_own(told: Told) -> None:
    told.place.operator = "tanaka"
    told.after(2)
    assert (told.signs[-1].login, told.signs[-1].since) == ("tanaka", NOW + timedelta(seconds=2))


def test_nobody_is_told_of_while_nobody_has_said_who_sits_there(told: Told) -> None:
    told.board.status = Status(unnamed="reception")
    told.place.operator = "tanaka"
    told.after(30)
    assert len(told.signs) == 1


def test_who_waits_is_told_when_that_changes_and_no_more_once_the_source_can_not_tell(told: Told) -> None:
    assert told.signs[-1].waiting is None
    waits = InQueue("pbx-1.7", "sales", NOW - timedelta(seconds=30))
    for seen, expected in (((), ()), ((waits,), (Waits("pbx-1.7", "sales", waits.since),)), (None, None)):
        told.presence.saw_queues(QueuesSeen("pbx", seen, NOW))
        told.after(2)
        assert told.signs[-1].waiting == expected
    assert len(told.signs) == 4


def test_two_telephone_systems_of_one_desk_are_told_together(told: Told) -> None:
    for source in ("pbx", "second"):
        told.presence.saw_queues(QueuesSeen(source, (InQueue(source, "sales", NOW),), NOW))
    told.after(2)
    assert {one.linked_id for one in told.signs[-1].waiting or ()} == {"pbx", "second"}


def ago(seconds: int, where: str, linked_id: str = "") -> Waits:
    return Waits(linked_id, where, NOW - timedelta(seconds=seconds))


def test_a_caller_whom_two_desks_see_and_who_rings_at_a_third_waits_once() -> None:
    queues = [[ago(95, "sales", "1"), ago(20, "repairs", "2")], [ago(96, "sales", "1")]]
    ringing = [ago(40, "sales", "1"), ago(10, "Main shop"), ago(200, "sales")]
    assert who_waits(queues, ringing) == [
        Waiting("sales", 1, NOW - timedelta(seconds=96)),
        Waiting("repairs", 1, NOW - timedelta(seconds=20)),
        Waiting("Main shop", 1, NOW - timedelta(seconds=10)),
    ]


def test_where_nobody_sees_the_queues_who_rings_waits() -> None:
    ringing = [ago(95, "sales", "1"), ago(5, "sales"), ago(40, "Main shop", "3")]
    assert who_waits([], ringing) == [
        Waiting("sales", 2, NOW - timedelta(seconds=95)),
        Waiting("Main shop", 1, NOW - timedelta(seconds=40)),
    ]


class DeskThread:
    """What workers post is run here, one by one."""

    def __init__(self) -> None:
        self._posted: Queue[Callable[[], object]] = Queue()

    def post(self, job: Callable[..., object], *given: object) -> None:
        self._posted.put(lambda: job(*given))

    def run_one(self) -> None:
        self._posted.get(timeout=10)()


@pytest.fixture
def thread() -> DeskThread:
    return DeskThread()


def looked(live: LiveDesk, thread: DeskThread) -> LiveNow:
    found: list[LiveNow] = []
    live.look(found.append, found.append)  # type: ignore[arg-type] -- a failure fails what is asked of it
    thread.run_one()
    return found[0]


def over(on: Any, wait_s: int, outcome: Outcome, at: datetime = NOW - timedelta(minutes=9), number: str = "") -> None:
    end, is_answered = at + timedelta(seconds=wait_s), outcome is Outcome.ANSWERED
    answered_at, cause = (end, EndCause.HUNG_UP) if is_answered else (None, EndCause.CANCELLED)
    ids = uuid4(), "pbx", str(uuid4())
    row = CallRow(*ids, Direction.IN, at, outcome, number, answered_at=answered_at, ended_at=end, end_cause=cause)
    save_call(on, row)


def test_today_is_counted_by_hand(engine: Engine, thread: DeskThread) -> None:
    """Answered after 10, 20 and 30 s; given up after 40 and 3 s: 2 of 4 in time, by the formula that is built in."""
    with writing(engine) as on:
        for wait in (10, 20, 30):
            over(on, wait, Outcome.ANSWERED)
        over(on, 40, Outcome.MISSED, number="0312345678")
        over(on, 3, Outcome.MISSED, number="0312345679")
        over(on, 40, Outcome.MISSED, at=NOW - timedelta(days=2), number="0312345677")
    live = LiveDesk(engine, thread.post, Clock(now=lambda: NOW))
    today = looked(live, thread).today
    live.stop()
    assert (today.answered, today.in_time, today.abandoned, today.short) == (3, 2, 1, 1)
    assert (today.level, today.counted, today.to_call_back) == (0.5, 4, 2)


def test_a_desk_that_is_silent_for_a_minute_is_told_from_one_that_runs() -> None:
    one = Present("sato", "sato", "desk-1", Doing.READY, NOW, NOW)
    assert not is_silent(one, NOW + timedelta(seconds=59))
    assert is_silent(one, NOW + timedelta(seconds=60))


def test_the_rules_are_those_of_the_house(engine: Engine, thread: DeskThread, told: Told) -> None:
    """In time up to 30 s, short below 2 s, who gave up in time counts for it: 3 answered and 1 given up, of 5."""
    with writing(engine) as on:
        for wait in (10, 20, 30):
            over(on, wait, Outcome.ANSWERED)
        for wait in (40, 3):
            over(on, wait, Outcome.MISSED)
    live = LiveDesk(engine, thread.post, Clock(now=lambda: NOW))
    live.told_by(told.presence)
    today = looked(live, thread).today
    live.stop()
    assert (today.in_time, today.abandoned, today.short, today.level) == (3, 2, 0, 0.8)


def test_signs_reach_the_board_and_end_with_the_desk(engine: Engine, thread: DeskThread) -> None:
    clock = Clock(now=lambda: NOW)
    ours, other = LiveDesk(engine, thread.post, clock), LiveDesk(engine, thread.post, clock)
    ours.sign(Sign("suzuki", this_desk(), Doing.BREAK, NOW, NOW))
    thread.run_one()
    other.sign(Sign("sato", "desk-2", Doing.READY, NOW, NOW))
    thread.run_one()
    assert [one.login for one in looked(other, thread).operators] == ["sato", "suzuki"]
    ours.stop()
    thread.run_one()
    assert [one.login for one in looked(other, thread).operators] == ["sato"]
    other.stop()


def test_the_newest_sign_alone_waits_for_a_slow_server(engine: Engine, thread: DeskThread) -> None:
    live = LiveDesk(engine, thread.post)
    for doing in (Doing.READY, Doing.ON_CALL, Doing.BREAK):
        live.sign(Sign("sato", "desk-2", doing, NOW, NOW))
    for _sent in ("the first", "the newest"):
        thread.run_one()
    with reading(engine) as on:
        assert [one.doing for one in present(on, NOW)] == [Doing.BREAK]
    live.stop()


def test_what_a_desk_saw_that_has_died_is_forgotten_within_a_minute(engine: Engine, thread: DeskThread) -> None:
    """A server has a clock of its own: there the desk is let die by putting its sign back."""
    live = LiveDesk(engine, thread.post, Clock(now=lambda: NOW))
    live.sign(Sign("sato", "desk-2", Doing.READY, NOW, NOW, (Waits("1", "sales", NOW - timedelta(seconds=30)),)))
    thread.run_one()
    now = looked(live, thread)
    assert (now.calls_waiting, now.sees_queues) == (1, True)
    with writing(engine) as on:
        gone = operator_presence.c.seen_at
        seen_at = on.execute(select(gone)).scalar_one() - timedelta(seconds=61)
        on.execute(update(operator_presence).values(seen_at=seen_at))
    now = looked(live, thread)
    assert (now.calls_waiting, now.sees_queues) == (0, False)
    live.stop()
