"""Which offers are one call: by linked id, by number and time, and who answered where several sources tell of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti.call_merge import MOST_CALLS, CallMerge
from cti.events import (
    CallAnswered,
    CallEnded,
    Caller,
    CallerChanged,
    CallEvent,
    CallHeld,
    CallOffered,
    DeskEvent,
    Direction,
    EndCause,
    LegAdded,
    LegSettled,
    NumberWithheld,
    RangAgain,
    SourceChanged,
    SourceHeard,
    SourceState,
    Withheld,
)
from cti.merged_call import MOST_LEGS, MOVES, LegInput, LegState
from cti.same_number import is_same_number

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CUSTOMER, OTHER_CUSTOMER = "0335814111", "09012340021"


def offered(
    source_id: str = "a",
    source: str = "mobile",
    number: str = CUSTOMER,
    *,
    name: str = "",
    linked: str = "",
    after: float = 0,
    withheld: Withheld | None = None,
    direction: Direction = Direction.IN,
    is_test: bool = False,
) -> CallOffered:
    at = NOON + timedelta(seconds=after)
    return CallOffered(
        source, source_id, Caller(number, name, withheld), "0312345678", "", linked, direction, at, 1, 2, is_test
    )


def answered(source_id: str = "a", source: str = "mobile", by: str | None = None) -> CallAnswered:
    return CallAnswered(source, source_id, by, NOON + timedelta(seconds=5))


def ended(source_id: str = "a", source: str = "mobile", why: EndCause = EndCause.CANCELLED) -> CallEnded:
    return CallEnded(source, source_id, why, NOON + timedelta(seconds=9))


def changed(
    number: str, source_id: str = "a", source: str = "mobile", withheld: Withheld | None = None
) -> CallerChanged:
    return CallerChanged(source, source_id, Caller(number, "", withheld), NOON + timedelta(seconds=2))


def heard(*events: CallEvent, watching: str = "") -> list[DeskEvent]:
    """What the desk hears of these, in order."""
    merge = CallMerge([watching] if watching else ())
    return [told for event in events for told in merge.hear(event)]


def calls(*events: CallEvent) -> int:
    """How many calls the desk hears of."""
    return sum(isinstance(told, CallOffered) for told in heard(*events))


# --- which offers are one call


def test_a_call_alone_reaches_the_desk_as_its_source_tells_it() -> None:
    events = (offered(), answered(by="202"), ended(why=EndCause.HUNG_UP))
    assert heard(*events) == list(events)


def test_states_of_sources_pass() -> None:
    state = SourceChanged("mobile", SourceState.REGISTERED, "", NOON)
    assert heard(state) == [state]


def test_heartbeats_pass() -> None:
    assert heard(SourceHeard("mobile", NOON)) == [SourceHeard("mobile", NOON)]


def test_the_same_facts_again_are_told_once() -> None:
    events = (offered(), answered(by="202"), ended(why=EndCause.HUNG_UP))
    assert heard(*events, *events, *reversed(events)) == list(events)


def test_facts_of_a_call_that_nobody_offered_are_let_go() -> None:
    assert heard(answered("ghost"), ended("ghost"), changed(CUSTOMER, "ghost")) == []


@pytest.mark.parametrize("source", ["mobile", "desk phone"])
def test_the_same_linked_id_is_one_call_from_whatever_source(source: str) -> None:
    first, second = offered(linked="1.7"), offered("b", source, linked="1.7", after=20)
    assert heard(first, second) == [first, LegAdded("mobile", "a", second)]


def test_a_withheld_number_is_one_call_by_its_linked_id_only() -> None:
    first = offered(number="", withheld=Withheld.ANONYMOUS, linked="1.7")
    second = offered("b", "desk phone", number="", withheld=Withheld.ANONYMOUS, linked="1.7")
    third = offered("c", "trunk", number="", withheld=Withheld.ANONYMOUS)
    assert heard(first, second, third) == [first, LegAdded("mobile", "a", second), third]


def test_whom_we_call_and_who_calls_us_are_two_calls_though_the_number_is_one() -> None:
    out = offered("b", "desk phone", direction=Direction.OUT)
    assert calls(offered(), out) == 2
    assert calls(out, offered("c", direction=Direction.OUT)) == 1


def test_linked_id_that_a_transfer_brings_is_the_calls_own_from_then_on() -> None:
    colleague = offered(number="202", direction=Direction.INTERNAL, linked="1.9")
    handed_on = CallerChanged("mobile", "a", Caller(CUSTOMER, ""), NOON, linked_id="1.7")
    leg = offered("b", "desk phone", linked="1.7", after=30)
    assert heard(colleague, handed_on, leg) == [colleague, handed_on, LegAdded("mobile", "a", leg)]


@pytest.mark.parametrize("number", ["+81335814111", "00335814111", "03-3581-4111", "9035814111", "0081335814111"])
def test_two_sources_that_report_one_number_at_one_time_tell_of_one_call(number: str) -> None:
    same = number != "9035814111"
    assert calls(offered(), offered("b", "desk phone", number, after=2.9)) == (1 if same else 2)


def test_a_number_that_comes_again_after_three_seconds_is_another_call() -> None:
    assert calls(offered(), offered("b", "desk phone", after=3.1)) == 2


@pytest.mark.parametrize("over", [answered(), ended()])
def test_a_number_that_comes_again_when_the_first_rings_no_more_is_another_call(over: CallEvent) -> None:
    assert calls(offered(), over, offered("b", "desk phone", after=1)) == 2


def test_two_calls_of_one_source_with_one_number_stay_two() -> None:
    """Two people behind one switchboard; a ring group or queue brings each contact one INVITE at a time."""
    assert calls(offered(), offered("b", after=0.1)) == 2


def test_two_people_of_one_switchboard_whom_two_sources_report_are_two_calls_with_two_legs_each() -> None:
    told = heard(offered(), offered("b"), offered("x", "desk phone"), offered("y", "desk phone"))
    assert [(one.source_id, one.offered.source_id) for one in told if isinstance(one, LegAdded)] == [
        ("a", "x"),
        ("b", "y"),
    ]


def test_two_customers_at_once_are_two_calls() -> None:
    first, second = offered(linked="1.7"), offered("b", "desk phone", OTHER_CUSTOMER, linked="1.8")
    assert heard(first, second) == [first, second]
    assert calls(offered(linked="1.7"), offered("b", "desk phone", linked="1.8")) == 2, "the PBX says so"


def test_a_linked_id_that_one_source_gives_to_two_customers_is_none() -> None:
    """The setting names a header that is the same on every call."""
    first, second = offered(linked="support"), offered("b", number=OTHER_CUSTOMER, linked="support")
    assert heard(first, second) == [first, second]


NOBODY = {"number": ""}
HIDDEN = {"number": "", "withheld": Withheld.ANONYMOUS}
CUSTOMERS: dict[str, Any] = {}


@pytest.mark.parametrize(
    ("own", "other", "is_one"),
    [
        (NOBODY, CUSTOMERS, True), (NOBODY, HIDDEN, True), (NOBODY, NOBODY, True), (HIDDEN, HIDDEN, True),
        (HIDDEN, NOBODY, True), (HIDDEN, CUSTOMERS, False), (CUSTOMERS, HIDDEN, False), (CUSTOMERS, NOBODY, False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("order", [1, -1])
def test_a_caller_whom_the_own_telephone_can_not_name_is_the_one_who_rings_just_now(
    own: dict[str, Any], other: dict[str, Any], is_one: bool, order: int
) -> None:
    events = (offered("x", "watched", **own), offered(**other))[::order]
    told = heard(*events, watching="watched")
    assert [type(one) for one in told[:2]] == [CallOffered, LegAdded if is_one else CallOffered]


def test_the_number_that_only_the_other_source_knows_is_told() -> None:
    told = heard(offered("x", "watched", ""), offered(), watching="watched")
    assert told[2:] == [CallerChanged("mobile", "a", offered().caller, NOON)]


@pytest.mark.parametrize("after", [0, 3.1])
def test_an_own_telephone_that_can_not_say_which_of_two_or_when_is_a_call_of_its_own(after: float) -> None:
    rings = [offered(), offered("b", number=OTHER_CUSTOMER)] if not after else [offered()]
    told = heard(*rings, offered("x", "watched", "", after=after), watching="watched")
    assert told == [*rings, offered("x", "watched", "", after=after)]


def test_a_test_call_is_nobodys_leg() -> None:
    assert calls(offered(), offered("b", "desk phone", is_test=True)) == 2
    assert calls(offered(is_test=True), offered("b", "desk phone")) == 2


def test_a_colleagues_ring_is_one_call_by_his_extension_too() -> None:
    first = offered(number="201", direction=Direction.INTERNAL)
    second = offered("b", "desk phone", "201", direction=Direction.INTERNAL, after=1)
    assert heard(first, second) == [first, LegAdded("mobile", "a", second)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("0312345678", "09012345678", False), ("201", "1201", False), ("201", "201", True), ("", "", True),
        ("sip:+81312345678", "0312345678", True), ("12345678", "0312345678", True), ("2345678", "0312345678", False),
    ],
)  # fmt: skip
def test_numbers_are_the_same_however_they_are_written(one: str, other: str, same: bool) -> None:
    assert is_same_number(one, other) is is_same_number(other, one) is same


# --- a call that rings again


def test_a_queue_that_rings_us_again_brings_the_same_call() -> None:
    first, again = offered(linked="1.7"), offered("b", linked="1.7", after=20)
    told = heard(first, ended(), again, ended("b"))
    assert told == [first, ended(), RangAgain("mobile", "a", again), ended("b")]


@pytest.mark.parametrize("by", [None, "202"])
def test_a_call_that_somebody_took_and_hands_on_to_us_rings_again(by: str | None) -> None:
    first, again = offered(linked="1.7"), offered("b", linked="1.7", after=90)
    assert heard(first, answered(by=by), again)[2:] == [RangAgain("mobile", "a", again)]


def test_what_is_told_late_of_an_earlier_round_is_about_its_leg_alone() -> None:
    first, again = offered(linked="1.7"), offered("b", linked="1.7")
    told = heard(first, answered(by="202"), again, ended(why=EndCause.HUNG_UP), answered("b", by="201"))
    assert told[3:] == [LegSettled(ended(why=EndCause.HUNG_UP)), answered("b", by="201")]


def test_a_leg_that_comes_while_the_operator_talks_on_the_own_phone_is_only_a_leg() -> None:
    first, second = offered(source="watched", linked="1.7"), offered("b", linked="1.7")
    told = heard(first, answered(source="watched", by="201"), second, answered("b"), watching="watched")
    assert told[2:] == [LegAdded("watched", "a", second), LegSettled(answered("b"))]


# --- who answered, and when it is over


def two_legs(*events: CallEvent, watching: str = "") -> list[DeskEvent]:
    return heard(offered(), offered("b", "desk phone", after=0.1), *events, watching=watching)[2:]


def test_it_is_answered_once_when_any_leg_is() -> None:
    assert two_legs(answered(), answered("b", "desk phone")) == [
        answered(),
        LegSettled(answered("b", "desk phone")),
    ]


def test_a_leg_that_knows_who_answered_overrides_one_that_does_not() -> None:
    known = answered("b", "desk phone", by="201")
    assert two_legs(answered(), known) == [answered(), known]
    assert two_legs(known, answered()) == [known, LegSettled(answered())]


def test_it_ends_with_the_leg_that_was_talked_on() -> None:
    over = ended("b", "desk phone", EndCause.HUNG_UP)
    assert two_legs(answered(), answered("b", "desk phone", by="201"), over)[2:] == [over]


def test_it_is_missed_with_its_last_leg_only() -> None:
    assert two_legs(ended(), ended("b", "desk phone")) == [LegSettled(ended()), ended("b", "desk phone")]


def test_one_leg_that_gives_up_does_not_end_what_another_answered() -> None:
    assert two_legs(ended(), answered("b", "desk phone")) == [LegSettled(ended()), answered("b", "desk phone")]
    assert two_legs(answered(), ended("b", "desk phone"))[1:] == [LegSettled(ended("b", "desk phone"))]


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (EndCause.ANSWERED_ELSEWHERE, EndCause.CANCELLED, EndCause.ANSWERED_ELSEWHERE),
        (EndCause.REJECTED, EndCause.CANCELLED, EndCause.REJECTED),
        (EndCause.TIMED_OUT, EndCause.BUSY, EndCause.BUSY),
        (EndCause.FAILED, EndCause.TIMED_OUT, EndCause.TIMED_OUT),
    ],
)
def test_the_cause_that_tells_most_is_the_calls(first: EndCause, last: EndCause, told: EndCause) -> None:
    over = two_legs(ended(why=first), ended("b", "desk phone", last))[-1]
    assert over == ended("b", "desk phone", told)


def test_when_my_own_phone_fell_silent_whoever_answered_was_another() -> None:
    silent = ended("b", "desk phone")
    elsewhere = ended("b", "desk phone", EndCause.ANSWERED_ELSEWHERE)
    assert two_legs(answered(), silent, watching="desk phone") == [answered(), LegSettled(silent), elsewhere]
    told = two_legs(silent, answered(), watching="desk phone")
    assert told == [LegSettled(silent), LegSettled(answered()), CallEnded(
        "mobile", "a", EndCause.ANSWERED_ELSEWHERE, answered().at
    )]  # fmt: skip


@pytest.mark.parametrize("lost", [EndCause.TIMED_OUT, EndCause.FAILED])
def test_my_own_phone_that_was_lost_sight_of_did_not_fall_silent(lost: EndCause) -> None:
    gone = ended("b", "desk phone", lost)
    assert two_legs(gone, answered(), watching="desk phone") == [LegSettled(gone), answered()]


def test_a_caller_who_hangs_up_while_both_ring_is_missed_with_the_own_phone_too() -> None:
    assert two_legs(ended("b", "desk phone"), ended(), watching="desk phone")[-1] == ended()


# --- another caller


def test_another_caller_is_told_once_however_many_legs_say_so() -> None:
    told = two_legs(changed(OTHER_CUSTOMER), changed("+819012340021", "b", "desk phone"))
    assert told == [changed(OTHER_CUSTOMER)]


def test_the_same_caller_again_is_no_change() -> None:
    assert heard(offered(), changed("+81335814111"))[1:] == []


def test_another_caller_of_a_leg_that_is_over_is_not_the_calls() -> None:
    assert two_legs(ended(), changed(OTHER_CUSTOMER))[1:] == []


def test_a_leg_that_knows_the_caller_helps_one_that_does_not() -> None:
    second = offered("b", "desk phone", linked="1.7")
    told = heard(offered(number="", linked="1.7"), second)
    assert told[2:] == [CallerChanged("desk phone", "b", second.caller, second.at)]


def test_a_number_that_one_leg_withholds_is_not_told_by_another() -> None:
    told = heard(
        offered(number="", withheld=Withheld.ANONYMOUS, linked="1.7"), offered("b", "desk phone", linked="1.7")
    )
    assert [type(one) for one in told] == [CallOffered, LegAdded]


def test_a_number_that_one_leg_withholds_is_not_told_by_what_another_learns_later() -> None:
    """The own telephone rings before its PBX says for whom, and then says more than the caller wants."""
    told = heard(
        offered(**HIDDEN),
        offered("b", "desk phone", number=""),
        changed(CUSTOMER, "b", "desk phone"),
        watching="desk phone",
    )
    assert [type(one) for one in told] == [CallOffered, LegAdded]


# --- withheld wins


def numbers(told: list[DeskEvent]) -> list[str]:
    """Of the callers that the desk hears of, in order."""
    offers = [one.offered if isinstance(one, LegAdded | RangAgain) else one for one in told]
    return [one.caller.number for one in offers if isinstance(one, CallOffered | CallerChanged)]


HIDING = offered("b", "desk phone", number="", withheld=Withheld.PAYPHONE, linked="1.7", after=0.2)


def test_a_number_that_another_leg_withholds_is_forgotten() -> None:
    told = heard(offered(linked="1.7"), HIDING)
    assert told[1:] == [
        LegAdded("mobile", "a", HIDING),
        NumberWithheld("desk phone", "b", Withheld.PAYPHONE, HIDING.at),
    ]


def test_a_number_that_is_withheld_comes_back_by_no_leg_no_ring_and_no_late_word() -> None:
    third = offered("c", "trunk", "+81335814111", linked="1.7", after=0.4)
    twin = offered("d", "box", after=0.6)  # knows the number alone
    again = offered("e", "trunk", linked="1.7", after=30)
    told = heard(
        offered(linked="1.7"), HIDING, third, twin, changed(CUSTOMER, "c", "trunk"), ended(), ended("b", "desk phone"),
        ended("c", "trunk"), ended("d", "box"), again, changed(CUSTOMER, "e", "trunk"),
    )  # fmt: skip
    assert [type(one).__name__ for one in told if not isinstance(one, CallEnded | LegSettled)] == [
        "CallOffered", "LegAdded", "NumberWithheld", "LegAdded", "LegAdded", "RangAgain",
    ]  # fmt: skip
    assert numbers(told) == [CUSTOMER, "", "", "", ""]


def test_a_source_that_learns_late_that_the_number_is_withheld_hides_it() -> None:
    told = heard(
        offered(number="", linked="1.7"),
        offered("b", "desk phone", linked="1.7"),
        changed("", withheld=Withheld.ANONYMOUS),
        changed(CUSTOMER, "b", "desk phone"),
    )
    assert [type(one).__name__ for one in told[2:]] == ["CallerChanged", "NumberWithheld"]


def test_another_caller_who_withholds_the_number_is_a_transfer_where_the_same_source_named_the_first() -> None:
    handed_on = changed("", withheld=Withheld.ANONYMOUS)
    assert heard(offered(), handed_on)[1:] == [handed_on]
    told = two_legs(changed("", "b", "desk phone", Withheld.ANONYMOUS))
    assert told == [changed("", "b", "desk phone", Withheld.ANONYMOUS)]


def test_a_colleagues_number_is_not_the_withheld_callers_whose_call_he_hands_on() -> None:
    colleague = offered(number="201", direction=Direction.INTERNAL, linked="1.7")
    told = heard(colleague, HIDING)
    assert told[2:] == [CallerChanged("desk phone", "b", HIDING.caller, HIDING.at)]


def test_whom_we_call_ourselves_is_shown_though_our_own_number_is_withheld() -> None:
    told = heard(offered(linked="1.7", direction=Direction.OUT), HIDING)
    assert [type(one).__name__ for one in told] == ["CallOffered", "LegAdded"]


def test_a_colleague_with_a_name_for_a_number_is_told_from_another() -> None:
    told = heard(offered(number="alice"), changed("bob"))
    assert told[1:] == [changed("bob")]


def test_a_colleagues_consultation_becomes_the_customers_call_when_he_hands_it_on() -> None:
    asks = offered(number="201", direction=Direction.INTERNAL, linked="1.7")
    handed_on = offered("b", linked="1.7", after=30)
    told = heard(asks, ended(), handed_on)
    assert told[2:] == [
        RangAgain("mobile", "a", handed_on),
        CallerChanged("mobile", "b", handed_on.caller, handed_on.at),
    ]


def test_a_twin_is_found_by_the_number_that_the_call_has_now() -> None:
    assert calls(offered(), changed(OTHER_CUSTOMER), offered("b", "desk phone", OTHER_CUSTOMER, after=2.5)) == 1


# --- bounds


def test_a_queue_that_rings_for_hours_and_a_thousand_calls_leave_a_bounded_memory() -> None:
    merge = CallMerge()
    for number in range(3 * MOST_LEGS):
        merge.hear(offered(f"leg {number}", linked="queue", after=number * 20))
        merge.hear(ended(f"leg {number}"))
    assert len(merge._by_leg) == MOST_LEGS
    for number in range(2 * MOST_CALLS):
        merge.hear(offered(f"call {number}", number=f"0901{number:07}", linked=f"1.{number}", after=number * 20))
    assert {len(held) for held in (merge._calls, merge._by_leg, merge._by_linked)} == {MOST_CALLS}
    assert len(merge._by_tail) <= MOST_CALLS + 1
    assert merge.hear(ended("call 0")) == [], "forgotten"
    assert merge.hear(ended(f"call {2 * MOST_CALLS - 1}")) != []


# --- any order


def _lives() -> st.SearchStrategy[list[CallEvent]]:
    """One leg's facts as a source may tell them: each offer first, an answer, an end, or neither, some twice."""

    def life(key: tuple[str, str, str, str]) -> st.SearchStrategy[list[CallEvent]]:
        source, source_id, linked, number = key
        first = offered(source_id, source, number, linked=linked)
        by = st.sampled_from([None, "201", "202"])
        answer = by.map(lambda who: [answered(source_id, source, who)])
        middle = st.one_of(st.just([]), answer)
        last = st.sampled_from([EndCause.CANCELLED, EndCause.HUNG_UP, EndCause.ANSWERED_ELSEWHERE]).map(
            lambda why: [ended(source_id, source, why)]
        )
        return st.tuples(middle, last).map(lambda parts: [first, *parts[0], *parts[1]])

    keys = st.tuples(
        st.sampled_from(["mobile", "desk phone", "watched"]),
        st.sampled_from("abcd"),
        st.sampled_from(["", "1.7"]),
        st.sampled_from([CUSTOMER, "+81335814111", ""]),
    )
    return keys.flatmap(life)


