"""What a choice, a new customer and an attached number leave in the records, and what the next ring makes of it."""

import pytest

from app.entering import NewCustomer
from app.pop import PopState, Reason
from cti.events import Verstat, Withheld
from db.demo import COMPANY_NUMBER, HOUSEHOLD_NUMBER, UNKNOWN_NUMBER
from tests.app.desk_at_work import DeskAtWork, answered, changed, ended, offered

KENTA = NewCustomer("山﨑 健太", "ヤマザキ ケンタ")


def _candidates(desk: DeskAtWork, source_id: str) -> list[tuple[str, Reason | None, Reason | None]]:
    return [(one.name, one.reason, one.besides) for one in desk.call(source_id).pop.candidates]


def _choose(desk: DeskAtWork, name: str, source_id: str = "a") -> None:
    call = desk.call(source_id)
    desk.desk.choose(call.id, next(one.customer_id for one in call.pop.candidates if one.name == name))
    desk.settle()


def test_the_chosen_one_of_a_household_stands_first_at_the_next_ring_and_does_not_open(desk: DeskAtWork) -> None:
    desk.hear(offered(HOUSEHOLD_NUMBER))
    _choose(desk, "田中 結衣")
    desk.hear(ended(), offered(HOUSEHOLD_NUMBER, "b", after=60))
    assert _candidates(desk, "b")[:2] == [
        ("田中 結衣", Reason.REMEMBERED, Reason.HOUSEHOLD),
        ("田中 誠", Reason.EXACT, None),
    ]
    assert desk.call("b").opened_id is None


def test_a_choice_taken_back_is_not_remembered(desk: DeskAtWork) -> None:
    desk.hear(offered(HOUSEHOLD_NUMBER))
    _choose(desk, "田中 結衣")
    desk.desk.back_to_choice(desk.call().id)
    desk.settle()
    desk.hear(offered(HOUSEHOLD_NUMBER, "b", after=60))
    assert Reason.REMEMBERED not in {reason for _, reason, _ in _candidates(desk, "b")}


def test_a_customer_chosen_for_one_caller_is_not_remembered_for_the_next_in_the_same_call(desk: DeskAtWork) -> None:
    desk.hear(offered(HOUSEHOLD_NUMBER))
    _choose(desk, "田中 結衣")
    desk.hear(answered(), changed(UNKNOWN_NUMBER), ended())
    desk.desk.finish(desk.call().id)
    desk.settle()
    desk.hear(offered(UNKNOWN_NUMBER, "b", after=60))
    assert desk.call("b").pop.state is PopState.NOBODY


def test_what_was_shown_and_chosen_is_kept_with_every_reason(desk: DeskAtWork) -> None:
    desk.hear(offered(HOUSEHOLD_NUMBER))
    _choose(desk, "田中 結衣")
    desk.hear(ended(), offered(HOUSEHOLD_NUMBER, "b", after=60))
    _choose(desk, "田中 由美子", "b")
    kept = desk.rows(
        "SELECT k.name, c.reason, c.is_chosen FROM call_candidate c JOIN call ON call.id = c.call_id"
        " JOIN customer k ON k.id = c.customer_id WHERE call.source_id = 'b' ORDER BY c.rank"
    )
    assert kept == [("田中 結衣", "remembered", 0), ("田中 誠", "exact", 0), ("田中 由美子", "exact", 1)]


def test_past_calls_follow_whom_the_operator_found_once_the_call_is_finished(desk: DeskAtWork) -> None:
    desk.empty_log()
    for source_id in "abc":
        desk.hear(offered(UNKNOWN_NUMBER, source_id), ended(source_id))
    desk.hear(offered(UNKNOWN_NUMBER, "d", after=60), answered("d"))
    desk.desk.choose(desk.call("d").id, 1)
    desk.hear(ended("d"))
    assert desk.rows("SELECT source_id FROM call WHERE customer_id = 1") == [("d",)]
    desk.desk.finish(desk.call("d").id)
    desk.settle()
    assert {one for (one,) in desk.rows("SELECT source_id FROM call WHERE customer_id = 1")} == set("abcd")


