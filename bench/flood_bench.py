"""Floods against the whole program with its window, over a cable between two network namespaces.

Each scenario has a program of its own. A customer rings before, so that nothing is measured cold, another one in the
middle of a flood, and another one after it.
"""

import json
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.customers import fullest_numbers
from bench.display import Display
from bench.figures import quantile
from bench.flood_sender import Flood
from bench.json_process import JsonProcess
from bench.network import DESK, PBX, STRANGER, Network
from db.engine import FILE_NAME

_SETTLES = 1.0  # seconds
_MANY = 10_000
_TOO_LATE = 30.0  # seconds after the flood: what has not come by then never comes
_LOOK_EVERY = 0.1  # seconds
_UNKNOWN = "+8100"  # and eight digits: no number of Japan begins so


@dataclass(frozen=True, slots=True)
class FloodFigures:
    """One scenario. INVITE → painted of the customer's call inside and of the one after, None where it never popped."""

    sent: int
    per_second: float
    answered: int
    bytes_back: int
    packets_back: int
    offered: int
    popped: int
    rows: int
    late_p99_ms: float
    late_most_ms: float
    grown_mb: float
    inside_ms: float | None
    after_ms: float | None
    is_customer_inside: bool


@dataclass(frozen=True, slots=True)
class Length:
    """How long the floods of the trusted peer last, and when the customer rings in them."""

    seconds: float = 6.0
    customer_at: float = 3.0
    rate: float = 1_000.0
    many: int = _MANY
    quiet: float = 2.0


FULL = Length(60.0, 10.0)


@dataclass(frozen=True, slots=True)
class Hall:
    """What every scenario needs."""

    network: Network
    display: Display
    profile: Path
    folder: Path
    numbers: list[str] = field(default_factory=list)


def measure(hall: Hall, length: Length) -> dict[str, FloodFigures]:
    """Every scenario, one after the other."""
    hall.numbers.extend(fullest_numbers(hall.profile))
    return {
        name: _measure(name, hall, make(hall, length) | {"quiet": length.quiet}) for name, make in _SCENARIOS.items()
    }


def _measure(name: str, hall: Hall, flood: dict[str, Any]) -> FloodFigures:
    folder = hall.folder / f"flood-{name}"
    shutil.copytree(hall.profile, folder)
    words = ("bench.window_run", str(folder), DESK, PBX, "silent", "0")
    with (
        JsonProcess(*words, env=hall.display.environ, before=hall.network.at_desk) as program,
        JsonProcess("bench.flood_sender", before=hall.network.at_pbx) as sender,
    ):
        target = (DESK, program.hear()["port"])
        _painted_ms(sender.ask(asdict(Flood(target, **_alone(hall, 1)))), program)
        time.sleep(_SETTLES)
        rows = _rows(folder)
        program.ask("watch")
        with Memory(program.pid) as memory:
            sent = sender.ask(asdict(Flood(target, **flood)))
            late = sorted(program.ask("tell")["late_ms"])
        left: dict[str, Any] = {"inside_ms": _painted_ms(sent, program)}
        left |= _came_of_it(program, folder, rows, least=int(flood["what"] != "options" and sent["answered"] > 0))
        after = sender.ask(asdict(Flood(target, **_alone(hall, 3))))
        left |= {"after_ms": _painted_ms(after, program)}
    left |= {"late_p99_ms": quantile(late, 0.99), "late_most_ms": late[-1]}
    return FloodFigures(**sent, **left, grown_mb=memory.grown_mb, is_customer_inside="customer" in flood)


def _alone(hall: Hall, which: int) -> dict[str, Any]:
    """One customer, who rings at once and after whom nobody rings."""
    customer = {"customer": hall.numbers[which], "customer_at": 0.0}
    return {
        "source": PBX,
        "what": "options",
        "count": 1,
        "rate": 10,
        "numbers": [hall.numbers[which]],
        "quiet": 1.0,
        **customer,
    }


def _painted_ms(sent: dict[str, Any], program: JsonProcess) -> float | None:
    """INVITE → painted of the customer's call that was sent. A slow machine is waited for: only then is it never."""
    call, sent_ns = sent.pop("customer_call"), sent.pop("customer_sent_ns")
    if not sent_ns:
        return None
    painted = _until(lambda: program.ask("painted"), lambda painted: call in painted)
    return (painted[call] - sent_ns) / 1e6 if call in painted else None


def _came_of_it(program: JsonProcess, folder: Path, rows_before: int, least: int) -> dict[str, int]:
    """How many calls were offered, popped and written since "watch": when all are written, `least` at least popped.

    What scrolls out of the strip before it is painted is not waited for: it never pops.
    """

    def count() -> dict[str, int]:
        offered = _traced(folder, "offered") - 1
        return {"offered": offered, "popped": len(program.ask("painted")), "rows": _rows(folder) - rows_before}

    return _until(count, lambda counted: counted["rows"] == counted["offered"] and counted["popped"] >= least)


def _until(look: Callable[[], dict[str, int]], is_there: Callable[[dict[str, int]], bool]) -> dict[str, int]:
    """What is seen as soon as it is there, or after `_TOO_LATE`."""
    over = time.monotonic() + _TOO_LATE
    while not is_there(seen := look()) and time.monotonic() < over:
        time.sleep(_LOOK_EVERY)
    return seen


class Memory:
    """How much a process's resident memory grew at most over what it had at the start of the block."""

    def __init__(self, pid: int) -> None:
        self._status = Path(f"/proc/{pid}/status")
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._first = self._most = self._resident()

    @property
    def grown_mb(self) -> float:
        return (self._most - self._first) / 1024

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_LOOK_EVERY):
            self._most = max(self._most, self._resident())

    def _resident(self) -> int:
        """In kB."""
        lines = self._status.read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1])


def _rows(folder: Path) -> int:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        return int(connection.execute("SELECT count(*) FROM call").fetchone()[0])


def _traced(folder: Path, kind: str) -> int:
    lines = (folder / "traces" / "calls.jsonl").read_text(encoding="utf-8").splitlines()
    return sum(json.loads(line)["type"] == kind for line in lines)


def _stranger(hall: Hall, length: Length) -> dict[str, Any]:
    return {"source": STRANGER, "what": "calls", "count": length.many, "rate": length.rate, "numbers": hall.numbers[2:]}


def _one_number(hall: Hall, length: Length) -> dict[str, Any]:
    return _trusted(hall, length) | {"numbers": [f"{_UNKNOWN}00000001"]}


def _many_numbers(hall: Hall, length: Length) -> dict[str, Any]:
    return _trusted(hall, length) | {"numbers": [f"{_UNKNOWN}{7_919 * given % 10**8:08}" for given in range(100_000)]}


def _trusted(hall: Hall, length: Length) -> dict[str, Any]:
    count = int(length.seconds * length.rate)
    inside = {"customer": hall.numbers[0], "customer_at": length.customer_at}
    return {"source": PBX, "what": "calls", "count": count, "rate": length.rate, **inside}


def _options(_hall: Hall, length: Length) -> dict[str, Any]:
    numbers = [f"{_UNKNOWN}00000001"]
    return {"source": PBX, "what": "options", "count": length.many, "rate": length.rate, "numbers": numbers}


def _copies(hall: Hall, length: Length) -> dict[str, Any]:
    return _options(hall, length) | {"what": "copies", "numbers": hall.numbers[2:3]}


_SCENARIOS: dict[str, Callable[[Hall, Length], dict[str, Any]]] = {
    "stranger": _stranger,
    "one number": _one_number,
    "many numbers": _many_numbers,
    "options": _options,
    "copies": _copies,
}
