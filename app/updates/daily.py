"""The running program looks for a newer version now and then: on a thread of its own, and never during a call."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from app.clock import Clock
from app.db_worker import Post
from app.kept_json import KeptJson
from app.settings import UpdateSettings
from app.updates.checking import Found, Here, Outcome, look, remembered
from app.who_is_it import Later

log = logging.getLogger(__name__)

FIRST_MS, FIRST_SPREAD_MS = 120_000, 1_800_000  # not while the program starts, nor everybody at nine o'clock
EVERY_MS, SPREAD_MS = (
    int(timedelta(hours=22) / timedelta(milliseconds=1)),
    int(timedelta(hours=4).total_seconds() * 1000),
)
AGAIN_MS = 300_000  # somebody was on the phone

Draw = Callable[[int], int]
"""A number from 0 up to that one."""


class DailyLook:
    """`told` hears in the desk's thread of each outcome that counts; `is_busy` whether a call rings or is worked on."""

    def __init__(
        self,
        updates: UpdateSettings,
        here: Here,
        kept: KeptJson,
        is_busy: Callable[[], bool],
        told: Callable[[Found], object],
    ) -> None:
        self._updates, self._here, self._kept, self._is_busy, self._told = updates, here, kept, is_busy, told

    def begin(self, later: Later, post: Post, clock: Clock, draw: Draw) -> None:
        """From now on; `later` runs in the desk's thread."""

        def turn() -> None:
            if self._is_busy():
                later(AGAIN_MS, turn)
                return
            later(EVERY_MS + draw(SPREAD_MS), turn)
            # a share that hangs must not hold up the end of the program
            threading.Thread(target=ask, name="updates", daemon=True).start()

        def ask() -> None:
            outcome = look(self._updates, self._here, self._kept.read() or {}, clock.now())
            post(self._hear, outcome)

        later(FIRST_MS + draw(FIRST_SPREAD_MS), turn)

    def _hear(self, outcome: Outcome) -> None:
        if not isinstance(outcome, Found):
            log.info("updates: nothing is known: %s", outcome)  # for IT; at the desk nobody can do anything about it
            return
        log.info("updates: %s is the newest version, here is %s", outcome.manifest.version, self._here.version)
        self._kept.write(remembered(outcome))
        self._told(outcome)
