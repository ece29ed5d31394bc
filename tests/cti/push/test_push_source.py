"""The source "push" on real sockets: what a PBX posts becomes calls, what anybody else sends becomes nothing."""

import hashlib
import hmac
import json
import logging
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import trustme

from cti.events import (
    CallAnswered,
    CallEnded,
    CallOffered,
    Danger,
    Direction,
    EndCause,
    IdentityFrom,
    NotOfferedBecause,
    SourceHeard,
    SourceState,
    SourceWarned,
    Withheld,
)
from tests.cti.push.pushing import ANSWER, HANGUP, NEW, PATH, TOKEN, Pushing
from tests.own_address import own_address


@pytest.fixture
def pbx() -> Iterator[Pushing]:
    with Pushing() as pushing:
        yield pushing


def test_a_call_lives_from_new_to_hangup_with_its_stamps(pbx: Pushing) -> None:
    before = time.monotonic_ns()
    assert [pbx.post(one) for one in (NEW, ANSWER, HANGUP)] == [(200, {})] * 3
    offered, answered, ended = pbx.heard()
    assert isinstance(offered, CallOffered)
    assert before < offered.received_ns < offered.parsed_ns < time.monotonic_ns()
    assert (offered.source, offered.source_id, offered.linked_id) == ("pbx", "c-1", "")
    assert (offered.caller.number, offered.caller.identity_from) == ("493055571600", IdentityFrom.PUSH)
    assert (offered.dialled, offered.direction) == ("49711234567", Direction.IN)
    assert isinstance(answered, CallAnswered)
    assert (answered.source_id, answered.by) == ("c-1", "201")
    assert isinstance(ended, CallEnded)
    assert (ended.source_id, ended.why) == ("c-1", EndCause.HUNG_UP)


def test_a_request_is_a_sign_of_life(pbx: Pushing) -> None:
    pbx.post(NEW)
    heard: SourceHeard = pbx.next(SourceHeard)
    assert heard.source == "pbx"


def test_ten_thousand_repetitions_are_one_call(pbx: Pushing) -> None:
    body = b"POST " + PATH.encode() + b" HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
    said = b'{"event":"newCall","from":"0312345678","to":"1","direction":"in","callId":"same"}'
    request = body + str(len(said)).encode() + b"\r\n\r\n" + said
    with socket.create_connection(pbx.address, timeout=30) as wire:
        for _ in range(100):
            wire.sendall(request * 100)
            answered = b""
            while answered.count(b"HTTP/1.1 200") < 100:
                answered += wire.recv(65_536)
    assert [type(one) for one in pbx.heard()] == [CallOffered]


@pytest.mark.parametrize("said", ["anonymous", "Restricted", "private"])
def test_a_withheld_number_is_withheld_and_its_word_is_no_number(pbx: Pushing, said: str) -> None:
    pbx.post(NEW | {"from": said})
    caller = pbx.next(CallOffered).caller
    assert (caller.number, caller.name, caller.withheld) == ("", "", Withheld.ANONYMOUS)


def test_going_out_the_caller_is_whom_we_call(pbx: Pushing) -> None:
    pbx.post(NEW | {"direction": "out", "from": "201", "to": "0312345678", "user[]": "Sato"})
    offered = pbx.next(CallOffered)
    assert (offered.caller.number, offered.dialled, offered.direction) == ("0312345678", "", Direction.OUT)


def test_a_queue_and_the_id_of_the_whole_call_are_told() -> None:
    with Pushing(linked=True) as pbx:
        pbx.post(NEW | {"queue": "support", "callId": "1795410204.330"})
        offered = pbx.next(CallOffered)
        assert (offered.queue, offered.waiting_since, offered.linked_id) == ("support", offered.at, "1795410204.330")


