"""Who calls, from P-Asserted-Identity, Remote-Party-ID or From, and why there may be no number.

Japanese carriers say why in the display name of an anonymous From: "Anonymous" is 非通知, "Coin line/payphone"
公衆電話, "Unavailable" 表示圏外, "Interaction with other service" サービス競合.
No name and no number at all is none of these. Who is withheld has no name here either.
"""

import re

from cti.events import Caller, IdentityFrom, Withheld
from cti.sip.grammar import param
from cti.sip.headers import NameAddr, parse_name_addrs
from cti.sip.message import Request
from cti.sip.plain_text import plain_text
from cti.sip.settings import Identity

_BY_NAME = {
    "anonymous": Withheld.ANONYMOUS,
    "coin line/payphone": Withheld.PAYPHONE,
    "unavailable": Withheld.OUT_OF_AREA,
    "interaction with other service": Withheld.SERVICE_CONFLICT,
}
_BY_USER = {
    "anonymous": Withheld.ANONYMOUS,
    "restricted": Withheld.ANONYMOUS,
    "unavailable": Withheld.OUT_OF_AREA,
    "unknown": Withheld.OUT_OF_AREA,
}
_PRIVATE = {"id", "user", "full"}  # RFC 3323 and RFC 3325; "full" is Remote-Party-ID's word, seen in Privacy too
_NOBODY = {"asterisk"}  # the user part and name that Asterisk puts where a call has no identity at all


def read_caller(request: Request, order: tuple[Identity, ...]) -> Caller:
    """Take the first identity with a number, in `order`; a caller who asked for privacy keeps neither number nor name.

    Leave PAI and RPID out of `order` for a peer that is not trusted.
    """
    found = [(IdentityFrom(kind), address) for kind in order for address in _identities(request, kind)]
    first = found[0][0] if found else None
    if _asks_for_privacy(request):
        return Caller("", "", _reason(request.sender) or Withheld.ANONYMOUS, first)
    for kind, address in found:
        if number := _number(address):
            return Caller(number, _name(request, address), None, kind)
    reasons = (reason for _, address in found if (reason := _reason(address)) is not None)
    if (withheld := next(reasons, None)) is not None:
        return Caller("", "", withheld, first)  # the name goes too: it may well be the number
    names = (name for _, address in found if (name := _name(request, address)) and name.lower() not in _BY_NAME)
    return Caller("", next(names, ""), None, first)


def without_asserted(order: tuple[Identity, ...]) -> tuple[Identity, ...]:
    return tuple(kind for kind in order if kind == "from")


def _identities(request: Request, kind: Identity) -> list[NameAddr]:
    if kind == "pai":
        return parse_name_addrs(request.headers, "p-asserted-identity")
    if kind == "rpid":
        return [rpid for rpid in _remote_parties(request) if (param(rpid.params, "party") or "calling") == "calling"]
    return [request.sender]


def _remote_parties(request: Request) -> list[NameAddr]:
    return parse_name_addrs(request.headers, "remote-party-id")


def _asks_for_privacy(request: Request) -> bool:
    """Whoever asks is withheld, in whichever header the identity stands: some peers put Privacy beside From alone."""
    words = {word.strip().lower() for line in request.headers.all("privacy") for word in re.split("[;,]", line)}
    return bool(words & _PRIVATE) or any(_hides_number(rpid) for rpid in _remote_parties(request))


def _hides_number(rpid: NameAddr) -> bool:
    """Remote-Party-ID (draft-ietf-sip-privacy-04): privacy=full, uri-network, "name,full"…"""
    words = re.split("[-,]", (param(rpid.params, "privacy") or "").lower())
    return not {"full", "uri"}.isdisjoint(word.strip() for word in words)


def _number(address: NameAddr) -> str:
    """The number as received; "" where the user part only says that there is none (a PBX invents such PAIs)."""
    number = plain_text(address.uri.number)
    return "" if number.lower() in _BY_USER or number.lower() in _NOBODY else number


def _reason(address: NameAddr) -> Withheld | None:
    """Why there is no number. The wording counts only beside an anonymous user: a CNAM "Unavailable" has a number."""
    user = address.uri.user.lower()
    by_user = _BY_USER.get(user)
    if by_user is None and address.uri.host.lower() == "anonymous.invalid":
        by_user = Withheld.ANONYMOUS
    if by_user is None and user:
        return None
    return _BY_NAME.get(plain_text(address.display).lower(), by_user)


def _name(request: Request, address: NameAddr) -> str:
    display = address.display
    if (request.headers.get("user-agent") or "").startswith("Asterisk"):
        # Asterisk 22.10.1 (chan_pjsip) escapes quotes and backslashes twice: recorded/name-quotes-emoji
        display = display.replace('\\"', '"').replace("\\\\", "\\")
    name = plain_text(display)
    return "" if name.lower() in _NOBODY else name
