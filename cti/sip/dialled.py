"""Which number was rung, and who forwarded the call (Diversion: RFC 5806, History-Info: RFC 7044)."""

from collections.abc import Callable, Iterable

from cti.errors import PeerError
from cti.plain_text import plain_text
from cti.sip.grammar import param
from cti.sip.headers import NameAddr, parse_name_addr, parse_name_addrs
from cti.sip.message import Request
from cti.sip.withheld import forwarders, number_of
from cti.wire_id import wire_id

MAX_LINKED_ID = 200  # characters


def read_dialled(request: Request, order: Iterable[str], own: Iterable[str]) -> str:
    """The first number that `order` finds and that is not one of our `own` names (contact user, extension)."""
    ours = {name.lower() for name in own}
    for place in order:
        number = plain_text(_read(request, place))
        if number and number.lower() not in ours:
            return number
    return ""


def read_diverted_from(request: Request) -> str:
    """The one who forwarded last: the top Diversion, or the History-Info before the one that leads here."""
    if diversions := forwarders(request, "diversion"):
        return diversions[0][1]
    history = [number for entry, number in forwarders(request, "history-info") if not _is_same_user(entry)]
    return history[-2] if len(history) > 1 else ""


def _is_same_user(entry: NameAddr) -> bool:
    """The way from an address to its registered contact or next hop is no forwarding (RFC 7044 section 5: rc, np)."""
    return param(entry.params, "rc") is not None or param(entry.params, "np") is not None


def read_linked_id(request: Request, header: str) -> str:
    """The PBX's id of the whole call from the header that the settings name: two ids never become one."""
    return wire_id(request.headers.get(header.lower()) or "", MAX_LINKED_ID) if header else ""


def _read(request: Request, place: str) -> str:
    if place.startswith("header:"):
        return _read_header(request, place.removeprefix("header:").strip().lower())
    reader = _PLACES.get(place)
    return reader(request) if reader else ""


def _read_header(request: Request, name: str) -> str:
    """A header of the dialplan: an address, or the number alone."""
    value = request.headers.get(name) or ""
    try:
        return parse_name_addr(value).uri.number
    except PeerError:
        return value


def _forwarder(request: Request, header: str, index: int) -> str:
    entries = forwarders(request, header)
    return entries[index][1] if entries else ""


def _called_party(request: Request) -> str:
    parties = parse_name_addrs(request.headers, "p-called-party-id")
    return number_of(parties[0]) if parties else ""


_PLACES: dict[str, Callable[[Request], str]] = {
    "request-uri": lambda request: request.target.number,
    "to": lambda request: request.to.uri.number,
    "p-called-party-id": _called_party,
    # each forwarder adds its Diversion on top, its History-Info at the end: the number rung first is at the other end
    "diversion": lambda request: _forwarder(request, "diversion", -1),
    "history-info": lambda request: _forwarder(request, "history-info", 0),
}
