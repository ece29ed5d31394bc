"""A call for the operator's own telephone, message by message: it rings, is lifted, sent on, and left to the PBX."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti.address import Address
from cti.events import Caller, Direction, EndCause, NotOfferedBecause
from cti.sip.desk_phone_call import REFER_AFTER, RING_LIMIT, TELL_LIMIT, DeskPhoneCall, Stage
from cti.sip.dialling_agent import MOST, DiallingAgent
from cti.sip.dialog import AgentEvent, Answered, Ended, Offered
from cti.sip.message import Request, Response, parse_message
from cti.sip.settings import SipSettings
from cti.sip.transaction import TIMER_B, TIMER_H

PBX, US = ("192.0.2.10", 5060), ("192.0.2.31", 5070)
ACCOUNT = SipSettings("desk phone", server="pbx.example.jp", username="1212", desk_phone="201")
CHALLENGE = ('WWW-Authenticate: Digest realm="asterisk", nonce="n", algorithm=MD5, qop="auth"',)
THEIRS = "theirs"


class Inner:
    """The agent that hears, at the far edge: keeps what it is given."""

    contact_user = "omote-1"

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.tells: list[AgentEvent] = []
        self.is_unregistered = True
        self.secrets: list[str] = []

    def trusts(self, host: str) -> bool:
        return host == PBX[0]

    def receive_datagram(self, data: bytes, _peer: Address, _now: float) -> None:
        self.heard.append(data)

    def datagrams_to_send(self) -> list[tuple[bytes, Address]]:
        return []

    def next_event(self) -> AgentEvent | None:
        return self.tells.pop(0) if self.tells else None

    def get_timer(self) -> float | None:
        return None

    def handle_timer(self, now: float) -> None:
        """Nothing is ever due."""

    def set_peers(self, addresses: object) -> None:
        """Only the one."""

    def set_route(self, local: Address, registrar: Address) -> None:
        """It does not send."""

    def start_registration(self, secret: str, _now: float) -> None:
        self.secrets.append(secret)

    def registrar_is_gone(self, now: float) -> None:
        """It has nothing there."""

    def stop_registration(self, now: float) -> None:
        """It has nothing there."""

    def admit_once(self, call_id: str) -> None:
        """Nobody tests it."""

    def note_refused(self, because: NotOfferedBecause, host: str, now: float) -> None:
        """Nobody is refused."""

    def take_answer(self, asked: object, customers: set[str], now: float) -> None:
        """Nobody is asked."""


class Placing:
    """The agent with one call, and the PBX's side of the wire."""

    def __init__(self, number: str = "0312345678", account: SipSettings = ACCOUNT) -> None:
        self.inner, self.now = Inner(), 100.0
        self.agent = DiallingAgent(self.inner, account, Random(1))
        self.agent.set_route(US, PBX)
        self.agent.start_registration("a-long-random-password", self.now)
        self.sent: list[Request] = []
        self.answers: list[Response] = []
        call = self.agent.dial(number, self.now)
        assert call is not None
        self.call: DeskPhoneCall = call
        self.flush()

    def flush(self) -> list[str]:
        """The methods of what has left now."""
        messages = [parse_message(data) for data, _to in self.agent.datagrams_to_send()]
        requests = [one for one in messages if isinstance(one, Request)]
        self.answers += [one for one in messages if isinstance(one, Response)]
        self.sent += requests
        return [one.method for one in requests]

    def last(self, method: str) -> Request:
        return next(one for one in reversed(self.sent) if one.method == method)

    def answer(self, method: str, status: int, *more: str, body: str = "") -> list[str]:
        """The PBX answers our last request of this method; what we send then."""
        request = self.last(method)
        to = request.headers.get("to") or ""
        head = [
            f"SIP/2.0 {status} Said",
            *(f"{name}: {request.headers.get(name.lower())}" for name in ("Via", "From", "Call-ID", "CSeq")),
            f"To: {to}" if ";tag=" in to or status == 100 else f"To: {to};tag={THEIRS}",
            "Contact: <sip:192.0.2.10:5060>", *more, f"Content-Length: {len(body)}",
        ]  # fmt: skip
        self.agent.receive_datagram("\r\n".join([*head, "", body]).encode(), PBX, self.now)
        return self.flush()

    def ask(self, method: str, number: int = 1, body: str = "", tag: str = THEIRS, *more: str) -> list[str]:
        """The PBX asks within the dialog."""
        invite = self.last("INVITE")
        head = [
            f"{method} sip:omote-1@192.0.2.31:5070 SIP/2.0",
            f"Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK{number}{method}",
            "Max-Forwards: 70", f"From: <sip:201@pbx.example.jp>;tag={tag}", f"To: {invite.headers.get('from')}",
            f"Call-ID: {invite.call_id}", f"CSeq: {number} {method}", *more, f"Content-Length: {len(body)}",
        ]  # fmt: skip
        self.agent.receive_datagram("\r\n".join([*head, "", body]).encode(), PBX, self.now)
        return self.flush()

    def told(self, status: int, number: int = 1) -> list[str]:
        """The PBX tells what becomes of the number."""
        return self.ask("NOTIFY", number, f"SIP/2.0 {status} Said\r\n")

    def wait(self, seconds: float) -> list[str]:
        self.now += seconds
        self.agent.handle_timer(self.now)
        return self.flush()

    def lift(self) -> "Placing":
        """As far as the REFER."""
        self.answer("INVITE", 180)
        self.answer("INVITE", 200)
        self.wait(REFER_AFTER[0])
        return self

    def let_go(self) -> "Placing":
        self.lift()
        self.answer("REFER", 202)
        return self

    @property
    def events(self) -> list[AgentEvent]:
        return list(iter(self.agent.next_event, None))


