"""Hypothesis: requests of several calls in any order, repeated, late and broken, with any time between them.

Whatever happens the agent keeps its promises (promises.py): nothing raises, a call is offered once and ends once, only
who asked gets bytes, every call is over at last, and then a sound call pops.
"""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from cti.sip.dialog import Offered
from tests.cti.sip.promises import Promises, things_held
from tests.cti.sip.wire import PBX, Wire
from tests.fakes.sip_peer import invite

STRANGER = ("198.51.100.7", 5060)
SECONDS = st.sampled_from([0.0, 0.1, 0.5, 1.0, 4.0, 31.9, 32.0, 33.0, 60.0, 179.9, 181.0, 400.0])
REASONS = st.sampled_from(
    ["", "Reason: SIP;cause=200\r\n", "Reason: Q.850;cause=26\r\n", "Reason: Q.850;cause=17\r\nReason: x\r\n"]
)
OTHERS = st.sampled_from(["OPTIONS", "BYE", "INFO", "PRACK", "REFER", "NOTIFY", "MESSAGE", "REGISTER", "XYZZY"])
CALLERS = st.sampled_from(
    [
        '"Tanaka" <sip:0312345678@pbx.example>',
        "<sip:anonymous@anonymous.invalid>",
        "<tel:+81312345678>",
        '"\udc95\\" <sip:1@x>',
    ]
)
EXTRAS = st.sampled_from(
    ["", "Require: 100rel\r\n", "Privacy: id\r\nP-Asserted-Identity: <sip:1@x>\r\n", "Diversion: <tel:03>\r\n"]
)


class AnyOrder(RuleBasedStateMachine):
    """`legs` are INVITEs that were sent: their call, From tag, branch and caller."""

    legs: Any = Bundle("legs")

    @initialize(answer=st.sampled_from(["silent", "ring"]))
    def begin(self, answer: str) -> None:
        self.wire = Wire(answer=answer)
        self.promises = Promises(self.wire, [PBX[0]])
        self.branches = 0

    def new_branch(self) -> str:
        self.branches += 1
        return f"z9hG4bK{self.branches}"

    @rule(target=legs, call=st.sampled_from("abc"), tag=st.sampled_from(["1", "2"]), caller=CALLERS, extra=EXTRAS)
    def call(self, call: str, tag: str, caller: str, extra: str) -> dict[str, str]:
        """A new call, a fork of one that rings, or a retry of one that is over."""
        leg = {"call": call, "from_tag": tag, "branch": self.new_branch(), "caller": caller}
        self.wire.say(invite(**leg, extra=extra))  # type: ignore[arg-type]
        return leg

    @rule(leg=legs)
    def repeat(self, leg: dict[str, str]) -> None:
        self.wire.say(invite(**leg))  # type: ignore[arg-type]

    @rule(leg=legs, reason=REASONS)
    def cancel(self, leg: dict[str, str], reason: str) -> None:
        self.wire.say(invite(**leg, method="CANCEL", extra=reason))  # type: ignore[arg-type]

    @rule(leg=legs)
    def ack(self, leg: dict[str, str]) -> None:
        self.wire.say(invite(**leg, method="ACK"))  # type: ignore[arg-type]

    @rule(leg=legs, method=st.sampled_from(["UPDATE", "INVITE"]), caller=CALLERS, knows_our_tag=st.booleans())
    def change(self, leg: dict[str, str], method: str, caller: str, *, knows_our_tag: bool) -> None:
        """Within the early dialog of a leg that was answered, or of one that nobody has."""
        told = [one.tag("To") for one in self.wire.sent if one.field("Call-ID") == leg["call"] and one.tag("To")]
        tag = told[-1] if told and knows_our_tag else "nobody"
        changed = leg | {"branch": self.new_branch(), "caller": caller}
        self.wire.say(invite(**changed, method=method, to_tag=tag, cseq=f"8 {method}"))  # type: ignore[arg-type]

    @rule(leg=legs, method=OTHERS)
    def ask_otherwise(self, leg: dict[str, str], method: str) -> None:
        self.wire.say(invite(**leg, method=method))  # type: ignore[arg-type]

    @rule(leg=legs, method=st.sampled_from(["INVITE", "CANCEL", "ACK", "UPDATE"]))
    def somebody_else_sends_the_same(self, leg: dict[str, str], method: str) -> None:
        answers = self.wire.say(invite(**leg, method=method), STRANGER)  # type: ignore[arg-type]
        assert answers == [], "a stranger hears nothing"

    @rule(leg=legs, method=st.sampled_from(["INVITE", "CANCEL", "ACK"]), at=st.integers(0), piece=st.binary(max_size=4))
    def damage(self, leg: dict[str, str], method: str, at: int, piece: bytes) -> None:
        data = invite(**leg, method=method)  # type: ignore[arg-type]
        at %= len(data)
        self.wire.say(data[:at] + piece + data[at + len(piece) // 2 :])

    @rule(seconds=SECONDS)
    def wait(self, seconds: float) -> None:
        self.wire.pass_time(seconds)

    @invariant()
    def promises_are_kept(self) -> None:
        with suppress(AttributeError):  # before `begin`
            self.promises.check()

    def teardown(self) -> None:
        if not hasattr(self, "promises"):
            return
        self.promises.check_end()
        self.wire.say(invite("the-sound-call"))
        self.promises.check()
        assert isinstance(self.wire.events[-1], Offered)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)


@pytest.mark.parametrize("is_over", [False, True])
def test_what_is_remembered_is_bounded_however_many_calls_come(is_over: bool) -> None:
    wire = Wire(calls_per_second=10_000)
    held = []
    for number in range(6_000):
        wire.say(invite(f"call-{number}", from_tag=f"tag-{number}", caller=f"<sip:{number:010}@pbx>"))
        if is_over:
            wire.say(invite(f"call-{number}", from_tag=f"tag-{number}", method="CANCEL"))
        if number % 1_000 == 999:
            wire.sent.clear()
            wire.pass_time(2)
            held.append(things_held(wire.agent))
    assert held[-1] < held[-3] * 1.1, held
    wire.pass_time(1_000)
    assert things_held(wire.agent) < held[-1]
