"""Which number was rung, and who forwarded the call (Diversion: RFC 5806, History-Info: RFC 7044)."""

from collections.abc import Callable, Iterable

from cti.errors import PeerError
from cti.sip.headers import NameAddr, parse_name_addr, parse_name_addrs
from cti.sip.message import Request
from cti.sip.plain_text import plain_text
from cti.sip.wire_id import wire_id

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
    """The one who forwarded last: the top Diversion, or the last but one History-Info."""
    if diversions := parse_name_addrs(request.headers, "diversion"):
        return plain_text(diversions[0].uri.number)
    history = parse_name_addrs(request.headers, "history-info")
    return plain_text(history[-2].uri.number) if len(history) > 1 else ""


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


def _number_of(addresses: list[NameAddr], index: int) -> str:
    return addresses[index].uri.number if addresses else ""


_PLACES: dict[str, Callable[[Request], str]] = {
    "request-uri": lambda request: request.target.number,
    "to": lambda request: request.to.uri.number,
    "p-called-party-id": lambda request: _number_of(parse_name_addrs(request.headers, "p-called-party-id"), 0),
    # each forwarder adds its Diversion on top, its History-Info at the end: the number rung first is at the other end
    "diversion": lambda request: _number_of(parse_name_addrs(request.headers, "diversion"), -1),
    "history-info": lambda request: _number_of(parse_name_addrs(request.headers, "history-info"), 0),
}