@st.composite
def _interleavings(draw: st.DrawFn) -> list[CallEvent]:
    lives = draw(st.lists(_lives(), min_size=1, max_size=6, unique_by=lambda life: (life[0].source, life[0].source_id)))  # type: ignore[union-attr]  # offers have both
    order = draw(st.permutations([number for number, life in enumerate(lives) for _fact in life]))
    rest = [list(life) for life in lives]
    return [rest[number].pop(0) for number in order]


def _call_of(known: dict[tuple[str, str], int], told: DeskEvent) -> int | None:
    """Which of the desk's calls a fact is about, None for none."""
    if isinstance(told, CallOffered):
        return known.setdefault((told.source, told.source_id), len(set(known.values())))
    if isinstance(told, LegAdded | RangAgain):
        call = known[told.source, told.source_id]
        known[told.offered.source, told.offered.source_id] = call
        return call
    fact = told.fact if isinstance(told, LegSettled) else told
    assert isinstance(fact, CallAnswered | CallEnded | CallerChanged)
    return known[fact.source, fact.source_id]  # KeyError: told before its offer


@given(_interleavings())
def test_any_interleaving_of_legs_is_one_offer_and_one_end_per_ring(events: list[CallEvent]) -> None:
    known: dict[tuple[str, str], int] = {}
    rings: dict[int | None, list[str]] = {}
    offers = [event for event in events if isinstance(event, CallOffered)]
    for told in heard(*events, watching="watched"):
        call = _call_of(known, told)
        life = rings.setdefault(call, [])
        if isinstance(told, CallOffered | RangAgain):
            assert not life or not isinstance(told, CallOffered), "offered twice"
            life.append("ring")
        elif isinstance(told, CallAnswered):
            assert life[-1] in {"ring", "answer"}, "answered after its end"
            life.append("answer")
        elif isinstance(told, CallEnded):
            assert life[-1] in {"ring", "answer"}, "ended twice"
            life.append("end")
    assert len(known) == len(offers), "no leg is lost"
    assert all(life[0] == "ring" and life[-1] == "end" for life in rings.values()), "every leg has ended"


