"""Real sockets: even ports, each given once, all given back."""

import os
import socket
from pathlib import Path
from random import Random

import pytest

from cti.sip.rtp_ports import RtpPorts

HOST = "127.0.0.1"


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 -- as the system tells it


def test_a_pair_is_even_and_odd_and_ours_until_it_is_closed() -> None:
    with RtpPorts(Random(1)).bind(HOST) as pair:
        port = pair.address[1]
        assert port % 2 == 0
        for taken in (port, port + 1):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as another, pytest.raises(OSError, match="in use"):
                another.bind((HOST, taken))
    for free in (port, port + 1):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as another:
            another.bind((HOST, free))


def test_what_somebody_else_has_is_passed_over() -> None:
    probe = RtpPorts(Random(2))
    with probe.bind(HOST) as first:
        lowest = first.address[1]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as somebody:
        somebody.bind((HOST, lowest + 1))  # the odd one alone is taken
        ports = RtpPorts(Random(3), lowest, lowest + 2)
        with ports.bind(HOST) as pair:
            assert pair.address[1] == lowest + 2
            with pytest.raises(OSError, match="no port is free"):
                ports.bind(HOST)


def test_an_address_that_is_not_ours_is_said_at_once() -> None:
    ports = RtpPorts(Random(4))
    with pytest.raises(OSError, match="assign"):
        ports.bind("192.0.2.77")
    assert ports.in_use == 0


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts files as Linux shows them")
def test_a_thousand_pairs_one_after_the_other_leave_no_port_and_no_file() -> None:
    ports = RtpPorts(Random(5))
    ports.bind(HOST).close()
    before = open_files()
    for _ in range(1_000):
        pair = ports.bind(HOST)
        pair.close()
        pair.close()
    assert (open_files(), ports.in_use) == (before, 0)
