"""The demo's records filled once, profiles of the tests' own, and a virtual screen where one can be had."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.demo_records import make_demo_records
from tests.end_to_end.running_program import Folder, RunningProgram, environment
from tests.end_to_end.screen import Screen, missing_programs


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the demo's records as of today, to be copied."""
    return make_demo_records(tmp_path_factory.mktemp("records"), datetime.now(UTC).astimezone())


@pytest.fixture
def folder(tmp_path: Path, records: Path) -> Folder:
    return Folder(tmp_path / "profile", records)


@pytest.fixture
def offscreen(folder: Folder) -> Iterator[RunningProgram]:
    """The program without a screen."""
    with RunningProgram(folder, environment(), "--offscreen") as program:
        yield program


@pytest.fixture(scope="session")
def screen_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """A display of its own with a window manager."""
    if missing := missing_programs():
        pytest.skip(f"{', '.join(missing)} not installed (./run test installs them): NO real window was shown")
    with Screen(tmp_path_factory.mktemp("screen")) as started:
        yield started


@pytest.fixture
def screen(screen_of_all: Screen) -> Screen:
    """That display, and somebody there who manages its windows."""
    screen_of_all.stand()
    return screen_of_all


@pytest.fixture
def on_screen(folder: Folder, screen: Screen) -> Iterator[RunningProgram]:
    """The program on the virtual screen, its main window there: it may take the keyboard once, at the start."""
    with RunningProgram(folder, environment(**screen.environ)) as program:
        screen.window("today's calls")
        yield program


@pytest.fixture
def profile_of(tmp_path: Path) -> Callable[[str], Folder]:
    """A profile without records whose settings end with these lines."""
    return lambda more: Folder(tmp_path / "profile", None, more=more)
