"""Dialog events recorded from a real Asterisk, and the lives that they give the calls of the watched phone."""

from pathlib import Path

import pytest

from cti.events import Caller, Direction, EndCause, IdentityFrom, Withheld
from cti.sip.dialog import AgentEvent, Answered, Ended, Offered
from tests.cti.sip.watch_wire import WatchWire
from tests.fakes.notifier import FakeNotifier

RECORDED = Path(__file__).parent / "recorded_dialogs"
INFO = IdentityFrom.DIALOG_INFO
GAVE_UP, HUNG_UP = EndCause.CANCELLED, EndCause.HUNG_UP
MISSED = ("offered", GAVE_UP)
TALKED = ("offered", "answered here", HUNG_UP)


def named(number: str, name: str = "") -> Caller:
    return Caller(number, name, None, INFO)


def withheld(why: Withheld) -> Caller:
    return Caller("", "", why, INFO)


TANAKA, YAMADA, SUZUKI = (
    named("0612345678", "田中"),
    named("0312345678", "山田太郎"),
    named("09012345678", "Suzuki Hanako"),
)
LIVES: list[tuple[str, str, list[tuple[Caller, tuple[str, ...]]]]] = [
    # recording, watched extension, calls: caller and life
    ("answered-by-desk-phone", "201", [(SUZUKI, TALKED)]),
    ("answered-then-operator-hangs-up", "201", [(named("09012345678"), TALKED)]),
    ("attended-transfer-feature", "201", [(TANAKA, TALKED)]),
    ("attended-transfer-feature", "202", [(named("201", "Operator One"), TALKED)]),  # the true caller is never told
    ("attended-transfer-refer-replaces", "202", [(named("207", "Operator Seven"), TALKED)]),
    ("attended-transfer-refer-replaces", "207", []),  # answered before the PBX told that it rang
    ("blind-transfer", "201", [(TANAKA, TALKED)]),
    ("blind-transfer", "202", [(TANAKA, TALKED)]),
    ("desk-phone-offline", "201", [(named("0312345678"), MISSED)]),
    ("desk-phone-rejects-listener-keeps-ringing", "201", [(named("0312345678"), MISSED)]),
    ("e164-plus", "201", [(named("+81312345678", "ACME"), MISSED)]),
    ("forwarded-by-carrier", "201", [(named("0312345678"), MISSED)]),
    ("forwarded-by-pbx", "201", [(named("0312345678"), MISSED)]),
    ("header-variant-202-rpid", "202", [(YAMADA, MISSED)]),
    ("header-variant-203-defaults", "203", [(YAMADA, MISSED)]),
    ("hold-and-resume", "207", [(TANAKA, TALKED)]),
    ("internal-call", "201", [(named("202", "Operator Two"), TALKED)]),
    ("internal-call", "202", []),  # its own outgoing call
    ("listener-declines-480", "201", [(named("0312345678"), TALKED)]),
    ("listener-declines-486", "201", [(named("0312345678"), TALKED)]),
    ("listener-declines-603", "201", [(named("0312345678"), TALKED)]),
    ("listener-silent", "201", [(named("0312345678"), MISSED)]),
    ("listener-tcp", "201", [(YAMADA, TALKED)]),
    ("listener-tls", "201", [(YAMADA, TALKED)]),
    ("missed-caller-gave-up", "201", [(YAMADA, MISSED)]),
    ("name-quotes-emoji", "201", [(named("0312345678", 'A "B" \\ <c>, ㈱髙﨑 😀'), MISSED)]),
    ("no-answer-timeout", "201", [(named("0312345678"), MISSED)]),
    ("nobody-registered", "201", []),
    ("other-service", "201", [(withheld(Withheld.SERVICE_CONFLICT), MISSED)]),
    ("outgoing-call", "201", []),
    ("pai-differs-from-from", "201", [(named("0312345678", "佐藤"), MISSED)]),
    ("payphone", "201", [(withheld(Withheld.PAYPHONE), MISSED)]),
    ("picked-up-by-203", "201", [(named("0312345678"), MISSED)]),
    ("picked-up-by-203", "203", []),  # who picks up is told nothing of the caller
    ("queue-abandoned", "201", [(named("0612345678"), MISSED)]),
    ("queue-abandoned", "202", [(named("0612345678"), MISSED)]),
    ("queue-abandoned", "203", [(named("0612345678"), MISSED)]),
    ("queue-answered-by-202", "201", [(TANAKA, MISSED)]),
    ("queue-answered-by-202", "202", [(TANAKA, TALKED)]),
    ("queue-answered-by-202", "203", [(TANAKA, MISSED)]),
    ("queue-answered-by-own-desk-phone", "201", [(TANAKA, TALKED)]),
    ("queue-answered-by-own-desk-phone", "202", [(TANAKA, MISSED)]),
    ("queue-answered-by-own-desk-phone", "203", [(TANAKA, MISSED)]),
    ("queue-direct-members", "201", [(named("0612345678"), MISSED)]),
    ("queue-direct-members", "202", [(named("0612345678"), MISSED)]),
    ("queue-direct-members", "203", [(named("0612345678"), MISSED)]),
    ("ring-group", "201", [(named("0612345678"), MISSED)]),
    ("ring-group", "202", [(named("0612345678"), MISSED)]),
    ("ring-group", "203", [(named("0612345678"), TALKED)]),
    ("second-call-while-talking", "201", [(named("09012345678"), TALKED)]),  # the second caller is not told
    (
        "second-call-while-talking-early-inuse",
        "201",
        [(named("09012345678"), TALKED), (named("0312345678", "Second"), ("offered", "lost sight of", HUNG_UP))],
    ),
    (
        "second-call-answered-while-first-waits",
        "201",
        [
            (named("09012345678", "First"), TALKED),
            (named("0312345678", "Second"), ("offered", "lost sight of", HUNG_UP)),
        ],
    ),
    (
        "second-call-outlives-the-first",
        "201",
        [(named("09012345678", "First"), TALKED), (named("0312345678", "Second"), MISSED)],
    ),
    ("unavailable", "201", [(withheld(Withheld.OUT_OF_AREA), MISSED)]),
    ("withheld-anonymous", "201", [(withheld(Withheld.ANONYMOUS), MISSED)]),
    ("withheld-anonymous-defaults", "203", [(withheld(Withheld.ANONYMOUS), MISSED)]),
    ("withheld-no-pai", "201", [(withheld(Withheld.ANONYMOUS), MISSED)]),
]


