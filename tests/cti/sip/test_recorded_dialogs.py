"""Dialog events recorded from a real Asterisk, and the lives that they give the calls of the watched phone."""

import pytest

from cti.events import Caller, Direction, IdentityFrom
from cti.sip.dialog import AgentEvent, Answered, Ended, Offered
from tests.cti.sip.played import WATCHED_BY, watch
from tests.cti.sip.recorded_lives import Life, Seen, lives_on

LATER = {"second-call-answered-while-first-waits", "second-call-outlives-the-first"}  # recorded from one PBX alone
DIALOGS = [
    (version, seen)
    for version in WATCHED_BY
    for seen in lives_on(version)
    if seen.watcher is not None and (version == "22" or seen.name not in LATER)
]


def lives(events: list[AgentEvent], extension: str) -> list[tuple[Caller, Life]]:
    """Each call in the order of its offer, and what became of it."""
    callers = {event.call_id: event.caller for event in events if isinstance(event, Offered)}
    told: dict[str, list[str]] = {call_id: [] for call_id in callers}
    words = {None: "lost sight of", extension: "answered here"}
    for event in events:
        match event:
            case Offered(call_id=call_id):
                told[call_id].append("offered")
            case Answered(call_id, by):
                told[call_id].append(words[by])
            case Ended(call_id, why):
                told[call_id].append(why)
    return [(callers[call_id], tuple(said)) for call_id, said in told.items()]


@pytest.mark.parametrize(
    ("version", "seen"), DIALOGS, ids=[f"{seen.name}-{seen.extension}-{version}" for version, seen in DIALOGS]
)
def test_recorded_dialogs_have_their_lives(version: str, seen: Seen) -> None:
    assert seen.watcher is not None
    expected = [(who.caller(IdentityFrom.DIALOG_INFO), life) for who, life in seen.watcher]
    assert lives(watch(version, seen.name, seen.extension).events, seen.extension) == expected


@pytest.mark.parametrize("version", WATCHED_BY)
def test_every_recorded_dialog_is_in_the_table(version: str) -> None:
    recorded = {(folder.parent.name, folder.name) for folder in WATCHED_BY[version].glob("*/*") if folder.is_dir()}
    assert {(seen.name, seen.extension) for of, seen in DIALOGS if of == version} == recorded


def test_call_between_extensions_is_internal_and_one_from_outside_is_not() -> None:
    directions = [
        event.direction
        for name in ("internal-call", "missed-caller-gave-up")
        for event in watch("22", name, "201").events
        if isinstance(event, Offered)
    ]
    assert directions == [Direction.INTERNAL, Direction.IN]
