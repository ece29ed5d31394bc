"""Keys that a desk makes by itself: UUIDv7 (RFC 9562 section 5.7), so they sort by time and never meet another's."""

from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b
from uuid import UUID

_RANDOM_MASK = (1 << 62) - 1


def uuid7(at: datetime, random_bits: Callable[[int], int]) -> UUID:
    """A key for something that happened at `at` (aware); `random_bits(n)` gives n random bits (secrets.randbits)."""
    milliseconds = int(at.timestamp() * 1000) & (1 << 48) - 1
    return UUID(int=milliseconds << 80 | 7 << 76 | random_bits(12) << 64 | 0b10 << 62 | random_bits(62))


def uuid7_within(parent: UUID, part: str) -> UUID:
    """The key of a part of `parent` (a UUIDv7): the same whenever it is asked for, so a replay adds nothing."""
    bits = int.from_bytes(blake2b(parent.bytes + part.encode(), digest_size=10).digest())
    time_and_version = parent.int >> 76
    return UUID(int=time_and_version << 76 | (bits >> 62 & 0xFFF) << 64 | 0b10 << 62 | bits & _RANDOM_MASK)
