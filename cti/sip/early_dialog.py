"""The early dialog that our 180 begins (RFC 3261 section 12.1): its order, and what it was answered. No clock here.

One per call: our To tag is made of Call-ID and From, so that all forks of a call share it.
"""

from dataclasses import dataclass, field

from cti.sip.answers import Answer
from cti.sip.caller_change import Told
from cti.sip.message import Request
from cti.sip.transaction import Key, transaction_key

MAX_ANSWERS = 16  # remembered of one dialog, for requests that come again


@dataclass(slots=True)
class EarlyDialog:
    """`has_offer`: the INVITE brought one, which we never answer."""

    tag: str
    told: Told
    remote_cseq: int
    has_offer: bool
    _answers: dict[Key, Answer] = field(default_factory=dict)

    def answer_again(self, request: Request) -> Answer | None:
        """What this very request has been answered; None if it is a new one."""
        return self._answers.get(transaction_key(request))

    def take(self, request: Request) -> bool:
        """Take the next request; False for one that is older than another of the dialog (section 12.2.2)."""
        if request.cseq < self.remote_cseq:
            return False
        self.remote_cseq, self.told = request.cseq, self.told.then(request)
        return True

    def remember(self, request: Request, answer: Answer) -> None:
        self._answers[transaction_key(request)] = answer
        if len(self._answers) > MAX_ANSWERS:
            del self._answers[next(iter(self._answers))]
