"""Dialling at a desk with two sources: what AMI orders makes the operator's telephone ring, and SIP sees that ring."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cti.call_merge import CallMerge
from cti.control import Act
from cti.events import CallAnswered, CallEnded, CallEvent, CallOffered, DeskEvent, Direction, SourceChanged, SourceState
from cti.listener import Listener
from cti.sip.dialog_source import SipDialogSource
from cti.sip.settings import SipDialogSettings, SipSettings
from cti.sip.source import SipSource
from cti.source import CallSource
from tests.pbx.asterisk import Asterisk, wait_until
from tests.pbx.desk_phone import DeskPhone
from tests.pbx.documented import source
from tests.pbx.listening import PASSWORD
from tests.pbx.test_dialling import Dialling, stands

LISTENS = {SourceState.REGISTERED, SourceState.LISTENING}


class Desk(Dialling):
    """The AMI source beside another one, and what the two are to the desk of `watch`."""

    def __init__(self, asterisk: Asterisk, beside: CallSource, watch: str) -> None:
        super().__init__(asterisk, watch=watch)
        self.merge = CallMerge(own_numbers=[watch])
        self.told: list[DeskEvent] = []
        self.listener = Listener([beside, self.source], self._take)
        self._beside = beside.name

    def _take(self, event: CallEvent) -> None:
        """Also the other one's, which is not waited for."""
        self.told += self.merge.hear(event)
        if event.source != self._beside:
            super()._take(event)

    @property
    def calls(self) -> list[tuple[Direction, str]]:
        """Those that have had a card."""
        return [(told.direction, told.caller.number) for told in self.told if isinstance(told, CallOffered)]

    @property
    def life(self) -> list[type[DeskEvent]]:
        """What the desk was told of all calls."""
        return [type(told) for told in self.told if isinstance(told, CallOffered | CallAnswered | CallEnded)]

    def __enter__(self) -> "Desk":
        super().__enter__()
        wait_until(self._both_listen, "two sources that listen")
        return self

    def _both_listen(self) -> bool:
        changes = [told for told in list(self.told) if isinstance(told, SourceChanged)]
        return len({told.source for told in changes if told.state in LISTENS}) == 2


@pytest.fixture
def watched(asterisk: Asterisk, phones: dict[str, DeskPhone]) -> Iterator[Desk]:
    """201, by AMI and by its dialog events."""
    documented = source("pbx-asterisk.md", kind="sip-dialog") | {"server": asterisk.network.pbx}
    documented["name"] = "dialogs"
    del documented["kind"]
    with Desk(asterisk, SipDialogSource(SipDialogSettings(**documented), lambda: PASSWORD), "201") as desk:
        yield desk


def test_what_the_dialog_events_tell_of_the_ring_is_no_call(
    watched: Desk, desk_phone: DeskPhone, colleague: DeskPhone, asterisk: Asterisk
) -> None:
    assert watched.do(Act.DIAL, number="202") is None
    call = watched.offered()
    desk_phone.answer()
    colleague.answer()
    assert isinstance(watched.end_of(call), CallAnswered)
    asterisk.wait_for_talk("201", "202")
    colleague.hang_up()
    assert isinstance(watched.end_of(call), CallEnded)
    assert watched.calls == [(Direction.OUT, "202")]
    assert watched.life == [CallOffered, CallAnswered, CallEnded]


def test_the_ring_that_a_second_contact_of_the_telephone_gets_is_no_call(
    asterisk: Asterisk, phones: dict[str, DeskPhone], tmp_path: Path
) -> None:
    """Which of the two contacts `PJSIP/207` rings is Asterisk's choice: the danger of a shared extension."""
    shared = SipSettings(name="shared", server=asterisk.network.pbx, username="207", bind="0.0.0.0:0")
    beside = SipSource(shared, lambda: "pw207")
    with DeskPhone("207", tmp_path / "207", asterisk), Desk(asterisk, beside, "207") as desk:
        assert desk.do(Act.DIAL, number="202") is None
        call = desk.offered()
        wait_until(lambda: stands(asterisk, "PJSIP/207"), "ring")
        assert desk.do(Act.HANG_UP, call.source_id) is None
        assert isinstance(desk.end_of(call), CallEnded)
        assert desk.calls == [(Direction.OUT, "202")]
        assert desk.life == [CallOffered, CallEnded]
