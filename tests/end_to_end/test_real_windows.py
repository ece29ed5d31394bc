"""On a real X screen: a UDP INVITE makes the window appear with the right name, and it never takes the keyboard."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from tests.end_to_end.running_program import ROOT, RunningProgram, wait_for
from tests.end_to_end.screen import Screen

PICTURE = ROOT / "artefacts" / "pop-x11.png"
POPS = 10


class OtherProgram:
    """What the operator is typing into when the phone rings."""

    def __init__(self, screen: Screen, file: Path) -> None:
        self._file = file
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("other_window.py")), str(file)],
            env=screen.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        self.window = screen.window("Other program")
        screen.xdotool("windowactivate", "--sync", self.window)
        screen.xdotool("windowfocus", "--sync", self.window)

    @property
    def typed(self) -> str:
        return self._file.read_text("utf-8") if self._file.exists() else ""

    def take_picture(self, path: Path) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline().strip() == str(path)

    def close(self) -> None:
        self._process.communicate(timeout=20)


@pytest.fixture
def other(screen: Screen, tmp_path: Path) -> Iterator[OtherProgram]:
    started = OtherProgram(screen, tmp_path / "typed.txt")
    yield started
    started.close()


def test_an_invite_makes_the_window_appear_with_the_right_name(
    on_screen: RunningProgram, screen: Screen, other: OtherProgram
) -> None:
    line = on_screen.pop(CUSTOMER_NUMBER)
    screen.window("ringing – Omote")
    assert (line["opened"], line["number"], line["line"]) == ("C-000001", "+81335814111", "Main shop")
    assert line["why_no_pop"] is None
    stamps = line["stamps_us"]
    assert 0 == stamps["received"] < stamps["parsed"] < stamps["matched"]
    assert stamps["shown"] < stamps["painted"]
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.unlink(missing_ok=True)
    other.take_picture(PICTURE)
    assert colours_of(PICTURE) > 200, "a picture of nothing"


def test_ten_pops_while_typing_elsewhere_take_neither_focus_nor_a_single_key(
    on_screen: RunningProgram, screen: Screen, other: OtherProgram
) -> None:
    before = (screen.focus(), screen.active())
    assert before[1] == other.window
    wanted = ""
    for number in range(POPS):
        words = f"line {number} of what is typed while the phone rings. "
        typist = subprocess.Popen(["xdotool", "type", "--delay", "8", words], env=screen.env)
        call = on_screen.ring(CUSTOMER_NUMBER if number % 2 else ENGLISH_NUMBER)
        on_screen.popped(call)
        assert typist.wait(timeout=30) == 0
        wanted += words
        assert (screen.focus(), screen.active()) == before
    wait_for(lambda: len(other.typed) >= len(wanted), "text in the other window")
    assert other.typed == wanted


def test_second_call_while_typing_leaves_card_and_text_and_joins_the_strip(
    on_screen: RunningProgram, screen: Screen, other: OtherProgram
) -> None:
    first = on_screen.pop(CUSTOMER_NUMBER)
    window = screen.window("ringing – Omote")
    click_into_the_note(screen, window)
    screen.xdotool("type", "--delay", "8", "promised a ")
    second = on_screen.pop(ENGLISH_NUMBER, "Emily")
    assert screen.window(r"\(2\) ringing – Omote") == window
    screen.xdotool("type", "--delay", "8", "callback")
    wait_for(lambda: on_screen.folder.drafts().get(first["call"]) == "promised a callback", "draft of the first call")
    assert second["call"] not in on_screen.folder.drafts()
    assert other.typed == ""


def test_enter_and_space_into_a_window_that_nobody_clicked_finish_nothing(
    on_screen: RunningProgram, screen: Screen, other: OtherProgram
) -> None:
    on_screen.pop(CUSTOMER_NUMBER)
    screen.xdotool("windowactivate", "--sync", screen.window("ringing – Omote"))
    screen.xdotool("key", "Return", "space", "KP_Enter")
    wait_for(lambda: list(on_screen.folder.drafts().values()) == ["\n \n"], "keys in the note")
    assert on_screen.process.poll() is None
    assert screen.window("ringing – Omote")


def click_into_the_note(screen: Screen, window: str) -> None:
    """The note stands at the right, below the header."""
    screen.xdotool("mousemove", "--window", window, "900", "260", "click", "1")
    wait_for(lambda: screen.active() == window, "active pop window")


def colours_of(path: Path) -> int:
    image = QImage(str(path))
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})
