"""On Wayland the pop is a panel that stays open: mapped once, never hidden, and it says what it is."""

from collections.abc import Callable

import pytest

from db.demo import CUSTOMER_NUMBER
from tests.ui import seen
from tests.ui.running import RunningDesk
from ui.docked_panel import must_be_docked


@pytest.mark.parametrize(
    ("platform", "is_docked"),
    [("wayland", True), ("wayland-egl", True), ("xcb", False), ("windows", False), ("cocoa", False)],
)
def test_only_wayland_needs_it(platform: str, is_docked: bool) -> None:
    assert must_be_docked(platform) is is_docked


@pytest.fixture
def docked(start: Callable[[], RunningDesk], monkeypatch: pytest.MonkeyPatch) -> RunningDesk:
    monkeypatch.setattr("ui.pop_window.must_be_docked", lambda _platform: True)
    running = start()
    call = running.ring(CUSTOMER_NUMBER)
    running.desk.finish(call.id)
    running.qtbot.waitUntil(lambda: running.pop.call is None)
    return running


def test_the_panel_stays_open_without_a_call_and_says_why(docked: RunningDesk) -> None:
    assert docked.pop.isVisible()
    assert seen.labels(docked.pop.empty, "empty") == [
        "No call. Keep this window open: on this desktop it can't come forward by itself."
    ]


def test_the_next_call_fills_the_open_panel(docked: RunningDesk) -> None:
    call = docked.ring(CUSTOMER_NUMBER)
    assert docked.pop.call is call
    assert not docked.pop.empty.isVisible()


def test_closing_it_only_minimises_it(docked: RunningDesk) -> None:
    docked.pop.close()
    assert docked.pop.isMinimized()
    assert not docked.pop.isHidden()
