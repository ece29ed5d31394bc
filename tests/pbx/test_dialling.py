"""Dialling and handing on through a real Asterisk, by the account and the context that the documents set up."""

import queue
from collections.abc import Iterator
from typing import Any

import pytest

from cti.ami.settings import AmiSettings
from cti.ami.source import AmiSource
from cti.control import Act, Cannot, Order
from cti.events import (
    CallAnswered,
    CallEnded,
    CallEvent,
    CallHeld,
    CallOffered,
    Direction,
    EndCause,
    QueuesSeen,
    SourceHeard,
    SourceState,
)
from cti.listener import Listener
from tests.pbx.asterisk import Asterisk, wait_until
from tests.pbx.carrier import Carrier, Identity
from tests.pbx.desk_phone import DeskPhone
from tests.pbx.documented import source
from tests.pbx.listening import PASSWORD, DeskSource

TANAKA = Identity("0335814111", "田中")
DIALLED = "0312345678"


class Dialling(DeskSource):
    """The operator of 201, logged in."""

    def __init__(self, asterisk: Asterisk, **settings: Any) -> None:
        documented = source("dialling.md", kind="ami")
        documented |= {"server": asterisk.network.pbx, "ca_file": str(asterisk.certificate)}
        del documented["kind"]
        self.events: queue.Queue[CallEvent] = queue.Queue()
        self.source = AmiSource(AmiSettings(**(documented | settings)), lambda: PASSWORD)
        self.listener = Listener([self.source], self._take)
        self._asterisk, self._state = asterisk, SourceState.STARTING

    def _take(self, event: CallEvent) -> None:
        if not isinstance(event, SourceHeard | QueuesSeen):
            self.events.put(event)

    def __enter__(self) -> "Dialling":
        self.listener.start()
        self.wait_for_state(SourceState.REGISTERED)
        return self

    def do(self, act: Act, source_id: str = "", number: str = "") -> Cannot | None:
        done = self.listener.submit(self.source.control.do(Order(act, source_id, number))).result(10)
        return done.failed

    def taken(self, carrier: Carrier, phone: DeskPhone, dialled: str = DIALLED) -> CallOffered:
        """A call from outside that the operator has answered."""
        carrier.listens(TANAKA, dialled)
        call = self.offered()
        phone.answer()
        assert isinstance(self.end_of(call), CallAnswered)
        return call


def stands(asterisk: Asterisk, device: str) -> bool:
    """Whether a channel of this telephone is there; others' lines name it too, as what they have dialled."""
    return any(line.startswith(f"{device}-") for line in asterisk.cli("core show channels concise").splitlines())


@pytest.fixture
def omote(asterisk: Asterisk, phones: dict[str, DeskPhone]) -> Iterator[Dialling]:
    with Dialling(asterisk) as dialling:
        yield dialling


def test_the_own_telephone_rings_first_then_the_other_and_both_talk(
    asterisk: Asterisk, omote: Dialling, desk_phone: DeskPhone, colleague: DeskPhone
) -> None:
    assert omote.do(Act.DIAL, number="202") is None
    call = omote.offered()
    assert (call.direction, call.caller.number) == (Direction.OUT, "202")
    desk_phone.answer()
    colleague.answer()
    answered = omote.end_of(call)
    asterisk.wait_for_talk("201", "202")
    colleague.hang_up()
    ended = omote.end_of(call)
    assert isinstance(answered, CallAnswered)
    assert isinstance(ended, CallEnded)
    assert (answered.by, ended.why) == ("201", EndCause.HUNG_UP)
    assert not omote.has_more_calls()


def test_a_telephone_that_is_not_lifted_and_is_hung_up_from_the_screen_ends_the_call(
    omote: Dialling, desk_phone: DeskPhone
) -> None:
    assert omote.do(Act.DIAL, number="202") is None
    call = omote.offered()
    desk_phone.wait_for_ring()
    assert omote.do(Act.HANG_UP, call.source_id) is None
    ended = omote.end_of(call)
    assert isinstance(ended, CallEnded)
    assert ended.why is EndCause.CANCELLED


