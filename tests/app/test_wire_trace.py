"""The trace of the wire: what stands in a line, what is never in it, and that nobody who talks waits for the disk."""

import json
import queue
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.compose import build_sources, wire_tap
from app.credentials import Credentials
from app.db_worker import Worker
from app.paths import profile_at
from app.settings import Settings, TraceSettings
from app.settings_layers import load_settings
from app.trace import appending_to
from app.wire_trace import MOST_WAITING, WireTrace
from cti.ami.settings import AmiSettings
from cti.events import SourceState
from cti.listener import Listener
from cti.sip.settings import SipSettings
from cti.sip.source import SipSource
from cti.wire_message import Way, WireMessage
from tests.fakes.sip_peer import SipPeer, invite

AT = datetime(2026, 11, 21, 5, 3, 22, 123_456, tzinfo=UTC)
CANARY = "0398765432"
SOURCE = SipSettings(name="desk phone", server="pbx", dialled_from=("header:X-Dialled",), linked_header="X-Linked-Id")


def message(data: bytes, way: Way = Way.IN, source: str = "desk phone") -> WireMessage:
    return WireMessage(source, way, ("192.0.2.10", 5060), "udp", data, AT)


class Background:
    """Runs nothing until the test says so."""

    def __init__(self) -> None:
        self.jobs: list[Callable[[], None]] = []

    def run(self) -> None:
        while self.jobs:
            self.jobs.pop(0)()


def tracing(*messages: WireMessage, **trace: Any) -> list[dict[str, Any]]:
    lines: list[str] = []
    background = Background()
    wire = WireTrace(Settings(trace=TraceSettings(**trace), sources=(SOURCE,)), lines.append, background.jobs.append)
    for one in messages:
        wire.tap(one)
    background.run()
    return [json.loads(line) for text in lines for line in text.split("\n")]


def test_line_says_when_which_way_with_whom_and_the_head_of_the_message() -> None:
    (line,) = tracing(message(invite("a", caller='"山田" <sip:0312345678@pbx>')))
    assert list(line) == ["v", "at", "source", "way", "peer", "transport", "text", "body"]
    assert (line["v"], line["at"], line["source"]) == (1, "2026-11-21T05:03:22.123456Z", "desk phone")
    assert (line["way"], line["peer"], line["transport"], line["body"]) == ("in", "192.0.2.10:5060", "udp", 0)
    assert line["text"].startswith("INVITE sip:201@omote.example SIP/2.0\r\n")
    assert '\r\nFrom: "山田" <sip:0312345678@pbx>;tag=ft\r\n' in line["text"]


def test_masked_numbers_are_masked_here_too_and_what_the_settings_look_for_stays() -> None:
    extra = f"X-Dialled: 0312345678\r\nX-Linked-Id: 1795304820.206\r\nX-Other: {CANARY}\r\n"
    (line,) = tracing(message(invite("a", caller=f'"Tanaka" <sip:{CANARY}@pbx>', extra=extra)), mask_numbers=True)
    assert CANARY not in line["text"]
    assert "Tanaka" not in line["text"]
    assert "sip:03******32@pbx" in line["text"]
    assert "X-Dialled: 0312345678" in line["text"]
    assert "X-Linked-Id: 1795304820.206" in line["text"]


def test_packets_of_the_manager_interface_stand_beside_without_a_number() -> None:
    lines: list[str] = []
    settings = Settings(sources=(SOURCE, AmiSettings("pbx", "201", "pbx", "omote")))
    wire = WireTrace(settings, lines.append, lambda job: job())
    packet = f"Event: DialBegin\r\nChannel: PJSIP/trunk-1\r\nUniqueid: 1.7\r\nCallerIDNum: {CANARY}".encode()
    wire.tap(message(packet, source="pbx"))
    (line,) = map(json.loads, lines)
    assert (line["source"], line["body"]) == ("pbx", 0)
    assert line["text"] == "Event: DialBegin\r\nChannel: PJSIP/trunk-1\r\nUniqueid: 1.7\r\nCallerIDNum: cut"


