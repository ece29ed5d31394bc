"""A burst of INVITEs: how many of them the listener read, by the kernel's own count of what it had to drop."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.display import Display
from bench.ordinary_user import RMEM_MAX
from bench.ring_servers import RingServer, free_port, until_there, window

CALLS = 1_000
_ROOMS = (0, RMEM_MAX)  # what the machine grants, and what an ordinary user gets
_PATIENCE = 60.0  # seconds
_TRACED_WITHIN = 1.0


@dataclass(frozen=True, slots=True)
class Burst:
    """`room` in bytes, 0 for what this machine grants; `worked_off_ms` from the first INVITE to the last answer.

    `answered`: the calls that got one; `offered`: those that the desk took, the flood control being as it is delivered.
    """

    who: str
    room: int
    calls: int
    bytes: int
    per_second: float
    worked_off_ms: float
    answered: int
    lost: int
    offered: int


def measure(display: Display, profile: Path, folder: Path) -> list[Burst]:
    """`omote listen` and the program with its window, each with both rooms."""
    made = []
    for room in _ROOMS:
        for who in ("listen", "window"):
            own = folder / f"burst-{who}-{room}"
            with _start(who, display, profile, own, room) as server:
                made.append(_burst(who, room, server, own))
    return made


def lost_at(port: int) -> int:
    """Datagrams that the kernel dropped at this port because nobody had read the earlier ones."""
    drops = 0
    for table in ("/proc/self/net/udp", "/proc/self/net/udp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            words = line.split()
            if int(words[1].rpartition(":")[2], 16) == port:
                drops += int(words[-1])
    return drops


def _start(who: str, display: Display, profile: Path, folder: Path, room: int) -> AbstractContextManager[RingServer]:
    if who == "window":
        return window(display, profile, folder, "silent", room)
    return _listening(profile, folder, room)


@contextmanager
def _listening(profile: Path, folder: Path, room: int) -> Iterator[RingServer]:
    """`omote listen`, its lines kept in the profile's trace folder as the window would."""
    shutil.copytree(profile, folder)
    port = free_port()
    (folder / "settings.toml").write_text(
        f'[[source]]\nname = "bench"\nbind = "127.0.0.1:{port}"\nallow = ["127.0.0.1"]\nregister = false\n'
    )
    words = ["bench.ordinary_user", str(room), "app", "--profile", str(folder), "listen"]
    with _trace(folder).open("w") as lines:
        process = subprocess.Popen([sys.executable, "-m", *words], stdout=lines, text=True)
        try:
            until_there(port, "OPTIONS", 200, process)
            yield RingServer(("127.0.0.1", port), "0312345678")
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _burst(who: str, room: int, server: RingServer, folder: Path) -> Burst:
    words = ["bench.burst_sender", *map(str, server.target), str(CALLS)]
    done = subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, timeout=_PATIENCE, check=True)
    lost = lost_at(server.target[1])
    return Burst(who=who, room=room, lost=lost, offered=_offered(folder), **json.loads(done.stdout))


def _offered(folder: Path) -> int:
    """Calls in the trace, which is written behind: counted when it grows no more."""
    lines: list[str] = []
    before = -1
    while len(lines) != before:
        before = len(lines)
        time.sleep(_TRACED_WITHIN)
        lines = _trace(folder).read_text(encoding="utf-8").splitlines()
    return sum(json.loads(line)["type"] == "offered" for line in lines)


def _trace(folder: Path) -> Path:
    (folder / "traces").mkdir(exist_ok=True)
    return folder / "traces" / "calls.jsonl"
