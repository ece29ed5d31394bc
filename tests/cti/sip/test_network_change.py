"""A real network that breaks: a cable between two namespaces, a registrar at one end, our listener at the other."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cti.sip.namespaces import DESK_HOST, PBX_HOST, Cable, ip, lines, need_namespaces

WITHIN = 15.0  # seconds until registered again
pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def cable() -> Iterator[Cable]:
    need_namespaces()
    with Cable() as joined:
        yield joined


def start_pbx(cable: Cable, host: str = PBX_HOST, *name: str) -> "subprocess.Popen[str]":
    pbx = cable.run(cable.pbx, "tests.fakes.registrar_process", host, *name)
    assert lines(pbx).readline() == "listening\n"
    return pbx


def start_desk(cable: Cable, server: str = PBX_HOST, name_server: Path | None = None) -> "subprocess.Popen[str]":
    return cable.run(cable.desk, "tests.cti.sip.listening_process", server, name_server=name_server)


def registered(pbx: "subprocess.Popen[str]", after: float = 0.0) -> tuple[float, str]:
    """The time and the Contact of the first REGISTER that was granted `after`; the test's timeout ends the waiting."""
    while True:
        at, _, contact = lines(pbx).readline().partition(" ")
        if float(at) >= after:
            return float(at), contact


def state_of(desk: "subprocess.Popen[str]", state: str) -> float:
    while True:
        at, said, *_ = lines(desk).readline().split(" ")
        if said == state:
            return float(at)


def wait_out(seconds: float) -> None:
    """A cut lasts as long as it lasts: nothing tells when a program that must not notice has not noticed."""
    time.sleep(seconds)


def check(since: float, until: float) -> None:
    """Hold the bound, and leave the figure in the report."""
    sys.stdout.write(f"registered again after {until - since:.1f} s\n")
    assert until - since <= WITHIN


@pytest.mark.parametrize(("end", "away"), [("desk", 4.0), ("pbx", 9.0)])
def test_registered_again_after_the_cable_was_out(cable: Cable, end: str, away: float) -> None:
    pbx, desk = start_pbx(cable), start_desk(cable)
    registered(pbx)
    where = cable.desk if end == "desk" else cable.pbx
    cable.set_link(where, "down")
    wait_out(away)
    back = time.monotonic()
    cable.set_link(where, "up")
    check(back, registered(pbx, after=back)[0])
    assert desk.poll() is None


def test_registered_again_from_a_new_address(cable: Cable) -> None:
    pbx, _ = start_pbx(cable), start_desk(cable)
    assert f"@{DESK_HOST}:" in registered(pbx)[1]
    back = time.monotonic()
    ip("-n", cable.desk, "address", "flush", "dev", "cable")
    ip("-n", cable.desk, "address", "add", "10.213.0.77/24", "dev", "cable")
    at, contact = registered(pbx, after=back)
    assert "@10.213.0.77:" in contact
    check(back, at)


def test_registered_again_with_a_pbx_that_restarted_between_two_options_and_forgot(cable: Cable) -> None:
    pbx, _ = start_pbx(cable), start_desk(cable)
    registered(pbx)
    pbx.kill()
    wait_out(2.0)
    back = time.monotonic()
    check(back, registered(start_pbx(cable))[0])


def test_registered_again_after_the_program_slept(cable: Cable) -> None:
    pbx, desk = start_pbx(cable), start_desk(cable)
    registered(pbx)
    desk.send_signal(signal.SIGSTOP)
    wait_out(9.0)
    ip("-n", cable.desk, "address", "flush", "dev", "cable")
    ip("-n", cable.desk, "address", "add", "10.213.0.77/24", "dev", "cable")
    back = time.monotonic()
    desk.send_signal(signal.SIGCONT)
    at, contact = registered(pbx, after=back)
    assert "@10.213.0.77:" in contact
    check(back, at)


def test_pbx_that_moved_to_another_address_in_the_dns_is_found(cable: Cable, tmp_path: Path) -> None:
    ip("-n", cable.pbx, "address", "add", "10.213.0.3/24", "dev", "cable")
    (tmp_path / "resolv.conf").write_text(f"nameserver {PBX_HOST}\nnameserver 10.213.0.3\n")
    pbx = start_pbx(cable, PBX_HOST, "pbx.example")
    desk = start_desk(cable, "pbx.example", tmp_path / "resolv.conf")
    registered(pbx)
    pbx.kill()
    state_of(desk, "unreachable")
    back = time.monotonic()
    check(back, registered(start_pbx(cable, "10.213.0.3", "pbx.example"))[0])
