"""On a real X screen: a hotkey pressed in another program brings the keyboard to the call; a taken one is told."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.demo import CUSTOMER_NUMBER
from tests.end_to_end.other_program import OtherProgram
from tests.end_to_end.running_program import Folder, RunningProgram, environment, wait_for
from tests.end_to_end.screen import Screen

SETTINGS = 'hotkey_call = "Ctrl+Alt+O"\nhotkey_note = "Meta+F9"\n'


@pytest.fixture
def with_hotkeys(folder: Folder) -> Folder:
    return set_hotkeys(folder)


def set_hotkeys(folder: Folder) -> Folder:
    file = folder.path / "settings.toml"
    file.write_text(file.read_text("utf-8").replace("[desk]\n", "[desk]\n" + SETTINGS), "utf-8")
    return folder


@pytest.fixture
def program(with_hotkeys: Folder, screen: Screen) -> Iterator[RunningProgram]:
    with RunningProgram(with_hotkeys, environment(**screen.environ)) as started:
        screen.window("today's calls")
        yield started


@pytest.fixture
def other(program: RunningProgram, screen: Screen, tmp_path: Path) -> Iterator[OtherProgram]:
    started = OtherProgram(screen, tmp_path / "typed.txt", "maximised")
    yield started
    started.close()


@pytest.mark.parametrize("key", ["ctrl+alt+o", "super+F9"])
def test_a_hotkey_takes_the_keyboard_from_another_program_into_the_note(
    program: RunningProgram, screen: Screen, other: OtherProgram, key: str
) -> None:
    call = program.pop(CUSTOMER_NUMBER)["call"]
    assert screen.active() == other.window
    screen.xdotool("key", key)
    wait_for(lambda: screen.active() == screen.window("ringing – Omote"), "active pop")
    screen.xdotool("type", "--delay", "8", "typed at once")
    wait_for(lambda: program.folder.drafts().get(call) == "typed at once", "text in the note")
    assert other.typed == ""


def test_num_lock_and_caps_lock_change_nothing(program: RunningProgram, screen: Screen, other: OtherProgram) -> None:
    program.pop(CUSTOMER_NUMBER)
    screen.xdotool("key", "Num_Lock", "Caps_Lock")
    try:
        screen.xdotool("key", "ctrl+alt+o")
        wait_for(lambda: screen.active() == screen.window("ringing – Omote"), "active pop")
    finally:
        screen.xdotool("key", "Num_Lock", "Caps_Lock")


@pytest.mark.skipif(shutil.which("setxkbmap") is None, reason="setxkbmap is not here")
def test_a_hotkey_is_where_another_keyboard_layout_has_its_letter(
    program: RunningProgram, screen: Screen, other: OtherProgram
) -> None:
    """The letter O stands where S is on a keyboard of the United States."""
    program.pop(CUSTOMER_NUMBER)
    subprocess.run(["setxkbmap", "us", "-variant", "dvorak"], env=screen.env, check=True)
    o_of_dvorak = "39"

    def is_there() -> bool:
        screen.xdotool("key", "--clearmodifiers", "ctrl+alt+" + o_of_dvorak)
        return screen.active() == screen.window("ringing – Omote")

    try:
        wait_for(is_there, "active pop")
        assert "Ctrl+Alt+O" not in program.folder.log()
    finally:
        subprocess.run(["setxkbmap", "us"], env=screen.env, check=True)


@pytest.mark.usefixtures("program")
def test_a_hotkey_that_another_program_has_is_told(screen: Screen, tmp_path: Path) -> None:
    second = set_hotkeys(Folder(tmp_path / "second", None))
    with RunningProgram(second, environment(**screen.environ)) as late:
        wait_for(lambda: "Ctrl+Alt+O" in late.folder.log(), "word of the taken key in the log")
