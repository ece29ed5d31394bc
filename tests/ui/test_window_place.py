"""Places of windows: remembered per set of screens, beside the pointer on unknown ones, never off the screen."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.window_places import WindowPlaces
from ui.window_place import Room, Surroundings, WindowPlace, layout_of, within

LAPTOP = Room("eDP-1", QRect(0, 0, 1280, 800), QRect(0, 0, 1280, 760))
DOCKED = Room("DP-2", QRect(1280, 0, 1920, 1080), QRect(1280, 0, 1920, 1080))


class Desk(Surroundings):
    """Screens that the test plugs in, a pointer that it moves."""

    def __init__(self, *rooms: Room, at: QPoint) -> None:
        self._rooms, self.at = rooms, at

    def plug(self, *rooms: Room) -> None:
        self._rooms = rooms

    def rooms(self) -> Sequence[Room]:
        return self._rooms

    def pointer(self) -> QPoint:
        return self.at


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 400)
    return made


@pytest.fixture
def places(tmp_path: Path) -> Callable[[], WindowPlaces]:
    """As another start of the program finds them."""
    return lambda: WindowPlaces(tmp_path / "windows.json")


def test_on_unknown_screens_a_window_comes_to_the_screen_with_the_pointer(
    window: QWidget, places: Callable[[], WindowPlaces]
) -> None:
    around = Desk(LAPTOP, DOCKED, at=QPoint(2000, 500))
    WindowPlace(window, "pop", places(), around)
    assert DOCKED.free.contains(window.geometry())
    around.at = QPoint(10, 10)
    window.show()
    assert LAPTOP.free.contains(window.geometry())


def test_where_it_was_put_it_is_again_after_a_start_and_each_set_of_screens_has_its_own(
    window: QWidget, places: Callable[[], WindowPlaces]
) -> None:
    around = Desk(LAPTOP, DOCKED, at=QPoint(10, 10))
    place = WindowPlace(window, "pop", places(), around)
    window.show()
    window.setGeometry(1500, 300, 700, 500)
    place.keep()
    around.plug(LAPTOP)
    place.put()
    assert LAPTOP.free.contains(window.geometry()), "the screen it stood on is gone"
    window.setGeometry(20, 60, 640, 480)
    place.keep()
    again = WindowPlace(window, "pop", places(), around)
    assert window.geometry() == QRect(20, 60, 640, 480)
    around.plug(DOCKED, LAPTOP)
    again.put()
    assert window.geometry() == QRect(1500, 300, 700, 500)


def test_a_move_by_hand_is_kept_and_that_of_the_window_manager_when_it_is_shown_is_not(
    window: QWidget, places: Callable[[], WindowPlaces], qtbot: QtBot
) -> None:
    around, kept = Desk(LAPTOP, at=QPoint(10, 10)), places()
    place = WindowPlace(window, "pop", kept, around)
    window.show()
    window.move(100, 100)
    assert not place._keep_soon.isActive()
    place._settled.stop()
    window.setGeometry(200, 150, 600, 400)
    qtbot.waitUntil(lambda: kept.of("pop", layout_of([LAPTOP])) == (200, 150, 600, 400), timeout=3000)


@given(
    wished=st.tuples(*[st.integers(-5000, 5000)] * 2, *[st.integers(1, 6000)] * 2),
    screens=st.sampled_from([[LAPTOP], [LAPTOP, DOCKED], [DOCKED]]),
)
def test_no_place_is_off_the_screen(wished: tuple[int, int, int, int], screens: list[Room]) -> None:
    box = within(QRect(*wished), screens)
    assert any(one.free.contains(box) for one in screens)


def test_a_place_that_lies_on_a_screen_is_left_as_it_is() -> None:
    box = QRect(1400, 100, 800, 600)
    assert within(box, [LAPTOP, DOCKED]) == box


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"a": 1}', '{"a": {"pop": [1, 2]}}', '{"a": {"pop": ["x", 1, 1, 1]}}']
)
def test_a_file_that_cannot_be_used_costs_the_places_alone(text: str, tmp_path: Path) -> None:
    (tmp_path / "windows.json").write_text(text, "utf-8")
    places = WindowPlaces(tmp_path / "windows.json")
    assert places.of("pop", "a") is None
    places.remember("pop", "a", (1, 2, 3, 4))
    assert WindowPlaces(tmp_path / "windows.json").of("pop", "a") == (1, 2, 3, 4)


def test_a_folder_that_takes_no_file_costs_the_places_alone(tmp_path: Path) -> None:
    places = WindowPlaces(tmp_path / "not there" / "windows.json")
    places.remember("pop", "a", (1, 2, 3, 4))
    assert places.of("pop", "a") == (1, 2, 3, 4)
