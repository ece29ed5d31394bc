"""The host names of the settings and the addresses found for them, looked for again as long as there is none."""

import asyncio
import logging
import socket
from collections.abc import Callable, Iterable

from cti.sip.compose import Address
from cti.sip.resolve import resolve
from cti.sip.settings import SipSettings

log = logging.getLogger(__name__)


class HostAddresses:
    """Addresses of `server` and of each host of `allow`, kept until others are found; `trust` hears of them at once."""

    def __init__(self, settings: SipSettings, trust: Callable[[set[str]], None]) -> None:
        self._settings, self._trust = settings, trust
        self._found: dict[str, list[Address]] = {}
        self._warned: set[str] = set()

    @property
    def servers(self) -> list[Address]:
        return self._found.get(self._settings.server, [])

    @property
    def trusted(self) -> set[str]:
        """The addresses that may talk to us."""
        return {host for addresses in self._found.values() for host, _ in addresses}

    @property
    def missing(self) -> list[str]:
        """The names without an address, in the order of the settings."""
        return [name for name in self._names() if name not in self._found]

    async def find_missing(self, family: socket.AddressFamily) -> None:
        await self._find(self.missing, family)

    async def find_all(self, family: socket.AddressFamily) -> None:
        """Look for those that are known too: they may have moved."""
        await self._find(self._names(), family)

    def _names(self) -> list[str]:
        names = [self._settings.server, *self._settings.allow]
        return list(dict.fromkeys(name for name in names if name))

    async def _find(self, names: Iterable[str], family: socket.AddressFamily) -> None:
        await asyncio.gather(*(self._find_one(name, family) for name in names))

    async def _find_one(self, name: str, family: socket.AddressFamily) -> None:
        """One peer that cannot be found must not silence the others."""
        try:
            self._found[name] = await resolve(name, family)
        except (OSError, ValueError) as error:
            log.debug("%s: %s: %s", self._settings.name, name, error)
            self._warn_once(name)
        else:
            self._warned.discard(name)
            self._trust(self.trusted)

    def _warn_once(self, name: str) -> None:
        if name != self._settings.server and name not in self._warned:
            self._warned.add(name)
            log.warning("%s: allow: no address for %s", self._settings.name, name)
