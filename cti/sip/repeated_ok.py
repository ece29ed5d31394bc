"""A 200 to an INVITE is repeated until its ACK comes, over any transport (RFC 3261 section 13.3.1.4). No clock here."""

from dataclasses import dataclass

from cti.address import Address
from cti.sip.transaction import T1, T2, TIMER_H


@dataclass(slots=True)
class RepeatedOk:
    """`has_offer`: the 200 offers, so the ACK brings the answer."""

    cseq: int
    response: bytes
    destination: Address
    sent_at: float
    has_offer: bool
    _interval: float = T1
    _resend_at: float = 0.0

    def __post_init__(self) -> None:
        self._resend_at = self.sent_at + T1

    @property
    def gives_up_at(self) -> float:
        return self.sent_at + TIMER_H

    def get_timer(self) -> float:
        return min(self._resend_at, self.gives_up_at)

    def handle_timer(self, now: float) -> bytes | None:
        """The 200 once more, if it is time for it."""
        if now < self._resend_at or now >= self.gives_up_at:
            return None
        self._interval = min(2 * self._interval, T2)
        self._resend_at = now + self._interval
        return self.response
