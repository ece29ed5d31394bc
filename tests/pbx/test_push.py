"""A real Asterisk that pushes its calls from the dial plan of docs/push.md."""

import pytest

from cti.events import CallAnswered, CallEnded, CallOffered, EndCause, IdentityFrom, Withheld
from tests.cti.push.pushing import Pushing
from tests.pbx.asterisk import Asterisk
from tests.pbx.carrier import Carrier, Identity
from tests.pbx.desk_phone import DeskPhone

TANAKA = Identity("0335814111", "田中")
PUSHED = "730"
PHONE = ("Sato Hanako", "201")


class PushingPbx(Pushing):
    """Listens where the dial plan says."""

    def __init__(self, asterisk: Asterisk) -> None:
        here = asterisk.network.desk
        network = f"{asterisk.network.prefix}0/24"
        super().__init__(
            lambda: "TOKEN-of-48-letters", listen=f"{here}:8765", allow=(network,), users=PHONE, linked=True
        )

    def fact(self) -> CallOffered | CallAnswered | CallEnded:
        event: CallOffered | CallAnswered | CallEnded = self.next(CallOffered | CallAnswered | CallEnded)  # type: ignore[arg-type]
        return event


def test_a_call_that_the_desk_phone_takes_is_pushed_to_its_end(
    asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone
) -> None:
    with PushingPbx(asterisk) as omote:
        assert omote.address
        placed = carrier.talks(TANAKA, PUSHED)
        offered = omote.fact()
        desk_phone.answer()
        answered = omote.fact()
        placed.wait()
        ended = omote.fact()
    assert isinstance(offered, CallOffered)
    assert (offered.caller.number, offered.caller.identity_from) == ("0335814111", IdentityFrom.PUSH)
    assert (offered.dialled, offered.linked_id) == (PUSHED, offered.source_id)
    assert isinstance(answered, CallAnswered)
    assert answered.by == "Sato Hanako"
    assert isinstance(ended, CallEnded)
    assert ended.why is EndCause.HUNG_UP


def test_a_call_that_the_caller_gives_up_is_missed(asterisk: Asterisk, carrier: Carrier, desk_phone: DeskPhone) -> None:
    with PushingPbx(asterisk) as omote:
        assert omote.address
        placed = carrier.gives_up(TANAKA, PUSHED)
        offered, ended = omote.fact(), omote.fact()
        placed.wait()
    assert isinstance(offered, CallOffered)
    assert isinstance(ended, CallEnded)
    assert ended.why is EndCause.CANCELLED


@pytest.mark.usefixtures("desk_phone")
def test_a_withheld_number_does_not_leave_the_pbx(asterisk: Asterisk, carrier: Carrier) -> None:
    with PushingPbx(asterisk) as omote:
        assert omote.address
        placed = carrier.gives_up(Identity("", why_withheld="Anonymous", asserts="0698765432"), PUSHED)
        offered = omote.fact()
        omote.fact()
        placed.wait()
    assert isinstance(offered, CallOffered)
    assert (offered.caller.number, offered.caller.withheld) == ("", Withheld.ANONYMOUS)
