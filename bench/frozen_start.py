"""How long the frozen program takes from its start to its first window, beside a bare Qt window frozen the same way.

`python -m bench.frozen_start [ROUNDS]`, on Linux with Xvfb, after packaging/build-bundle.sh. Cold: without the
bundle's files in the system's cache; the system's own libraries stay. A window counts once it is painted: its pixels
stand in the screen's memory, Omote's with its words. Then how long until Omote listens, and a call can pop. The two
take turns, so that whatever else the machine does is shared by both; what they had of the processor until then is told
beside it, which a busy machine changes less. `--checkout` is `./run` without its set-up.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.frame_buffer import FrameBuffer, frame_buffer

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0
OMOTE, BARE = ROOT / "dist" / "omote" / "omote", ROOT / "dist" / "bare-window" / "bare-window"
WORDS_HAVE = 12  # colours: smoothed letters
_LISTENS = '[[source]]\nname = "trunk"\nkind = "sip"\nbind = "127.0.0.1:0"\nallow = ["127.0.0.1"]\nregister = false\n'
Took = dict[tuple[str, str], list[float]]


def main() -> int:
    """Prints seconds and the ratio that counts."""
    asked = argparse.ArgumentParser()
    asked.add_argument("rounds", type=int, nargs="?", default=5)
    asked.add_argument("--omote", type=Path, default=OMOTE, help="another build of it")
    asked.add_argument("--checkout", action="store_true", help="from here instead of frozen, warm alone")
    args = asked.parse_args()
    bare, omote = [str(BARE)], [str(args.omote)]
    if args.checkout:
        bare, omote = [sys.executable, "packaging/bare_window.py"], [sys.executable, "-m", "app"]
    elif not BARE.exists():
        _freeze_bare_window()
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder)
        (profile / "settings.toml").write_text(_LISTENS, encoding="utf-8")
        start = Start(profile, bare, [*omote, "--profile", folder])
        with frame_buffer() as screen:
            start.omote(screen)  # the first start ever makes the records
        took: Took = {}
        for kind in ("warm",) if args.checkout else ("cold", "warm"):
            for _round in range(args.rounds):
                start.round(kind, took)
    _tell(took)
    return 0


class Start:
    """Starts both by turns, each on a screen of its own."""

    def __init__(self, profile: Path, bare: list[str], omote: list[str]) -> None:
        self._log = profile / "logs" / "omote.log"
        self._bare, self._omote = bare, omote

    def round(self, kind: str, took: Took) -> None:
        """One start of each."""
        if kind == "cold":
            _forget(Path(self._bare[0]).parent)
        with frame_buffer() as screen:
            _note(took, kind, ("bare window", "bare processor"), self.bare(screen))
        if kind == "cold":
            _forget(Path(self._omote[0]).parent)
        with frame_buffer() as screen:
            _note(took, kind, ("omote", "omote processor", "omote listens"), self.omote(screen))

    def bare(self, screen: FrameBuffer) -> tuple[float, float]:
        """Seconds until it is painted, and those of the processor."""
        with _Running(self._bare, screen) as running:
            return running.seconds_until(screen.has_window, 0.001), running.processor()

    def omote(self, screen: FrameBuffer) -> tuple[float, float, float]:
        """Seconds until the first window is painted with its words, of the processor, and until a call can pop."""
        self._log.unlink(missing_ok=True)
        with _Running(self._omote, screen) as running:
            painted = running.seconds_until(screen.has_window, 0.001)
            processor = running.processor()
            if screen.colours() < WORDS_HAVE:
                raise RuntimeError("the first window that is painted has no words")
            return painted, processor, running.seconds_until(self._listens, 0.005)

    def _listens(self) -> bool:
        return self._log.exists() and ": listening " in self._log.read_text(encoding="utf-8")


class _Running:
    """A program from its start to the end of the block."""

    def __init__(self, command: list[str], screen: FrameBuffer) -> None:
        self._began = time.perf_counter()
        self._process = subprocess.Popen(command, cwd=ROOT, env=screen.environ, stdout=subprocess.DEVNULL)

    def __enter__(self) -> "_Running":
        return self

    def seconds_until(self, look: Callable[[], bool], every: float) -> float:
        """Since its start."""
        while not look():
            if self._process.poll() is not None or time.perf_counter() - self._began > PATIENCE:
                raise RuntimeError(f"{self._process.args!r} comes to nothing")
            time.sleep(every)
        return time.perf_counter() - self._began

    def processor(self) -> float:
        """Seconds that all its threads have run."""
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/schedstat")
        return sum(int(one.read_text("ascii").split()[0]) for one in tasks) / 1e9

    def __exit__(self, *_exception: object) -> None:
        self._process.terminate()
        self._process.wait()


def _freeze_bare_window() -> None:
    environ = {**os.environ, "OMOTE_BARE_WINDOW": "1", "PYTHONHASHSEED": "0"}
    words = ["--noconfirm", "--log-level", "ERROR", "--distpath", "dist", "--workpath", "build/bare"]
    python = ROOT / ".venv-bundle" / "bin" / "python"
    subprocess.run([python, "-m", "PyInstaller", *words, "packaging/omote.spec"], cwd=ROOT, env=environ, check=True)


def _forget(folder: Path) -> None:
    """Take its files out of the system's cache; nobody else uses them."""
    for path in (one for one in folder.rglob("*") if one.is_file()):
        handle = os.open(path, os.O_RDONLY)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)


def _note(took: Took, kind: str, names: tuple[str, ...], seconds: tuple[float, ...]) -> None:
    for name, one in zip(names, seconds, strict=True):
        took.setdefault((kind, name), []).append(one)


def _tell(took: Took) -> None:
    for (kind, name), seconds in took.items():
        spread = f"{min(seconds):.2f} to {max(seconds):.2f}, n = {len(seconds)}"
        print(f"{kind}  {name:<15} {median(seconds):.2f} s  ({spread})")
    for kind in dict.fromkeys(kind for kind, _name in took):
        told = {one: median(took[kind, one]) for one in ("bare window", "omote", "bare processor", "omote processor")}
        by_clock, by_processor = told["omote"] / told["bare window"], told["omote processor"] / told["bare processor"]
        print(f"{kind}  ratio {by_clock:.2f}, aim 1.5; of the processor's time {by_processor:.2f}")


if __name__ == "__main__":
    sys.exit(main())