def kinds(events: list[AgentEvent]) -> list[type[AgentEvent]]:
    return [type(one) for one in events]


def test_it_rings_is_lifted_sent_on_answered_and_left() -> None:
    placing = Placing()
    assert placing.last("INVITE").headers.get("to") == "<sip:201@pbx.example.jp>"
    assert placing.answer("INVITE", 401, *CHALLENGE) == ["ACK", "INVITE"]
    assert placing.last("INVITE").headers.get("authorization")
    assert placing.answer("INVITE", 100) == placing.answer("INVITE", 180) == []
    assert placing.answer("INVITE", 200) == ["ACK"]
    assert placing.wait(REFER_AFTER[0]) == ["REFER"]
    refer = placing.last("REFER")
    assert refer.headers.get("refer-to") == "<sip:0312345678@pbx.example.jp>"
    assert placing.answer("REFER", 202) == placing.told(100) == placing.told(180, 2) == []
    assert placing.told(200, 3) == ["BYE"]
    placing.answer("BYE", 200)
    offered, answered = placing.events
    assert isinstance(offered, Offered)
    assert (offered.direction, offered.caller.number) == (Direction.OUT, "0312345678")
    assert answered == Answered(placing.call.name, "201")
    assert placing.call.stage is Stage.OVER


def test_the_description_has_no_sound_in_it() -> None:
    body = Placing().last("INVITE").body.decode()
    assert "a=inactive" in body
    assert "m=audio 9 " in body


@pytest.mark.parametrize(
    ("number", "uri"), [("#31*7", "sip:%2331*7@pbx.example.jp"), ("+81312345678", "sip:+81312345678@pbx.example.jp")]
)
def test_what_is_dialled_stays_one_uri(number: str, uri: str) -> None:
    assert Placing(number).lift().last("REFER").headers.get("refer-to") == f"<{uri}>"


def test_the_desk_hears_of_it_when_the_telephone_rings_and_not_before() -> None:
    placing = Placing()
    placing.answer("INVITE", 100)
    assert placing.events == []
    placing.answer("INVITE", 183)
    assert kinds(placing.events) == [Offered]


@pytest.mark.parametrize("status", [403, 404, 480, 486])
def test_what_never_rang_is_no_call_and_says_why(status: int) -> None:
    placing = Placing()
    assert placing.answer("INVITE", status) == ["ACK"]
    assert (placing.events, placing.call.refusal) == ([], f"{status} Said")


