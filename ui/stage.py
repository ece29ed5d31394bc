"""The application with its main window before there is a program, and the wait until there is one.

What takes its time runs in a thread of its own, so that the window lives meanwhile.
"""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QEventLoop, QTimer

from app.display import is_offscreen
from app.window_places import WindowPlaces
from ui.application import let_signals_in, make_application
from ui.main_window import MainWindow
from ui.tokens import first_tokens
from ui.window_place import WindowPlace

_PAINTED_WITHIN_MS = 500  # else it is on a screen that nobody looks at
Result = TypeVar("Result")
Tell = Callable[[str], object]


class Stage:
    """`tokens` are the colours of every window; `places` where they stood, once that is known."""

    def __init__(self, theme: str, language: str) -> None:
        gc.disable()  # what is imported by a thread must not collect widgets there (`ui.collector`)
        self._theme, self._language = theme, language
        self.app = make_application()
        self.tokens = first_tokens(theme)
        self.main = MainWindow(self.tokens)
        self.places: WindowPlaces | None = None
        self._is_over = False

    def show(self, places: Path) -> None:
        """The main window where it stood at last, with what is being opened in it."""
        self.places = self.main.places = WindowPlaces(places)
        WindowPlace(self.main, "main", self.places)
        self.main.show()

    def wait_for(self, job: Callable[[Tell], Result]) -> Result:
        """What `job` gives, which is begun once the window is painted; raises what it raises.

        It is given a way to say how far it is. Raises KeyboardInterrupt where somebody ends the program meanwhile.
        """
        if self.main.isVisible() and not self.main.opening.is_painted:
            self._wait_for_paint()
        self.prepare()
        loop, done = QEventLoop(), _Done(job)

        def work() -> None:
            done.run(lambda words: self.ui_thread.post(self.main.opening.say, words))
            self.ui_thread.post(loop.exit)

        threading.Thread(target=work, name="opening", daemon=True).start()
        loop.exec()
        if self._is_over:
            raise KeyboardInterrupt
        return done.result()

    def prepare(self) -> None:
        """What can wait until the first window is painted: style, signals, the way into this thread."""
        from ui.theme import dress_all  # noqa: PLC0415 -- after the window
        from ui.ui_thread import UiThread  # noqa: PLC0415

        self.tokens = dress_all(self.app, self._theme, self._language)
        self.main.opening.recolour(self.tokens)
        self.main.opening.wants_quit.connect(self.app.exit)
        self.ui_thread = UiThread()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda _number, _frame: self._end())
        let_signals_in(self.app)

    def play(self) -> int:
        """Until somebody ends the program; the exit status."""
        return 0 if self._is_over else int(self.app.exec())

    def fail(self, words: str) -> None:
        """Why there will be no program, in its window: where no terminal shows it, until somebody has read it."""
        is_told = sys.stderr is not None and sys.stderr.isatty()
        if is_told or is_offscreen(os.environ) or not self.main.isVisible():
            return
        self.main.opening.fail(words)
        self.app.setQuitOnLastWindowClosed(True)
        self.play()

    def _wait_for_paint(self) -> None:
        loop = QEventLoop()
        self.main.opening.painted.connect(loop.exit)
        QTimer.singleShot(_PAINTED_WITHIN_MS, loop.exit)
        loop.exec()

    def _end(self) -> None:
        self._is_over = True
        self.app.exit()


class _Done(Generic[Result]):
    """What became of a job that ran elsewhere."""

    def __init__(self, job: Callable[[Tell], Result]) -> None:
        self._job = job
        self._made: list[Result] = []
        self._error: BaseException | None = None

    def run(self, tell: Tell) -> None:
        try:
            self._made.append(self._job(tell))
        except BaseException as error:  # noqa: BLE001 -- the root of the thread: raised again where it is waited for
            self._error = error

    def result(self) -> Result:
        if self._error is not None:
            raise self._error
        return self._made[0]
