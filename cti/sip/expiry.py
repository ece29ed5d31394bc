"""How long a registration lasts: what is asked for, and what the registrar grants (RFC 3261 section 10.2)."""

from dataclasses import dataclass

from cti.sip.final_response import read_seconds
from cti.sip.grammar import param
from cti.sip.headers import parse_name_addrs
from cti.sip.message import Response

EXPIRES = 60  # seconds asked for: a PBX that forgot us unseen hears of us within 48


@dataclass(slots=True)
class Expiry:
    """Seconds; longer than we would like if the registrar insists (423)."""

    asked: int = EXPIRES
    _was_too_brief: bool = False

    def begin(self) -> None:
        """A new attempt: the registrar may insist once more."""
        self._was_too_brief = False

    def must_be_longer(self, response: Response) -> bool:
        """Take what a 423 asks for; False if that makes no sense."""
        longer = read_seconds(response.headers.get("min-expires"), 0)
        if self._was_too_brief or longer <= self.asked:
            return False
        self._was_too_brief, self.asked = True, longer
        return True

    def granted(self, response: Response, contact_user: str) -> int:
        """The 200 lists every phone of the extension: only our own Contact says how long we have (section 10.3)."""
        for contact in parse_name_addrs(response.headers, "contact"):
            if contact.uri.user == contact_user:
                return read_seconds(param(contact.params, "expires") or response.headers.get("expires"), self.asked)
        return read_seconds(response.headers.get("expires"), self.asked)
