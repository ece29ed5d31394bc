"""Ring sounds: the line's own, from the paint until nothing rings; a real player process, only its noise is faked."""

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from tests.ui.running import RunningDesk
from ui.ring_sound import RingSound, system_player

PLAYER = "import pathlib, sys; pathlib.Path(sys.argv[1] + '.played').open('a').write('x')"


def played(file: Path) -> int:
    told = Path(f"{file}.played")
    return len(told.read_text()) if told.exists() else 0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bell.wav"


def test_a_sound_is_repeated_until_it_is_stopped(qtbot: QtBot, file: Path) -> None:
    sound = RingSound((sys.executable, "-c", PLAYER))
    sound.play(str(file))
    qtbot.waitUntil(lambda: played(file) >= 2, timeout=10_000)
    sound.stop()
    assert sound.file == ""
    sound._process.waitForFinished()


def test_a_file_that_cannot_be_played_is_tried_once(qtbot: QtBot, file: Path) -> None:
    sound = RingSound((sys.executable, "-c", "import sys; sys.exit(1)"))
    sound.play(str(file))
    qtbot.waitUntil(lambda: sound.file == "", timeout=10_000)


def test_without_a_player_there_is_silence(file: Path) -> None:
    sound = RingSound(system_player(lambda _name: None))
    sound.play(str(file))
    assert sound.file == ""


def test_the_lines_sound_begins_with_the_paint_and_ends_when_nothing_rings(desk: RunningDesk, file: Path) -> None:
    sound = RingSound((sys.executable, "-c", PLAYER))
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
    sound = RingSound((sys.executable, "-c", PLAYER))
    desk.desktop.heard.use_sounds(lambda _ring: str(file), sound)
    desk.desk.breaks.turn()
    call = desk.offer(CUSTOMER_NUMBER)
    desk.qtbot.waitUntil(lambda: call.came_in_break)
    assert sound.file == ""
