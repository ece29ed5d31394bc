"""The way to the telephone system: names resolved, the secret asked for, and both again when there is trouble."""

import asyncio
import contextlib
import logging
import math
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from cti.address import Address, host_port
from cti.aside import call_aside
from cti.back_off import BACK_OFF, REFUSED_REST
from cti.events import SourceState
from cti.sip.agent import Agent
from cti.sip.dialog import RegistrationChanged
from cti.sip.host_addresses import HostAddresses
from cti.sip.port_probe import Alarms, PortProbe
from cti.sip.registration import PATIENCE
from cti.sip.resolve import Resolver
from cti.sip.settings import SipSettings
from cti.sip.sleep import Sleep
from cti.sip.transport import is_wildcard, local_host_towards
from cti.source import Secret
from cti.tls import TlsFileError, trust_trouble

log = logging.getLogger(__name__)

LOOK_EVERY = 3.0  # seconds between two looks at the network
TURN_EVERY = 1.0  # seconds between two looks while one of several servers is tried after the other
SHORTEST_PATIENCE = 2.0  # seconds for one of many servers: two repetitions are heard within that
HURRY_EVERY = 1.0  # seconds between two looks that an alarm brings: some PBXs end each connection as soon as it is made
LOOK_UP_AGAIN = 5.0  # seconds between two questions for the names while the registrar is silent
NO_SECRET_REST = 30.0  # seconds until a keyring that gave nothing is asked again: a locked one shows a dialog each time


@dataclass(frozen=True, slots=True)
class Shell:
    """What the source lends: its voice, its wire (send and report what is queued), its clocks in seconds.

    `clock` is steady; `wall` is that of the day, which goes on while the PC sleeps. `reach` makes the connection to the
    registrar, where the transport has one, and gives our end of it.
    """

    say: Callable[[SourceState, str], None]
    pump: Callable[[], None]
    clock: Callable[[], float]
    wall: Callable[[], float]
    reach: Callable[[Address], Awaitable[Address | None]]


