"""The source "sip" over real TCP and TLS connections, run by the real listener thread."""

import socket
import ssl
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from cti.events import CallEnded, CallOffered, EndCause, NotOffered, NotOfferedBecause, SourceState
from cti.listener import Listener
from cti.sip import registration, stream_connection, stream_transport
from cti.sip.registration_state import State
from cti.sip.stream_connection import Owner
from cti.tls import TlsTrouble
from tests.cti.sip.running import RunningSource
from tests.fakes.pbx_on_stream import PbxOnStream, StreamPeer
from tests.fakes.sip_peer import FakeRegistrar, Heard, invite, new_call


def over(transport: str, data: bytes) -> bytes:
    return data.replace(b"SIP/2.0/UDP", f"SIP/2.0/{transport.upper()}".encode())


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(path)
    return str(path)


def pbx_context(authority: trustme.CA, name: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.fixture
def pbx() -> Iterator[PbxOnStream]:
    made = PbxOnStream(FakeRegistrar())
    yield made
    made.close()


def registering(pbx: PbxOnStream, **settings: Any) -> RunningSource:
    return RunningSource(server=pbx.server, username="201", register=True, allow=(), **{"transport": "tcp"} | settings)


def ring(pbx: PbxOnStream, running: RunningSource, call: str) -> CallOffered:
    pbx.call(over("tcp", invite(call, user=running.source.contact_user)))
    offered = running.next_call_event()
    assert isinstance(offered, CallOffered)
    assert pbx.answers.get(timeout=10).status == 100
    return offered


def test_call_over_tcp_rings_on_the_connection_that_registered_and_ends(pbx: PbxOnStream) -> None:
    with registering(pbx) as running:
        running.wait_for_state(SourceState.REGISTERED)
        contact = pbx.registrar.heard[-1].field("Contact")
        host, port = pbx.connections[-1].getpeername()
        assert contact == f"<sip:{running.source.contact_user}@{host}:{port};transport=tcp>"
        assert pbx.registrar.heard[-1].field("Via").startswith(f"SIP/2.0/TCP {host}:{port};branch=z9hG4bK")
        offered = ring(pbx, running, "a")
        assert offered.caller.name == "Tanaka"
        pbx.call(over("tcp", invite("a", user=running.source.contact_user, method="CANCEL")))
        assert [pbx.answers.get(timeout=10).status for _ in range(2)] == [200, 487]
        ended = running.next_call_event()
        assert isinstance(ended, CallEnded)
        assert ended.why is EndCause.CANCELLED
    assert pbx.registrar.bindings == {}, "taken back at the end, over the same connection"
    assert len(pbx.connections) == 1


def test_pbx_that_closes_its_connection_is_registered_with_again_at_once(pbx: PbxOnStream) -> None:
    with registering(pbx) as running:
        running.wait_for_state(SourceState.REGISTERED)
        pbx.cut()
        wait_until(lambda: len(pbx.connections) == 2 and is_bound(pbx, pbx.connections[1]))
        ring(pbx, running, "b")


def is_bound(pbx: PbxOnStream, connection: socket.socket) -> bool:
    host, port = connection.getpeername()
    return any(f"@{host}:{port};transport=tcp" in uri for uri in pbx.registrar.bindings)


def test_pbx_that_is_away_and_comes_back_is_registered_with_again(pbx: PbxOnStream) -> None:
    with registering(pbx) as running:
        running.wait_for_state(SourceState.REGISTERED)
        pbx.close()
        running.wait_for_state(SourceState.UNREACHABLE)
        again = PbxOnStream(FakeRegistrar(), pbx.port)
        running.wait_for_state(SourceState.REGISTERED)
        ring(again, running, "c")
    again.close()


def test_pbx_that_closes_our_new_connection_as_well_is_said_at_once_and_not_asked_in_a_hurry(
    pbx: PbxOnStream, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that is going down does: its port takes a connection after the others are gone."""
    monkeypatch.setattr("cti.sip.registrar.LOOK_EVERY", 60.0)
    with registering(pbx) as running:
        running.wait_for_state(SourceState.REGISTERED)
        pbx.is_going_down = True
        cut_at = time.monotonic()
        pbx.cut()
        running.wait_for_state(SourceState.UNREACHABLE)
        assert time.monotonic() - cut_at < 4, "sooner than the patience with a REGISTER"
        assert len(pbx.connections) <= 3, "one more where the end is seen late"
        pbx.is_going_down = False
        running.wait_for_state(SourceState.REGISTERED)
        ring(pbx, running, "d")
        assert len(pbx.connections) <= 5


def test_pbx_that_ends_each_connection_after_one_answer_is_not_hammered(pbx: PbxOnStream) -> None:
    pbx.registrar.answer = lambda data: pbx.registrar.reply(Heard(data), "503 Busy")  # type: ignore[method-assign]
    pbx.answers_at_most = 1
    with registering(pbx) as running:
        wait_until(lambda: len(pbx.connections) > 1)
        time.sleep(0.5)
        assert len(pbx.connections) == 2
        running.wait_for_state(SourceState.UNREACHABLE)


def test_connection_that_has_gone_dumb_is_left_for_a_new_one(pbx: PbxOnStream, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_connection, "SILENT_AFTER", 0.0)
    monkeypatch.setattr(registration, "PATIENCE", 0.3)
    monkeypatch.setitem(registration._PATIENCE, State.FETCHING, 0.3)
    pbx.is_dumb = True
    with registering(pbx) as running:
        running.wait_for_state(SourceState.UNREACHABLE)
        pbx.is_dumb = False
        running.wait_for_state(SourceState.REGISTERED)
        assert len(pbx.connections) > 1


def test_ping_is_answered_with_a_pong(pbx: PbxOnStream) -> None:
    with registering(pbx) as running:
        running.wait_for_state(SourceState.REGISTERED)
        pbx.call(b"\r\n\r\n")
        assert pbx.answers.get(timeout=10).data == b"\r\n"


def test_call_to_ourselves_rings_where_only_a_connection_leads_out(pbx: PbxOnStream) -> None:
    with registering(pbx) as running:
        running.wait_for_state(SourceState.REGISTERED)
        asked = running.listener.submit(running.source.ring_me("0312345678", "Test"))
        offered = running.next_call_event()
        assert isinstance(offered, CallOffered)
        assert (offered.caller.number, offered.is_test) == ("0312345678", True)
        assert offered.source_id.startswith(asked.result(10))
        door = running.source._door
        assert door is not None
        assert isinstance(running.next_call_event(), CallEnded)
        wait_until(lambda: running.source._door is None)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
            other.bind(door.address)  # nobody's any more


def test_call_over_tls_with_the_pinned_authority(authority: trustme.CA, ca_file: str) -> None:
    pbx = PbxOnStream(FakeRegistrar(), tls=pbx_context(authority))
    with registering(pbx, transport="tls", ca_file=ca_file) as running:
        running.wait_for_state(SourceState.REGISTERED)
        assert ";transport=tls>" in pbx.registrar.heard[-1].field("Contact")
        assert pbx.registrar.heard[-1].field("Via").startswith("SIP/2.0/TLS ")
        ring(pbx, running, "tls")
    pbx.close()


def test_certificate_itself_can_be_pinned(authority: trustme.CA, tmp_path: Path) -> None:
    own = authority.issue_cert("pbx.example")
    own.cert_chain_pems[0].write_to_path(tmp_path / "pbx.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    own.configure_cert(context)
    pbx = PbxOnStream(FakeRegistrar(), tls=context)
    pinned = {"ca_file": str(tmp_path / "pbx.pem"), "tls_name": "pbx.example"}
    with registering(pbx, transport="tls", **pinned) as running:
        running.wait_for_state(SourceState.REGISTERED)
    pbx.close()


@pytest.mark.parametrize(
    ("name", "wanted", "trouble"),
    [
        ("pbx.example", {"tls_name": "other.example"}, TlsTrouble.WRONG_NAME),
        ("pbx.example", {}, TlsTrouble.WRONG_NAME),
        ("127.0.0.1", {"ca_file": ""}, TlsTrouble.UNKNOWN_ISSUER),
    ],
)
def test_certificate_that_is_not_the_pbx_s_is_said_and_no_password_leaves(
    authority: trustme.CA, ca_file: str, name: str, wanted: dict[str, str], trouble: TlsTrouble
) -> None:
    pbx = PbxOnStream(FakeRegistrar(), tls=pbx_context(authority, name))
    with registering(pbx, transport="tls", **{"ca_file": ca_file} | wanted) as running:
        assert running.wait_for_state(SourceState.UNTRUSTED).detail == trouble
    assert pbx.registrar.heard == []
    pbx.close()


def test_port_that_speaks_no_tls_is_said(pbx: PbxOnStream) -> None:
    """The fake answers the greeting of TLS with SIP."""
    pbx.registrar.answer = lambda data: b"SIP/2.0 400 Bad Request\r\nContent-Length: 0\r\n\r\n"  # type: ignore[method-assign]
    with registering(pbx, transport="tls") as running:
        pbx_speaks(pbx)
        assert running.wait_for_state(SourceState.UNTRUSTED).detail == TlsTrouble.NO_TLS


def test_port_that_leaves_the_greeting_of_tls_unanswered_is_said(
    pbx: PbxOnStream, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Asterisk's TCP port does, which waits for the end of a line."""
    monkeypatch.setattr(stream_transport, "GREET_WITHIN", 0.2)
    with registering(pbx, transport="tls") as running:
        assert running.wait_for_state(SourceState.UNTRUSTED).detail == TlsTrouble.SILENT


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # TLS 1.1, which is the matter here
def test_pbx_that_speaks_only_an_old_tls_is_said(authority: trustme.CA, ca_file: str) -> None:
    """As Asterisk 22 does without `method`."""
    context = pbx_context(authority)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    pbx = PbxOnStream(FakeRegistrar(), tls=context)
    with registering(pbx, transport="tls", ca_file=ca_file) as running:
        assert running.wait_for_state(SourceState.UNTRUSTED).detail == TlsTrouble.OLD_TLS
    pbx.close()


def test_right_certificate_in_place_of_the_wrong_one_counts_at_the_next_try(
    authority: trustme.CA, tmp_path: Path
) -> None:
    path = tmp_path / "authority.pem"
    trustme.CA().cert_pem.write_to_path(path)
    pbx = PbxOnStream(FakeRegistrar(), tls=pbx_context(authority))
    with registering(pbx, transport="tls", ca_file=str(path)) as running:
        assert running.wait_for_state(SourceState.UNTRUSTED).detail == TlsTrouble.UNKNOWN_ISSUER
        path.write_text("half a copy")
        assert running.wait_for_state(SourceState.UNTRUSTED).detail == f"not_pem:{path}"
        authority.cert_pem.write_to_path(path)
        running.wait_for_state(SourceState.REGISTERED)
    pbx.close()


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def pbx_speaks(pbx: PbxOnStream) -> None:
    """Say something at once: a port that waits for the end of a line says nothing to TLS's greeting."""
    wait_until(lambda: bool(pbx.connections))
    pbx.call(b"SIP/2.0 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


def test_file_that_is_no_certificate_is_said_until_it_is_one(authority: trustme.CA, tmp_path: Path) -> None:
    path = tmp_path / "authority.pem"
    path.write_text("nothing")
    pbx = PbxOnStream(FakeRegistrar(), tls=pbx_context(authority))
    with registering(pbx, transport="tls", ca_file=str(path)) as running:
        assert running.wait_for_state(SourceState.UNTRUSTED).detail == f"not_pem:{path}"
        authority.cert_pem.write_to_path(path)
        running.wait_for_state(SourceState.REGISTERED)
    pbx.close()


def test_trunk_over_tls_shows_its_certificate_to_whoever_calls(
    authority: trustme.CA, ca_file: str, tmp_path: Path
) -> None:
    authority.issue_cert("omote.example").private_key_and_cert_chain_pem.write_to_path(tmp_path / "own.pem")
    own = str(tmp_path / "own.pem")
    with RunningSource(transport="tls", certificate=own) as running:
        context = ssl.create_default_context(cafile=ca_file)
        with StreamPeer(running.address, tls=context) as peer:
            peer.send(over("tls", invite("a")))
            assert peer.hear().status == 100
            assert isinstance(running.next_call_event(), CallOffered)
        with StreamPeer(running.address) as plain:
            plain.send(over("tcp", invite("b")))
            assert plain.is_closed_by_other()
        with StreamPeer(running.address, tls=context) as peer:
            peer.send(over("tls", invite("c")))
            assert isinstance(event := running.next_call_event(), CallOffered)
            assert event.source_id.startswith("c;")


def test_answers_come_on_the_connection_that_asked_whatever_the_via_says() -> None:
    running = RunningSource(transport="tcp")
    with running, StreamPeer(running.address) as first, StreamPeer(running.address) as second:
        first.send(over("tcp", invite("a", via_host="192.0.2.1:5060", rport="")))
        second.send(over("tcp", invite("b", via_host=first.address)))
        assert (first.hear().field("Call-ID"), second.hear().field("Call-ID")) == ("a", "b")


def test_call_byte_by_byte_over_tcp_is_one_call() -> None:
    with RunningSource(transport="tcp") as running, StreamPeer(running.address) as peer:
        peer.send_slowly(over("tcp", invite("a")))
        assert peer.hear().status == 100
        assert isinstance(running.next_call_event(), CallOffered)


def test_final_answer_is_not_repeated_over_tcp() -> None:
    with RunningSource(transport="tcp") as running, StreamPeer(running.address) as peer:
        peer.send(over("tcp", invite("a")))
        peer.send(over("tcp", invite("a", method="CANCEL")))
        assert [peer.hear().status for _ in range(3)] == [100, 200, 487]
        peer.socket.settimeout(1.2)  # timer G would have fired at 0.5 s
        with pytest.raises(TimeoutError):
            peer.hear()


def test_stranger_is_let_go_without_a_byte() -> None:
    with RunningSource(transport="tcp") as running:
        with StreamPeer(running.address, "127.0.0.2") as stranger:
            assert stranger.is_closed_by_other()
        turned_away = running.next_event()
        assert isinstance(turned_away, NotOffered)
        assert (turned_away.because, turned_away.peer) == (NotOfferedBecause.STRANGER, "127.0.0.2")
        with StreamPeer(running.address) as peer:
            peer.send(over("tcp", invite("a")))
            assert peer.hear().status == 100


@pytest.mark.expected_log("died and starts again")
def test_bug_in_a_task_of_the_port_starts_the_source_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bool:
        raise RuntimeError("a bug")

    monkeypatch.setattr(stream_transport, "LOOK_EVERY", 0.05)
    running = RunningSource(transport="tcp")
    running.listener = Listener([running.source], running.events.put, restart_after=0.0)
    with running:
        with monkeypatch.context() as broken, StreamPeer(running.address):
            broken.setattr(stream_connection.Connection, "is_overdue", fail)
            running.wait_for_state(SourceState.STOPPED)
        running.wait_for_state(SourceState.LISTENING)
        with StreamPeer(running.address) as peer:
            peer.send(over("tcp", invite("a")))
            assert peer.hear().status == 100


def test_peer_that_is_gone_as_soon_as_it_has_come_leaves_no_trace() -> None:
    """As a monitor does that looks whether the port is open. A bug in a callback of the loop would be logged."""
    with RunningSource(transport="tcp") as running:
        for _ in range(5):
            peer = StreamPeer(running.address)
            peer.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            peer.close()
        with StreamPeer(running.address) as peer:
            peer.send(over("tcp", invite("a")))
            assert peer.hear().status == 100


def test_stop_does_not_wait_for_each_of_many_that_leave_its_farewell_unanswered(
    authority: trustme.CA, ca_file: str, tmp_path: Path
) -> None:
    authority.issue_cert("omote.example").private_key_and_cert_chain_pem.write_to_path(tmp_path / "own.pem")
    context = ssl.create_default_context(cafile=ca_file)
    running = RunningSource(transport="tls", certificate=str(tmp_path / "own.pem"))
    with running:
        peers = [StreamPeer(running.address, tls=context) for _ in range(stream_transport.MAX_PER_HOST)]
        for number, peer in enumerate(peers):
            peer.send(over("tls", invite(f"call{number}")))
            assert peer.hear().status == 100
        began = time.monotonic()
        running.listener.stop()
        assert time.monotonic() - began < len(peers) / 2 * stream_transport.LEAVE_WITHIN
    for peer in peers:
        peer.close()


def test_busy_connection_whose_reads_end_within_messages_is_not_slow() -> None:
    now, heard = [0.0], list[bytes]()
    owner = Owner(lambda data, _peer, _at: heard.append(data), lambda _one: None, lambda _one: None, lambda: now[0])
    connection = stream_connection.Connection(owner)
    message = invite("a")
    connection.data_received(message[:100])
    for _ in range(30):
        now[0] += 1.0
        connection.data_received(message[100:] + message[:100])
        assert not connection.is_overdue(now[0])
    assert heard == [message] * 30
    now[0] += stream_connection.MESSAGE_WITHIN + 0.1
    assert connection.is_overdue(now[0])


def test_message_that_does_not_end_ends_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_connection, "MESSAGE_WITHIN", 0.1)
    monkeypatch.setattr(stream_transport, "LOOK_EVERY", 0.05)
    with RunningSource(transport="tcp") as running, StreamPeer(running.address) as peer:
        peer.send(over("tcp", invite("a"))[:-2])
        assert peer.is_closed_by_other()


def test_connection_without_a_word_is_closed_at_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_transport, "IDLE_LIMIT", 0.1)
    monkeypatch.setattr(stream_transport, "LOOK_EVERY", 0.05)
    with RunningSource(transport="tcp") as running, StreamPeer(running.address) as peer:
        assert peer.is_closed_by_other()


def test_silent_connection_that_leaves_our_answers_unread_is_let_go_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_transport, "LOOK_EVERY", 0.05)
    with RunningSource(transport="tcp") as running, StreamPeer(running.address):
        held = running.source._transport
        assert isinstance(held, stream_transport.StreamTransport)
        wait_until(lambda: len(held._connections) == 1)
        (ours,) = held._connections.values()
        while not running.listener.submit(leave_unread(ours)).result(10):
            pass
        monkeypatch.setattr(ours, "_idle_limit", 0.0)
        wait_until(lambda: not held._connections)


