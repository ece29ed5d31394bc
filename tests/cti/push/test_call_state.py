"""One life per call, in whatever order and however often its events come; and whose call it is."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cti.errors import PeerError
from cti.events import CallAnswered, CallEnded, CallEvent, CallOffered, Direction, EndCause
from cti.push.call_state import MOST_KEPT, MOST_RINGING, MOVES, RINGS_AT_MOST, Moment, PushedCalls, PushState, Step
from cti.push.pushed import Pushed, read_pushed
from cti.push.settings import PushSettings

AT = datetime(2026, 11, 21, 5, 3, 22, tzinfo=UTC)
MOMENT = Moment(AT, 0.0, 0)


def said(event: str, call_id: str = "one", **fields: Any) -> Pushed:
    form = {"event": event, "from": "0312345678", "to": "0666661111", "direction": "in", "callId": call_id} | fields
    return read_pushed({name: text if isinstance(text, list) else [text] for name, text in form.items()})


def told(events: list[Pushed], **given_: Any) -> list[CallEvent]:
    calls = PushedCalls(PushSettings("pbx", **given_))
    return [fact for event in events for fact in calls.hear(event, MOMENT)]


def kinds(facts: list[CallEvent]) -> list[type[object]]:
    return [type(one) for one in facts]


@pytest.mark.parametrize(
    ("cause", "why"),
    [
        ("normalClearing", EndCause.CANCELLED),
        ("cancel", EndCause.CANCELLED),
        ("busy", EndCause.BUSY),
        ("noAnswer", EndCause.TIMED_OUT),
        ("congestion", EndCause.FAILED),
        ("notFound", EndCause.FAILED),
        ("forwarded", EndCause.ANSWERED_ELSEWHERE),
        ("", EndCause.CANCELLED),
        ("somethingNew", EndCause.CANCELLED),
    ],
)
def test_why_a_call_that_nobody_answered_is_over(cause: str, why: EndCause) -> None:
    (_offered, ended) = told([said("newCall"), said("hangup", cause=cause)])
    assert isinstance(ended, CallEnded)
    assert ended.why is why


def test_a_call_that_was_answered_is_hung_up_whatever_the_cause() -> None:
    ended = told([said("newCall"), said("answer"), said("hangup", cause="cancel")])[-1]
    assert isinstance(ended, CallEnded)
    assert ended.why is EndCause.HUNG_UP


@given(st.lists(st.sampled_from(["newCall", "answer", "hangup"]), max_size=12))
@settings(max_examples=300)
def test_any_order_with_repeats_gives_one_life(events: list[str]) -> None:
    facts = kinds(told([said(event, answeringNumber="201") for event in events]))
    assert [facts.count(kind) <= 1 for kind in (CallOffered, CallAnswered, CallEnded)] == [True] * 3
    order = [CallOffered, CallAnswered, CallEnded]
    assert [order.index(kind) for kind in facts] == sorted(order.index(kind) for kind in facts)  # type: ignore[arg-type]
    before_the_end = events[: [*events, "hangup"].index("hangup")]
    assert (CallOffered in facts) == bool(before_the_end)


def test_who_answered_may_be_told_after_that_somebody_did() -> None:
    facts = told([said("newCall"), said("answer"), said("answer", answeringNumber="202"), said("answer")])
    assert [one.by for one in facts if isinstance(one, CallAnswered)] == [None, "202"]


OURS = {"users": ("Sato Hanako", "201")}


@pytest.mark.parametrize(
    ("names", "rings"),
    [(["Sato Hanako"], True), (["SUZUKI", "sato hanako"], True), (["Suzuki"], False), ([], True), (["201"], True)],
)
def test_a_call_rings_where_it_is_meant_to(names: list[str], rings: bool) -> None:
    assert kinds(told([said("newCall", user=names)], **OURS)) == [CallOffered] * rings


def test_of_the_calls_that_go_out_only_ours_is_ours() -> None:
    out = {"direction": "out"}
    assert told([said("newCall", **out), said("newCall", "two", user="Suzuki", **out)], **OURS) == []
    (ours,) = told([said("newCall", user="Sato Hanako", **out)], **OURS)
    assert isinstance(ours, CallOffered)
    assert ours.direction is Direction.OUT


@pytest.mark.parametrize(
    ("answer", "by"),
    [
        ({"answeringNumber": "201"}, "Sato Hanako"),
        ({"user": "sato hanako"}, "Sato Hanako"),
        ({"answeringNumber": "202"}, "202"),
        ({"answeringNumber": "202", "user": "Sato Hanako"}, "202"),
        ({"user": "Suzuki"}, "Suzuki"),
        ({"user": ["Suzuki", "Ito"]}, None),
        ({}, None),
    ],
)
def test_who_answered_is_told_by_the_name_that_we_know(answer: dict[str, Any], by: str | None) -> None:
    (_offered, answered) = told([said("newCall"), said("answer", **answer)], **OURS)
    assert isinstance(answered, CallAnswered)
    assert answered.by == by


def test_a_call_of_others_that_we_answer_is_ours_from_then_on() -> None:
    others = said("newCall", user="Suzuki")
    assert kinds(told([others, said("answer", answeringNumber="201"), said("hangup")], **OURS)) == [
        CallOffered,
        CallAnswered,
        CallEnded,
    ]
    assert told([others, said("answer", answeringNumber="202"), said("hangup")], **OURS) == []
    assert told([said("answer"), said("hangup"), said("newCall")], **OURS) == [], "nobody knows whose it was"


def test_a_ring_without_an_end_is_given_up_and_stays_so() -> None:
    calls = PushedCalls(PushSettings("pbx"))
    calls.hear(said("newCall"), MOMENT)
    calls.hear(said("newCall", "talks"), MOMENT)
    calls.hear(said("answer", "talks"), MOMENT)
    assert calls.give_up(AT, RINGS_AT_MOST - 1) == []
    (ended,) = calls.give_up(AT, RINGS_AT_MOST)
    assert ended == CallEnded("pbx", "one", EndCause.TIMED_OUT, AT)
    assert calls.hear(said("newCall"), MOMENT) == []
    assert kinds(calls.hear(said("hangup", "talks"), MOMENT)) == [CallEnded]


def test_more_calls_than_a_desk_can_take_are_refused_and_none_is_forgotten_for_them() -> None:
    calls = PushedCalls(PushSettings("pbx"))
    for number in range(MOST_RINGING):
        calls.hear(said("newCall", str(number)), MOMENT)
    with pytest.raises(PeerError) as refused:
        calls.hear(said("newCall", "one too many"), MOMENT)
    assert refused.value.status == 503
    for number in range(MOST_KEPT):
        calls.hear(said("hangup", f"old {number}"), MOMENT)
    assert len(calls._calls) == MOST_KEPT
    assert kinds(calls.hear(said("hangup", "0"), MOMENT)) == [CallEnded]
    assert kinds(calls.hear(said("newCall", "one too many"), MOMENT)) == [CallOffered]


def test_the_table_never_leaves_the_end_and_offers_first() -> None:
    assert all(before is not PushState.OVER for before, _what in MOVES)
    unheard = {PushState.UNHEARD, PushState.OTHERS}
    for (before, _what), (_after, steps) in MOVES.items():
        assert (Step.OFFER in steps[:1]) == (bool(steps) and before in unheard)
