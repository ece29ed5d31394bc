"""Real widgets without a screen, words from the compiled catalogues, a clock and a time zone that stand still."""

import gc
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.words import use_language
from db.engine import FILE_NAME
from tests.demo_records import make_demo_records
from tests.ui.running import NOW, RunningDesk
from ui.collector import collect_if_due
from ui.qt_words import speak_qt
from ui.theme import LIGHT, dress

HERE = Path(__file__).parent
COMPILE = HERE.parents[1] / "packaging" / "compile_catalogues.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The off-screen plug-in says at every window that it knows no window manager: nothing of ours."""
    ignored = ("This plugin does not support propagateSizeHints", r"This plugin does not support raise\(\)")
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.qt_log_ignore(*ignored, extend=True))


@pytest.fixture(scope="session")
def catalogues() -> None:
    """As `./run` does it: nothing is written where all is fresh."""
    subprocess.run([sys.executable, str(COMPILE)], check=True, capture_output=True, timeout=60)


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    dress(qapp, LIGHT)
    return qapp


@pytest.fixture(autouse=True)
def _in_english_in_japan(monkeypatch: pytest.MonkeyPatch, catalogues: None, dressed: QApplication) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        use_language("en")
        yield
    time.tzset()


@pytest.fixture(autouse=True)
def _light_again(dressed: QApplication) -> Iterator[None]:
    """Who changes the colours of the one application does not leave them to the next test."""
    yield
    if dressed.palette().window().color() != QColor(LIGHT.ground):
        dress(dressed, LIGHT)


@pytest.fixture(autouse=True)
def _circles_go_in_this_thread() -> Iterator[None]:
    """As in the program; looked for between the tests, where it disturbs nobody."""
    gc.disable()
    yield
    collect_if_due()


@pytest.fixture(autouse=True)
def _records_are_never_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """How fast this machine finds a customer is no matter here; a desk without an answer is tested in `app`."""
    for limit in ("LIMIT_MS", "GUESS_MS"):
        monkeypatch.setattr(f"app.who_is_it.{limit}", 60_000)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the demo's records as of NOW, to be copied."""
    return make_demo_records(tmp_path_factory.mktemp("filled"), NOW)


@pytest.fixture
def start(
    filled: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], RunningDesk]]:
    """Starts a desk with all its windows over this test's copy of the demo's records."""
    monkeypatch.setattr("ui.pop_window.utc_now", lambda: NOW)
    shutil.copy(filled, tmp_path / FILE_NAME)
    running: list[RunningDesk] = []

    def start_here() -> RunningDesk:
        running.append(RunningDesk(tmp_path, qtbot))
        return running[-1]

    yield start_here
    for one in running:
        if one.is_running:
            one.stop()


@pytest.fixture
def desk(start: Callable[[], RunningDesk]) -> RunningDesk:
    """One desk, its windows in English."""
    return start()


@pytest.fixture(params=["ja", "en"])
def language(request: pytest.FixtureRequest, catalogues: None, dressed: QApplication) -> Iterator[str]:
    """The test runs once in each language."""
    speak_qt(dressed, request.param)
    yield use_language(request.param)
    speak_qt(dressed, "en")
