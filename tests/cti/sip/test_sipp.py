"""sipp, a program that nobody here wrote, places real calls."""

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from cti.events import CallEnded, CallOffered, EndCause
from tests.cti.sip.running import RunningSource

SCENARIO = Path(__file__).parent / "ring_and_cancel.xml"
CALLS = 20


def test_twenty_of_twenty_calls_of_sipp_ring_are_cancelled_and_get_their_487(tmp_path: Path) -> None:
    sipp = shutil.which("sipp")
    if sipp is None:
        pytest.skip("sipp is not installed (Debian: sip-tester): NO call of a foreign program was placed")
    with RunningSource(calls_per_second=1_000) as running:
        host, port = running.address
        command = [sipp, f"{host}:{port}", "-sf", str(SCENARIO), "-i", "127.0.0.1", "-s", "201"]
        command += ["-m", str(CALLS), "-r", "10", "-nostdin", "-timeout", "60", "-timeout_error", "-trace_err"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=90, check=False)
        assert done.returncode == 0, done.stdout[-3000:]
        events = [running.next_call_event() for _ in range(2 * CALLS)]
        assert running.events.empty()
    offered = [event for event in events if isinstance(event, CallOffered)]
    assert Counter(event.caller.number for event in offered) == {"0612345678": CALLS}
    ended = {event.source_id: event.why for event in events if isinstance(event, CallEnded)}
    assert ended == {event.source_id: EndCause.CANCELLED for event in offered}
