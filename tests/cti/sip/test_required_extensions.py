"""`Require` that we can't meet: 420 as RFC 3261 wants it, and the call pops all the same."""

import pytest

from cti.events import EndCause
from cti.sip.dialog import Ended, Offered
from tests.cti.sip.wire import Wire
from tests.fakes.sip_peer import Heard, invite


def statuses(heard: list[Heard]) -> list[tuple[int, str]]:
    return [(one.status, one.field("CSeq").split()[1]) for one in heard]


def offers(wire: Wire) -> list[Offered]:
    return [event for event in wire.events if isinstance(event, Offered)]


def test_required_extension_is_refused_without_losing_the_pop_and_the_retry_joins_the_call() -> None:
    wire = Wire()
    answer = wire.say(invite("a", extra="Require: 100rel, precondition\r\n"))
    assert statuses(answer) == [(420, "INVITE")]
    assert answer[0].field("Unsupported") == "100rel, precondition"
    wire.say(invite("a", method="ACK"))
    wire.say(invite("a", branch="z9hG4bKretry", cseq="8 INVITE"))
    wire.say(invite("a", branch="z9hG4bKretry", cseq="8 CANCEL", method="CANCEL"))
    assert [type(event) for event in wire.events] == [Offered, Ended]


@pytest.mark.parametrize("extra", ["Require: 100rel\r\n", "Require: omote.unheard-of\r\nrequire: x,y\r\n"])
def test_refused_call_pops_with_the_identity_of_the_first_invite_and_its_forwarder(extra: str) -> None:
    wire = Wire()
    extra += 'P-Asserted-Identity: "田中" <tel:+81312345678>\r\nDiversion: <sip:0398765432@x>\r\n'
    assert wire.say(invite("a", extra=extra))[0].status == 420
    (offered,) = offers(wire)
    assert (offered.caller.number, offered.caller.name) == ("+81312345678", "田中")
    assert offered.diverted_from == "0398765432"


def test_what_is_required_of_proxies_is_nothing_to_a_user_agent() -> None:
    wire = Wire()
    assert statuses(wire.say(invite("a", extra="Proxy-Require: sec-agree, x\r\n"))) == [(100, "INVITE")]
    answer = wire.say(invite("b", extra="Proxy-Require: x\r\nRequire: 100rel\r\n"))
    assert (answer[0].status, answer[0].field("Unsupported")) == (420, "100rel")
    assert len(offers(wire)) == 2
    assert wire.say(invite("c", method="OPTIONS", extra="Proxy-Require: x\r\n"))[0].status == 200


def test_refused_call_without_a_retry_has_failed() -> None:
    wire = Wire()
    wire.say(invite("a", extra="Require: 100rel\r\n"))
    wire.pass_time(40)
    assert wire.events[1:] == [Ended(offers(wire)[0].call_id, EndCause.FAILED)]
