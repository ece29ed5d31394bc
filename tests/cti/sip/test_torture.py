"""RFC 4475 and RFC 5118, byte for byte over real UDP, when OMOTE_SIP_CORPUS names a folder that holds them."""

from contextlib import suppress
from pathlib import Path

import pytest

from cti.errors import PeerError
from cti.events import CallOffered
from cti.sip.message import parse_message, split_message
from tests.cti.sip.running import RunningSource
from tests.cti.sip.torture import ABSENT, CASES, CORPUS, each, read
from tests.fakes.sip_peer import SipPeer, invite, new_call


def test_torture_corpus_is_whole() -> None:
    if not CORPUS:
        pytest.skip(ABSENT)
    assert {case["name"] for case in CASES} == {file.stem for file in Path(CORPUS).glob("*.dat")}
    kinds = [(case["class"], case["pop"]) for case in CASES]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        ("valid", "yes"): 9,
        ("valid", "no"): 30,
        ("invalid", "no"): 24,
    }


@each(**{"class": "valid"})
def test_valid_torture_message_is_parsed(case: dict[str, str]) -> None:
    """One is in no section of the RFC and has neither SIP/2.0 nor a Via: of it nothing can be asked but to be cut."""
    (split_message if case["layer"] == "unreferenced" else parse_message)(read(case))


@each()
def test_torture_message_pops_or_not_as_it_should_and_a_sound_call_rings_after_it(case: dict[str, str]) -> None:
    with RunningSource() as running, SipPeer(running.address) as peer:
        peer.send(read(case))
        sound = new_call()
        peer.send(invite(sound, via_host=peer.address))
        popped = []
        while not popped or not popped[-1].startswith(sound):
            event = running.next_call_event()
            assert isinstance(event, CallOffered)
            popped.append(event.source_id)
        assert len(popped) == (2 if case["pop"] == "yes" else 1)
        assert running.events.empty()


@each(**{"class": "invalid"})
def test_invalid_torture_message_is_refused_or_is_not_an_invite(case: dict[str, str]) -> None:
    """Whoever sent it is told 400, or whatever the RFC says; a response is dropped."""
    with suppress(PeerError):
        request = parse_message(read(case))
        assert getattr(request, "method", "") != "INVITE"