@given(_interleavings())
def test_two_linked_ids_never_fold(events: list[CallEvent]) -> None:
    apart = [offered("elsewhere", "trunk", OTHER_CUSTOMER, linked="1.8"), *events]
    told = heard(*apart)
    assert told[0] == apart[0]
    assert not [one for one in told if isinstance(one, LegAdded | RangAgain) and one.source == "trunk"]


def test_no_leg_comes_back_from_its_end() -> None:
    assert not [move for move in MOVES if move[0] is LegState.ENDED]
    assert {state for state, _ in MOVES} == set(LegState) - {LegState.ENDED}
    assert {what for _, what in MOVES} == set(LegInput)


# --- hold


def held(source_id: str = "a", source: str = "mobile", *, is_held: bool = True) -> CallHeld:
    return CallHeld(source, source_id, is_held, NOON + timedelta(seconds=7))


def test_hold_that_two_sources_tell_of_is_told_once() -> None:
    second = offered("b", "desk phone")
    talking = offered(), second, answered(by="202"), answered("b", "desk phone", by="202")
    told = heard(*talking, held(), held("b", "desk phone"), held("b", "desk phone", is_held=False), held(is_held=False))
    assert [one for one in told if isinstance(one, CallHeld)] == [held(), held("b", "desk phone", is_held=False)]


def test_nobody_holds_a_call_that_rings_or_is_over() -> None:
    assert heard(offered(), held()) == [offered()]
    over = offered(), answered(by="202"), ended(why=EndCause.HUNG_UP)
    assert heard(*over, held()) == list(over)
