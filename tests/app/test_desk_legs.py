"""One call to the operator, however many sources and legs tell of it, and however often it rings."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.draft_calls import draft_of
from app.pop import NO_NUMBER
from app.settings import LineSettings
from cti.events import Direction, EndCause, Withheld
from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER
from tests.app.desk_at_work import SAVE_MS, DeskAtWork, answered, ended, offered

MOBILE = "mobile"
AGAIN = offered(source_id="b", linked="1.7", after=40)


def legs(desk: DeskAtWork) -> list[tuple[str, bool, bool]]:
    """The legs' rows: who, and whether it was answered and is over there."""
    rows = desk.rows("SELECT who, answered_at, ended_at FROM call_leg ORDER BY offered_at")
    return [(who, answered_at is not None, ended_at is not None) for who, answered_at, ended_at in rows]


@pytest.fixture
def empty(desk: DeskAtWork) -> DeskAtWork:
    """Without the demo's own calls in the log."""
    desk.empty_log()
    return desk


# --- legs


def test_two_sources_are_one_card_one_row_and_two_legs(empty: DeskAtWork) -> None:
    desk = empty
    desk.hear(offered(), offered("+81335814111", "b", source=MOBILE, after=0.2))
    desk.wait(SAVE_MS)
    assert (len(desk.desk.calls), desk.screen.rung, desk.screen.strip) == (1, ["a"], ("a",))
    assert desk.rows("SELECT count(*) FROM call") == [(1,)]
    assert legs(desk) == [("sato", False, False)] * 2


def test_a_late_leg_tells_what_the_first_could_not(desk: DeskAtWork) -> None:
    desk.hear(offered(dialled=""), offered(source_id="b", source=MOBILE, name="Takahashi", linked="1.7"))
    desk.wait(SAVE_MS)
    call = desk.call()
    assert (call.ring.dialled, call.ring.name, call.ring.linked_id) == ("0312345678", "Takahashi", "1.7")
    assert desk.rows("SELECT dialled, linked_id FROM call WHERE id = ?", call.id.hex) == [("0312345678", "1.7")]


def test_a_leg_that_names_the_line_first_seen_by_another_names_it_on_the_card(
    desks: Callable[..., DeskAtWork],
) -> None:
    desk = desks(lines=[LineSettings("0312345678", "Main shop")])
    desk.hear(offered(dialled=""), offered(source_id="b", source=MOBILE))
    assert desk.call().ring.line_name == "Main shop"


def test_the_trace_tells_every_leg_and_what_became_of_it(desk: DeskAtWork) -> None:
    desk.hear(offered(), offered(source_id="b", source=MOBILE), ended("b", source=MOBILE), answered(by="sato"))
    (line,) = desk.trace("answered")
    assert [(leg["source"], leg["source_id"], leg["answered"], leg["by"], leg["why"]) for leg in line["legs"]] == [
        ("desk phone", "a", "2026-11-21T05:12:04.000Z", "sato", None),
        (MOBILE, "b", None, None, "cancelled"),
    ]


def test_one_leg_that_is_over_does_not_end_the_call(desk: DeskAtWork) -> None:
    desk.hear(offered(), offered(source_id="b", source=MOBILE), ended())
    assert (desk.call().state, desk.trace("ended")) == ("ringing", [])
    desk.hear(ended("b", source=MOBILE))
    assert desk.call().state == "missed"


def test_the_source_that_knows_who_answered_overrides_the_one_that_does_not(desk: DeskAtWork) -> None:
    desk.hear(offered(), offered(source_id="b", source=MOBILE), answered(), answered("b", "suzuki", MOBILE))
    assert (desk.call().state, desk.call().answered_by) == ("elsewhere", "suzuki")
    assert [line["by"] for line in desk.trace("answered")] == [None, "suzuki"]


