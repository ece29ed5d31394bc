"""The source "sip" on a real UDP socket, run by the real listener thread."""

import socket
import threading
import time
from contextlib import closing

import pytest

from cti.events import (
    CallAnswered,
    CallEnded,
    CallerChanged,
    CallOffered,
    Danger,
    EndCause,
    NotOffered,
    SourceChanged,
    SourceState,
    SourceWarned,
)
from cti.listener import Listener
from cti.sip.source import DUE_WITHIN
from cti.wire_message import Way, WireMessage
from tests.cti.sip.running import RunningSource
from tests.fakes.pbx_on_udp import PbxOnUdp
from tests.fakes.sip_peer import FakeRegistrar, SipPeer, invite


def test_listening_without_registration_says_where() -> None:
    running = RunningSource()
    running.listener.start()
    changed = running.wait_for_state(SourceState.LISTENING)
    host, port = running.address
    assert (changed.detail, changed.source) == (f"{host}:{port}", "desk phone")
    assert changed.at.tzinfo is not None
    running.listener.stop()
    assert running.wait_for_state(SourceState.STOPPED)


def test_call_over_udp_is_offered_with_its_stamps_and_ends_cancelled() -> None:
    with RunningSource(answer="ring") as running, SipPeer(running.address) as peer:
        before = time.monotonic_ns()
        peer.send(invite("a", via_host=peer.address))
        offered = running.next_call_event()
        assert isinstance(offered, CallOffered)
        assert before < offered.received_ns < offered.parsed_ns < time.monotonic_ns()
        assert (offered.caller.name, offered.dialled, offered.is_test) == ("Tanaka", "201", False)
        ringing = peer.hear()
        peer.send(invite("a", via_host=peer.address, method="CANCEL"))
        cancelled, terminated = peer.hear(), peer.hear()
        assert [one.status for one in (ringing, cancelled, terminated)] == [180, 200, 487]
        assert ringing.tag("To") == cancelled.tag("To") == terminated.tag("To") != ""
        ended = running.next_call_event()
        assert isinstance(ended, CallEnded)
        assert (ended.source_id, ended.why) == (offered.source_id, EndCause.CANCELLED)
        assert peer.hear().data == terminated.data, "487 comes again until the ACK"
        peer.send(invite("a", via_host=peer.address, method="ACK", to_tag=terminated.tag("To")))


def test_update_over_udp_tells_who_is_on_the_line_now() -> None:
    with RunningSource(answer="ring") as running, SipPeer(running.address) as peer:
        colleague, customer = '"Suzuki" <sip:202@pbx.example>', 'P-Asserted-Identity: "Sato" <sip:0698765432@x>\r\n'
        peer.send(invite("a", via_host=peer.address, caller=colleague))
        offered, tag = running.next_call_event(), peer.hear().tag("To")
        assert isinstance(offered, CallOffered)
        update = {"method": "UPDATE", "caller": colleague, "to_tag": tag, "cseq": "8 UPDATE", "extra": customer}
        for branch in ("z9hG4bKone", "z9hG4bKone"):
            peer.send(invite("a", via_host=peer.address, branch=branch, **update))
            assert peer.hear().status == 200
        peer.send(invite("a", via_host=peer.address, caller=colleague, method="CANCEL"))
        changed, ended = running.next_call_event(), running.next_call_event()
        assert isinstance(changed, CallerChanged)
        assert (changed.source_id, changed.caller.number, changed.caller.name) == (
            offered.source_id,
            "0698765432",
            "Sato",
        )
        assert isinstance(ended, CallEnded)


def test_call_answered_elsewhere_is_answered_by_somebody_unknown() -> None:
    with RunningSource() as running, SipPeer(running.address) as peer:
        peer.send(invite("a", via_host=peer.address))
        peer.send(invite("a", via_host=peer.address, method="CANCEL", extra="Reason: SIP;cause=200\r\n"))
        offered, answered = running.next_call_event(), running.next_call_event()
        assert isinstance(answered, CallAnswered)
        assert isinstance(offered, CallOffered)
        assert (answered.source_id, answered.by) == (offered.source_id, None)


def test_second_address_of_this_machine_hears_nothing() -> None:
    with RunningSource() as running, SipPeer(running.address, "127.0.0.2") as stranger:
        for method in ("INVITE", "OPTIONS", "FOO"):
            stranger.send(invite("x", via_host=stranger.address, method=method))
        stranger.send(b"INVITE x SIP/9.9\r\nVia: y\r\n\r\n")
        with SipPeer(running.address) as peer:
            peer.send(invite("a", via_host=peer.address))
            assert peer.hear().status == 100
        assert stranger.hears_nothing()
        event = running.next_call_event()
        assert isinstance(event, CallOffered)
        assert event.source_id.startswith("a;")


