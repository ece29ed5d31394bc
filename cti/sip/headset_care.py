"""The headset on the thread "cti": what blocks is done on other threads; while it is wanted it is looked after."""

import asyncio
import contextlib
import logging
from collections.abc import Callable

from cti.headset import Chosen, Devices, HeadsetNow, SoundError
from cti.sip.headset import Headset

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds


class HeadsetCare:
    """A `cti.headset.TalkHere`. `changed` hears, on this thread, how it stands."""

    def __init__(self, headset: Headset, every: float = LOOK_EVERY) -> None:
        self.headset, self._every = headset, every
        self.changed: Callable[[HeadsetNow], object] = lambda _now: None
        self._told = headset.now
        self._looking: asyncio.Task[None] | None = None

    async def do(self, work: Callable[[], object]) -> None:
        """Off this thread; then tell what has changed, and look after it while it is wanted. SoundError."""
        try:
            await asyncio.to_thread(work)
        finally:
            self._tell()
            if self.headset.is_wanted and (self._looking is None or self._looking.done()):
                self._looking = asyncio.get_running_loop().create_task(self._look_after())

    async def end(self) -> None:
        """The source ends."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait({self._looking})
        for last in (self.headset.stop_trying, self.headset.stop_ringing, self.headset.close):
            await asyncio.to_thread(last)

    async def look(self) -> Devices | SoundError:
        """What is plugged in."""
        try:
            return await asyncio.to_thread(self.headset.devices)
        except SoundError as error:
            return error

    async def choose(self, chosen: Chosen) -> None:
        """Other devices."""
        await self.do(lambda: self.headset.choose(chosen))

    async def try_it(self) -> SoundError | None:
        """Let the operator hear himself."""
        try:
            await self.do(self.headset.try_it)
        except SoundError as error:
            return error
        return None

    async def stop_trying(self) -> None:
        """Enough."""
        await self.do(self.headset.stop_trying)

    async def ring(self) -> None:
        """A call rings."""
        with contextlib.suppress(SoundError):  # without the library nothing sounds: the window shows the call
            await self.do(self.headset.ring)

    async def stop_ringing(self) -> None:
        """Nothing rings any more."""
        await self.do(self.headset.stop_ringing)

    async def _look_after(self) -> None:
        while self.headset.is_wanted:
            await asyncio.sleep(self._every)
            await asyncio.to_thread(self.headset.look)
            self._tell()

    def _tell(self) -> None:
        now = self.headset.now
        if now != self._told:
            self._told = now
            if now.missing or now.fault is not None:
                log.warning("headset: %s", now.fault or f"without {', '.join(now.missing)}")
            self.changed(now)
