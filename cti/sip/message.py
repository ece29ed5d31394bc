"""Bytes of one datagram in, a frozen request or response out (RFC 3261 section 7); raises PeerError and nothing else.

`split_message` cuts the head into fields and says nothing about their meaning, so that a malformed request can still be
answered; `parse_request` and `parse_response` check the meaning.
"""

import re
from dataclasses import dataclass

from cti.errors import PeerError
from cti.sip.grammar import TOKEN, parse_number
from cti.sip.headers import Headers, NameAddr, Via, header_name, parse_cseq, parse_name_addr, parse_via
from cti.sip.uri import Uri, parse_uri
from cti.wire_text import decode

MAX_MESSAGE = 65_536
MAX_FIELDS = 512
SINGLE = ("from", "to", "call-id", "cseq", "content-length", "max-forwards", "content-type")
_GMT = ("GMT", "UTC", "+0000")
_STATUS_LINE = re.compile(r"SIP/2\.0 ([1-6][0-9][0-9])(?: (.*))?", re.IGNORECASE | re.DOTALL)
_REQUEST_LINE = re.compile(rf"({TOKEN.pattern}) ([^ ]+) [Ss][Ii][Pp]/([0-9]+\.[0-9]+)")


@dataclass(frozen=True, slots=True)
class Split:
    """A message cut into its parts, none of them understood yet."""

    start_line: str
    headers: Headers
    body: bytes
    is_whole: bool

    @property
    def is_response(self) -> bool:
        return self.start_line[:4].upper() == "SIP/"


@dataclass(frozen=True, slots=True)
class Request:
    """A request whose mandatory fields are sound. `body` is opaque."""

    method: str
    target: Uri
    headers: Headers
    body: bytes
    via: Via
    sender: NameAddr
    to: NameAddr
    call_id: str
    cseq: int


@dataclass(frozen=True, slots=True)
class Response:
    """A response whose mandatory fields are sound."""

    status: int
    reason: str
    headers: Headers
    via: Via
    call_id: str
    cseq: int
    method: str
    body: bytes = b""


def split_message(data: bytes) -> Split:
    """Cut a datagram; PeerError without a status if there is nothing that an answer could refer to."""
    if len(data) > MAX_MESSAGE:
        raise PeerError("longer than 64 kB")
    head, blank, body = data.lstrip(b"\r\n").partition(b"\r\n\r\n")
    head = head.removesuffix(b"\r\n")
    start_line, *lines = decode(head).split("\r\n")
    if not head.count(b"\r") == head.count(b"\n") == len(lines):
        raise PeerError("a bare CR or LF in the head")
    if b"\r\n " in head or b"\r\n\t" in head:
        lines = _unfold(lines)
    fields = tuple(map(_split_field, lines[: MAX_FIELDS + 1]))  # one too many shows that there are
    return Split(start_line, Headers(fields), body, bool(blank))


def _unfold(lines: list[str]) -> list[str]:
    """Join continuation lines (RFC 3261 section 7.3.1), each character touched once."""
    fields: list[list[str]] = []
    for line in lines:
        if line.startswith((" ", "\t")) and fields:
            fields[-1].append(line.strip(" \t"))
        else:
            fields.append([line])
    return [" ".join(parts) for parts in fields]


def _split_field(line: str) -> tuple[str, str]:
    """A line that is no header field keeps an empty name: whoever reads the meaning refuses it."""
    written, colon, value = line.partition(":")
    name = header_name(written) if colon else ""
    return (name, value.strip(" \t")) if name else ("", "")


def parse_message(data: bytes) -> Request | Response:
    """Read one datagram whole; PeerError with the status that a request deserves."""
    split = split_message(data)
    return parse_response(split) if split.is_response else parse_request(split)


def parse_request(split: Split) -> Request:
    method, target = _parse_request_line(split.start_line)
    _check_fields(split)
    _check_date(split.headers.get("date"))
    via, call_id, cseq, cseq_method = _parse_common(split.headers)
    if cseq_method != method:
        raise PeerError("CSeq names another method", 400)
    sender, to = (parse_name_addr(_required(split.headers, name)) for name in ("from", "to"))
    return Request(method, target, split.headers, _cut_body(split), via, sender, to, call_id, cseq)


def parse_response(split: Split) -> Response:
    match = _STATUS_LINE.fullmatch(split.start_line)
    if match is None:
        raise PeerError("malformed status line")
    _check_fields(split)
    body = _cut_body(split)
    via, call_id, cseq, method = _parse_common(split.headers)
    return Response(int(match[1]), match[2] or "", split.headers, via, call_id, cseq, method, body)


def _parse_request_line(line: str) -> tuple[str, Uri]:
    """Exactly two single spaces: RFC 4475 sections 3.1.2.7 to 3.1.2.11."""
    match = _REQUEST_LINE.fullmatch(line)
    if match is None:
        raise PeerError("malformed request line", 400)
    method, uri, version = match.groups()
    if version != "2.0":
        raise PeerError("not SIP/2.0", 505)
    target = parse_uri(uri)
    if target.headers:
        raise PeerError("header fields in the Request-URI", 400)
    return method, target


def _check_fields(split: Split) -> None:
    if len(split.headers.fields) > MAX_FIELDS:
        raise PeerError("more than 512 header fields", 400)
    if not split.is_whole or split.headers.get("") is not None:
        raise PeerError("truncated, or a line that is no header field", 400)
    if any(len(split.headers.all(single)) > 1 for single in SINGLE):
        raise PeerError("a header that may stand once stands twice", 400)


def _check_date(date: str | None) -> None:
    """A time that is not in GMT is none (RFC 4475 section 3.1.2.12); by another name it is."""
    if date is not None and not date.upper().endswith(_GMT):
        raise PeerError("Date is not in GMT", 400)


def _parse_common(headers: Headers) -> tuple[Via, str, int, str]:
    via = parse_via(_required(headers, "via"))
    return via, _required(headers, "call-id"), *parse_cseq(_required(headers, "cseq"))


def _required(headers: Headers, name: str) -> str:
    value = headers.get(name)
    if not value:
        raise PeerError(f"no {name}", 400)
    return value


def _cut_body(split: Split) -> bytes:
    """What follows Content-Length is not part of the message (RFC 3261 section 18.3)."""
    stated = split.headers.get("content-length")
    if stated is None:
        return split.body
    length = parse_number(stated, MAX_MESSAGE)
    if length > len(split.body):
        raise PeerError("body shorter than its Content-Length", 400)
    return split.body[:length]
