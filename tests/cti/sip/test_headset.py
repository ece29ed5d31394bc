"""A headset that is chosen, pulled out, plugged in again, tried, and rung on: the card is faked, the rest is real."""

import pytest

from cti.headset import Chosen, HeadsetNow, SoundError, SoundFault
from cti.sip.headset import SILENT_FOR, Headset
from cti.sip.made_sound import Echo, Ringback, RingTone
from cti.sip.portaudio import PortAudioCard
from tests.fakes.rtp_phone import FRAME, RATE, loudest, pcm, rms, samples_of, tone
from tests.fakes.sound_card import FakeSoundCard
from tests.fakes.sounddevice_module import FakeSounddevice

USB = Chosen("USB", "USB")


class Sitting:
    """A headset whose clock is the test's; the card's own clock runs beside it and is not waited for."""

    def __init__(self, chosen: Chosen = USB) -> None:
        self.card, self.time = FakeSoundCard(), 0.0
        self.headset = Headset(self.card, chosen, lambda: self.time)

    def look_later(self) -> HeadsetNow:
        """The next look, when a silent microphone has been silent for long enough."""
        self.time += SILENT_FOR
        if not self.card.is_deaf and self.card.is_open:
            self.headset._hear(self.card.frames[0])
        self.headset.look()
        return self.headset.now


@pytest.fixture
def sitting() -> Sitting:
    return Sitting()


def test_what_was_chosen_is_opened(sitting: Sitting) -> None:
    sitting.headset.open()
    assert (sitting.card.chosen, sitting.headset.now) == ([("USB", "USB")], HeadsetNow(is_open=True))
    sitting.headset.close()
    assert (sitting.card.is_open, sitting.headset.now) == (False, HeadsetNow())


def test_where_it_is_not_plugged_in_the_usual_one_is_taken_and_that_is_told(sitting: Sitting) -> None:
    sitting.card.pull_out("USB headset")
    sitting.headset.open()
    assert sitting.card.chosen == [("", "")]
    assert sitting.headset.now == HeadsetNow(is_open=True, missing=("USB",))
    sitting.headset.close()


def test_only_what_is_missing_gives_way() -> None:
    sitting = Sitting(Chosen("Table microphone", "USB"))
    sitting.headset.open()
    assert sitting.card.chosen == [("", "USB")]
    assert sitting.headset.now.missing == ("Table microphone",)
    sitting.headset.close()


def test_pulled_out_in_a_call_the_usual_one_takes_over_and_the_chosen_one_comes_back(sitting: Sitting) -> None:
    sitting.headset.open()
    assert sitting.look_later() == HeadsetNow(is_open=True)
    sitting.card.pull_out("USB headset")
    assert sitting.look_later() == HeadsetNow(is_open=True, missing=("USB",))
    assert sitting.look_later() == HeadsetNow(is_open=True, missing=("USB",))
    assert sitting.card.chosen == [("USB", "USB"), ("", "")], "no gap in the sound while nothing changes"
    sitting.card.plug_in("USB headset")
    assert sitting.look_later() == HeadsetNow(is_open=True)
    assert sitting.card.chosen[-1] == ("USB", "USB")
    sitting.headset.close()


def test_another_device_that_is_plugged_in_is_not_the_chosen_one(sitting: Sitting) -> None:
    sitting.card.pull_out("USB headset")
    sitting.headset.open()
    sitting.card.plug_in("HDMI")
    assert sitting.look_later().missing == ("USB",)
    assert sitting.card.chosen[-1] == ("", "")
    sitting.headset.close()


def test_with_nothing_left_the_call_goes_on_in_silence_until_something_is_plugged_in(sitting: Sitting) -> None:
    sitting.headset.open()
    for name in list(sitting.card.names):
        sitting.card.pull_out(name)
    sitting.card.is_deaf = True
    now = sitting.look_later()
    assert (now.is_open, now.fault) == (False, SoundFault.NO_DEVICE)
    assert sitting.headset.is_wanted
    sitting.card.plug_in("Built-in")
    assert sitting.look_later() == HeadsetNow(is_open=True, missing=("USB",))
    sitting.headset.close()


def test_who_wants_to_talk_with_nothing_is_told(sitting: Sitting) -> None:
    sitting.card.names.clear()
    with pytest.raises(SoundError):
        sitting.headset.open()
    assert not sitting.headset.is_wanted