def replay(name: str, extension: str) -> WatchWire:
    first, *later = sorted((RECORDED / name / extension).glob("*.xml"))
    wire = WatchWire(FakeNotifier(first.read_bytes()), watch=extension)
    wire.register()
    for file in later:
        answers = wire.say(wire.notifier.notify(file.read_bytes()))
        assert [answer.status for answer in answers] == [200]
    return wire


def lives(events: list[AgentEvent], extension: str) -> list[tuple[Caller, tuple[str, ...]]]:
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


@pytest.mark.parametrize(("name", "extension", "expected"), LIVES, ids=[f"{one[0]}-{one[1]}" for one in LIVES])
def test_recorded_dialogs_have_their_lives(
    name: str, extension: str, expected: list[tuple[Caller, tuple[str, ...]]]
) -> None:
    wire = replay(name, extension)
    assert lives(wire.events, extension) == expected


def test_every_recorded_dialog_is_in_the_table() -> None:
    recorded = {(folder.parent.name, folder.name) for folder in RECORDED.glob("*/*") if folder.is_dir()}
    assert {(name, extension) for name, extension, _ in LIVES} == recorded


def test_call_between_extensions_is_internal_and_one_from_outside_is_not() -> None:
    directions = [
        event.direction
        for name in ("internal-call", "missed-caller-gave-up")
        for event in replay(name, "201").events
        if isinstance(event, Offered)
    ]
    assert directions == [Direction.INTERNAL, Direction.IN]
