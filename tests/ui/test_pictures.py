"""Every state of the windows is played on the real widgets, read, and drawn into artefacts/pictures.

In both languages, light and dark, at 100 and 200 %. Those that the docs show are made here and nowhere else:
`OMOTE_RENEW_PICTURES=1 ./run test tests/ui/test_pictures.py` makes them anew, and one that no longer shows the program
fails.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.demo import History
from db.engine import FILE_NAME
from tests.demo_records import make_demo_records
from tests.ui.running import NOW, RunningDesk
from tests.ui.scenes import SCENES, WELL, Scene, drawn, english, nameless, overlapping, said
from ui.theme import DARK, LIGHT, Tokens, dress, ui_font

ROOT = Path(__file__).parents[2]
ARTEFACTS, DOCS = ROOT / "artefacts" / "pictures", ROOT / "docs" / "pictures"
FONT_NOTE = DOCS / "made-with.txt"
_PICTURE = re.compile(r"pictures/([a-z-]+)-(ja|en)-(light|dark)\.webp")
IN_DOCS = {
    found
    for page in (*ROOT.glob("docs/*.md"), *ROOT.glob("README*.md"))
    for found in _PICTURE.findall(page.read_text("utf-8"))
}
_COARSE, _MOST_DIFFERENT, _MOST_ON_AVERAGE = 24, 40, 1.5  # px of a block; steps of 255 of one block, of all together


@pytest.fixture(params=["light", "dark"])
def tokens(request: pytest.FixtureRequest, dressed: QApplication) -> Iterator[Tokens]:
    chosen = DARK if request.param == "dark" else LIGHT
    if chosen is DARK:
        dress(dressed, DARK)
    yield chosen
    if chosen is DARK:
        dress(dressed, LIGHT)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No clock runs, no cursor blinks."""
    for module in ("pop_window", "desk_pages", "pages.follow_ups", "pages.missed"):
        monkeypatch.setattr(f"ui.{module}.utc_now", lambda: NOW)
    monkeypatch.setattr("ui.live.feed.monotonic", lambda: 0.0)
    monkeypatch.setattr("app.live.presence.this_desk", lambda: "受付1")
    blinks = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(blinks)


@pytest.fixture(scope="session")
def filled_with_calls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's records with four weeks of calls before NOW."""
    history = History(28, (("0312345678", "本店"), ("0312345679", "採用")))
    return make_demo_records(tmp_path_factory.mktemp("past"), NOW, history)


@pytest.fixture
def records(request: pytest.FixtureRequest, scene: Scene) -> Path:
    """Those that the scene needs."""
    return Path(request.getfixturevalue("filled_with_calls" if scene.has_past_calls else "filled"))


@pytest.fixture
def desk(records: Path, tmp_path: Path, qtbot: QtBot, tokens: Tokens, language: str) -> Iterator[RunningDesk]:
    """A desk at which all is well, in the language and colours of this run."""
    shutil.copy(records, tmp_path / FILE_NAME)
    running = RunningDesk(tmp_path, qtbot, tokens=tokens)
    running.desktop.show_status(WELL)
    yield running
    running.stop()


@pytest.mark.parametrize("scene", SCENES, ids=lambda one: one.name)
@pytest.mark.usefixtures("still")
def test_scene(desk: RunningDesk, scene: Scene, language: str, tokens: Tokens) -> None:
    desk.pop.resize(*scene.size)
    window, words = scene.play(desk)
    if scene.size != desk.pop.size().toTuple():
        desk.pop.resize(*scene.size)
    desk.pop.status.show_time(7_000)
    desk.qtbot.wait(30)
    assert [one for one in words if one not in said(window)] == []
    assert overlapping(desk.pop.note) + overlapping(desk.pop.header) == []
    assert nameless(window) == [], "the keyboard reaches it, and a screen reader says nothing"
    assert language == "en" or english(window, scene.typed) == []
    colours = "dark" if tokens is DARK else "light"
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    for scale in (1, 2):
        picture = drawn(window, scale)
        assert picture.save(str(ARTEFACTS / f"{scene.name}-{language}-{colours}-{scale}.png"))
    if (scene.name, language, colours) in IN_DOCS:
        of_the_docs(drawn(window, 1), DOCS / f"{scene.name}-{language}-{colours}.webp")


@pytest.mark.parametrize(("page", "told_in"), [("states.md", "en"), ("states.ja.md", "ja")])
def test_every_state_stands_in_the_docs(page: str, told_in: str) -> None:
    shown = {
        name
        for name, language, _colours in _PICTURE.findall((ROOT / "docs" / page).read_text("utf-8"))
        if language == told_in
    }
    assert {scene.name for scene in SCENES if not scene.name.startswith(("doubled", "narrow"))} <= shown


def test_no_two_states_have_one_name() -> None:
    names = [scene.name for scene in SCENES]
    assert [name for name in names if names.count(name) > 1] == []


def test_no_picture_lies_in_the_docs_that_no_page_shows() -> None:
    assert {path.name for path in DOCS.glob("*.webp")} == {f"{'-'.join(found)}.webp" for found in IN_DOCS}


def of_the_docs(picture: QPixmap, path: Path) -> None:
    """Renew it if that is wished; else it must show what the program shows."""
    if os.environ.get("OMOTE_RENEW_PICTURES"):
        DOCS.mkdir(exist_ok=True)
        FONT_NOTE.write_text(ui_font().family() + "\n", encoding="utf-8")
        assert picture.save(str(path), "WEBP", 100)  # without loss, a third of a PNG
        return
    made_with, here = FONT_NOTE.read_text(encoding="utf-8").strip(), ui_font().family()
    if made_with != here:
        pytest.skip(f"THE PICTURES OF THE DOCS ARE NOT COMPARED: they were made with {made_with}, here is {here}")
    different = differences(picture.toImage(), QImage(str(path)))
    assert different is not None, f"{path.name} has another size: OMOTE_RENEW_PICTURES=1 renews it"
    told = f"{path.name} shows something else: look at artefacts/pictures, then renew it with OMOTE_RENEW_PICTURES=1"
    assert max(different) <= _MOST_DIFFERENT, told
    assert sum(different) / len(different) <= _MOST_ON_AVERAGE, told


def differences(one: QImage, other: QImage) -> list[int] | None:
    """Block by block, so that another rasteriser's edges of letters do not count; None for another size."""
    if one.size() != other.size():
        return None
    size = QSize(one.width() // _COARSE, one.height() // _COARSE)
    coarse = [
        each.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        for each in (one, other)
    ]
    places = [(x, y) for x in range(size.width()) for y in range(size.height())]
    return [_apart(coarse[0].pixelColor(*place), coarse[1].pixelColor(*place)) for place in places]


def _apart(one: QColor, other: QColor) -> int:
    return max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue()))


def test_a_stale_picture_is_told_from_another_rasteriser(qapp: QApplication) -> None:
    """A text more is seen; a pixel's shift of everything is not."""
    picture = QImage(480, 240, QImage.Format.Format_RGB32)
    picture.fill(QColor("#ffffff"))
    changed = picture.copy()
    for x in range(48, 120):
        for y in range(48, 72):
            changed.setPixelColor(x, y, QColor("#1f5fd0"))
    assert max(differences(picture, changed) or [0]) > _MOST_DIFFERENT
    assert differences(picture, picture.copy(0, 0, 470, 240)) is None
    assert max(differences(picture, picture.copy()) or [1]) == 0
