"""The figures of the listener: what they count is counted right; how fast it is, no test asks."""

import shutil
import socket
from contextlib import closing, suppress
from dataclasses import replace
from typing import Any

import pytest

from bench import sip_caller
from bench.burst_bench import Burst, lost_at
from bench.figures import Spread, spread
from bench.ordinary_user import grant_no_more_than
from bench.sip_bench import Answering, SipFigures
from bench.sip_caller import Caller
from bench.sip_table import sip_lines
from bench.sip_text import Dialling, call_of, status_of, to_of
from cti.sip.message import parse_message
from tests.bench.run_bench import bench

SPREAD = spread([1.0, 2.0, 3.0])


def udp() -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind(("127.0.0.1", 0))
    return made


def test_all_who_are_installed_ring_and_no_burst_loses_a_call() -> None:
    told = bench("sip", "--calls", "3", "--pace", "0.01", "--json", "--offscreen")
    installed = {name for name in ("sipp", "baresip") if shutil.which(name)}
    assert [one["pace"] for one in told["answering"]] == [0.01, 0.0]
    for one in told["answering"]:
        assert set(one["spreads"]) == {"omote", "window", "floor"} | installed
        assert all(took["p50"] > 0 for took in one["spreads"].values())
        assert set(one["lost"].values()) == {0}
    assert {(one["who"], one["room"]) for one in told["bursts"]} == {
        ("listen", 0), ("window", 0), ("listen", 212_992), ("window", 212_992)
    }  # fmt: skip
    assert [one["lost"] for one in told["bursts"]] == [0, 0, 0, 0]
    assert [one["answered"] for one in told["bursts"]] == [1_000] * 4
    assert all(one["offered"] > 0 for one in told["bursts"])
    assert told["pyvoip"]["p50"] > 0


def test_datagrams_that_the_kernel_dropped_are_counted_at_their_port() -> None:
    with udp() as deaf, udp() as other, udp() as sender:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        for _one in range(200):
            sender.sendto(b"x" * 900, deaf.getsockname())
        deaf.setblocking(False)
        kept = 0
        with suppress(BlockingIOError):
            while deaf.recv(1000):
                kept += 1
        assert lost_at(deaf.getsockname()[1]) == 200 - kept > 0
        assert lost_at(other.getsockname()[1]) == 0


def test_ordinary_user_gets_no_more_room_whatever_he_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "setsockopt", socket.socket.setsockopt)
    grant_no_more_than(10_000)
    with udp() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1_000_000)
        assert one.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) in {10_000, 20_000}


def test_call_without_a_180_is_lost_and_no_time() -> None:
    with closing(Caller()) as caller, pytest.MonkeyPatch.context() as patch, udp() as deaf:
        patch.setattr(sip_caller, "_PATIENCE", 0.05)
        assert caller.round(deaf.getsockname(), "phone", ["+81312340000"], 2, 0) == {"ms": [], "lost": 2}


def test_invite_is_about_900_bytes_and_its_cancel_and_ack_are_of_the_same_call() -> None:
    call = Dialling("a", "+81312340000", "0312345678", "127.0.0.1:5060")
    invite = parse_message(call.request("INVITE"))
    assert 800 < len(call.request("INVITE")) < 1000
    for method in ("CANCEL", "ACK"):
        other: Any = parse_message(call.request(method, "<sip:x@y>;tag=t"))
        assert (other.call_id, other.via.branch, other.method) == (invite.call_id, invite.via.branch, method)


def test_responses_are_read() -> None:
    data = b"SIP/2.0 487 Request Terminated\r\nCall-ID: a\r\nTo: <sip:x@y>;tag=t\r\n\r\n"
    assert (status_of(data), call_of(data), to_of(data)) == (487, "a", "<sip:x@y>;tag=t")
    assert (status_of(b"INVITE x SIP/2.0\r\n\r\n"), call_of(b""), to_of(b"")) == (0, "", "")


def test_ratio_is_of_the_medians_and_none_beside_nobody() -> None:
    slow: Spread = replace(SPREAD, p50=3.0)
    one = Answering(0.1, {"omote": slow, "sipp": replace(SPREAD, p50=1.5)})
    assert one.ratio("omote", "sipp") == 2.0
    assert one.ratio("omote", "baresip") is None


def test_table_names_everybody_who_was_measured() -> None:
    answering = Answering(0.0, {"omote": SPREAD, "sipp": SPREAD}, {"omote": 0, "sipp": 1})
    burst = Burst("listen", 212_992, 1_000, 856, 200_000.0, 300.0, 993, 7, 40)
    text = "\n".join(sip_lines(SipFigures("a screen", [answering], [burst], SPREAD)))
    assert "back to back" in text
    assert "Omote's listener alone: 1.00 × SIPp" in text
    assert "baresip" not in text
    assert "1,000 to listen, 212,992 bytes of room" in text
