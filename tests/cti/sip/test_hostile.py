"""Hostile calls of our own, each sent over real UDP to a listener of its own, asserted by the word of index.tsv.

What screens, exports and databases must do with them is asserted where those live.
"""

import csv
from pathlib import Path

import pytest

from cti.events import CallOffered, SourceState
from tests.cti.sip.running import RunningSource
from tests.cti.sip.wire import Wire
from tests.fakes.sip_peer import SipPeer, invite, new_call

FOLDER = Path(__file__).parent / "hostile"
with (FOLDER / "index.tsv").open(encoding="utf-8") as index:
    REQUIRED = {row["name"]: row["required"] for row in csv.DictReader(index, delimiter="\t")}

SHOWN = {
    "html-bold": "<b>VIP</b>",
    "html-img-http": "<img src=http://127.0.0.1:9/x>",
    "html-link": "<a href=file:///etc/passwd>Suzuki</a>",
    "html-bomb": "<table>" * 9 + "<",
    "sql-quote": "x'; DROP TABLE customer;--",
    "csv-0": "=cmd|/c calc!A1",
    "csv-2": "-2+3",
    "csv-4": "=1+1",
    "log-ansi": "\ufffd[2J\ufffd[31mroot",
    "dial-inject": "x",
    "zero-width": "Tanaka",
    "name-8k": "A" * 64,
    "bad-utf8": "\ufffd" * 4,
    "utf16-nul": "Tan",
    "slash-scheme": "x",
    "pai-spoof": "Bank",  # from a trusted peer; from any other one see below
    "fold-5000": "Tanaka",
    "paren-4000": "Tanaka",
    "alert-info-url": "Tanaka",
}
ANSWERED = {"dup-from": 400, "cl-huge": 400, "cseq-unicode-digits": 400, "quote-only": 400, "notify-spoof": 481}
SILENT = {"nul-datagram", "keepalive-nul", "response-200", "challenge-401"}


def read(name: str, peer: SipPeer) -> bytes:
    """The file with the answer led back to the peer's own port; nothing else is touched."""
    data = (FOLDER / f"{name}.dat").read_bytes()
    return data.replace(b"192.0.2.10:5060;branch", f"{peer.address};branch".encode(), 1)


def test_every_file_of_the_folder_has_its_expectation() -> None:
    assert {file.stem for file in FOLDER.glob("*.dat")} == set(REQUIRED) == {*SHOWN, *ANSWERED, *SILENT}
    assert [name for name in ANSWERED if "4" not in REQUIRED[name]] == ["quote-only"]
    assert all("pop" in REQUIRED[name] for name in SHOWN if name.startswith(("html", "bad-utf8", "name", "utf16")))


@pytest.mark.parametrize("name", sorted(REQUIRED))
def test_listener_does_what_is_required_and_a_sound_call_rings_after_it(name: str) -> None:
    with RunningSource() as running, SipPeer(running.address) as peer:
        peer.send(read(name, peer))
        if name in SHOWN:
            event = running.next_call_event()
            assert isinstance(event, CallOffered)
            assert event.caller.name == SHOWN[name]
            assert event.caller.number == expected_number(name)
            assert peer.hear().status == 100
        elif name in ANSWERED:
            assert peer.hear().status == ANSWERED[name]
        sound = new_call()
        peer.send(invite(sound, via_host=peer.address))
        assert peer.hear().field("Call-ID") == sound, "a silent case must not have been answered"
        event = running.next_call_event()
        assert isinstance(event, CallOffered)
        assert event.source_id.startswith(sound)
        assert running.events.empty()


def expected_number(name: str) -> str:
    odd = {"slash-scheme": "", "pai-spoof": "0120000000", "dial-inject": "300&PJSIP/trunk/0900"}
    return {"sql-quote": "0312345678' OR 1=1--"}.get(name, odd.get(name, "0312345678"))


def test_asserted_identity_of_a_peer_that_is_not_trusted_is_not_believed() -> None:
    wire = Wire()
    wire.agent.admit_once("h@192.0.2.10")
    wire.say((FOLDER / "pai-spoof.dat").read_bytes(), ("127.0.0.1", 5060))
    (offered,) = wire.events
    assert (offered.caller.number, offered.caller.identity_from) == ("0312345678", "from")  # type: ignore[union-attr]


def test_challenge_that_nobody_asked_for_gets_no_credentials_while_registered() -> None:
    from tests.fakes.sip_peer import FakeRegistrar

    wire = Wire(FakeRegistrar(), register=True)
    wire.register()
    assert wire.states == [SourceState.REGISTERED]
    assert wire.say((FOLDER / "challenge-401.dat").read_bytes()) == []
