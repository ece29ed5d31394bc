"""Calls that nobody here wrote, and calls meant to hurt: the right customer pops, and the program lives on."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from db.demo import CUSTOMER_NUMBER
from tests.end_to_end.running_program import RunningProgram, wait_for

SCENARIO = Path(__file__).with_name("ring_briefly.xml")
HOSTILE = Path(__file__).parents[1] / "cti" / "sip" / "hostile"
CORPUS = os.environ.get("OMOTE_SIP_CORPUS", "")
BATCH = 10


def test_a_call_of_sipp_pops_the_right_customer_and_stands_as_missed_afterwards(
    offscreen: RunningProgram, tmp_path: Path
) -> None:
    sipp = shutil.which("sipp")
    if sipp is None:
        pytest.skip("sipp is not installed (Debian: sip-tester): NO call of a foreign program reached the window")
    offscreen.pop("0312340000")  # it listens
    command = [sipp, f"127.0.0.1:{offscreen.folder.port}", "-sf", str(SCENARIO), "-i", "127.0.0.1", "-s", "0312345678"]
    command += ["-m", "1", "-nostdin", "-timeout", "30", "-timeout_error"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    (line,) = [one for one in offscreen.folder.trace("pop") if one["number"] == "+81335814111"]
    assert (line["opened"], line["line"]) == ("C-000001", "Main shop")
    ended = wait_for(lambda: offscreen.folder.trace("ended"), "end of the call")
    assert [(one["call"], one["why"]) for one in ended] == [(line["call"], "cancelled")]


def as_a_call_of_its_own(file: Path) -> bytes:
    """The hostile files share one Call-ID and branch, and would be taken for copies of one call."""
    name = file.stem.encode()
    data = file.read_bytes().replace(b"Call-ID: h@", b"Call-ID: " + name + b"@", 1)
    return data.replace(b"branch=z9hG4bK1\r", b"branch=z9hG4bK" + name + b"\r", 1)


def send_all_in_batches(program: RunningProgram, files: list[Path]) -> None:
    """Each file as one datagram; after every ten a sound call must pop."""
    assert files
    for start in range(0, len(files), BATCH):
        for file in files[start : start + BATCH]:
            program.peer.send(as_a_call_of_its_own(file))
        assert program.pop(CUSTOMER_NUMBER)["opened"] == "C-000001", f"after {files[start].name} and the nine after it"
    assert program.process.poll() is None
    assert program.errors == ""


def test_hostile_calls_leave_the_program_alive_and_a_sound_call_pops_after_each_batch(
    offscreen: RunningProgram,
) -> None:
    offscreen.pop("0312340000")
    send_all_in_batches(offscreen, sorted(HOSTILE.glob("*.dat")))
    names = {line["name"] for line in offscreen.folder.trace("offered")}
    assert "<b>VIP</b>" in names, "the hostile calls were really heard"
    assert "ERROR" not in offscreen.folder.log()
    assert "Traceback" not in offscreen.folder.log()


def test_torture_messages_leave_the_program_alive_and_a_sound_call_pops_after_each_batch(
    offscreen: RunningProgram,
) -> None:
    if not CORPUS:
        pytest.skip("OMOTE_SIP_CORPUS is not set: the RFC 4475 and RFC 5118 messages were NOT sent to the program")
    offscreen.pop("0312340000")
    send_all_in_batches(offscreen, sorted(Path(CORPUS).glob("*.dat")))
    assert "Traceback" not in offscreen.folder.log()
