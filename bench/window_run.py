"""The whole program with its window, watched from within: prints its port, and what it saw when stdin ends.

`folder` holds a prepared demo profile. The lag of the Qt thread is looked at by a timer of its own, which the
program does not know of.
"""

import json
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from app import demo
from app.call import Call
from app.credentials import Credentials
from app.paths import profile_at
from app.program import Program
from app.words import use_language
from bench.ordinary_user import grant_no_more_than
from bench.ring_servers import BACK_TO_BACK
from cti.sip.settings import SipSettings
from cti.source import TakesTestCalls

_TICK_NS = 10_000_000


class LagProbe(QObject):
    """How late an event of every 10 ms came; a stall counts once for each of those that it held up."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.late_ns: list[int] = []
        self._due_ns = time.monotonic_ns() + _TICK_NS
        self._timer = QTimer(self, interval=_TICK_NS // 1_000_000, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now_ns = time.monotonic_ns()
        while self._due_ns <= now_ns:
            self.late_ns.append(now_ns - self._due_ns)
            self._due_ns += _TICK_NS


class Watch:
    """Which calls were painted and when, and the probe, begun anew at each "watch"."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._probe = LagProbe(program.app)
        self._painted_ns: dict[str, int] = {}

    def painted(self, call: Call) -> None:
        """The program says that this call's name stands on the screen."""
        self._painted_ns[call.ring.source_id.partition(";")[0]] = call.stamps.at_ns["painted"]

    def obey(self, word: str) -> None:
        """ "watch" forgets what was seen before, "tell" prints the lags since, "painted" the calls and when."""
        if word == "watch":
            self._painted_ns.clear()
            self._probe.late_ns.clear()
        late = [round(one / 1e6, 2) for one in self._probe.late_ns]
        print(json.dumps(self._painted_ns if word == "painted" else {"late_ms": late}), flush=True)


def main(folder: str, bind: str, allow: str, answer: str, room: str) -> None:
    """`room` is the most bytes that the kernel shall grant a socket, 0 for what it likes."""
    if int(room):
        grant_no_more_than(int(room))
    use_language("ja")
    given = demo.demo_settings("light")
    source = SipSettings(
        "bench",
        bind=f"{bind}:0",
        allow=(allow,),
        register=False,
        answer=answer,  # type: ignore[arg-type]
        calls_per_second=BACK_TO_BACK if answer == "ring" else 5,  # who is timed rings
    )
    program = Program(profile_at(Path(folder)), type(given)(given.desk, sources=(source,)), Credentials())
    watch = Watch(program)
    program.on_painted.append(watch.painted)
    program.on_listening = _say_port

    def commands() -> None:
        for line in sys.stdin:
            program.ui_thread.post(watch.obey, line.strip())
        program.ui_thread.post(program.app.exit)

    threading.Thread(target=commands, daemon=True).start()
    program.run()


def _say_port(source: TakesTestCalls) -> None:
    assert source.bound_address is not None
    print(json.dumps({"port": source.bound_address[1]}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
