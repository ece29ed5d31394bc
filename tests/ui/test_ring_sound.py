"""Ring sounds: the line's own, from the paint until nothing rings; a real player process, only its noise is faked."""

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from tests.ui.running import RunningDesk
from ui.ring_sound import SoundByPlayer, SoundInProgram, system_player

PLAYER = "import pathlib, sys; pathlib.Path(sys.argv[1] + '.played').open('a').write('x')"


def played(file: Path) -> int:
    told = Path(f"{file}.played")
    return len(told.read_text()) if told.exists() else 0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bell.wav"


def test_a_sound_is_repeated_until_it_is_stopped(qtbot: QtBot, file: Path) -> None:
    sound = SoundByPlayer((sys.executable, "-c", PLAYER))
    sound.play(str(file))
    qtbot.waitUntil(lambda: played(file) >= 2, timeout=10_000)
    sound.stop()
    assert sound.file == ""
    sound._process.waitForFinished()


def test_a_file_that_cannot_be_played_is_tried_once(qtbot: QtBot, file: Path) -> None:
    sound = SoundByPlayer((sys.executable, "-c", "import sys; sys.exit(1)"))
    sound.play(str(file))
    qtbot.waitUntil(lambda: sound.file == "", timeout=10_000)


def test_without_a_player_there_is_silence(file: Path) -> None:
    sound = SoundByPlayer(system_player(lambda _name: None))
    sound.play(str(file))
    assert sound.file == ""


def test_the_lines_sound_begins_with_the_paint_and_ends_when_nothing_rings(desk: RunningDesk, file: Path) -> None:
    sound = SoundByPlayer((sys.executable, "-c", PLAYER))
    desk.desktop.heard.use_sounds(lambda _ring: str(file), sound)
    first = desk.ring(CUSTOMER_NUMBER)
    assert sound.file == str(file)
    second = desk.ring(ENGLISH_NUMBER)
    desk.answer(first)
    assert sound.file == str(file), "another call still rings"
    desk.give_up(second)
    assert sound.file == ""
    sound._process.waitForFinished()


def test_a_break_is_silent(desk: RunningDesk, file: Path) -> None:
    sound = SoundByPlayer((sys.executable, "-c", PLAYER))
    desk.desktop.heard.use_sounds(lambda _ring: str(file), sound)
    desk.desk.breaks.turn()
    call = desk.offer(CUSTOMER_NUMBER)
    desk.qtbot.waitUntil(lambda: call.came_in_break)
    assert sound.file == ""


def test_windows_repeats_it_until_it_is_told_to_stop_and_hears_it_in_that_order(file: Path) -> None:
    asked: list[tuple[str | None, int]] = []
    sound = SoundInProgram(lambda name, how: asked.append((name, how)))
    sound.play(str(file))
    assert sound.file == str(file)
    sound.play("another.wav")
    sound.stop()
    sound.stop()
    assert sound.file == ""
    sound._thread.shutdown()
    again_and_again = 0x20000 | 0x8 | 0x1 | 0x2  # SND_FILENAME, SND_LOOP, SND_ASYNC, SND_NODEFAULT
    assert asked == [(str(file), again_and_again), (None, 0)]


def test_a_file_that_windows_cannot_play_is_logged_and_the_next_one_sounds(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[str | None] = []

    def play_sound(name: str | None, _how: int) -> None:
        asked.append(name)
        if name == "broken.wav":
            raise RuntimeError("Failed to play sound")

    sound = SoundInProgram(play_sound)
    with caplog.at_level("INFO"):
        sound.play("broken.wav")
        sound.stop()
        sound.play(str(file))
        sound._thread.shutdown()
    assert asked == ["broken.wav", None, str(file)]
    assert "broken.wav cannot be played" in caplog.text


def test_no_sound_needs_a_python_to_start() -> None:
    """In the frozen program sys.executable is the program itself."""
    assert "sys.executable" not in Path(sys.modules["ui.ring_sound"].__file__ or "").read_text("utf-8")
