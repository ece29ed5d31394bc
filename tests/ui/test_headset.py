"""The headset in the windows: chosen and tried on a page, seen on the card, muted and dialled into by click and key."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.talking import Chosen, SoundError, SoundFault, Talking
from cti.control import Act, Cannot
from cti.events import CallAnswered, CallEnded, Caller, CallHeld, CallOffered, Direction, EndCause
from cti.headset import HeadsetNow
from db.demo import CUSTOMER_NUMBER
from tests.fakes.talk_here import FakeTalkHere
from tests.ui import seen
from tests.ui.running import NOW, RunningDesk
from ui.level_meter import loudness
from ui.pages.headset import HeadsetPage

LEFT = Qt.MouseButton.LeftButton
SHIFTED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class AtHeadset:
    """A desk whose source "pbx" is talked in here."""

    def __init__(self, desk: RunningDesk) -> None:
        self.desk, self.here = desk, FakeTalkHere()
        self.talking = Talking({"pbx": self.here}, desk.loop.submit, desk.post)
        desk.desktop.add_headset(self.talking)

    def settle(self, is_so: Any) -> None:
        def look() -> bool:
            self.desk.loop.run()
            return bool(is_so())

        self.desk.qtbot.waitUntil(look, timeout=5000)

    def page(self) -> HeadsetPage:
        main = self.desk.desktop.main
        main.show()
        main.go_to(main._titles.index("Headset"))
        (page,) = main.findChildren(HeadsetPage)
        self.settle(lambda: len(page.ring._choices) > 4)
        return page

    def talk(self) -> None:
        """A call that the operator has taken."""
        offered = CallOffered("pbx", "in-1", Caller(CUSTOMER_NUMBER, ""), "0312345678", "", "", Direction.IN, NOW, 1, 2)
        self.desk.desk.hear(offered)
        self.desk.desk.hear(CallAnswered("pbx", "in-1", None, NOW))
        pop = self.desk.pop
        self.desk.qtbot.waitUntil(lambda: pop.call is not None and pop.call.pop.facts is not None, timeout=5000)
        pop.take_me_there()
        pop.note.body.setFocus()

    def ordered(self, wire: bytes) -> None:
        self.settle(lambda: self.desk.control.wire.endswith(wire))


@pytest.fixture
def at(desk: RunningDesk) -> AtHeadset:
    desk.control.reasons |= {
        Act.HAND_OVER: Cannot.NOT_NOW, Act.TAKE_BACK: Cannot.NOT_NOW, Act.UNMUTE: Cannot.NOT_NOW,
    }  # fmt: skip
    return AtHeadset(desk)


def take(field: Any, words: str) -> None:
    field.setFocus()
    field.open_list()
    field.setText("")
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_devices_are_chosen_by_keyboard_and_count_at_once(at: AtHeadset) -> None:
    page = at.page()
    assert [page.microphone.text(), page.speaker.text(), page.ring.text()] == [
        "the system's own", "the system's own", "does not ring here",
    ]  # fmt: skip
    take(page.microphone, "USB")
    take(page.ring, "HDMI")
    at.settle(lambda: at.here.headset.chosen == Chosen("USB headset", "", "HDMI"))
    take(page.microphone, "system")
    at.settle(lambda: at.here.headset.chosen == Chosen("", "", "HDMI"))


def test_a_chosen_device_that_is_not_there_is_named_with_that(at: AtHeadset) -> None:
    at.here.headset.chosen = Chosen("Jabra", "USB")
    at.here.headset.now = HeadsetNow(is_open=True, missing=("Jabra",))
    page = at.page()
    assert page.microphone.text() == "Jabra (not plugged in)"
    assert page.speaker.text() == "USB headset"
    at.settle(lambda: "△ Jabra: not plugged in." in page.told.text())


def test_it_is_tried_without_a_call_until_nobody_looks(at: AtHeadset) -> None:
    page = at.page()
    QTest.mouseClick(page.try_it, LEFT)
    at.settle(lambda: at.here.asked == ["try"])
    assert page.try_it.text() == "Stop trying"
    at.here.headset.level = 0.3
    at.settle(lambda: page.meters[0].shown > 0.7)
    at.desk.desktop.main.go_to(0)
    at.settle(lambda: at.here.asked == ["try", "stop"])


def test_what_is_wrong_is_said_in_place(at: AtHeadset) -> None:
    page = at.page()
    at.here.trouble = SoundError(SoundFault.NO_DEVICE, "")
    QTest.mouseClick(page.try_it, LEFT)
    at.settle(lambda: "plug the headset in" in page.told.text())
    assert page.try_it.text() == "Try my headset"


def test_while_a_call_is_talked_in_the_card_shows_that_the_microphone_hears(at: AtHeadset) -> None:
    at.talk()
    meter = at.desk.pop.header.control.meter
    assert meter is not None
    assert not meter.isHidden()
    at.here.headset.level = 0.3
    at.settle(lambda: meter.shown > 0.7)
    at.desk.desk.hear(CallEnded("pbx", "in-1", EndCause.HUNG_UP, NOW))
    assert meter.isHidden()


def test_mute_is_a_click_that_leaves_the_keyboard_in_the_note_and_says_that_it_is_off(at: AtHeadset) -> None:
    at.talk()
    control = at.desk.pop.header.control
    mute = next(one for one in control.presses if one.text() == "Mute")
    QTest.mouseClick(mute, LEFT)
    at.desk.control.reasons = {Act.MUTE: Cannot.NOT_NOW, **at.desk.control.reasons}
    del at.desk.control.reasons[Act.UNMUTE]
    at.ordered(b"mute in-1 -\r\n")
    at.settle(lambda: not control.muted.isHidden())
    assert control.muted.whole == "⊘ Your microphone is off"
    assert control.meter is not None
    assert control.meter.isHidden()
    assert at.desk.pop.focusWidget() is at.desk.pop.note.body
    QTest.keyClick(at.desk.pop, Qt.Key.Key_M, SHIFTED)
    at.ordered(b"unmute in-1 -\r\n")


def test_what_stands_right_of_a_button_stays_there_while_its_words_change(at: AtHeadset) -> None:
    at.talk()
    control = at.desk.pop.header.control
    at.desk.qtbot.wait(30)
    before = [(one.x(), one.width()) for one in control.presses]
    at.desk.control.reasons = {Act.MUTE: Cannot.NOT_NOW}
    at.desk.desk.hear(CallHeld("pbx", "in-1", is_held=True, at=NOW))
    assert at.desk.pop.call is not None
    control.fill(at.desk.pop.call)
    assert {"Take off hold", "Unmute", "Hand over", "Take back"} <= {one.text() for one in control.presses}
    at.desk.qtbot.wait(30)
    assert [(one.x(), one.width()) for one in control.presses] == before


def test_keys_of_the_telephone_are_typed_or_clicked_and_put_away(at: AtHeadset) -> None:
    at.talk()
    keypad = at.desk.pop.header.control.keypad
    assert keypad.isHidden()
    QTest.keyClick(at.desk.pop, Qt.Key.Key_K, SHIFTED)
    assert at.desk.pop.focusWidget() is keypad
    QTest.keyClicks(keypad, "1x2#")
    QTest.mouseClick(keypad.buttons["*"], LEFT)
    at.ordered(b"digits in-1 1\r\ndigits in-1 2\r\ndigits in-1 #\r\ndigits in-1 *\r\n")
    assert keypad.sent.whole == "12#*"
    QTest.keyClick(keypad, Qt.Key.Key_Escape)
    assert keypad.isHidden()
    assert at.desk.pop.focusWidget() is at.desk.pop.note.body


def test_a_call_that_rings_rings_on_the_headset_until_it_is_answered(at: AtHeadset) -> None:
    at.desk.desk.hear(
        CallOffered("pbx", "in-2", Caller(CUSTOMER_NUMBER, ""), "0312345678", "", "", Direction.IN, NOW, 1, 2)
    )
    at.settle(lambda: at.here.asked == ["ring"])
    at.desk.desk.hear(CallAnswered("pbx", "in-2", None, NOW))
    at.settle(lambda: at.here.asked == ["ring", "quiet"])


def test_the_windows_of_another_language_have_the_headset_too(at: AtHeadset) -> None:
    at.desk.desktop.speak("ja")
    at.talk()
    assert at.desk.pop.header.control.meter is not None
    assert any("ヘッドセット" in one for one in at.desk.desktop.main._titles)
    assert any("キーパッド" in one.text() for one in at.desk.pop.header.control.presses)


def test_a_desk_without_a_headset_shows_nothing_of_one(desk: RunningDesk) -> None:
    desk.desktop.add_headset(Talking({}, desk.loop.submit, desk.post))
    assert "Headset" not in desk.desktop.main._titles
    assert desk.pop.header.control.meter is None
    assert not any("headset" in one.lower() for one in seen.labels(desk.desktop.main, "small"))


def test_a_quiet_room_is_nothing_and_a_shout_is_all() -> None:
    assert [round(loudness(level), 2) for level in (0, 0.001, 0.01, 0.1, 1)] == [0, 0, 0.2, 0.6, 1]
