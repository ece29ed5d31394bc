"""Ten calls ring at once, and an operator goes from card to card by a key: real INVITEs in, times as JSON on stdout."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.call import Call
from app.program import Program
from bench.peer_process import PeerProcess
from bench.pop_ground import numbers_to_ring
from bench.ready_program import ready_program
from cti.source import TakesTestCalls
from ui.painted import PaintWatch

_AT_ONCE = 10
_CALM_MS = 500


class Stepper:
    """Rings ten times, then presses the key `presses` times, each after `pace` seconds of rest."""

    def __init__(self, program: Program, folder: Path, presses: int, pace: float) -> None:
        self._program, self._folder, self._presses, self._pace = program, folder, presses, pace
        self._after: Callable[[int, Callable[[], object]], object] = program.ui_thread.later
        self._rung: set[str] = set()
        self.took: list[dict[str, int]] = []

    def begin(self, source: TakesTestCalls) -> None:
        """The source listens."""
        assert source.bound_address is not None
        self.peer = PeerProcess(self._folder, source.bound_address)
        for place, number in enumerate(numbers_to_ring(self._folder)[:_AT_ONCE]):
            self.peer.tell("ring", call=f"bench-{place}", number=number, after=0.0)

    def saw(self, call: Call) -> None:
        """The program says that this call was painted."""
        self._rung.add(call.ring.source_id)
        if len(self._rung) == _AT_ONCE and not self.took:
            self._program.desktop.pop.take_me_there()
            self._after(_CALM_MS, self._press)

    def _press(self) -> None:
        pop = self._program.desktop.pop
        before, began = pop.call, time.monotonic_ns()
        QTest.keyClick(pop.note.body, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        if pop.call is before:
            raise RuntimeError("the key led to no other card: has the window the keyboard?")
        seen: dict[str, int] = {}

        def painted(what: str) -> None:
            seen[what] = (time.monotonic_ns() - began) // 1000
            if len(seen) == 2:
                self._rest(seen)

        PaintWatch(pop.header.name, lambda: painted("painted"))
        PaintWatch(pop.body, lambda: painted("whole"))

    def _rest(self, seen: dict[str, int]) -> None:
        self.took.append(seen)
        then = self._press if len(self.took) < self._presses else self._program.app.exit
        self._after(int(self._pace * 1000), then)


def main(folder: str, _scenario: str, presses: str, pace: str) -> None:
    """`folder` holds a ground of `bench.pop_ground`."""
    program = ready_program(Path(folder))
    stepper = Stepper(program, Path(folder), int(presses), float(pace))
    program.on_painted.append(stepper.saw)
    program.on_listening = stepper.begin
    program.run()
    with stepper.peer:
        pass
    print(json.dumps([{"us": us} for us in stepper.took]))


if __name__ == "__main__":
    main(*sys.argv[1:])
