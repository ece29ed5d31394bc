"""The headset at this desk, for the windows: which devices, how loud, tried without a call, and the bell of a call.

What is chosen here is kept on this PC and goes before the settings. All answers come in the desk's thread.
"""

import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from typing import Any

from app.call import Call
from app.db_worker import Post
from app.kept_json import KeptJson
from cti.headset import Chosen, Devices, HeadsetNow, SoundError, SoundFault, TalkHere

__all__ = ["Chosen", "Devices", "HeadsetNow", "SoundError", "SoundFault", "Talking"]

log = logging.getLogger(__name__)

Submit = Callable[[Coroutine[Any, Any, Any]], "Future[Any]"]


class Talking:
    """`headsets` by the name of their source: one headset for them all. Without any there is nothing to show."""

    def __init__(
        self, headsets: Mapping[str, TalkHere], submit: Submit, post: Post, file: KeptJson | None = None
    ) -> None:
        self._all, self._submit, self._post, self._file = dict(headsets), submit, post, file
        self._is_ringing = False
        kept = _kept(file.read() if file is not None else None)
        if kept is not None:
            for one in self._all.values():
                one.headset.choose(kept)  # nothing runs yet: it costs nothing

    @property
    def is_here(self) -> bool:
        """Whether this PC is a telephone."""
        return bool(self._all)

    def is_talked_in(self, call: Call) -> bool:
        """Whether this call is talked in here."""
        return any(leg.source in self._all and leg.ended_at is None for leg in call.legs)

    @property
    def chosen(self) -> Chosen:
        """By the operator here, or by the settings."""
        return next((one.headset.chosen for one in self._all.values()), Chosen())

    @property
    def level(self) -> float:
        """How loud the microphone is, 0 to 1."""
        return max((one.headset.level for one in self._all.values()), default=0.0)

    @property
    def ear_level(self) -> float:
        """How loud it is in the ear."""
        return max((one.headset.ear_level for one in self._all.values()), default=0.0)

    @property
    def now(self) -> HeadsetNow:
        """How it stands: of the source that has it open."""
        every = [one.headset.now for one in self._all.values()]
        return next((one for one in every if one.is_open or one.fault), HeadsetNow())

    def look(self, then: Callable[[Devices | SoundError], object]) -> None:
        """What is plugged in now."""
        self._ask(self._first.look(), then)

    def choose(self, chosen: Chosen, then: Callable[[object], object]) -> None:
        """From now on, also in the midst of a call, and after the next start."""
        if self._file is not None:
            self._file.write({"microphone": chosen.microphone, "speaker": chosen.speaker, "ring": chosen.ring})
        for one in self._all.values():
            self._ask(one.choose(chosen), then)

    def try_it(self, then: Callable[[SoundError | None], object]) -> None:
        """The operator hears himself, a second later."""
        self._ask(self._first.try_it(), then)

    def stop_trying(self) -> None:
        self._ask(self._first.stop_trying(), _nothing)

    def ring(self, call: Call) -> None:
        """This call rings, and wants to be heard; only what is talked in here does."""
        if self.is_talked_in(call) and not self._is_ringing:
            self._is_ringing = True
            self._ask(self._first.ring(), _nothing)

    def stop_ringing(self) -> None:
        """Nothing rings any more."""
        if self._is_ringing:
            self._is_ringing = False
            self._ask(self._first.stop_ringing(), _nothing)

    @property
    def _first(self) -> TalkHere:
        return next(iter(self._all.values()))

    def _ask(self, work: Coroutine[Any, Any, Any], then: Callable[[Any], object]) -> None:
        def done(future: "Future[Any]") -> None:
            try:
                told = future.result()
            except CancelledError:
                return
            except Exception:  # a root: nobody waits for it
                log.exception("the headset failed")
                return
            self._post(then, told)

        try:
            self._submit(work).add_done_callback(done)
        except RuntimeError:  # the program ends: the sources have left with all that was open
            work.close()


def is_missing(names: Sequence[str], wanted: str) -> bool:
    """Whether a chosen device is not among these."""
    return bool(wanted) and not any(wanted.casefold() in name.casefold() for name in names)


def _nothing(_told: object) -> None:
    """Nobody wants to know."""


def _kept(told: Any) -> Chosen | None:
    """What was chosen before; None if nothing was, or nobody understands it."""
    if not isinstance(told, dict):
        return None
    microphone, speaker, ring = (told.get(name) for name in ("microphone", "speaker", "ring"))
    if not (isinstance(microphone, str) and isinstance(speaker, str) and isinstance(ring, str | None)):
        return None
    return Chosen(microphone, speaker, ring)
