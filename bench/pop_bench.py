"""INVITE to painted: the real program in each scenario, the bare floor, and pyVoIP, one after the other in one run."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bench.display import Display
from bench.figures import Spread, quantile, spread
from bench.pop_ground import copied

STATIONS = ("received", "parsed", "matched", "shown", "painted", "whole")
_PYVOIP_CALLS = 5  # a second each
_PILED = 40
_STARTS_WITHIN = 60.0  # seconds
_MOST_PER_CALL = 2.0  # seconds beside the pace

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scene:
    """One scenario: the time from INVITE to the painted name, and what each step took of it."""

    calls: int
    painted: Spread
    steps: dict[str, Spread]
    whole: Spread | None = None  # until the panels stand there too
    early: Spread | None = None  # of a strip that grows: the first quarter of the calls
    late: Spread | None = None  # and the last


@dataclass(frozen=True, slots=True)
class Switching:
    """From the key that leads to another card to that card: its name, and its panels too."""

    painted: Spread
    whole: Spread
    whole_p95: float


@dataclass(frozen=True, slots=True)
class PopFigures:
    """What one run measured; all from the moment before the peer's sendto()."""

    display: str
    pace: float
    omote: dict[str, Scene] = field(default_factory=dict)
    floor: dict[str, Scene] = field(default_factory=dict)
    pyvoip: Spread | None = None
    switching: Switching | None = None
    customers: int | None = None  # of a big database; None for the demo's


def measure(profile: Path, folder: Path, display: Display, calls: int, pace: float) -> PopFigures:
    """`profile` is a prepared demo or a big ground; each scenario gets its own copy in `folder`."""
    made = PopFigures(display.words, pace)
    lab = Lab(profile, folder, display, pace)
    for name in ("mapped", "hidden"):
        made.omote[name] = _scene(lab.run("omote_run", name, calls), calls)
        made.floor[name] = _scene(lab.run("floor_run", name, calls), calls)
    piled = lab.run("omote_run", "piling", min(calls, _PILED))
    made.omote["piling"] = _scene(piled, min(calls, _PILED), is_growing=True)
    pyvoip, switching = pyvoip_callbacks(lab, calls), _switching(lab.run("switch_run", "keys", calls))
    return replace(made, pyvoip=pyvoip, switching=switching)


def _switching(records: Sequence[Record]) -> Switching:
    names, wholes = ([record["us"][name] / 1000 for record in records] for name in ("painted", "whole"))
    return Switching(spread(names), spread(wholes), quantile(sorted(wholes[1:] or wholes), 0.95))


def pyvoip_callbacks(lab: "Lab", calls: int) -> Spread:
    """INVITE → pyVoIP's user callback."""
    heard = lab.run("pyvoip_run", "", min(calls, _PYVOIP_CALLS))
    return spread([record["us"]["callback"] / 1000 for record in heard])


class Lab:
    """Runs the modules that measure, each with a fresh copy of `profile` in `folder`."""

    def __init__(self, profile: Path, folder: Path, display: Display, pace: float) -> None:
        self._profile, self._folder, self._display, self._pace = profile, folder, display, pace

    def run(self, module: str, scenario: str, calls: int) -> list[Record]:
        """Run a module of ours as a process of its own. RuntimeError with its last words when it fails."""
        folder = copied(self._profile, self._folder / f"{module}-{scenario}")
        more = [scenario, str(calls), str(self._pace)] if scenario else [str(calls)]
        command = [sys.executable, "-m", f"bench.{module}", str(folder), *more]
        limit = _STARTS_WITHIN + calls * (self._pace + _MOST_PER_CALL)
        done = subprocess.run(
            command, env=self._display.environ, capture_output=True, text=True, timeout=limit, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"{module} {scenario} failed:\n{done.stderr[-2000:]}")
        records: list[Record] = json.loads(done.stdout)
        if len(records) != calls:
            raise RuntimeError(f"{module} {scenario}: {len(records)} of {calls} calls arrived\n{done.stderr[-2000:]}")
        return records


def _scene(records: Sequence[Record], calls: int, *, is_growing: bool = False) -> Scene:
    painted = [record["us"]["painted"] / 1000 for record in records]
    steps = _steps([record["us"] for record in records])
    whole = [record["us"]["whole"] / 1000 for record in records if "whole" in record["us"]]
    made = Scene(calls, spread(painted), steps, spread(whole) if whole else None)
    quarter = max(1, calls // 4)
    early, late = spread(painted[1 : 1 + quarter] or painted), spread(painted[-quarter:])
    return replace(made, early=early, late=late) if is_growing else made


def _steps(stamps: Sequence[dict[str, int]]) -> dict[str, Spread]:
    """What lies between each station and the one before it; the first one is the wire."""
    reached = [name for name in STATIONS if name in stamps[0]]
    made, before = {}, None
    for name in reached:
        made[name] = spread([(one[name] - (one[before] if before else 0)) / 1000 for one in stamps])
        before = name
    return made
