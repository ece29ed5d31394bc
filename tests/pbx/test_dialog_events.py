"""Omote as a watcher of the desk phone 201, as the documents set it up: the extension 1202, which can't register."""

import time
from collections.abc import Callable

import pytest

from cti.events import (
    CallAnswered,
    CallEnded,
    CallOffered,
    Danger,
    Direction,
    EndCause,
    SourceState,
    SourceWarned,
)
from cti.sip.settings import TransportName
from tests.pbx.asterisk import Asterisk, wait_until
from tests.pbx.carrier import Carrier, Identity
from tests.pbx.desk_phone import DeskPhone
from tests.pbx.figures import Figures
from tests.pbx.listening import over
from tests.pbx.watching import Watcher, Watching, is_subscribed

TANAKA = Identity("0335814111", "田中")
SUZUKI = Identity("09012345678")
DIALLED = "0312345678"
WITHIN = 15.0  # seconds after the PBX is back
SAME = 3.0  # seconds during which nothing further may be tried


@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_a_call_that_the_desk_phone_takes_is_answered_here_and_its_end_is_heard(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, transport: TransportName
) -> None:
    with Watching(asterisk, **over(asterisk, transport)) as omote:
        placed = carrier.talks(TANAKA, DIALLED)
        call = omote.offered()
        desk_phone.answer()
        answered = omote.end_of(call)
        ended = omote.end_of(call)
        placed.wait()
        assert not omote.has_more_calls()
    assert (call.caller.number, call.caller.name, call.direction) == ("0335814111", "田中", Direction.IN)
    assert isinstance(answered, CallAnswered)
    assert answered.by == "201"
    assert isinstance(ended, CallEnded)
    assert ended.why is EndCause.HUNG_UP
    assert not is_subscribed(asterisk), "left as it was found"


def test_a_call_that_a_colleague_takes_looks_missed(asterisk: Asterisk, carrier: Carrier, colleague: DeskPhone) -> None:
    with Watching(asterisk) as omote:
        placed = carrier.talks(TANAKA, "0120000720")
        call = omote.offered()
        colleague.answer()
        ended = omote.end_of(call)
        placed.wait()
    assert isinstance(ended, CallEnded)
    assert ended.why is EndCause.CANCELLED


def test_a_call_that_the_operator_rejects_is_refused_at_once_since_nothing_of_ours_rings(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone
) -> None:
    with Watching(asterisk) as omote:
        placed = carrier.is_refused(TANAKA, DIALLED)
        call = omote.offered()
        desk_phone.wait_for_ring()
        desk_phone.hang_up()
        assert isinstance(omote.end_of(call), CallEnded)
        assert {"486", "603"} & set(placed.wait())


def test_a_call_from_another_desk_is_internal_and_one_of_our_own_is_none(
    asterisk: Asterisk, desk_phone: DeskPhone, colleague: DeskPhone
) -> None:
    with Watching(asterisk) as omote:
        desk_phone.dial("202")
        colleague.answer()
        desk_phone.hang_up()
        colleague.wait_for("CALL_CLOSED")
        colleague.dial("201")
        call = omote.offered()
        desk_phone.answer()
        assert isinstance(omote.end_of(call), CallAnswered)
    assert (call.caller.number, call.direction) == ("202", Direction.INTERNAL)


def test_a_call_that_a_colleague_picks_up_looks_missed(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, colleague: DeskPhone
) -> None:
    with Watching(asterisk) as omote:
        placed = carrier.talks(TANAKA, DIALLED)
        call = omote.offered()
        desk_phone.wait_for_ring()
        colleague.dial("*8")
        assert isinstance(omote.end_of(call), CallEnded)
        placed.wait()
        assert not omote.has_more_calls()


def test_a_second_call_while_the_operator_talks_is_offered_and_its_fate_unknown(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone
) -> None:
    with Watching(asterisk) as omote:
        first = carrier.talks(TANAKA, DIALLED, seconds=4)
        one = omote.offered()
        desk_phone.answer()
        assert isinstance(omote.end_of(one), CallAnswered)
        second = carrier.gives_up(SUZUKI, DIALLED)
        two = omote.offered()
        lost = omote.end_of(two)
        second.wait()
        first.wait()
        ends = {omote.next_of(CallEnded).source_id for _ in range(2)}
    assert (one.caller.number, two.caller.number) == ("0335814111", "09012345678")
    assert isinstance(lost, CallAnswered)
    assert lost.by is None
    assert ends == {one.source_id, two.source_id}