@pytest.mark.parametrize("mask_numbers", [False, True])
def test_withheld_number_is_in_no_line_whatever_the_settings_say(*, mask_numbers: bool) -> None:
    ring = invite("a", caller="<sip:anonymous@h>", extra=f"Privacy: id\r\nP-Asserted-Identity: <sip:{CANARY}@h>\r\n")
    cancel = invite("a", caller=f"<sip:{CANARY}@h>", method="CANCEL")
    assert CANARY not in json.dumps(tracing(message(ring), message(cancel), mask_numbers=mask_numbers))


def test_line_is_ascii_so_that_no_stranger_writes_to_a_terminal(tmp_path: Path) -> None:
    background = Background()
    write = appending_to(tmp_path / "wire.jsonl")
    wire = WireTrace(Settings(sources=(SOURCE,)), write, background.jobs.append)
    wire.tap(message(invite("a", caller='"\x1b[2J\x9b\u2028\udcff" <sip:1@h>')))
    background.run()
    data = (tmp_path / "wire.jsonl").read_bytes()
    assert data.isascii()
    assert data.count(b"\n") == 1
    assert "\x9b\u2028\udcff" in json.loads(data)["text"]


def test_keep_alives_leave_no_line() -> None:
    assert tracing(message(b"\r\n\r\n"), message(b"\0\0\0\0"), message(b"")) == []


def test_many_messages_make_one_job_and_one_opening_of_the_file() -> None:
    texts: list[str] = []
    background = Background()
    wire = WireTrace(Settings(sources=(SOURCE,)), texts.append, background.jobs.append)
    for number in range(50):
        wire.tap(message(invite(f"c{number}")))
    assert len(background.jobs) == 1
    background.run()
    assert [len(text.split("\n")) for text in texts] == [50]
    wire.tap(message(invite("later")))
    assert len(background.jobs) == 1


def test_what_comes_while_the_disk_is_slow_is_counted_and_not_kept() -> None:
    lines = tracing(*[message(invite(f"c{number}")) for number in range(MOST_WAITING + 7)])
    assert len(lines) == MOST_WAITING
    assert [line.get("lost") for line in lines[:2]] == [7, None]


@pytest.mark.expected_log("the trace of the wire cannot be written")
def test_full_disk_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    def full(_lines: str) -> None:
        raise OSError(28, "No space left on device")

    background = Background()
    wire = WireTrace(Settings(sources=(SOURCE,)), full, background.jobs.append)
    for number in range(5):
        wire.tap(message(invite(f"c{number}")))
        background.run()
    assert [one.levelname for one in caplog.records] == ["ERROR"]


def test_it_is_off_unless_the_settings_or_the_environment_say_so(tmp_path: Path) -> None:
    profile, files = profile_at(tmp_path), Worker("files", lambda fn, *args: fn(*args))
    none = tmp_path / "none"
    for environ, is_on in (({}, False), ({"OMOTE_TRACE_WIRE": "true"}, True)):
        tap = wire_tap(profile, load_settings(none, none, environ), files)
        assert (tap is not None) is is_on
        assert (tmp_path / "traces").exists() is is_on
    files.stop()


def test_sources_that_the_program_builds_write_what_came_and_what_went(tmp_path: Path) -> None:
    source = SipSettings(name="trunk", register=False, allow=("127.0.0.1",), bind="127.0.0.1:0")
    settings = Settings(trace=TraceSettings(wire=True), sources=(source,))
    profile, files = profile_at(tmp_path), Worker("files", lambda fn, *args: fn(*args))
    events: queue.Queue[object] = queue.Queue()
    built = build_sources(settings, Credentials(), wire_tap(profile, settings, files))
    listener = Listener(built, events.put)
    listener.start()
    while getattr(events.get(timeout=10), "state", "") is not SourceState.LISTENING:
        pass
    (sip,) = built
    assert isinstance(sip, SipSource)
    assert sip.bound_address is not None
    with SipPeer(sip.bound_address) as peer:
        peer.send(invite("a", via_host=peer.address))
        assert peer.hear().status == 100
        here = peer.address
    listener.stop()
    files.stop()
    lines = [json.loads(line) for line in (tmp_path / "traces" / "wire.jsonl").read_text("ascii").splitlines()]
    assert [(line["source"], line["way"], line["peer"]) for line in lines] == [("trunk", way, here) for way in Way]
    assert lines[1]["text"].startswith("SIP/2.0 100 Trying")
