"""One scenario with the real program: real INVITEs in, the trace's five stamps out, as JSON on stdout.

A process of its own per scenario, so that each begins with a cold program.
"""

import json
import sys
import time
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from app.call import Call, CallState
from app.paths import profile_at
from app.program import Program
from app.trace import STAMPS
from bench.peer_process import PeerProcess
from bench.pop_ground import numbers_to_ring
from bench.ready_program import ready_program
from bench.rounds import Plan, Rounds
from cti.source import TakesTestCalls
from ui.painted import PaintWatch

_POLL_MS = 5


class Scenario(StrEnum):
    """How the desk looks when the phone rings."""

    HIDDEN = "hidden"  # an empty desk: the window is hidden, and shown for the call
    MAPPED = "mapped"  # the card of the call before, which is over, stands there and is replaced
    PILING = "piling"  # as mapped, but no call is ever put away: the strip grows by one per call


class Operator:
    """Rings, and puts calls away as an operator would, through the desk."""

    def __init__(self, program: Program, plan: Plan, scenario: Scenario, folder: Path) -> None:
        self._program, self._plan, self._scenario, self._folder = program, plan, scenario, folder
        self._after = program.ui_thread.later
        self._before: UUID | None = None
        self._call_ids: dict[str, UUID] = {}
        self.received_ns: dict[str, int] = {}
        self.whole_ns: dict[str, int] = {}

    def begin(self, source: TakesTestCalls) -> None:
        """The source listens: start the peer and ring."""
        assert source.bound_address is not None
        self.peer = PeerProcess(self._folder, source.bound_address)
        # exit, not quit: quit asks the windows, and the pop refuses to be closed
        self.rounds = Rounds(self.peer, self._plan, self._after, self._put_away, self._program.app.exit)
        self.rounds.start()

    def saw(self, call: Call) -> None:
        """The program says that this call was painted."""
        source_id = _sip_call_id(call.ring.source_id)
        self._call_ids[source_id] = call.id
        self.received_ns[source_id] = call.stamps.at_ns["received"]
        PaintWatch(self._program.desktop.pop.body, lambda: self._saw_whole(source_id))

    def _saw_whole(self, source_id: str) -> None:
        """The panels, which follow the name, are on the screen too."""
        self.whole_ns[source_id] = time.monotonic_ns()
        self.rounds.saw(source_id)

    def _put_away(self, source_id: str, rested: Callable[[], None]) -> None:
        self.peer.tell("cancel", call=source_id)
        call = self._program.desk.calls.get(self._call_ids[source_id])
        assert call is not None
        self._when(lambda: call.state is CallState.MISSED, lambda: self._finish(call, rested))

    def _finish(self, call: Call, rested: Callable[[], None]) -> None:
        self.peer.wait(2)
        leaving = {Scenario.HIDDEN: call.id, Scenario.MAPPED: self._before}.get(self._scenario)
        self._before = call.id
        if leaving is None:
            rested()
            return
        self._program.desk.finish(leaving)
        self._when(lambda: self._program.desk.calls.get(leaving) is None, rested)

    def _when(self, is_so: Callable[[], bool], then: Callable[[], object]) -> None:
        if is_so():
            then()
        else:
            self._after(_POLL_MS, partial(self._when, is_so, then))


def main(folder: str, scenario: str, calls: str, pace: str) -> None:
    """`folder` holds a prepared demo profile."""
    program, profile = ready_program(Path(folder)), profile_at(Path(folder))
    plan = Plan(numbers_to_ring(profile.database_folder), int(calls), float(pace))
    operator = Operator(program, plan, Scenario(scenario), Path(folder))
    program.on_painted.append(operator.saw)
    program.on_listening = operator.begin
    program.run()
    with operator.peer:
        pass
    print(json.dumps(_passed(profile.trace_file, operator)))


def _passed(trace: Path, operator: Operator) -> list[dict[str, Any]]:
    """Per call: microseconds from the peer's send to each station, in the order of the calls."""
    sent = operator.peer.sent_ns()
    made = []
    for line in map(json.loads, trace.read_text(encoding="utf-8").splitlines()):
        call = _sip_call_id(line["source_id"])
        if line["type"] == "pop" and call in sent:
            wire = (operator.received_ns[call] - sent[call]) // 1000
            stamps = {name: wire + line["stamps_us"][name] for name in STAMPS}
            stamps["whole"] = (operator.whole_ns[call] - sent[call]) // 1000
            made.append({"call": call, "opened": line["opened"], "us": stamps})
    return made


def _sip_call_id(source_id: str) -> str:
    return source_id.partition(";")[0]


if __name__ == "__main__":
    main(*sys.argv[1:])
