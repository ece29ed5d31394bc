"""A real AmiSource at a fake manager interface: login, calls, and every way in which the connection goes wrong."""

import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from cti.back_off import REFUSED_REST
from cti.events import (
    CallEnded,
    CallOffered,
    Danger,
    EndCause,
    QueuesSeen,
    SourceChanged,
    SourceHeard,
    SourceState,
    SourceWarned,
    Withheld,
)
from tests.cti.ami.running import RunningSource, give_up, ring
from tests.fakes.ami_server import AmiServer, event
from tests.own_address import own_address


@pytest.fixture
def server() -> Iterator[AmiServer]:
    serving = AmiServer()
    yield serving
    serving.close()


def test_call_is_offered_and_ends(server: AmiServer) -> None:
    with RunningSource(server.server) as running:
        running.wait_for_state(SourceState.REGISTERED)
        server.until(lambda request: request["Action"] == "Status")
        ring(server, name="山田太郎")
        offer = running.next(CallOffered)
        assert (offer.caller.number, offer.caller.name, offer.dialled) == ("0312345678", "山田太郎", "0398765432")
        assert offer.received_ns <= offer.parsed_ns <= time.monotonic_ns()
        give_up(server)
        assert running.next(CallEnded).why is EndCause.CANCELLED


def test_withheld_number_is_asked_for_and_told_to_nobody(server: AmiServer, caplog: pytest.LogCaptureFixture) -> None:
    server.presentation = "prohib_not_screened"
    with caplog.at_level("DEBUG"), RunningSource(server.server) as running:
        running.wait_for_state(SourceState.REGISTERED)
        server.until(lambda request: request["Action"] == "Status")
        ring(server, "0399887766")
        offer = running.next(CallOffered)
        asked = server.until(lambda request: "Channel" in request)
    assert offer.caller.withheld is Withheld.ANONYMOUS
    assert (asked["Channel"], asked["Variable"]) == ("PJSIP/trunk-1", "CALLERID(num-pres)")
    assert "0399887766" not in repr(offer) + caplog.text


def test_who_waits_in_the_queues_is_told_from_the_login_to_the_end_of_the_connection(server: AmiServer) -> None:
    server.queued = [event("QueueEntry", Queue="sales", Uniqueid="q.1", CallerIDNum="0399887766", Wait="30")]
    with RunningSource(server.server) as running:
        (first,) = running.next(QueuesSeen).waiting or ()
        assert (first.linked_id, first.queue) == ("q.1", "sales")
        assert timedelta(seconds=30) <= datetime.now(UTC) - first.since < timedelta(seconds=45)
        server.tell(event("QueueCallerJoin", Queue="sales", Uniqueid="q.2", Linkedid="q.2", CallerIDNum="0399887766"))
        seen = running.next(QueuesSeen)
        assert [one.linked_id for one in seen.waiting or ()] == ["q.1", "q.2"]
        assert "0399887766" not in repr(seen)
        server.close()
        assert running.next(QueuesSeen).waiting is None


def test_a_pbx_without_queues_tells_of_none(server: AmiServer) -> None:
    server.denied = {"QueueStatus"}
    with RunningSource(server.server) as running:
        running.wait_for_state(SourceState.REGISTERED)
        ring(server)
        running.next(CallOffered)
        server.until(lambda request: request["Action"] == "QueueStatus")
        give_up(server)
        running.next(CallEnded)
        assert not any(isinstance(one, QueuesSeen) for one in running.events.queue)


def test_account_that_may_not_ask_shows_no_number_and_says_so(server: AmiServer) -> None:
    server.may_ask = False
    with RunningSource(server.server) as running:
        assert running.next(SourceWarned).dangers == ((Danger.NO_PRESENTATION, "omote"),)
        ring(server)
        assert running.next(CallOffered).caller.number == ""


def test_password_is_in_nothing_that_is_sent(server: AmiServer) -> None:
    server.password = "canary-5up3r"
    with RunningSource(server.server, lambda: "canary-5up3r") as running:
        running.wait_for_state(SourceState.REGISTERED)
        server.until(lambda request: request["Action"] == "Status")
    assert server.logins == [True]
    assert b"canary" not in bytes(server.received)


def test_channel_that_is_named_to_break_our_lines_injects_none(server: AmiServer) -> None:
    with RunningSource(server.server) as running:
        running.wait_for_state(SourceState.REGISTERED)
        server.until(lambda request: request["Action"] == "Status")
        hostile = b"Channel: PJSIP/a\nAction: Originate\rAction: Command\r\nUniqueid: t.1\r\nLinkedid: t.1\r\n"
        contact = b"DestChannel: PJSIP/201-1\r\nDestUniqueid: c.1\r\nCallerIDNum: 0312345678\r\n\r\n"
        server.tell(b"Event: DialBegin\r\n" + hostile + contact)
        assert running.next(CallOffered).caller.number == ""
        ring(server, call="2")
        assert running.next(CallOffered).caller.number == "0312345678"
    assert b"Originate" not in bytes(server.received)
    assert b"Command" not in bytes(server.received)


def test_wrong_password_is_tried_twice_and_then_rests_until_there_is_another(server: AmiServer) -> None:
    given = ["wrong"]
    with RunningSource(server.server, lambda: given[0]) as running:
        assert running.wait_for_state(SourceState.REFUSED).detail == "Authentication failed"
        while len(server.logins) < 2:
            time.sleep(0.02)
        time.sleep(0.3)
        assert server.logins == [False, False]
        given[0] = "secret"
        running.listener.submit(running.source.secret_changed())
        running.wait_for_state(SourceState.REGISTERED)
    assert REFUSED_REST == 600


