"""The floods: short ones over a real cable between two namespaces, and the probes that watch the program."""

import json
import os
import subprocess
import sys
import time

import pytest
from pytestqt.qtbot import QtBot

from app import demo
from app.paths import profile_at
from bench import flood_bench
from bench.display import off_screen
from bench.flood_bench import FloodFigures, Hall, Length, Memory
from bench.network import DESK, PBX, STRANGER, private_network, why_none
from bench.sip_table import flood_lines
from bench.window_run import LagProbe
from tests.bench.run_bench import ROOT

pytestmark = pytest.mark.timeout(400)  # the floods are a fixture, and a slow machine is waited for

# quiet for longer than a call of a flood may wait without an answer, which is a second
SHORT = Length(seconds=0.3, customer_at=0.1, many=200, quiet=1.5)


@pytest.fixture(scope="module")
def floods(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FloodFigures]:
    if why := why_none():
        pytest.skip(f"{why}: NOTHING was flooded")
    root = tmp_path_factory.mktemp("flood")
    profile = profile_at(root / "demo")
    demo.prepare(profile, demo.demo_settings("light"))
    with private_network() as network:
        return flood_bench.measure(Hall(network, off_screen(), profile.data, root), SHORT)


def test_stranger_gets_nothing_and_nothing_pops(floods: dict[str, FloodFigures]) -> None:
    told = floods["stranger"]
    assert (told.sent, told.answered, told.bytes_back, told.packets_back) == (200, 0, 0, 0)
    assert (told.offered, told.popped, told.rows) == (0, 0, 0)
    assert told.after_ms is not None


def test_copies_of_one_call_are_one_pop_and_one_row(floods: dict[str, FloodFigures]) -> None:
    told = floods["copies"]
    assert (told.sent, told.offered, told.popped, told.rows) == (200, 1, 1, 1)


def test_every_options_is_answered(floods: dict[str, FloodFigures]) -> None:
    told = floods["options"]
    assert (told.answered, told.offered) == (200, 0)
    assert told.bytes_back > 200 * 200


def test_flood_of_the_trusted_peer_is_told_with_the_customer_inside(floods: dict[str, FloodFigures]) -> None:
    for name in ("one number", "many numbers"):
        told = floods[name]
        assert told.sent == 300
        assert told.is_customer_inside
        assert told.inside_ms is not None, "the customer's call inside popped"
        assert 1 <= told.offered <= 60
        assert told.answered == 301
        assert told.late_most_ms >= told.late_p99_ms >= 0
    text = "\n".join(flood_lines(floods, "no screen"))
    assert text.count("inside: INVITE → painted") == 2


def test_second_address_is_a_true_one() -> None:
    if why := why_none():
        pytest.skip(f"{why}: NO namespace was made")
    with private_network() as network:
        listed = {}
        for name, before in (("desk", network.at_desk), ("pbx", network.at_pbx)):
            done = subprocess.run([*before, "ip", "-json", "address"], capture_output=True, text=True, check=True)
            listed[name] = {one["local"] for device in json.loads(done.stdout) for one in device["addr_info"]}
    assert DESK in listed["desk"]
    assert {PBX, STRANGER} <= listed["pbx"]
    assert DESK not in listed["pbx"]


def test_without_root_the_floods_are_skipped_with_a_line() -> None:
    command = [sys.executable, "-c", "import os, sys; os.geteuid = lambda: 1000; sys.argv = ['bench', 'flood']; "
               "from bench.__main__ import main; main()"]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "bench flood was skipped: it needs root, for network namespaces\n"


def test_stall_of_the_qt_thread_counts_once_for_each_event_that_it_held_up(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert application is not None
    probe = LagProbe(application)
    qtbot.waitUntil(lambda: bool(probe.late_ns))
    probe.late_ns.clear()
    time.sleep(0.1)
    qtbot.waitUntil(lambda: bool(probe.late_ns))
    late_ms = [one / 1e6 for one in probe.late_ns]
    probe.deleteLater()
    assert len(late_ms) >= 9
    assert max(late_ms) > 80
    assert sum(one > 40 for one in late_ms) >= 4


def test_memory_tells_the_most_that_was_added() -> None:
    with Memory(os.getpid()) as memory:
        held = bytearray(64_000_000)
        held[::4096] = b"x" * len(held[::4096])
        time.sleep(0.3)
        del held
    assert memory.grown_mb > 50


def test_never_is_said_of_a_customer_who_was_never_seen() -> None:
    one = FloodFigures(1, 1.0, 0, 0, 0, 0, 0, 0, 1.0, 1.0, 0.0, None, None, is_customer_inside=True)
    text = "\n".join(flood_lines({"one number": one}, "no screen"))
    assert text.count("painted never") == 2
