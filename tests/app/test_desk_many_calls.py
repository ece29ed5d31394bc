"""Several calls at once: the card in use stays, facts come late, twice or in the wrong order, and the rest waits."""

from collections.abc import Callable

import pytest

from app.settings import LineSettings
from cti.events import Direction, EndCause, SourceChanged, SourceState
from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER, UNKNOWN_NUMBER
from tests.app.desk_at_work import NOW, DeskAtWork, answered, ended, offered

SECOND = offered(ENGLISH_NUMBER, "b")


def card(desk: DeskAtWork) -> str:
    """Whose call is on the card."""
    return desk.screen.card.source_id if desk.screen.card else ""


def test_a_second_call_rings_and_waits_in_the_strip_while_the_first_is_on_the_card(desk: DeskAtWork) -> None:
    desk.hear(offered(), SECOND)
    assert (card(desk), desk.screen.strip, desk.screen.rung) == ("a", ("a", "b"), ["a", "b"])
    assert desk.screen.watched == ["a", "b"]


def test_a_second_call_does_not_steal_the_note_being_typed(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered())
    desk.type("お届け先の")
    desk.hear(SECOND, answered("b"), ended("b", EndCause.HUNG_UP))
    assert card(desk) == "a"
    assert desk.call("a").note.body == "お届け先の"


def test_two_hundred_calls_leave_the_card_in_use_where_it_is(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered())
    for number in range(200):
        desk.desk.hear(offered(f"09000{number:06}", f"flood-{number}"))
    desk.settle()
    assert card(desk) == "a"
    assert len(desk.screen.strip) == 201


def test_a_newcomer_takes_the_card_of_a_missed_call_that_nobody_touched(desk: DeskAtWork) -> None:
    desk.hear(offered(), ended())
    assert (card(desk), desk.call().state) == ("a", "missed")
    desk.hear(SECOND)
    assert (card(desk), desk.screen.strip) == ("b", ("a", "b")), "the missed one stays in the strip"


@pytest.mark.parametrize("touch", ["click", "note"])
def test_a_newcomer_leaves_a_missed_call_that_the_operator_works_on(desk: DeskAtWork, touch: str) -> None:
    desk.hear(offered(), ended())
    if touch == "click":
        desk.desk.select(desk.call().id)
    else:
        desk.type("かけ直す")
    desk.hear(SECOND)
    assert card(desk) == "a"


def test_when_the_first_is_missed_untouched_the_one_that_still_rings_comes_to_the_card(desk: DeskAtWork) -> None:
    desk.hear(offered(), SECOND, ended("a"))
    assert card(desk) == "b"


def test_the_operator_picks_any_call_of_the_strip(desk: DeskAtWork) -> None:
    desk.hear(offered(), SECOND)
    desk.desk.select(desk.call("b").id)
    assert card(desk) == "b"
    desk.hear(offered(UNKNOWN_NUMBER, "c"))
    assert card(desk) == "b"


def test_the_strip_keeps_the_newest_ten_missed_calls_and_every_one_that_was_touched(desk: DeskAtWork) -> None:
    desk.hear(offered(source_id="written"), ended("written"))
    desk.type("かけ直す", "written")
    for number in range(14):
        desk.hear(offered(f"09000{number:06}", f"m{number}"), ended(f"m{number}"))
    assert desk.screen.strip == ("written", *(f"m{number}" for number in range(4, 14)))
    assert desk.rows("SELECT count(*) FROM call WHERE outcome = 'missed'") == [(15,)], "the log has all of them"


def test_a_missed_customer_outlives_missed_strangers_and_what_a_colleague_took(desk: DeskAtWork) -> None:
    desk.hear(offered(source_id="known"), ended("known"))
    for number in range(14):
        why = EndCause.CANCELLED if number % 2 else EndCause.ANSWERED_ELSEWHERE
        desk.hear(offered(f"09000{number:06}", f"m{number}"), ended(f"m{number}", why))
    assert desk.screen.strip[0] == "known"
    assert len(desk.screen.strip) == 10
    assert {f"m{number}" for number in range(1, 14, 2)} <= set(desk.screen.strip), "all seven that nobody answered"


# --- who answered


