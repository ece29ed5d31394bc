"""Ports for the sound of calls: an even one and the next (RFC 3550 section 11), bound before they are promised.

One thread uses it. What was given is given back by `close`, once and for sure; `in_use` counts what was not.
"""

import errno
import socket
from random import Random
from typing import Self

from cti.address import Address

LOWEST, HIGHEST = 16_384, 32_766  # even; below what systems give out by themselves
_TAKEN = {errno.EADDRINUSE, errno.EACCES}


class PortPair:
    """Two bound sockets of one call: for RTP, and the odd one for RTCP, which nobody else may have meanwhile."""

    def __init__(self, rtp: socket.socket, rtcp: socket.socket, ports: "RtpPorts") -> None:
        self.rtp, self._rtcp, self._ports = rtp, rtcp, ports
        host, port = rtp.getsockname()[:2]
        self.address: Address = (host, port)

    def close(self) -> None:
        """Give both back; a second call does nothing."""
        self._ports.take_back(self.address[1])
        self.rtp.close()
        self._rtcp.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class RtpPorts:
    """Gives pairs of ports between two even numbers, at random: nobody can guess where the next call listens."""

    def __init__(self, random: Random, lowest: int = LOWEST, highest: int = HIGHEST) -> None:
        self._random, self._lowest, self._count = random, lowest, (highest - lowest) // 2 + 1
        self._given: set[int] = set()

    @property
    def in_use(self) -> int:
        return len(self._given)

    def bind(self, host: str) -> PortPair:
        """A pair at this address of ours; OSError if none is free or the address is not ours."""
        first = self._random.randrange(self._count)
        for step in range(self._count):
            port = self._lowest + 2 * ((first + step) % self._count)
            pair = None if port in self._given else self._try(host, port)
            if pair is not None:
                self._given.add(port)
                return pair
        raise OSError(errno.EADDRINUSE, "no port is free for the sound of a call")

    def take_back(self, port: int) -> None:
        self._given.discard(port)

    def _try(self, host: str, port: int) -> PortPair | None:
        """None if somebody has one of the two."""
        bound: list[socket.socket] = []
        try:
            for one in (port, port + 1):
                bound.append(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM))
                bound[-1].bind((host, one))
        except OSError as error:
            for opened in bound:
                opened.close()
            if error.errno in _TAKEN:
                return None
            raise
        return PortPair(bound[0], bound[1], self)
