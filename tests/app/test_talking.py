"""The headset at a desk: what was chosen in the window is kept on this PC, and only calls of its own ring on it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.danger_words import danger_words, gravest_in_short
from app.headset_words import headset_words, trouble_words
from app.kept_json import KeptJson
from app.screen import SourceDanger, Status
from app.talking import Chosen, Devices, HeadsetNow, SoundError, SoundFault, Talking
from cti.events import Danger
from tests.app.desk_at_work import DeskAtWork, ended, offered
from tests.fakes.talk_here import FakeTalkHere
from tests.fakes.telephone import FakeLoop


class AtHeadset:
    def __init__(self, file: Path, *names: str) -> None:
        self.here, self.loop, self.told = FakeTalkHere(), FakeLoop(), list[object]()
        every = dict.fromkeys(names, self.here)
        self.talking = Talking(every, self.loop.submit, lambda then, told: then(told), KeptJson(file, "the headset"))


@pytest.fixture
def at(tmp_path: Path) -> AtHeadset:
    return AtHeadset(tmp_path / "headset.json", "desk phone")


def test_without_a_source_that_talks_here_there_is_nothing(tmp_path: Path) -> None:
    none = AtHeadset(tmp_path / "headset.json").talking
    assert (none.is_here, none.level, none.now, none.chosen) == (False, 0.0, HeadsetNow(), Chosen())


def test_what_is_chosen_counts_now_and_after_the_next_start(tmp_path: Path, at: AtHeadset) -> None:
    wanted = Chosen("USB headset", "Built-in", "")
    at.talking.choose(wanted, at.told.append)
    at.loop.run()
    assert (at.here.headset.chosen, at.told) == (wanted, [None])
    assert AtHeadset(tmp_path / "headset.json", "desk phone").here.headset.chosen == wanted


@pytest.mark.parametrize("kept", ["", "[]", '{"microphone": 1, "speaker": "", "ring": ""}', '{"microphone": "USB"}'])
def test_a_file_that_says_nothing_sound_leaves_what_the_settings_say(tmp_path: Path, kept: str) -> None:
    (tmp_path / "headset.json").write_text(kept)
    assert AtHeadset(tmp_path / "headset.json", "desk phone").here.headset.chosen == Chosen()


def test_the_file_says_what_was_chosen_in_words_that_it_can_look_at(tmp_path: Path, at: AtHeadset) -> None:
    at.talking.choose(Chosen("マイク", "", None), at.told.append)
    at.loop.run()
    assert json.loads((tmp_path / "headset.json").read_text("utf-8")) == {
        "microphone": "マイク", "speaker": "", "ring": None,
    }  # fmt: skip


def test_devices_and_what_is_wrong_come_in_the_desks_thread(at: AtHeadset) -> None:
    at.talking.look(at.told.append)
    at.loop.run()
    assert isinstance(at.told[0], Devices)
    at.here.trouble = SoundError(SoundFault.NOT_INSTALLED, "no module")
    at.talking.try_it(at.told.append)
    at.loop.run()
    assert at.told[1] is at.here.trouble
    at.loop.forget()


def test_only_a_call_that_is_talked_in_here_rings_and_once(at: AtHeadset, desks: Callable[..., DeskAtWork]) -> None:
    desk = desks()
    desk.hear(offered(source="pbx", source_id="b"))
    at.talking.ring(desk.call("b"))
    desk.hear(offered("0425211234"))
    for _ in range(2):
        at.talking.ring(desk.call())
    at.talking.stop_ringing()
    at.talking.stop_ringing()
    at.loop.run()
    assert at.here.asked == ["ring", "quiet"]
    assert at.talking.is_talked_in(desk.call())
    desk.hear(ended())
    assert not at.talking.is_talked_in(desk.call())


def test_a_headset_that_is_gone_is_said_in_one_line_with_what_is_done_about_it() -> None:
    assert headset_words(HeadsetNow(is_open=True)) == ""
    assert "USB" in headset_words(HeadsetNow(is_open=True, missing=("USB",)))
    assert all(headset_words(HeadsetNow(fault=fault)).startswith("▲ ") for fault in SoundFault)
    assert all(trouble_words(SoundError(fault, "")) for fault in SoundFault)
    for danger in (Danger.HEADSET_GONE, Danger.NO_SOUND):
        one = SourceDanger("headset", danger, "USB headset")
        assert "USB headset" in danger_words(one)
        assert gravest_in_short(Status(dangers=(one,)))