def test_the_operators_own_phone_answers_for_the_operator(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(own_phones={"watched": "201"})
    desk.hear(offered(), offered(source_id="x", source="watched"), answered(), answered("x", "201", "watched"))
    assert (desk.call().state, desk.call().answered_by) == ("talking", "201")
    desk.hear(ended("x", EndCause.HUNG_UP, "watched"))
    assert (desk.call().state, desk.call().why_ended) == ("after_call", EndCause.HUNG_UP)
    assert desk.rows("SELECT outcome, answered_by FROM call WHERE id = ?", desk.call().id.hex) == [("answered", "201")]


def test_when_the_own_phone_fell_silent_a_colleague_has_the_call(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(own_phones={"watched": "201"})
    desk.empty_log()
    desk.hear(offered(), offered(source_id="x", source="watched", after=0.1), ended("x", source="watched"), answered())
    assert (desk.call().state, desk.call().outcome) == ("elsewhere", "elsewhere")
    assert legs(desk) == [("sato", False, True), ("sato", False, True)], "nobody answered here"


def test_not_mine_takes_the_answer_from_every_leg(empty: DeskAtWork) -> None:
    desk = empty
    desk.hear(offered(), offered(source_id="b", source=MOBILE, after=0.1), answered())
    assert legs(desk)[0] == ("sato", True, False)
    desk.desk.not_mine(desk.call().id)
    desk.hear(answered("b", source=MOBILE))
    desk.settle()
    assert legs(desk) == [("sato", False, False)] * 2


def test_the_same_facts_again_add_no_row(empty: DeskAtWork) -> None:
    desk = empty
    facts = (
        offered(linked="1.7"),
        offered(source_id="b", source=MOBILE, linked="1.7"),
        ended(),
        ended("b", source=MOBILE),
    )
    desk.hear(*facts, *facts)
    assert (desk.rows("SELECT count(*) FROM call"), len(legs(desk))) == ([(1,)], 2)


# --- it rings again


def test_a_missed_call_that_the_queue_offers_again_rings_on_its_card_with_its_note(empty: DeskAtWork) -> None:
    desk = empty
    desk.hear(offered(linked="1.7"), ended())
    desk.type("二度目")
    desk.hear(AGAIN)
    call = desk.call()
    assert (call.state, call.note.body, call.ended_at, call.why_ended) == ("ringing", "二度目", None, None)
    assert (desk.screen.rung, desk.screen.watched, desk.screen.strip) == (["a", "a"], ["a", "a"], ("a",))
    assert call.clock_starts == AGAIN.at
    desk.hear(answered("b", "sato"))
    desk.desk.finish(call.id)
    desk.settle()
    assert desk.rows("SELECT outcome FROM call") == [("answered",)]
    assert legs(desk) == [("sato", False, True), ("sato", True, False)]
    assert desk.rows("SELECT text FROM note_revision WHERE text = '二度目'") == [("二度目",)]


def test_it_is_traced_as_ringing_again_and_popped_again(desk: DeskAtWork) -> None:
    desk.hear(offered(linked="1.7"))
    desk.desk.painted(desk.call().id, 5_000_000)
    desk.hear(ended(), AGAIN)
    desk.desk.painted(desk.call().id, 9_000_000)
    assert [line["type"] for line in desk.traced] == ["offered", "pop", "ended", "rang_again", "pop"]
    stamps = desk.trace("pop")[1]["stamps_us"]
    assert (stamps["received"], stamps["painted"]) == (0, 8_999)


def test_a_call_that_a_colleague_took_and_hands_on_to_us_rings_again(desk: DeskAtWork) -> None:
    desk.hear(offered(linked="1.7"), answered())
    desk.desk.not_mine(desk.call().id)
    desk.hear(AGAIN, ended("b"))
    assert (desk.call().state, desk.call().outcome) == ("missed", "elsewhere"), "missed only if nobody answered"


def test_a_newcomers_card_is_not_replaced_by_one_that_rings_again(desk: DeskAtWork) -> None:
    desk.hear(offered(linked="1.7"), ended(), offered(ENGLISH_NUMBER, "c"), answered("c", "sato"))
    desk.hear(AGAIN)
    assert desk.screen.card is not None
    assert (desk.screen.card.source_id, desk.call().state) == ("c", "ringing")


def test_a_call_whose_card_was_finished_rings_again_on_a_new_one(desk: DeskAtWork) -> None:
    desk.hear(offered(linked="1.7"), ended())
    desk.desk.finish(desk.call().id)
    desk.settle()
    desk.hear(AGAIN, ended("b"))
    assert (desk.screen.rung, desk.call("b").state) == (["a", "b"], "missed")


def test_a_call_that_rings_while_it_is_being_finished_stays(desk: DeskAtWork) -> None:
    desk.hear(offered(linked="1.7"), ended())
    desk.type("不在")
    desk.desk.finish(desk.call().id)
    desk.desk.hear(AGAIN)
    desk.settle()
    assert (desk.call().state, desk.call().note.body) == ("ringing", "不在")


def test_one_queue_call_that_rings_for_hours_keeps_its_newest_legs(desk: DeskAtWork) -> None:
    for number in range(60):
        desk.desk.hear(offered(source_id=f"leg {number}", linked="1.7", after=20 * number))
        desk.desk.hear(ended(f"leg {number}"))
    desk.settle()
    (call,) = desk.desk.calls
    assert (len(call.legs), call.legs[-1].source_id, call.state) == (20, "leg 59", "missed")


# --- a second call while talking


def test_a_second_customer_of_the_same_queue_while_talking_waits_in_the_strip(desk: DeskAtWork) -> None:
    desk.hear(offered(linked="1.7"), offered(source_id="m", source=MOBILE, linked="1.7"), answered("a", "sato"))
    desk.type("お届け先の")
    second = offered(ENGLISH_NUMBER, "b", linked="1.8")
    desk.hear(second, offered(ENGLISH_NUMBER, "n", source=MOBILE, linked="1.8"), ended("m", source=MOBILE))
    assert desk.screen.card is not None
    assert (desk.screen.card.source_id, desk.screen.strip) == ("a", ("a", "b"))
    assert (desk.call("a").note.body, desk.call("b").state) == ("お届け先の", "ringing")


def test_the_same_company_that_calls_twice_is_two_calls(desk: DeskAtWork) -> None:
    desk.hear(offered(CUSTOMER_NUMBER, "a"), answered(), offered(CUSTOMER_NUMBER, "b", after=1))
    assert [call.state for call in desk.desk.calls] == ["talking", "ringing"]


# --- a start after a crash


def test_a_call_with_legs_comes_back_from_its_draft_and_goes_on(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks()
    desk.empty_log()
    desk.hear(offered(linked="1.7"), offered(source_id="b", source=MOBILE, linked="1.7", after=0.1), ended())
    desk.type("途中まで")
    desk.wait_until_kept()
    desk.wait(SAVE_MS)
    before = desk.call()
    desk.leave()
    again = desks()
    again.desk.restore(again.kept_drafts())
    again.settle()
    call = again.call()
    known = tuple(replace(leg, said=None) for leg in before.legs)
    assert (call.legs, call.ring, call.is_restored) == (known, before.ring, True)
    again.hear(offered(source_id="c", linked="1.7", after=60))
    assert (call.state, call.note.body, again.screen.rung) == ("ringing", "途中まで", ["a"])
    again.hear(answered("c", "sato"), ended("c", EndCause.HUNG_UP))
    again.desk.finish(call.id)
    again.settle()
    assert (again.rows("SELECT count(*) FROM call"), len(legs(again))) == ([(1,)], 3)


def test_another_call_does_not_wake_a_draft(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks()
    desk.hear(offered())
    desk.type("途中まで")
    desk.wait_until_kept()
    desk.leave()
    again = desks()
    again.desk.restore(again.kept_drafts())
    again.hear(offered(source_id="b"))
    assert [call.state for call in again.desk.calls] == ["later", "ringing"]


def test_an_internal_call_of_several_legs_is_never_seen(desk: DeskAtWork) -> None:
    asks = {"direction": Direction.INTERNAL}
    desk.hear(offered("202", "a", **asks), offered("202", "b", source=MOBILE, **asks), answered())
    assert (desk.screen.rung, desk.screen.card) == ([], None)


# --- withheld wins

CLEAR = offered(linked="1.7")
HIDING = offered("", "b", withheld=Withheld.ANONYMOUS, source=MOBILE, linked="1.7", after=0.2)


def leftovers(desk: DeskAtWork) -> str:
    """All that screen, draft and records say of the call."""
    call = desk.call()
    rows = [desk.rows(f"SELECT * FROM {table}") for table in ("call", "call_event", "call_leg", "call_candidate")]
    return repr((call.ring, call.pop, call.opened_id, draft_of(call, "sato", desk.time.clock), rows))


def test_number_that_another_source_withholds_is_gone_from_card_draft_and_records(empty: DeskAtWork) -> None:
    desk = empty
    desk.hear(CLEAR)
    desk.wait(SAVE_MS)
    assert "335814111" in leftovers(desk)
    assert desk.call().pop.facts is not None
    desk.hear(HIDING)
    desk.wait(SAVE_MS)
    assert "335814111" not in leftovers(desk)
    assert (desk.call().ring.withheld, desk.call().opened_id, desk.call().pop) == (Withheld.ANONYMOUS, None, NO_NUMBER)
    assert desk.rows("SELECT number, e164, name, withheld, customer_id FROM call") == [
        (None, None, None, "anonymous", None)
    ]
    (line,) = desk.trace("withheld")
    assert (line["number"], line["withheld"], line["opened"], line["candidates"]) == ("", "anonymous", None, [])


def test_number_that_was_withheld_first_is_never_told(empty: DeskAtWork) -> None:
    desk = empty
    desk.hear(
        offered("", withheld=Withheld.ANONYMOUS, linked="1.7"), offered(source_id="b", source=MOBILE, linked="1.7")
    )
    desk.wait(SAVE_MS)
    assert "335814111" not in leftovers(desk)


def test_card_that_the_operator_has_chosen_for_a_caller_who_is_withheld_then_stays(desk: DeskAtWork) -> None:
    desk.hear(CLEAR)
    desk.settle()
    desk.desk.choose(desk.call().id, 1)
    desk.settle()
    desk.hear(HIDING)
    desk.wait(SAVE_MS)
    assert (desk.call().opened_id, desk.call().ring.number.raw, desk.call().chosen_for) == (1, "", "")
