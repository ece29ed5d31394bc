"""The call source "push": a PBX posts what happens to its calls; each request is answered at once."""

import asyncio
import logging
import ssl
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from cti.address import Address, host_port, is_loopback, split_host_port
from cti.aside import call_aside
from cti.events import CallOffered, Danger, NotOffered, NotOfferedBecause, SourceState
from cti.push.call_state import Moment, PushedCalls
from cti.push.conversation import Answer, Request
from cti.push.door import Door, Ears
from cti.push.reception import Reception
from cti.push.settings import DEFAULT_PORT, SHORTEST_SECRET, PushSettings
from cti.self_report import SelfReport
from cti.source import Report, Secret
from cti.tls import TlsFileError, server_context

log = logging.getLogger(__name__)

BIND_AGAIN = 3.0  # seconds
LOOK_EVERY = 10.0  # seconds between two looks for calls that have rung too long


class PushSource:
    """Reports the calls of one `[[source]]` of kind "push". `secret` may block: it is asked on a thread of its own."""

    def __init__(self, settings: PushSettings, secret: Secret) -> None:
        self._settings, self._secret = settings, secret
        self._calls = PushedCalls(settings)  # outlives a restart of the source: what comes twice is still one call
        self._told = SelfReport(settings.name)
        self._reception: Reception | None = None
        self._door: Door | None = None
        self._has_other_secret = asyncio.Event()
        self._bug: asyncio.Future[None] | None = None

    @property
    def name(self) -> str:
        return self._settings.name

    @property
    def bound_address(self) -> Address | None:
        """Where it listens, None while it does not."""
        return self._door.address if self._door else None

    async def secret_changed(self) -> None:
        """A new one has been set (`omote secret set`): it alone counts from now on."""
        self._has_other_secret.set()

    async def run(self, report: Report) -> None:
        """Listen until cancelled."""
        self._told.begin(report)
        self._bug = asyncio.get_running_loop().create_future()
        try:
            while True:
                await self._learn_secret()
                self._door = await self._open()
                self._told.say(SourceState.LISTENING, host_port(self._door.address))
                self._warn(self._door.address)
                await self._work()
                await self._close()
        finally:
            await self._close()
            self._told.say(SourceState.STOPPED, "")

    async def _work(self) -> None:
        """Until there is another secret, or a callback of the loop died of a bug."""
        assert self._bug is not None, "run() has made it"
        changed = asyncio.create_task(self._has_other_secret.wait())
        looking = asyncio.create_task(self._give_up_old_calls())
        try:
            ends: list[asyncio.Future[Any]] = [changed, looking, self._bug]
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            for done in (one for one in (self._bug, looking) if one.done()):
                done.result()
        finally:
            changed.cancel()
            looking.cancel()
            await asyncio.wait({changed, looking})

    async def _give_up_old_calls(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            for fact in self._calls.give_up(datetime.now(UTC), asyncio.get_running_loop().time()):
                self._told.send_on(fact)

    async def _learn_secret(self) -> None:
        while True:
            self._has_other_secret.clear()
            secret = await call_aside(self._secret, "secret")
            if secret is not None and len(secret) >= SHORTEST_SECRET:
                self._reception = Reception(self._settings, self._calls, secret)
                return
            self._told.say(SourceState.NO_SECRET, "short" if secret else "")
            await self._has_other_secret.wait()

    async def _open(self) -> Door:
        """Wait for the port as long as somebody else has it, and for the file that TLS needs."""
        clock = asyncio.get_running_loop().time
        ears = Ears(self._take, self._turn_away, self._end_run, clock)
        address = split_host_port(self._settings.listen, DEFAULT_PORT)
        while True:
            try:
                return Door(address, self._settings.allow, self._tls(), ears)
            except TlsFileError as error:
                self._told.say(SourceState.UNTRUSTED, str(error))
            except OSError as error:
                log.debug("%s: cannot listen on %s: %s", self.name, host_port(address), error)
                self._told.say(SourceState.PORT_IN_USE, host_port(address))
            await asyncio.sleep(BIND_AGAIN)

    def _tls(self) -> ssl.SSLContext | None:
        return server_context(self._settings.certificate) if self._settings.certificate else None

    def _warn(self, address: Address) -> None:
        """A token, or who calls, that anybody between here and the PBX can read."""
        is_bare = not self._settings.certificate and not is_loopback(address[0])
        self._told.warn(*[(Danger.BARE_NETWORK, host_port(address))] if is_bare else [])

    def _take(self, request: Request, host: str, received_ns: int) -> Answer:
        assert self._reception is not None, "the door opens after it was made"
        now = asyncio.get_running_loop().time()
        moment = Moment(datetime.now(UTC), now, received_ns)
        verdict = self._reception.take(request, moment)
        if verdict.because is not None:
            self._turn_away(host, verdict.because)
        if verdict.is_proven:
            self._told.heard(now)
        for fact in verdict.facts:
            self._told.send_on(replace(fact, parsed_ns=time.monotonic_ns()) if isinstance(fact, CallOffered) else fact)
        return verdict.answer

    def _turn_away(self, host: str, because: NotOfferedBecause) -> None:
        self._told.send_on(NotOffered(self.name, because, host, 1, datetime.now(UTC)))

    def _end_run(self, bug: BaseException) -> None:
        if self._bug is not None and not self._bug.done():
            self._bug.set_exception(bug)

    async def _close(self) -> None:
        if self._door is not None:
            await self._door.close()
            self._door = None
