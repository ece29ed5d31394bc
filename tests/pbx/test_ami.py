"""Omote as a reader of the PBX's events for the operator of 201, as the documents set it up: the account "omote"."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from cti.events import (
    CallAnswered,
    CallEnded,
    CallerChanged,
    Danger,
    Direction,
    EndCause,
    IdentityFrom,
    InQueue,
    SourceState,
    Withheld,
)
from tests.pbx.asterisk import Asterisk, wait_until
from tests.pbx.carrier import Carrier, Identity
from tests.pbx.certificates import NAME
from tests.pbx.desk_phone import DeskPhone
from tests.pbx.figures import Figures
from tests.pbx.reading import Reader, Reading

TANAKA = Identity("0335814111", "田中")
SUZUKI = Identity("09012345678")
DIALLED = "0312345678"
QUEUE = "0120000600"
GROUP = "0120000720"
WITHIN = 15.0  # seconds after the PBX is back


@pytest.mark.parametrize("tls", [True, False], ids=["tls", "tcp"])
def test_a_call_that_the_desk_phone_takes_is_answered_here_and_its_end_is_heard(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, tls: bool
) -> None:
    with Reading(asterisk, tls=tls) as omote:
        warned = () if tls else omote.warnings.get(timeout=10).dangers
        assert warned == (() if tls else ((Danger.BARE_NETWORK, asterisk.network.pbx),))
        placed = carrier.talks(TANAKA, DIALLED)
        call = omote.offered()
        desk_phone.answer()
        answered, ended = omote.end_of(call), omote.end_of(call)
        placed.wait()
        assert not omote.has_more_calls()
    assert (call.caller.number, call.caller.name, call.caller.identity_from) == ("0335814111", "田中", IdentityFrom.AMI)
    assert (call.dialled, call.direction, call.linked_id != "") == (DIALLED, Direction.IN, True)
    assert isinstance(answered, CallAnswered)
    assert answered.by == "201"
    assert isinstance(ended, CallEnded)
    assert ended.why is EndCause.HUNG_UP


def test_a_call_that_the_operator_rejects_is_busy(asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone) -> None:
    with Reading(asterisk) as omote:
        placed = carrier.is_refused(TANAKA, DIALLED)
        call = omote.offered()
        desk_phone.wait_for_ring()
        desk_phone.hang_up()
        ended = omote.end_of(call)
        placed.wait()
    assert isinstance(ended, CallEnded)
    assert ended.why in {EndCause.BUSY, EndCause.REJECTED}


@pytest.mark.parametrize(("number", "name"), [(QUEUE, "support"), (GROUP, "")], ids=["queue", "ring group"])
@pytest.mark.parametrize("who", ["201", "202"], ids=["the operator", "a colleague"])
def test_a_call_to_many_tells_who_answered_it(  # noqa: PLR0917 -- two questions about one call
    asterisk: Asterisk, carrier: Carrier, phones: dict[str, DeskPhone], number: str, name: str, who: str
) -> None:
    with Reading(asterisk) as omote:
        placed = carrier.talks(TANAKA, number)
        call = omote.offered()
        phones["201" if who == "202" else "202"].wait_for_ring()
        phones[who].answer()
        answered, ended = omote.end_of(call), omote.end_of(call)
        placed.wait()
        assert not omote.has_more_calls()
    assert (call.caller.number, call.dialled, call.queue) == ("0335814111", number, name)
    assert (call.waiting_since is not None) == bool(name)
    assert isinstance(answered, CallAnswered)
    assert answered.by == who
    assert isinstance(ended, CallEnded)


def test_a_call_that_a_colleague_picks_up_is_answered_by_him(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, colleague: DeskPhone
) -> None:
    with Reading(asterisk) as omote, Reading(asterisk, watch="202") as his:
        placed = carrier.talks(TANAKA, DIALLED)
        call = omote.offered()
        desk_phone.wait_for_ring()
        colleague.dial("*8")
        answered, picked_up = omote.end_of(call), his.offered()
        his_answer = his.end_of(picked_up)
        placed.wait()
    assert isinstance(answered, CallAnswered)
    assert isinstance(his_answer, CallAnswered)
    assert answered.by == his_answer.by == "202"
    assert (picked_up.caller, picked_up.linked_id) == (call.caller, call.linked_id)


@pytest.mark.parametrize("number", [DIALLED, QUEUE, GROUP])
def test_a_withheld_number_that_the_pbx_tells_in_clear_is_nowhere(
    asterisk: Asterisk, carrier: Carrier, phones: dict[str, DeskPhone], caplog: pytest.LogCaptureFixture, number: str
) -> None:
    caplog.set_level("DEBUG")
    with Reading(asterisk) as omote:
        placed = carrier.gives_up(Identity("", why_withheld="Anonymous", asserts="0698765432"), number)
        call = omote.offered()
        end = omote.end_of(call)
        placed.wait()
    assert call.caller.withheld is Withheld.ANONYMOUS
    assert "0698765432" not in f"{call} {end} {caplog.text}"


def test_an_account_that_may_not_ask_shows_no_number(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone
) -> None:
    with Reader(asterisk, username="no-questions") as omote:
        omote.wait_for_state(SourceState.REGISTERED)
        warned = omote.warnings.get(timeout=10)
        placed = carrier.gives_up(TANAKA, DIALLED)
        call = omote.offered()
        placed.wait()
    assert warned.dangers == ((Danger.NO_PRESENTATION, "no-questions"),)
    assert (call.caller.number, call.caller.name) == ("", "")


def test_a_call_from_another_desk_is_internal_and_one_of_our_own_goes_out(
    asterisk: Asterisk, desk_phone: DeskPhone, colleague: DeskPhone
) -> None:
    with Reading(asterisk) as omote:
        desk_phone.dial("202")
        out = omote.offered()
        colleague.answer()
        assert isinstance(omote.end_of(out), CallAnswered)
        desk_phone.hang_up()
        assert isinstance(omote.end_of(out), CallEnded)
        colleague.wait_for("CALL_CLOSED")
        colleague.dial("201")
        call = omote.offered()
        desk_phone.answer()
        assert isinstance(omote.end_of(call), CallAnswered)
    assert (out.caller.number, out.direction, out.dialled) == ("202", Direction.OUT, "")
    assert (call.caller.number, call.direction) == ("202", Direction.INTERNAL)


def test_a_call_that_a_colleague_hands_over_shows_the_customer_then(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, colleague: DeskPhone
) -> None:
    with Reading(asterisk) as omote:
        placed = carrier.listens(TANAKA, "202")
        colleague.answer()
        colleague.press("*2201")
        call = omote.offered()
        desk_phone.answer()
        assert isinstance(omote.end_of(call), CallAnswered)
        colleague.hang_up()
        changed = omote.next_of(CallerChanged)
        desk_phone.hang_up()
        assert isinstance(omote.end_of(call), CallEnded)
        placed.wait()
    assert (call.caller.number, call.direction) == ("202", Direction.INTERNAL)
    assert (changed.source_id, changed.caller.number, changed.caller.name) == (call.source_id, "0335814111", "田中")


def test_a_colleague_who_hangs_up_while_it_rings_here_hands_the_customer_on(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, colleague: DeskPhone
) -> None:
    with Reading(asterisk) as omote:
        placed = carrier.listens(TANAKA, "202")
        colleague.answer()
        colleague.press("*2201")
        call = omote.offered()
        colleague.hang_up()
        changed = omote.next_of(CallerChanged)
        desk_phone.answer()
        assert isinstance(omote.end_of(call), CallAnswered)
        desk_phone.hang_up()
        placed.wait()
    assert (call.caller.number, changed.source_id, changed.caller.number) == ("202", call.source_id, "0335814111")


def test_a_second_call_while_the_operator_talks_has_its_own_end(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone
) -> None:
    with Reading(asterisk) as omote:
        first = carrier.talks(TANAKA, DIALLED, seconds=4)
        one = omote.offered()
        desk_phone.answer()
        assert isinstance(omote.end_of(one), CallAnswered)
        second = carrier.gives_up(SUZUKI, DIALLED)
        two = omote.offered()
        missed = omote.end_of(two)
        second.wait()
        first.wait()
        assert isinstance(omote.end_of(one), CallEnded)
    assert isinstance(missed, CallEnded)
    assert missed.why is EndCause.CANCELLED


def test_a_call_that_rings_already_pops_when_the_reader_begins(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone
) -> None:
    placed = carrier.talks(TANAKA, DIALLED)
    desk_phone.wait_for_ring()
    with Reader(asterisk) as omote:
        omote.wait_for_state(SourceState.REGISTERED)
        call = omote.offered()
        desk_phone.tell("accept")
        assert isinstance(omote.end_of(call), CallAnswered)
        placed.wait()
    assert (call.caller.number, call.caller.name, call.dialled) == ("0335814111", "田中", DIALLED)


@pytest.mark.looks_like_an_attack
def test_a_refused_password_is_tried_twice_and_no_more(asterisk: Asterisk) -> None:
    said = len(asterisk.log)
    with Reader(asterisk, "not-the-password") as omote:
        assert omote.wait_for_state(SourceState.REFUSED).detail == "Authentication failed"
        wait_until(lambda: asterisk.log[said:].count("failed to authenticate as 'omote'") == 2, "second try")
        time.sleep(3.0)
        assert asterisk.log[said:].count("failed to authenticate as 'omote'") == 2


def test_a_closed_port_is_said(asterisk: Asterisk) -> None:
    with Reader(asterisk, server=f"{asterisk.network.pbx}:5099") as omote:
        assert omote.wait_for_state(SourceState.UNREACHABLE).detail == f"{asterisk.network.pbx}:5099"


def test_a_certificate_for_another_name_is_said(asterisk: Asterisk) -> None:
    with Reader(asterisk, tls_name=f"not.{NAME}") as omote:
        assert omote.wait_for_state(SourceState.UNTRUSTED).detail == "wrong_name"


@pytest.mark.timeout(1500)
def test_a_pbx_that_is_back_is_read_again_within_15_seconds(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, figures: Figures, how_many: Callable[[int, int], int]
) -> None:
    seconds = []
    with Reading(asterisk) as omote:
        for _ in range(how_many(2, 20)):
            asterisk.kill()
            omote.wait_for_state(SourceState.UNREACHABLE)
            asterisk.start()
            start = time.monotonic()
            omote.wait_for_state(SourceState.REGISTERED)
            seconds.append(time.monotonic() - start)
            desk_phone.wait_until_registered()
            placed = carrier.gives_up(TANAKA, "201", rings=0.2)
            assert isinstance(omote.end_of(omote.offered()), CallEnded)
            placed.wait()
    figures.add_seconds("AMI: logged in again, PBX killed and started", seconds, f"<= {WITHIN:.0f} s each")
    assert max(seconds) <= WITHIN


@pytest.fixture
def paused(asterisk: Asterisk) -> Iterator[None]:
    """Nobody of the queue takes calls: no telephone rings."""
    for who in ("201", "202"):
        asterisk.cli(f"queue pause member PJSIP/{who} queue support")
        asterisk.cli(f"queue pause member Local/{who}@queue-members/n queue support")
    yield
    for who in ("201", "202"):
        asterisk.cli(f"queue unpause member PJSIP/{who} queue support")
        asterisk.cli(f"queue unpause member Local/{who}@queue-members/n queue support")


def waits(omote: Reading, count: int) -> tuple[InQueue, ...]:
    """Those who wait, once they are so many."""

    def look() -> bool:
        return omote.waiting is not None and len(omote.waiting) == count

    wait_until(look, f"{count} who wait")
    assert omote.waiting is not None
    return omote.waiting


@pytest.mark.usefixtures("paused", "phones")
def test_who_waits_in_the_queue_while_no_telephone_rings_is_seen_by_every_desk_each_once(
    asterisk: Asterisk, carrier: Carrier, figures: Figures
) -> None:
    hidden = Identity("", why_withheld="Anonymous", asserts="0399887766")
    with Reading(asterisk, watch="201") as first, Reading(asterisk, watch="203") as second:
        assert waits(first, 0) == waits(second, 0) == ()
        placed = [carrier.gives_up(one, QUEUE, waits=12.0) for one in (TANAKA, hidden)]
        seen = [waits(one, 2) for one in (first, second)]
        with Reading(asterisk, watch="202") as late:
            asked = waits(late, 2)
        ids = [{one.linked_id for one in told} for told in (*seen, asked)]
        for one in placed:
            one.wait()
        assert waits(first, 0) == waits(second, 0) == ()
        assert not first.has_more_calls()
        assert not second.has_more_calls()
    assert ids[0] == ids[1] == ids[2]
    assert {one.queue for told in (*seen, asked) for one in told} == {"support"}
    apart = [abs((one.since - other.since).total_seconds()) for one, other in zip(seen[0], asked, strict=True)]
    assert "0399887766" not in repr((seen, asked))
    figures.add("AMI: since when, asked at the login, beside the event's", f"{max(apart):.1f} s", "<= 2 s")
    assert max(apart) <= 2.0


@pytest.fixture
def desks(asterisk: Asterisk) -> Iterator[dict[str, Reading]]:
    """Omote at the two operators of the queue, and at one who is none of them."""
    with ExitStack() as stack:
        yield {who: stack.enter_context(Reading(asterisk, watch=who)) for who in ("201", "202", "203")}


@pytest.mark.timeout(1500)
def test_queue_calls_are_each_known_right_at_every_operator_and_at_nobody_else(  # noqa: PLR0917 -- all of a house
    asterisk: Asterisk, carrier: Carrier, phones: dict[str, DeskPhone], desks: dict[str, Reading],
    figures: Figures, how_many: Callable[[int, int], int],
) -> None:  # fmt: skip
    count, right = how_many(10, 100), 0
    for number in range(count):
        caller, who = Identity(f"03{number:08}"), ("201", "202")[number % 2]
        for phone in phones.values():
            phone.forget()
        placed = carrier.talks(caller, QUEUE, seconds=0.2)
        offers = {one: desks[one].offered() for one in ("201", "202")}
        phones["201" if who == "202" else "202"].wait_for_ring()
        phones[who].answer()
        answers = {one: desks[one].end_of(offers[one]) for one in ("201", "202")}
        ends = [desks[one].end_of(offers[one]) for one in ("201", "202")]
        placed.wait()
        is_known = {offer.caller.number for offer in offers.values()} == {caller.number}
        is_by = {answer.by for answer in answers.values() if isinstance(answer, CallAnswered)} == {who}
        is_one = len({offer.linked_id for offer in offers.values()}) == 1
        right += is_known and is_by and is_one and all(isinstance(end, CallEnded) for end in ends)
    strays = sum(desk.has_more_calls() for desk in desks.values())
    figures.add("AMI: queue calls, right caller and answerer at both operators", f"{right} of {count}", "all")
    figures.add("AMI: stray facts at them and at a third desk", str(strays), "0")
    assert (right, strays) == (count, 0)