def test_a_telephone_that_is_off_ends_the_call_at_once(asterisk: Asterisk, phones: dict[str, DeskPhone]) -> None:
    with Dialling(asterisk, watch="204") as omote:
        assert omote.do(Act.DIAL, number="202") is None
        ended = omote.end_of(omote.offered())
    assert isinstance(ended, CallEnded)


def test_who_is_busy_was_not_reached(omote: Dialling, desk_phone: DeskPhone, colleague: DeskPhone) -> None:
    assert omote.do(Act.DIAL, number="202") is None
    call = omote.offered()
    desk_phone.answer()
    colleague.wait_for_ring()
    colleague.hang_up()
    ended = omote.end_of(call)
    assert isinstance(ended, CallEnded)
    assert ended.why is EndCause.BUSY


def test_a_call_that_rings_is_rejected_from_the_screen(
    omote: Dialling, carrier: Carrier, desk_phone: DeskPhone
) -> None:
    placed = carrier.is_refused(TANAKA, DIALLED)
    call = omote.offered()
    desk_phone.wait_for_ring()
    assert omote.do(Act.HANG_UP, call.source_id) is None
    ended = omote.end_of(call)
    assert isinstance(ended, CallEnded)
    del placed


def test_a_call_is_handed_on_blindly(
    asterisk: Asterisk, omote: Dialling, carrier: Carrier, phones: dict[str, DeskPhone]
) -> None:
    call = omote.taken(carrier, phones["201"])
    assert omote.do(Act.TRANSFER, call.source_id, "203") is None
    phones["203"].answer()
    ended = omote.end_of(call)
    assert isinstance(ended, CallEnded)
    wait_until(lambda: stands(asterisk, "PJSIP/203"), "call at 203")


@pytest.fixture
def may_ask(asterisk: Asterisk, phones: dict[str, DeskPhone]) -> Iterator[Dialling]:
    """The operator of 202, whose `Dial` lets him transfer (option t)."""
    with Dialling(asterisk, watch="202") as dialling:
        yield dialling


def test_a_call_is_handed_on_after_a_word(
    asterisk: Asterisk, may_ask: Dialling, carrier: Carrier, phones: dict[str, DeskPhone]
) -> None:
    omote = may_ask
    call = omote.taken(carrier, phones["202"], "202")
    assert omote.do(Act.CONSULT, call.source_id, "201") is None
    phones["201"].answer()
    assert omote.source.control.cannot(Act.TRANSFER, call.source_id) is Cannot.NOT_NOW
    assert isinstance(omote.next_call_event(), CallHeld)  # who calls hears music meanwhile
    assert omote.do(Act.HAND_OVER, call.source_id) is None
    assert isinstance(omote.end_of(call), CallEnded)
    wait_until(lambda: not stands(asterisk, "PJSIP/202"), "end at 202")
    assert stands(asterisk, "PJSIP/201")


def test_a_colleague_is_asked_and_the_caller_taken_back(
    asterisk: Asterisk, may_ask: Dialling, carrier: Carrier, phones: dict[str, DeskPhone]
) -> None:
    omote = may_ask
    call = omote.taken(carrier, phones["202"], "202")
    assert omote.do(Act.CONSULT, call.source_id, "201") is None
    phones["201"].wait_for_ring()
    assert omote.do(Act.TAKE_BACK, call.source_id) is None
    wait_until(lambda: not stands(asterisk, "PJSIP/201"), "end at 201")
    assert omote.source.control.cannot(Act.TRANSFER, call.source_id) is None


def test_the_account_that_only_reads_may_do_nothing(asterisk: Asterisk, phones: dict[str, DeskPhone]) -> None:
    with Dialling(asterisk, username="omote") as omote:
        assert omote.do(Act.DIAL, number="202") is Cannot.NO_RIGHT
        assert omote.source.control.cannot(Act.DIAL) is Cannot.NO_RIGHT
        assert not omote.has_more_calls()
