"""Each kind of call through a real Asterisk, with real desk phones: what Omote hears of it."""

import time

import pytest

from cti.events import CallAnswered, CallEnded, CallerChanged, Direction, EndCause, IdentityFrom, Withheld
from cti.sip.settings import TransportName
from tests.pbx.asterisk import Asterisk
from tests.pbx.carrier import Carrier, Identity
from tests.pbx.certificates import NAME
from tests.pbx.desk_phone import DeskPhone
from tests.pbx.documented import source
from tests.pbx.figures import Figures
from tests.pbx.listening import DeskSource, RegisteredSource, over
from tests.pbx.network import Namespaces

TANAKA = Identity("0335814111", "田中")
SUZUKI = Identity("09012345678")
DIALLED = "0312345678"
QUEUE = "0120000600"
GROUP = "0120000720"


def was_answered(event: CallAnswered | CallEnded) -> bool:
    """By whom, no second contact can know."""
    return isinstance(event, CallAnswered) and event.by is None


def was_missed(event: CallAnswered | CallEnded) -> bool:
    return isinstance(event, CallEnded) and event.why is EndCause.CANCELLED


def test_a_call_that_the_desk_phone_takes_is_answered_by_nobody_known(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone
) -> None:
    with RegisteredSource(asterisk) as omote:
        placed = carrier.talks(TANAKA, DIALLED)
        call = omote.offered()
        desk_phone.answer()
        assert was_answered(omote.end_of(call))
        placed.wait()
        assert not omote.has_more_calls()
    assert (call.caller.number, call.caller.name, call.caller.identity_from) == ("0335814111", "田中", IdentityFrom.PAI)
    assert (call.dialled, call.direction, call.linked_id != "") == (DIALLED, Direction.IN, True)


@pytest.mark.parametrize("number", [QUEUE, GROUP], ids=["queue", "ring group"])
@pytest.mark.parametrize("who", ["201", "202"], ids=["the operator", "a colleague"])
def test_a_call_to_many_is_one_call_whoever_answers_it(
    asterisk: Asterisk, carrier: Carrier, phones: dict[str, DeskPhone], number: str, who: str
) -> None:
    with RegisteredSource(asterisk) as omote:
        placed = carrier.talks(TANAKA, number)
        call = omote.offered()
        phones["201" if who == "202" else "202"].wait_for_ring()
        phones[who].answer()
        assert was_answered(omote.end_of(call))
        placed.wait()
        assert not omote.has_more_calls()
    assert (call.caller.number, call.dialled) == ("0335814111", number)


@pytest.mark.parametrize("number", [QUEUE, GROUP], ids=["queue", "ring group"])
def test_a_call_to_many_that_nobody_takes_is_missed(
    asterisk: Asterisk, carrier: Carrier, colleague: DeskPhone, number: str
) -> None:
    with RegisteredSource(asterisk) as omote:
        placed = carrier.gives_up(TANAKA, number)
        call = omote.offered()
        colleague.wait_for_ring()
        assert was_missed(omote.end_of(call))
        placed.wait()


