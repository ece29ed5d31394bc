"""Who calls, from P-Asserted-Identity, Remote-Party-ID or From.

No name and no number at all does not mean withheld. Who is withheld has no name here either.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from cti.caller_words import is_no_name, is_number
from cti.events import Caller, IdentityFrom, Withheld
from cti.plain_text import plain_text
from cti.sip.headers import NameAddr, parse_name_addrs
from cti.sip.message import Request
from cti.sip.settings import Identity
from cti.sip.verstat import read_verstat
from cti.sip.withheld import calling_parties, hides_name, hides_number, number_of, why_withheld

_TELEPHONE = re.compile(r"(?=[^0-9]*[0-9])\+?[0-9*#().\-/ ]+")
# Asterisk 22.10.1 (chan_pjsip) escapes quotes and backslashes twice: recorded/name-quotes-emoji. FreePBX calls it
# FPBX-17.0(22.10), others by their own names: a quote that is still escaped gives them away.
_ESCAPES_TWICE = ("Asterisk", "FPBX-")


def read_caller(request: Request, order: Sequence[Identity]) -> Caller:
    """Take the first identity with a number, in `order`; a caller who asked for privacy keeps neither number nor name.

    For a peer that is trusted; whatever anybody else says goes to `read_claim`.
    """
    found = {IdentityFrom(kind): _identities(request, kind) for kind in order}
    first = next((kind for kind, addresses in found.items() if addresses), None)
    if hides_number(request):
        return Caller("", "", why_withheld(request.sender) or Withheld.ANONYMOUS, first)
    for kind, addresses in found.items():
        if (best := _with_number(addresses)) is not None:
            name = _first_name(request, [best, *addresses], number_of(best))
            return Caller(number_of(best) + _extension(best), name, None, kind, read_verstat(best))
    everybody = [address for addresses in found.values() for address in addresses]
    reasons = (reason for address in everybody if (reason := why_withheld(address)) is not None)
    if (withheld := next(reasons, None)) is not None:
        return Caller("", "", withheld, first)  # the name goes too: it may well be the number
    return Caller("", _first_name(request, everybody, ""), None, first)


def read_claim(request: Request, order: Sequence[Identity]) -> Caller:
    """What somebody says who is not trusted: From alone, and nothing of it verified."""
    return replace(read_caller(request, [kind for kind in order if kind == "from"]), verstat=None)


def read_party(notify: Request, party: NameAddr) -> Caller:
    """Somebody whom the body of a NOTIFY names."""
    number = number_of(party)
    withheld = None if number else why_withheld(party)
    if withheld is not None:
        return Caller("", "", withheld, IdentityFrom.DIALOG_INFO)
    name = _first_name(notify, [party], number)
    verstat = read_verstat(party) if number else None
    return Caller(number + _extension(party) if number else "", name, None, IdentityFrom.DIALOG_INFO, verstat)


def _identities(request: Request, kind: Identity) -> list[NameAddr]:
    if kind == "pai":
        return parse_name_addrs(request.headers, "p-asserted-identity")
    if kind == "rpid":
        return calling_parties(request)
    return [request.sender]


def _with_number(addresses: Sequence[NameAddr]) -> NameAddr | None:
    """A telephone number rather than a name: RFC 3325 allows <sip:alice@x>, <tel:+81…> for one caller."""
    numbered = [address for address in addresses if number_of(address)]
    return next((one for one in numbered if _TELEPHONE.fullmatch(number_of(one))), next(iter(numbered), None))


def _extension(address: NameAddr) -> str:
    """The caller's extension as RFC 3966 writes it; where an ISDN subaddress would lead is nobody's concern."""
    digits = re.sub(r"[().\-]", "", address.uri.number_param("ext") or "")
    return f";ext={digits}" if re.fullmatch("[0-9]{1,10}", digits) else ""


def _first_name(request: Request, addresses: Sequence[NameAddr], number: str) -> str:
    if hides_name(request):
        return ""
    names = (_name(request, address) for address in addresses)
    return next((name for name in names if name and not is_no_name(name) and not is_number(name, number)), "")


def _name(request: Request, address: NameAddr) -> str:
    display = address.display
    if '\\"' in display or (request.headers.get("user-agent") or "").startswith(_ESCAPES_TWICE):
        display = display.replace('\\"', '"').replace("\\\\", "\\")
    return plain_text(display)
