"""OPTIONS within the dialog of a subscription: a PBX that was back within a second, and has forgotten it, says 481.

Any other answer shows that it lives; Asterisk's is 500, since no part of it cares for OPTIONS there.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cti.address import Address
from cti.sip.keep_alive import KeepAlive
from cti.sip.message import Response


def _nowhere(_branch: str) -> bytes | None:
    return None


@dataclass(slots=True)
class DialogKeepAlive(KeepAlive):
    """Asks as `compose_within` says, and outside of any dialog where there is none, or where it `is_meaningless`."""

    compose_within: Callable[[str], bytes | None] = _nowhere
    is_meaningless: bool = False
    _was_within: bool = False

    def denies_dialog(self, response: Response) -> bool:
        """Whether an answer that `receive` took says that there is no such dialog."""
        return self._was_within and response.status == 481

    def _compose(self, branch: str, registrar: Address, local: Address) -> bytes:
        within = None if self.is_meaningless else self.compose_within(branch)
        self._was_within = within is not None
        return within or KeepAlive._compose(self, branch, registrar, local)
