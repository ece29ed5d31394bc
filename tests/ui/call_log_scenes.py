"""The call log's page as a supervisor sees it, for the pictures."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.calllog.asked import Where
from app.words import _
from tests.ui import seen
from tests.ui.logged_calls import write_calls
from tests.ui.running import RunningDesk
from ui.pages.call_log import CallLogPage

Shown = tuple[QWidget, list[str]]


def _opened(desk: RunningDesk) -> CallLogPage:
    write_calls(desk.folder)
    main = desk.desktop.main
    main.resize(1080, 680)
    desk.desktop.show_main()
    main.go_to(main._titles.index(_("Call log")))
    page = main.findChild(CallLogPage)
    desk.qtbot.waitUntil(lambda: page.rows.model().rowCount() == 60, timeout=5000)
    page.rows.selectRow(6)
    desk.qtbot.waitUntil(lambda: any(_("Course") in one for one in seen.labels(page, "heading")), timeout=5000)
    return page


def call_log(desk: RunningDesk) -> Shown:
    """Every call, and one of them in full."""
    return _opened(desk).window(), [_("Course"), _("Where it rang"), _("Shown on the card")]


def call_log_filtered(desk: RunningDesk) -> Shown:
    """Filters unfolded, columns offered, words looked for in notes."""
    page = _opened(desk)
    wanted = replace(page.filters.view, text="再配達", where=Where.NOTES, talk_from=30)
    page.filters.show_view(wanted)
    page.filters.changed.emit()
    for words in (_("More filters") + " (1)", _("Columns"), _("Save these filters")):
        QTest.mouseClick(seen.button(page, words), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: 0 < page.rows.model().rowCount() < 60, timeout=5000)
    return page.window(), [_("Fewer filters"), _("Clear the filters")]


def call_log_several(desk: RunningDesk) -> Shown:
    """A line is ticked, and the list of operators is open with two of them."""
    page = _opened(desk)
    for name, rows in (("lines", 2), ("operators", 3)):
        field = page.filters._several[name]
        field.setFocus()
        for _row in range(rows):
            QTest.keyClick(field, Qt.Key.Key_Down)
            if _row:
                QTest.keyClick(field, Qt.Key.Key_Space)
    desk.qtbot.waitUntil(lambda: 0 < page.rows.model().rowCount() < 60 and not page._is_asking, timeout=5000)
    return page.window(), [_("More filters"), _("Clear the filters")]


def call_log_nothing(desk: RunningDesk) -> Shown:
    """No call is like that: which filters are in the way."""
    page = _opened(desk)
    whose = int(page.filters._several["operators"]._choices[1].key)
    page.filters.show_view(replace(page.filters.view, outcomes=("missed",), operators=(whose,)))
    page.filters.changed.emit()
    wanted = _("No call is like that. Without one of these there are some:")
    desk.qtbot.waitUntil(lambda: wanted in seen.labels(page, "empty"), timeout=5000)
    return page.window(), [wanted]


CALL_LOG: tuple[tuple[str, Callable[[RunningDesk], Shown]], ...] = (
    ("call-log", call_log),
    ("call-log-filtered", call_log_filtered),
    ("call-log-several", call_log_several),
    ("call-log-nothing", call_log_nothing),
)
