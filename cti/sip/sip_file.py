"""SIP messages out of a text file: one, or several one after the other, as tools and people write them down."""

import ipaddress
import re
from collections.abc import Iterator
from contextlib import suppress

from cti.address import Address
from cti.errors import PeerError
from cti.sip.headers import parse_cseq, parse_via
from cti.sip.message import split_message
from cti.sip.settings import TransportName
from cti.wire_message import Way

_START = re.compile(rb"^(?:SIP/2\.0 [1-6][0-9]{2} |[A-Z]+ \S+ SIP/2\.0\r?$)", re.MULTILINE)
_LENGTH = re.compile(rb"^(?:content-length|l)[ \t]*:[ \t]*([0-9]{1,5})[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_SOMEBODY = ("192.0.2.1", 5060)  # RFC 5737: nobody's address, for a sender that nobody wrote down
_TRANSPORTS: dict[str, TransportName] = {"TCP": "tcp", "TLS": "tls"}
_FROM_US = {"REGISTER", "SUBSCRIBE", "PUBLISH"}


def messages_in(data: bytes) -> Iterator[bytes]:
    """Each message with its body; nothing for a file that holds none. One that breaks the rules is one message."""
    text = (data if b"\r\n" in data else data.replace(b"\n", b"\r\n")).lstrip(b"\r\n")
    found = _START.match(text)
    if found is None and b"SIP/" in text.partition(b"\r\n")[0]:
        yield text
    while found is not None:
        end = _end_of(text, found.start())
        yield text[found.start() : end]
        found = _START.search(text, end)


def _end_of(text: bytes, start: int) -> int:
    """As its Content-Length says; without one, where the next message begins."""
    head_end = text.find(b"\r\n\r\n", start)
    if head_end < 0:
        return len(text)
    body = head_end + 4
    length = _LENGTH.search(text, start, body)
    if length is not None:
        return min(len(text), body + int(length[1]))
    following = _START.search(text, body)
    return following.start() if following else len(text)


def way_of(data: bytes) -> Way:
    """A file does not say which way a message went; what a telephone asks, and what it answers, went out."""
    try:
        split = split_message(data)
        method = parse_cseq(split.headers.get("cseq") or "")[1]
    except PeerError:
        return Way.IN
    if split.is_response:
        return Way.IN if method in _FROM_US | {"OPTIONS"} else Way.OUT
    return Way.OUT if method in _FROM_US else Way.IN


def transport_of(data: bytes) -> TransportName:
    """As the topmost Via names it."""
    with suppress(PeerError):
        named = parse_via(split_message(data).headers.get("via") or "").transport
        return _TRANSPORTS.get(named.upper(), "udp")
    return "udp"


def sender_of(data: bytes) -> Address:
    """As the topmost Via names it, if that is an address."""
    try:
        via = parse_via(split_message(data).headers.get("via") or "")
        host = str(ipaddress.ip_address(via.host.strip("[]")))
    except (PeerError, ValueError):
        return _SOMEBODY
    return host, via.port or _SOMEBODY[1]
