"""Imports killed at random instants, each judged by a bare reader: all of the file is in the records, or nothing of it.

A quarter of the rows are customers who are there already, some of them changed. After each kill the import is made
again and must then be whole: what the killed one left behind is no hindrance.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from db.engine import FILE_NAME, open_engine
from db.migrate import bring_up_to_date
from tests.soak.import_once import bring_in

ROOT = Path(__file__).resolve().parents[2]
_TABLES = (
    "customer",
    "phone_number",
    "customer_phone",
    "customer_search",
    "import_batch",
    "import_range",
    "import_row",
)


@dataclass(frozen=True, slots=True)
class Kill:
    """One round: killed `after` seconds while it was `doing` something; `found` is "nothing" or "all"."""

    after: float
    doing: str
    found: str
    left_staging: bool


class Ground:
    """The records before the import and what they are after it. `rows` make the import long enough to be hit."""

    def __init__(self, folder: Path, rows: int) -> None:
        self._before, self._place, self._rows = folder / "before", folder / "killed", rows
        self._before.mkdir(parents=True)
        engine = open_engine("sqlite", self._before)
        bring_up_to_date(engine)
        engine.dispose()
        bring_in("sqlite", self._before, rows // 4, "B")
        self._nothing = state(self._before)
        self._again()
        self._seconds, self._merging = self._finish()
        self._all = state(self._place)

    def kill(self, chance: random.Random) -> Kill:
        """One import, killed and made again. AssertionError if a part of the file is in the records."""
        self._again()
        process = self._start()
        after, doing = _kill(process, chance, self._seconds, self._merging)
        found = {self._nothing: "nothing", self._all: "all"}.get(state(self._place), "a part")
        left = bool(list(self._place.glob("import/part-*.db")))
        assert found != "a part", f"killed after {after:.3f} s while {doing}: a part of the file is in the records"
        self._finish()
        assert state(self._place) == self._all, f"killed after {after:.3f} s while {doing}: not whole afterwards"
        return Kill(round(after, 3), doing, found, left)

    def _again(self) -> None:
        shutil.rmtree(self._place, ignore_errors=True)
        shutil.copytree(self._before, self._place)

    def _start(self) -> "subprocess.Popen[str]":
        words = [sys.executable, "-m", "tests.soak.import_once", "sqlite", self._place, str(self._rows), "C"]
        return subprocess.Popen(
            list(map(str, words)), cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
        )

    def _finish(self) -> tuple[float, float]:
        """How long it took, and how much of that was after it had said that it merges."""
        started = time.monotonic()
        with self._start() as process:
            assert process.stdout is not None
            merging = next((time.monotonic() for line in process.stdout if line.strip() == "merging"), started)
            process.wait()
        assert process.returncode == 0
        return time.monotonic() - started, time.monotonic() - merging


def state(folder: Path) -> str:
    """Every row of the records, as somebody sees them who knows nothing of us; the file must be sound."""
    connection = sqlite3.connect(folder / FILE_NAME)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()
        seen = sha256()
        for table in _TABLES:
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3"):
                seen.update(repr(row).encode())
        return seen.hexdigest()
    finally:
        connection.close()


def _kill(process: "subprocess.Popen[str]", chance: random.Random, seconds: float, merging: float) -> tuple[float, str]:
    """Half of the kills come at any time, half once it has begun to merge; the workers die with it or by themselves."""
    assert process.stdout is not None
    started = time.monotonic()
    if chance.random() < 0.5:
        for line in process.stdout:
            if line.strip() == "merging":
                break
        time.sleep(chance.uniform(0, merging))
    else:
        time.sleep(chance.uniform(0, seconds))
    after = time.monotonic() - started
    if chance.random() < 0.5:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    told = process.stdout.read().split() if process.stdout.readable() else []
    process.wait()
    process.stdout.close()
    return after, told[-1] if told else "merging"