def test_missing_password_is_said() -> None:
    with RunningSource("127.0.0.1:1", lambda: None) as running:
        assert running.wait_for_state(SourceState.NO_SECRET).detail == "omote"


def test_closed_port_is_said_once_and_tried_for_ever() -> None:
    gone = AmiServer()
    gone.close()
    with RunningSource(gone.server) as running:
        assert running.wait_for_state(SourceState.UNREACHABLE).detail == gone.server
        back = AmiServer(port=gone.port)
        assert running.next(SourceChanged).state is SourceState.REGISTERED
    back.close()


def test_pbx_that_goes_away_is_found_again_and_its_calls_are_over(server: AmiServer) -> None:
    with RunningSource(server.server) as running:
        running.wait_for_state(SourceState.REGISTERED)
        server.until(lambda request: request["Action"] == "Status")
        ring(server)
        running.next(CallOffered)
        server.cut()
        running.wait_for_state(SourceState.UNREACHABLE)
        running.wait_for_state(SourceState.REGISTERED)
        assert running.next(CallEnded).why is EndCause.FAILED
        ring(server, call="2")
        assert running.next(CallOffered).linked_id == "t.2"


def test_other_protocol_at_the_port_is_no_pbx(server: AmiServer) -> None:
    server.greeting = b"SSH-2.0-OpenSSH_9.2p1\r\n"
    with RunningSource(server.server) as running:
        assert running.wait_for_state(SourceState.UNREACHABLE).detail == server.server


def test_sign_of_life_is_told(server: AmiServer) -> None:
    with RunningSource(server.server) as running:
        assert datetime.now(UTC) - running.next(SourceHeard).at < timedelta(seconds=10)


def test_endless_line_ends_the_connection(server: AmiServer) -> None:
    with RunningSource(server.server) as running:
        running.wait_for_state(SourceState.REGISTERED)
        server.until(lambda request: request["Action"] == "Status")
        server.tell(b"Event: " + b"x" * 70_000)
        running.wait_for_state(SourceState.UNREACHABLE)
        running.wait_for_state(SourceState.REGISTERED)


AUTHORITY = trustme.CA()


def context_of(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@pytest.fixture
def authority(tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    AUTHORITY.cert_pem.write_to_path(str(path))
    return str(path)


Serve = Callable[..., AmiServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    serving: list[AmiServer] = []

    def begin(certificate: trustme.LeafCert | None, host: str = "127.0.0.1") -> AmiServer:
        serving.append(AmiServer(tls=certificate and context_of(certificate), host=host))
        return serving[-1]

    yield begin
    for one in serving:
        one.close()


def test_a_connection_that_others_can_read_is_warned_of(serve: Serve, authority: str) -> None:
    own = own_address()
    if own is None:
        pytest.skip("NO ADDRESS BUT LOOPBACK HERE")
    with RunningSource(serve(None, own).server) as running:
        assert running.next(SourceWarned).dangers == ((Danger.BARE_NETWORK, own),)
    ours = {"tls": True, "ca_file": authority, "tls_name": "pbx.example"}
    for server, settings in [(serve(None), {}), (serve(AUTHORITY.issue_cert("pbx.example"), own), ours)]:
        with RunningSource(server.server, **settings) as running:
            running.wait_for_state(SourceState.REGISTERED)
            server.until(lambda request: request["Action"] == "Status")
            ring(server)
            assert isinstance(running.next(SourceWarned | CallOffered), CallOffered), "no warning before the call"


def test_calls_come_over_tls(serve: Serve, authority: str) -> None:
    server = serve(AUTHORITY.issue_cert("pbx.example"))
    with RunningSource(server.server, tls=True, ca_file=authority, tls_name="pbx.example") as running:
        running.wait_for_state(SourceState.REGISTERED)
        server.until(lambda request: request["Action"] == "Status")
        ring(server)
        assert running.next(CallOffered).caller.number == "0312345678"


@pytest.mark.parametrize(
    ("issuer", "made_out", "why"),
    [
        (AUTHORITY, ("pbx.example", -1), "expired"),
        (AUTHORITY, ("other.example", 9), "wrong_name"),
        (trustme.CA(), ("pbx.example", 9), "unknown_issuer"),
    ],
    ids=["expired", "wrong name", "unknown issuer"],
)
def test_certificate_that_is_not_what_we_want_is_said(
    serve: Serve, authority: str, issuer: trustme.CA, made_out: tuple[str, int], why: str
) -> None:
    name, days = made_out
    not_before, not_after = datetime.now(UTC) - timedelta(days=20), datetime.now(UTC) + timedelta(days=days)
    server = serve(issuer.issue_cert(name, not_before=not_before, not_after=not_after))
    with RunningSource(server.server, tls=True, ca_file=authority, tls_name="pbx.example") as running:
        assert running.wait_for_state(SourceState.UNTRUSTED).detail == why
    assert server.logins == []


def test_port_without_tls_is_said(server: AmiServer, authority: str) -> None:
    with RunningSource(server.server, tls=True, ca_file=authority, tls_name="pbx.example") as running:
        assert running.wait_for_state(SourceState.UNTRUSTED).detail == "no_tls"
