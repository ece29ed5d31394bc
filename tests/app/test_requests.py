"""What another start of the program asks of the running one, and the answer in words."""

from argparse import Namespace
from concurrent.futures import Future

import pytest

from app.asking import request_of, tell
from app.cli import parser
from app.dialling import Dialling
from app.errors import UserError
from app.requests import RingMe, ask_to_dial
from app.telephone import Telephone
from tests.app.desk_at_work import DeskAtWork, offered


def typed(*words: str) -> Namespace:
    return parser().parse_args(words)


POP = {"do": "pop", "number": "0312345678", "name": "", "line": "", "call": "", "what": "rings"}


@pytest.mark.parametrize(
    ("words", "request_"),
    [
        ([], {"do": "show"}),
        (["show"], {"do": "show"}),
        (["ring-me"], {"do": "ring-me"}),
        (["dial", "tel:+81312345678"], {"do": "dial", "number": "tel:+81312345678"}),
        (["pop", "0312345678"], POP),
        (["pop", "0312345678", "--name", "田中", "--line", "200"], POP | {"name": "田中", "line": "200"}),
        (["pop", "0312345678", "--call", "17", "--answered"], POP | {"call": "17", "what": "answered"}),
        (["pop", "0312345678", "--ended"], POP | {"what": "ended"}),
    ],
)
def test_a_command_asks_what_it_says(words: list[str], request_: dict[str, str]) -> None:
    assert request_of(typed(*words)) == request_


STAMPS = {"received": 0, "parsed": 210, "matched": 900, "shown": 2100, "painted": 6400}


def test_ring_me_tells_the_time_it_took_and_all_five_stamps(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell(typed("ring-me"), {"stamps_us": STAMPS}) == 0
    told = capsys.readouterr().out
    assert "6.4 ms" in told
    assert '"parsed": 210' in told


def test_a_command_that_dials_something_else_is_told_so(desk: DeskAtWork) -> None:
    telephone = Telephone({}, lambda _work: Future(), desk.posted.post)
    dialling = Dialling(desk.desk, desk.records, desk.place, telephone)
    for nonsense in ("alice", "", "1" * 300, None, ["110"]):
        assert ask_to_dial(dialling, {"do": "dial", "number": nonsense}) == {"error": "not_a_number"}
    assert ask_to_dial(dialling, {"do": "dial", "number": "tel:+81312345678"}) == {}
    with pytest.raises(UserError, match="no number that can be dialled"):
        tell(typed("dial", "alice"), {"error": "not_a_number"})


@pytest.mark.parametrize(("error", "part"), [("no_source", "No SIP source"), ("unknown_request", "did not answer")])
def test_what_the_running_program_could_not_do_is_an_error(error: str, part: str) -> None:
    with pytest.raises(UserError, match=part):
        tell(typed("ring-me"), {"error": error})


def test_ring_me_is_answered_when_its_own_call_has_been_painted(desk: DeskAtWork) -> None:
    placed: Future[str] = Future()
    placed.set_result("ring-me-1")
    answers: list[dict[str, object]] = []
    ring_me = RingMe(lambda _source: placed, lambda fn, *args: fn(*args))
    ring_me.ask(answers.append)
    desk.hear(offered(source_id="other;tag;branch"), offered(source_id="ring-me-1;tag;branch", is_test=True))
    ring_me.painted(desk.call("other;tag;branch"))
    assert answers == []
    ring_me.painted(desk.call("ring-me-1;tag;branch"))
    ring_me.painted(desk.call("ring-me-1;tag;branch"))
    (answer,) = answers
    assert list(answer["stamps_us"]) == list(STAMPS)  # type: ignore[call-overload]


def test_ring_me_says_when_no_source_listens() -> None:
    answers: list[dict[str, object]] = []
    RingMe(lambda _source: None, lambda fn, *args: fn(*args)).ask(answers.append)
    assert answers == [{"error": "no_source"}]
