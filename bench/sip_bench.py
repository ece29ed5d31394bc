"""INVITE → 180 in turn within one run: ours alone and inside the program, SIPp, baresip, the floor. Bursts, pyVoIP."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench import burst_bench
from bench.burst_bench import Burst
from bench.customers import fullest_numbers
from bench.display import Display
from bench.figures import Spread, spread
from bench.json_process import JsonProcess
from bench.pop_bench import Lab, pyvoip_callbacks
from bench.ring_servers import RingServer, servers

OURS = ("omote", "window")
THEIRS = ("sipp", "baresip")
_PER_ROUND = 20


@dataclass(frozen=True, slots=True)
class Answering:
    """Who rang how fast at one pace, and how many calls got no 180."""

    pace: float
    spreads: dict[str, Spread] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)

    def ratio(self, ours: str, theirs: str) -> float | None:
        """How many times their median ours is; None where they are not installed."""
        if ours not in self.spreads or theirs not in self.spreads:
            return None
        return self.spreads[ours].p50 / self.spreads[theirs].p50


@dataclass(frozen=True, slots=True)
class SipFigures:
    """What one run measured."""

    display: str
    answering: list[Answering]
    bursts: list[Burst]
    pyvoip: Spread


def measure(profile: Path, folder: Path, display: Display, calls: int, pace: float) -> SipFigures:
    """`calls` per listener and pace: at `pace` seconds, then back to back. Bursts follow, each with a fresh program."""
    numbers = fullest_numbers(profile)
    with ExitStack() as running:
        rung = {name: running.enter_context(start(folder / name)) for name, start in servers(display, profile).items()}
        caller = running.enter_context(JsonProcess("bench.sip_caller"))
        answering = [_in_turn(rung, caller, numbers, calls, one) for one in (pace, 0.0)]
    bursts = burst_bench.measure(display, profile, folder)
    return SipFigures(display.words, answering, bursts, pyvoip_callbacks(Lab(profile, folder, display, pace), calls))


def _in_turn(
    rung: dict[str, RingServer], caller: JsonProcess, numbers: list[str], calls: int, pace: float
) -> Answering:
    """Round by round, so that all meet the same machine."""
    took: dict[str, list[float]] = {name: [] for name in rung}
    made = Answering(pace, lost=dict.fromkeys(rung, 0))
    for first in range(0, calls, _PER_ROUND):
        for name, server in rung.items():
            given = min(_PER_ROUND, calls - first)
            asked = {"target": server.target, "user": server.user, "numbers": numbers, "calls": given, "pace": pace}
            told = caller.ask(asked)
            took[name] += told["ms"]
            made.lost[name] += told["lost"]
    made.spreads.update({name: spread(values) for name, values in took.items() if values})
    return made
