"""Dialling and handing on through AMI: what goes over the wire, byte by byte, and what the desk hears of it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from cti.ami.action import HEARS
from cti.control import Act, Cannot, Controllable, Done, Order
from cti.events import CallAnswered, CallEnded, CallOffered, Direction, EndCause, SourceState
from tests.cti.ami.running import RunningSource, ring
from tests.fakes.ami_server import AmiServer, event

NUMBER = "0335814111"


@pytest.fixture
def server() -> Iterator[AmiServer]:
    serving = AmiServer()
    yield serving
    serving.close()


class Dialling(RunningSource):
    """Logged in, with a context to dial through."""

    def __init__(self, server: AmiServer, **settings: Any) -> None:
        super().__init__(server.server, **{"dial_context": "omote-dial", **settings})
        self._server = server

    def __enter__(self) -> "Dialling":
        super().__enter__()
        self.wait_for_state(SourceState.REGISTERED)
        self._server.until(lambda request: request["Action"] == "Status")
        return self

    def do(self, act: Act, source_id: str = "", number: str = "") -> Done:
        return self.listener.submit(self.source.control.do(Order(act, source_id, number))).result(10)

    def answered(self, call: str = "1") -> CallOffered:
        """A call that the operator has taken."""
        ring(self._server, call=call)
        offered = self.next(CallOffered)
        dest = {"DestChannel": f"PJSIP/201-{call}", "DestUniqueid": f"c.{call}", "DestLinkedid": f"t.{call}"}
        self._server.tell(event("DialEnd", Uniqueid=f"t.{call}", Linkedid=f"t.{call}", DialStatus="ANSWER", **dest))
        self.next(CallAnswered)
        return offered


def orders(server: AmiServer) -> list[dict[str, str]]:
    """What we have asked the PBX to do."""
    blocks = bytes(server.received).decode().split("\r\n\r\n")
    pairs = [dict(line.split(": ", 1) for line in block.split("\r\n")) for block in blocks if block]
    return [one for one in pairs if one["Action"] not in HEARS]


def test_an_ami_source_has_a_control(server: AmiServer) -> None:
    assert isinstance(RunningSource(server.server).source, Controllable)


def test_dialling_lets_the_own_telephone_ring_and_goes_on_in_the_one_context(server: AmiServer) -> None:
    with Dialling(server) as running:
        done = running.do(Act.DIAL, number=NUMBER)
        offered = running.next(CallOffered)
    (sent,) = orders(server)
    channel = sent.pop("ChannelId")
    assert re.fullmatch("omote-[0-9a-f]{16}", channel)
    assert re.fullmatch("omote-[0-9a-f]{16}", sent.pop("ActionID"))
    assert sent == {
        "Action": "Originate", "Channel": "PJSIP/201", "Context": "omote-dial", "Exten": NUMBER, "Priority": "1",
        "CallerID": "201", "Timeout": "30000", "Async": "true",
    }  # fmt: skip
    assert (done.failed, done.source_id) == (None, offered.source_id)
    assert (offered.direction, offered.caller.number, offered.dialled) == (Direction.OUT, NUMBER, "")


def test_the_call_is_answered_when_the_other_end_is_not_when_the_handset_is_lifted(server: AmiServer) -> None:
    with Dialling(server) as running:
        running.do(Act.DIAL, number=NUMBER)
        channel = orders(server)[0]["ChannelId"]
        ours = {"Channel": "PJSIP/201-0000000a", "Uniqueid": channel, "Linkedid": channel}
        trunk = {"DestChannel": "PJSIP/trunk-0000000b", "DestUniqueid": "b", "DestLinkedid": channel}
        rings = {"DestChannel": ours["Channel"], "DestUniqueid": channel, "DestLinkedid": channel}
        server.tell(event("Newchannel", **ours, Exten="", ChannelState="0"))
        server.tell(event("DialBegin", **rings))
        server.tell(event("DialEnd", **rings, DialStatus="ANSWER"))
        server.tell(event("Newstate", **ours, ChannelState="6", Exten=NUMBER))
        server.tell(event("DialBegin", **ours, **trunk, Exten=NUMBER))
        server.tell(event("DialEnd", **ours, **trunk, DialStatus="ANSWER"))
        server.tell(event("Hangup", **ours, Cause="16"))
        heard = [running.next(CallOffered | CallAnswered | CallEnded) for _ in range(3)]
    offered, answered, ended = heard
    assert isinstance(offered, CallOffered)
    assert isinstance(answered, CallAnswered)
    assert isinstance(ended, CallEnded)
    assert (answered.source_id, answered.by, ended.why) == (offered.source_id, "201", EndCause.HUNG_UP)


@pytest.mark.parametrize(("has_rung", "why"), [(False, EndCause.FAILED), (True, EndCause.CANCELLED)])
def test_a_telephone_that_is_not_there_or_not_lifted_ends_the_call(
    server: AmiServer, has_rung: bool, why: EndCause
) -> None:
    with Dialling(server) as running:
        running.do(Act.DIAL, number=NUMBER)
        sent = orders(server)[0]
        channel = sent["ChannelId"]
        if has_rung:
            server.tell(event("Newchannel", Channel="PJSIP/201-0000000a", Uniqueid=channel, Linkedid=channel))
        told = {"ActionID": sent["ActionID"], "Response": "Failure", "Uniqueid": "<null>", "Reason": "0"}
        server.tell(event("OriginateResponse", **told))
        assert running.next(CallEnded).why is why


def test_a_telephone_that_is_off_ends_the_call_even_where_that_comes_with_the_yes(server: AmiServer) -> None:
    server.is_phone_off = True
    with Dialling(server) as running:
        done = running.do(Act.DIAL, number=NUMBER)
        offered, ended = running.next(CallOffered), running.next(CallEnded)
    assert (offered.source_id, ended.source_id, ended.why) == (done.source_id, done.source_id, EndCause.FAILED)


@pytest.mark.parametrize("settings", [{}, {"channels": ("SIP/desk-1",)}])
def test_the_telephone_that_rings_is_that_of_the_settings(server: AmiServer, settings: dict[str, Any]) -> None:
    with Dialling(server, **settings) as running:
        running.do(Act.DIAL, number=NUMBER)
    assert orders(server)[0]["Channel"] == settings.get("channels", ("PJSIP/201",))[0]


def test_without_a_context_nothing_is_dialled_and_the_call_can_still_be_hung_up(server: AmiServer) -> None:
    with Dialling(server, dial_context="") as running:
        offered = running.answered()
        assert running.do(Act.DIAL, number=NUMBER).failed is Cannot.NOT_SET_UP
        assert running.do(Act.TRANSFER, offered.source_id, "202").failed is Cannot.NOT_SET_UP
        assert running.do(Act.HANG_UP, offered.source_id).failed is None
    assert [(one["Action"], one["Channel"]) for one in orders(server)] == [("Hangup", "c.1")]


def test_a_call_is_handed_on_blindly_or_after_a_word(server: AmiServer) -> None:
    with Dialling(server) as running:
        call = running.answered().source_id
        assert running.do(Act.HAND_OVER, call).failed is Cannot.NOT_NOW
        assert running.do(Act.TRANSFER, call, "202").failed is None
        assert running.do(Act.CONSULT, call, "202").failed is None
        assert running.source.control.cannot(Act.TRANSFER, call) is Cannot.NOT_NOW
        assert running.do(Act.TAKE_BACK, call).failed is None
        assert running.do(Act.CONSULT, call, "203").failed is None
        assert running.do(Act.HAND_OVER, call).failed is None
    told = [(one["Action"], one["Channel"], one.get("Exten"), one.get("Context")) for one in orders(server)]
    assert told == [
        ("BlindTransfer", "c.1", "202", "omote-dial"), ("Atxfer", "c.1", "202", "omote-dial"),
        ("CancelAtxfer", "c.1", None, None), ("Atxfer", "c.1", "203", "omote-dial"), ("Hangup", "c.1", None, None),
    ]  # fmt: skip


def test_what_only_rings_can_be_rejected_and_nothing_else(server: AmiServer) -> None:
    with Dialling(server) as running:
        ring(server)
        call = running.next(CallOffered).source_id
        why = {act: running.source.control.cannot(act, call) for act in Act if act is not Act.DIAL}
        assert why.pop(Act.HANG_UP) is None
        not_now = {Act.TRANSFER, Act.CONSULT, Act.HAND_OVER, Act.TAKE_BACK}
        assert why == {act: Cannot.NOT_NOW if act in not_now else Cannot.NOT_THIS_SOURCE for act in why}


def test_nobody_elses_call_can_be_touched(server: AmiServer) -> None:
    with Dialling(server) as running:
        assert running.do(Act.HANG_UP, "somebody-elses").failed is Cannot.NOT_OURS
    assert orders(server) == []


def test_an_account_that_may_not_dial_is_told_so_and_the_button_is_grey_from_then_on(server: AmiServer) -> None:
    server.denied = {"Originate"}
    with Dialling(server) as running:
        assert running.source.control.cannot(Act.DIAL) is None
        done = running.do(Act.DIAL, number=NUMBER)
        assert (done.failed, done.detail) == (Cannot.NO_RIGHT, "Permission denied")
        assert running.source.control.cannot(Act.DIAL) is Cannot.NO_RIGHT
        offered = running.answered()
        assert running.do(Act.HANG_UP, offered.source_id).failed is None


def test_while_there_is_no_connection_nothing_can_be_done_and_nobody_waits_for_ever(server: AmiServer) -> None:
    with Dialling(server) as running:
        server.is_dumb = True
        waiting = running.listener.submit(running.source.control.do(Order(Act.DIAL, number=NUMBER)))
        server.until(lambda request: request["Action"] == "Originate")
        server.cut()
        assert waiting.result(10).failed is Cannot.NOT_CONNECTED
        running.wait_for_state(SourceState.UNREACHABLE)
        assert running.do(Act.DIAL, number=NUMBER).failed is Cannot.NOT_CONNECTED


def test_nothing_of_what_the_pbx_names_its_channels_goes_into_an_order(server: AmiServer) -> None:
    with Dialling(server) as running:
        trunk = {"Channel": "PJSIP/trunk-1", "Uniqueid": "t.1", "Linkedid": "t.1"}
        evil = {"DestChannel": "PJSIP/201-1\rAction: Command", "DestUniqueid": "c.1\rAction: Command"}
        server.tell(event("Newchannel", **trunk, Exten="0398765432"))
        server.tell(event("DialBegin", **trunk, **evil))
        call = running.next(CallOffered).source_id
        running.do(Act.HANG_UP, call)
    assert b"Command" not in bytes(server.received)
