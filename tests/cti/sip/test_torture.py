"""RFC 4475 and RFC 5118, byte for byte over real UDP, when OMOTE_SIP_CORPUS names a folder that holds them.

The messages are not ours to distribute: test_message.py has a case of our own for every rule.
"""

import csv
import os
from pathlib import Path

import pytest

from cti.events import CallOffered
from tests.cti.sip.running import RunningSource
from tests.fakes.sip_peer import SipPeer, invite, new_call

# "May ignore Date and accept", and we do: a PBX that writes JST there must not cost its operator the pop.
MAY_POP = {"baddate"}
CORPUS = os.environ.get("OMOTE_SIP_CORPUS", "")


def cases() -> list[dict[str, str]]:
    if not CORPUS:
        return []
    with (Path(CORPUS) / "index.tsv").open(encoding="utf-8") as index:
        return list(csv.DictReader(index, delimiter="\t"))


def test_torture_corpus_is_whole() -> None:
    if not CORPUS:
        pytest.skip("OMOTE_SIP_CORPUS is not set: the RFC 4475 and RFC 5118 messages were NOT sent to the listener")
    assert {case["name"] for case in cases()} == {file.stem for file in Path(CORPUS).glob("*.dat")}
    assert len(cases()) > 60


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_torture_message_pops_or_not_as_it_should_and_a_sound_call_rings_after_it(case: dict[str, str]) -> None:
    with RunningSource() as running, SipPeer(running.address) as peer:
        peer.send((Path(CORPUS) / f"{case['name']}.dat").read_bytes())
        sound = new_call()
        peer.send(invite(sound, via_host=peer.address))
        popped = []
        while not popped or not popped[-1].startswith(sound):
            event = running.next_call_event()
            assert isinstance(event, CallOffered)
            popped.append(event.source_id)
        if case["name"] not in MAY_POP:
            assert len(popped) == (2 if case["pop"] == "yes" else 1)
        assert running.events.empty()
