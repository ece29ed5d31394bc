"""What the trace of the wire keeps of AMI: no number and no name of a caller, no proof of the password."""

import re
from collections.abc import Iterator

import pytest

from cti.ami.wire import Wire, redacted
from cti.wire_message import Way, WireMessage
from tests.cti.ami.played import RECORDED, VERSIONS, packets_of, stream
from tests.cti.ami.running import RunningSource, give_up, ring
from tests.fakes.ami_server import AmiServer

PEER = ("192.0.2.10", 5038)
IDS = re.compile(r"^\w*(?:Uniqueid|Linkedid): .*$", re.MULTILINE | re.IGNORECASE)
PEOPLE = ("山田", "田中", "佐藤", "Suzuki", "ACME", "Second", "Operator", "髙﨑")


@pytest.fixture
def server() -> Iterator[AmiServer]:
    serving = AmiServer()
    yield serving
    serving.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_no_number_and_no_name_of_any_recorded_call_stays(version: str) -> None:
    for file in sorted((RECORDED / version).iterdir()):
        packets = packets_of(file.read_bytes())
        kept = [redacted(packet.raw) for packet in packets]
        assert [one.partition("\r\n")[0] for one in kept if one.startswith("Event: ")] == [
            f"Event: {packet.event}" for packet in packets if packet.event
        ]
        values = re.findall(r"(?m)^[^:]*: (.*)$", IDS.sub("", "\n".join(kept).replace("\r", "")))
        assert [value for value in values if re.search("[0-9]{6,}", value)] == []
        assert [value for value in values if any(name in value for name in PEOPLE)] == []


def test_what_says_how_a_call_went_stays() -> None:
    packets = packets_of(stream("22", "queue-answered-by-202"))
    kept = "\r\n".join(redacted(packet.raw) for packet in packets).split("\r\n")
    for line in ("Queue: support", "DialStatus: ANSWER", "ChannelStateDesc: Ringing", "Exten: 600", "Cause: 26"):
        assert line in kept
    assert "CallerIDNum: cut" in kept


def test_the_id_of_our_question_stays_and_another_programs_does_not() -> None:
    assert redacted(b"Response: Success\r\nActionID: omote-0123456789abcdef").endswith("omote-0123456789abcdef")
    assert redacted(b"Event: OriginateResponse\r\nActionID: 0399887766").endswith("ActionID: cut")


@pytest.mark.parametrize("step", [1, 7, 1000])
def test_packets_are_whole_whatever_the_reads_cut(step: int) -> None:
    data, kept = stream("16", "blind-transfer"), list[WireMessage]()
    wire = Wire(kept.append, "pbx", PEER, "tcp")
    for start in range(0, len(data), step):
        wire.heard(data[start : start + step])
    assert [one.data for one in kept] == [packet.raw for packet in packets_of(data)]


def test_what_is_no_ami_is_kept_from_nobody_and_breaks_nothing() -> None:
    kept = list[WireMessage]()
    Wire(kept.append, "pbx", PEER, "tcp").heard(b"SSH-2.0-OpenSSH_9.2p1\r\n\r\n")
    assert kept == []


def test_both_ways_of_a_real_connection_are_kept_without_a_secret(server: AmiServer) -> None:
    server.password = "canary-5up3r"
    kept = list[WireMessage]()
    with RunningSource(server.server, lambda: "canary-5up3r", tap=kept.append) as running:
        server.until(lambda request: request["Action"] == "Status")
        ring(server, "0399887766", "Tanaka")
        server.until(lambda request: "Channel" in request)
        give_up(server)
    told = [(one.way, redacted(one.data)) for one in kept]
    assert {one.peer[1] for one in kept} == {server.port}
    assert (Way.OUT, "Action: Challenge\r\nAuthType: MD5") in told
    (login,) = [text for way, text in told if way is Way.OUT and "Action: Login" in text]
    assert "Username: omote\r\nKey: cut" in login
    assert any(way is Way.IN and "Event: DialBegin" in text for way, text in told)
    assert any(way is Way.IN and "Value: allowed_not_screened" in text for way, text in told)
    assert not any(word in text for _way, text in told for word in ("canary", "0399887766", "Tanaka"))
    assert running.source.name == "pbx"
