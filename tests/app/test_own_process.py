"""A process of its own: what it tells, how it ends, and that it never outlives its program."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from app.errors import UserError
from app.own_process import Hearing, Killed, Line, OwnProcess
from app.words import use_language


def count(line: Line, most: int) -> int:
    """Counts until that is enough."""
    for number in range(most):
        line.tell(number)
        time.sleep(0.005)
        if line.is_enough():
            return number
    return most


def refuse(_line: Line, about: str) -> None:
    raise UserError(about, "Do something.")


def fail(_line: Line, about: str) -> None:
    raise ZeroDivisionError(about)


def rest(line: Line, about: float) -> None:
    line.tell(os.getpid())
    time.sleep(about)


def run(work: Any, about: Any, at: Any = lambda _process, _told: None) -> tuple[list[Any], Any]:
    """What it told, and how it ended; `at` may interfere."""
    heard: SimpleQueue[tuple[str, Any]] = SimpleQueue()
    hearing: Hearing[Any, Any] = Hearing(
        lambda call, word: call(word), lambda told: heard.put(("told", told)), lambda end: heard.put(("end", end))
    )
    process: OwnProcess[Any, Any] = OwnProcess("work", work, about, hearing)
    told = []
    while True:
        what, word = heard.get(timeout=60)
        if what == "end":
            process.wait()
            return told, word
        told.append(word)
        at(process, word)


def test_everything_that_it_tells_comes_in_order_before_its_end() -> None:
    assert run(count, 5) == ([0, 1, 2, 3, 4], 5)


def test_once_it_is_enough_it_ends_with_what_it_has() -> None:
    told, end = run(count, 10_000, lambda process, _told: process.enough())
    assert len(told) < 10_000
    assert end == told[-1]


def test_its_word_for_people_comes_out_as_it_is() -> None:
    _told, end = run(refuse, "It is late.")
    assert (end.what, end.todo) == ("It is late.", "Do something.")


@pytest.mark.expected_log("ZeroDivisionError: a bug")
def test_a_bug_in_it_is_one_line_for_people_and_a_traceback_in_the_log() -> None:
    use_language("en")
    _told, end = run(fail, "a bug")
    assert isinstance(end, UserError)
    assert end.what == "Something unexpected happened. The log tells IT more."


def test_a_kill_is_told_as_such() -> None:
    assert run(rest, 60.0, lambda process, _told: process.kill())[1] == Killed()


def test_it_dies_with_its_program_in_the_midst_of_its_work() -> None:
    words = [sys.executable, "-m", "tests.app.test_own_process"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as program:
        assert program.stdout is not None
        pid = int(program.stdout.readline())
        os.kill(pid, 0)
        program.send_signal(signal.SIGKILL)
        assert program.stdout.read() == ""  # its end: whoever holds the other end of the pipe is dead


if __name__ == "__main__":
    run(rest, 60.0, lambda _process, told: print(told, flush=True))  # noqa: T201 -- for the test that kills us
