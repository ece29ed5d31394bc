"""A call that gets another caller: the card is about the new one, the note stays, and no choice is taken back."""

from collections.abc import Callable

import pytest

from app.call import CallState, Note
from app.settings import LineSettings
from cti.events import Caller, CallOffered, Direction, EndCause, Verstat, Withheld
from db.demo import COMPANY_NUMBER, CUSTOMER_NUMBER, ENGLISH_NUMBER, UNKNOWN_NUMBER
from tests.app.desk_at_work import SAVE_MS, DeskAtWork, answered, changed, ended, offered

COLLEAGUE = Caller("202", "鈴木")


def consultation(source_id: str = "a", linked: str = "") -> CallOffered:
    """A colleague rings."""
    return offered("202", source_id, name="鈴木", direction=Direction.INTERNAL, linked=linked)


# --- an outside call is handed on


def test_the_card_shows_the_new_caller_and_names_the_one_before(desk: DeskAtWork) -> None:
    desk.hear(offered(ENGLISH_NUMBER, name="Smith"), answered(by="sato"), changed(CUSTOMER_NUMBER, name="Takahashi"))
    call, card = desk.call(), desk.screen.card
    assert card is not None
    assert (card.customer, card.number, card.state) == ("C-000001", "03-3581-4111", "talking")
    assert (call.ring.name, call.transferred_by) == ("Takahashi", Caller(ENGLISH_NUMBER, "Smith"))
    assert desk.screen.rung == ["a"], "it was on the screen already"


def test_what_was_typed_stays_and_is_kept_with_the_call(desk: DeskAtWork) -> None:
    desk.hear(offered(ENGLISH_NUMBER), answered(by="sato"))
    desk.type("お取り次ぎします", handover="急ぎ")
    desk.hear(changed(CUSTOMER_NUMBER))
    assert desk.call().note == Note("お取り次ぎします", "急ぎ")
    desk.desk.finish(desk.call().id)
    desk.settle()
    row = "SELECT c.e164, i.excerpt, u.customer_no FROM call c JOIN interaction i ON i.call_id = c.id"
    assert desk.rows(f"{row} JOIN customer u ON u.id = c.customer_id WHERE c.source_id = 'a'") == [
        (81335814111, "お取り次ぎします", "C-000001")
    ]


def test_the_change_is_a_line_of_the_trace_with_both_callers(desk: DeskAtWork) -> None:
    desk.hear(offered(ENGLISH_NUMBER, name="Smith"), changed(CUSTOMER_NUMBER))
    (line,) = desk.trace("caller_changed")
    assert line["before"] == {"number": ENGLISH_NUMBER, "name": "Smith", "withheld": None}
    assert (line["number"], line["name"]) == ("+81335814111", "")