async def leave_unread(ours: stream_connection.Connection) -> bool:
    """Whether the peer's window is full."""
    ours.send(b"x" * 100_000)
    assert ours._wire is not None
    return ours._wire.get_write_buffer_size() > 0


def test_one_host_has_so_many_connections_and_one_more_is_closed_and_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_transport, "MAX_PER_HOST", 8)
    with RunningSource(transport="tcp") as running:
        peers = [StreamPeer(running.address) for _ in range(stream_transport.MAX_PER_HOST)]
        for number, peer in enumerate(peers):
            peer.send(over("tcp", invite(f"call{number}")))
            assert peer.hear().status == 100
        with StreamPeer(running.address) as ninth:
            assert ninth.is_closed_by_other()
        while not isinstance(told := running.next_event(), NotOffered):
            pass
        assert told.because is NotOfferedBecause.TOO_MANY_CONNECTIONS
        peers[0].close()
        wait_until(lambda: rings(running))
        for peer in peers:
            peer.close()


def rings(running: RunningSource) -> bool:
    with StreamPeer(running.address) as peer:
        try:
            peer.send(over("tcp", invite(new_call())))
            return peer.hear().status == 100
        except (OSError, StopIteration):
            return False


def test_peer_that_reads_nothing_is_let_go() -> None:
    """Its answers would fill our memory."""
    with RunningSource(transport="tcp") as running:
        peer = StreamPeer(running.address)
        options = over("tcp", invite("a", method="OPTIONS", extra=f"X: {'x' * 100}\r\n"))
        with pytest.raises(ConnectionError):
            send_without_end(peer, options)
        peer.close()
        with StreamPeer(running.address) as other:
            other.send(over("tcp", invite("b")))
            assert other.hear().status == 100


def send_without_end(peer: StreamPeer, data: bytes) -> None:
    while True:
        peer.send(data)


def test_taken_port_is_said_and_taken_over_once_it_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cti.sip.source.BIND_AGAIN", 0.05)
    other = socket.create_server(("127.0.0.1", 0))
    running = RunningSource(transport="tcp", bind=f"127.0.0.1:{other.getsockname()[1]}")
    running.listener.start()
    running.wait_for_state(SourceState.PORT_IN_USE)
    other.close()
    running.wait_for_state(SourceState.LISTENING)
    running.listener.stop()
