"""Dialling without AMI: the desk phone rings by SIP and is sent on when lifted, as docs/dialling.md sets it up."""

import queue
from collections.abc import Iterator
from typing import Any

import pytest

from cti.call_merge import CallMerge
from cti.control import Act, Cannot, Order
from cti.events import (
    CallAnswered,
    CallEnded,
    CallEvent,
    CallOffered,
    DeskEvent,
    Direction,
    EndCause,
    SourceHeard,
    SourceState,
)
from cti.listener import Listener
from cti.sip.click_to_dial import ClickToDialSource
from cti.sip.dialog_source import SipDialogSource
from cti.sip.settings import SipDialogSettings, SipSettings, TransportName
from tests.pbx.asterisk import Asterisk
from tests.pbx.carrier import Carrier, Identity
from tests.pbx.desk_phone import DeskPhone
from tests.pbx.documented import source
from tests.pbx.listening import PASSWORD, DeskSource, over

TANAKA = Identity("0335814111", "田中")


class Desk(DeskSource):
    """The operator of 201, and what the desk makes of what the source tells."""

    def __init__(self, asterisk: Asterisk, made: ClickToDialSource, dials_as: str) -> None:
        self.source = self.dialling = made
        self.merge = CallMerge(own_numbers=[dials_as])
        self.events: queue.Queue[Any] = queue.Queue()
        self.listener = Listener([self.source], self._take)
        self._asterisk, self._state = asterisk, SourceState.STARTING

    def _take(self, event: CallEvent) -> None:
        for told in self.merge.hear(event):
            if isinstance(told, CallOffered | CallAnswered | CallEnded) or event is told:
                self._put(told)

    def _put(self, told: DeskEvent) -> None:
        if not isinstance(told, SourceHeard):
            self.events.put(told)

    def __enter__(self) -> "Desk":
        self.listener.start()
        return self

    def do(self, act: Act, source_id: str = "", number: str = "") -> Cannot | None:
        done = self.listener.submit(self.dialling.do(Order(act, source_id, number))).result(10)
        return done.failed


def watching(asterisk: Asterisk, **settings: Any) -> Desk:
    documented = source("dialling.md", kind="sip-dialog") | {"server": asterisk.network.pbx} | settings
    del documented["kind"]
    return Desk(asterisk, SipDialogSource(SipDialogSettings(**documented), lambda: PASSWORD), documented["username"])


@pytest.fixture
def omote(asterisk: Asterisk, phones: dict[str, DeskPhone]) -> Iterator[Desk]:
    with watching(asterisk) as desk:
        desk.wait_for_state(SourceState.LISTENING)
        yield desk


@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_the_telephone_rings_then_the_number_and_the_end_of_the_talk_is_heard(
    asterisk: Asterisk, phones: dict[str, DeskPhone], transport: TransportName
) -> None:
    with watching(asterisk, **over(asterisk, transport)) as omote:
        omote.wait_for_state(SourceState.LISTENING)
        assert omote.do(Act.DIAL, number="202") is None
        call = omote.offered()
        phones["201"].answer()
        phones["202"].answer()
        answered = omote.end_of(call)
        asterisk.wait_for_talk("201", "202")
        assert omote.dialling.cannot(Act.HANG_UP, call.source_id) is Cannot.LET_GO
        phones["202"].hang_up()
        ended = omote.end_of(call)
        assert not omote.has_more_calls()
    assert (call.direction, call.caller.number) == (Direction.OUT, "202")
    assert isinstance(answered, CallAnswered)
    assert isinstance(ended, CallEnded)
    assert (answered.by, ended.why) == ("201", EndCause.HUNG_UP)


def test_who_is_called_sees_the_operator_and_not_omotes_account(omote: Desk, phones: dict[str, DeskPhone]) -> None:
    assert omote.do(Act.DIAL, number="202") is None
    phones["201"].answer()
    assert phones["202"].wait_for_ring()["peeruri"].startswith("sip:201@")


