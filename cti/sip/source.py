"""The call source "sip": one user agent, its transport, its clock and its telephone system, on one asyncio loop."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Sequence
from datetime import timedelta
from random import Random, SystemRandom

from cti.address import Address, host_port, split_host_port
from cti.events import NotOfferedBecause, SourceState
from cti.self_report import SelfReport, utc_now
from cti.sip.agent import Agent
from cti.sip.dialog import AgentEvent, Asked, RegistrationChanged
from cti.sip.outbound_call import Invitation, place_call
from cti.sip.registrar import Registrar, Shell
from cti.sip.reported import reported
from cti.sip.resolve import DEFAULT_PORTS
from cti.sip.settings import SipSettings
from cti.sip.stream_transport import Ears, StreamTransport
from cti.sip.tls import make_tls
from cti.sip.transport import Transport, UdpTransport, open_udp
from cti.sip.user_agent import UserAgent
from cti.source import Customers, Report, Secret, nobody
from cti.tls import Tls, TlsFileError
from cti.wire_message import Tap, Way, WireMessage

log = logging.getLogger(__name__)

BIND_AGAIN = 3.0  # seconds
LEAVE_WITHIN = 1.5  # seconds for the last REGISTER at the end
RING_ME_FOR = 4.0  # seconds
DUE_WITHIN = timedelta(seconds=20)  # the next one: the PBX is asked something every eight seconds


class SipSource:
    """Reports the calls of one `[[source]]` of kind "sip". `secret` may block: it is asked on a thread of its own."""

    def __init__(
        self,
        settings: SipSettings,
        secret: Secret,
        random: Random | None = None,
        tap: Tap | None = None,
        customers: Customers = nobody,
    ) -> None:
        self._settings = settings
        self._random = random or SystemRandom()
        self._tap = tap
        self._customers = customers
        self._questions: set[asyncio.Task[None]] = set()
        self._agent = self._make_agent()
        self._registrar = Registrar(settings, secret, self._agent, self._random)
        self._transport: Transport | None = None
        self._door: UdpTransport | None = None
        self._at_door: set[Address] = set()
        self._told = SelfReport(settings.name)
        self._timer: asyncio.TimerHandle | None = None
        self._bug: asyncio.Future[None] | None = None
        self._test_calls: set[asyncio.Task[int | None]] = set()

    def _make_agent(self) -> Agent:
        """What this source runs; another kind of SIP source runs another one."""
        return UserAgent(self._settings, self._random)

    @property
    def name(self) -> str:
        return self._settings.name

    @property
    def bound_address(self) -> Address | None:
        """Where the socket listens, None while it is not bound."""
        return self._transport.address if self._transport else None

    @property
    def contact_user(self) -> str:
        """The user part that INVITEs to us must carry while registered with check_contact."""
        return self._agent.contact_user

    async def run(self, report: Report) -> None:
        """Listen until cancelled; take the registration back at the end."""
        self._told.begin(report)
        try:
            self._transport = await self._bind()
            await self._work(self._transport.address)
        finally:
            await self._leave()

    async def _work(self, bound: Address) -> None:
        """Look after the registration until cancelled, or until a callback of the loop died of a bug."""
        loop = asyncio.get_running_loop()
        self._bug = loop.create_future()
        assert self._transport is not None, "run() has bound it"
        shell = Shell(self._say, self._pump, loop.time, self._wall, self._transport.reach)
        looking = asyncio.create_task(self._registrar.look_after(bound, shell))
        try:
            await asyncio.wait({looking, self._bug}, return_when=asyncio.FIRST_COMPLETED)
            await (self._bug if self._bug.done() else looking)
        finally:
            looking.cancel()
            self._bug.cancel()
            await asyncio.wait({looking})

    def _wall(self) -> float:
        return utc_now().timestamp()

    async def ring_me(self, number: str, name: str, dialled: str = "", ring_for: float = RING_ME_FOR) -> str:
        """Send one real INVITE to ourselves; its Call-ID. Offered as a test, cancelled after `ring_for` seconds.

        RuntimeError while the socket is not bound.
        """
        if self._transport is None:
            raise RuntimeError("the source is not listening")
        call_id = f"ring-me-{self._random.getrandbits(96):024x}"
        self._agent.admit_once(call_id)
        user = self.contact_user if self._settings.register else dialled or self._settings.username or "ring-me"
        fields = (("Diversion", f"<sip:{dialled}@ring-me.invalid>"),) if dialled.isalnum() else ()
        invitation = Invitation(call_id, number, name, user, fields=fields)
        hang_up = asyncio.Event()
        asyncio.get_running_loop().call_later(ring_for, hang_up.set)
        task = asyncio.create_task(place_call(invitation, await self._way_to_us(), self._random, hang_up))
        self._test_calls.add(task)
        task.add_done_callback(self._end_test_call)
        return call_id

    async def secret_changed(self) -> None:
        """A new password has been set (`omote secret set`): use it now."""
        self._registrar.secret_changed()

    async def _way_to_us(self) -> Address:
        """Where a call of our own is heard: our UDP port or, without one, a door that only this machine finds."""
        assert self._transport is not None, "ring_me() has seen it"
        if self._settings.transport == "udp":
            host, port = self._transport.address
            return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port  # noqa: S104 -- compared, not bound
        if self._door is None:
            self._door = await open_udp(("127.0.0.1", 0), self._receive_at_door)
        return self._door.address

    def _receive_at_door(self, data: bytes, peer: Address, received_ns: int) -> None:
        self._at_door.add(peer)
        self._receive(data, peer, received_ns)

    def _end_test_call(self, task: "asyncio.Task[int | None]") -> None:
        self._test_calls.discard(task)
        if not self._test_calls:
            self._close_door()
        if not task.cancelled() and isinstance(task.exception(), OSError):
            log.error("%s: the test call was not sent: %s", self.name, task.exception())

    def _close_door(self) -> None:
        self._at_door.clear()
        if self._door is not None:
            self._door.close()
            self._door = None

    async def _bind(self) -> Transport:
        """Wait for the port as long as somebody else has it, and for the files that TLS needs."""
        address = split_host_port(self._settings.bind, DEFAULT_PORTS[self._settings.transport])
        while True:
            try:
                return await self._open(address, make_tls(self._settings))
            except TlsFileError as error:
                self._say(SourceState.UNTRUSTED, str(error))
            except OSError as error:
                log.debug("%s: cannot bind %s: %s", self.name, host_port(address), error)
                self._say(SourceState.PORT_IN_USE, host_port(address))
            await asyncio.sleep(BIND_AGAIN)

    async def _open(self, address: Address, tls: Tls | None) -> Transport:
        """With a registrar the way to it is the only one: calls come back on the connection that registered."""
        if self._settings.transport == "udp":
            return await open_udp(address, self._receive)
        ears = Ears(self._receive, self._agent.trusts, self._turn_away, self._registrar.connection_lost, self._end_run)
        streams = StreamTransport(address, ears, tls)
        if not self._settings.register:
            try:
                streams.listen()
            except OSError:
                await streams.end()
                raise
        return streams

    def _turn_away(self, host: str, because: NotOfferedBecause) -> None:
        """A stranger's connection was closed unread: what it wanted is not known, but that it knocked is."""
        self._agent.note_refused(because, host, asyncio.get_running_loop().time())
        self._pump()

    def _receive(self, data: bytes, peer: Address, received_ns: int) -> None:
        try:
            if self._test_calls or self._agent.trusts(peer[0]):  # nobody else fills the trace, or the disk
                self._show(Way.IN, data, peer)
            now = asyncio.get_running_loop().time()
            self._agent.receive_datagram(data, peer, now)
            self._pump(received_ns)
            self._note_heard(peer[0], now)
        except Exception as bug:
            if not self._ends_run(bug):
                raise

    def _note_heard(self, host: str, now: float) -> None:
        if self._agent.trusts(host):
            self._told.heard(now, DUE_WITHIN if self._settings.register else None)

    def _pump(self, received_ns: int | None = None) -> None:
        """Send what is queued, report what happened, wake up when the agent wants it."""
        for data, peer in self._agent.datagrams_to_send():
            way = self._door if peer in self._at_door else self._transport
            if way is not None:
                self._show(Way.OUT, data, peer)
                way.send(data, peer)
        while (event := self._agent.next_event()) is not None:
            self._tell(event, received_ns or time.monotonic_ns())
        self._arm()

    def _show(self, way: Way, data: bytes, peer: Address) -> None:
        if self._tap is not None:
            self._tap(WireMessage(self.name, way, peer, self._settings.transport, data, utc_now()))

    def _arm(self) -> None:
        at = self._agent.get_timer()
        if self._timer is not None and self._timer.when() == at:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if at is None else asyncio.get_running_loop().call_at(at, self._wake)

    def _wake(self) -> None:
        self._timer = None
        try:
            self._agent.handle_timer(asyncio.get_running_loop().time())
            self._pump()
        except Exception as bug:
            if not self._ends_run(bug):
                raise

    def _ends_run(self, bug: Exception) -> bool:
        """At the root of a loop's callback: run() dies of the bug, and the listener starts it again."""
        is_running = self._bug is not None and not self._bug.done()
        self._end_run(bug)
        return is_running

    def _end_run(self, bug: BaseException) -> None:
        if self._bug is not None and not self._bug.done():
            self._bug.set_exception(bug)

    def _tell(self, event: AgentEvent, received_ns: int) -> None:
        if isinstance(event, RegistrationChanged):
            self._registrar.notice(event, asyncio.get_running_loop().time())
            if event.state is SourceState.UNREACHABLE and self._transport is not None:
                self._transport.leave_if_silent()
            self._say(event.state, event.detail)
        elif isinstance(event, Asked):
            question = asyncio.get_running_loop().create_task(self._look_for_customers(event.numbers))
            self._questions.add(question)
            question.add_done_callback(self._questions.discard)
        elif (fact := reported(self.name, event, utc_now(), (received_ns, time.monotonic_ns()))) is not None:
            self._told.send_on(fact)

    async def _look_for_customers(self, numbers: Sequence[str]) -> None:
        try:
            customers = await self._customers(numbers)
            self._agent.take_answer(numbers, customers, asyncio.get_running_loop().time())
            self._pump()
        except Exception as bug:
            if not self._ends_run(bug):
                raise

    def _say(self, state: SourceState, detail: str) -> None:
        self._told.say(state, detail)

    async def _leave(self) -> None:
        """Whatever goes wrong, the port is let go: it is wanted again."""
        for task in (*self._test_calls, *self._questions):
            task.cancel()
        try:
            await self._take_leave()
        finally:
            await self._close()
            self._say(SourceState.STOPPED, "")

    async def _take_leave(self) -> None:
        """Take back what the telephone system keeps of us."""
        if self._transport is None:
            return
        self._agent.stop_registration(asyncio.get_running_loop().time())
        self._pump()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._registrar.until_left(), LEAVE_WITHIN)

    async def _close(self) -> None:
        try:
            if self._transport is not None:
                await self._transport.end()
        finally:
            self._close_door()
            if self._timer is not None:
                self._timer.cancel()
            self._transport = self._timer = None
