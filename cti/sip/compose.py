"""The only writer of SIP messages: fields in, bytes out. A value with a line break in it is our own bug."""

import re
from collections.abc import Iterable

from cti.address import Address, host_port
from cti.sip.headers import Headers
from cti.sip.settings import TransportName
from cti.wire_text import encode

Fields = Iterable[tuple[str, str]]

ALLOW = "INVITE, ACK, CANCEL, OPTIONS, BYE, UPDATE"
REASONS = {
    100: "Trying", 180: "Ringing", 200: "OK",
    400: "Bad Request", 405: "Method Not Allowed", 413: "Request Entity Too Large", 415: "Unsupported Media Type",
    416: "Unsupported URI Scheme", 420: "Bad Extension", 480: "Temporarily Unavailable",
    481: "Call/Transaction Does Not Exist", 486: "Busy Here", 487: "Request Terminated", 488: "Not Acceptable Here",
    489: "Bad Event", 491: "Request Pending", 500: "Server Internal Error", 501: "Not Implemented",
    505: "Version Not Supported",
}  # fmt: skip
_BARE_RPORT = re.compile(r";\s*rport\s*(?=;|,|$)", re.IGNORECASE)
_TAG = re.compile(r";\s*tag\s*=", re.IGNORECASE)


def via(local: Address, branch: str, transport: TransportName) -> tuple[str, str]:
    """The Via of a request of ours; the answer comes to where it came from (RFC 3581)."""
    return "Via", f"SIP/2.0/{transport.upper()} {host_port(local)};branch={branch};rport"


def contact(user: str, local: Address, transport: TransportName) -> str:
    parameter = "" if transport == "udp" else f";transport={transport}"
    return f"<sip:{user}@{host_port(local)}{parameter}>"


_BARE_END = b"Content-Length: 0\r\n\r\n"


def with_body(message: bytes, kind: str, body: bytes) -> bytes:
    """A message of ours that has no body yet, with this one."""
    head = message.removesuffix(_BARE_END)
    return head + f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def compose_request(method: str, target: str, fields: Fields) -> bytes:
    return _compose(f"{method} {target} SIP/2.0", fields)


def compose_response(status: int, request: Headers, peer: Address, to_tag: str, extra: Fields = ()) -> bytes:
    """Answer a request (RFC 3261 section 8.2.6.2): its Via, From, To, Call-ID and CSeq come back as they stood.

    A `to_tag` of "" (100 Trying) adds none; a To that has a tag keeps it.
    """
    echoed = [("Via", via) for via in request.all("via")]
    if echoed:
        echoed[0] = ("Via", _fill_rport(echoed[0][1], peer))
    for name in ("From", "To", "Call-ID", "CSeq"):
        if value := request.get(name.lower()):
            echoed.append((name, value))
    fields = [(name, _with_tag(value, to_tag) if name == "To" else value) for name, value in echoed]
    return _compose(f"SIP/2.0 {status} {REASONS[status]}", [*fields, *extra, ("Server", "Omote")])


def _with_tag(to: str, tag: str) -> str:
    return f"{to};tag={tag}" if tag and not _TAG.search(to.rpartition(">")[2]) else to


def _fill_rport(via: str, peer: Address) -> str:
    """RFC 3581 section 4: say where the request came from to whoever asks."""
    return _BARE_RPORT.sub(f";rport={peer[1]};received={peer[0]}", via, count=1)


def _compose(start_line: str, fields: Fields) -> bytes:
    lines = [start_line, *(f"{name}: {value}" for name, value in fields), "Content-Length: 0"]
    text = "\r\n".join(lines)
    if not text.count("\r") == text.count("\n") == len(lines) - 1:
        raise ValueError("a line break inside a header field")
    return encode(text + "\r\n\r\n")