def test_a_telephone_that_is_not_lifted_and_is_hung_up_from_the_screen_ends_the_call(
    omote: Desk, desk_phone: DeskPhone
) -> None:
    assert omote.do(Act.DIAL, number="202") is None
    call = omote.offered()
    desk_phone.wait_for_ring()
    assert omote.do(Act.HANG_UP, call.source_id) is None
    ended = omote.end_of(call)
    desk_phone.wait_for("CALL_CLOSED")
    assert isinstance(ended, CallEnded)
    assert ended.why is EndCause.CANCELLED
    assert not omote.has_more_calls()


def test_the_operator_who_does_not_want_it_rejects_it_on_the_telephone(omote: Desk, desk_phone: DeskPhone) -> None:
    assert omote.do(Act.DIAL, number="202") is None
    call = omote.offered()
    desk_phone.wait_for_ring()
    desk_phone.hang_up()
    ended = omote.end_of(call)
    assert isinstance(ended, CallEnded)
    assert ended.why is EndCause.CANCELLED


def test_who_does_not_take_it_was_not_reached(omote: Desk, desk_phone: DeskPhone, colleague: DeskPhone) -> None:
    assert omote.do(Act.DIAL, number="202") is None
    call = omote.offered()
    desk_phone.answer()
    colleague.wait_for_ring()
    colleague.hang_up()
    ended = omote.end_of(call)
    assert isinstance(ended, CallEnded)
    assert ended.why is not EndCause.HUNG_UP


@pytest.mark.parametrize("wrong", [{"desk_phone": "204"}, {"username": "1202"}], ids=["phone is off", "empty context"])
def test_a_telephone_that_the_account_can_not_reach_is_no_call_at_all(
    asterisk: Asterisk, phones: dict[str, DeskPhone], wrong: dict[str, str]
) -> None:
    with watching(asterisk, **wrong) as omote:
        omote.wait_for_state(SourceState.LISTENING)
        assert omote.do(Act.DIAL, number="202") is Cannot.NOT_OURS  # 404 for both
        assert not omote.has_more_calls()


def test_who_rings_when_the_talk_is_over_is_a_call_of_his_own(
    omote: Desk, desk_phone: DeskPhone, colleague: DeskPhone, carrier: Carrier, asterisk: Asterisk
) -> None:
    assert omote.do(Act.DIAL, number="202") is None
    call = omote.offered()
    desk_phone.answer()
    colleague.answer()
    assert isinstance(omote.end_of(call), CallAnswered)
    asterisk.wait_for_talk("201", "202")
    colleague.hang_up()
    assert isinstance(omote.end_of(call), CallEnded)
    placed = carrier.gives_up(TANAKA, "0312345678")
    ring = omote.offered()
    assert (ring.direction, ring.caller.number) == (Direction.IN, "0335814111")
    assert isinstance(omote.end_of(ring), CallEnded)
    placed.wait()


@pytest.fixture
def beside(asterisk: Asterisk, phones: dict[str, DeskPhone]) -> Iterator[Desk]:
    """The extension 1211, which the ring group of 201 does not ring."""
    documented = source("pbx-asterisk.md", username="1201", transport=None)
    documented |= {"server": asterisk.network.pbx, "username": "1211", "desk_phone": "201", "bind": "0.0.0.0:0"}
    made = ClickToDialSource(SipSettings(**documented), lambda: PASSWORD)
    with Desk(asterisk, made, "1211") as desk:
        desk.wait_for_state(SourceState.REGISTERED)
        yield desk


def test_a_second_extension_dials_too_and_hears_whether_it_was_answered(
    beside: Desk, asterisk: Asterisk, desk_phone: DeskPhone, colleague: DeskPhone
) -> None:
    assert beside.do(Act.DIAL, number="202") is None
    call = beside.offered()
    desk_phone.answer()
    colleague.answer()
    answered = beside.end_of(call)
    asterisk.wait_for_talk("201", "202")
    assert isinstance(answered, CallAnswered)
    assert not beside.has_more_calls()