@pytest.mark.skipif(which("curl") is None, reason="NO curl HERE")
@pytest.mark.parametrize("how", ["--data", "--form", "--json"])
def test_curl_says_it_in_each_of_the_three_ways(pbx: Pushing, how: str) -> None:
    fields = [f"{name}={text}" for name, text in NEW.items()] + ["user[]=Sato Hanako", "user[]=鈴木"]
    words = [word for field in fields for word in ("--data-urlencode" if how == "--data" else how, field)]
    if how == "--json":
        words = ["-H", "Content-Type: application/json", "--data-binary", json.dumps(NEW | {"user": ["Sato Hanako"]})]
    host, port = pbx.address
    done = subprocess.run(
        ["curl", "-sS", "-X", "POST", *words, f"http://{host}:{port}{PATH}"], capture_output=True, check=True
    )
    assert done.stdout == b"{}"
    offered = pbx.next(CallOffered)
    assert (offered.caller.number, offered.source_id) == ("493055571600", "c-1")


def test_a_wrong_token_is_no_call_and_is_told(pbx: Pushing, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for path in ("/api/v1/cti/guess", "/api/v1/cti", f"{PATH}x", f"{PATH}/more"):
        assert pbx.post(NEW, path)[0] == 401
        assert pbx.turned_away().because is NotOfferedBecause.FORGED
    assert pbx.heard() == []
    assert TOKEN not in caplog.text


def test_the_token_stands_in_no_event_no_log_and_no_answer(pbx: Pushing, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answers = [pbx.post(NEW), pbx.post({"event": "x"}), pbx.ask("GET", PATH), pbx.ask("POST", PATH + "?event=newCall")]
    assert [status for status, _said in answers] == [200, 422, 405, 404]
    told = pbx.everything()
    assert len(told) >= 5
    assert TOKEN not in caplog.text + str(told) + str(answers)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        (NEW | {"direction": "sideways"}, 422),
        (NEW | {"event": "dtmf"}, 422),
        (NEW | {"callId": ""}, 422),
        (NEW | {"callId": "x" * 251}, 422),
        ({}, 422),
    ],
)
def test_what_makes_no_event_is_refused_and_told(pbx: Pushing, form: dict[str, Any], status: int) -> None:
    answered, said = pbx.post(form)
    assert (answered, list(said)) == (status, ["error"])
    away = pbx.turned_away()
    assert (away.because, away.peer) == (NotOfferedBecause.MALFORMED, "127.0.0.1")
    assert pbx.heard() == []


def test_other_paths_methods_and_types_are_refused(pbx: Pushing) -> None:
    assert pbx.ask("GET", "/")[0] == 404
    assert pbx.ask("GET", PATH)[0] == 405
    assert pbx.ask("HEAD", PATH)[0] == 405
    assert pbx.post(b"<x/>", kind="text/xml")[0] == 415
    assert pbx.post(NEW) == (200, {})


def test_too_long_a_body_or_head_is_refused_before_it_is_read(pbx: Pushing) -> None:
    assert pbx.post(b"x" * 65_537)[0] == 413
    assert pbx.turned_away().because is NotOfferedBecause.TOO_LONG
    assert pbx.ask("POST", PATH, headers={"X-Long": "x" * 20_000})[0] == 431
    assert pbx.turned_away().because is NotOfferedBecause.TOO_LONG


def test_a_peer_beyond_the_sixteenth_connection_is_shown_out(pbx: Pushing) -> None:
    wires = [socket.create_connection(pbx.address, timeout=10) for _ in range(17)]
    away = pbx.turned_away()
    assert (away.because, away.peer) == (NotOfferedBecause.TOO_MANY_CONNECTIONS, "127.0.0.1")
    assert wires[-1].recv(1) == b""
    for wire in wires:
        wire.close()


