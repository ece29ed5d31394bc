"""Who is not to be shown, and why: Privacy (RFC 3323, RFC 3325), privacy parameters, and the words of carriers."""

import re
from collections.abc import Iterable

from cti.caller_words import is_no_number, why_no_number
from cti.events import Withheld
from cti.plain_text import plain_text
from cti.sip.grammar import param
from cti.sip.headers import NameAddr, parse_name_addrs
from cti.sip.message import Request

_PRIVATE = {"id", "user", "full"}  # "full" is Remote-Party-ID's word, seen in Privacy too
_PRIVATE_HISTORY = {"history", "header"}  # RFC 7044 section 10.1


def number_of(address: NameAddr) -> str:
    """The number as received; "" where the user part only says that there is none (a PBX invents such PAIs)."""
    number = plain_text(address.uri.number)
    is_none = is_no_number(number) or _is_anonymous_host(address)
    return "" if is_none else number


def why_withheld(address: NameAddr) -> Withheld | None:
    """Why there is no number, in the words of carriers (cti/caller_words.py)."""
    by_host = Withheld.ANONYMOUS if _is_anonymous_host(address) else None
    return why_no_number(plain_text(address.uri.number), plain_text(address.display), by_host)


def hides_number(request: Request) -> bool:
    """Whoever asks is withheld, in whichever header the identity stands: some peers put Privacy beside From alone."""
    words = _words(request.headers.all("privacy"))
    return bool(words & _PRIVATE) or any(_privacy(rpid) & {"full", "uri"} for rpid in calling_parties(request))


def hides_name(request: Request) -> bool:
    """The number may be shown, the name may not."""
    return any("name" in _privacy(rpid) for rpid in calling_parties(request))


def forwarders(request: Request, header: str) -> list[tuple[NameAddr, str]]:
    """The entries of Diversion or History-Info, each with its number; "" for one that is not to be shown."""
    hides_all = header == "history-info" and hides_history(request)
    entries = parse_name_addrs(request.headers, header)
    return [(entry, "" if hides_all or is_private(entry) else number_of(entry)) for entry in entries]


def hides_history(request: Request) -> bool:
    """Nothing of History-Info may be shown."""
    return bool(_words(request.headers.all("privacy")) & _PRIVATE_HISTORY)


def calling_parties(request: Request) -> list[NameAddr]:
    """Remote-Party-ID, without the ones of the party that is called."""
    parties = parse_name_addrs(request.headers, "remote-party-id")
    return [rpid for rpid in parties if (param(rpid.params, "party") or "calling").lower() == "calling"]


def is_private(entry: NameAddr) -> bool:
    """A forwarder with Diversion;privacy=full (RFC 5806), or whose History-Info carries a Privacy header (RFC 7044)."""
    escaped = _words(value for name, value in entry.uri.headers if name == "privacy")
    return bool(escaped & (_PRIVATE | _PRIVATE_HISTORY) or _privacy(entry) & {"full", "uri"})


def _is_anonymous_host(address: NameAddr) -> bool:
    return address.uri.host.lower() == "anonymous.invalid"


def _privacy(address: NameAddr) -> set[str]:
    """The privacy parameter (draft-ietf-sip-privacy-04): privacy=full, uri-network, "name,full"…"""
    return {word.strip() for word in re.split("[-,]", (param(address.params, "privacy") or "").lower())}


def _words(privacy: Iterable[str]) -> set[str]:
    return {word.strip().lower() for value in privacy for word in re.split("[;,]", value)}
