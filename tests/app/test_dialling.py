"""Dialling from the desk: asked, refused, ordered; the call that goes out has its card and its place in the log."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Engine, insert, select

from app.call import CallState, Outcome
from app.dial_words import dial_words
from app.dialling import Ask, Cannot, Dialling, DialState, Wish
from app.operator_state import OperatorState, operator_state
from app.telephone import Telephone
from cti.control import Act, Done
from cti.events import Direction, EndCause
from db.engine import writing
from db.kinds import Channel, ConsentStatus
from db.models import consent, customer_phone, phone_number
from tests.app.desk_at_work import NOW, DeskAtWork, answered, ended, offered
from tests.fakes.telephone import FakeControl, FakeLoop

TAKAHASHI = "0335814111"
PREMIUM = "0990504000"


class AtTelephone:
    """A desk that can dial; `wish` waits until the records have said who refuses."""

    def __init__(self, desk: DeskAtWork, *sources: str, dial_with: str = "") -> None:
        self.at_work, self.loop = desk, FakeLoop()
        self.controls = {name: FakeControl() for name in sources or ("pbx",)}
        telephone = Telephone(self.controls, self.loop.submit, desk.posted.post, dial_with)
        self.dialling = Dialling(desk.desk, desk.records, desk.place, telephone)
        self.states: list[str] = []
        self.dialling.changed.append(lambda now: self.states.append(now.state if now else "gone"))

    def wish(self, text: str, customer_id: int | None = None) -> None:
        self.dialling.wish(Wish(text, customer_id))
        self.at_work.settle()

    def order(self) -> None:
        """The thread "cti" gets its turn."""
        self.loop.run()
        self.at_work.settle()

    def hear(self, *events: object) -> None:
        for event in events:
            self.at_work.hear(event)  # type: ignore[arg-type]
            self.dialling.heard(event)  # type: ignore[arg-type]

    @property
    def wire(self) -> bytes:
        return b"".join(one.wire for one in self.controls.values())


Sit = Callable[..., AtTelephone]


@pytest.fixture
def sit(desks: Callable[..., DeskAtWork]) -> Sit:
    return lambda *sources, dial_with="": AtTelephone(desks(), *sources, dial_with=dial_with)


def out(number: str = TAKAHASHI, source_id: str = "out-1", source: str = "pbx", linked: str = "") -> object:
    return offered(number, source_id, direction=Direction.OUT, source=source, dialled="", linked=linked)


def customer_of(engine: Engine, e164: int) -> int:
    owner = select(customer_phone.c.customer_id).join(
        phone_number, phone_number.c.id == customer_phone.c.phone_number_id
    )
    with engine.connect() as connection:
        return connection.execute(owner.where(phone_number.c.e164 == e164)).scalars().first() or 0


def refuse(engine: Engine, customer_id: int, status: ConsentStatus = ConsentStatus.REFUSED, **more: object) -> None:
    row = {"id": uuid4(), "customer_id": customer_id, "channel": Channel.PHONE, "purpose": "", "status": status}
    with writing(engine) as connection:
        connection.execute(insert(consent).values(row | {"at": NOW - timedelta(days=1)} | more))


def test_a_click_on_a_number_dials_it_as_one_would_by_hand(sit: Sit) -> None:
    desk = sit()
    desk.wish("+81-3-3581-4111")
    desk.order()
    assert desk.wire == b"dial - 0335814111\r\n"
    assert desk.states == ["checking", "dialling", "gone_out"]


@pytest.mark.parametrize(("text", "ask"), [(PREMIUM, Ask.PREMIUM), ("+12025550123", Ask.INTERNATIONAL),
                                           ("110", Ask.EMERGENCY), ("*21*0312345678#", Ask.CODE)])  # fmt: skip
def test_what_may_cost_or_harm_is_dialled_only_once_the_operator_says_so(sit: Sit, text: str, ask: Ask) -> None:
    desk = sit()
    desk.wish(text)
    desk.order()
    assert desk.dialling.now is not None
    assert (desk.dialling.now.state, ask in desk.dialling.now.asks, desk.wire) == (DialState.ASKING, True, b"")
    desk.dialling.go_on()
    desk.order()
    assert desk.wire.startswith(b"dial - ")


def test_no_means_no(sit: Sit) -> None:
    desk = sit()
    desk.wish(PREMIUM)
    desk.dialling.leave()
    desk.dialling.go_on()
    desk.order()
    assert (desk.wire, desk.dialling.now) == (b"", None)


@pytest.mark.parametrize("status", [ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN])
@pytest.mark.parametrize("point", [None, "03-3581-4111", "+81335814111"])
def test_who_has_refused_to_be_called_is_not_called(
    engine: Engine, sit: Sit, status: ConsentStatus, point: str | None
) -> None:
    refuse(engine, customer_of(engine, 81335814111), status, contact_point=point)
    desk = sit()
    desk.wish(TAKAHASHI)
    desk.dialling.go_on()  # no second click helps
    desk.order()
    assert desk.dialling.now is not None
    assert desk.dialling.now.refusal is not None
    assert (desk.dialling.now.state, desk.wire) == (DialState.REFUSED, b"")


@pytest.mark.parametrize(
    "more",
    [
        {"contact_point": "090-1234-0021"},
        {"channel": Channel.MAIL},
        {"status": ConsentStatus.GRANTED},
    ],
)
def test_what_was_refused_about_something_else_holds_nobody_up(
    engine: Engine, sit: Sit, more: dict[str, object]
) -> None:
    refuse(engine, customer_of(engine, 81335814111), **({"contact_point": None} | more))  # type: ignore[arg-type]
    desk = sit()
    desk.wish(TAKAHASHI)
    desk.order()
    assert desk.wire == b"dial - 0335814111\r\n"


def test_while_the_records_do_not_answer_the_operator_is_asked(sit: Sit) -> None:
    desk = sit()
    desk.dialling.wish(Wish(TAKAHASHI))
    desk.at_work.timers.pass_time(2_000)
    assert desk.dialling.now is not None
    assert (desk.dialling.now.state, desk.dialling.now.asks) == (DialState.ASKING, (Ask.UNCHECKED,))
    desk.at_work.settle()  # what they say now comes too late to change the question under his hand
    assert desk.dialling.now.state is DialState.ASKING


def test_a_refusal_on_the_open_card_counts_while_the_records_do_not_answer(engine: Engine, sit: Sit) -> None:
    who = customer_of(engine, 81335814111)
    refuse(engine, who)
    desk = sit()
    desk.hear(offered())
    assert desk.at_work.call().opened_id == who
    desk.dialling.wish(Wish(TAKAHASHI, who))
    desk.at_work.timers.pass_time(2_000)
    assert desk.dialling.now is not None
    assert desk.dialling.now.state is DialState.REFUSED
    desk.at_work.settle()


def test_the_call_that_goes_out_has_its_card_at_once_and_makes_no_sound(sit: Sit) -> None:
    desk = sit()
    screen = desk.at_work.screen
    desk.wish(TAKAHASHI)
    desk.order()
    desk.hear(out())
    call = desk.at_work.call("out-1")
    assert (call.state, call.pop.facts is not None, screen.rung) == (CallState.DIALLING, True, [])
    assert screen.was_shown
    assert desk.at_work.desk.calls.selected_id == call.id
    assert desk.states[-1] == "gone"
    assert operator_state(desk.at_work.desk.board.status, desk.at_work.desk.calls) is OperatorState.ON_CALL


def test_the_event_of_the_call_may_come_before_the_answer_to_the_order(sit: Sit) -> None:
    desk = sit()
    desk.hear(offered("0312349999", "other"))
    desk.at_work.type("写しながら", "other")
    desk.wish(TAKAHASHI)
    desk.hear(out("0312340001", "someone-elses"), out())
    assert desk.at_work.desk.calls.selected_id == desk.at_work.call("other").id
    desk.order()
    assert desk.at_work.desk.calls.selected_id == desk.at_work.call("out-1").id


def test_it_is_the_customer_from_whose_card_it_was_dialled(engine: Engine, sit: Sit) -> None:
    desk = sit()
    other = customer_of(engine, 81335814111) + 1
    desk.wish(TAKAHASHI, other)
    desk.order()
    desk.hear(out())
    assert desk.at_work.call("out-1").opened_id == other


def test_a_call_that_was_answered_is_in_the_log_as_one_that_went_out(sit: Sit) -> None:
    desk = sit()
    desk.at_work.empty_log()
    desk.hear(out(), answered("out-1", "201", "pbx"), ended("out-1", EndCause.HUNG_UP, "pbx"))
    call = desk.at_work.call("out-1")
    assert (call.state, call.outcome) == (CallState.AFTER_CALL, Outcome.ANSWERED)
    rows = desk.at_work.rows("SELECT direction, outcome, number FROM call")
    assert rows == [("out", "answered", TAKAHASHI)]


def test_nobody_reached_is_nobodys_missed_call(sit: Sit) -> None:
    desk = sit()
    desk.at_work.empty_log()
    desk.hear(out(), ended("out-1", EndCause.CANCELLED, "pbx"))
    assert desk.at_work.call("out-1").state is CallState.MISSED
    assert desk.at_work.rows("SELECT direction, outcome FROM call") == [("out", "missed")]
    listed: list[object] = []
    desk.at_work.desk.missed.ask(lambda now: listed.append(now.listed.to_call), listed.append)
    desk.at_work.settle()
    assert listed == [()]


def test_a_call_back_settles_the_missed_caller_for_the_team(sit: Sit) -> None:
    desk = sit()
    desk.at_work.empty_log()
    desk.hear(offered(), ended())
    desk.hear(
        offered(TAKAHASHI, "out-1", direction=Direction.OUT, source="pbx", dialled="", after=60),
        answered("out-1", "201", "pbx"),
    )
    listed: list[tuple[object, ...]] = []
    desk.at_work.desk.missed.ask(lambda now: listed.append((now.listed.to_call, len(now.listed.settled))), print)
    desk.at_work.settle()
    assert listed == [((), 1)]


def test_a_colleague_who_is_called_has_no_card(sit: Sit) -> None:
    desk = sit()
    desk.hear(out("202"))
    assert desk.at_work.call("out-1").why_no_pop == "internal_call"
    assert desk.at_work.screen.strip == ()


def test_a_colleague_who_is_talked_to_with_a_headset_has_a_card_to_hang_up_on(
    desks: Callable[..., DeskAtWork],
) -> None:
    desk = AtTelephone(desks(talked_in=("pbx",)))
    desk.hear(out("202"))
    assert desk.at_work.call("out-1").why_no_pop is None
    assert len(desk.at_work.screen.strip) == 1


def test_a_headset_is_not_told_to_lift_a_handset(sit: Sit) -> None:
    desk = sit()
    desk.wish(TAKAHASHI)
    desk.order()
    assert desk.dialling.now is not None
    assert "Lift the handset" in dial_words(desk.dialling.now)
    desk.controls["pbx"].answer = Done("out-2", rings_first=False)
    desk.wish(TAKAHASHI)
    desk.order()
    assert desk.dialling.now is not None
    assert dial_words(desk.dialling.now) == "→ 03-3581-4111: it is being rung."


@pytest.mark.parametrize("why", [one for one in Cannot if one is not Cannot.NOT_THIS_SOURCE])
def test_a_source_that_can_not_dial_now_says_why_and_can_be_tried_again(sit: Sit, why: Cannot) -> None:
    desk = sit()
    desk.controls["pbx"].reasons[Act.DIAL] = why
    desk.wish(TAKAHASHI)
    assert desk.dialling.now is not None
    assert (desk.dialling.now.state, desk.dialling.now.why, desk.wire) == (DialState.FAILED, why, b"")
    del desk.controls["pbx"].reasons[Act.DIAL]
    desk.dialling.go_on()
    desk.at_work.settle()
    desk.order()
    assert desk.wire == b"dial - 0335814111\r\n"


def test_what_the_pbx_says_no_to_is_told_with_its_words(sit: Sit) -> None:
    desk = sit()
    desk.controls["pbx"].answer = Done(failed=Cannot.NO_RIGHT, detail="Permission denied")
    desk.wish(TAKAHASHI)
    desk.order()
    assert desk.dialling.now is not None
    assert (desk.dialling.now.why, desk.dialling.now.detail) == (Cannot.NO_RIGHT, "Permission denied")


@pytest.mark.expected_log("pbx: dial failed")
def test_a_fault_in_a_source_leaves_nobody_waiting(sit: Sit) -> None:
    desk = sit()
    desk.controls["pbx"].is_broken = True
    desk.wish(TAKAHASHI)
    desk.order()
    assert desk.dialling.now is not None
    assert (desk.dialling.now.state, desk.dialling.now.detail) == (DialState.FAILED, "RuntimeError")


def test_a_source_that_never_answers_is_not_waited_for(sit: Sit) -> None:
    desk = sit()
    desk.wish(TAKAHASHI)
    desk.at_work.wait(10_000)
    assert desk.dialling.now is not None
    assert desk.dialling.now.state is DialState.FAILED
    desk.loop.forget()


def test_the_first_source_that_can_dials_or_the_one_that_the_settings_name(sit: Sit) -> None:
    first = sit("sip", "pbx")
    first.controls["sip"].reasons[Act.DIAL] = Cannot.NOT_THIS_SOURCE
    first.wish(TAKAHASHI)
    first.order()
    assert (first.controls["sip"].wire, first.controls["pbx"].wire) == (b"", b"dial - 0335814111\r\n")
    named = sit("sip", "pbx", dial_with="pbx")
    named.wish(TAKAHASHI)
    named.order()
    assert (named.controls["sip"].wire, named.controls["pbx"].wire) == (b"", b"dial - 0335814111\r\n")


def test_where_no_source_can_dial_it_says_so(sit: Sit) -> None:
    desk = sit("sip", dial_with="gone")
    desk.wish(TAKAHASHI)
    assert desk.dialling.now is not None
    assert (desk.dialling.now.state, desk.dialling.now.why) == (DialState.FAILED, Cannot.NOT_THIS_SOURCE)


def test_another_number_takes_the_place_of_the_one_that_is_asked_about(sit: Sit) -> None:
    desk = sit()
    desk.wish(PREMIUM)
    desk.wish(TAKAHASHI)
    desk.order()
    assert desk.wire == b"dial - 0335814111\r\n"


@pytest.mark.parametrize("text", ["alice", "", "0312345678\r\nAction: Originate", "1" * 40])
def test_what_is_no_number_never_gets_as_far_as_a_source(sit: Sit, text: str) -> None:
    desk = sit()
    desk.wish(text)
    desk.dialling.go_on()
    desk.order()
    assert desk.dialling.now is not None
    assert (desk.dialling.now.state, desk.wire) == (DialState.NOT_A_NUMBER, b"")


def test_the_own_telephone_that_rings_to_dial_is_no_call_that_comes_in(desks: Callable[..., DeskAtWork]) -> None:
    """Another source sees only that ring: as of ourselves, lifted, and over."""
    desk = AtTelephone(desks(own_numbers=("201",)))
    desk.at_work.empty_log()
    desk.wish(TAKAHASHI)
    desk.order()
    desk.hear(out(), offered("201", "ring", source="sip", dialled="201"), answered("ring", None, "sip"))
    call = desk.at_work.call("out-1")
    assert (call.state, call.ring.dialled, len(desk.at_work.desk.calls)) == (CallState.DIALLING, "", 1)
    assert desk.at_work.screen.rung == []
    desk.hear(answered("out-1", "201", "pbx"), ended("out-1", EndCause.HUNG_UP, "pbx"))
    assert desk.at_work.rows("SELECT direction, outcome, number FROM call") == [("out", "answered", TAKAHASHI)]
    (ended_line,) = desk.at_work.trace("ended")
    assert [leg["source"] for leg in ended_line["legs"]] == ["pbx", "sip"]
