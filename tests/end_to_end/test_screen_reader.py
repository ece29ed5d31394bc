"""Read through AT-SPI, as a screen reader reads it: the real program on a real screen, in a session of its own."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from db.demo import CUSTOMER_NUMBER
from tests.end_to_end import screen_reader
from tests.end_to_end.running_program import ROOT, Folder, RunningProgram, environment
from tests.end_to_end.screen import Screen

LAUNCHERS = [Path("/usr/libexec/at-spi-bus-launcher"), Path("/usr/lib/at-spi2-core/at-spi-bus-launcher")]
Node = dict[str, Any]


def missing() -> list[str]:
    needs = {
        "dbus-daemon": shutil.which("dbus-daemon") is not None,
        "at-spi2-core": any(map(Path.exists, LAUNCHERS)) and screen_reader.is_there(),
    }
    return [name for name, is_there in needs.items() if not is_there]


@contextmanager
def session(screen: Screen) -> Iterator[dict[str, str]]:
    """A D-Bus session of this test's own, in which programs tell a screen reader of themselves."""
    env = environment(**screen.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1")
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"], env=env, stdout=subprocess.PIPE, text=True
    )
    assert bus.stdout is not None
    try:
        yield env | {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
    finally:
        bus.terminate()
        bus.communicate(timeout=10)


@pytest.fixture
def program(folder: Folder, screen: Screen) -> Iterator[RunningProgram]:
    if lacks := missing():
        pytest.skip(f"{', '.join(lacks)} not installed (./run test installs them): NOTHING was read by a screen reader")
    with session(screen) as env, RunningProgram(folder, env) as started:
        screen.window("today's calls")
        yield started


def heard(program: RunningProgram) -> Node:
    words = [sys.executable, "-m", "tests.end_to_end.screen_reader", "Omote"]
    done = subprocess.run(
        words, cwd=ROOT, env=program.env, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    tree: Node = json.loads(done.stdout)
    return tree


def all_of(node: Node) -> Iterator[Node]:
    yield node
    for child in node["children"]:
        yield from all_of(child)


def window(tree: Node, title: str) -> Node:
    (found,) = [one for one in tree["children"] if title in one["name"]]
    return found


def test_all_that_the_keyboard_reaches_has_a_name(program: RunningProgram) -> None:
    program.pop(CUSTOMER_NUMBER)
    tree = heard(program)
    for title in ("ringing – Omote", "today's calls"):
        reached = [one for one in all_of(window(tree, title)) if one["focusable"] and one["showing"]]
        assert len(reached) > 5
        silent = {one["role"] for one in reached if not one["name"].strip()}
        assert silent <= {"table cell"}, "a cell may be empty, whatever else must say what it is"


def test_card_header_rows_and_note_are_read(program: RunningProgram, screen: Screen) -> None:
    program.pop(CUSTOMER_NUMBER)
    pop = screen.window("ringing – Omote")
    screen.xdotool("windowactivate", "--sync", pop)
    screen.xdotool("type", "--delay", "20", "please call back")
    shown = [one for one in all_of(window(heard(program), "ringing – Omote")) if one["showing"]]
    names = [one["name"] for one in shown]
    for words in ("髙橋 一郎", "タカハシ イチロウ", "03-3581-4111", "Open complaint #12"):
        assert any(words in name for name in names), words
    assert "▲ Open complaint: 配送遅延 (severity 3)" in [one["name"] for one in shown if one["role"] == "push button"]
    cells = [one["name"] for one in shown if one["role"] == "table cell"]
    assert any(name == "羽毛布団 ダブル\nOrder A-20931 · 2 pieces" for name in cells)
    (note,) = [one for one in shown if one["name"] == "Note" and one["focusable"]]
    assert note["text"] == "please call back"
    assert note["focused"]