def test_a_device_that_another_program_has_to_itself_gives_way_too() -> None:
    library = FakeSounddevice()
    opened = library.RawInputStream

    def refuse_usb(**words: object) -> object:
        if words["device"] is not None:
            raise library.PortAudioError("Device unavailable")
        return opened(**words)  # type: ignore[arg-type] # as the fake takes them

    library.RawInputStream = refuse_usb  # type: ignore[method-assign, assignment] # the far edge
    headset = Headset(PortAudioCard(lambda: library), USB)
    headset.open()
    assert headset.now == HeadsetNow(is_open=True, missing=("USB",))
    headset.close()


def test_a_stream_that_the_system_has_stopped_is_begun_anew_at_once() -> None:
    library = FakeSounddevice()
    headset = Headset(PortAudioCard(lambda: library), USB, lambda: 0.0)
    headset.open()
    library.streams[-1].is_pulled_out = True
    library.found = [one for one in library.found if "USB" not in str(one["name"])]
    headset.look()
    assert headset.now.missing == ("USB",)
    assert [stream.words["device"] for stream in library.streams[-2:]] == [None, None]
    headset.close()


def test_other_devices_are_taken_in_the_midst_of_a_call(sitting: Sitting) -> None:
    sitting.headset.open()
    sitting.headset.choose(Chosen("Built-in", "USB"))
    assert sitting.card.chosen == [("USB", "USB"), ("Built-in", "USB")]
    sitting.headset.close()
    sitting.headset.choose(Chosen())
    assert not sitting.card.is_open, "nobody talks"


def test_trying_it_lets_the_operator_hear_himself_a_second_later() -> None:
    echo, said = Echo(), tone(440, RATE)
    frames = [pcm(said[at : at + FRAME]) for at in range(0, RATE, FRAME)]
    first = []
    for frame in frames:
        echo.speak(frame)
        first.append(echo.listen())
    assert set(first) == {bytes(2 * FRAME)}
    assert [echo.listen() for _ in frames[1:]] == frames[:-1]


def test_a_call_goes_before_the_trial_and_the_end_of_it_leaves_the_trial(sitting: Sitting) -> None:
    sitting.headset.try_it()
    sitting.headset.open()
    sitting.headset.stop_trying()
    assert sitting.card.is_open, "somebody talks"
    sitting.headset.try_it()
    sitting.headset.close()
    assert sitting.card.is_open, "somebody tries it"
    sitting.headset.stop_trying()
    assert not sitting.card.is_open


def test_it_rings_where_that_was_chosen_and_else_not(sitting: Sitting) -> None:
    sitting.headset.ring()
    assert sitting.card.bells == []
    sitting.headset.choose(Chosen(ring="Built-in"))
    sitting.headset.ring()
    sitting.headset.ring()
    sitting.headset.stop_ringing()
    sitting.headset.stop_ringing()
    assert sitting.card.bells == ["Built-in", "quiet"]


def test_a_bell_that_is_gone_rings_on_the_usual_speaker_and_without_any_not_at_all() -> None:
    sitting = Sitting(Chosen(ring="USB"))
    sitting.card.pull_out("USB headset")
    sitting.headset.ring()
    assert sitting.card.bells == [""]
    sitting.headset.stop_ringing()
    sitting.card.trouble = SoundError(SoundFault.NOT_INSTALLED, "no module")
    sitting.headset.ring()
    sitting.headset.stop_ringing()
    assert sitting.card.bells == ["", "quiet"]


def test_the_bell_is_a_stream_of_its_own_that_keeps_the_library_from_being_begun_anew() -> None:
    library = FakeSounddevice()
    headset = Headset(PortAudioCard(lambda: library), Chosen(ring=""))
    headset.ring()
    begun = library.starts
    headset.open()
    assert library.starts == begun, "that would end the bell"
    headset.close()
    headset.stop_ringing()
    assert all(stream.is_closed for stream in library.streams)


@pytest.mark.parametrize(("made", "hertz"), [(RingTone, 800), (Ringback, 400)])
def test_ringing_sounds_one_second_in_three(made: type[RingTone] | type[Ringback], hertz: int) -> None:
    sound = made()
    heard = samples_of(b"".join(sound.listen() for _ in range(300)))
    assert rms(heard[:RATE]) > 500
    assert rms(heard[RATE : 3 * RATE]) == 0
    assert heard[3 * RATE :] == heard[: 3 * RATE]
    assert loudest(heard[:RATE], hertz, 30) == pytest.approx(hertz, abs=20)
