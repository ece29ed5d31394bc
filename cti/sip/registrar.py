"""The way to the telephone system: names resolved, the secret asked for, and both again when there is trouble."""

import asyncio
import logging
import socket
from collections.abc import Callable
from random import Random

from cti.events import SourceState
from cti.sip.compose import Address, host_port
from cti.sip.registration import BACK_OFF
from cti.sip.resolve import resolve
from cti.sip.settings import SipSettings
from cti.sip.transport import local_host_towards
from cti.sip.user_agent import UserAgent
from cti.source import Secret

log = logging.getLogger(__name__)

LOOK_EVERY = 3.0  # seconds between two looks at the network and, if it is wanting, at the secret

Say = Callable[[SourceState, str], None]


class Registrar:
    """Tells the user agent whom to trust, where to register and with which secret."""

    def __init__(self, settings: SipSettings, secret: Secret, agent: UserAgent, random: Random) -> None:
        self._settings, self._secret, self._agent, self._random = settings, secret, agent, random
        self._state = SourceState.STARTING
        self._addresses: list[Address] = []
        self._route: tuple[Address, Address] | None = None
        self._given: str | None = None
        self._unresolved: set[str] = set()

    def notice(self, state: SourceState) -> None:
        """Hear how the registration fares."""
        self._state = state

    async def look_after(self, bound: Address, say: Say, pump: Callable[[], None]) -> None:
        """Run until cancelled; begins anew when called again."""
        self._state, self._route, self._given, self._addresses = SourceState.STARTING, None, None, []
        failures = 0
        while True:
            try:
                await self._look_once(bound, say, pump)
                failures, pause = 0, LOOK_EVERY
            except (OSError, ValueError) as error:
                log.debug("%s: %s", self._settings.name, error)
                say(SourceState.UNREACHABLE, self._settings.server)
                pause = BACK_OFF[min(failures, len(BACK_OFF) - 1)] * self._random.uniform(0.5, 1.0)
                failures += 1
            await asyncio.sleep(pause)

    async def until_left(self) -> None:
        while not self._agent.is_unregistered:
            await asyncio.sleep(0.01)

    async def _look_once(self, bound: Address, say: Say, pump: Callable[[], None]) -> None:
        await self._find_peers(bound)
        if not self._settings.register:
            self._set_route(bound, self._addresses[0] if self._addresses else None)
            say(SourceState.LISTENING, host_port(bound))
            return
        if not self._addresses:
            raise ValueError("no server to register with")
        is_new_route = self._set_route(bound, self._addresses[0])
        if is_new_route or self._given is None or self._state is SourceState.REFUSED:
            await self._register(say, pump, is_new_route)

    async def _find_peers(self, bound: Address) -> None:
        """Resolve once, and again while the registrar is silent: it may have moved."""
        if self._addresses and self._state is not SourceState.UNREACHABLE:
            return
        if self._route is not None and not self._settings.server:
            return
        family = socket.AF_INET6 if ":" in bound[0] else socket.AF_INET
        allowed = [address for host in self._settings.allow for address in await self._resolve_peer(host, family)]
        self._agent.set_peers(host for host, _ in [*self._addresses, *allowed])
        servers = await resolve(self._settings.server, family) if self._settings.server else []
        self._addresses = self._keep_or_rotate(servers)
        self._agent.set_peers(host for host, _ in [*servers, *allowed])

    async def _resolve_peer(self, host: str, family: socket.AddressFamily) -> list[Address]:
        """One peer that cannot be found must not silence the others."""
        try:
            found = await resolve(host, family)
        except (OSError, ValueError):
            if host not in self._unresolved:
                log.warning("%s: allow: no address for %s", self._settings.name, host)
            self._unresolved.add(host)
            return []
        self._unresolved.discard(host)
        return found

    def _keep_or_rotate(self, servers: list[Address]) -> list[Address]:
        """Of several addresses take the next one when the one in use is silent."""
        if self._state is SourceState.UNREACHABLE and self._addresses and set(self._addresses) == set(servers):
            return [*self._addresses[1:], self._addresses[0]]
        return servers

    def _set_route(self, bound: Address, registrar: Address | None) -> bool:
        """True if our own address or the registrar's has changed."""
        is_wildcard = bound[0] in {"0.0.0.0", "::"}  # noqa: S104 -- compared, not bound
        host = local_host_towards(registrar) if is_wildcard and registrar else bound[0]
        route = (host, bound[1]), registrar or ("", 0)
        if route == self._route:
            return False
        self._route = route
        self._agent.set_route(*route)
        return True

    async def _register(self, say: Say, pump: Callable[[], None], is_new_route: bool) -> None:
        secret = await asyncio.to_thread(self._secret)
        if secret is None:
            self._given = None
            say(SourceState.NO_SECRET, self._settings.username)
        elif is_new_route or secret != self._given:
            self._given = secret
            self._agent.start_registration(secret, asyncio.get_running_loop().time())
            pump()
