"""The pages of reviews as supervisors and operators see them, for the pictures."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.words import _
from tests.ui import seen
from tests.ui.logged_calls import write_calls
from tests.ui.reviewed_calls import review_calls
from tests.ui.running import RunningDesk
from ui.pages.my_reviews import MyReviewsPage
from ui.pages.reviews import ReviewsPage

Shown = tuple[QWidget, list[str]]


def _opened(desk: RunningDesk, title: str) -> QWidget:
    main = desk.desktop.main
    main.resize(1080, 680)
    desk.desktop.show_main()
    main.go_to(main._titles.index(title))
    return main


def _reviewing(desk: RunningDesk, tab: int) -> ReviewsPage:
    write_calls(desk.folder)
    review_calls(desk.folder)
    page = _opened(desk, _("Reviews")).findChild(ReviewsPage)
    page._tabs.setCurrentIndex(tab)
    rows = page.lists[tab]
    desk.qtbot.waitUntil(lambda: bool(rows.records), timeout=5000)
    rows.view.selectRow(0)
    desk.qtbot.waitUntil(lambda: any(_("Course") in one for one in seen.labels(page, "heading")), timeout=5000)
    desk.qtbot.waitUntil(lambda: page.one.review._found is not None, timeout=5000)
    return page


def reviews(desk: RunningDesk) -> Shown:
    """Calls that were drawn by risk, and one about to be marked."""
    page = _reviewing(desk, 0)
    editor = page.one.review.editor
    assert editor.mark is not None
    editor.mark.choose(4)
    editor.mark.chosen.emit()
    editor.text.setPlainText("要点を復唱できていました。")
    return page.window(), [_("Draft kept, not sent yet."), _("good")]


def reviews_answered(desk: RunningDesk) -> Shown:
    """What an operator answered."""
    page = _reviewing(desk, 1)
    desk.qtbot.waitUntil(page.one.review.read.isVisible, timeout=5000)
    return page.window(), [_("Reviews"), _("Read, leave it so")]


def reviews_all(desk: RunningDesk) -> Shown:
    """All that were made, with what the marks come to."""
    page = _reviewing(desk, 2)
    desk.qtbot.waitUntil(lambda: any("n = " in one for one in seen.labels(page, "small")), timeout=5000)
    return page.window(), [_("All reviews")]


def my_reviews(desk: RunningDesk) -> Shown:
    """An operator's own, and his answer being written."""
    write_calls(desk.folder)
    review_calls(desk.folder)
    main = _opened(desk, _("My reviews"))
    page = main.findChild(MyReviewsPage)
    desk.qtbot.waitUntil(lambda: bool(page.rows.records), timeout=5000)
    page.rows.view.selectRow(2)
    desk.qtbot.waitUntil(lambda: bool(page._said.text()), timeout=5000)
    desk.qtbot.waitUntil(lambda: bool(page._standing.text()), timeout=5000)
    line = main._lines[main._titles.index(_("My reviews"))]
    desk.qtbot.waitUntil(lambda: line.isVisible() and line.text() == _("My reviews") + "  2", timeout=5000)
    page.editor.text.setPlainText("次からは途中で一度お声がけします。")
    return main, [_("Your reply"), _("Draft kept, not sent yet.")]


REVIEWS: tuple[tuple[str, Callable[[RunningDesk], Shown]], ...] = (
    ("reviews", reviews),
    ("reviews-answered", reviews_answered),
    ("reviews-all", reviews_all),
    ("my-reviews", my_reviews),
)