def test_registers_over_udp_rings_at_the_random_contact_and_unregisters_at_the_end() -> None:
    pbx = PbxOnUdp(FakeRegistrar())
    with RunningSource(server=pbx.server, username="201", register=True, allow=()) as running:
        assert running.wait_for_state(SourceState.REGISTERED).detail == pbx.server
        contact = pbx.registrar.heard[-1].field("Contact")
        assert contact == f"<sip:{running.source.contact_user}@127.0.0.1:{running.address[1]}>"
        with SipPeer(running.address) as peer:
            peer.send(invite("guess", via_host=peer.address, user="201"))
            peer.send(invite("true", via_host=peer.address, user=running.source.contact_user))
            assert peer.hear().field("Call-ID") == "true"
    assert [one.field("Expires") for one in pbx.registrar.heard[-1:]] == ["0"]
    pbx.close()


def test_phone_beside_us_is_warned_of_over_udp() -> None:
    pbx = PbxOnUdp(FakeRegistrar())
    pbx.registrar.bindings["sip:201@192.0.2.7:15010"] = 60
    with RunningSource(server=pbx.server, username="201", register=True, answer="ring") as running:
        warned = running.next_call_event()
        assert isinstance(warned, SourceWarned)
        assert dict(warned.dangers).keys() == {Danger.SHARED_EXTENSION, Danger.KEEPS_RINGING}
    pbx.close()


def test_phone_that_would_lose_its_place_over_udp_loses_it_once() -> None:
    pbx = PbxOnUdp(FakeRegistrar())
    pbx.registrar.bindings["sip:201@192.0.2.7:15010"] = 60
    pbx.registrar.max_contacts = 1
    with RunningSource(server=pbx.server, username="201", register=True) as running:
        warned = running.next_call_event()
        assert isinstance(warned, SourceWarned)
        assert warned.dangers == ((Danger.EVICTED_PHONE, "201@192.0.2.7"),)
        assert running.wait_for_state(SourceState.NO_ROOM).detail == "201@192.0.2.7"
    assert pbx.registrar.bindings == {}, "our own was taken back"
    assert running.wait_for_state(SourceState.STOPPED)
    pbx.close()


def test_wildcard_bind_gives_the_registrar_an_address_that_it_can_reach() -> None:
    pbx = PbxOnUdp(FakeRegistrar())
    with RunningSource(server=pbx.server, username="201", register=True, bind="0.0.0.0:0") as running:
        running.wait_for_state(SourceState.REGISTERED)
        assert f"@127.0.0.1:{running.address[1]}>" in pbx.registrar.heard[-1].field("Contact")
    pbx.close()


def test_missing_secret_is_said_and_nothing_is_sent() -> None:
    pbx = PbxOnUdp(FakeRegistrar())
    with RunningSource(lambda: None, server=pbx.server, username="201", register=True) as running:
        assert running.wait_for_state(SourceState.NO_SECRET).detail == "201"
    assert pbx.registrar.heard == []
    pbx.close()


def test_refused_credentials_are_said_as_the_registrar_said_it() -> None:
    pbx = PbxOnUdp(FakeRegistrar())
    with RunningSource(lambda: "wrong", server=pbx.server, username="201", register=True) as running:
        assert running.wait_for_state(SourceState.REFUSED).detail == "401 Unauthorized"
    pbx.close()


def test_unknown_host_is_unreachable() -> None:
    with RunningSource(server="no-such-host.invalid", username="201", register=True) as running:
        assert running.wait_for_state(SourceState.UNREACHABLE).detail == "no-such-host.invalid"


def test_port_in_use_is_said_and_taken_once_it_is_free() -> None:
    other = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    other.bind(("127.0.0.1", 0))
    bind = f"127.0.0.1:{other.getsockname()[1]}"
    running = RunningSource(bind=bind)
    running.listener.start()
    assert running.wait_for_state(SourceState.PORT_IN_USE).detail == bind
    assert running.source.bound_address is None
    other.close()
    assert running.wait_for_state(SourceState.LISTENING).detail == bind
    running.listener.stop()


@pytest.mark.expected_log("no address for no-such-host.invalid")
def test_peer_that_cannot_be_resolved_does_not_silence_the_others() -> None:
    with RunningSource(allow=("no-such-host.invalid", "127.0.0.1")) as running, SipPeer(running.address) as peer:
        peer.send(invite("a", via_host=peer.address))
        assert peer.hear().status == 100


@pytest.mark.parametrize("bind", ["127.0.0.1:0", "0.0.0.0:0"])
def test_ring_me_is_one_real_call_through_the_socket_flagged_as_a_test(bind: str) -> None:
    with RunningSource(bind=bind, allow=(), register=False) as running:
        call_id = running.listener.submit(running.source.ring_me("0312345678", "試験", "0398765432", 0.1)).result(10)
        offered, ended = running.next_call_event(), running.next_call_event()
    assert isinstance(offered, CallOffered)
    assert offered.source_id.startswith(call_id)
    assert (offered.is_test, offered.dialled) == (True, "0398765432")
    assert (offered.caller.number, offered.caller.name) == ("0312345678", "試験")
    assert isinstance(ended, CallEnded)
    assert ended.why is EndCause.CANCELLED


