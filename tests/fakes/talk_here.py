"""A headset at the far edge of the windows: what was asked of it is kept, and it is as loud as the test says."""

from dataclasses import replace

from cti.headset import Chosen, Devices, HeadsetNow, SoundError


class FakeHeadset:
    def __init__(self) -> None:
        self.chosen, self.now = Chosen(), HeadsetNow()
        self.level = self.ear_level = 0.0

    def devices(self) -> Devices:
        return Devices(("Built-in", "USB headset"), ("Built-in", "USB headset", "HDMI"))

    def choose(self, chosen: Chosen) -> None:
        self.chosen = chosen


class FakeTalkHere:
    """`trouble` is what comes of looking and trying."""

    def __init__(self) -> None:
        self.headset = FakeHeadset()
        self.trouble: SoundError | None = None
        self.asked: list[str] = []

    async def look(self) -> Devices | SoundError:
        return self.trouble or self.headset.devices()

    async def choose(self, chosen: Chosen) -> None:
        self.asked.append("choose")
        self.headset.choose(chosen)

    async def try_it(self) -> SoundError | None:
        self.asked.append("try")
        self.headset.now = replace(self.headset.now, is_open=self.trouble is None)
        return self.trouble

    async def stop_trying(self) -> None:
        self.asked.append("stop")
        self.headset.now = replace(self.headset.now, is_open=False)

    async def ring(self) -> None:
        self.asked.append("ring")

    async def stop_ringing(self) -> None:
        self.asked.append("quiet")