def test_a_password_that_is_refused_is_not_tried_for_ever() -> None:
    placing = Placing()
    placing.answer("INVITE", 401, *CHALLENGE)
    assert placing.answer("INVITE", 401, *CHALLENGE) == ["ACK"]
    assert placing.call.refusal == "401 Said"


def test_a_telephone_that_is_not_lifted_is_taken_back() -> None:
    placing = Placing()
    placing.answer("INVITE", 180)
    assert placing.wait(RING_LIMIT) == ["CANCEL"]
    assert placing.answer("INVITE", 487) == ["ACK"]
    assert placing.events[1:] == [Ended(placing.call.name, EndCause.CANCELLED)]


def test_a_cancel_waits_for_the_first_word() -> None:
    placing = Placing()
    placing.agent.hang_up(placing.call.name, placing.now)
    assert placing.flush() == []
    assert placing.answer("INVITE", 100) == ["CANCEL"]
    assert placing.last("CANCEL").via.branch == placing.last("INVITE").via.branch


def test_what_is_lifted_in_the_moment_of_hanging_up_is_hung_up() -> None:
    placing = Placing()
    placing.answer("INVITE", 180)
    placing.agent.hang_up(placing.call.name, placing.now)
    placing.flush()
    assert placing.answer("INVITE", 200) == ["ACK", "BYE"]


def test_a_repeated_200_gets_its_ack_again() -> None:
    placing = Placing().lift()
    assert placing.answer("INVITE", 200) == ["ACK"]
    assert placing.wait(0) == []


@pytest.mark.parametrize("by", ["answer", "notify"])
def test_a_refer_that_came_too_early_is_sent_again(by: str) -> None:
    placing = Placing().lift()
    for again in REFER_AFTER[1:]:
        if by == "answer":
            placing.answer("REFER", 400)
        else:
            placing.answer("REFER", 202)
            placing.told(400, int(placing.now))
        assert placing.wait(again) == ["REFER"]
    assert placing.answer("REFER", 400) == ["BYE"]
    assert placing.events[-1] == Ended(placing.call.name, EndCause.FAILED)


def test_a_pbx_that_sends_nobody_on_ends_the_call() -> None:
    placing = Placing().lift()
    assert placing.answer("REFER", 603) == ["BYE"]
    assert placing.events[-1] == Ended(placing.call.name, EndCause.FAILED)


@pytest.mark.parametrize(("status", "why"), [(486, EndCause.BUSY), (480, EndCause.TIMED_OUT), (503, EndCause.FAILED)])
def test_who_does_not_answer_was_not_reached(status: int, why: EndCause) -> None:
    placing = Placing().let_go()
    assert placing.told(status) == ["BYE"]
    placing.told(200, 2)
    assert placing.events[1:] == [Ended(placing.call.name, why)]


def test_the_answer_may_be_told_before_the_yes_to_the_refer() -> None:
    placing = Placing().lift()
    assert placing.told(200) == []
    assert placing.answer("REFER", 202) == ["BYE"]
    assert placing.events[1:] == [Answered(placing.call.name, "201")]


def test_who_hangs_up_before_it_was_sent_on_has_called_nobody() -> None:
    placing = Placing().lift()
    placing.ask("BYE")
    assert placing.events[1:] == [Ended(placing.call.name, EndCause.CANCELLED)]
    assert placing.wait(REFER_AFTER[1]) == []


def test_a_pbx_that_needs_us_no_more_tells_all_the_same() -> None:
    placing = Placing().let_go()
    placing.ask("BYE", 2)
    assert placing.told(200, 3) == []
    assert placing.events[1:] == [Answered(placing.call.name, "201")]


def test_a_pbx_that_never_tells_is_not_waited_for() -> None:
    placing = Placing().let_go()
    assert placing.wait(TELL_LIMIT) == ["BYE"]
    assert placing.events[1:] == [Ended(placing.call.name, EndCause.TIMED_OUT)]


def test_nothing_of_it_is_kept_once_it_is_over() -> None:
    placing = Placing()
    placing.wait(TIMER_B)
    assert placing.events == []
    placing.wait(TIMER_H)
    assert (placing.agent.get_timer(), placing.agent.stages) == (None, {})


