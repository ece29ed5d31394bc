"""The table of a call's states: what moves it, what cannot, and that no road leads back to life."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.call import LIVE, MOVES, Call, CallState, Happened, Note, Outcome, ring_from
from app.phone_number import parse_number
from app.pop import NO_NUMBER
from tests.app.desk_at_work import HandClock, offered

RINGING, TALKING, AFTER_CALL = CallState.RINGING, CallState.TALKING, CallState.AFTER_CALL


def a_call(state: CallState = RINGING) -> Call:
    ring = ring_from(offered(), parse_number("0335814111"), "Main shop", "JP")
    return Call(HandClock().clock.new_id(), ring, NO_NUMBER, state)


@pytest.mark.parametrize(
    ("facts", "state", "outcome"),
    [
        ("", RINGING, Outcome.OFFERED),
        ("answered", TALKING, Outcome.ANSWERED),
        ("answered hung_up", AFTER_CALL, Outcome.ANSWERED),
        ("answered gave_up", AFTER_CALL, Outcome.ANSWERED),
        ("gave_up", CallState.MISSED, Outcome.MISSED),
        ("hung_up", CallState.MISSED, Outcome.MISSED),
        ("answered_by_other", CallState.ELSEWHERE, Outcome.ELSEWHERE),
        ("answered not_mine", CallState.ELSEWHERE, Outcome.ELSEWHERE),
        ("not_mine", CallState.ELSEWHERE, Outcome.ELSEWHERE),
        ("answered answered_by_other", CallState.ELSEWHERE, Outcome.ELSEWHERE),
        ("answered put_aside", CallState.LATER, Outcome.ANSWERED),
        ("answered hung_up put_aside taken_up", AFTER_CALL, Outcome.ANSWERED),
        ("gave_up put_aside taken_up finished", CallState.FINISHED, Outcome.MISSED),
        ("gave_up rang_again", RINGING, Outcome.MISSED),
        ("gave_up rang_again answered", TALKING, Outcome.ANSWERED),
        ("gave_up rang_again gave_up", CallState.MISSED, Outcome.MISSED),
        ("answered_by_other rang_again gave_up", CallState.MISSED, Outcome.ELSEWHERE),
        ("answered rang_again gave_up", CallState.MISSED, Outcome.ANSWERED),
        ("answered hung_up put_aside rang_again answered_by_other", CallState.ELSEWHERE, Outcome.ELSEWHERE),
        ("transferred answered transferred", TALKING, Outcome.ANSWERED),
    ],
)
def test_a_life_ends_in_its_state_with_its_outcome(facts: str, state: CallState, outcome: Outcome) -> None:
    call = a_call()
    assert all(call.move(Happened(fact)) for fact in facts.split())
    assert (call.state, call.outcome) == (state, outcome)


_TOO_LATE = set(
    product(
        [CallState.MISSED, CallState.ELSEWHERE, AFTER_CALL, CallState.FINISHED],
        ["answered", "hung_up", "gave_up", "answered_by_other"],
    )
) - {(CallState.MISSED, "answered_by_other")}  # told late, after our own telephones had fallen silent


@pytest.mark.parametrize(("state", "late"), sorted(_TOO_LATE))
def test_a_fact_that_comes_too_late_changes_nothing(state: CallState, late: str) -> None:
    call = a_call(state)
    assert not call.move(Happened(late))
    assert (call.state, call.outcome) == (state, Outcome.OFFERED)


def test_a_missed_call_that_a_colleague_turns_out_to_have_answered_is_his() -> None:
    call = a_call(CallState.MISSED)
    assert call.move(Happened.ANSWERED_BY_OTHER)
    assert call.state is CallState.ELSEWHERE


def test_every_state_but_finished_can_be_finished_and_finished_is_the_end() -> None:
    ways_out = {state for state, _ in MOVES}
    assert ways_out == set(CallState) - {CallState.FINISHED}
    assert all(MOVES[state, Happened.FINISHED] is CallState.FINISHED for state in ways_out)


@given(st.lists(st.sampled_from(sorted(set(Happened) - {Happened.RANG_AGAIN}))))
def test_no_order_of_facts_brings_a_call_back_to_life_unless_it_rings_again(facts: list[Happened]) -> None:
    call, past = a_call(), [RINGING]
    for fact in facts:
        call.move(fact)
        past.append(call.state)
    first_over = next((i for i, state in enumerate(past) if state not in LIVE), len(past))
    assert not LIVE & set(past[first_over:])
    assert RINGING not in past[past.index(TALKING) :] if TALKING in past else True


@given(st.lists(st.sampled_from(Happened)))
def test_what_somebody_has_answered_is_never_missed_however_often_it_rings(facts: list[Happened]) -> None:
    call = a_call()
    answers = {Happened.ANSWERED, Happened.ANSWERED_BY_OTHER}
    was_answered = [call.move(fact) and fact in answers for fact in facts]
    assert not (any(was_answered) and call.outcome in {Outcome.MISSED, Outcome.OFFERED})


def test_only_a_call_that_rings_does_not_ring_again_and_only_a_live_one_is_transferred() -> None:
    never = {RINGING, CallState.DIALLING, CallState.FINISHED}
    assert {state for state in CallState if (state, Happened.RANG_AGAIN) not in MOVES} == never
    assert {state for state in CallState if (state, Happened.TRANSFERRED) in MOVES} == LIVE


@pytest.mark.parametrize("state", [RINGING, TALKING, AFTER_CALL])
def test_a_call_that_needs_the_operator_is_in_use_without_a_touch(state: CallState) -> None:
    assert a_call(state).is_in_use


@pytest.mark.parametrize("state", [CallState.MISSED, CallState.ELSEWHERE])
def test_a_call_that_is_nobodys_business_any_more_is_in_use_only_by_hand(state: CallState) -> None:
    call = a_call(state)
    assert not call.is_in_use
    call.note = Note("x")
    assert call.is_in_use
    call.note, call.was_touched = Note("  \n"), True
    assert call.is_in_use


def test_blank_text_is_no_note_and_words_for_the_next_handler_are() -> None:
    assert not Note(" \n　")
    assert Note("", "折り返しは携帯へ")
