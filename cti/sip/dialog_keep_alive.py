"""OPTIONS within the dialog of a subscription: a PBX that was back within a second, and has forgotten it, says 481.

Any other answer shows that it lives; Asterisk's is 500, since no part of it cares for OPTIONS there.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cti.sip.compose import Address
from cti.sip.keep_alive import KeepAlive
from cti.sip.message import Response

MOST_DENIALS = 2  # by a PBX that has never said anything else: it knows no OPTIONS within a dialog


def _nowhere(_branch: str) -> bytes | None:
    return None


@dataclass(slots=True)
class DialogKeepAlive(KeepAlive):
    """Asks as `compose_within` says, and outside of any dialog where there is none, or where it means nothing."""

    compose_within: Callable[[str], bytes | None] = _nowhere
    _was_within: bool = False
    _knows: bool = False
    _denials: int = 0

    def denies_dialog(self, response: Response) -> bool:
        """Whether an answer that `receive` took says that there is no such dialog."""
        if not self._was_within:
            return False
        is_denied = response.status == 481
        self._knows = self._knows or not is_denied
        self._denials += is_denied
        return is_denied

    def _compose(self, branch: str, registrar: Address, local: Address) -> bytes:
        is_meaningful = self._knows or self._denials < MOST_DENIALS
        within = self.compose_within(branch) if is_meaningful else None
        self._was_within = within is not None
        return within or KeepAlive._compose(self, branch, registrar, local)
