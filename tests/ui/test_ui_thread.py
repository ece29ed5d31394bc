"""The one crossing into the Qt thread: order, thread, and never at once."""

import threading

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from ui.ui_thread import UiThread


def test_jobs_of_another_thread_run_in_the_qt_thread_in_their_order(qtbot: QtBot) -> None:
    crossing, ran = UiThread(), list[tuple[int, threading.Thread]]()
    poster = threading.Thread(
        target=lambda: [crossing.post(lambda n=n: ran.append((n, threading.current_thread()))) for n in range(500)]
    )
    poster.start()
    poster.join(10)
    assert ran == [], "nothing runs in the poster's own thread"
    qtbot.waitUntil(lambda: len(ran) == 500)
    assert [number for number, _thread in ran] == list(range(500))
    assert {thread for _number, thread in ran} == {threading.main_thread()}


def test_a_job_posted_from_the_qt_thread_waits_for_the_next_turn(qtbot: QtBot) -> None:
    crossing, ran = UiThread(), list[str]()
    crossing.post(ran.append, "posted")
    ran.append("first")
    qtbot.waitUntil(lambda: len(ran) == 2)
    assert ran == ["first", "posted"]


def test_later_runs_once_in_the_qt_thread_and_the_shorter_wait_first(qtbot: QtBot) -> None:
    crossing, ran = UiThread(), list[str]()
    crossing.later(60, lambda: ran.append("long"))
    crossing.later(1, lambda: ran.append("short"))
    qtbot.waitUntil(lambda: len(ran) == 2)
    qtbot.wait(80)
    assert ran == ["short", "long"]


def test_a_job_that_fails_does_not_stop_the_next(qtbot: QtBot) -> None:
    crossing, ran = UiThread(), list[str]()
    with qtbot.capture_exceptions() as failures:
        crossing.post(lambda: 1 / 0)
        crossing.post(ran.append, "next")
        qtbot.waitUntil(lambda: ran == ["next"])
    assert [kind for kind, _error, _trace in failures] == [ZeroDivisionError]


def test_a_flood_of_jobs_lets_qt_have_its_turn_after_each_slice(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.ui_thread.SLICE", -1.0)
    crossing, ran = UiThread(), list[str]()
    clock = QTimer(interval=0)
    clock.timeout.connect(lambda: ran.append("tick"))
    for number in range(20):
        crossing.post(ran.append, f"job {number}")
    clock.start()
    qtbot.waitUntil(lambda: "job 19" in ran)
    clock.stop()
    assert [one for one in ran if one != "tick"] == [f"job {number}" for number in range(20)]
    assert ran[: ran.index("job 19")].count("tick") >= 10


def test_jobs_left_over_by_a_failing_one_still_run(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.ui_thread.SLICE", -1.0)
    crossing, ran = UiThread(), list[str]()
    with qtbot.capture_exceptions() as failures:
        for number in range(5):
            crossing.post(ran.append, str(number))
            crossing.post(lambda: 1 / 0)
        qtbot.waitUntil(lambda: len(failures) == 5)
    assert ran == list("01234")
