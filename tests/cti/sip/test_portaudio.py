"""The sound card as the library `sounddevice` has it, without that library."""

import subprocess
import sys

import pytest

from cti.sip.portaudio import PortAudioCard, load_sounddevice
from cti.sip.sound_card import Devices, SoundError, SoundFault
from tests.fakes.sounddevice_module import FakeSounddevice, PortAudioError


def test_devices_are_named_once_the_usual_one_first() -> None:
    card = PortAudioCard(FakeSounddevice)
    assert card.devices() == Devices(("USB headset", "Built-in"), ("Built-in", "USB headset", "HDMI"))


def test_twenty_milliseconds_go_each_way_at_eight_kilohertz() -> None:
    library, heard = FakeSounddevice(), list[bytes]()
    sound = PortAudioCard(lambda: library).open("usb", "", heard.append, lambda: b"\1\2" * 160)
    microphone, speaker = library.streams
    for stream in (microphone, speaker):
        assert stream.is_started
        assert (stream.words["samplerate"], stream.words["blocksize"], stream.words["dtype"]) == (8_000, 160, "int16")
    assert microphone.words["device"] == 1, "by its number: the name stands there twice"
    assert speaker.words["device"] is None
    assert speaker.say(320) == b"\1\2" * 160
    microphone.hear(b"\3\4" * 160)
    assert heard == [b"\3\4" * 160]
    assert sound.runs
    sound.close()
    assert (microphone.is_closed, speaker.is_closed, sound.runs) == (True, True, False)


def test_a_speaker_that_does_not_open_leaves_no_microphone_open() -> None:
    library = FakeSounddevice()

    def refuse(**_words: object) -> None:
        raise PortAudioError("Device unavailable")

    library.RawOutputStream = refuse  # type: ignore[method-assign, assignment] # the far edge
    with pytest.raises(SoundError):
        PortAudioCard(lambda: library).open("", "", lambda _: None, lambda: b"")
    assert [stream.is_closed for stream in library.streams] == [True]


def test_what_is_plugged_in_later_is_seen_but_never_at_the_price_of_a_call() -> None:
    library = FakeSounddevice()
    card = PortAudioCard(lambda: library)
    sound = card.open("", "", lambda _: None, lambda: b"")
    before = library.starts
    card.devices()
    assert library.starts == before
    sound.close()
    card.devices()
    assert library.starts == before + 1


@pytest.mark.parametrize(
    ("microphone", "refuses", "fault"),
    [
        ("bluetooth", None, SoundFault.NO_DEVICE),
        ("", PortAudioError("Device unavailable"), SoundFault.IN_USE),
        ("", ValueError("Multiple devices"), SoundFault.IN_USE),
    ],
)
def test_what_does_not_open_says_why(microphone: str, refuses: Exception | None, fault: SoundFault) -> None:
    library = FakeSounddevice()
    library.refuses = refuses
    with pytest.raises(SoundError) as error:
        PortAudioCard(lambda: library).open(microphone, "", lambda _: None, lambda: b"")
    assert error.value.fault is fault


def test_a_pc_without_any_device_says_so() -> None:
    library = FakeSounddevice()
    library.found = []
    with pytest.raises(SoundError) as error:
        PortAudioCard(lambda: library).open("", "", lambda _: None, lambda: b"")
    assert error.value.fault is SoundFault.NO_DEVICE


@pytest.mark.parametrize("trouble", [ImportError("No module"), OSError("PortAudio library not found")])
def test_a_library_that_is_missing_is_told_with_its_own_words(
    trouble: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_name: str) -> None:
        raise trouble

    monkeypatch.setattr("importlib.import_module", fail)
    with pytest.raises(SoundError) as error:
        load_sounddevice()
    assert (error.value.fault, error.value.detail) == (SoundFault.NOT_INSTALLED, str(trouble))


def test_who_only_watches_never_loads_the_voice() -> None:
    code = "import cti.sources, sys; print([name for name in sys.modules if 'pyVoIP' in name or 'sounddevice' in name])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
