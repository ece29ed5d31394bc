"""An operator has no lines of supervisors on the rail and sees the own calls of today; a supervisor sees all."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.roles import Role
from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from db.engine import FILE_NAME
from tests.ui import seen
from tests.ui.running import RunningDesk
from ui.pages.audit import AuditPage

FOR_SUPERVISORS = {"Import and export", "Duplicates", "Audit log"}


@pytest.fixture
def desk_of(filled: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[Role], RunningDesk]]:
    """A desk whose profile is set up for this role."""
    shutil.copy(filled, tmp_path / FILE_NAME)
    running: list[RunningDesk] = []

    def sit_down(role: Role) -> RunningDesk:
        running.append(RunningDesk(tmp_path, qtbot, role=role))
        running[-1].desktop.show_main()
        return running[-1]

    yield sit_down
    for one in running:
        one.stop()


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_supervisors_have_their_lines(desk_of: Callable[[Role], RunningDesk], role: Role) -> None:
    assert set(seen.buttons(desk_of(role).desktop.main)) >= FOR_SUPERVISORS


def test_operators_have_none_of_them(desk_of: Callable[[Role], RunningDesk]) -> None:
    desk = desk_of(Role.OPERATOR)
    assert not FOR_SUPERVISORS & set(seen.buttons(desk.desktop.main))
    assert {"Today's calls", "To call back", "Customers"} <= {
        one.split("  ")[0] for one in seen.buttons(desk.desktop.main)
    }


def test_a_page_that_is_seen_gives_way_when_the_role_is_taken_away(desk_of: Callable[[Role], RunningDesk]) -> None:
    desk = desk_of(Role.SUPERVISOR)
    seen.button(desk.desktop.main, "Audit log").click()
    assert desk.desktop.main.findChild(AuditPage).isVisible()
    desk.desk.roles._told(Role.OPERATOR)
    assert not desk.desktop.main.findChild(AuditPage).isVisible()
    assert not FOR_SUPERVISORS & set(seen.buttons(desk.desktop.main))


def test_another_language_leaves_it_so(desk_of: Callable[[Role], RunningDesk]) -> None:
    desk = desk_of(Role.OPERATOR)
    desk.desktop.speak("ja")
    desk.desktop.show_main()
    assert "監査記録" not in seen.buttons(desk.desktop.main)
    desk.desk.roles._told(None)
    desk.desktop.speak("en")


def test_an_operators_list_of_today_is_asked_for_the_own_calls(desk_of: Callable[[Role], RunningDesk]) -> None:
    desk, asked = desk_of(Role.OPERATOR), list[str]()
    desk.records.calls_of = lambda *_days_and_answers: asked.append(_days_and_answers[-1])  # type: ignore[method-assign]
    desk.give_up(desk.ring(CUSTOMER_NUMBER))
    desk.qtbot.waitUntil(lambda: bool(asked), timeout=5000)
    assert set(asked) == {"sato"}
    desk.desk.shift.change("mori")
    desk.give_up(desk.ring(ENGLISH_NUMBER))
    desk.qtbot.waitUntil(lambda: asked[-1] == "mori", timeout=5000)
