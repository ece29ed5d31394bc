"""The header fields a listener reads: names folded to the long form, values as they stood on the wire."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from cti.charset import readings
from cti.errors import PeerError
from cti.sip.grammar import (
    TOKEN,
    Params,
    end_of_angled,
    end_of_quoted,
    param,
    parse_number,
    parse_params,
    split_list,
    unquote,
)
from cti.sip.uri import Uri, parse_uri

COMPACT = {  # RFC 3261 section 7.3.3 and the IANA registry
    "a": "accept-contact", "b": "referred-by", "c": "content-type", "e": "content-encoding", "f": "from",
    "i": "call-id", "k": "supported", "l": "content-length", "m": "contact", "o": "event", "r": "refer-to",
    "s": "subject", "t": "to", "u": "allow-events", "v": "via", "x": "session-expires", "y": "identity",
}  # fmt: skip
_SENT_PROTOCOL = re.compile(r"SIP\s*/\s*2\.0\s*/\s*([^\s/;]+)\s+([^\s;:\[]+|\[[^\]\s]*\])\s*(?::\s*([0-9]+)\s*)?", re.I)


@dataclass(frozen=True, slots=True)
class Headers:
    """Header fields in order; names in lower case."""

    fields: tuple[tuple[str, str], ...]
    _values: dict[str, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        values: dict[str, list[str]] = {}
        for name, value in self.fields:
            values.setdefault(name, []).append(value)
        object.__setattr__(self, "_values", values)  # frozen for everybody else

    def get(self, name: str) -> str | None:
        """The first line of a header."""
        values = self._values.get(name)
        return values[0] if values else None

    def all(self, name: str) -> list[str]:
        """Its lines."""
        return list(self._values.get(name, ()))

    def items(self, name: str) -> Iterator[str]:
        """Every element of a header that may be a comma list, over all its lines."""
        for value in self.all(name):
            yield from (item for item in split_list(sound_reading(value), ",") if item)


@dataclass(frozen=True, slots=True)
class Via:
    """The topmost Via: where a response goes and which transaction it belongs to."""

    transport: str
    host: str
    port: int | None
    params: Params

    @property
    def branch(self) -> str:
        return param(self.params, "branch") or ""

    @property
    def sent_by(self) -> str:
        return f"{self.host.lower()}:{self.port or 5060}"


@dataclass(frozen=True, slots=True)
class NameAddr:
    """A display name (escapes removed once), a URI and the header's parameters: From, To, Contact, PAI, Diversion…"""

    display: str
    uri: Uri
    params: Params = ()

    @property
    def tag(self) -> str:
        return param(self.params, "tag") or ""


@lru_cache(maxsize=256)
def header_name(written: str) -> str:
    """The long form in lower case, "" for what can't be the name of a header field."""
    name = written.rstrip(" \t")
    return COMPACT.get(name.lower(), name.lower()) if TOKEN.fullmatch(name) else ""


def sound_reading(value: str) -> str:
    """The likeliest reading of a header's wire text in which every quoted string ends; else the wire text itself."""
    if value.isascii():
        return value
    for reading in readings(value):
        with suppress(PeerError):
            split_list(reading, ",")
            return reading
    return value


def parse_via(value: str) -> Via:
    """Read the first Via of a header line (RFC 3261 section 20.42); PeerError 400."""
    first = split_list(value, ",")[0]
    match = _SENT_PROTOCOL.match(first)
    if match is None:
        raise PeerError("malformed Via", 400)
    port = parse_number(match[3], 65535) if match[3] else None
    return Via(match[1].upper(), match[2], port, parse_params(first[match.end() :]))


def parse_name_addr(value: str) -> NameAddr:
    """Read name-addr or addr-spec with its parameters (RFC 3261 section 20.10); PeerError 400."""
    text = sound_reading(value).strip()
    name_end = end_of_quoted(text, 0) + 1 if text.startswith('"') else 0
    opening = text.find("<", name_end)
    if opening < 0:
        if name_end:
            raise PeerError("a display name without an address", 400)
        spec, semicolon, params = text.partition(";")
        return NameAddr("", parse_uri(spec.strip()), parse_params(semicolon + params))
    closing = end_of_angled(text, opening)
    display = unquote(text[:opening].strip())
    return NameAddr(display, parse_uri(text[opening + 1 : closing]), parse_params(text[closing + 1 :]))


def parse_name_addrs(headers: Headers, name: str) -> list[NameAddr]:
    """The addresses of a header that only informs (PAI, Diversion, Contact…), up to the first broken one."""
    found = []
    with suppress(PeerError):
        for item in headers.items(name):
            found.append(parse_name_addr(item))
    return found


def parse_cseq(value: str) -> tuple[int, str]:
    """Read `number method`; the number is below 2**31 (RFC 3261 section 8.1.1.5). PeerError 400."""
    number, *method = re.split(r"[ \t]+", value)
    if len(method) != 1 or not TOKEN.fullmatch(method[0]):
        raise PeerError("malformed CSeq", 400)
    return parse_number(number, 2**31 - 1), method[0]


def parse_reasons(headers: Headers) -> list[tuple[str, int]]:
    """The `protocol, cause` pairs of every Reason header (RFC 3326), protocol in upper case; broken ones left out."""
    found = []
    for value in headers.all("reason"):
        with suppress(PeerError):
            for item in split_list(sound_reading(value), ","):
                with suppress(PeerError):
                    found.append(_parse_reason(item))
    return found


def _parse_reason(item: str) -> tuple[str, int]:
    protocol, semicolon, params = item.partition(";")
    cause = param(parse_params(semicolon + params), "cause")
    return protocol.strip().upper(), parse_number(cause or "", 999)
