"""One message as it passed the wire, for whoever wants to keep it: raw, secrets and all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from cti.address import Address


class Way(StrEnum):
    """Which way a message went, seen from us."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class WireMessage:
    """`data` is what was read or sent; `transport` is "udp", "tcp" or "tls"; `source` is "" where nobody tells."""

    source: str
    way: Way
    peer: Address
    transport: str
    data: bytes = field(repr=False)
    at: datetime


Tap = Callable[[WireMessage], None]
"""Gets every message on the thread that has it, and must not wait."""
