"""The benchmark "scroll": a process of its own on a screen of its own, its figures as a table."""

import json
import subprocess
import sys
from typing import Any

from bench.display import Display

Figures = dict[str, dict[str, Any]]


def measure(display: Display, rows: int) -> Figures:
    """By name, as `bench.scroll_run` tells them."""
    words = [sys.executable, "-m", "bench.scroll_run", str(rows)]
    done = subprocess.run(words, env=display.environ, check=True, stdout=subprocess.PIPE, text=True)
    told: Figures = json.loads(done.stdout)
    return told


def lines(figures: Figures, words: str) -> list[str]:
    """For people."""
    head = f"{'':<50}{'p50':>8}{'p99':>8}{'longest':>9}{'> 16.7 ms':>11}"
    told = [f"a history is scrolled to its end, ten rows a frame, on {words}", "", head]
    for name, one in figures.items():
        late = one["late"]
        worked = one["worked"]
        told.append(f"{name}: {one['rows']:,} rows in {one['seconds']:.0f} s")
        for what, each, most, over in (
            ("how late an event came, ms", late, one["longest"], one["over_a_frame"]),
            ("the thread's own work in between, ms", worked, one["most_worked"], ""),
        ):
            told.append(f"  {what:<48}{each['p50']:8.2f}{each['p99']:8.2f}{most:9.2f}{over:>11}")
    return told