def test_masked_traces_mask_the_caller_before_too(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(mask_numbers=True)
    desk.hear(offered("0335814111", name="0335814111"), changed("09012340021"))
    assert "35814111" not in repr(desk.traced)
    assert "12340021" not in repr(desk.traced)


def test_a_number_that_is_withheld_after_the_transfer_leaves_none_behind(desk: DeskAtWork) -> None:
    desk.hear(offered(ENGLISH_NUMBER, name="Smith"), answered(by="sato"))
    desk.hear(changed("", withheld=Withheld.ANONYMOUS))
    card = desk.screen.card
    assert card is not None
    assert (card.pop, card.number, card.customer) == ("no_number", "", "")
    desk.wait(SAVE_MS)
    assert desk.rows("SELECT number, e164, name, withheld, customer_id FROM call WHERE source_id = 'a'") == [
        (None, None, None, "anonymous", None)
    ]


def test_a_number_that_only_now_is_known_is_no_transfer(desk: DeskAtWork) -> None:
    desk.hear(offered(""), changed(CUSTOMER_NUMBER))
    card = desk.screen.card
    assert card is not None
    assert (card.customer, desk.call().transferred_by) == ("C-000001", None)
    desk.wait(SAVE_MS)
    assert desk.rows("SELECT e164 FROM call WHERE source_id = 'a'") == [(81335814111,)]


def test_a_name_that_only_now_is_known_is_no_transfer_and_asks_nobody(desk: DeskAtWork) -> None:
    desk.hear(offered(CUSTOMER_NUMBER))
    pop = desk.call().pop
    desk.hear(changed("+81335814111", name="Takahashi"))
    assert (desk.call().ring.name, desk.call().transferred_by, desk.call().pop) == ("Takahashi", None, pop)


def test_a_name_that_comes_while_the_records_are_asked_loses_no_answer(desk: DeskAtWork) -> None:
    desk.desk.hear(offered(CUSTOMER_NUMBER))
    desk.desk.hear(changed("+81335814111", name="Takahashi"))
    desk.settle()
    assert (desk.call().pop.opened_no, desk.call().transferred_by) == ("C-000001", None)


def test_a_number_that_turns_out_to_be_spoofed_does_not_keep_its_card_open(desk: DeskAtWork) -> None:
    desk.hear(offered(CUSTOMER_NUMBER), changed(CUSTOMER_NUMBER, verstat=Verstat.FAILED))
    card = desk.screen.card
    assert card is not None
    assert (card.pop, card.customer, desk.call().transferred_by) == ("choice", "", None)


def test_the_answer_about_the_caller_before_is_not_taken_for_the_new_ones(desk: DeskAtWork) -> None:
    desk.desk.hear(offered(ENGLISH_NUMBER))
    desk.desk.hear(changed(CUSTOMER_NUMBER))
    desk.settle()
    shown = [card.customer for card in desk.screen.cards if card is not None and card.pop == "opened"]
    assert set(shown) == {"C-000001"}


def test_the_patience_with_the_new_question_is_not_measured_from_the_old_one(desk: DeskAtWork) -> None:
    desk.desk.hear(offered(ENGLISH_NUMBER))
    desk.timers.pass_time(200)
    desk.desk.hear(changed(CUSTOMER_NUMBER))
    desk.timers.pass_time(150)
    assert desk.call().pop.state == "searching"
    desk.timers.pass_time(150)
    assert desk.call().pop.state == "failed"
    desk.settle()
    assert desk.call().pop.opened_no == "C-000001"


def test_a_call_that_is_over_has_its_caller_for_good(desk: DeskAtWork) -> None:
    desk.hear(offered(), ended(), changed(ENGLISH_NUMBER))
    assert (desk.call().ring.number.raw, desk.trace("caller_changed")) == ("0335814111", [])


# --- the operator has said who it is


def chosen(desk: DeskAtWork) -> int:
    """Smith rings from a company's number; the operator says that it is the company's second candidate."""
    desk.hear(offered(COMPANY_NUMBER), answered(by="sato"))
    customer = desk.call().pop.candidates[1].customer_id
    desk.desk.choose(desk.call().id, customer)
    desk.settle()
    return customer


def test_a_customer_chosen_by_hand_stays_and_the_new_caller_is_offered(desk: DeskAtWork) -> None:
    customer = chosen(desk)
    before = desk.call().pop.opened_no
    desk.hear(changed(CUSTOMER_NUMBER))
    call = desk.call()
    assert (call.opened_id, call.pop.opened_no) == (customer, before)
    assert [one.customer_no for one in call.pop.candidates] == ["C-000001"]
    desk.desk.choose(call.id, call.pop.candidates[0].customer_id)
    desk.settle()
    assert desk.call().pop.opened_no == "C-000001"


def test_a_choice_that_was_taken_back_is_none(desk: DeskAtWork) -> None:
    chosen(desk)
    desk.desk.back_to_choice(desk.call().id)
    desk.hear(changed(CUSTOMER_NUMBER))
    assert desk.call().pop.opened_no == "C-000001"


def test_a_card_chosen_by_hand_that_still_opens_does_not_bring_the_old_candidates_back(desk: DeskAtWork) -> None:
    desk.hear(offered(COMPANY_NUMBER), answered(by="sato"))
    customer = desk.call().pop.candidates[1].customer_id
    desk.desk.choose(desk.call().id, customer)
    desk.desk.hear(changed(CUSTOMER_NUMBER))
    desk.settle()
    assert desk.call().opened_id == customer
    assert {one.customer_no for one in desk.call().pop.candidates} <= {"C-000001"}


def test_nobody_known_after_a_choice_leaves_the_choice_alone(desk: DeskAtWork) -> None:
    customer = chosen(desk)
    desk.hear(changed(UNKNOWN_NUMBER))
    assert (desk.call().opened_id, desk.call().pop.candidates) == (customer, ())


# --- colleagues


def test_a_colleagues_call_pops_when_he_hands_an_outside_caller_on(desk: DeskAtWork) -> None:
    desk.hear(consultation(), answered(by="sato"))
    assert (desk.screen.rung, desk.screen.strip) == ([], ())
    desk.hear(changed(CUSTOMER_NUMBER))
    card = desk.screen.card
    assert card is not None
    assert (card.customer, card.state, desk.call().transferred_by) == ("C-000001", "talking", COLLEAGUE)
    assert (desk.screen.rung, desk.screen.watched) == (["a"], ["a"])
    desk.desk.painted(desk.call().id, next(desk.time.ticks))
    assert [line["type"] for line in desk.traced] == ["offered", "answered", "caller_changed", "pop"]
    assert [line["why_no_pop"] for line in desk.traced] == ["internal_call", "internal_call", None, None]


def test_a_consultation_that_ends_without_a_transfer_is_never_seen(desk: DeskAtWork) -> None:
    desk.hear(consultation(), answered(by="sato"), ended(why=EndCause.HUNG_UP))
    assert (desk.screen.rung, desk.screen.card, len(desk.desk.calls)) == ([], None, 0)


@pytest.mark.parametrize(("pop", "why"), [("never", "line_never"), ("answer", None)])
def test_a_call_handed_on_while_talking_pops_by_the_rules_of_its_line(
    desks: Callable[..., DeskAtWork], pop: str, why: str | None
) -> None:
    desk = desks(lines=[LineSettings("0312345678", "Main", pop=pop)])
    desk.hear(consultation(), answered(by="sato"), changed(CUSTOMER_NUMBER))
    assert (desk.call().why_no_pop, desk.screen.rung) == (why, [] if why else ["a"])


def test_a_colleague_who_comes_on_the_line_of_a_customers_call_does_not_take_the_card(desk: DeskAtWork) -> None:
    desk.hear(offered(CUSTOMER_NUMBER), answered(by="sato"), changed("202", name="鈴木"))
    card = desk.screen.card
    assert card is not None
    assert (card.customer, desk.call().ring.number.raw) == ("C-000001", CUSTOMER_NUMBER)


def test_a_colleague_who_asks_about_a_call_that_we_missed_brings_its_card_back(desk: DeskAtWork) -> None:
    """The consultation has the linked id of the customer's call."""
    desk.hear(offered(CUSTOMER_NUMBER, linked="1.7"), answered())
    desk.desk.not_mine(desk.call().id)
    desk.hear(consultation("b", linked="1.7"))
    call = desk.call()
    assert (call.state, call.pop.opened_no, call.transferred_by) == (CallState.RINGING, "C-000001", COLLEAGUE)


def test_a_consultation_before_a_blind_transfer_is_one_call_that_pops_at_the_transfer(desk: DeskAtWork) -> None:
    desk.hear(consultation(linked="1.7"), offered(CUSTOMER_NUMBER, "b", linked="1.7", after=9))
    card = desk.screen.card
    assert card is not None
    assert (card.customer, len(desk.desk.calls), desk.call().transferred_by) == ("C-000001", 1, COLLEAGUE)


# --- a start after a crash


def test_a_transferred_call_comes_back_from_its_draft_as_it_was(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks()
    customer = chosen(desk)
    desk.type("途中まで")
    desk.hear(changed("", withheld=Withheld.PAYPHONE), changed(CUSTOMER_NUMBER))
    desk.leave()
    again = desks()
    again.desk.restore(again.kept_drafts())
    again.settle()
    call = again.call()
    assert (call.transferred_by, call.is_chosen, call.opened_id) == (Caller("", "", Withheld.PAYPHONE), True, customer)
    assert (call.note.body, call.ring.number.key) == ("途中まで", "+81335814111")
