"""The host names of the settings and the addresses found for them, looked up again when their time is over."""

import asyncio
import logging
import math
import socket
from collections.abc import Callable
from dataclasses import replace

from cti.address import Address
from cti.sip.resolve import SHORTEST, Located, Resolver
from cti.sip.settings import SipSettings

log = logging.getLogger(__name__)

WAIT_FOR = 4.0  # seconds: what comes later counts as well, but nobody waits for it


class HostAddresses:
    """Addresses of `server` and of each host of `allow`, kept until others are found; `trust` hears of them at once."""

    def __init__(self, settings: SipSettings, resolver: Resolver, trust: Callable[[set[str]], None]) -> None:
        self._settings, self._resolver, self._trust = settings, resolver, trust
        names = dict.fromkeys(name for name in (settings.server, *settings.allow) if name)
        self._networks = {name for name in names if "/" in name}
        self._names = [name for name in names if name not in self._networks]
        self._found: dict[str, Located] = {}
        self._asked_at: dict[str, float] = {}
        self._asking: dict[str, asyncio.Task[None]] = {}
        self._warned: set[str] = set()
        if self._networks:
            trust(self._networks)

    @property
    def servers(self) -> list[Address]:
        found = self._found.get(self._settings.server)
        return list(found.addresses) if found else []

    @property
    def trusted(self) -> set[str]:
        """The addresses and networks that may talk to us."""
        return self._networks | {host for found in self._found.values() for host, _ in found.addresses}

    @property
    def missing(self) -> list[str]:
        """The names without an address, in the order of the settings."""
        return [name for name in self._names if name not in self._found]

    async def find(self, family: socket.AddressFamily, now: float, age: float = math.inf) -> None:
        """Look up what has no address, what was looked up `age` seconds ago or earlier, and what has had its time."""
        asking = [self._ask(name, family, now) for name in self._names if now >= self._due(name, age)]
        if asking:
            done, _ = await asyncio.wait(asking, timeout=WAIT_FOR)
            for task in done:
                task.result()  # raises what is a bug

    def forget(self) -> None:
        """Wait for no answer any more."""
        for task in self._asking.values():
            task.cancel()

    def _due(self, name: str, age: float) -> float:
        if name not in self._found:
            return -math.inf
        return self._asked_at[name] + min(age, self._found[name].lasts)

    def _ask(self, name: str, family: socket.AddressFamily, now: float) -> "asyncio.Task[None]":
        """One question per name at a time, however long it takes."""
        task = self._asking.get(name)
        if task is None or task.done():
            self._asked_at[name] = now
            task = self._asking[name] = asyncio.create_task(self._find_one(name, family))
        return task

    async def _find_one(self, name: str, family: socket.AddressFamily) -> None:
        """One peer that cannot be found must not silence the others, nor must its name servers' trouble."""
        known = self._found.get(name)
        try:
            found = await self._resolver.locate(name, self._settings.transport, family)
        except (OSError, ValueError) as error:
            log.debug("%s: %s: %s", self._settings.name, name, error)
            found = None
        # The bare name's address is worth less than what the name servers said before they fell silent.
        if known and (found is None or (found.is_stopgap and not known.is_stopgap)):
            found = replace(known, lasts=min(known.lasts, SHORTEST))
        if found is None:
            self._warn_once(name)
            return
        self._warned.discard(name)
        self._found[name] = found
        self._trust(self.trusted)

    def _warn_once(self, name: str) -> None:
        if name != self._settings.server and name not in self._warned:
            self._warned.add(name)
            log.warning("%s: allow: no address for %s", self._settings.name, name)
