"""How long the frozen program takes from its start to its first window, beside a bare Qt window frozen the same way.

`python -m bench.frozen_start [ROUNDS]`, on Linux with Xvfb and xdotool, after packaging/build-bundle.sh. Cold: without
the bundle's files in the system's cache; the system's own libraries stay. A window counts once it is mapped.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.display import private_display

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0
OMOTE, BARE = ROOT / "dist" / "omote" / "omote", ROOT / "dist" / "bare-window" / "bare-window"
Took = dict[tuple[str, str], list[float]]


def main() -> int:
    """Prints seconds and the ratio that counts."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    if not BARE.exists():
        _freeze_bare_window()
    with private_display() as display, tempfile.TemporaryDirectory() as profile:
        words = {OMOTE: ["--profile", profile], BARE: []}
        _seconds_to_window(OMOTE, words[OMOTE], display.environ)  # the first start ever makes the records
        took: Took = {}
        for cold in (True, False):
            for _round in range(rounds):
                for program in (BARE, OMOTE):
                    if cold:
                        _forget(program.parent)
                    seconds = _seconds_to_window(program, words[program], display.environ)
                    took.setdefault(("cold" if cold else "warm", program.name), []).append(seconds)
    _tell(took)
    return 0


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


def _seconds_to_window(program: Path, words: list[str], environ: dict[str, str]) -> float:
    began = time.perf_counter()
    running = subprocess.Popen([program, *words], env=environ, stdout=subprocess.DEVNULL)
    search = ["xdotool", "search", "--onlyvisible", "--pid", str(running.pid)]
    try:
        while not subprocess.run(search, env=environ, capture_output=True, check=False).stdout.strip():
            if running.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise RuntimeError(f"{program.name} shows no window")
            time.sleep(0.01)
        return time.perf_counter() - began
    finally:
        running.terminate()
        running.wait()


def _tell(took: Took) -> None:
    for (kind, name), seconds in took.items():
        spread = f"{min(seconds):.2f} to {max(seconds):.2f}, n = {len(seconds)}"
        print(f"{kind}  {name:<12} {median(seconds):.2f} s  ({spread})")
    for kind in ("cold", "warm"):
        print(f"{kind}  ratio {median(took[kind, OMOTE.name]) / median(took[kind, BARE.name]):.1f}, aim 1.5")


if __name__ == "__main__":
    sys.exit(main())
