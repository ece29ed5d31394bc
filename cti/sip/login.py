"""Credentials for one kind of request: given to a challenge, known again for the next request, never twice refused.

Credentials go out only for a challenge to a pending request of our own: whoever calls `answer` has made sure of that.
"""

from dataclasses import dataclass, field
from random import Random

from cti.errors import PeerError
from cti.sip.digest import Challenge, Credentials, Use, authorize, choose_challenge
from cti.sip.message import Response

_MOST_CHALLENGES = 3  # of one attempt: the first, and two more for a nonce that is only old (stale)


@dataclass(slots=True)
class Login:
    """The account `username` at one PBX."""

    username: str
    random: Random
    _secret: str = field(default="", repr=False)
    _challenge: Challenge | None = None
    _uses: int = 0
    _challenges: int = 0

    def use(self, secret: str) -> bool:
        """True if it is another one, which needs a new challenge: with the old one it would look like a guess."""
        is_new = secret != self._secret
        if is_new:
            self.forget()
        self._secret = secret
        return is_new

    def forget(self) -> None:
        """The challenge has been answered in vain."""
        self._challenge = None

    def begin(self) -> None:
        """A new attempt: it may be challenged again."""
        self._challenges = 0

    def answer(self, response: Response) -> bool:
        """Take the challenge of a 401 or 407; False if its credentials would be the ones that were just refused."""
        try:
            challenge = choose_challenge(response.status, response.headers)
        except PeerError:
            return False
        if self._challenges >= _MOST_CHALLENGES or (self._challenges and not challenge.is_stale):
            return False
        self._challenges += 1
        self._challenge, self._uses = challenge, 0
        return True

    def fields(self, method: str, uri: str) -> list[tuple[str, str]]:
        """The header for the next request, none while nobody has asked."""
        if self._challenge is None:
            return []
        self._uses += 1
        use = Use(method, uri, self._uses, f"{self.random.getrandbits(64):016x}")
        return [authorize(self._challenge, Credentials(self.username, self._secret), use)]