def test_a_call_answered_by_somebody_unknown_keeps_its_card_and_its_clock(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered(by=None))
    call = desk.call()
    assert (call.state, call.ended_at, card(desk)) == ("talking", None, "a")
    assert call.clock_starts == call.answered_at
    assert desk.trace("answered")[0]["by"] is None
    assert desk.trace("ended") == []
    assert desk.screen.quiets > 0, "nothing rings any more"
    assert desk.rows("SELECT outcome, answered_by, ended_at FROM call WHERE id = ?", call.id.hex) == [
        ("answered", None, None)
    ]


def test_a_call_that_this_operator_answered_is_talking(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered(by="sato"))
    assert (desk.call().state, desk.trace("answered")[0]["by"]) == ("talking", "sato")


def test_a_call_that_another_operator_answered_folds(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered(by="suzuki"))
    call = desk.call()
    assert (call.state, call.answered_by) == ("elsewhere", "suzuki")
    desk.hear(SECOND)
    assert card(desk) == "b"
    assert desk.rows("SELECT outcome, answered_by FROM call WHERE id = ?", call.id.hex) == [("elsewhere", "suzuki")]


def test_a_call_that_another_operator_answered_keeps_what_was_typed_in_it(desk: DeskAtWork) -> None:
    desk.hear(offered())
    desk.type("至急")
    desk.hear(answered(by="suzuki"), SECOND)
    assert (card(desk), desk.call("a").note.body) == ("a", "至急")


def test_one_key_says_that_it_was_not_mine_and_the_card_is_free_for_the_next(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered())
    desk.desk.not_mine(desk.call().id)
    desk.settle()
    assert desk.call().state == "elsewhere"
    assert desk.rows("SELECT outcome FROM call WHERE id = ?", desk.call().id.hex) == [("elsewhere",)]
    desk.hear(SECOND)
    assert card(desk) == "b"


def test_not_mine_never_puts_a_card_with_text_out_of_sight(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered())
    desk.type("伝言あり")
    desk.desk.not_mine(desk.call().id)
    desk.hear(SECOND)
    assert (card(desk), desk.call("a").note.body) == ("a", "伝言あり")


# --- facts late, twice, in the wrong order


@pytest.mark.parametrize(
    ("why", "state"),
    [
        (EndCause.CANCELLED, "missed"),
        (EndCause.TIMED_OUT, "missed"),
        (EndCause.REJECTED, "missed"),
        (EndCause.BUSY, "missed"),
        (EndCause.FAILED, "missed"),
        (EndCause.HUNG_UP, "missed"),
        (EndCause.ANSWERED_ELSEWHERE, "elsewhere"),
    ],
)
def test_each_cause_ends_a_ringing_call_in_its_state(desk: DeskAtWork, why: EndCause, state: str) -> None:
    desk.hear(offered(), ended(why=why))
    assert (desk.call().state, desk.trace("ended")[0]["why"]) == (state, why)
    assert desk.rows("SELECT outcome, end_cause FROM call WHERE id = ?", desk.call().id.hex) == [(state, why)]


def test_a_call_that_was_talked_on_goes_to_after_call_work(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered(), ended(why=EndCause.HUNG_UP))
    assert (desk.call().state, card(desk)) == ("after_call", "a")
    assert desk.rows("SELECT outcome, end_cause FROM call WHERE id = ?", desk.call().id.hex) == [
        ("answered", "hung_up")
    ]


def test_the_same_facts_a_hundred_times_are_one_call_one_row_and_one_line_each(desk: DeskAtWork) -> None:
    for _ in range(100):
        desk.hear(offered(), answered(), ended(why=EndCause.HUNG_UP))
    assert (len(desk.desk.calls), desk.screen.rung) == (1, ["a"])
    assert sorted(line["type"] for line in desk.traced) == ["answered", "ended", "offered"]
    assert desk.rows("SELECT count(*) FROM call WHERE source_id = 'a'") == [(1,)]


def test_an_answer_that_is_told_after_the_end_does_not_bring_the_call_back(desk: DeskAtWork) -> None:
    desk.hear(offered(), ended(), answered())
    assert (desk.call().state, desk.trace("answered")) == ("missed", [])


def test_facts_about_a_call_that_nobody_offered_are_let_go(desk: DeskAtWork) -> None:
    desk.hear(answered("ghost"), ended("ghost"))
    assert (len(desk.desk.calls), desk.traced, desk.screen.cards) == (0, [], [])


