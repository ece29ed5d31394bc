"""What `omote diagnose` says of each thing that can be found: how bad it is, and what to do."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.diagnosis.case import Case
from app.diagnosis.finding import Check, Finding, Level
from app.diagnosis.known import Login
from app.diagnosis.program import Whole, check_whole
from app.diagnosis.sip import check_source
from app.errors import UserError
from app.screen import SourceDanger, SourceStatus, Status
from cti.events import Danger, SourceState
from cti.sip.neighbours import Neighbours, Phone
from cti.sip.probe import Answer, Findings
from cti.sip.probing import ROOM_WANTED, Sight
from cti.sip.settings import SipDialogSettings, SipSettings
from cti.sip.sound_card import Devices, SoundError, SoundFault

PBX = ("192.0.2.10", 5060)
OK, GRANTED = Answer(401, "Unauthorized", 0.0014), Answer(200, "OK", 0.002)
WELL = Findings(OK, GRANTED, Neighbours(), Answer(404, "Not Found", 0.001), clock_ahead=0.4)
OWN = SipSettings("desk phone", "pbx.example", username="1201")
WATCHING = SipDialogSettings("desk phone", "201", "pbx.example", username="1201")
TRUNK = SipSettings("trunk", register=False, allow=("192.0.2.10",), bind="0.0.0.0:5070")
BESIDE = Neighbours(phones=(Phone("201@192.0.2.7", 5060),), count=1)
HINTED = {"dialogs": GRANTED, "has_notified": True}
NOW = datetime(2026, 11, 21, 5, 3, tzinfo=UTC)


def case(settings: SipSettings | SipDialogSettings = OWN, **found: Any) -> Case:
    """Everything well, but for what the test says of the findings."""
    sight = Sight((PBX,), PBX, "192.0.2.1", "", replace(WELL, **found))
    return Case(settings, Login("keyring"), sight, ROOM_WANTED)


def heard(sound: Devices | SoundError) -> Case:
    """A softphone with these devices."""
    return replace(case(replace(OWN, answer="softphone", microphone="usb")), sound=sound)


def said(case: Case) -> dict[str, Finding]:
    return {check.name: check.finding for check in check_source(case)}


def refused(status: int) -> Answer:
    return Answer(status, "No", 0.001)


def seen(**sight: Any) -> Case:
    return replace(case(), sight=Sight(**sight))


def running(state: SourceState) -> SourceStatus:
    return SourceStatus("desk phone", state, "192.0.2.10:5060", NOW)


TABLE: list[tuple[str, Case, str, Level, str]] = [
    # what is found, the check that says so, how bad it is, and what must stand in its words
    ("no password", replace(case(), login=Login()), "secret", Level.FAULT, 'omote secret set "desk phone"'),
    ("open file", replace(case(), login=Login(trouble="It is open.")), "secret", Level.FAULT, "It is open."),
    ("password in a file", replace(case(), login=Login("/srv/pw")), "secret", Level.OK, "/srv/pw"),
    ("name found", case(), "name", Level.OK, "pbx.example is at 192.0.2.10:5060"),
    ("no such name", seen(trouble="no_address"), "name", Level.FAULT, "(the name has no address)"),
    ("no network", seen(addresses=(PBX,), answering=PBX, trouble="ENETUNREACH"), "own_address", Level.FAULT, "cable"),
    ("own address", case(), "own_address", Level.OK, "192.0.2.1"),
    ("any port", case(), "port", Level.OK, "any free port"),
    ("port taken", replace(case(TRUNK), room=None), "port", Level.FAULT, "0.0.0.0:5070 is taken"),
    (
        "port taken by us",
        replace(case(TRUNK), room=None, running=running(SourceState.LISTENING)),
        "port", Level.OK, "running Omote",
    ),
    (
        "port taken from us",
        replace(case(TRUNK), room=None, running=running(SourceState.PORT_IN_USE)),
        "port", Level.FAULT, "another program",
    ),
    ("trunk without a port", case(replace(TRUNK, bind="0.0.0.0:0")), "port", Level.FAULT, "bind has no port"),
    ("room for a burst", case(), "buffer", Level.OK, "burst"),
    ("little room", replace(case(), room=425_984), "buffer", Level.ATTENTION, "burst of 185 calls"),
    ("PBX answers", case(), "answer", Level.OK, "after 1 ms"),
    ("PBX silent", case(options=None, bindings=None, neighbours=None, dialogs=None), "answer", Level.FAULT, "firewall"),
    (
        "not let in",
        seen(addresses=(PBX,), answering=PBX, own_host="192.0.2.1", trouble="ECONNREFUSED"),
        "answer", Level.FAULT, "no connection to 192.0.2.10:5060 (nobody listens there)",
    ),
    (
        "wrong certificate",
        Case(
            replace(OWN, transport="tls"), Login("keyring"), Sight((PBX,), PBX, "192.0.2.1", "unknown_issuer")
        ),
        "answer", Level.FAULT, "(the certificate is signed by nobody we trust). Look at server, port, ca_file",
    ),
    (
        "no such file",
        Case(replace(OWN, transport="tls"), tls_trouble="no_file:/ca.pem"), "tls", Level.FAULT, "/ca.pem: there is",
    ),
    ("files for TLS", replace(case(), settings=replace(OWN, transport="tls")), "tls", Level.OK, "TLS"),
    ("OPTIONS ignored", case(options=None), "answer", Level.ATTENTION, "takes it for dead"),
    (
        "trunk's PBX silent",
        case(replace(TRUNK, server="pbx.example"), options=None, bindings=None, dialogs=None),
        "answer", Level.ATTENTION, "OPTIONS",
    ),
    ("account accepted", case(), "account", Level.OK, "1201"),
    ("wrong password", case(bindings=refused(401)), "account", Level.FAULT, "password is wrong"),
    ("forbidden", case(bindings=refused(403)), "account", Level.FAULT, "403 No"),
    ("unknown extension", case(bindings=refused(404)), "account", Level.FAULT, "knows no extension 1201"),
    ("contacts not told", case(bindings=refused(405)), "account", Level.ATTENTION, "can't warn"),
    ("watcher accepted", case(WATCHING, **HINTED), "account", Level.OK, "1201"),
    ("watcher refused", case(WATCHING, dialogs=refused(401)), "account", Level.FAULT, "password is wrong"),
    ("own extension", case(), "phones", Level.OK, "an extension of its own fits"),
    ("shared, hinted", case(neighbours=BESIDE, **HINTED), "phones", Level.ATTENTION, 'watch = "1201"'),
    ("shared, no hint", case(neighbours=BESIDE), "phones", Level.ATTENTION, "Give Omote an extension of its own"),
    ("another Omote", case(neighbours=Neighbours(omotes=("192.0.2.9",))), "phones", Level.ATTENTION, "192.0.2.9"),
    ("our own", case(neighbours=Neighbours(stale=("sip:omote-1@192.0.2.1",))), "phones", Level.OK, "fits"),
    ("trunk", case(TRUNK), "phones", Level.OK, "straight to 0.0.0.0:5070"),
    ("180 beside a phone", case(replace(OWN, answer="ring"), neighbours=BESIDE), "ringing", Level.ATTENTION, "silent"),
    ("headset", heard(Devices(("Built-in", "USB")  , ("USB",))), "sound", Level.OK, "microphones: Built-in, USB"),
    ("headset unplugged", heard(Devices(("Built-in",), ("USB",))), "sound", Level.FAULT, "no device is called usb"),
    ("no sound device", heard(SoundError(SoundFault.NO_DEVICE, "-1")), "sound", Level.FAULT, "no sound device (-1)"),
    ("no sounddevice", heard(SoundError(SoundFault.NOT_INSTALLED, "gone")), "sound", Level.FAULT, "libportaudio2"),
    ("hint there", case(WATCHING, **HINTED), "dialogs", Level.OK, "reports the calls of 201"),
    ("no hint", case(WATCHING), "dialogs", Level.FAULT, "exten => 201,hint,PJSIP/201"),
    ("no such event", case(WATCHING, dialogs=refused(489)), "dialogs", Level.FAULT, "no dialog events"),
    ("method unknown", case(WATCHING, dialogs=refused(405)), "dialogs", Level.FAULT, "no dialog events"),
    ("own account", case(replace(WATCHING, username=""), **HINTED), "account", Level.OK, "password of 201"),
    ("may not watch", case(WATCHING, dialogs=refused(403)), "dialogs", Level.FAULT, "allow_subscribe"),
    ("no NOTIFY", case(WATCHING, dialogs=GRANTED), "dialogs", Level.ATTENTION, "firewall"),
    ("hint there, not needed", case(**HINTED), "dialogs", Level.OK, 'kind = "sip-dialog" fits'),
    ("no hint, not needed", case(), "dialogs", Level.OK, "can't watch 1201"),
    ("clocks agree", case(), "clock", Level.OK, "0 s"),
    ("clock behind", case(clock_ahead=-3600.0), "clock", Level.ATTENTION, "3600 s"),
    (
        "registered",
        replace(case(), running=running(SourceState.REGISTERED)), "running", Level.OK, "registered since",
    ),
    ("no room", replace(case(), running=running(SourceState.NO_ROOM)), "running", Level.FAULT, "no room"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "check", "level", "words"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_what_is_found_is_said_with_what_to_do(found: Case, check: str, level: Level, words: str) -> None:
    finding = said(found)[check]
    assert finding.level is level
    assert words in f"{finding.text} {finding.todo}"
    assert bool(finding.todo) == (level is not Level.OK), "who finds fault says what to do"


def test_all_is_well_where_nothing_is_wrong() -> None:
    assert {name: one.text for name, one in said(case()).items() if one.level is not Level.OK} == {}


def test_nothing_is_said_of_what_does_not_concern_a_source() -> None:
    assert set(said(case(TRUNK, dialogs=None))) == {"own_address", "port", "buffer", "answer", "phones", "clock"}
    assert "ringing" not in said(case())
    assert "buffer" not in said(case(replace(OWN, transport="tls")))
    assert "name" not in said(case(replace(OWN, server="192.0.2.10")))


def whole(**changes: Any) -> list[Check]:
    return check_whole(replace(Whole(Path("/p/settings.toml"), True, None, 1, Status()), **changes))


def test_program_that_warns_is_worth_a_look() -> None:
    beside = Status(dangers=(SourceDanger("desk phone", Danger.SHARED_EXTENSION, "201@192.0.2.7"),))
    (program,) = [one.finding for one in whole(running=beside) if one.name == "program"]
    assert program.level is Level.ATTENTION
    assert "201@192.0.2.7" in program.todo


def test_program_that_does_not_run_and_settings_that_are_missing_are_no_faults() -> None:
    told = {one.name: one.finding.level for one in whole(running=None, has_file=False)}
    assert told == {"settings": Level.OK, "program": Level.OK, "crashes": Level.OK}


def test_settings_that_cannot_be_read_and_a_desk_without_a_source_are_faults() -> None:
    (broken, _program, _crashes) = whole(trouble=UserError("A key is wrong.", "Mend it."), sources=0)
    assert broken.finding == Finding(Level.FAULT, "A key is wrong.", "Mend it.")
    told = {one.name: one.finding.level for one in whole(sources=0)}
    assert told == {"settings": Level.OK, "sources": Level.FAULT, "program": Level.OK, "crashes": Level.OK}
