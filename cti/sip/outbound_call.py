"""One call placed from here: INVITE, CANCEL, ACK. It speaks to a listener, so nobody is expected to answer.

`OutboundCall` is the core without socket and clock, `place_call` its UDP shell; ring-me and the demo's caller use it.
"""

import asyncio
import contextlib
from dataclasses import dataclass, replace
from random import Random

from cti.address import Address, host_port
from cti.errors import PeerError
from cti.plain_text import plain_text
from cti.sip.compose import compose_request, via
from cti.sip.grammar import quote
from cti.sip.message import Response, parse_message
from cti.sip.transaction import TIMER_B, ClientTransaction
from cti.sip.transport import local_host_towards, open_udp


@dataclass(frozen=True, slots=True)
class Invitation:
    """A call to place: who calls (`number`, `name`), whom (`user` of the Request-URI), and how it is taken back.

    `reasons` are whole values of Reason headers ('SIP;cause=200'), `fields` further headers of the INVITE.
    """

    call_id: str
    number: str
    name: str
    user: str
    reasons: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()


class OutboundCall:
    """The INVITE client transaction and its CANCEL (RFC 3261 sections 9.1 and 17.1.1) towards one address."""

    def __init__(self, invitation: Invitation, target: Address, local: Address, random: Random) -> None:
        self._invitation, self._target, self._local = invitation, target, local
        self._branch = f"z9hG4bK{random.getrandbits(96):024x}"
        self._tag = f"{random.getrandbits(64):016x}"
        self._invite: ClientTransaction | None = None
        self._cancel: ClientTransaction | None = None
        self._datagrams: list[bytes] = []
        self._is_proceeding = False
        self._wants_cancel = False
        self._give_up_at: float | None = None
        self._has_given_up = False
        self.final_status: int | None = None

    @property
    def is_over(self) -> bool:
        is_unanswered = self._invite is not None and self._invite.is_over
        return self.final_status is not None or is_unanswered or self._has_given_up

    def start(self, now: float) -> None:
        self._invite = self._send("INVITE", self._fields("INVITE"), now)

    def cancel(self, now: float) -> None:
        """Take the call back; the CANCEL waits for a first answer, as section 9.1 asks."""
        self._wants_cancel = True
        self._cancel_if_possible(now)

    def receive_datagram(self, data: bytes, now: float) -> None:
        try:
            message = parse_message(data)
        except PeerError:
            return
        if isinstance(message, Response) and message.via.branch == self._branch:
            self._receive(message, now)

    def datagrams_to_send(self) -> list[bytes]:
        taken, self._datagrams = self._datagrams, []
        return taken

    def get_timer(self) -> float | None:
        timers = [pending.get_timer() for pending in (self._invite, self._cancel) if pending is not None]
        timers.append(self._give_up_at)
        return min((at for at in timers if at is not None), default=None)

    def handle_timer(self, now: float) -> None:
        for pending in (self._invite, self._cancel):
            if pending is not None:
                self._datagrams += pending.handle_timer(now)
        if self._give_up_at is not None and now >= self._give_up_at:
            self._has_given_up, self._give_up_at = True, None

    def _receive(self, response: Response, now: float) -> None:
        if response.method == "CANCEL" and self._cancel is not None:
            self._cancel.receive(response)
        elif response.method == "INVITE" and self._invite is not None:
            self._invite.receive(response)
            self._is_proceeding = True
            if response.status >= 200:
                self._acknowledge(response)
            else:
                self._cancel_if_possible(now)

    def _acknowledge(self, response: Response) -> None:
        """Every repetition of the final response gets its ACK (section 17.1.1.3)."""
        self.final_status = response.status
        to = response.headers.get("to") or self._to()
        fields = [(name, to if name == "To" else value) for name, value in self._fields("ACK")]
        self._datagrams.append(compose_request("ACK", self._request_uri(), fields))

    def _cancel_if_possible(self, now: float) -> None:
        if self._wants_cancel and self._is_proceeding and self._cancel is None and not self.is_over:
            reasons = [("Reason", reason) for reason in self._invitation.reasons]
            self._give_up_at = now + TIMER_B
            self._cancel = self._send("CANCEL", [*self._fields("CANCEL"), *reasons], now)

    def _send(self, method: str, fields: list[tuple[str, str]], now: float) -> ClientTransaction:
        data = compose_request(method, self._request_uri(), fields)
        self._datagrams.append(data)
        return ClientTransaction(data, self._target, self._branch, method, now, TIMER_B, is_invite=method == "INVITE")

    def _fields(self, method: str) -> list[tuple[str, str]]:
        call, here = self._invitation, host_port(self._local)
        name = f"{quote(call.name)} " if call.name else ""
        fields = [
            via(self._local, self._branch, "udp"),
            ("Max-Forwards", "70"),
            ("From", f"{name}<sip:{call.number}@{here}>;tag={self._tag}"),
            ("To", self._to()),
            ("Call-ID", call.call_id),
            ("CSeq", f"1 {method}"),
        ]
        return [*fields, ("Contact", f"<sip:{here}>"), *call.fields] if method == "INVITE" else fields

    def _to(self) -> str:
        return f"<{self._request_uri()}>"

    def _request_uri(self) -> str:
        return f"sip:{self._invitation.user}@{host_port(self._target)}"


async def place_call(invitation: Invitation, target: Address, random: Random, hang_up: asyncio.Event) -> int | None:
    """Ring `target` until `hang_up` is set; the final status, None if nobody ever answered. OSError from the socket."""
    loop = asyncio.get_running_loop()
    host = local_host_towards(target)
    changed = asyncio.Event()
    inbox: list[bytes] = []

    def receive(data: bytes, _peer: Address, _received_ns: int) -> None:
        inbox.append(data)
        changed.set()

    transport = await open_udp((host, 0), receive)
    call = OutboundCall(_clean(invitation), target, (host, transport.address[1]), random)
    waiting = loop.create_task(hang_up.wait())
    waiting.add_done_callback(lambda _: changed.set())
    try:
        call.start(loop.time())
        while not call.is_over:
            for data in call.datagrams_to_send():
                transport.send(data, target)
            await _wait(changed, call.get_timer(), loop)
            for data in inbox:
                call.receive_datagram(data, loop.time())
            inbox.clear()
            if hang_up.is_set():
                call.cancel(loop.time())
            call.handle_timer(loop.time())
        for data in call.datagrams_to_send():
            transport.send(data, target)
        return call.final_status
    finally:
        waiting.cancel()
        transport.close()


async def _wait(changed: asyncio.Event, until: float | None, loop: asyncio.AbstractEventLoop) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(changed.wait(), None if until is None else max(0.0, until - loop.time()))
    changed.clear()


def _clean(invitation: Invitation) -> Invitation:
    """Typed text cannot break a header: no controls, no specials in a user part."""
    number, user = (_user_part(text) for text in (invitation.number, invitation.user))
    return replace(invitation, number=number, user=user, name=plain_text(invitation.name))


def _user_part(text: str) -> str:
    return "".join(char for char in text if char.isalnum() or char in "+*#-_.").replace("#", "%23")