def test_a_stranger_is_gone_before_a_byte_of_his_is_read() -> None:
    with Pushing(listen="0.0.0.0:0", allow=("192.0.2.7",)) as pbx:
        port = pbx.address[1]
        warned: SourceWarned = pbx.next(SourceWarned)
        assert [danger for danger, _who in warned.dangers] == [Danger.BARE_NETWORK]
        own = own_address()
        if own is None:
            pytest.skip("NO ADDRESS BUT LOOPBACK HERE")
        with socket.create_connection((own, port), timeout=10) as wire, pytest.raises(ConnectionError):
            _until_closed(wire)
        away = pbx.turned_away()
        assert (away.because, away.peer) == (NotOfferedBecause.STRANGER, own)


def _until_closed(wire: socket.socket) -> None:
    wire.sendall(b"POST / HTTP/1.1\r\n")
    if wire.recv(100) == b"":
        raise ConnectionResetError


def test_signed_requests_are_heard_and_others_are_not() -> None:
    with Pushing(proof="hmac") as pbx:
        body, now = b"event=newCall&from=1&to=2&direction=in&callId=s", int(time.time())

        def signed(at: int, secret: str = TOKEN, said: bytes = body) -> str:
            return f"t={at},v1={hmac.new(secret.encode(), str(at).encode() + b'.' + said, hashlib.sha256).hexdigest()}"

        wrong = [signed(now, "x" * 20), signed(now - 400), signed(now, said=b"other"), "t=,v1=", ""]
        for one in wrong:
            assert pbx.post(body, "/api/v1/cti", **{"X-Omote-Signature": one})[0] == 401
        assert pbx.post(body)[0] == 401, "the secret in the path counts for nothing then"
        assert pbx.post(body, "/api/v1/cti", **{"X-Omote-Signature": signed(now)}) == (200, {})
        assert [type(one) for one in pbx.heard()] == [CallOffered]


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, trustme.CA]:
    authority = trustme.CA()
    file = tmp_path / "own.pem"
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(file))
    return file, authority


def test_over_tls_it_shows_its_certificate(certificate: tuple[Path, trustme.CA]) -> None:
    file, authority = certificate
    context = ssl.create_default_context()
    authority.configure_trust(context)
    with Pushing(certificate=str(file)) as pbx:
        plain = socket.create_connection(pbx.address, timeout=10)
        with context.wrap_socket(plain, server_hostname="127.0.0.1") as wire:
            said = b"event=newCall&from=1&to=2&direction=in&callId=s"
            head = f"POST {PATH} HTTP/1.0\r\nContent-Length: {len(said)}\r\n\r\n".encode()
            wire.sendall(head + said)
            assert wire.recv(1000).startswith(b"HTTP/1.1 200")
        assert pbx.next(CallOffered).source_id == "s"


def test_a_certificate_that_cannot_be_used_is_said_and_waited_for(certificate: tuple[Path, trustme.CA]) -> None:
    file, _authority = certificate
    with Pushing(certificate=str(file) + "x") as pbx:
        assert pbx.wait_for_state(SourceState.UNTRUSTED).detail == f"no_file:{file}x"


def test_a_port_that_another_has_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        with Pushing(listen=taken) as pbx:
            assert pbx.wait_for_state(SourceState.PORT_IN_USE).detail == taken


def test_without_a_secret_it_hears_nobody_until_there_is_one() -> None:
    secrets = iter(["", "short", TOKEN, "another-token-of-ours"])
    with Pushing(secret=lambda: next(secrets) or None) as pbx:
        assert pbx.wait_for_state(SourceState.NO_SECRET).detail == ""
        pbx.listener.submit(pbx.source.secret_changed())
        assert pbx.wait_for_state(SourceState.NO_SECRET).detail == "short"
        pbx.listener.submit(pbx.source.secret_changed())
        pbx.wait_for_state(SourceState.LISTENING)
        assert pbx.post(NEW) == (200, {})
        pbx.listener.submit(pbx.source.secret_changed())
        pbx.wait_for_state(SourceState.LISTENING)
        assert pbx.post(ANSWER)[0] == 401
        assert pbx.post(ANSWER, "/api/v1/cti/another-token-of-ours") == (200, {})
        assert [type(one) for one in pbx.heard()] == [CallAnswered], "the call is still known"
