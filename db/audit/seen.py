"""An entry of the audit log that somebody noted down elsewhere: what a chain can't say of its own end."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """Its number, and the beginning of its hash."""

    number: int
    hash: str
