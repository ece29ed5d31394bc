"""On a real X screen: a UDP INVITE makes the window appear with the right name, and it never takes the keyboard."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from tests.end_to_end.other_program import OtherProgram
from tests.end_to_end.running_program import ROOT, Folder, RunningProgram, environment, wait_for
from tests.end_to_end.screen import Screen
from tests.soak.pop_rounds import Kind, PopGround

PICTURE = ROOT / "artefacts" / "pop-x11.png"


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


@pytest.mark.parametrize(("kind", "pops"), [(Kind.ELSEWHERE, 8), (Kind.NOTE, 6), (Kind.CONVERSION, 6)])
def test_pops_take_neither_focus_nor_key_nor_conversion_and_come_before_a_maximised_window(
    screen: Screen, tmp_path: Path, records: Path, kind: Kind, pops: int
) -> None:
    counted = PopGround(screen, tmp_path, records).play(kind, pops)
    assert counted.is_clean, counted
    if kind is Kind.CONVERSION:
        assert counted.conversions > 0
        assert counted.pops_while_converting > 0
    else:
        assert counted.keys > pops * 20


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


def test_a_pop_that_was_moved_is_there_again_after_the_next_start(folder: Folder, screen: Screen) -> None:
    def box(window: str) -> list[str]:
        return screen.xdotool("getwindowgeometry", "--shell", window).splitlines()[1:5]

    with RunningProgram(folder, environment(**screen.environ)) as program:
        program.pop(CUSTOMER_NUMBER)
        window = screen.window("ringing – Omote")
        wait_for(lambda: is_kept_after_a_move(screen, window, folder), "remembered place")
        screen.xdotool("windowmove", window, "61", "123")
        wait_for(lambda: remembered(folder)[:2] == [61, 123], "place where it was left")
        before = box(window)
    with RunningProgram(folder, environment(**screen.environ)) as program:
        program.pop(CUSTOMER_NUMBER)
        wait_for(lambda: box(screen.window("ringing – Omote")) == before, "window at its old place")


def is_kept_after_a_move(screen: Screen, window: str, folder: Folder) -> bool:
    """Again and again: a window that has just been shown is still the window manager's to move."""
    for x, y in ((40, 100), (37, 91)):
        screen.xdotool("windowmove", window, str(x), str(y))
    return bool(remembered(folder))


def remembered(folder: Folder) -> list[int]:
    """Of the pop on the only set of screens there is."""
    file = folder.path / "windows.json"
    (places,) = json.loads(file.read_text("utf-8")).values() if file.exists() else ({},)
    return list(places.get("pop", []))
