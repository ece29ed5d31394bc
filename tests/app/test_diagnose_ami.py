"""What `omote diagnose` says of the way to Asterisk's manager interface, a fake one on a real port."""

import asyncio
from collections.abc import Iterator

import pytest

from app.diagnosis.finding import Level
from app.diagnosis.known import Known, Login
from app.diagnosis.source import look_at
from cti.ami.settings import AmiSettings
from tests.fakes.ami_server import AmiServer


@pytest.fixture
def server() -> Iterator[AmiServer]:
    serving = AmiServer()
    yield serving
    serving.close()


def said(server: str, secret: str = "secret", **settings: bool) -> dict[str, tuple[Level, str]]:
    source = AmiSettings("pbx", "201", server, "omote", **settings)
    checks = asyncio.run(look_at(source, Known(Login("keyring" if secret else ""), secret)))
    return {check.name: (check.finding.level, f"{check.finding.text} {check.finding.todo}") for check in checks}


def test_pbx_that_lets_us_in_is_well(server: AmiServer) -> None:
    found = said(server.server)
    assert {level for level, _ in found.values()} == {Level.OK}
    assert set(found) == {"secret", "answer", "account", "presentation"}
    assert "Asterisk Call Manager/11.0.0" in found["answer"][1]


def test_wrong_password_is_tried_once(server: AmiServer) -> None:
    level, text = said(server.server, "wrong")["account"]
    assert (level, server.logins) == (Level.FAULT, [False])
    assert "Authentication failed" in text
    assert 'omote secret set "pbx"' in text


def test_without_a_password_nobody_logs_in(server: AmiServer) -> None:
    found = said(server.server, "")
    assert (found["secret"][0], found["answer"][0]) == (Level.FAULT, Level.OK)
    assert "account" not in found
    assert bytes(server.received) == b""


def test_account_that_may_not_ask_is_said_with_the_line_to_add(server: AmiServer) -> None:
    server.may_ask = False
    level, text = said(server.server)["presentation"]
    assert level is Level.FAULT
    assert "write=reporting" in text


def test_other_protocol_is_said(server: AmiServer) -> None:
    server.greeting = b"SSH-2.0-OpenSSH_9.2p1\r\n"
    level, text = said(server.server)["answer"]
    assert level is Level.FAULT
    assert "not Asterisk's manager interface" in text


def test_port_without_tls_is_said(server: AmiServer) -> None:
    level, text = said(server.server, tls=True)["answer"]
    assert level is Level.FAULT
    assert "the port does not speak TLS" in text


def test_closed_port_is_said() -> None:
    gone = AmiServer()
    gone.close()
    level, text = said(gone.server)["answer"]
    assert level is Level.FAULT
    assert "nobody listens there" in text
