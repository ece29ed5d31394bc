"""A dead or forgetful PBX must show within seconds and not at the next refresh. No clock here.

Best is to ask the registrar for its list (RFC 3261 section 10.2.3): a PBX that was started again within seconds answers
as before, but may have forgotten us. OPTIONS, where it gives no such list, only shows that it lives.
"""

from dataclasses import dataclass
from random import Random

from cti.address import Address, host_port
from cti.sip.compose import compose_request, via
from cti.sip.message import Response
from cti.sip.outbox import Outbox
from cti.sip.settings import TransportName, is_reliable
from cti.sip.transaction import ClientTransaction

INTERVAL = 8.0  # seconds
SOON = 1.0  # seconds after a list that lacked us, to see whether this PBX lists us at all
BLIND_LISTS = 2  # so many without us before any with us: it does not
PATIENCE = 6.0  # seconds for an answer, with sendings at 0, 0.5, 1.5 and 3.5


@dataclass(slots=True)
class KeepAlive:
    """When to ask, and OPTIONS. Any answer to it is a sign of life, a 401 too: no credentials are ever given here.

    It is the registered `aor` that asks. Asterisk 22 writes "No matching endpoint found" into its log for anybody else,
    and who reads logs to ban attackers bans the office for that.
    """

    random: Random
    outbox: Outbox
    aor: str
    transport: TransportName = "udp"
    gives_lists: bool = False
    _has_seen_us: bool = False
    _blind: int = 0
    _next: float | None = None
    _pending: ClientTransaction | None = None
    _cseq: int = 0

    def start(self, now: float) -> None:
        is_in_doubt = self._blind and self.may_ask_for_list and not self._has_seen_us
        interval = SOON if is_in_doubt else INTERVAL
        self._pending, self._next = None, now + interval * self.random.uniform(0.9, 1.0)

    def stop(self) -> None:
        self._pending = self._next = None

    @property
    def may_ask_for_list(self) -> bool:
        return self.gives_lists and (self._has_seen_us or self._blind < BLIND_LISTS)

    def saw_us(self) -> None:
        """On a list that has come: lists of this PBX can be trusted."""
        self._has_seen_us = True

    def missed_us(self) -> None:
        """There, though we had been registered."""
        self._blind += 1

    def is_due(self, now: float) -> bool:
        return self._next is not None and now >= self._next and self._pending is None

    def receive(self, response: Response, now: float) -> bool | None:
        """None if the response is not ours; True if all is well; False if it came late.

        A late answer may come from a PBX that has just restarted and may not remember our registration.
        """
        if self._pending is None or not self._pending.matches(response):
            return None
        was_prompt = self._pending.sendings == 1
        self.start(now)
        return was_prompt

    def get_timer(self) -> float | None:
        return self._pending.get_timer() if self._pending else self._next

    def is_lost(self, now: float) -> bool:
        """Repeat what is due; True once no answer came in time."""
        if self._pending is None:
            return False
        for data in self._pending.handle_timer(now):
            self.outbox.send(data, self._pending.destination)
        return self._pending.is_over

    def send(self, now: float, registrar: Address, local: Address) -> None:
        self._next = None
        branch = f"z9hG4bK{self.random.getrandbits(96):024x}"
        data = self._compose(branch, registrar, local)
        self._pending = ClientTransaction(
            data, registrar, branch, "OPTIONS", now, PATIENCE, is_reliable=is_reliable(self.transport)
        )
        self.outbox.send(data, registrar)

    def _compose(self, branch: str, registrar: Address, local: Address) -> bytes:
        self._cseq += 1
        there = host_port(registrar)
        return compose_request(
            "OPTIONS",
            f"sip:{there}",
            [
                via(local, branch, self.transport),
                ("Max-Forwards", "70"),
                ("From", f"<{self.aor}>;tag={self.random.getrandbits(64):016x}"),
                ("To", f"<sip:{there}>"),
                ("Call-ID", f"{self.random.getrandbits(96):024x}"),
                ("CSeq", f"{self._cseq} OPTIONS"),
            ],
        )
