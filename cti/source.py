"""What every call source offers to the listener, and where the events go."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from cti.events import CallEvent

Report = Callable[[CallEvent], None]
Secret = Callable[[], str | None]
Customers = Callable[[Sequence[str]], Awaitable[set[str]]]  # those of the callers' numbers that are some customer's


async def nobody(_numbers: Sequence[str]) -> set[str]:
    """The `Customers` of those who have no records."""
    return set()


class CallSource(Protocol):
    """Something that reports calls."""

    @property
    def name(self) -> str:
        """The unique name of the settings."""

    async def run(self, report: Report) -> None:
        """Report calls until cancelled, then leave the telephone system cleanly (within two seconds)."""
