"""A call rings: whose card opens, who is offered for a choice, and what is seen while the records are slow or gone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.pop import Trouble
from app.settings import LineSettings
from cti.events import Direction, Verstat, Withheld
from db.demo import COMPANY_NUMBER, CUSTOMER_NUMBER, ENGLISH_NUMBER, HOUSEHOLD_NUMBER, UNKNOWN_NUMBER
from db.engine import FILE_NAME
from tests.app.desk_at_work import DeskAtWork, answered, ended, offered

ANONYMOUS = {"number": "", "withheld": Withheld.ANONYMOUS}


def test_the_only_customer_with_this_number_opens_by_itself(desk: DeskAtWork) -> None:
    desk.hear(offered(CUSTOMER_NUMBER))
    card = desk.screen.card
    assert card is not None
    assert (card.state, card.pop, card.customer, card.number) == ("ringing", "opened", "C-000001", "03-3581-4111")
    assert (desk.screen.rung, desk.screen.watched) == (["a"], ["a"])
    facts = desk.call().pop.facts
    assert facts is not None
    assert facts.customer.name == "髙橋 一郎"
    assert desk.call().pop.opened_reason == "exact"


def test_a_number_that_failed_its_verification_offers_its_owner_and_opens_only_by_choice(desk: DeskAtWork) -> None:
    desk.hear(offered(CUSTOMER_NUMBER, verstat=Verstat.FAILED))
    call = desk.call()
    assert (call.pop.state, call.opened_id) == ("choice", None)
    (only,) = call.pop.candidates
    assert (only.customer_no, only.reason) == ("C-000001", "exact")
    desk.desk.look_again(call.id)
    desk.settle()
    assert desk.call().pop.facts is None, "asking again is no proof"
    desk.desk.choose(call.id, only.customer_id)
    desk.settle()
    assert desk.call().pop.opened_no == "C-000001"


def test_a_verified_number_opens_its_sole_owner(desk: DeskAtWork) -> None:
    desk.hear(offered(CUSTOMER_NUMBER, verstat=Verstat.VERIFIED))
    assert desk.call().pop.opened_no == "C-000001"


def test_two_who_share_a_number_are_offered_with_the_family_and_none_is_opened(desk: DeskAtWork) -> None:
    desk.hear(offered(HOUSEHOLD_NUMBER))
    pop = desk.call().pop
    assert (pop.state, pop.facts) == ("choice", None)
    assert [(one.name, one.reason) for one in pop.candidates] == [
        ("田中 誠", "exact"),
        ("田中 由美子", "exact"),
        ("田中 結衣", "household"),
    ]
    assert desk.call().opened_id is None


def test_a_switchboard_offers_the_company_and_its_people_but_opens_nobody(desk: DeskAtWork) -> None:
    desk.hear(offered(COMPANY_NUMBER))
    assert [one.reason for one in desk.call().pop.candidates] == ["exact", "switchboard", "switchboard", "switchboard"]
    assert desk.screen.card is not None
    assert (desk.screen.card.pop, desk.screen.card.customer) == ("choice", "")


def test_a_number_that_nobody_has_is_shown_all_the_same(desk: DeskAtWork) -> None:
    desk.hear(offered(UNKNOWN_NUMBER))
    card = desk.screen.card
    assert card is not None
    assert (card.pop, card.number, card.candidates) == ("nobody", "090-9876-1234", ())
    assert desk.screen.rung == ["a"]


def test_an_extension_dialled_behind_the_switchboard_finds_its_person(desk: DeskAtWork) -> None:
    desk.hear(offered(f"{COMPANY_NUMBER};ext=102"))
    best = desk.call().pop.candidates[0]
    assert (best.name, best.reason, best.extension) == ("𠮷田 愛", "extension", "102")
    assert desk.call().opened_id is None, "the number serves many"


@pytest.mark.parametrize("withheld", list(Withheld))
def test_a_withheld_number_pops_with_its_reason_and_is_never_looked_up(desk: DeskAtWork, withheld: Withheld) -> None:
    desk.desk.hear(offered("", withheld=withheld))
    card = desk.screen.card
    assert card is not None, "nothing has to be waited for"
    assert (card.pop, card.number, desk.screen.rung) == ("no_number", "", ["a"])
    (line,) = desk.trace("offered")
    assert (line["withheld"], line["number"], line["candidates"]) == (withheld, "", [])


def test_a_number_that_came_with_withheld_all_the_same_is_not_used(desk: DeskAtWork) -> None:
    desk.hear(offered(CUSTOMER_NUMBER, withheld=Withheld.ANONYMOUS))
    assert (desk.call().pop.state, desk.call().opened_id) == ("no_number", None)


def test_a_call_without_any_number_pops_without_a_reason(desk: DeskAtWork) -> None:
    desk.hear(offered(""))
    assert desk.screen.card is not None
    assert (desk.screen.card.pop, desk.trace("offered")[0]["withheld"]) == ("no_number", None)


# --- slow records


def test_nothing_is_drawn_before_a_frame_has_gone_by(desk: DeskAtWork) -> None:
    desk.desk.hear(offered())
    desk.timers.pass_time(11)
    assert desk.screen.cards == []
    desk.settle()
    assert [card.pop for card in desk.screen.cards if card][:1] == ["opened"], "the card came whole"


def test_records_slower_than_a_frame_show_the_number_first_and_the_card_when_it_comes(desk: DeskAtWork) -> None:
    desk.desk.hear(offered())
    desk.timers.pass_time(12)
    assert desk.screen.card is not None
    assert (desk.screen.card.pop, desk.screen.card.number) == ("searching", "03-3581-4111")
    assert (desk.screen.rung, desk.screen.watched, desk.traced) == (["a"], [], [])
    desk.settle()
    assert (desk.screen.card.pop, desk.screen.card.customer) == ("opened", "C-000001")
    assert (desk.screen.rung, desk.screen.watched) == (["a"], ["a"]), "it rings once"
    assert [line["opened"] for line in desk.trace("offered")] == ["C-000001"]


def test_records_slower_than_the_limit_show_the_reason_and_later_still_the_card(desk: DeskAtWork) -> None:
    desk.desk.hear(offered())
    desk.timers.pass_time(299)
    assert desk.call().pop.state == "searching"
    desk.timers.pass_time(1)
    assert (desk.call().pop.state, desk.call().pop.trouble) == ("failed", Trouble.LOCKED)
    assert desk.screen.card is not None
    assert desk.screen.card.number == "03-3581-4111"
    desk.settle()
    assert (desk.screen.card.pop, desk.screen.card.customer) == ("opened", "C-000001")
    (line,) = desk.trace("offered")
    assert (line["opened"], line["trouble"], line["stamps_us"]["matched"]) == (None, "locked", None)


def test_quick_records_are_never_called_late(desk: DeskAtWork) -> None:
    desk.hear(offered())
    drawn = len(desk.screen.cards)
    desk.timers.pass_time(1000)
    assert len(desk.screen.cards) == drawn
    assert desk.call().pop.state == "opened"


def test_the_row_of_a_call_is_written_only_when_its_card_has_had_time_to_be_painted(desk: DeskAtWork) -> None:
    desk.hear(offered())
    assert (desk.screen.rung, desk.rows("SELECT * FROM call WHERE source_id = 'a'")) == (["a"], [])
    desk.wait(100)
    assert desk.rows("SELECT outcome, customer_id FROM call WHERE source_id = 'a'") == [("offered", 1)]


# --- no records


def lose_the_database(engine: Engine, folder: Path) -> None:
    """Its disk is gone: the next connection finds no folder."""
    engine.dispose()
    (folder / FILE_NAME).rename(folder / "elsewhere.db")
    (folder / FILE_NAME).mkdir()


def bring_it_back(engine: Engine, folder: Path) -> None:
    engine.dispose()
    (folder / FILE_NAME).rmdir()
    (folder / "elsewhere.db").rename(folder / FILE_NAME)


def test_records_that_are_gone_show_the_number_with_the_reason_until_they_are_back(
    desk: DeskAtWork, engine: Engine, tmp_path: Path
) -> None:
    lose_the_database(engine, tmp_path)
    desk.hear(offered())
    card = desk.screen.card
    assert card is not None
    assert (card.pop, card.number, desk.screen.rung) == ("failed", "03-3581-4111", ["a"])
    assert desk.screen.statuses[-1].database is Trouble.NO_FOLDER
    assert desk.trace("offered")[0]["trouble"] == "no_folder"
    bring_it_back(engine, tmp_path)
    desk.desk.look_again(desk.call().id)
    assert desk.call().pop.state == "searching"
    desk.settle()
    assert desk.screen.card is not None
    assert desk.screen.card.customer == "C-000001"
    assert desk.screen.statuses[-1].database is None
    assert len(desk.trace("offered")) == 1


# --- the operator's word


def choose(desk: DeskAtWork, name: str) -> None:
    (customer,) = [one.customer_id for one in desk.call().pop.candidates if one.name == name]
    desk.desk.choose(desk.call().id, customer)
    desk.settle()


def test_the_chosen_candidate_opens_and_the_others_stay_at_hand(desk: DeskAtWork) -> None:
    desk.hear(offered(HOUSEHOLD_NUMBER))
    choose(desk, "田中 由美子")
    pop = desk.call().pop
    assert pop.facts is not None
    assert (pop.facts.customer.name, len(pop.candidates)) == ("田中 由美子", 3)
    chosen = desk.rows("SELECT rank, is_chosen FROM call_candidate WHERE call_id = ?", desk.call().id.hex)
    assert chosen == [(1, 0), (2, 1), (3, 0)]


def test_a_wrong_choice_can_be_taken_back(desk: DeskAtWork) -> None:
    desk.hear(offered(HOUSEHOLD_NUMBER))
    choose(desk, "田中 誠")
    desk.desk.back_to_choice(desk.call().id)
    desk.settle()
    assert (desk.call().pop.state, desk.call().opened_id) == ("choice", None)
    assert desk.rows("SELECT customer_id FROM call WHERE id = ?", desk.call().id.hex) == [(None,)]


@pytest.mark.parametrize(
    ("call", "state"),
    [(offered(UNKNOWN_NUMBER), "nobody"), (offered("", withheld=Withheld.PAYPHONE), "no_number")],
)
def test_taking_back_a_customer_found_by_search_returns_to_what_was_asked(
    desk: DeskAtWork, call: object, state: str
) -> None:
    desk.hear(call)  # type: ignore[arg-type]
    desk.desk.choose(desk.call().id, 1)
    desk.settle()
    assert desk.call().pop.opened_no == "C-000001"
    desk.desk.back_to_choice(desk.call().id)
    assert desk.call().pop.state == state


def test_an_unknown_caller_is_attached_later_and_the_log_says_whose_call_it_was(desk: DeskAtWork) -> None:
    desk.hear(offered(UNKNOWN_NUMBER), answered())
    desk.type("初めてのお客様")
    desk.desk.choose(desk.call().id, 1)
    desk.settle()
    call_id = desk.call().id
    desk.desk.finish(call_id)
    desk.settle()
    whose = "SELECT c.customer_no FROM {} t JOIN customer c ON c.id = t.customer_id WHERE t.{} = ?"
    assert desk.rows(whose.format("call", "id"), call_id.hex) == [("C-000001",)]
    assert desk.rows(whose.format("note", "call_id"), call_id.hex) == [("C-000001",)]


def test_the_operator_who_is_quicker_than_the_records_is_believed(desk: DeskAtWork) -> None:
    desk.desk.hear(offered(CUSTOMER_NUMBER))
    desk.desk.choose(desk.call().id, 2)
    desk.settle()
    assert desk.call().pop.opened_no == "C-000002"
    assert desk.call().opened_id == 2


# --- calls that do not pop

NEVER, ON_ANSWER = LineSettings("0312345678", "Fax", pop="never"), LineSettings("0312345678", "Shop", pop="answer")


def test_a_call_on_a_line_that_never_pops_is_logged_but_not_seen(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(lines=[NEVER])
    desk.hear(offered(dialled="03-1234-5678"))
    assert (desk.screen.rung, desk.screen.strip, desk.screen.card) == ([], (), None)
    assert desk.trace("offered")[0]["why_no_pop"] == "line_never"
    desk.wait(100)
    assert desk.rows("SELECT line FROM call WHERE id = ?", desk.call().id.hex) == [("Fax",)]
    desk.hear(ended())
    assert not desk.has("a"), "nobody would ever finish it"
    assert desk.rows("SELECT outcome FROM call WHERE line = 'Fax'") == [("missed",)]


def test_an_internal_call_does_not_pop(desk: DeskAtWork) -> None:
    desk.hear(offered("202", direction=Direction.INTERNAL))
    assert (desk.screen.rung, desk.screen.card) == ([], None)
    assert desk.trace("offered")[0]["why_no_pop"] == "internal_call"


def test_an_internal_call_pops_where_only_a_headset_could_answer_it(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(talked_in=("desk phone",))
    desk.hear(offered("202", direction=Direction.INTERNAL))
    assert len(desk.screen.rung) == 1


def test_a_line_that_pops_on_answer_stays_out_of_sight_until_then(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(lines=[ON_ANSWER])
    desk.hear(offered())
    assert (desk.screen.rung, desk.screen.strip) == ([], ())
    assert desk.trace("offered")[0]["why_no_pop"] == "line_pops_on_answer"
    desk.hear(answered())
    assert desk.screen.card is not None
    assert (desk.screen.card.customer, desk.screen.card.state) == ("C-000001", "talking")
    assert (desk.screen.rung, desk.screen.watched) == (["a"], ["a"])
    assert desk.trace("answered")[0]["why_no_pop"] is None


def test_a_line_that_pops_on_answer_stays_out_of_sight_when_a_colleague_answers(
    desks: Callable[..., DeskAtWork],
) -> None:
    desk = desks(lines=[ON_ANSWER])
    desk.hear(offered(), answered(by="suzuki"))
    assert (desk.screen.rung, desk.has("a")) == ([], False)
    assert desk.rows("SELECT outcome, answered_by FROM call WHERE line = 'Shop'") == [("elsewhere", "suzuki")]


def test_a_call_answered_before_the_records_did_still_pops(desk: DeskAtWork) -> None:
    desk.desk.hear(offered(ENGLISH_NUMBER))
    desk.desk.hear(answered())
    desk.settle()
    card = desk.screen.card
    assert card is not None
    assert (card.state, card.pop, desk.screen.rung) == ("talking", "opened", ["a"])
    assert desk.call().pop.facts is not None
    assert desk.call().pop.facts.customer.name == "Emily Carter"


def test_without_a_window_every_call_is_looked_up_and_none_is_kept_on_the_desk(
    desks: Callable[..., DeskAtWork],
) -> None:
    desk = desks(why_never="no_window")
    desk.hear(offered(), answered())
    assert (desk.screen.rung, len(desk.desk.calls)) == ([], 0)
    (line,) = desk.trace("offered")
    assert (line["opened"], line["why_no_pop"]) == ("C-000001", "no_window")
