"""What a request gets that is neither INVITE, ACK nor CANCEL: one small table of RFC 3261 section 8.2."""

from cti.sip.compose import ALLOW
from cti.sip.message import Request

Answer = tuple[int, list[tuple[str, str]]]

_IN_DIALOG = {"BYE", "UPDATE", "INFO", "NOTIFY", "PRACK"}  # of a dialog, and we never have one: 481
_NOT_ALLOWED = {"REGISTER", "SUBSCRIBE", "PUBLISH", "MESSAGE", "REFER"}


def unsupported_extensions(request: Request) -> str:
    """The option tags that the peer requires; we know none."""
    return ", ".join(request.headers.items("require"))


def answer_in_dialog(request: Request, contact: str, later: str, *, has_offer: bool) -> Answer:
    """The status and headers for a request of a dialog that our 180 began; `later` are the seconds to come again after.

    An offer is never answered: the INVITE's waits for an answer that will not come (500, RFC 3311 section 5.2), and
    where it brought none, ours would have been the first (488). Both leave the call ringing; 481 would end it.
    """
    try_later = (500, [("Retry-After", later)])
    answers: dict[str, Answer] = {"BYE": (200, []), "INFO": (405, [("Allow", ALLOW)]), "INVITE": try_later}
    if request.method != "UPDATE":
        return answers.get(request.method) or answer_request(request, contact)
    if unsupported := unsupported_extensions(request):
        return 420, [("Unsupported", unsupported)]
    if request.body:
        return try_later if has_offer else (488, [])
    return 200, [("Contact", contact), ("Allow", ALLOW)]


def answer_request(request: Request, contact: str) -> Answer:
    """The status and headers for any method but INVITE, ACK and CANCEL, outside of a call."""
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
