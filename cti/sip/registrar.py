"""The way to the telephone system: names resolved, the secret asked for, and both again when there is trouble."""

import asyncio
import logging
import math
import socket
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from cti.aside import call_aside
from cti.events import SourceState
from cti.sip.agent import Agent
from cti.sip.compose import Address, host_port
from cti.sip.dialog import RegistrationChanged
from cti.sip.host_addresses import HostAddresses
from cti.sip.registration import BACK_OFF, REFUSED_REST
from cti.sip.settings import SipSettings
from cti.sip.transport import local_host_towards
from cti.source import Secret

log = logging.getLogger(__name__)

LOOK_EVERY = 3.0  # seconds between two looks at the network
NO_SECRET_REST = 30.0  # seconds until a keyring that gave nothing is asked again: a locked one shows a dialog each time


@dataclass(frozen=True, slots=True)
class Shell:
    """What the source lends: its voice, its wire (send and report what is queued), its clock in seconds."""

    say: Callable[[SourceState, str], None]
    pump: Callable[[], None]
    clock: Callable[[], float]


class Registrar:
    """Tells the agent whom to trust, where to register and with which secret.

    The source's state is what was said last: the registration's word, or ours while the network is wanting; then the
    registration's stands again.
    """

    def __init__(self, settings: SipSettings, secret: Secret, agent: Agent, random: Random) -> None:
        self._settings, self._secret, self._agent, self._random = settings, secret, agent, random
        self._begin()

    def _begin(self) -> None:
        self._hosts = HostAddresses(self._settings, self._agent.set_peers)
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

    async def look_after(self, bound: Address, shell: Shell) -> None:
        """Run until cancelled; begins anew when called again."""
        self._begin()
        while True:
            await asyncio.sleep(await self.look(bound, shell))

    async def look(self, bound: Address, shell: Shell) -> float:
        """Put right what is wanting; the seconds until the next look."""
        try:
            await self._look_once(bound, shell)
        except (OSError, ValueError) as error:
            log.debug("%s: %s", self._settings.name, error)
            shell.say(SourceState.UNREACHABLE, self._settings.server)
            self._failures += 1
            return BACK_OFF[min(self._failures, len(BACK_OFF)) - 1] * self._random.uniform(0.5, 1.0)
        if self._failures and self._standing is not None:
            shell.say(*self._standing)
        self._failures = 0
        return LOOK_EVERY

    async def until_left(self) -> None:
        while not self._agent.is_unregistered:
            await asyncio.sleep(0.01)

    async def _look_once(self, bound: Address, shell: Shell) -> None:
        await self._find_peers(bound)
        if not self._settings.register:
            self._set_route(bound, self._servers[0] if self._servers else None)
            self._say_whether_heard(bound, shell)
            return
        if not self._servers:
            raise ValueError("no server to register with")
        is_new_route = self._set_route(bound, self._servers[0])
        if is_new_route or shell.clock() >= self._ask_at:
            await self._register(shell, is_new_route)

    def _say_whether_heard(self, bound: Address, shell: Shell) -> None:
        """Nobody can reach us while no name of the settings has an address."""
        missing = self._hosts.missing
        if missing and not self._hosts.trusted:
            shell.say(SourceState.UNREACHABLE, ", ".join(missing))
        else:
            shell.say(SourceState.LISTENING, host_port(bound))

    async def _find_peers(self, bound: Address) -> None:
        """Resolve what has no address yet, and everything while the registrar is silent: it may have moved."""
        family = socket.AF_INET6 if ":" in bound[0] else socket.AF_INET
        is_silent = self._standing is not None and self._standing[0] is SourceState.UNREACHABLE
        if is_silent:
            await self._hosts.find_all(family)
        else:
            await self._hosts.find_missing(family)
        self._servers = _turn(self._servers, self._hosts.servers) if is_silent else self._servers or self._hosts.servers

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

    async def _register(self, shell: Shell, is_new_route: bool) -> None:
        """Begin with a new secret or at a new address; a secret that is known is not asked for again without need."""
        secret = await self._ask(shell.clock) if shell.clock() >= self._ask_at else self._given
        if secret is None:
            self._standing = SourceState.NO_SECRET, self._settings.username
            shell.say(*self._standing)
        elif is_new_route or secret != self._given:
            self._given, self._ask_at, self._standing = secret, math.inf, None
            self._agent.start_registration(secret, shell.clock())
            shell.pump()

    async def _ask(self, clock: Callable[[], float]) -> str | None:
        """Ask keyring, file or operator, who may take their time; what they gave before stands if they give nothing."""
        secret = await call_aside(self._secret, "secret")
        self._ask_at = clock() + (NO_SECRET_REST if secret is None else REFUSED_REST)
        return self._given if secret is None else secret


def _turn(used: list[Address], found: list[Address]) -> list[Address]:
    """Of several addresses the next one, since the one in use is silent."""
    return [*used[1:], used[0]] if used and set(used) == set(found) else found
