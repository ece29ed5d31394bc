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


CALL_LOG: tuple[tuple[str, Callable[[RunningDesk], Shown]], ...] = (
    ("call-log", call_log),
    ("call-log-filtered", call_log_filtered),
)
