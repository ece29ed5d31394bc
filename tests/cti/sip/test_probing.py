"""Looking at a telephone system over real sockets: which address answers, over UDP and TCP, and what is in the way."""

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
import trustme

from cti.sip.probe import Target
from cti.sip.probing import Looker, Sight, room_at
from cti.sip.settings import SipSettings
from cti.sip.tls import make_tls
from cti.tls import TlsTrouble
from tests.fakes.pbx_on_stream import PbxOnStream
from tests.fakes.pbx_on_udp import PbxOnUdp
from tests.fakes.sip_peer import FakeRegistrar, Heard


class PbxOnTcp:
    """The fake registrar on one TCP connection after the other, its answers cut where no message ends."""

    def __init__(self, registrar: FakeRegistrar) -> None:
        self._registrar = registrar
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.server = f"127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        waiting = b""
        while data := connection.recv(65_536):
            *messages, waiting = (waiting + data).split(b"\r\n\r\n")
            for message in messages:
                if not message.startswith(b"SIP/2.0"):
                    self._answer(connection, message + b"\r\n\r\n")

    def _answer(self, connection: socket.socket, data: bytes) -> None:
        heard, answer = Heard(data), self._registrar.answer(data)
        if heard.method == "SUBSCRIBE" and Heard(answer).status == 200:
            answer += self._registrar.notify(heard, "terminated" if heard.field("Expires") == "0" else "active")
        for part in (answer[:20], answer[20:-3], answer[-3:]):
            connection.sendall(part)

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def pbx() -> Iterator[PbxOnUdp]:
    started = PbxOnUdp(FakeRegistrar())
    yield started
    started.close()


def look(server: str, bind: str = "127.0.0.1:0", transport: Any = "udp") -> Sight:
    looker = Looker(bind, Random(3), lambda: datetime.now(UTC))
    return asyncio.run(looker.look_at(Target(server, "201", "201", transport), "pw201"))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("bind", ["127.0.0.1:0", "0.0.0.0:0"])
def test_everything_is_seen_over_udp(pbx: PbxOnUdp, bind: str) -> None:
    sight = look(pbx.server, bind)
    assert (sight.own_host, sight.trouble) == ("127.0.0.1", "")
    assert sight.findings.bindings is not None
    assert sight.findings.has_notified
    assert pbx.registrar.bindings == {}


def test_everything_is_seen_over_tcp() -> None:
    registrar = FakeRegistrar()
    registrar.bindings = {"sip:201@192.0.2.7": 60}
    pbx = PbxOnTcp(registrar)
    sight = look(pbx.server, "0.0.0.0:0", "tcp")
    pbx.close()
    assert sight.findings.has_notified
    assert sight.findings.neighbours is not None
    assert sight.findings.neighbours.named == "201@192.0.2.7"
    assert {one.field("Via").split()[0] for one in registrar.heard} == {"SIP/2.0/TCP"}


def test_port_where_nobody_listens_is_the_trouble() -> None:
    sight = look(f"127.0.0.1:{free_port()}", transport="tcp")
    assert (sight.own_host, sight.trouble) == ("127.0.0.1", "ECONNREFUSED")


def test_certificate_that_is_not_trusted_is_the_trouble_and_a_pinned_one_is_none(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    pbx = PbxOnStream(FakeRegistrar(), tls=context)
    settings = SipSettings("tls", server=pbx.server, transport="tls")
    target = Target(pbx.server, "201", "201", "tls")
    pinned = replace(settings, ca_file=str(tmp_path / "authority.pem"))
    seen = [
        asyncio.run(Looker("0.0.0.0:0", Random(5), lambda: datetime.now(UTC), make_tls(one)).look_at(target, "pw201"))
        for one in (settings, pinned)
    ]
    pbx.close()
    assert [one.trouble for one in seen] == [TlsTrouble.UNKNOWN_ISSUER, ""]
    assert seen[1].findings.options is not None


def test_name_without_an_address_is_the_trouble() -> None:
    sight = look("no-such-host.invalid:5060")
    assert (sight.addresses, sight.trouble) == ((), "no_address")


def test_of_several_addresses_the_one_that_answers_is_asked(pbx: PbxOnUdp, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(pbx.server.rpartition(":")[2])
    found = [(socket.AF_INET, socket.SOCK_DGRAM, 17, "", (host, port)) for host in ("127.0.0.9", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kind: found)
    start = time.monotonic()
    sight = look(f"pbx.example:{port}")
    assert sight.answering == ("127.0.0.1", port)
    assert sight.findings.has_notified
    assert time.monotonic() - start < 6


def test_room_of_a_taken_port_is_none_to_be_had() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(OSError, match="in use"):
            room_at(f"127.0.0.1:{taken.getsockname()[1]}")
    assert room_at("127.0.0.1:0") > 0
