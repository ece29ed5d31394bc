"""What a source tells beside the ring: the queue a call waited in, hold, calls of our own, and that it is alive."""

from dataclasses import replace
from datetime import timedelta

from cti.events import Caller, CallerChanged, CallHeld, Direction, EndCause, SourceChanged, SourceHeard, SourceState
from tests.app.desk_at_work import NOW, SAVE_MS, DeskAtWork, answered, ended, offered

WAITED = replace(offered(), queue="support", waiting_since=NOW - timedelta(seconds=20))


def held(after: float, *, is_held: bool) -> CallHeld:
    return CallHeld("desk phone", "a", is_held, NOW + timedelta(seconds=after))


def row(desk: DeskAtWork, columns: str) -> tuple[object, ...]:
    (found,) = desk.rows(f"SELECT {columns} FROM call WHERE id = ?", desk.call().id.hex)
    return tuple(found)


def test_queue_and_wait_stand_in_row_and_trace(desk: DeskAtWork) -> None:
    desk.hear(WAITED, answered(by="sato"))
    desk.wait(SAVE_MS)
    (offered_line,), (answered_line,) = desk.trace("offered"), desk.trace("answered")
    assert (offered_line["queue"], offered_line["waited_ms"]) == ("support", None), "nobody had answered yet"
    assert (answered_line["queue"], answered_line["waited_ms"]) == ("support", 24_000)
    queue, since = row(desk, "queue, waiting_since")
    assert queue == "support"
    assert str(since).startswith("2026-11-21 05:11:40")


def test_leg_that_tells_the_queue_helps_one_that_did_not(desk: DeskAtWork) -> None:
    desk.hear(offered(), replace(WAITED, source="pbx", source_id="q"))
    assert (desk.call().ring.queue, desk.call().ring.waiting_since) == ("support", WAITED.waiting_since)


def test_hold_is_added_up_and_ends_with_the_call(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered(by="sato"), held(5, is_held=True), held(8, is_held=False), held(8.5, is_held=True))
    assert desk.call().held.is_running
    desk.hear(ended(why=EndCause.HUNG_UP))
    desk.settle()
    assert not desk.call().held.is_running
    assert row(desk, "hold_ms") == (3_000 + 81_500,)
    assert [len(desk.trace(kind)) for kind in ("held", "resumed")] == [2, 1]


def test_nobody_holds_what_only_rings(desk: DeskAtWork) -> None:
    desk.hear(offered(), held(1, is_held=True))
    assert (desk.call().held.has_begun, desk.trace("held")) == (False, [])


def test_call_of_our_own_stays_one_when_the_other_party_changes(desk: DeskAtWork) -> None:
    desk.hear(offered(direction=Direction.OUT, dialled=""), answered(by="sato"))
    desk.hear(CallerChanged("desk phone", "a", Caller("09012340021", ""), NOW, linked_id="1.9"))
    assert (desk.call().ring.direction, desk.call().ring.linked_id) == (Direction.OUT, "1.9")


def test_heartbeat_is_kept_and_draws_nothing(desk: DeskAtWork) -> None:
    desk.hear(SourceChanged("desk phone", SourceState.REGISTERED, "", NOW))
    drawn = len(desk.screen.statuses)
    desk.hear(SourceHeard("desk phone", NOW + timedelta(seconds=10)))
    assert len(desk.screen.statuses) == drawn
    desk.hear(SourceChanged("desk phone", SourceState.UNREACHABLE, "", NOW + timedelta(seconds=30)))
    (source,) = desk.desk.board.status.sources
    assert source.heard_at == NOW + timedelta(seconds=10)
