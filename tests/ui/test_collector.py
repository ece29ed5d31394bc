"""Circles are collected in Qt's thread, and only there."""

import gc
import threading
from weakref import ref

from pytestqt.qtbot import QtBot

from ui.collector import Collector, collect_if_due


class Circle:
    """Refers to itself, and tells in which thread it went."""

    def __init__(self, went_in: list[str]) -> None:
        self.me = self
        self._went_in = went_in

    def __del__(self) -> None:
        self._went_in.append(threading.current_thread().name)


def test_circles_that_another_thread_makes_go_in_the_thread_of_the_windows(qtbot: QtBot) -> None:
    collector, went_in = Collector(), list[str]()
    try:
        maker = threading.Thread(target=lambda: [Circle(went_in) for _unused in range(20_000)], name="maker")
        maker.start()
        maker.join()
        assert went_in == []
        collect_if_due()
        assert len(went_in) > 19_000
        assert set(went_in) == {threading.current_thread().name}
    finally:
        collector.stop()


def test_a_desk_that_rests_collects_nothing() -> None:
    gc.collect()
    kept = [Circle([])]
    seen = ref(kept.pop())
    collect_if_due()
    assert seen() is not None
