"""What a user agent has ready for its shell: datagrams for the socket, facts for the desk."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from cti.address import Address
from cti.sip.dialog import AgentEvent


@dataclass(slots=True)
class Outbox:
    """Filled by the parts of the user agent in the order of what happened."""

    datagrams: list[tuple[bytes, Address]] = field(default_factory=list)
    events: deque[AgentEvent | Callable[[], AgentEvent | None]] = field(default_factory=deque)

    def send(self, data: bytes, destination: Address) -> None:
        self.datagrams.append((data, destination))

    def take_event(self) -> AgentEvent | None:
        """The next fact. Who calls is read only now, the answer to the INVITE has left by then; it may be no news."""
        while self.events:
            event = self.events.popleft()
            fact = event() if callable(event) else event
            if fact is not None:
                return fact
        return None

    def take_datagrams(self) -> list[tuple[bytes, Address]]:
        taken, self.datagrams = self.datagrams, []
        return taken
