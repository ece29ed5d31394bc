"""What every call source offers to the listener, and where the events go."""

from collections.abc import Callable
from typing import Protocol

from cti.events import CallEvent

Report = Callable[[CallEvent], None]
Secret = Callable[[], str | None]


class Source(Protocol):
    """Something that reports calls."""

    @property
    def name(self) -> str:
        """The unique name of the settings."""

    async def run(self, report: Report) -> None:
        """Report calls until cancelled, then leave the telephone system cleanly (within two seconds)."""