def test_a_switchboards_past_calls_stay_nobodys(desk: DeskAtWork) -> None:
    desk.empty_log()
    desk.hear(offered(COMPANY_NUMBER), ended(), offered(COMPANY_NUMBER, "b", after=60), answered("b"))
    _choose(desk, "渡邉 隆", "b")
    desk.desk.finish(desk.call("b").id)
    desk.settle()
    assert [one for (one,) in desk.rows("SELECT source_id FROM call WHERE customer_id IS NOT NULL")] == ["b"]


def test_a_new_customer_opens_gets_the_number_and_its_past_calls_and_is_known_next_time(desk: DeskAtWork) -> None:
    desk.empty_log()
    desk.hear(offered(UNKNOWN_NUMBER), ended(), offered(UNKNOWN_NUMBER, "b", after=60))
    desk.desk.entering.create(desk.call("b"), KENTA)
    desk.posted.run_until(lambda: desk.call("b").pop.facts)
    desk.settle()
    facts = desk.call("b").pop.facts
    assert facts is not None
    assert (facts.customer.name, [one.e164 for one in facts.numbers]) == ("山﨑 健太", [819098761234])
    assert len(desk.rows("SELECT id FROM call WHERE customer_id = ?", facts.customer.customer_id)) == 2
    desk.hear(offered(UNKNOWN_NUMBER, "c", after=90))
    assert desk.call("c").opened_id == facts.customer.customer_id
    assert _candidates(desk, "c") == [("山﨑 健太", Reason.REMEMBERED, Reason.EXACT)]


@pytest.mark.parametrize("withheld", [None, Withheld.ANONYMOUS])
def test_a_new_customer_of_a_call_without_a_number_gets_none(desk: DeskAtWork, withheld: Withheld | None) -> None:
    desk.hear(offered("", withheld=withheld))
    desk.desk.entering.create(desk.call(), KENTA)
    desk.posted.run_until(lambda: desk.call().pop.facts)
    facts = desk.call().pop.facts
    assert facts is not None
    assert (facts.customer.name, facts.numbers) == ("山﨑 健太", ())


def test_an_attached_number_stands_on_the_card_and_opens_it_next_time(desk: DeskAtWork) -> None:
    desk.hear(offered(UNKNOWN_NUMBER))
    desk.desk.choose(desk.call().id, 1)
    desk.settle()
    desk.desk.entering.attach(desk.call())
    desk.posted.run_until(lambda: 819098761234 in _numbers_on_the_card(desk))
    desk.hear(offered(UNKNOWN_NUMBER, "b", after=60))
    assert desk.call("b").opened_id == 1


def test_nothing_is_attached_to_nobody_and_nothing_of_a_withheld_call(desk: DeskAtWork) -> None:
    before = desk.rows("SELECT count(*) FROM customer_phone")
    desk.hear(offered(UNKNOWN_NUMBER), offered("", "b", withheld=Withheld.PAYPHONE))
    desk.desk.choose(desk.call("b").id, 1)
    for source_id in "ab":
        desk.desk.entering.attach(desk.call(source_id))
    desk.settle()
    assert desk.rows("SELECT count(*) FROM customer_phone") == before


def test_nothing_is_learnt_from_a_number_that_may_be_spoofed(desk: DeskAtWork) -> None:
    desk.empty_log()
    desk.hear(offered(UNKNOWN_NUMBER), ended(), offered(UNKNOWN_NUMBER, "b", after=60, verstat=Verstat.FAILED))
    desk.desk.entering.create(desk.call("b"), KENTA)
    desk.posted.run_until(lambda: desk.call("b").pop.facts)
    desk.desk.finish(desk.call("b").id)
    desk.settle()
    facts = desk.call("b").pop.facts if desk.has("b") else None
    assert facts is None or facts.numbers == ()
    assert desk.rows("SELECT e164 FROM number_choice") == []
    assert desk.rows("SELECT customer_id FROM call WHERE source_id = 'a'") == [(None,)]


def _numbers_on_the_card(desk: DeskAtWork) -> list[int | None]:
    facts = desk.call().pop.facts
    return [one.e164 for one in facts.numbers] if facts else []
