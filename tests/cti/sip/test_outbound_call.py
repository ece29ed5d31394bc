"""The caller of ring-me and of the demo: in memory against a peer that writes SIP in its own way."""

from random import Random

import pytest

from cti.address import split_host_port
from cti.sip.outbound_call import Invitation, OutboundCall
from tests.fakes.sip_peer import Heard

TARGET, LOCAL = ("127.0.0.1", 5062), ("127.0.0.1", 40_000)


def new_call(**more: object) -> OutboundCall:
    invitation = Invitation(call_id="c1", number="0312345678", name='山"田', user="201", **more)  # type: ignore[arg-type]
    call = OutboundCall(invitation, TARGET, LOCAL, Random(3))
    call.start(0.0)
    return call


def heard(call: OutboundCall) -> list[Heard]:
    return [Heard(data) for data in call.datagrams_to_send()]


def pass_time(call: OutboundCall, until: float) -> list[Heard]:
    out = []
    while (at := call.get_timer()) is not None and at <= until:
        call.handle_timer(at)
        out += heard(call)
    return out


def reply(request: Heard, status: str) -> bytes:
    lines = "".join(f"{name}: {request.field(name)}\r\n" for name in ("Via", "From", "Call-ID", "CSeq"))
    return f"SIP/2.0 {status}\r\n{lines}To: {request.field('To')};tag=uas\r\nContent-Length: 0\r\n\r\n".encode()


def test_invite_names_caller_and_callee_and_is_repeated_until_somebody_answers() -> None:
    call = new_call(fields=(("Diversion", "<sip:0398@x>"),))
    (invite,) = heard(call)
    assert invite.first == "INVITE sip:201@127.0.0.1:5062 SIP/2.0"
    assert invite.field("From").startswith('"山\\"田" <sip:0312345678@127.0.0.1:40000>;tag=')
    assert invite.field("Diversion") == "<sip:0398@x>"
    assert [one.data for one in pass_time(call, 3.6)] == [invite.data] * 3  # 0.5, 1.5, 3.5 s
    call.receive_datagram(reply(invite, "100 Trying"), 4.0)
    assert pass_time(call, 600.0) == []


def test_cancel_waits_for_the_first_answer_and_carries_branch_tag_and_reasons() -> None:
    call = new_call(reasons=('SIP;cause=200;text="Call completed elsewhere"', "Q.850;cause=26"))
    (invite,) = heard(call)
    call.cancel(0.1)
    assert heard(call) == []
    call.receive_datagram(reply(invite, "180 Ringing"), 0.2)
    (cancel,) = heard(call)
    assert (cancel.method, cancel.field("CSeq")) == ("CANCEL", "1 CANCEL")
    assert (cancel.field("Via"), cancel.field("From")) == (invite.field("Via"), invite.field("From"))
    assert cancel.text.count("\r\nReason: ") == 2


def test_487_is_acknowledged_in_the_invites_transaction_each_time_it_comes() -> None:
    call = new_call()
    (invite,) = heard(call)
    for _ in range(2):
        call.receive_datagram(reply(invite, "487 Request Terminated"), 1.0)
    first, second = heard(call)
    assert first.data == second.data
    assert (first.field("CSeq"), first.tag("To")) == ("1 ACK", "uas")
    assert first.field("Via") == invite.field("Via")
    assert (call.is_over, call.final_status) == (True, 487)


def test_nobody_there_ends_the_call_after_32_seconds() -> None:
    call = new_call()
    assert not call.is_over
    assert len(pass_time(call, 100.0)) == 7, "seven sendings in all: timer A doubles until timer B"
    assert (call.is_over, call.final_status) == (True, None)


def test_cancel_that_nobody_answers_ends_the_call() -> None:
    call = new_call()
    (invite,) = heard(call)
    call.receive_datagram(reply(invite, "100 Trying"), 0.1)
    call.cancel(1.0)
    pass_time(call, 32.0)
    assert not call.is_over
    pass_time(call, 34.0)
    assert call.is_over


@pytest.mark.parametrize("data", [b"", b"rubbish", b"INVITE sip:a@b SIP/2.0\r\n\r\n"])
def test_rubbish_and_strange_branches_are_dropped(data: bytes) -> None:
    call = new_call()
    (invite,) = heard(call)
    call.receive_datagram(data, 0.1)
    call.receive_datagram(reply(invite, "200 OK").replace(b"z9hG4bK", b"z9hG4bKx"), 0.1)
    assert (heard(call), call.final_status) == ([], None)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("pbx.example.jp", ("pbx.example.jp", 5060)),
        ("pbx.example.jp:5080", ("pbx.example.jp", 5080)),
        ("192.0.2.1:0", ("192.0.2.1", 0)),
        ("[2001:db8::1]:5080", ("2001:db8::1", 5080)),
        ("[::]", ("::", 5060)),
        ("2001:db8::1", ("2001:db8::1", 5060)),
    ],
)
def test_host_and_port_of_the_settings_are_read(text: str, address: tuple[str, int]) -> None:
    assert split_host_port(text, 5060) == address


@pytest.mark.parametrize("text", ["", ":5060", "host:99999", "host:x", "x:y:z", "[::1"])
def test_what_is_no_host_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a host"):
        split_host_port(text, 5060)
