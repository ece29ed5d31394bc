"""What happens while something else is under way: late answers, finishing a ringing call, numbers of other rules."""

from collections.abc import Callable

import pytest

from app.desk import SAVE_AFTER_MS
from app.phone_number import parse_number, remembered_number
from app.settings import LineSettings
from cti.events import EndCause
from db.errors import DatabaseUnavailable, Trouble
from tests.app.desk_at_work import DeskAtWork, ended, offered

TAKAHASHI, AOZORA = 1, 2


def test_a_card_that_comes_after_the_operator_thought_better_of_it_is_not_shown(desk: DeskAtWork) -> None:
    desk.hear(offered("0663452000"))
    call = desk.call()
    desk.desk.choose(call.id, TAKAHASHI)
    desk.desk.back_to_choice(call.id)
    desk.settle()
    assert (call.opened_id, call.pop.facts, call.pop.state) == (None, None, "choice")


def test_a_customer_whose_card_could_not_be_read_does_not_get_the_call(
    desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.hear(offered("0663452000"))
    call = desk.call()

    def refuse(_customer_id: int, _then: object, failed: Callable[[Exception], object]) -> None:
        failed(DatabaseUnavailable(Trouble.LOCKED, "busy"))

    with monkeypatch.context() as patched:
        patched.setattr(desk.records, "open_customer", refuse)
        desk.desk.choose(call.id, AOZORA)
    assert (call.opened_id, call.pop.state) == (None, "failed")


def test_finishing_a_call_that_still_rings_lets_the_window_come_down(desk: DeskAtWork) -> None:
    desk.hear(offered())
    quiets = desk.screen.quiets
    desk.desk.finish(desk.call().id)
    desk.settle()
    assert not desk.has("a")
    assert desk.screen.quiets == quiets + 1


def test_an_end_that_comes_while_finishing_fails_is_not_lost(desk: DeskAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.hear(offered())
    desk.timers.pass_time(SAVE_AFTER_MS)
    call, failures = desk.call(), []

    def keep_waiting(*words: object) -> None:
        failures.append(words[-1])

    monkeypatch.setattr(desk.records, "put", keep_waiting)
    desk.desk.finish(call.id)
    desk.hear(ended(why=EndCause.CANCELLED))
    failures[0](DatabaseUnavailable(Trouble.LOCKED, "busy"))  # type: ignore[operator]
    assert (call.state, desk.desk.calls.is_ringing) == ("missed", False)


def test_text_of_an_open_conversion_is_waited_for_before_the_card_goes(desk: DeskAtWork) -> None:
    desk.hear(offered())
    call = desk.call()
    desk.type("再配達")
    desk.screen.on_commit = lambda: desk.type("再配達の件")
    desk.desk.finish(call.id)
    desk.settle()
    assert desk.has("a")
    assert call.note.body == "再配達の件"


def test_a_number_keeps_its_meaning_when_the_rules_of_its_line_are_gone(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(lines=[LineSettings("0312345678", "Shop", outside_prefix="0")])
    desk.hear(offered("00312345678"))
    number = desk.call().ring.number
    assert number.key == "+81312345678"
    assert parse_number(number.raw).key != number.key, "without the line it is read as a number abroad"
    desk.type("x")
    desk.wait_until_kept()
    desk.leave()
    again = desks(lines=[])
    again.desk.restore(again.kept_drafts())
    assert again.call().ring.number.key == number.key


@pytest.mark.parametrize("raw", ["03-3581-4111", "110", "201", "not a number"])
def test_a_remembered_number_is_what_it_was(raw: str) -> None:
    number = parse_number(raw)
    assert remembered_number(number.raw, number.key, number.extension) == number


def test_a_touched_missed_card_stays_when_the_next_call_rings(desk: DeskAtWork) -> None:
    desk.hear(offered(), ended())
    desk.desk.touch(desk.call().id)
    desk.hear(offered("09098761234", "b"))
    assert desk.screen.card is not None
    assert desk.screen.card.source_id == "a"
