"""However many sources see a call, and in whatever order they tell of it, it is one; and the best of them names it."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cti.better_caller import better_of
from cti.call_merge import CallMerge
from cti.events import (
    CallAnswered,
    CallEnded,
    Caller,
    CallerChanged,
    CallEvent,
    CallOffered,
    DeskEvent,
    Direction,
    EndCause,
    IdentityFrom,
    LegAdded,
    LegSettled,
    NumberWithheld,
    RangAgain,
    Verstat,
    Withheld,
)
from cti.twins import ANNOUNCED, TOGETHER

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
NUMBER, OTHER = "0335814111", "09012340021"
MOBILE, PBX, PUSH, BOX = (
    "mobile",
    "pbx",
    "push",
    "box",
)  # a second contact, the watcher of our telephone, two announcers
WORD_OF = {
    MOBILE: IdentityFrom.FROM, PBX: IdentityFrom.AMI, PUSH: IdentityFrom.PUSH, BOX: IdentityFrom.NCID,
}  # fmt: skip
HIDDEN = Withheld.ANONYMOUS


def ring(
    source: str,
    number: str = NUMBER,
    at: float = 0,
    *,
    source_id: str = "1",
    linked: str = "",
    name: str = "",
    withheld: Withheld | None = None,
    verstat: Verstat | None = None,
) -> CallOffered:
    caller = Caller("" if withheld else number, name, withheld, WORD_OF[source], verstat)
    when = NOON + timedelta(seconds=at)
    return CallOffered(source, source_id, caller, "0312345678", "", linked, Direction.IN, when, 1, 2)


def answer(source: str, by: str | None = None, at: float = 5) -> CallAnswered:
    return CallAnswered(source, "1", by, NOON + timedelta(seconds=at))


def over(source: str, why: EndCause = EndCause.CANCELLED, at: float = 9) -> CallEnded:
    return CallEnded(source, "1", why, NOON + timedelta(seconds=at))


def a_merge() -> CallMerge:
    return CallMerge([PBX], [PUSH, BOX])


def heard(*events: CallEvent) -> list[DeskEvent]:
    merge = a_merge()
    return [told for event in events for told in merge.hear(event)]


def kinds(told: list[DeskEvent]) -> list[str]:
    return [type(one).__name__ for one in told]


def said(told: DeskEvent) -> Caller:
    """The caller that the desk hears of."""
    assert isinstance(told, CallOffered | LegAdded | RangAgain | CallerChanged)
    return told.caller if isinstance(told, CallOffered | CallerChanged) else told.offered.caller


def caller_in_the_end(told: list[DeskEvent]) -> Caller | None:
    """As the desk has him; None for one whose number was withheld after all."""
    last: Caller | None = None
    for one in told:
        if isinstance(one, NumberWithheld):
            last = None
        elif isinstance(one, CallOffered | CallerChanged):
            last = said(one)
    return last


# --- a hundred calls


@st.composite
def _hundred_calls(draw: st.DrawFn) -> tuple[list[CallOffered], dict[tuple[str, str], int]]:
    """Each seen by two or three of the sources within three seconds, with a linked id or without; several at once."""
    has_linked, chance = draw(st.booleans()), draw(st.randoms(use_true_random=False))
    legs, owner = [], {}
    for number in range(100):
        sources = chance.sample([MOBILE, PBX, PUSH, BOX], chance.choice([2, 3]))
        for source in sources:
            at = number * 0.3 + chance.uniform(0, 2.9)
            form = chance.choice(["0903000{:04}", "+81903000{:04}", "0-090-3000-{:04}"]).format(number)
            linked = f"1.{number}" if has_linked else ""
            legs.append(ring(source, form, at, source_id=str(number), linked=linked))
            owner[source, str(number)] = number
    return sorted(legs, key=lambda leg: leg.at), owner


@given(_hundred_calls())
@settings(max_examples=60, deadline=None)
def test_a_hundred_calls_that_several_sources_see_are_a_hundred(
    made: tuple[list[CallOffered], dict[tuple[str, str], int]],
) -> None:
    legs, owner = made
    told = heard(*legs)
    offers = [one for one in told if isinstance(one, CallOffered)]
    assert len(offers) == 100
    for one in told:
        if isinstance(one, LegAdded):
            assert owner[one.source, one.source_id] == owner[one.offered.source, one.offered.source_id]
    assert not [one for one in told if isinstance(one, RangAgain)]


@given(st.permutations([(source, who) for source in (MOBILE, PBX) for who in range(4)]))
def test_four_people_behind_one_number_whom_two_sources_see_are_four(order: list[tuple[str, int]]) -> None:
    told = heard(*(ring(source, at=place / 10, source_id=str(who)) for place, (source, who) in enumerate(order)))
    assert kinds(told).count("CallOffered") == 4


@st.composite
def _withheld_by_some(draw: st.DrawFn) -> list[CallEvent]:
    """One call with a linked id; each source tells or withholds the number, at once or later, in any order."""
    sources = draw(st.permutations([MOBILE, PBX, PUSH, BOX]))[: draw(st.integers(2, 4))]
    events: list[CallEvent] = []
    lives = []
    hiding = draw(st.sets(st.sampled_from(sources), min_size=1))
    for source in sources:
        hides = HIDDEN if source in hiding else None
        if draw(st.booleans()):
            nobody = ring(source, "", linked="1.7")
            lives.append([nobody, CallerChanged(source, "1", ring(source, withheld=hides).caller, NOON)])
        else:
            lives.append([ring(source, linked="1.7", withheld=hides)])
    for number in draw(st.permutations([place for place, life in enumerate(lives) for _ in life])):
        events.append(lives[number].pop(0))
    return events


@given(_withheld_by_some())
def test_a_number_that_any_source_withholds_is_not_the_desks_whatever_the_order(events: list[CallEvent]) -> None:
    told = heard(*events)
    assert kinds(told).count("CallOffered") == 1
    has_number, is_hidden = False, False
    for one in told:
        if isinstance(one, NumberWithheld):
            has_number, is_hidden = False, True
            continue
        caller = said(one)
        assert not (caller.number and is_hidden), "told after it was withheld"
        is_hidden = is_hidden or caller.withheld is not None
        if not isinstance(one, LegAdded):
            has_number = bool(caller.number)
    assert not has_number


# --- who names the caller


@pytest.mark.parametrize("order", list(permutations((MOBILE, PBX, BOX))))
def test_the_better_witness_names_the_caller_whoever_comes_first(order: tuple[str, ...]) -> None:
    numbers = {PBX: NUMBER, MOBILE: "0399999999", BOX: "0388888888"}
    told = heard(*(ring(source, numbers[source], linked="1.7") for source in order))
    caller = caller_in_the_end(told)
    assert caller is not None
    assert (caller.number, caller.identity_from) == (NUMBER, IdentityFrom.AMI)


@pytest.mark.parametrize(
    ("known", "said", "better"),
    [
        ((NUMBER, "", "push"), ("+81335814111", "髙橋", "command"), (NUMBER, "髙橋", "push")),
        ((NUMBER, "A", "push"), (NUMBER, "B", "rpid"), (NUMBER, "B", "rpid")),
        ((NUMBER, "A", "pai"), (OTHER, "B", "ami"), (NUMBER, "A", "pai")),
        ((NUMBER, "A", "dialog_info"), (OTHER, "", "ami"), (OTHER, "", "ami")),
    ],
)
def test_what_the_better_witness_does_not_know_the_other_adds_for_the_same_number(
    known: tuple[str, str, str], said: tuple[str, str, str], better: tuple[str, str, str]
) -> None:
    callers = [Caller(number, name, None, IdentityFrom(who)) for number, name, who in (known, said, better)]
    assert better_of(callers[0], callers[1]) == callers[2]


def test_a_spoofed_number_does_not_beat_a_verified_one() -> None:
    spoofed = Caller(OTHER, "", None, IdentityFrom.PAI, Verstat.FAILED)
    verified = Caller(NUMBER, "", None, IdentityFrom.FROM, Verstat.VERIFIED)
    assert better_of(spoofed, verified) == better_of(verified, spoofed) == verified


def test_a_number_that_is_found_to_be_spoofed_is_told_at_once() -> None:
    told = heard(ring(BOX), ring(MOBILE, at=0.1, verstat=Verstat.FAILED))
    assert kinds(told) == ["CallOffered", "LegAdded", "CallerChanged"]
    assert said(told[-1]).verstat is Verstat.FAILED


def test_a_worse_witness_with_another_number_is_heard_only_when_the_caller_changes() -> None:
    both = ring(PBX, linked="1.7"), ring(MOBILE, OTHER, 0.1, linked="1.7")
    third = CallerChanged(MOBILE, "1", Caller("0388888888", "", None, IdentityFrom.FROM), NOON)
    assert kinds(heard(*both, third)) == ["CallOffered", "LegAdded"]
    agree = ring(PBX, linked="1.7"), ring(MOBILE, "+81335814111", 0.1, linked="1.7")
    assert heard(*agree, third)[-1] == third


# --- announcers


def test_an_announcement_is_the_ring_that_follows_it_and_one_that_comes_late() -> None:
    far = ANNOUNCED.total_seconds()
    assert kinds(heard(ring(PUSH), ring(MOBILE, at=far))) == ["CallOffered", "LegAdded"]
    assert kinds(heard(ring(PUSH), ring(MOBILE, at=far + 1))) == ["CallOffered", "CallOffered"]
    assert kinds(heard(ring(MOBILE), ring(BOX, at=20))) == ["CallOffered", "LegAdded"]


def test_an_announcement_after_the_answer_is_no_second_ring() -> None:
    """A softphone may run `omote pop` when its user answers."""
    told = heard(ring(MOBILE), answer(MOBILE, at=5), ring(BOX, at=5 + TOGETHER.total_seconds()))
    assert kinds(told) == ["CallOffered", "CallAnswered", "LegAdded"]
    later = heard(ring(MOBILE), answer(MOBILE, at=5), ring(BOX, at=5.1 + TOGETHER.total_seconds()))
    assert kinds(later)[-1] == "CallOffered"


def test_an_announcer_that_knows_nothing_of_an_answer_takes_no_call_that_rings() -> None:
    told = heard(ring(BOX), ring(MOBILE, at=1), answer(BOX, at=2), over(MOBILE))
    assert told[2:] == [LegSettled(answer(BOX, at=2)), over(MOBILE)]


def test_an_announcer_alone_tells_the_whole_life_of_its_call() -> None:
    told = heard(ring(PUSH), answer(PUSH, "sato"), over(PUSH, EndCause.HUNG_UP))
    assert kinds(told) == ["CallOffered", "CallAnswered", "CallEnded"]


def test_a_call_is_over_with_its_telephones_though_an_announcer_never_tells_the_end() -> None:
    assert heard(ring(BOX), ring(MOBILE), over(MOBILE))[-1] == over(MOBILE)
    assert heard(ring(BOX), ring(MOBILE), over(BOX))[-1] == LegSettled(over(BOX))


def test_an_announcer_that_knows_later_who_took_it_takes_it_from_the_missed_calls() -> None:
    took = answer(PUSH, "mori", at=10)
    assert heard(ring(PUSH), ring(MOBILE), over(MOBILE), took, over(PUSH, at=60))[3:] == [
        took, LegSettled(over(PUSH, at=60)),
    ]  # fmt: skip
    nobody = answer(PUSH, at=10)
    assert heard(ring(PUSH), ring(MOBILE), over(MOBILE), nobody)[3:] == [LegSettled(nobody)]


@pytest.mark.parametrize("order", [1, -1])
def test_a_number_in_clear_that_is_announced_for_a_withheld_ring_is_hidden(order: int) -> None:
    """A push without a linked id tells what the network withholds from the telephone."""
    told = heard(*(ring(PUSH), ring(MOBILE, withheld=HIDDEN))[::order])
    assert kinds(told)[:2] == ["CallOffered", "LegAdded"]
    assert kinds(told)[2:] == (["NumberWithheld"] if order == 1 else [])
    third = heard(ring(MOBILE, withheld=HIDDEN), ring(PUSH), ring(BOX, at=20))
    assert (kinds(third), said(third[-1]).number) == (["CallOffered", "LegAdded", "LegAdded"], "")


def test_a_withheld_announcement_hides_no_customer_who_rings_just_then() -> None:
    assert kinds(heard(ring(PUSH, withheld=HIDDEN), ring(MOBILE))) == ["CallOffered", "CallOffered"]
    assert kinds(heard(ring(PUSH, withheld=HIDDEN), ring(MOBILE, withheld=HIDDEN))) == ["CallOffered", "LegAdded"]


def test_a_customer_who_rings_beside_a_withheld_caller_gets_a_card() -> None:
    told = heard(ring(PUSH), ring(MOBILE, withheld=HIDDEN, at=0.1), ring(MOBILE, at=0.2, source_id="2"))
    assert said(told[-1]).number == NUMBER
    assert kinds(told).count("CallOffered") == 2
