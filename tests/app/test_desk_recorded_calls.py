"""Calls recorded from a real PBX, sent over UDP to the real source and heard by a desk: what the operator then sees."""

from pathlib import Path

import pytest

from tests.app.desk_at_work import DeskAtWork
from tests.cti.sip.running import RunningSource
from tests.fakes.sip_peer import SipPeer

RECORDED = Path(__file__).parents[1] / "cti" / "sip" / "recorded"


def replay(desk: DeskAtWork, name: str) -> None:
    """INVITE and CANCEL byte for byte; the desk hears of each before the next is sent."""
    with RunningSource(linked_header="X-Lab-Linkedid") as running, SipPeer(running.address) as peer:
        for part in ("1-INVITE.sip", "2-CANCEL.sip"):
            peer.send((RECORDED / name / part).read_bytes())
            desk.hear(running.next_call_event())


@pytest.mark.parametrize("who", ["answered-by-desk-phone", "queue-answered-by-202", "ring-group"])
def test_the_card_stays_when_nobody_can_know_who_answered(desk: DeskAtWork, who: str) -> None:
    replay(desk, who)
    (call,) = desk.desk.calls
    card = desk.screen.card
    assert card is not None
    assert (call.state, call.answered_by, call.ended_at, card.state) == ("talking", None, None, "talking")
    assert [(line["type"], line.get("by", "-")) for line in desk.traced] == [("offered", "-"), ("answered", None)]
    desk.desk.not_mine(call.id)
    assert desk.screen.card is not None
    assert desk.screen.card.state == "elsewhere", "only the operator's word folds it"


def test_a_call_answered_by_my_desk_phone_goes_on_until_i_finish_it(desk: DeskAtWork) -> None:
    replay(desk, "answered-by-desk-phone")
    (call,) = desk.desk.calls
    assert (call.ring.number.display, call.ring.name) == ("090-1234-5678", "Suzuki Hanako")
    desk.type("承りました", call.ring.source_id)
    desk.desk.finish(call.id)
    desk.settle()
    assert desk.rows("SELECT outcome, linked_id FROM call WHERE id = ?", call.id.hex) == [
        ("answered", "lab-1795305538.4")
    ]
    assert desk.screen.card is None


@pytest.mark.parametrize("name", ["missed-caller-gave-up", "queue-abandoned", "no-answer-timeout", "picked-up-by-203"])
def test_a_caller_who_gave_up_stays_as_missed(desk: DeskAtWork, name: str) -> None:
    replay(desk, name)
    card = desk.screen.card
    assert card is not None
    assert card.state == "missed"
    assert desk.rows("SELECT outcome, end_cause FROM call ORDER BY offered_at DESC LIMIT 1") == [
        ("missed", "cancelled")
    ]


@pytest.mark.parametrize("name", ["withheld-anonymous", "withheld-anonymous-defaults", "withheld-no-pai", "payphone"])
def test_a_withheld_number_that_the_carrier_sends_along_is_nowhere(desk: DeskAtWork, name: str) -> None:
    replay(desk, name)
    desk.leave()
    (line,) = desk.trace("offered")
    assert line["withheld"] in {"anonymous", "payphone"}
    assert line["candidates"] == []
    for place in (repr(desk.traced), repr(list(desk.desk.calls)), repr(desk.rows("SELECT * FROM call"))):
        assert "312345678" not in place.replace("-", ""), place


def test_an_internal_call_is_traced_and_never_seen(desk: DeskAtWork) -> None:
    replay(desk, "internal-call")
    assert (desk.screen.rung, desk.screen.card, len(desk.desk.calls)) == ([], None, 0)
    assert [line["why_no_pop"] for line in desk.traced] == ["internal_call", "internal_call"]


def test_a_queue_that_rings_us_again_with_another_call_id_rings_on_the_same_card(desk: DeskAtWork) -> None:
    invite, cancel = ((RECORDED / "queue-abandoned" / part).read_bytes() for part in ("1-INVITE.sip", "2-CANCEL.sip"))
    with RunningSource(linked_header="X-Lab-Linkedid") as running, SipPeer(running.address) as peer:
        for round_of_queue in (b"one", b"two", b"three"):
            for request in (invite, cancel):
                renamed = request.replace(b"Call-ID: ", b"Call-ID: " + round_of_queue)
                peer.send(renamed.replace(b"branch=z9hG4bK", b"branch=z9hG4bK" + round_of_queue))
                desk.hear(running.next_call_event())
    (call,) = desk.desk.calls
    assert (call.state, len(desk.screen.rung), len(desk.trace("ended"))) == ("missed", 3, 3)
    assert len(call.legs) == 3
    assert desk.rows("SELECT count(*) FROM call WHERE linked_id = ?", call.ring.linked_id) == [(1,)]


def test_a_desk_phone_and_a_mobile_that_ring_together_are_one_card(desk: DeskAtWork) -> None:
    """The same call at two contacts of the operator, each heard by a source of its own."""
    invite, cancel = ((RECORDED / "ring-group" / part).read_bytes() for part in ("1-INVITE.sip", "2-CANCEL.sip"))
    with RunningSource(name="desk phone") as first, RunningSource(name="mobile") as second:
        for request in (invite, cancel):
            for running in (first, second):
                with SipPeer(running.address) as peer:
                    peer.send(request)
                    desk.hear(running.next_call_event())
    (call,) = desk.desk.calls
    assert (call.state, desk.screen.rung) == ("talking", [call.ring.source_id])
    assert [(leg.source, leg.answered_at is not None) for leg in call.legs] == [("desk phone", True), ("mobile", True)]
    assert [line["type"] for line in desk.traced] == ["offered", "answered"]
