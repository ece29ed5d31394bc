"""What every call source offers to the listener, and where the events go."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from cti.address import Address
from cti.events import CallEvent
from cti.wire_message import Tap

Report = Callable[[CallEvent], None]
Secret = Callable[[], str | None]
Customers = Callable[[Sequence[str]], Awaitable[set[str]]]  # those of the callers' numbers that are some customer's


async def nobody(_numbers: Sequence[str]) -> set[str]:
    """The `Customers` of those who have no records."""
    return set()


class SourceSettings(Protocol):
    """What the settings of every kind of source have; all else is the kind's own."""

    @property
    def name(self) -> str:
        """Unique among the sources: it names the password, the status and the source of each event."""

    @property
    def region(self) -> str:
        """The country of numbers that are written without one."""

    @property
    def password_file(self) -> str:
        """Instead of the keyring; "" for none."""


@runtime_checkable
class WatchesPhone(Protocol):
    """The settings of a source that can watch the operator's own telephone, and tells who answered there."""

    @property
    def watch(self) -> str:
        """Its extension; "" if it watches none."""


@runtime_checkable
class MayTalkHere(Protocol):
    """The settings of a source whose calls may be talked in on this PC."""

    @property
    def talks_here(self) -> bool:
        """Whether they are."""


@runtime_checkable
class CallsItsPhone(Protocol):
    """The settings of a source that may ring the operator's own telephone, so that it dials."""

    @property
    def dials_as(self) -> str:
        """Whom that telephone then shows; "" if it rings none."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a source is given besides its settings: the ways to its secret and to whose numbers are customers'.

    `tap` wants to see every message of SIP, and of the manager interface.
    """

    secret: Secret
    customers: Customers = nobody
    tap: Tap | None = None


class CallSource(Protocol):
    """Something that reports calls."""

    @property
    def name(self) -> str:
        """The unique name of the settings."""

    async def run(self, report: Report) -> None:
        """Report calls until cancelled, then leave the telephone system cleanly (within two seconds)."""


@runtime_checkable
class NeedsSecret(Protocol):
    """A source that can take another secret while it runs."""

    async def secret_changed(self) -> None:
        """Log in anew with what `Secret` gives now, whatever was refused before."""


@runtime_checkable
class TakesTestCalls(Protocol):
    """A source that can be rung on this PC, by `omote ring-me` and by the demo."""

    @property
    def name(self) -> str:
        """As `CallSource`'s."""

    @property
    def bound_address(self) -> Address | None:
        """Where it listens; None as long as it does not."""

    async def ring_me(self, number: str, name: str) -> str:
        """Send it a call; the first part of that call's `source_id`."""
