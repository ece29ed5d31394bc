"""Sound through the real PortAudio: what is played into PulseAudio's null sink comes back from its monitor.

Needs `sounddevice` (packaging/softphone.lock), libportaudio2, libasound2-plugins and pulseaudio; no sound card.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from ctypes.util import find_library
from pathlib import Path
from typing import Any

import pytest

from tests.cti.sip.sound_process import HERTZ

_ALSA = """\
pcm_type.pulse { lib "libasound_module_pcm_pulse.so" }
pcm.!default { type pulse }
pcm.usbmic { type pulse device usb_mic }
pcm.usbear { type pulse device usb }
pcm.usbheadset { type asym playback.pcm "usbear" capture.pcm "usbmic" hint { show on description "USB headset" } }
"""
_SYSTEM_ALSA = Path("/usr/share/alsa/alsa.conf")


def what_is_missing() -> str:
    missing = []
    if importlib.util.find_spec("sounddevice") is None:
        missing.append("pip install --require-hashes -r packaging/softphone.lock")
    programs = {"pulseaudio": "pulseaudio", "pactl": "pulseaudio-utils"}
    packages = [package for program, package in programs.items() if shutil.which(program) is None]
    packages += [] if find_library("portaudio") else ["libportaudio2"]
    plug_in = list(Path("/usr/lib").glob("**/alsa-lib/libasound_module_pcm_pulse.so")) and _SYSTEM_ALSA.exists()
    packages += [] if plug_in else ["libasound2-plugins"]
    if packages:
        missing.append(f"apt-get install {' '.join(packages)}")
    return ", ".join(missing)


pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or bool(what_is_missing()), reason=f"NO REAL SOUND WAS TRIED: {what_is_missing()}"
)


class SoundServer:
    """A PulseAudio of the test's own, with a built-in device and a headset that both are loops."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.socket = folder, folder / "pulse.sock"
        (folder / "asound.conf").write_text(_ALSA)
        (folder / "run").mkdir(mode=0o700)
        self.environment = os.environ | {
            "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder / "run"), "PULSE_RUNTIME_PATH": str(folder / "run"),
            "PULSE_SERVER": f"unix:{self.socket}", "ALSA_CONFIG_PATH": f"{_SYSTEM_ALSA}:{folder / 'asound.conf'}",
        }  # fmt: skip
        self.begin()

    def begin(self) -> None:
        modules = (
            f"module-native-protocol-unix auth-anonymous=1 socket={self.socket}",
            "module-null-sink sink_name=builtin", "module-null-sink sink_name=usb",
            "module-remap-source source_name=builtin_mic master=builtin.monitor",
            "module-remap-source source_name=usb_mic master=usb.monitor",
        )  # fmt: skip
        words = [word for module in modules for word in ("-L", module)]
        fixed = ("-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--realtime=no")
        self._process = subprocess.Popen(
            ["pulseaudio", *fixed, *words], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 20
        while subprocess.run(["pactl", "info"], env=self.environment, capture_output=True, check=False).returncode:
            assert time.monotonic() < until, "no sound server came up"
            assert self._process.poll() is None, "the sound server has ended"
            time.sleep(0.1)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self.socket.unlink(missing_ok=True)


class Process:
    """Talks with sound_process.py."""

    def __init__(self, server: SoundServer, device: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.cti.sip.sound_process", device], env=server.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def tell(self, word: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def until(self, word: str, is_so: Any) -> dict[str, Any]:
        """As the program does it: a look each second."""
        end = time.monotonic() + 30
        while not is_so(told := self.tell(word)):
            assert time.monotonic() < end, told
            time.sleep(0.5)
        return told

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SoundServer]:
    made = SoundServer(tmp_path)
    yield made
    made.end()


@pytest.fixture
def headset(server: SoundServer) -> Iterator[Process]:
    process = Process(server, "usbheadset")
    yield process
    process.stop()


def sounds(told: dict[str, Any]) -> bool:
    return bool(told["said"] > 80 and told["heard"] > 80 and abs(told["hertz"] - HERTZ) <= 2 and told["rms"] > 2_000)


def test_a_tone_that_is_played_comes_back_from_the_microphone(headset: Process) -> None:
    assert headset.tell("open") | {"level": 0} == {"open": True, "missing": [], "fault": None, "level": 0}
    assert headset.until("measure", sounds)["level"] > 0.05
    assert not headset.tell("close")["open"]


def test_a_sound_server_that_ends_in_a_call_is_noticed_and_taken_again_once_it_is_back(
    server: SoundServer, headset: Process
) -> None:
    headset.tell("open")
    headset.until("measure", sounds)
    server.end()
    told = headset.until("look", lambda told: not told["open"])
    assert told["fault"] == "no_device"
    server.begin()
    headset.until("look", lambda told: told["open"])
    headset.until("measure", sounds)


def test_a_device_that_is_not_there_gives_way_to_the_usual_one(server: SoundServer) -> None:
    process = Process(server, "No such headset")
    try:
        told = process.tell("open")
        assert (told["open"], told["missing"]) == (True, ["No such headset"])
        process.until("measure", sounds)
        assert process.tell("ring")["fault"] is None
    finally:
        process.stop()
