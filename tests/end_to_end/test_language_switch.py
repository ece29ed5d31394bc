"""The other language on a real screen: the windows stand where they stood, and the keyboard stays where it was."""

import subprocess

from tests.end_to_end.running_program import Folder, RunningProgram, wait_for
from tests.end_to_end.screen import Screen

CALLER = "0335814111"
BUTTON = range(84, 46, -6)  # px above the main window's lower edge, where the button of the language is looked for


def place(screen: Screen, window: str) -> tuple[int, int, int, int]:
    """x, y, width and height of what is drawn, without the window manager's frame, which xdotool counts or not."""
    told = subprocess.run(
        ["xwininfo", "-id", window], env=screen.env, capture_output=True, encoding="utf-8", timeout=30, check=True
    ).stdout
    words = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
    x, y, width, height = (int(told.partition(f"{word}:")[2].split()[0]) for word in words)
    return x, y, width, height


def click_on_the_language(screen: Screen, folder: Folder, main: str) -> None:
    x, y, _width, height = place(screen, main)
    for above in BUTTON:
        screen.xdotool("mousemove", str(x + 25), str(y + height - above), "click", "1")
        screen.xdotool("sleep", "0.3")
        if (folder.path / "language.json").exists():
            return
    raise AssertionError("no click changed the language")


def the_one(screen: Screen, title: str) -> str:
    """The visible window with this title, once there are not two."""

    def look() -> str:
        found = screen.xdotool("search", "--onlyvisible", "--name", title, is_sure=False)
        return found if "\n" not in found else ""

    return wait_for(look, f"one window {title!r}")


def test_the_language_changes_at_work_and_stays_for_the_next_start(folder: Folder, screen: Screen) -> None:
    with RunningProgram(folder, screen.env) as program:
        main = screen.window("today's calls")
        call = program.ring(CALLER)
        program.popped(call)
        pop = screen.window("ringing")
        program.cancel(call, CALLER)
        screen.xdotool("windowactivate", "--sync", pop)
        screen.xdotool("type", "--delay", "20", "please call")
        before = place(screen, pop)
        screen.xdotool("windowactivate", "--sync", main)
        click_on_the_language(screen, folder, main)
        now = screen.window("Omote – 今日の通話")
        wait_for(lambda: screen.active() == now, "main window in use")
        pop = the_one(screen, "^Omote$")
        assert place(screen, pop) == before
        screen.xdotool("windowactivate", "--sync", pop)
        screen.xdotool("type", "--delay", "20", " back")
        wait_for(lambda: "please call back" in folder.drafts().values(), "note of both windows in one draft")
        assert program.stop() == 0
        assert program.errors == ""
    with RunningProgram(folder, screen.env):
        assert screen.window("Omote – 今日の通話")
