"""Dialog events recorded from a real Asterisk, and the lives that they give the calls of the watched phone."""

import pytest

from cti.events import Caller, Direction, IdentityFrom
from cti.sip.dialog import AgentEvent, Answered, Ended, Offered
from tests.cti.sip.recorded_lives import LIVES, WATCHED, Life, Seen
from tests.cti.sip.watch_wire import WatchWire
from tests.fakes.notifier import FakeNotifier

DIALOGS = [seen for seen in LIVES if seen.watcher is not None]


def replay(name: str, extension: str) -> WatchWire:
    first, *later = sorted((WATCHED / name / extension).glob("*.xml"))
    wire = WatchWire(FakeNotifier(first.read_bytes()), watch=extension)
    wire.register()
    for file in later:
        answers = wire.say(wire.notifier.notify(file.read_bytes()))
        assert [answer.status for answer in answers] == [200]
    return wire


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


@pytest.mark.parametrize("seen", DIALOGS, ids=lambda seen: f"{seen.name}-{seen.extension}")
def test_recorded_dialogs_have_their_lives(seen: Seen) -> None:
    assert seen.watcher is not None
    expected = [(who.caller(IdentityFrom.DIALOG_INFO), life) for who, life in seen.watcher]
    assert lives(replay(seen.name, seen.extension).events, seen.extension) == expected


def test_every_recorded_dialog_is_in_the_table() -> None:
    recorded = {(folder.parent.name, folder.name) for folder in WATCHED.glob("*/*") if folder.is_dir()}
    assert {(seen.name, seen.extension) for seen in DIALOGS} == recorded


def test_call_between_extensions_is_internal_and_one_from_outside_is_not() -> None:
    directions = [
        event.direction
        for name in ("internal-call", "missed-caller-gave-up")
        for event in replay(name, "201").events
        if isinstance(event, Offered)
    ]
    assert directions == [Direction.INTERNAL, Direction.IN]
