"""`omote pop` as one of a call's witnesses: alone, with its further words, and beside a telephone that rings."""

from datetime import timedelta
from typing import Any

import pytest

from app.place import COMMAND
from app.seat import Seat
from app.told_by_command import MOST_CALLS, RINGS_MS, ToldByCommand
from cti.events import CallAnswered, CallEnded, CallEvent, CallOffered, EndCause, IdentityFrom, Withheld
from tests.app.desk_at_work import NOW, DeskAtWork, Timers, offered

ALONE_MS = 3_000


class Script:
    """Types commands; what the desk hears of them is in `heard`."""

    def __init__(self) -> None:
        self.heard: list[CallEvent] = []
        self.timers = Timers()
        self.told = ToldByCommand(self.heard.append, Seat("sato"), self.timers.later, ALONE_MS)

    def pop(self, number: object = "0335814111", what: object = "rings", **further: Any) -> list[CallEvent]:
        """What is heard of this one."""
        before = len(self.heard)
        self.told.pop({"number": number, "what": what} | further, NOW)
        return self.heard[before:]


@pytest.fixture
def script() -> Script:
    return Script()


def kinds(facts: list[CallEvent]) -> list[type[object]]:
    return [type(one) for one in facts]


def test_a_number_alone_is_a_call_that_somebody_answered_after_a_while(script: Script) -> None:
    (call,) = script.pop(name="髙橋", line="0312345678")
    assert isinstance(call, CallOffered)
    assert (call.source, call.caller.number, call.caller.name, call.dialled) == (
        COMMAND,
        "0335814111",
        "髙橋",
        "0312345678",
    )
    assert call.caller.identity_from is IdentityFrom.COMMAND
    script.timers.pass_time(ALONE_MS)
    assert script.heard[1:] == [CallAnswered(COMMAND, call.source_id, None, NOW)]


def test_each_number_is_a_call_of_its_own_and_each_name_is_one(script: Script) -> None:
    ids = {script.pop()[0].source_id for _ in range(20)}  # type: ignore[union-attr]
    assert len(ids) == 20
    assert kinds(script.pop(call="a") + script.pop(call="a") + script.pop(call="b")) == [CallOffered, CallOffered]


def test_a_call_that_has_a_name_is_told_of_to_its_end(script: Script) -> None:
    facts = [*script.pop(call="17"), *script.pop(what="answered", call="17"), *script.pop(what="ended", call="17")]
    offered_, answered, ended = facts
    assert isinstance(offered_, CallOffered)
    assert answered == CallAnswered(COMMAND, offered_.source_id, "sato", NOW)
    assert ended == CallEnded(COMMAND, offered_.source_id, EndCause.HUNG_UP, NOW)
    assert script.pop(what="ended", call="17") == []
    (again,) = script.pop(call="17")
    assert isinstance(again, CallOffered)
    assert again.source_id != offered_.source_id, "a softphone counts its lines, not its calls"


def test_a_caller_who_gave_up_is_missed(script: Script) -> None:
    _offered, ended = [*script.pop(call="17"), *script.pop(what="ended", call="17")]
    assert isinstance(ended, CallEnded)
    assert ended.why is EndCause.CANCELLED


def test_who_has_no_name_for_a_call_tells_of_it_by_its_number(script: Script) -> None:
    script.pop("0698765432")
    facts = [*script.pop(), *script.pop(what="answered"), *script.pop(what="ended")]
    assert kinds(facts) == [CallOffered, CallAnswered, CallEnded]
    assert len({one.source_id for one in facts}) == 1  # type: ignore[union-attr]


def test_an_answer_that_comes_first_is_a_call_that_is_answered(script: Script) -> None:
    assert kinds(script.pop(what="answered")) == [CallOffered, CallAnswered]
    assert script.pop("1", what="ended") == [], "of a call that nobody knows there is nothing to tell"


def test_a_named_call_rings_until_it_is_told_or_two_minutes(script: Script) -> None:
    script.pop(call="17")
    script.timers.pass_time(RINGS_MS - 1)
    assert kinds(script.heard) == [CallOffered]
    script.timers.pass_time(1)
    assert kinds(script.heard) == [CallOffered, CallAnswered]


@pytest.mark.parametrize("said", ["anonymous", "Restricted"])
def test_a_withheld_number_is_no_number(script: Script, said: str) -> None:
    (call,) = script.pop(said, name="Tanaka")
    assert isinstance(call, CallOffered)
    assert (call.caller.number, call.caller.name, call.caller.withheld) == ("", "", Withheld.ANONYMOUS)


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"number": None},
        {"number": ["0312345678"]},
        {"number": "1" * 100_000},
        {"what": {}},
        {"what": "x", "call": 7},
    ],
)
def test_a_request_that_is_nonsense_is_still_a_call_and_short(script: Script, request_: dict[str, object]) -> None:
    script.told.pop(request_, NOW)
    (call,) = script.heard
    assert isinstance(call, CallOffered)
    assert len(call.caller.number) <= 250


def test_calls_that_nobody_ends_stay_few(script: Script) -> None:
    for number in range(3 * MOST_CALLS):
        script.pop(call=str(number))
    assert len(script.told._calls) == MOST_CALLS


def test_beside_a_telephone_a_pop_is_the_same_call_and_takes_it_from_nobody(desk: DeskAtWork) -> None:
    timers = Timers()
    told = ToldByCommand(desk.hear, Seat("sato"), timers.later, ALONE_MS)
    told.pop({"number": "0335814111"}, NOW)
    desk.hear(offered("0335814111", "sip", after=1))
    timers.pass_time(ALONE_MS)
    (ringing,) = desk.desk.calls
    assert (ringing.state, len(ringing.legs), len(desk.screen.rung)) == ("ringing", 2, 1)


def test_alone_a_pop_is_a_card_with_its_clock(desk: DeskAtWork) -> None:
    timers = Timers()
    told = ToldByCommand(desk.hear, Seat("sato"), timers.later, ALONE_MS)
    told.pop({"number": "0335814111", "line": "0312345678"}, NOW)
    timers.pass_time(ALONE_MS)
    card = desk.screen.card
    assert card is not None
    assert (card.customer, card.state) == ("C-000001", "talking")
    told.pop({"number": "0335814111", "what": "ended"}, NOW + timedelta(minutes=1))
    assert next(iter(desk.desk.calls)).state == "after_call"
    assert desk.trace("offered")[0]["identity_from"] == "command"
