"""What a request gets that belongs to no call here: one small table of RFC 3261 section 8.2."""

from cti.sip.compose import ALLOW
from cti.sip.message import Request

Answer = tuple[int, list[tuple[str, str]]]

_IN_DIALOG = {"BYE", "UPDATE", "INFO", "NOTIFY", "PRACK"}  # of a dialog, and we never have one: 481
_NOT_ALLOWED = {"REGISTER", "SUBSCRIBE", "PUBLISH", "MESSAGE", "REFER"}


def unsupported_extensions(request: Request) -> str:
    """The option tags that the peer requires; we know none."""
    return ", ".join(request.headers.items("require"))


def answer_request(request: Request, contact: str) -> Answer:
    """The status and headers for any method but INVITE, ACK and CANCEL."""
    if request.method in _IN_DIALOG:
        return 481, []
    if request.method in _NOT_ALLOWED:
        return 405, [("Allow", ALLOW)]
    if request.method != "OPTIONS":
        return 501, [("Allow", ALLOW)]
    if not request.target.is_telephony:
        return 416, []
    if unsupported := unsupported_extensions(request):
        return 420, [("Unsupported", unsupported)]
    return 200, [("Contact", contact), ("Allow", ALLOW), ("Accept", "application/sdp")]
