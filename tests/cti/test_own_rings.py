"""A call that goes out makes our own telephone ring first: to every other source that is a call which comes in."""

from datetime import timedelta

import pytest

from cti.call_merge import CallMerge
from cti.events import (
    CallAnswered,
    CallEnded,
    CallEvent,
    CallOffered,
    DeskEvent,
    Direction,
    EndCause,
    LegAdded,
    LegSettled,
)
from cti.own_rings import MOST
from tests.cti.test_call_merge import NOON, answered, calls, ended, offered

CUSTOMER = "0335814111"
OUT = offered("o", "ami", CUSTOMER, linked="o", direction=Direction.OUT)
RING = offered("s", "sip", "201", after=0.1)


def heard(*events: CallEvent) -> list[DeskEvent]:
    """What the desk of the telephone 201 hears."""
    merge = CallMerge(["ami"], own_numbers=["201"])
    return [told for event in events for told in merge.hear(event)]


def kinds(*events: CallEvent) -> list[type[DeskEvent]]:
    return [type(told) for told in heard(*events)]


@pytest.mark.parametrize(
    "ring", [RING, offered("s", "sip", "0398765432", linked="o", after=0.1)], ids=["by its number", "by its linked id"]
)
def test_our_own_telephone_that_rings_to_dial_is_a_leg_of_the_call_that_goes_out(ring: CallOffered) -> None:
    lifted, over = answered("s", "sip"), ended("s", "sip", EndCause.HUNG_UP)
    told = kinds(OUT, ring, lifted, over, answered("o", "ami", "201"))
    assert told == [CallOffered, LegAdded, LegSettled, LegSettled, CallAnswered]


def test_a_ring_that_is_over_does_not_end_the_call_that_goes_out() -> None:
    told = heard(OUT, RING, ended("s", "sip"), ended("o", "ami", EndCause.BUSY))
    assert isinstance(told[-1], CallEnded)
    assert (len(told), told[-1].why) == (4, EndCause.BUSY)


def test_a_ring_that_is_told_before_the_order_comes_to_it() -> None:
    early = offered("s", "sip", "201", after=-0.2)
    told = heard(early, OUT, answered("s", "sip"))
    assert [type(one) for one in told] == [CallOffered, LegAdded, LegSettled]
    assert isinstance(told[1], LegAdded)
    assert told[1].offered == early


def test_a_ring_of_long_ago_was_for_another_call() -> None:
    assert kinds(offered("s", "sip", "201", after=-30), OUT) == [CallOffered]


def test_nobody_is_called_by_himself_though_no_source_tells_of_an_order() -> None:
    assert heard(RING, answered("s", "sip"), ended("s", "sip")) == []


def test_rings_that_no_order_follows_are_not_kept_for_ever() -> None:
    merge = CallMerge(own_numbers=["201"])
    for count in range(3 * MOST):
        merge.hear(offered(f"s{count}", "sip", "201", after=-1))
    assert len(merge.hear(OUT)) == 1 + MOST


def test_a_customer_who_rings_while_we_dial_is_a_call_of_his_own() -> None:
    assert kinds(OUT, offered("s", "sip", "09012345678", after=0.1)) == [CallOffered, CallOffered]


def test_what_rings_once_the_other_end_has_answered_is_no_ring_to_dial() -> None:
    again = offered("s", "sip", "202", linked="o", after=60)
    told = heard(OUT, answered("o", "ami", "201"), ended("o", "ami", EndCause.HUNG_UP), again)
    assert type(told[-1]) is not LegAdded


def test_who_has_no_telephone_of_his_own_hears_every_call() -> None:
    assert calls(RING) == 1
    assert NOON + timedelta(seconds=0.1) == RING.at
