"""What is seen of versions: the page about this one with a newer one told, and that another has been installed."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.updates.manifest import Manifest
from app.updates.words import installed_words
from app.words import _
from tests.ui.running import NOW, RunningDesk
from ui.pages.about import AboutPage

Shown = tuple[QWidget, list[str]]
NEWER = Manifest(
    "stable", "1.2.0", NOW, NOW + timedelta(days=120), "0001", "0019", (),
    {"ja": "着信音を回線ごとに選べます。", "en": "Each line can have its own ring."},
)  # fmt: skip


def about(desk: RunningDesk) -> Shown:
    """A bundle, which tells its day; a supervisor's desk knows of a newer version."""
    desk.desk.board.set(newer=NEWER)
    main = desk.desktop.main
    desk.desktop.tray.wants_about.emit()
    (page,) = main.findChildren(AboutPage)
    page.version.setText(_("Omote {version}, built {build}").format(version="0.1.0", build="2026-11-21 1a2b3c4"))
    page.parts.setText("Python 3.11.7, SQLite 3.40.1, Qt 6.11.3")
    return main, [_("Version {version} is there; your IT installs it").format(version="1.2.0"), page.notes.text()]


def installed(desk: RunningDesk) -> Shown:
    """IT has installed another version while this one runs."""
    desk.desk.board.set(is_replaced=True)
    desk.desktop.show_main()
    return desk.desktop.main, [installed_words(), _("Restart now")]


VERSIONS: tuple[tuple[str, Callable[[RunningDesk], Shown]], ...] = (("about", about), ("installed", installed))
