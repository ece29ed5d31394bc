"""Global hotkeys: what each platform is asked for, what is told when it refuses, and where a press leads."""

import ctypes
import ctypes.wintypes
from collections.abc import Callable, Mapping

from PySide6.QtTest import QTest

from app.hotkey import Hotkey, hotkey_of
from app.screen import HotkeyTrouble, Status
from db.demo import CUSTOMER_NUMBER, HOUSEHOLD_NUMBER
from tests.ui.running import RunningDesk
from ui.hotkeys.global_hotkeys import Refused, set_hotkeys
from ui.hotkeys.windows import WindowsHotkeys
from ui.status_line import states


def hotkey(words: str) -> Hotkey:
    found = hotkey_of(words, "hotkey_call")
    assert found is not None
    return found


def refused(system: WindowsHotkeys, wanted: Mapping[Hotkey, Callable[[], object]]) -> Refused:
    told: list[Refused] = []
    set_hotkeys(system, wanted, told.append)
    return told[-1]


class FakeUser32:
    """Grants every key but those that another program has."""

    def __init__(self, *taken: int) -> None:
        self.taken, self.registered = taken, list[tuple[int, int, int]]()

    def RegisterHotKey(self, window: int | None, number: int, mask: int, key: int, /) -> int:
        assert window is None
        if key in self.taken:
            return 0
        self.registered.append((number, mask, key))
        return 1


def pressed(filter_: WindowsHotkeys, number: int) -> bool:
    """Whether WM_HOTKEY ends here."""
    message = ctypes.wintypes.MSG(message=0x0312, wParam=number)
    answer = filter_.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message))
    assert isinstance(answer, tuple)
    return bool(answer[0])


def test_windows_is_asked_by_its_own_numbers_and_a_press_does_what_was_wanted(desk: RunningDesk) -> None:
    user32, done = FakeUser32(), list[str]()
    system = WindowsHotkeys(user32)
    does: dict[Hotkey, Callable[[], object]] = {
        hotkey("Ctrl+Alt+O"): lambda: done.append("call"),
        hotkey("Meta+F9"): lambda: done.append("note"),
    }
    assert refused(system, does) == ()
    assert user32.registered == [(1, 0x4003, 0x4F), (2, 0x4008, 0x78)]
    assert [pressed(system, number) for number in (2, 1, 3)] == [True, True, False]
    assert done == ["note", "call"]


def test_a_key_that_another_program_has_is_told_with_what_to_do(desk: RunningDesk) -> None:
    system = WindowsHotkeys(FakeUser32(0x4F))
    trouble = refused(system, {hotkey("Ctrl+Alt+O"): list, hotkey("Ctrl+Alt+P"): list})
    assert trouble == (("Ctrl+Alt+O", HotkeyTrouble.TAKEN),)
    assert states(Status(hotkeys=trouble))[-1] == (
        "▲ Hotkey Ctrl+Alt+O: another program has it. Choose another in the settings."
    )


def test_where_no_program_may_have_hotkeys_that_is_said_plainly(desk: RunningDesk) -> None:
    desk.desktop.set_hotkeys(hotkey("Ctrl+Alt+O"), None)
    assert desk.desk.board.status.hotkeys == (("Ctrl+Alt+O", HotkeyTrouble.NOT_HERE),)
    assert any("not possible on this desktop" in line for line in states(desk.desk.board.status))


def test_without_hotkeys_in_the_settings_nothing_is_said(desk: RunningDesk) -> None:
    desk.desktop.set_hotkeys(None, None)
    assert desk.desk.board.status.hotkeys == ()


def test_the_way_to_the_note_leads_into_it_also_where_the_card_asks_who_it_is(desk: RunningDesk) -> None:
    call = desk.ring(HOUSEHOLD_NUMBER)
    desk.desktop.take_me_to_note()
    assert desk.pop.focusWidget() is desk.pop.note.body
    QTest.keyClicks(desk.pop.focusWidget(), "1 piece")
    assert (call.note.body, call.opened_id) == ("1 piece", None)


def test_without_a_call_both_ways_lead_to_todays_calls(desk: RunningDesk) -> None:
    desk.desktop.take_me_to_note()
    assert desk.desktop.main.isVisible()
    assert not desk.pop.isVisible()
    desk.ring(CUSTOMER_NUMBER)
    desk.desktop.take_me_to_call()
    assert desk.pop.isVisible()