def test_calls_at_once_have_a_limit() -> None:
    placing = Placing()
    assert [placing.agent.dial("202", 1.0) is not None for _more in range(MOST)] == [True] * (MOST - 1) + [False]


def test_a_telephone_does_not_ring_on_for_a_program_that_ends() -> None:
    placing = Placing()
    placing.answer("INVITE", 180)
    placing.agent.stop_registration(placing.now)
    assert placing.flush() == ["CANCEL"]
    assert not placing.agent.is_unregistered
    placing.answer("INVITE", 487)
    assert placing.agent.is_unregistered


def test_what_is_of_no_call_of_ours_is_the_listeners() -> None:
    placing = Placing().let_go()
    for tag in ("somebody", ""):
        placing.ask("NOTIFY", 7, "SIP/2.0 200 OK\r\n", tag)
    assert (len(placing.inner.heard), placing.events[1:]) == (2, [])


def test_another_host_is_not_heard() -> None:
    placing = Placing()
    invite = placing.last("INVITE")
    data = f"SIP/2.0 200 OK\r\nCall-ID: {invite.call_id}\r\nContent-Length: 0\r\n\r\n".encode()
    placing.agent.receive_datagram(data, ("198.51.100.7", 5060), placing.now)
    assert (placing.inner.heard, placing.flush()) == ([data], [])


def ring(number: str = "1212") -> Offered:
    return Offered("201;1", Caller(number, ""), "", "", "", Direction.IN, is_test=False)


@pytest.mark.parametrize(("is_answered", "why"), [(True, EndCause.HUNG_UP), (False, EndCause.CANCELLED)])
def test_where_the_telephone_is_watched_its_end_is_the_calls(is_answered: bool, why: EndCause) -> None:
    placing = Placing()
    placing.answer("INVITE", 180)
    placing.inner.tells += [ring(), Answered("201;1", "201")]
    assert kinds(placing.events) == [Offered, Offered, Answered]
    placing.answer("INVITE", 200)
    placing.wait(REFER_AFTER[0])
    placing.answer("REFER", 202)
    if is_answered:
        placing.told(200)
        placing.answer("BYE", 200)
        placing.wait(TIMER_H)
    placing.inner.tells += [Ended("201;1", EndCause.HUNG_UP)]
    assert placing.events[-1] == Ended(placing.call.name, why)


def test_a_customers_ring_meanwhile_is_not_taken_for_ours() -> None:
    placing = Placing()
    placing.answer("INVITE", 180)
    placing.inner.tells += [ring("0335814111"), Ended("201;1", EndCause.HUNG_UP)]
    assert kinds(placing.events) == [Offered, Offered, Ended]


Step = Callable[[Placing], object]
STEPS: list[Step] = [
    lambda one: one.answer("INVITE", 100), lambda one: one.answer("INVITE", 180), lambda one: one.answer("INVITE", 200),
    lambda one: one.answer("INVITE", 401, *CHALLENGE), lambda one: one.answer("INVITE", 486), lambda one: one.wait(0.4),
    lambda one: one.wait(40), lambda one: one.told(180), lambda one: one.told(200), lambda one: one.told(400),
    lambda one: one.told(503), lambda one: one.ask("BYE"), lambda one: one.ask("OPTIONS"),
    lambda one: one.ask("INVITE"),
    lambda one: one.ask("NOTIFY", body="\xff"), lambda one: one.agent.hang_up(one.call.name, one.now),
    lambda one: one.answer("REFER", 202) if "REFER" in {sent.method for sent in one.sent} else None,
    lambda one: one.answer("BYE", 481) if "BYE" in {sent.method for sent in one.sent} else None,
]  # fmt: skip


@given(st.lists(st.sampled_from(STEPS), max_size=14))
def test_whatever_comes_it_is_offered_once_ends_once_and_is_forgotten(steps: list[Step]) -> None:
    placing = Placing()
    for step in steps:
        step(placing)
    for _turn in range(20):
        placing.wait(60)
    told = kinds(placing.events)
    assert told.count(Offered) <= 1
    assert told.count(Answered) + told.count(Ended) == told.count(Offered)
    assert placing.agent.get_timer() is None