def test_the_same_id_from_two_sources_is_two_calls(desk: DeskAtWork) -> None:
    other = offered(ENGLISH_NUMBER)
    desk.hear(offered(CUSTOMER_NUMBER), type(other)("trunk", *_after_source(other)), ended())
    assert [(call.ring.source, call.state) for call in desk.desk.calls] == [
        ("desk phone", "missed"),
        ("trunk", "ringing"),
    ]


def _after_source(event: object) -> list[object]:
    return [getattr(event, name) for name in type(event).__slots__][1:]  # type: ignore[attr-defined]


def test_an_end_that_comes_after_putting_aside_is_still_known(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered())
    desk.desk.put_aside(desk.call().id)
    desk.hear(ended(why=EndCause.HUNG_UP))
    assert (desk.call().state, desk.call().why_ended) == ("later", EndCause.HUNG_UP)
    assert [line["why"] for line in desk.trace("ended")] == ["hung_up"]
    assert desk.rows("SELECT end_cause FROM call WHERE id = ?", desk.call().id.hex) == [("hung_up",)]


# --- calls that are out of sight


def test_a_call_that_does_not_pop_never_comes_to_the_card_when_another_is_finished(
    desks: Callable[..., DeskAtWork],
) -> None:
    desk = desks(lines=[LineSettings("0312345679", "Fax", pop="never")])
    desk.hear(offered(), answered(), offered(ENGLISH_NUMBER, "fax", dialled="0312345679"))
    desk.desk.finish(desk.call("a").id)
    desk.settle()
    assert (desk.screen.card, desk.screen.strip) == (None, ())
    desk.hear(offered(UNKNOWN_NUMBER, "c"))
    assert card(desk) == "c"


def test_a_call_that_does_not_pop_never_comes_to_the_card_when_another_is_put_aside(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered(), offered("202", "inside", direction=Direction.INTERNAL))
    desk.desk.put_aside(desk.call("a").id)
    assert card(desk) == "a"


def test_a_call_that_rings_out_of_sight_does_not_keep_the_window_on_top(desk: DeskAtWork) -> None:
    desk.hear(offered("202", "inside", direction=Direction.INTERNAL), offered())
    desk.hear(answered("a"))
    assert desk.screen.quiets > 0


# --- test calls


def test_a_test_call_pops_and_is_traced_but_leaves_no_row_no_draft_and_no_card(desk: DeskAtWork) -> None:
    desk.hear(offered("0312340000", is_test=True))
    assert (card(desk), desk.screen.rung, desk.screen.watched) == ("a", ["a"], ["a"])
    assert desk.trace("offered")[0]["test"] is True
    desk.desk.painted(desk.call().id, 9_000)
    assert desk.trace("pop")[0]["test"] is True
    desk.hear(ended())
    assert (len(desk.desk.calls), desk.screen.card) == (0, None)
    assert desk.rows("SELECT * FROM call WHERE source_id = 'a'") == []


def test_a_test_call_from_an_extension_pops_as_well(desk: DeskAtWork) -> None:
    desk.hear(offered("202", direction=Direction.INTERNAL, is_test=True))
    assert (desk.screen.rung, desk.trace("offered")[0]["why_no_pop"]) == (["a"], None)


def test_a_test_call_in_which_somebody_typed_is_finished_without_a_row_or_a_draft(desk: DeskAtWork) -> None:
    desk.hear(offered("0312340000", is_test=True))
    desk.type("試し")
    desk.hear(ended())
    assert card(desk) == "a"
    desk.desk.finish(desk.call().id)
    desk.leave()
    assert (desk.screen.card, desk.kept_drafts()) == (None, ())
    assert desk.rows("SELECT * FROM call WHERE source_id = 'a'") == []


# --- states


def test_the_states_of_the_sources_stand_in_the_order_of_their_names_and_the_last_word_counts(
    desk: DeskAtWork,
) -> None:
    for source, state in (("b", SourceState.STARTING), ("a", SourceState.REGISTERED), ("b", SourceState.LISTENING)):
        desk.desk.hear(SourceChanged(source, state, "", NOW))
    desk.desk.hear(SourceChanged("b", SourceState.LISTENING, "", NOW))
    assert [(one.name, one.state) for one in desk.screen.statuses[-1].sources] == [
        ("a", "registered"),
        ("b", "listening"),
    ]
    assert len(desk.screen.statuses) == 3, "what does not change is not drawn again"
