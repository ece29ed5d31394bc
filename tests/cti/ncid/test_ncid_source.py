"""The source "ncid" at a real socket: calls that the box tells of pop, its log does not, and it comes back for ever."""

import socket
import time
from contextlib import suppress

from cti.events import CallAnswered, CallEnded, CallOffered, Direction, EndCause, IdentityFrom, SourceState
from tests.cti.ncid.serving import BEGINNING, Box, Serving, call, info


def test_a_call_is_offered_with_its_line_and_the_log_is_not() -> None:
    with Serving(lines=("POTS=0666661111",)) as serving:
        box = serving.client()
        assert serving.wait_for_state(SourceState.LISTENING).detail == serving.box.server
        before = time.monotonic_ns()
        box.sendall(call())
        offered = serving.next_fact()
        assert isinstance(offered, CallOffered)
        assert before < offered.received_ns < offered.parsed_ns < time.monotonic_ns()
        assert (offered.caller.number, offered.caller.name) == ("0312345678", "TANAKA")
        assert offered.caller.identity_from is IdentityFrom.NCID
        assert (offered.dialled, offered.direction, offered.linked_id) == ("0666661111", Direction.IN, "")
        box.sendall(info(1) + info(2) + info(-1))
        ended = serving.next_fact()
        assert isinstance(ended, CallEnded)
        assert (ended.source_id, ended.why) == (offered.source_id, EndCause.CANCELLED)


def test_what_is_cut_anywhere_comes_together_again() -> None:
    with Serving() as serving:
        box = serving.client()
        box.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in call(name="Café 鈴木") + info(0):
            box.sendall(bytes([byte]))
        offered, answered = serving.next_fact(), serving.next_fact()
        assert isinstance(offered, CallOffered)
        assert offered.caller.name == "Café 鈴木"
        assert isinstance(answered, CallAnswered)
        assert answered.by is None, "a box knows that it rings no more, and not why"


def test_a_server_that_goes_is_said_and_found_again() -> None:
    with Serving() as serving:
        box = serving.client()
        serving.wait_for_state(SourceState.LISTENING)
        box.close()
        assert serving.wait_for_state(SourceState.UNREACHABLE).detail == serving.box.server
        again = serving.client()
        serving.wait_for_state(SourceState.LISTENING)
        again.sendall(call())
        assert isinstance(serving.next_fact(), CallOffered)


def test_what_is_no_caller_id_server_is_left() -> None:
    with Serving(Box([b"SSH-2.0-OpenSSH_9.2\r\n"])) as serving:
        assert serving.client().recv(100) == b""
        serving.wait_for_state(SourceState.UNREACHABLE)


def test_a_line_that_does_not_end_is_left_and_the_next_connection_heard() -> None:
    with Serving() as serving:
        box = serving.client()
        with suppress(OSError):  # it closes while we write
            for _ in range(64):
                box.sendall(b"x" * 65_536)
        serving.wait_for_state(SourceState.UNREACHABLE)
        serving.client().sendall(call())
        assert isinstance(serving.next_fact(), CallOffered)


def test_an_old_server_without_features_is_heard_as_well() -> None:
    with Serving(Box([b"200 Network CallerID Server Version 0.60\r\n", *BEGINNING[2:3]])) as serving:
        serving.client().sendall(call().replace(b"\n", b"\r\n"))
        assert isinstance(serving.next_fact(), CallOffered)
