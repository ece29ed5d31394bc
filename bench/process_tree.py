"""How much memory a process and all its children hold, sampled while they work (Linux)."""

import time
from pathlib import Path
from threading import Event, Thread

_EVERY = 0.05


class Memory:
    """Samples in a thread until `stop`; `peak_mb` is the largest sum of resident pages, shared ones counted again."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._is_over = Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self.peak_mb = 0.0
        self._thread.start()

    def stop(self) -> float:
        """End it; the peak in megabytes."""
        self._is_over.set()
        self._thread.join()
        return self.peak_mb

    def _watch(self) -> None:
        while not self._is_over.is_set():
            self.peak_mb = max(self.peak_mb, sum(map(_resident_kb, _tree(self._pid))) / 1024)
            time.sleep(_EVERY)


def _tree(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text("ascii").split())
        except OSError:
            continue
    return found


def _resident_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