class Registrar:
    """Tells the agent whom to trust, where to register and with which secret.

    The source's state is what was said last: the registration's word, or ours while the network is wanting; then the
    registration's stands again.
    """

    def __init__(
        self, settings: SipSettings, secret: Secret, agent: Agent, random: Random, resolver: Resolver | None = None
    ) -> None:
        self._settings, self._secret, self._agent, self._random = settings, secret, agent, random
        self._resolver = resolver or Resolver(random)
        self._begin()

    def _begin(self) -> None:
        self._hosts = HostAddresses(self._settings, self._resolver, self._agent.set_peers)
        self._sleep = Sleep()
        self._alarms, self._alarm = Alarms(), asyncio.Event()
        self._has_changed = self._is_unreached = False
        self._started_at, self._hurried_at = math.inf, -math.inf
        self._servers: list[Address] = []
        self._route: tuple[Address, Address] | None = None
        self._given: str | None = None
        self._ask_at = -math.inf
        self._standing: tuple[SourceState, str] | None = None
        self._failures = 0

    def notice(self, event: RegistrationChanged, now: float) -> None:
        """Hear how the registration fares; refused credentials are asked for again after its own ten minutes."""
        self._standing = event.state, event.detail
        self._ask_at = now + REFUSED_REST if event.state is SourceState.REFUSED else math.inf

    def secret_changed(self) -> None:
        """Somebody has set another secret: the next look asks for it, whatever rest a refusal has earned."""
        self._ask_at = -math.inf

    def connection_lost(self) -> None:
        """The connection to the registrar is gone: what it knew of us may be forgotten, and it may be back at once."""
        self._alarm.set()

    async def look_after(self, bound: Address, shell: Shell) -> None:
        """Run until cancelled; begins anew when called again."""
        self._begin()
        probe = PortProbe(self._alarm.set)
        try:
            while True:
                pause = await self.look(bound, shell)
                await self._aim(probe)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._alarm.wait(), pause)
                    await self._hurry(shell)
        finally:
            probe.stop()
            self._hosts.forget()

    async def _hurry(self, shell: Shell) -> None:
        """An alarm cuts the pause short, once a second at most."""
        await asyncio.sleep(max(0.0, self._hurried_at + HURRY_EVERY - shell.clock()))
        self._hurried_at = shell.clock()
        self._alarm.clear()
        self.hear_closed_port(shell)

    async def _aim(self, probe: PortProbe) -> None:
        if self._route is None or self._given is None or self._settings.transport != "udp":
            return
        (own_host, _), registrar = self._route
        try:
            await probe.aim(own_host, registrar)
        except OSError as error:
            log.debug("%s: no probe of %s: %s", self._settings.name, registrar, error)

    def hear_closed_port(self, shell: Shell) -> None:
        """Nobody listens at the registrar's port just now: whatever it knew of us may be forgotten."""
        if self._alarms.believe(shell.clock(), self._standing and self._standing[0]):
            self._agent.registrar_is_gone(shell.clock())
            shell.pump()

    async def look(self, bound: Address, shell: Shell) -> float:
        """Put right what is wanting; the seconds until the next look."""
        self._has_changed |= self._sleep.is_over(shell.clock(), shell.wall())
        pause = await self._look_and_say(bound, shell)
        self._sleep.plan(shell.clock(), shell.wall(), pause)
        return pause

    async def _look_and_say(self, bound: Address, shell: Shell) -> float:
        try:
            await self._look_once(bound, shell)
        except (OSError, ValueError, TlsFileError) as error:
            log.debug("%s: %s", self._settings.name, error)
            shell.say(*self._trouble(error))
            self._failures += 1
            if self._is_unreached and self._failures < len(self._servers):
                return TURN_EVERY
            return BACK_OFF[min(self._failures, len(BACK_OFF)) - 1] * self._random.uniform(0.5, 1.0)
        if self._failures and self._standing is not None:
            shell.say(*self._standing)
        self._failures = 0
        return TURN_EVERY if self._is_turning() else LOOK_EVERY

    def _trouble(self, error: Exception) -> tuple[SourceState, str]:
        if (why := trust_trouble(error)) is not None:
            return SourceState.UNTRUSTED, why
        return SourceState.UNREACHABLE, self._settings.server

    async def until_left(self) -> None:
        while not self._agent.is_unregistered:
            await asyncio.sleep(0.01)

    async def _look_once(self, bound: Address, shell: Shell) -> None:
        self._has_changed |= self._has_moved(bound)
        await self._find_peers(bound, shell)
        if not self._settings.register:
            self._set_route(bound, self._servers[0] if self._servers else None)
            self._say_whether_heard(bound, shell)
            self._has_changed = False
            return
        if not self._servers:
            raise ValueError("no server to register with")
        self._has_changed |= self._set_route(await self._reach(shell) or bound, self._servers[0])
        if self._has_changed or shell.clock() >= self._ask_at:
            await self._register(shell)

    async def _reach(self, shell: Shell) -> Address | None:
        """Our end of the connection to the server whose turn it is."""
        self._is_unreached = True
        reached = await shell.reach(self._servers[0])
        self._is_unreached = False
        return reached

    def _has_moved(self, bound: Address) -> bool:
        """Whether our own address is another one, or the network was away: names may mean something else now."""
        if self._route is None:
            return False
        local, registrar = self._route
        try:
            return self._failures > 0 or _own_host(bound, registrar) != local[0]
        except OSError:
            return True

    def _say_whether_heard(self, bound: Address, shell: Shell) -> None:
        """Nobody can reach us while no name of the settings has an address."""
        missing = self._hosts.missing
        if missing and not self._hosts.trusted:
            shell.say(SourceState.UNREACHABLE, ", ".join(missing))
        else:
            shell.say(SourceState.LISTENING, host_port(bound))

    async def _find_peers(self, bound: Address, shell: Shell) -> None:
        """Resolve what has no address yet or has had its time; everything after a change or while all is silent."""
        family = socket.AF_INET6 if ":" in bound[0] else socket.AF_INET
        is_silent = self._is_silent(shell.clock())
        age = 0.0 if self._has_changed else LOOK_UP_AGAIN if is_silent else math.inf
        await self._hosts.find(family, shell.clock(), age)
        found = self._hosts.servers
        if is_silent and len(found) > 1 and self._standing is None:
            shell.say(SourceState.UNREACHABLE, host_port(self._servers[0]))
        self._servers = _turn(self._servers, found) if is_silent else _stay(self._servers, found)

    def _is_silent(self, now: float) -> bool:
        """Where there is another server to turn to, no word at all counts sooner than the agent's patience ends."""
        if self._is_unreached:
            return True
        if self._is_turning() and self._standing is None:
            return now >= self._started_at + max(PATIENCE / len(self._servers), SHORTEST_PATIENCE)
        return self._standing is not None and self._standing[0] is SourceState.UNREACHABLE

    def _is_turning(self) -> bool:
        """Whether there are several servers and none has answered yet."""
        has_word = self._standing is not None and self._standing[0] is not SourceState.UNREACHABLE
        return len(self._servers) > 1 and self._settings.register and not has_word

    def _set_route(self, bound: Address, registrar: Address | None) -> bool:
        """True if our own address or the registrar's has changed."""
        registrar = registrar or ("", 0)
        route = (_own_host(bound, registrar), bound[1]), registrar
        if route == self._route:
            return False
        self._route = route
        self._agent.set_route(*route)
        return True

    async def _register(self, shell: Shell) -> None:
        """Begin with a new secret or after a change; a secret that is known is not asked for again without need.

        A secret that is refused rests, whatever happens to the network meanwhile.
        """
        secret = await self._ask(shell.clock) if shell.clock() >= self._ask_at else self._given
        if secret is None:
            self._standing = SourceState.NO_SECRET, self._settings.username
            shell.say(*self._standing)
        elif secret != self._given or (self._has_changed and not self._is_refused()):
            if secret == self._given and self._standing is None and self._settings.transport != "udp":
                shell.say(SourceState.UNREACHABLE, host_port(self._servers[0]))  # its connections end before any word
            self._given, self._ask_at, self._standing = secret, math.inf, None
            self._agent.start_registration(secret, shell.clock())
            self._started_at = shell.clock()
            shell.pump()
        self._has_changed = False

    def _is_refused(self) -> bool:
        return self._standing is not None and self._standing[0] is SourceState.REFUSED

    async def _ask(self, clock: Callable[[], float]) -> str | None:
        """Ask keyring, file or operator, who may take their time; what they gave before stands if they give nothing."""
        secret = await call_aside(self._secret, "secret")
        self._ask_at = clock() + (NO_SECRET_REST if secret is None else REFUSED_REST)
        return self._given if secret is None else secret


def _own_host(bound: Address, registrar: Address) -> str:
    """The address of ours that the registrar reaches; OSError without a network."""
    return local_host_towards(registrar) if is_wildcard(bound[0]) and registrar[0] else bound[0]


def _turn(used: list[Address], found: list[Address]) -> list[Address]:
    """Of several addresses the next one, since the one in use is silent."""
    return [*used[1:], used[0]] if used and set(used) == set(found) else found


def _stay(used: list[Address], found: list[Address]) -> list[Address]:
    """The one in use stays the first as long as it is among them: chance does not move us about."""
    return [used[0], *(one for one in found if one != used[0])] if used and used[0] in found else found
