"""Imports killed at random instants, each judged by a bare reader: all of the file is in the records, or nothing of it.

A quarter of the rows are customers who are there already, some of them changed. After each kill the import is made
again and must then be whole: what the killed one left behind is no hindrance.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.importing.job import Stage
from app.importing.process import import_file
from tests.soak.import_once import GAVE_UP, job_of
from tests.soak.records_under_kill import RecordsUnderKill

ROOT = Path(__file__).resolve().parents[2]


class Who(StrEnum):
    """Who is killed."""

    IMPORT = "import"  # the process that reads and merges; its workers end by themselves
    ALL = "all of it"
    PROGRAM = "program"  # the one with the window; the import's process ends by itself
    BACKEND = "backend"  # the server's process that serves the import
    CONNECTION = "connection"


@dataclass(frozen=True, slots=True)
class Kill:
    """One round: `who` was killed `after` seconds while the import was `doing` something.

    `found` is "nothing" or "all"; `said` whether the import itself could say how it ended.
    """

    who: str
    after: float
    doing: str
    found: str
    said: str
    left_staging: bool


class Ground:
    """The records before the import and what they are after it. `rows` make the import long enough to be hit."""

    def __init__(self, records: RecordsUnderKill, rows: int) -> None:
        self._records, self._rows = records, rows
        import_file(job_of(records.url, records.folder, rows // 4, "B", days=1), lambda _told: None)
        records.keep()
        self._nothing = records.state()
        self._seconds, self._merging = self._finish()
        self._all = records.state()
        assert self._all != self._nothing

    def kill(self, chance: random.Random, who: Who) -> Kill:
        """One import, killed and made again. AssertionError if a part of the file is in the records."""
        self._records.again()
        with self._started("beside" if who is Who.PROGRAM else "here") as process:
            after = self._kill(process, chance, who)
            assert process.stdout is not None
            told = process.stdout.read().splitlines()  # to the end of the last process that has it
        doing = next((one for one in reversed(told) if one in list(Stage)), "merging")
        found = {self._nothing: "nothing", self._all: "all"}.get(self._records.state(), "a part")
        left = bool(list(self._records.folder.glob("import/part-*.db")))
        when = f"{who} killed after {after:.3f} s while {doing}: "
        assert found != "a part", when + "a part of the file is in the records"
        said = _said(process.returncode, told, found, when)
        self._again(when)
        return Kill(who.value, round(after, 3), doing, found, said, left)

    def _again(self, when: str) -> None:
        self._records.mend()
        self._finish()
        assert self._records.state() == self._all, when + "not whole afterwards"
        assert not list(self._records.folder.glob("import/part-*.db")), when + "staging is left behind for ever"

    @contextmanager
    def _started(self, how: str) -> "Iterator[subprocess.Popen[str]]":
        words = [sys.executable, "-m", "tests.soak.import_once", self._records.url, self._records.folder]
        with subprocess.Popen(
            [*map(str, words), str(self._rows), "C", how], cwd=ROOT, stdout=subprocess.PIPE, text=True,
            start_new_session=True,
        ) as process:  # fmt: skip
            yield process

    def _finish(self) -> tuple[float, float]:
        """How long it took, and how much of that was after it had said that it merges."""
        started = time.monotonic()
        with self._started("here") as process:
            merging = _wait_for_merging(process)
            process.wait()
        assert process.returncode == 0
        return time.monotonic() - started, time.monotonic() - merging

    def _kill(self, process: "subprocess.Popen[str]", chance: random.Random, who: Who) -> float:
        """Half of the kills come at any time, half once it has begun to merge: only then a server is needed."""
        started = time.monotonic()
        if who in (Who.BACKEND, Who.CONNECTION) or chance.random() < 0.5:
            _wait_for_merging(process)
            time.sleep(chance.uniform(0, self._merging))
        else:
            time.sleep(chance.uniform(0, self._seconds))
        after = time.monotonic() - started
        if who is Who.BACKEND:
            self._records.hang_up()
        elif who is Who.CONNECTION:
            self._records.cut()
        elif who is Who.ALL:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        return after


def _wait_for_merging(process: "subprocess.Popen[str]") -> float:
    """When it said so."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == Stage.MERGING:
            break
    return time.monotonic()


def _said(status: int, told: list[str], found: str, when: str) -> str:
    """Whoever lives on after the kill must say what is so."""
    if status < 0:
        return "-"
    assert status in (0, GAVE_UP), f"{when}it ended with {status} and no word"
    assert (status == 0) == (found == "all"), f"{when}it says {told[-1]!r}, the records hold {found}"
    return told[-1].partition(" ")[0]
