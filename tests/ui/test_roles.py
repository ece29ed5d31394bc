"""An operator has no lines of supervisors on the rail and sees the own calls of today; a supervisor sees all."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.roles import Role
from db.audit.listing import Wanted, entries
from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from db.engine import FILE_NAME, reading
from tests.ui import seen
from tests.ui.running import RunningDesk
from ui.pages.audit import AuditPage

FOR_EVERYBODY = {"Today's calls", "To call back", "Follow-ups", "Customers"}
FOR_SUPERVISORS = {
    "Complaints", "Live board", "Reports", "Call log", "Reviews", "Import and export", "Duplicates", "Audit log",
}  # fmt: skip
FOR_ADMINISTRATORS = {"Personal data"}


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


def lines(desk: RunningDesk) -> set[str]:
    rail = desk.desktop.main._lines
    return {one.text().split("  ")[0] for one in rail if one.isVisible()}


@pytest.mark.parametrize("role", Role)
def test_every_line_of_the_rail_is_known_for_whom_it_is(desk_of: Callable[[Role], RunningDesk], role: Role) -> None:
    """A new line must be thought of here."""
    seen_by = {
        Role.OPERATOR: FOR_EVERYBODY, Role.SUPERVISOR: FOR_EVERYBODY | FOR_SUPERVISORS,
        Role.ADMINISTRATOR: FOR_EVERYBODY | FOR_SUPERVISORS | FOR_ADMINISTRATORS,
    }  # fmt: skip
    assert lines(desk_of(role)) == seen_by[role]


def test_no_key_of_the_program_leads_an_operator_to_a_supervisors_page(desk_of: Callable[[Role], RunningDesk]) -> None:
    desk = desk_of(Role.OPERATOR)
    desk.opened(desk.ring(CUSTOMER_NUMBER), "髙橋 一郎")
    for window in (desk.desktop.main, desk.pop):
        window.show()
        for shortcut in window.findChildren(QShortcut):
            if shortcut.isEnabled():
                shortcut.activated.emit()
                QApplication.processEvents()
                assert lines(desk) == FOR_EVERYBODY, shortcut.key().toString()
    pages = desk.desktop.main._pages
    titles = enumerate(desk.desktop.main._titles)
    assert {title for number, title in titles if type(pages.widget(number)) is not QWidget} <= FOR_EVERYBODY


def test_another_role_is_written_down(desk_of: Callable[[Role], RunningDesk]) -> None:
    desk = desk_of(Role.SUPERVISOR)
    desk.desk.roles._told(Role.OPERATOR)
    sent: list[object] = []
    desk.records.when_sent(sent.append)
    desk.qtbot.waitUntil(lambda: bool(sent), timeout=5000)
    with reading(desk._engine) as connection:
        (told,) = entries(connection, Wanted(action="role_changed"))
    assert (told.operator, told.details) == ("sato", '{"role": "operator"}')


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