def test_a_withheld_number_that_the_carrier_tells_the_pbx_is_nowhere(
    asterisk: Asterisk, carrier: Carrier, phones: dict[str, DeskPhone], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    said = len(asterisk.log)
    with RegisteredSource(asterisk) as omote:
        placed = carrier.gives_up(Identity("", why_withheld="Anonymous", asserts="0698765432"), DIALLED)
        call = omote.offered()
        end = omote.end_of(call)
        placed.wait()
    heard = [one for one in asterisk.log[said:].split("<--- Transmitting SIP request") if "INVITE sip:" in one[:400]]
    assert any("P-Asserted-Identity" in one and "0698765432" in one for one in heard)  # it did reach us
    assert call.caller.withheld is Withheld.ANONYMOUS
    assert "0698765432" not in f"{call} {end} {caplog.text}"


def test_a_call_from_another_desk_is_internal(asterisk: Asterisk, desk_phone: DeskPhone, colleague: DeskPhone) -> None:
    with RegisteredSource(asterisk) as omote:
        colleague.dial("201")
        call = omote.offered()
        desk_phone.answer()
        assert was_answered(omote.end_of(call))
    assert (call.caller.number, call.direction) == ("202", Direction.INTERNAL)


def test_a_call_transferred_with_a_word_before_is_the_colleagues_own_call(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, colleague: DeskPhone
) -> None:
    with RegisteredSource(asterisk) as omote:
        placed = carrier.listens(TANAKA, "202")
        colleague.answer()
        colleague.press("*2201")
        call = omote.offered()
        desk_phone.answer()
        assert was_answered(omote.end_of(call))
        colleague.hang_up()
        asterisk.wait_for_talk("201", "carrier")
        desk_phone.hang_up()
        placed.wait()
        assert not omote.has_more_calls()
    assert (call.caller.number, call.direction) == ("202", Direction.INTERNAL)


@pytest.mark.parametrize("transport", ["udp", "tls"])
def test_a_colleague_who_hangs_up_while_it_rings_here_hands_the_customer_on(
    *, asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, colleague: DeskPhone, transport: TransportName
) -> None:
    with RegisteredSource(asterisk, answer="ring", **over(asterisk, transport)) as omote:
        placed = carrier.listens(TANAKA, "202")
        colleague.answer()
        colleague.press("*2201")
        call = omote.offered()
        colleague.hang_up()
        changed = omote.next_of(CallerChanged)
        desk_phone.answer()
        assert was_answered(omote.end_of(call))
        desk_phone.hang_up()
        placed.wait()
    assert (call.caller.number, changed.source_id, changed.caller.number) == ("202", call.source_id, "0335814111")


def test_a_call_that_a_colleague_picks_up_is_answered_by_nobody_known(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, colleague: DeskPhone
) -> None:
    with RegisteredSource(asterisk) as omote:
        placed = carrier.talks(TANAKA, DIALLED)
        call = omote.offered()
        desk_phone.wait_for_ring()
        colleague.dial("*8")
        assert was_answered(omote.end_of(call))
        placed.wait()


def test_a_call_that_the_desk_phone_rejects_rings_on_for_omote_until_the_caller_gives_up(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone
) -> None:
    with RegisteredSource(asterisk) as omote:
        placed = carrier.gives_up(TANAKA, DIALLED, rings=2)
        call = omote.offered()
        desk_phone.wait_for_ring()
        desk_phone.hang_up()
        desk_phone.wait_for("CALL_CLOSED")
        assert not omote.has_more_calls()
        ended = omote.end_of(call)
        placed.wait()
    assert isinstance(ended, CallEnded)
    assert ended.why is EndCause.BUSY  # Asterisk's word for it; a colleague whose line is taken looks the same


def test_a_second_call_while_the_operator_talks_is_a_call_of_its_own(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone
) -> None:
    with RegisteredSource(asterisk) as omote:
        first = carrier.talks(TANAKA, DIALLED, seconds=4)
        one = omote.offered()
        desk_phone.answer()
        assert was_answered(omote.end_of(one))
        second = carrier.gives_up(SUZUKI, DIALLED)
        two = omote.offered()
        assert was_missed(omote.end_of(two))
        second.wait()
        first.wait()
    assert (one.caller.number, two.caller.number) == ("0335814111", "09012345678")
    assert one.source_id != two.source_id


@pytest.mark.parametrize(("answer", "is_heard"), [("silent", False), ("ring", True)])
def test_the_caller_hears_ringing_of_omotes_only_if_it_is_told_to_ring(
    asterisk: Asterisk, carrier: Carrier, phones: dict[str, DeskPhone], answer: str, is_heard: bool
) -> None:
    with RegisteredSource(asterisk, answer=answer) as omote:
        placed = carrier.gives_up(TANAKA, "1201", waits=3)
        assert was_missed(omote.end_of(omote.offered()))
        assert ("180" in placed.wait()) is is_heard


@pytest.mark.parametrize("transport", ["udp", "tls"])
def test_an_extension_as_freepbx_writes_it_shows_callers_and_no_withheld_number(
    *, asterisk: Asterisk, carrier: Carrier, phones: dict[str, DeskPhone], transport: TransportName,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level("DEBUG")
    with RegisteredSource(asterisk, username="1203", **over(asterisk, transport)) as omote:
        for caller, number in [(TANAKA, "0335814111"), (Identity("", "", "Anonymous", "0698765432"), "")]:
            placed = carrier.gives_up(caller, "1203", waits=1)
            call = omote.offered()
            assert call.caller.number == number
            assert was_missed(omote.end_of(call))
            placed.wait()
    assert call.caller.withheld is Withheld.ANONYMOUS
    assert "0698765432" not in caplog.text


@pytest.mark.parametrize(("number", "is_there"), [("208", False), ("209", True)], ids=["phone is off", "rejected"])
def test_a_silent_listener_costs_the_caller_the_ring_time_and_not_more(
    *, asterisk: Asterisk, carrier: Carrier, colleague: DeskPhone, figures: Figures, number: str, is_there: bool
) -> None:
    """Both ring for 5 seconds; without Omote they are refused at once."""
    with RegisteredSource(asterisk) as omote:
        start = time.monotonic()
        placed = carrier.is_refused(TANAKA, number)
        omote.offered()
        if is_there:
            colleague.wait_for_ring()
            colleague.hang_up()
        last = placed.wait()[-1]
        seconds = time.monotonic() - start
    what = "the phone rejects" if is_there else "the phone is off"
    figures.add(f"ring time 5 s, {what}: the caller hears", f"{last} after {seconds:.1f} s")
    assert last in {"486", "480", "603"}
    assert 4.5 < seconds < 8


@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_calls_come_over_ipv6(
    *, asterisk: Asterisk, carrier: Carrier, phones: dict[str, DeskPhone], cable: Namespaces, transport: TransportName
) -> None:
    six = over(asterisk, transport) | {"server": f"[{cable.pbx6}]", "bind": "[::]:0", "tls_name": NAME}
    with RegisteredSource(asterisk, **six) as omote:
        assert f"@[{cable.desk6}]" in asterisk.wait_for_contact("1201")
        placed = carrier.gives_up(TANAKA, "1201", waits=1)
        call = omote.offered()
        assert was_missed(omote.end_of(call))
        placed.wait()
    assert call.caller.number == "0335814111"


def test_a_desk_at_the_end_of_a_trunk_hears_which_number_was_dialled(
    asterisk: Asterisk, carrier: Carrier, phones: dict[str, DeskPhone]
) -> None:
    trunk = source("pbx-asterisk.md", name="trunk") | {"bind": f"{asterisk.network.desk}:5070"}
    with DeskSource(asterisk, **trunk | {"allow": (asterisk.network.pbx,), "server": "", "username": ""}) as omote:
        placed = carrier.talks(TANAKA, "203")
        call = omote.offered()
        phones["203"].answer()
        assert was_answered(omote.end_of(call))
        placed.wait()
    assert (call.caller.number, call.dialled) == ("0335814111", "0312345678")
