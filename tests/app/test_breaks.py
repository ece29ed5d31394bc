"""A break: calls come silently to the strip, are logged as ever, and are counted for whoever comes back."""

from app.screen import Status
from app.why import whether_it_popped
from db.demo import ENGLISH_NUMBER
from tests.app.desk_at_work import NOW, DeskAtWork, ended, offered


def status(desk: DeskAtWork) -> Status:
    return desk.desk.board.status


def test_a_call_in_a_break_comes_to_strip_and_log_and_nothing_shows_itself(desk: DeskAtWork) -> None:
    desk.desk.breaks.turn()
    desk.hear(offered())
    assert (desk.screen.rung, desk.screen.watched) == ([], [])
    assert desk.screen.strip == ("a",)
    desk.hear(ended())
    assert desk.rows("SELECT outcome FROM call WHERE id = ?", desk.call().id.hex) == [("missed",)]


def test_the_board_tells_since_when_and_how_many_came(desk: DeskAtWork) -> None:
    desk.desk.breaks.turn()
    desk.hear(offered(), ended(), offered(ENGLISH_NUMBER, "b"))
    assert (status(desk).break_since, status(desk).break_calls) == (NOW, 2)
    desk.desk.breaks.turn()
    assert (status(desk).break_since, status(desk).break_calls) == (None, 0)


def test_the_next_call_after_a_break_rings_as_ever(desk: DeskAtWork) -> None:
    desk.desk.breaks.turn()
    desk.hear(offered(), ended())
    desk.desk.breaks.turn()
    desk.hear(offered(ENGLISH_NUMBER, "b"))
    assert (desk.screen.rung, desk.screen.watched) == (["b"], ["b"])


def test_a_call_that_rings_again_after_the_break_shows_itself(desk: DeskAtWork) -> None:
    desk.desk.breaks.turn()
    desk.hear(offered(linked="1.7"), ended())
    desk.desk.breaks.turn()
    desk.hear(offered(source_id="b", linked="1.7"))
    assert desk.screen.rung == ["a"]


def test_the_trace_says_why_nothing_was_shown(desk: DeskAtWork) -> None:
    desk.desk.breaks.turn()
    desk.hear(offered())
    assert desk.trace("offered")[0]["break"] is True
    assert whether_it_popped(desk.trace("offered")) == [
        "It came to the strip without a sign: this desk was on a break."
    ]
