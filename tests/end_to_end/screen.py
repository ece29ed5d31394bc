"""A virtual screen with a window manager and a keyboard: Xvfb, openbox and xdotool, each ended by its own process."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.end_to_end.ask_to_close import ask_to_close
from tests.end_to_end.running_program import environment, wait_for

PROGRAMS = ("Xvfb", "openbox", "xdotool", "xprop")
_STARTS = 4


def missing_programs() -> list[str]:
    return [name for name in PROGRAMS if shutil.which(name) is None]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Xvfb chooses the display's number itself; of two that begin in one instant both may choose the same one."""
    with (Path(tempfile.gettempdir()) / "omote-screen.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Screen:
    """One display for many tests; `stand` sees to it that the next test finds it as the first one did."""

    def __init__(self, folder: Path) -> None:
        self._told = folder / "screen.log"
        self._log = self._told.open("w")
        try:
            self._begin()
        except AssertionError:
            self.close()
            raise

    def _begin(self) -> None:
        for _again in range(_STARTS):
            with one_at_a_time():
                self._start()
            wait_for(lambda: self._manager.poll() is not None or self._is_managed(), "window manager")
            if self._manager.poll() is None:
                return
            self._end()
        raise AssertionError(f"no window manager stays: {self._state()}")

    def stand(self) -> None:
        """Begin anew, and say so, if server or window manager has gone: the tests to come are not to fail for it."""
        if self._server.poll() is None and self._manager.poll() is None and self._is_managed():
            return
        sys.stdout.write(f"the screen went away: {self._state()}\n")
        self._end()
        self._begin()

    def _state(self) -> str:
        ended = f"Xvfb ended with {self._server.poll()}, openbox with {self._manager.poll()} (None: it runs)"
        return f"{ended}\n{self._told.read_text('utf-8', 'replace')}"

    def _start(self) -> None:
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[writing], stdout=self._log, stderr=self._log,
        )  # fmt: skip
        os.close(writing)
        with os.fdopen(reading) as told:
            self.environ = {"DISPLAY": f":{told.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
        self._manager = subprocess.Popen(["openbox"], env=self.env, stdout=self._log, stderr=self._log)

    def __enter__(self) -> "Screen":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _is_managed(self) -> bool:
        """By what the manager promises on the root window: who has the focus at first is left to chance."""
        return self.xdotool("get_num_desktops", is_sure=False) != ""

    def close(self) -> None:
        """End both programs."""
        self._end()
        self._log.close()

    def _end(self) -> None:
        for process in (self._manager, self._server):
            process.terminate()
            process.wait(timeout=10)

    @property
    def env(self) -> dict[str, str]:
        return environment(**self.environ)

    def xdotool(self, *words: str, is_sure: bool = True) -> str:
        """Its answer; unless `is_sure`, "" when there is none."""
        done = subprocess.run(
            ["xdotool", *words], env=self.env, capture_output=True, encoding="utf-8", timeout=30, check=False
        )
        assert done.returncode == 0 or not is_sure, f"{done.stderr}{self._state()}"
        return done.stdout.strip()

    def window(self, title: str) -> str:
        """The id of the visible window with this title, once it is there."""
        return wait_for(
            lambda: self.xdotool("search", "--onlyvisible", "--name", title, is_sure=False).split("\n")[0],
            f"window {title!r}",
        )

    def focus(self) -> str:
        """The window that gets the keys."""
        return self.xdotool("getwindowfocus")

    def active(self) -> str:
        """The window that the window manager calls active."""
        return self.xdotool("getactivewindow", is_sure=False)

    def stacking(self) -> list[int]:
        """All windows from the lowest to the highest."""
        told = subprocess.run(
            ["xprop", "-root", "_NET_CLIENT_LIST_STACKING"],
            env=self.env, capture_output=True, encoding="utf-8", timeout=30, check=True,
        )  # fmt: skip
        return [int(one.strip(), 16) for one in told.stdout.partition("# ")[2].split(",")]

    def ask_to_close(self, window: str) -> None:
        """What a click on the cross does."""
        ask_to_close(self.environ["DISPLAY"], int(window))
