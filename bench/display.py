"""A screen of the benchmark's own: Xvfb, with openbox as its window manager where there is one; else none at all."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

_SCREEN = "1920x1080x24"
_MANAGER_STARTS = 0.5  # seconds


@dataclass(frozen=True, slots=True)
class Display:
    """`words` say what is drawn on; `environ` is what a program needs to draw there."""

    words: str
    environ: dict[str, str]


def off_screen() -> Display:
    """Nothing is shown to anyone: no server, no window manager, no round trip."""
    return Display("off-screen, without a display server", {**os.environ, "QT_QPA_PLATFORM": "offscreen"})


@contextmanager
def private_display() -> Iterator[Display]:
    """Start Xvfb on a free display, end it afterwards; off-screen where it is not installed."""
    if shutil.which("Xvfb") is None:
        yield off_screen()
        return
    with ExitStack() as running:
        name = _start_server(running)
        environ = {key: value for key, value in os.environ.items() if key not in ("WAYLAND_DISPLAY", "XAUTHORITY")}
        environ |= {"DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
        words = f"Xvfb {_SCREEN}"
        if shutil.which("openbox") is not None:
            _start(running, ["openbox", "--sm-disable"], environ)
            time.sleep(_MANAGER_STARTS)
            words += " with openbox"
        yield Display(words, environ)


def _start_server(running: ExitStack) -> str:
    """Xvfb itself chooses the free display and writes its number into the pipe."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp", "-noreset"]
    _start(running, command, dict(os.environ), writing)
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    if not number:
        raise RuntimeError("Xvfb did not start")
    return f":{number}"


def _start(running: ExitStack, command: list[str], environ: dict[str, str], *inherited: int) -> None:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environ, pass_fds=inherited)
    running.callback(process.wait)
    running.callback(process.terminate)
