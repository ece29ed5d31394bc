"""Calls recorded from a real Asterisk, and the life that each of them has at this desk."""

from pathlib import Path

import pytest

from cti.events import Caller, EndCause, IdentityFrom, Withheld
from cti.sip.dialog import Answered, Ended, Offered
from tests.cti.sip.wire import PBX, Wire

RECORDED = Path(__file__).parent / "recorded"
PAI, RPID, FROM = IdentityFrom.PAI, IdentityFrom.RPID, IdentityFrom.FROM
ELSEWHERE, GAVE_UP = "answered", EndCause.CANCELLED

LIVES = [
    # recording, caller, dialled, forwarded by, how it ended
    ("answered-by-desk-phone", Caller("09012345678", "Suzuki Hanako", None, PAI), "", "", ELSEWHERE),
    ("ring-group", Caller("0612345678", "", None, PAI), "", "", ELSEWHERE),
    ("queue-answered-by-202", Caller("0612345678", "田中", None, PAI), "", "", ELSEWHERE),
    ("internal-call", Caller("202", "Operator Two", None, PAI), "", "", ELSEWHERE),
    ("missed-caller-gave-up", Caller("0312345678", "山田太郎", None, PAI), "", "", GAVE_UP),
    ("listener-silent", Caller("0312345678", "", None, PAI), "", "", GAVE_UP),
    ("picked-up-by-203", Caller("0312345678", "", None, PAI), "", "", GAVE_UP),
    ("queue-abandoned", Caller("0612345678", "", None, PAI), "", "", GAVE_UP),
    ("no-answer-timeout", Caller("0312345678", "", None, PAI), "", "", GAVE_UP),
    ("withheld-anonymous", Caller("", "", Withheld.ANONYMOUS, PAI), "", "", GAVE_UP),
    ("withheld-anonymous-defaults", Caller("", "", Withheld.ANONYMOUS, FROM), "", "", GAVE_UP),
    ("withheld-no-pai", Caller("", "", Withheld.ANONYMOUS, PAI), "", "", GAVE_UP),
    ("payphone", Caller("", "", Withheld.PAYPHONE, PAI), "", "", GAVE_UP),
    ("unavailable", Caller("", "", Withheld.OUT_OF_AREA, PAI), "", "", GAVE_UP),
    ("other-service", Caller("", "", Withheld.SERVICE_CONFLICT, PAI), "", "", GAVE_UP),
    ("name-quotes-emoji", Caller("0312345678", 'A "B" \\ <c>, ㈱髙﨑 😀', None, PAI), "", "", GAVE_UP),
    ("pai-differs-from-from", Caller("0312345678", "佐藤", None, PAI), "", "", GAVE_UP),
    ("header-variant-202-rpid", Caller("0312345678", "山田太郎", None, RPID), "", "", GAVE_UP),
    ("header-variant-203-defaults", Caller("0312345678", "山田太郎", None, FROM), "", "", GAVE_UP),
    ("e164-plus", Caller("+81312345678", "ACME", None, PAI), "", "", GAVE_UP),
    ("forwarded-by-carrier", Caller("0312345678", "", None, PAI), "0398765432", "0398765432", GAVE_UP),
    ("forwarded-by-pbx", Caller("0312345678", "", None, PAI), "0398765432", "0398765432", GAVE_UP),
]


def replay(name: str) -> Wire:
    extension = "202" if "202-rpid" in name else "203" if "203-defaults" in name or "-defaults" in name else "201"
    wire = Wire(username=extension, linked_header="X-Lab-Linkedid")
    for file in sorted((RECORDED / name).glob("*.sip")):
        wire.say(file.read_bytes(), PBX)
    return wire


@pytest.mark.parametrize(("name", "caller", "dialled", "diverted_from", "end"), LIVES, ids=[life[0] for life in LIVES])
def test_recorded_call_has_its_life(
    name: str, caller: Caller, dialled: str, diverted_from: str, end: str | EndCause
) -> None:
    wire = replay(name)
    offered, ended = wire.events
    assert isinstance(offered, Offered)
    assert (offered.caller, offered.dialled, offered.diverted_from) == (caller, dialled, diverted_from)
    assert offered.linked_id.startswith("lab-")
    assert ended == (Answered(offered.call_id) if end == ELSEWHERE else Ended(offered.call_id, GAVE_UP))
    assert [one.status for one in wire.sent] == [100, 200, 487]
    assert wire.pass_time(4) == [], "the recorded ACK ends the repetitions"


def test_every_recording_is_in_the_table() -> None:
    assert {life[0] for life in LIVES} == {folder.name for folder in RECORDED.iterdir() if folder.is_dir()}


def test_withheld_number_that_the_carrier_asserts_is_nowhere_in_the_facts() -> None:
    invite = (RECORDED / "withheld-anonymous" / "1-INVITE.sip").read_bytes()
    assert b"0312345678" in invite
    assert "0312345678" not in repr(replay("withheld-anonymous").events)
