"""A process with a headset on the real PortAudio: told by lines, it tells as JSON. Run by test_real_sound.py.

A process of its own, since PortAudio's ALSA reads its configuration once, and ends badly without its sound server.
"""

import json
import sys
import time

from cti.headset import Chosen, SoundError
from cti.sip.headset import Headset
from cti.sip.portaudio import PortAudioCard
from tests.fakes.rtp_phone import FRAME, RATE, loudest, pcm, rms, samples_of, tone

HERTZ = 1_000


class Talk:
    """Says a tone, keeps what it hears."""

    def __init__(self) -> None:
        self.said = 0
        self.heard = bytearray()
        self._frames = [pcm(tone(HERTZ, FRAME, FRAME * number)) for number in range(50)]

    def speak(self, samples: bytes) -> None:
        self.heard += samples

    def listen(self) -> bytes:
        self.said += 1
        return self._frames[self.said % 50]


def main(device: str) -> None:
    headset, talk = Headset(PortAudioCard(), Chosen(device, device)), Talk()
    headset.talk_in(talk)
    for line in sys.stdin:
        told: dict[str, object] = {}
        try:
            if line == "open\n":
                headset.open()
            elif line == "look\n":
                headset.look()
            elif line == "measure\n":
                told = _measured(talk)
            elif line == "ring\n":
                headset.choose(Chosen(ring=""))
                headset.ring()
                headset.stop_ringing()
            elif line == "close\n":
                headset.close()
        except SoundError as error:
            told = {"error": str(error)}
        now = headset.now
        told |= {"open": now.is_open, "missing": list(now.missing), "fault": now.fault, "level": headset.level}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def _measured(talk: Talk) -> dict[str, object]:
    """Two seconds from now: frames each way, and the tone that came back."""
    said, heard = talk.said, len(talk.heard)
    time.sleep(2)
    came = samples_of(bytes(talk.heard[heard : len(talk.heard) // 2 * 2]))
    return {
        "said": talk.said - said,
        "heard": len(came) // FRAME,
        "hertz": loudest(came[-RATE:], HERTZ, 20),
        "rms": rms(came[-RATE:]),
    }


if __name__ == "__main__":
    main(sys.argv[1])
