"""The Qt application object: display, style, fonts, Japanese input."""

import logging
import os
import shutil
import sys
from collections.abc import Callable, MutableMapping
from pathlib import Path

import PySide6
from PySide6.QtCore import QEvent, QMessageLogContext, QTimer, QtMsgType, QUrl, qInstallMessageHandler
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from app.words import _


class Application(QApplication):
    """macOS hands a link that is clicked anywhere to the running program as an event, also before it has windows."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(words)
        self._open: Callable[[str], object] | None = None
        self._unopened: list[str] = []

    def open_links(self, open_link: Callable[[str], object]) -> None:
        """Who opens them from now on, those that came meanwhile too."""
        self._open = open_link
        waiting, self._unopened = self._unopened[-1:], []  # of several clicks the last one counts
        for link in waiting:
            open_link(link)

    def event(self, event: QEvent) -> bool:
        """Of the program itself alone: nothing that windows hear comes by here."""
        if event.type() != QEvent.Type.FileOpen or not isinstance(event, QFileOpenEvent):
            return super().event(event)
        link = event.url().toString(QUrl.ComponentFormattingOption.FullyEncoded)
        if self._open is None:
            self._unopened.append(link)
        else:
            self._open(link)
        return True


def make_application() -> Application:
    """The one QApplication, to be dressed (`ui.theme`); closing windows does not end the program, the tray's Quit does.

    To end it use `exit`: `quit` asks every window first, and the pop refuses to be closed.
    """
    choose_input_method(os.environ)
    qInstallMessageHandler(_to_log)
    app = Application([sys.argv[0]])
    qInstallMessageHandler(_to_log_while_it_runs)
    app.setApplicationName("Omote")
    app.setDesktopFileName("omote")
    app.setQuitOnLastWindowClosed(False)
    return app


def choose_input_method(environ: MutableMapping[str, str]) -> None:
    """Qt's wheel has no fcitx plug-in, without which no Japanese is converted; fcitx5 also speaks ibus's protocol.

    Where no ibus is installed, Qt's plug-in gives up unless it is told to go by the portal, which fcitx5 serves.
    """
    if not sys.platform.startswith("linux"):
        return
    wanted = environ.get("QT_IM_MODULE") or environ.get("XMODIFIERS", "")
    folder = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforminputcontexts"
    if "fcitx" in wanted and not any("fcitx" in plugin.name for plugin in folder.glob("*.so")):
        environ["QT_IM_MODULE"] = "ibus"
        environ.pop("QT_IM_MODULES", None)
        if shutil.which("ibus-daemon", path=environ.get("PATH")) is None:
            environ["IBUS_USE_PORTAL"] = "1"


def _to_log_while_it_runs(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if kind != QtMsgType.QtFatalMsg:
        logging.getLogger("qt").info(message)
        return
    from app.tracebacks import LastWords  # noqa: PLC0415 -- the first window waits for what is imported above

    words = LastWords(" ".join(message.split()))  # Qt would abort behind a report of its own on some systems only
    sys.excepthook(LastWords, words, None)
    what, todo = (
        _("Qt has ended Omote."),
        _("Start it again, then hand on what this writes: omote diagnose --bundle FILE"),
    )
    print(f"omote: {what} {todo}", file=sys.stderr, flush=True)  # noqa: T201 -- there is no window any more
    os._exit(1)


def _to_log(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").info(message)
    if kind == QtMsgType.QtFatalMsg:  # Qt would abort without a word: the display it was told of is not there
        what = _("The display cannot be used: {why}.").format(why=" ".join(message.split()).partition(". ")[0])
        todo = _("Start Omote inside a desktop session; without one use: omote listen")
        print(f"omote: {what} {todo}", file=sys.stderr, flush=True)  # noqa: T201 -- there is no window to say it in
        os._exit(1)


def let_signals_in(app: QApplication) -> None:
    """Python runs signal handlers only between its own instructions: give it some while Qt sleeps."""
    heartbeat = QTimer(app, interval=500)
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start()