def test_ring_me_passes_the_contact_check_of_a_registered_source() -> None:
    pbx = PbxOnUdp(FakeRegistrar())
    with RunningSource(server=pbx.server, username="201", register=True, allow=()) as running:
        running.wait_for_state(SourceState.REGISTERED)
        running.listener.submit(running.source.ring_me('03"\r\nX: <1>', 'a"b\r\nX: y')).result(10)
        offered = running.next_call_event()
        assert isinstance(offered, CallOffered)
        assert (offered.caller.number, offered.caller.name) == ("03X1", 'a"b X: y')
    pbx.close()


@pytest.mark.expected_log("the call source desk phone died and starts again")
def test_source_that_dies_of_a_bug_is_started_again() -> None:
    running = RunningSource()
    bugs = iter([ZeroDivisionError("a bug of the desk")])
    put = running.events.put

    def report(event: object) -> None:
        if isinstance(event, CallOffered) and (bug := next(bugs, None)):
            raise bug
        put(event)  # type: ignore[arg-type]

    running.listener = Listener([running.source], report, restart_after=0.0)
    with running:
        with SipPeer(running.address) as peer:
            peer.send(invite("a", via_host=peer.address))
        running.wait_for_state(SourceState.STOPPED)
        running.wait_for_state(SourceState.LISTENING)
        with SipPeer(running.address) as peer:
            peer.send(invite("b", via_host=peer.address))
            assert isinstance(running.next_call_event(), CallOffered)


@pytest.mark.expected_log("died and starts again")
def test_bug_on_the_way_out_lets_the_port_go_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    running = RunningSource(bind=bind)
    running.listener = Listener([running.source], running.events.put, restart_after=0.0)
    with running:
        with monkeypatch.context() as broken, SipPeer(running.address) as peer:
            for step in ("receive_datagram", "stop_registration"):
                broken.setattr(running.source._agent, step, None)  # cannot be called
            peer.send(invite("a", via_host=peer.address))
            running.wait_for_state(SourceState.STOPPED)
        assert running.wait_for_state(SourceState.LISTENING).detail == bind


@pytest.mark.expected_log("died and starts again")
def test_registration_is_said_again_when_the_source_starts_again_after_a_bug() -> None:
    pbx = PbxOnUdp(FakeRegistrar())
    running = RunningSource(server=pbx.server, username="201", register=True, check_contact=False)
    bugs = iter([ZeroDivisionError("a bug of the desk")])
    put = running.events.put

    def report(event: object) -> None:
        if isinstance(event, CallOffered) and (bug := next(bugs, None)):
            raise bug
        put(event)  # type: ignore[arg-type]

    running.listener = Listener([running.source], report, restart_after=0.0)
    with running:
        running.wait_for_state(SourceState.REGISTERED)
        with SipPeer(running.address) as peer:
            peer.send(invite("a", via_host=peer.address))
            running.wait_for_state(SourceState.STOPPED)
        running.wait_for_state(SourceState.REGISTERED)
    pbx.close()


def test_whoever_taps_the_wire_sees_every_message_both_ways_as_it_stood() -> None:
    seen: list[WireMessage] = []
    with RunningSource(tap=seen.append) as running, SipPeer(running.address) as peer:
        ring = invite("a", via_host=peer.address)
        peer.send(ring)
        trying = peer.hear()
        assert isinstance(running.next_call_event(), CallOffered)
        assert {one.peer for one in seen} == {peer.socket_address}
    assert [(one.way, one.data) for one in seen] == [(Way.IN, ring), (Way.OUT, trying.data)]
    assert {(one.source, one.transport) for one in seen} == {("desk phone", "udp")}
    assert seen[0].at <= seen[1].at
    assert "Tanaka" not in repr(seen), "a log line must not carry it by accident"


def test_events_come_on_the_cti_thread_and_stop_is_heard_twice() -> None:
    running = RunningSource()
    names = []
    put = running.events.put

    def report(event: object) -> None:
        names.append(threading.current_thread().name)
        put(event)  # type: ignore[arg-type]

    running.listener = Listener([running.source], report)
    with running:
        pass
    running.listener.stop()
    assert set(names) == {"cti"}
    assert isinstance(running.events.get(), SourceChanged)


def test_what_the_pbx_sends_is_a_sign_of_life_that_is_told_once_in_ten_seconds() -> None:
    with RunningSource() as running, SipPeer(running.address) as peer:
        for call in "ab":
            peer.send(invite(call, via_host=peer.address))
            assert isinstance(running.next_call_event(), CallOffered)
        sign = running.signs.get(timeout=10)
        assert (sign.source, sign.within) == ("desk phone", None), "who only waits for calls owes no signs"
    assert running.signs.empty()


def test_a_registrar_that_answers_owes_the_next_sign_of_life() -> None:
    pbx = PbxOnUdp(FakeRegistrar())
    with RunningSource(server=pbx.server, username="201", register=True) as running:
        running.wait_for_state(SourceState.REGISTERED)
        assert running.signs.get(timeout=10).within == DUE_WITHIN
    pbx.close()


def test_a_stranger_gives_no_sign_of_life() -> None:
    with RunningSource(allow=("192.0.2.1",)) as running, SipPeer(running.address) as peer:
        peer.send(invite("a", via_host=peer.address))
        while not isinstance(running.next_event(), NotOffered):
            pass
    assert running.signs.empty()
