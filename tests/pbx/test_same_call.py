"""What every kind of source tells alike of a call through a real Asterisk, each for the operator of 201."""

from collections.abc import Callable

import pytest

from cti.events import CallAnswered, CallEnded, Direction, EndCause, Withheld
from tests.pbx.asterisk import Asterisk
from tests.pbx.carrier import Carrier, Identity
from tests.pbx.desk_phone import DeskPhone
from tests.pbx.listening import DeskSource, RegisteredSource
from tests.pbx.reading import Reading
from tests.pbx.watching import Watching

TANAKA = Identity("0335814111", "田中")
DIALLED = "0312345678"
HIDDEN = "0698765432"

Witness = Callable[[Asterisk], DeskSource]
by_every_source = pytest.mark.parametrize(
    "witness", [RegisteredSource, Watching, Reading], ids=["sip", "sip-dialog", "ami"]
)


@by_every_source
def test_a_call_that_the_caller_gives_up_is_missed(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, witness: Witness
) -> None:
    with witness(asterisk) as omote:
        placed = carrier.gives_up(TANAKA, DIALLED)
        call = omote.offered()
        desk_phone.wait_for_ring()
        ended = omote.end_of(call)
        placed.wait()
        assert not omote.has_more_calls()
    assert (call.caller.number, call.caller.name, call.direction) == ("0335814111", "田中", Direction.IN)
    assert isinstance(ended, CallEnded)
    assert ended.why is EndCause.CANCELLED


@by_every_source
@pytest.mark.parametrize(
    ("shown", "why"),
    [
        ("Anonymous", Withheld.ANONYMOUS),
        ("Coin line/payphone", Withheld.PAYPHONE),
        ("Unavailable", Withheld.OUT_OF_AREA),
        ("Interaction with other service", Withheld.SERVICE_CONFLICT),
    ],
)
def test_a_caller_without_a_number_has_the_carriers_reason(
    *, asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, witness: Witness, shown: str, why: Withheld
) -> None:
    with witness(asterisk) as omote:
        placed = carrier.gives_up(Identity("", why_withheld=shown), DIALLED)
        call = omote.offered()
        placed.wait()
    assert (call.caller.number, call.caller.name, call.caller.withheld) == ("", "", why)


@by_every_source
def test_a_withheld_number_that_the_carrier_tells_the_pbx_is_nowhere(
    *, asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, caplog: pytest.LogCaptureFixture, witness: Witness
) -> None:
    caplog.set_level("DEBUG")
    with witness(asterisk) as omote:
        placed = carrier.gives_up(Identity("", why_withheld="Anonymous", asserts=HIDDEN), DIALLED)
        call = omote.offered()
        end = omote.end_of(call)
        placed.wait()
    assert call.caller.withheld is Withheld.ANONYMOUS
    assert HIDDEN not in f"{call} {end} {caplog.text}"


@by_every_source
def test_a_call_transferred_blindly_to_this_desk_shows_the_customer(
    *, asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone, colleague: DeskPhone, witness: Witness
) -> None:
    with witness(asterisk) as omote:
        placed = carrier.listens(TANAKA, "202")
        colleague.answer()
        colleague.transfer("201")
        call = omote.offered()
        desk_phone.answer()
        assert isinstance(omote.end_of(call), CallAnswered)
        desk_phone.hang_up()
        placed.wait()
    assert (call.caller.number, call.direction) == ("0335814111", Direction.IN)
