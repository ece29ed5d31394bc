"""What did not become a pop: counted by peer and reason, told to the trace in time, and bounded whatever comes."""

from collections.abc import Callable
from datetime import datetime, timedelta

from app.not_shown import MOST_KEPT, MOST_NEW, NotShown
from app.settings import LineSettings
from cti.events import Direction, NotOffered, NotOfferedBecause, Withheld
from db.demo import CUSTOMER_NUMBER
from tests.app.desk_at_work import NOW, DeskAtWork, answered, ended, offered

STRANGER = NotOfferedBecause.STRANGER


def refused(
    peer: str = "192.0.2.9", count: int = 1, at: datetime = NOW, why: NotOfferedBecause = STRANGER
) -> NotOffered:
    return NotOffered("desk phone", why, peer, count, at)


def counts(desk: DeskAtWork) -> list[tuple[str, int]]:
    return [(line["peer"], line["count"]) for line in desk.trace("not_offered")]


def test_attempts_of_one_peer_for_one_reason_are_counted_together(desk: DeskAtWork) -> None:
    later = NOW + timedelta(minutes=3)
    desk.hear(
        refused(), refused(count=4, at=later), refused("192.0.2.8", at=later), refused(why=NotOfferedBecause.FLOOD)
    )
    assert [(one.who, one.why, one.count) for one in desk.screen.not_shown] == [
        ("192.0.2.9", "flood", 1),
        ("192.0.2.8", "stranger", 1),
        ("192.0.2.9", "stranger", 5),
    ]
    assert (desk.screen.not_shown[2].first, desk.screen.not_shown[2].last) == (NOW, later)


def test_trace_is_told_at_once_and_then_at_most_once_in_ten_seconds(desk: DeskAtWork) -> None:
    desk.hear(refused(count=2))
    assert counts(desk) == [("192.0.2.9", 2)]
    desk.hear(*[refused() for _ in range(500)])
    assert counts(desk) == [("192.0.2.9", 2)]
    desk.wait(10_000)
    assert counts(desk) == [("192.0.2.9", 2), ("192.0.2.9", 500)]
    desk.wait(30_000)
    desk.hear(refused())
    assert counts(desk)[2:] == [("192.0.2.9", 1)]
    (first, *_) = desk.trace("not_offered")
    assert list(first) == ["v", "type", "at", "source", "because", "peer", "count"]
    assert (first["because"], first["source"]) == ("stranger", "desk phone")


def test_flood_of_forged_addresses_fills_neither_list_nor_trace_and_no_attempt_is_lost(desk: DeskAtWork) -> None:
    for number in range(3_000):
        desk.desk.hear(refused(f"198.51.{number // 256}.{number % 256}"))
    desk.wait(10_000)
    assert len(desk.screen.not_shown) == MOST_NEW + 1
    assert len(counts(desk)) <= MOST_NEW + 2
    assert sum(count for _, count in counts(desk)) == 3_000
    assert desk.screen.not_shown[0].who == ""


def test_old_ones_make_room_for_new_ones(desk: DeskAtWork) -> None:
    for number in range(MOST_KEPT + 7):
        desk.desk.hear(refused(f"192.0.2.{number}", at=NOW + timedelta(seconds=11 * number)))
    assert len(desk.screen.not_shown) == MOST_KEPT
    assert desk.screen.not_shown[0].who == f"192.0.2.{MOST_KEPT + 6}"


def calls(desk: DeskAtWork) -> list[NotShown]:
    return [one for one in desk.screen.not_shown if one.is_call]


def test_calls_that_do_not_pop_stand_there_too(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(lines=[LineSettings("0312345678", pop="never"), LineSettings("0312345679", pop="answer")])
    desk.hear(
        offered(CUSTOMER_NUMBER), offered("202", "b", direction=Direction.INTERNAL),
        offered("", "c", withheld=Withheld.ANONYMOUS), offered(CUSTOMER_NUMBER, "d", dialled="0312345679"), ended("d"),
    )  # fmt: skip
    assert [(one.who, one.why) for one in reversed(calls(desk))] == [
        ("03-3581-4111", "line_never"),
        ("202", "internal_call"),
        ("", "line_never"),
        ("03-3581-4111", "line_pops_on_answer"),
    ]


def test_call_that_pops_on_answer_is_shown_once_it_is_answered(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(lines=[LineSettings("0312345678", pop="answer")])
    desk.hear(offered(CUSTOMER_NUMBER), answered(), ended())
    assert desk.screen.not_shown == ()


def test_call_that_pops_is_not_there(desk: DeskAtWork) -> None:
    desk.hear(offered(CUSTOMER_NUMBER), ended())
    assert desk.screen.not_shown == ()
