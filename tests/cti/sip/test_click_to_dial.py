"""What a SIP source says it can do: dial where a desk phone is named and the PBX is heard, hang up until let go."""

from collections.abc import Callable, Iterator

import pytest

from cti.control import Act, Cannot, Done, Order
from cti.events import CallEnded, CallOffered, Direction, EndCause, SourceState
from cti.sip.click_to_dial import ClickToDialSource
from cti.sip.settings import SipSettings
from cti.sip.source import SipSource
from cti.wire_message import Tap
from tests.cti.sip.running import RunningSource
from tests.fakes.pbx_on_udp import PbxOnUdp
from tests.fakes.sip_peer import FakeRegistrar, Heard


class Pbx(FakeRegistrar):
    """A registrar that says the same to every INVITE, and yes to a CANCEL; "" for nothing at all."""

    says = "180 Ringing"

    def answer(self, data: bytes) -> bytes:
        heard = Heard(data)
        if heard.method not in {"INVITE", "ACK", "CANCEL"}:
            return super().answer(data)
        self.heard.append(heard)
        if heard.method == "ACK" or not self.says:
            return b""
        return self.reply(heard, self.says if heard.method == "INVITE" else "200 OK")


class Dialling(RunningSource):
    def _make(self, settings: SipSettings, secret: Callable[[], str | None], tap: Tap | None) -> SipSource:
        self.dialling = ClickToDialSource(settings, secret, tap=tap)
        return self.dialling

    def do(self, act: Act, source_id: str = "", number: str = "") -> Done:
        return self.listener.submit(self.dialling.do(Order(act, source_id, number))).result(10)


@pytest.fixture
def registrar() -> Pbx:
    return Pbx()


@pytest.fixture
def pbx(registrar: Pbx) -> Iterator[PbxOnUdp]:
    serving = PbxOnUdp(registrar)
    yield serving
    serving.close()


@pytest.fixture
def dialling(pbx: PbxOnUdp) -> Iterator[Dialling]:
    with Dialling(server=pbx.server, register=True, username="201", desk_phone="202") as source:
        source.wait_for_state(SourceState.REGISTERED)
        yield source


def test_a_telephone_that_rings_is_a_call_that_goes_out_and_can_be_given_up(dialling: Dialling) -> None:
    done = dialling.do(Act.DIAL, number="0312345678")
    offered = dialling.next_call_event()
    assert isinstance(offered, CallOffered)
    assert (offered.direction, offered.caller.number, offered.source_id) == (
        Direction.OUT, "0312345678", done.source_id,
    )  # fmt: skip
    assert dialling.dialling.cannot(Act.HANG_UP, done.source_id) is None
    assert dialling.do(Act.HANG_UP, done.source_id) == Done()
    ended = dialling.next_call_event()
    assert isinstance(ended, CallEnded)
    assert ended.why is EndCause.CANCELLED
    assert dialling.dialling.cannot(Act.HANG_UP, done.source_id) is Cannot.LET_GO


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ("403 Forbidden", Cannot.NO_RIGHT),
        ("404 Not Found", Cannot.NOT_OURS),
        ("486 Busy Here", Cannot.NOT_NOW),
        ("603 Decline", Cannot.NOT_NOW),
    ],
)
def test_what_the_pbx_says_no_to_is_told_with_its_words(
    dialling: Dialling, registrar: Pbx, says: str, why: Cannot
) -> None:
    registrar.says = says
    assert dialling.do(Act.DIAL, number="202") == Done(failed=why, detail=says)


def test_a_pbx_that_says_nothing_is_not_waited_for(
    dialling: Dialling, registrar: Pbx, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cti.sip.click_to_dial.RINGS_WITHIN", 0.2)
    registrar.says = ""
    assert dialling.do(Act.DIAL, number="202") == Done(failed=Cannot.NOT_CONNECTED)


def test_only_what_it_placed_can_be_ended_and_nothing_else_done(dialling: Dialling) -> None:
    cannot = dialling.dialling.cannot
    assert {cannot(act, "somebody's") for act in Act if act is not Act.DIAL} == {Cannot.NOT_THIS_SOURCE}


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"register": False}, Cannot.NOT_THIS_SOURCE),
        ({"server": "127.0.0.1:9", "register": True, "username": "1201"}, Cannot.NOT_SET_UP),
        ({"server": "127.0.0.1:9", "register": True, "username": "1201", "desk_phone": "201"}, Cannot.NOT_CONNECTED),
    ],
    ids=["a trunk has no account", "no desk phone is named", "nobody answers there"],
)
def test_why_it_can_not_dial(settings: dict[str, object], why: Cannot) -> None:
    with Dialling(**settings) as source:
        assert source.dialling.cannot(Act.DIAL) is why
        assert source.do(Act.DIAL, number="202").failed is why