def test_a_call_that_rings_already_pops_when_the_watcher_begins_and_a_talk_does_not(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone
) -> None:
    placed = carrier.talks(TANAKA, DIALLED, seconds=3)
    desk_phone.wait_for_ring()
    with Watcher(asterisk) as omote:
        call = omote.offered()
        desk_phone.tell("accept")
        assert isinstance(omote.end_of(call), CallAnswered)
    with Watching(asterisk) as omote:
        placed.wait()
        wait_until(lambda: "0 active channels" in asterisk.cli("core show channels count"), "end of the call")
        assert not omote.has_more_calls()


def test_an_extension_without_a_hint_is_said(asterisk: Asterisk) -> None:
    with Watcher(asterisk, watch="299") as omote:
        assert omote.wait_for_state(SourceState.NOT_REPORTED).detail == "404 Not Found"
        warned = omote.next_event()
        assert isinstance(warned, SourceWarned)
        assert warned.dangers == ((Danger.NO_DIALOG_EVENTS, "404 Not Found"),)


@pytest.mark.looks_like_an_attack
def test_refused_credentials_are_tried_twice_and_no_more(asterisk: Asterisk) -> None:
    said = len(asterisk.log)
    with Watcher(asterisk, "not-the-password") as omote:
        assert omote.wait_for_state(SourceState.REFUSED).detail == "401 Unauthorized"
        time.sleep(SAME)
        tries = [one for one in asterisk.requests("SUBSCRIBE", said) if "Authorization: Digest" in one]
    assert len(tries) == 2


@pytest.fixture(params=["killed and started", "killed and started, subscriptions forgotten"])
def crash(request: pytest.FixtureRequest, asterisk: Asterisk) -> tuple[str, Callable[[], None]]:
    """What happens to the PBX, in words and in deed."""

    def kill_and_start() -> None:
        asterisk.kill()
        if "forgotten" in request.param:
            asterisk.forget("subscription_persistence")
        asterisk.start()

    return request.param, kill_and_start


@pytest.fixture
def check_that_a_call_pops(carrier: Carrier, desk_phone: DeskPhone) -> Callable[[Watching], None]:
    def check(omote: Watching) -> None:
        desk_phone.wait_until_registered()
        placed = carrier.gives_up(TANAKA, "201", rings=0.2)
        assert isinstance(omote.end_of(omote.offered()), CallEnded)
        placed.wait()

    return check


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_a_pbx_that_is_back_is_watched_again_within_15_seconds(
    *, asterisk: Asterisk, check_that_a_call_pops: Callable[[Watching], None], figures: Figures,
    how_many: Callable[[int, int], int], crash: tuple[str, Callable[[], None]], transport: TransportName,
) -> None:  # fmt: skip
    words, kill_and_start = crash
    seconds = []
    with Watching(asterisk, **over(asterisk, transport)) as omote:
        for _ in range(how_many(2, 20)):
            kill_and_start()
            start = time.monotonic()
            wait_until(
                lambda: is_subscribed(asterisk) and omote.state is SourceState.LISTENING, "subscription", patience=120
            )
            seconds.append(time.monotonic() - start)
            check_that_a_call_pops(omote)
    figures.add_seconds(f"watched again over {transport}, PBX {words}", seconds, f"<= {WITHIN:.0f} s each")
    assert max(seconds) <= WITHIN


@pytest.mark.timeout(1500)
def test_a_hundred_calls_in_a_row_are_a_hundred_pops_each_with_its_end(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, figures: Figures, how_many: Callable[[int, int], int]
) -> None:
    count, right = how_many(10, 100), 0
    with Watching(asterisk) as omote:
        for number in range(count):
            caller = Identity(f"03{number:08}")
            placed = carrier.gives_up(caller, "201", rings=0.1)
            call = omote.offered()
            assert isinstance(call, CallOffered)
            right += call.caller.number == caller.number and isinstance(omote.end_of(call), CallEnded)
            placed.wait()
        assert not omote.has_more_calls()
    figures.add("dialog events: calls in a row, each with its pop and its end", f"{right} of {count}", "all")
    assert right == count
