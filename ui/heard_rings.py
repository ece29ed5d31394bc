"""What is heard of a call while it rings: the sound of its line, and the headset where this PC is a telephone."""

from collections.abc import Callable

from app.call import Call, CallState, Ring
from app.talking import Talking
from ui.ring_sound import RingSound


class HeardRings:
    """Silent until it is told of sounds, or of a headset."""

    def __init__(self) -> None:
        self._sound: RingSound | None = None
        self.talking: Talking | None = None

    def use_sounds(self, sound_of: Callable[[Ring], str], sound: RingSound) -> None:
        """Lines that sound when they ring, until nothing rings any more."""
        self._sound_of, self._sound = sound_of, sound

    def ring(self, call: Call) -> None:
        """Its name stands on the screen."""
        if call.state is not CallState.RINGING:
            return
        if self._sound is not None:
            self._sound.play(self._sound_of(call.ring))
        if self.talking is not None:
            self.talking.ring(call)

    def quiet(self) -> None:
        """Nothing rings any more."""
        if self._sound is not None:
            self._sound.stop()
        if self.talking is not None:
            self.talking.stop_ringing()
