"""What can be done with the call on the card: which buttons stand there, which are grey and why, and what goes out."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime

import pytest

from app.control_words import act_words, cannot_words
from app.controls import Act, Button, Cannot, Controls, Said
from app.telephone import Telephone
from cti.events import CallHeld, Direction, EndCause
from tests.app.desk_at_work import DeskAtWork, answered, ended, offered
from tests.fakes.telephone import FakeControl, FakeLoop

PLACES = [Act.ANSWER, Act.HANG_UP, Act.HOLD, Act.TRANSFER, Act.CONSULT]
HAND = {Act.HAND_OVER: Cannot.NOT_NOW, Act.TAKE_BACK: Cannot.NOT_NOW}
DESK_PHONE = dict.fromkeys((Act.MUTE, Act.UNMUTE, Act.DIGITS), Cannot.NOT_THIS_SOURCE)


class AtTelephone:
    """A desk whose call "a" a controllable source tells of."""

    def __init__(self, desk: DeskAtWork) -> None:
        self.desk, self.control, self.loop = desk, FakeControl(), FakeLoop()
        self.control.reasons |= HAND | DESK_PHONE
        telephone = Telephone({"desk phone": self.control}, self.loop.submit, desk.posted.post)
        self.controls = Controls(desk.place, telephone)
        self.told: list[tuple[Said, Act, Cannot | None, str]] = []
        self.controls.told = lambda *told: self.told.append(told)

    def acts(self) -> list[Act]:
        return [one.act for one in self.controls.buttons(self.desk.call())]

    def do(self, act: Act, text: str = "") -> None:
        self.controls.do(self.desk.call(), act, text)
        self.loop.run()
        self.desk.settle()


@pytest.fixture
def at(desks: Callable[..., DeskAtWork]) -> AtTelephone:
    return AtTelephone(desks())


def test_each_button_keeps_its_place_from_the_ring_to_the_end(at: AtTelephone) -> None:
    at.desk.hear(offered())
    assert at.acts() == PLACES
    at.desk.hear(answered(by="sato"))
    assert at.acts() == PLACES
    at.desk.hear(CallHeld("desk phone", "a", is_held=True, at=datetime.now(UTC)))
    assert at.acts() == [Act.ANSWER, Act.HANG_UP, Act.RESUME, Act.TRANSFER, Act.CONSULT]
    at.control.reasons = dict(DESK_PHONE)
    assert at.acts()[3:] == [Act.HAND_OVER, Act.TAKE_BACK]
    at.desk.hear(ended(why=EndCause.HUNG_UP))
    assert {one.why_not for one in at.controls.buttons(at.desk.call())} == {Cannot.NOT_NOW}


def test_what_is_talked_in_here_can_be_muted_and_dialled_into(at: AtTelephone) -> None:
    at.desk.hear(offered(), answered(by="sato"))
    at.control.reasons = HAND | {Act.UNMUTE: Cannot.NOT_NOW}
    assert at.acts()[3:5] == [Act.MUTE, Act.DIGITS]
    at.control.reasons = HAND | {Act.MUTE: Cannot.NOT_NOW}
    assert at.acts()[3:5] == [Act.UNMUTE, Act.DIGITS]
    refreshed: list[str] = []
    at.controls.done = lambda: refreshed.append("done")
    at.do(Act.UNMUTE)
    at.do(Act.DIGITS, "*")
    assert at.control.wire == b"unmute a -\r\ndigits a *\r\n"
    assert refreshed == ["done", "done"]


def able(at: AtTelephone) -> set[Act]:
    return {one.act for one in at.controls.buttons(at.desk.call()) if one.why_not is None}


def test_nobody_answers_a_call_that_rings_no_more(at: AtTelephone) -> None:
    at.desk.hear(offered())
    assert Act.ANSWER in able(at)
    at.desk.hear(answered(by="sato"))
    assert Act.ANSWER not in able(at)


def test_a_call_that_goes_out_can_be_given_up_and_not_answered(at: AtTelephone) -> None:
    at.desk.hear(offered(direction=Direction.OUT, dialled=""))
    assert at.acts() == PLACES
    assert Act.HANG_UP in able(at)
    assert Act.ANSWER not in able(at)


def test_what_a_source_could_do_is_grey_until_it_tells_of_the_call_too(at: AtTelephone) -> None:
    """A second source hears the ring a moment earlier: the row is there at once, and works a moment later."""
    at.desk.hear(offered(source="listener"))
    assert {one.why_not for one in at.controls.buttons(at.desk.call())} == {Cannot.NOT_OURS}
    at.desk.hear(offered(source_id="b"))
    assert at.acts() == PLACES
    assert Act.HANG_UP in able(at)


@pytest.mark.parametrize("why", Cannot)
@pytest.mark.parametrize("act", [Act.ANSWER, Act.HANG_UP])
def test_what_can_not_work_is_grey_with_its_reason_in_words(at: AtTelephone, act: Act, why: Cannot) -> None:
    other = Act.HANG_UP if act is Act.ANSWER else Act.ANSWER
    at.control.reasons |= {act: why, other: Cannot.NOT_NOW}
    at.desk.hear(offered())
    assert Button(act, why) in at.controls.buttons(at.desk.call())
    assert cannot_words(act, why)
    assert act_words(act) != act


def test_where_no_source_can_do_anything_nothing_stands_in_the_way(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks()
    controls = Controls(desk.place, Telephone({}, lambda _work: Future(), desk.posted.post))
    desk.hear(offered())
    assert controls.buttons(desk.call()) == ()
    desk.hear(answered(by="sato"))
    assert controls.buttons(desk.call()) == ()


def test_an_order_goes_to_the_source_that_can(at: AtTelephone) -> None:
    at.desk.hear(offered(), answered(by="sato"))
    at.do(Act.TRANSFER, "内線 202")
    at.do(Act.HANG_UP)
    assert at.control.wire == b"transfer a 202\r\nhang_up a -\r\n"
    assert at.told == []


@pytest.mark.parametrize("text", ["鈴木", "202\r\nAction: Originate", "+"])
def test_who_is_no_number_gets_no_call(at: AtTelephone, text: str) -> None:
    at.desk.hear(offered(), answered(by="sato"))
    at.do(Act.TRANSFER, text)
    assert at.control.wire == b""
    assert at.told == [(Said.NOT_A_NUMBER, Act.TRANSFER, None, "")]


def test_what_stopped_working_between_drawing_and_clicking_is_said(at: AtTelephone) -> None:
    at.desk.hear(offered(), answered(by="sato"))
    at.control.reasons[Act.HANG_UP] = Cannot.NOT_CONNECTED
    at.do(Act.HANG_UP)
    assert at.told == [(Said.NOT_DONE, Act.HANG_UP, Cannot.NOT_CONNECTED, "")]
