"""What the shell of a SIP source runs: an agent without socket and clock, whatever it does with the messages."""

from collections.abc import Iterable
from typing import Protocol

from cti.address import Address
from cti.events import NotOfferedBecause
from cti.sip.dialog import AgentEvent


class Agent(Protocol):
    """Messages and the time go in, messages and facts come out. No message makes it raise.

    "Registration" here is whatever the agent keeps at the PBX with our credentials: a binding or a subscription.
    """

    contact_user: str

    def set_peers(self, addresses: Iterable[str]) -> None:
        """Hear these addresses only."""

    def trusts(self, host: str) -> bool:
        """Whether this address is one of them."""

    def set_route(self, local: Address, registrar: Address) -> None:
        """Say where we are reached and where the PBX is."""

    def start_registration(self, secret: str, now: float) -> None:
        """Begin with this secret, or begin anew at a new address."""

    def registrar_is_gone(self, now: float) -> None:
        """Nobody listens at the PBX's port just now: renew what is kept there, and give up what waits for an answer."""

    def stop_registration(self, now: float) -> None:
        """Take back what is kept at the PBX; `is_unregistered` tells when that is done or given up."""

    @property
    def is_unregistered(self) -> bool:
        """Whether nothing of ours is left at the PBX."""

    def admit_once(self, call_id: str) -> None:
        """Let one INVITE with this Call-ID in from this machine itself; it is offered as a test."""

    def receive_datagram(self, data: bytes, peer: Address, now: float) -> None:
        """Take whatever the network brings."""

    def note_refused(self, because: NotOfferedBecause, host: str, now: float) -> None:
        """A transport has turned somebody away unheard."""

    def take_answer(self, asked: Iterable[str], customers: set[str], now: float) -> None:
        """Of the numbers that an `Asked` asked for, `customers` are some customer's; each `Asked` needs one."""

    def datagrams_to_send(self) -> list[tuple[bytes, Address]]:
        """Take what is queued."""

    def next_event(self) -> AgentEvent | None:
        """The next fact, None if there is none."""

    def get_timer(self) -> float | None:
        """When `handle_timer` wants to be called, None for never."""

    def handle_timer(self, now: float) -> None:
        """Do what is due."""
