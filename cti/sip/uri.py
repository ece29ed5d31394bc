"""SIP, SIPS and tel URIs (RFC 3261 section 19.1, RFC 3966); any other scheme stays opaque."""

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from cti.errors import PeerError
from cti.sip.grammar import Params, decode, encode, param, parse_number

# Three colons in a row and worse are tolerated inside brackets: RFC 5118 section 4.10.
_HOST_PORT = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._\-]+)(?::([0-9]{1,5}))?")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):(.+)", re.DOTALL)
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Uri:
    """`user` has its %-escapes decoded once; it keeps its own ";…" parameters, which belong to the user part."""

    scheme: str
    user: str
    host: str
    port: int | None = None
    params: Params = ()
    headers: str = ""

    @property
    def is_telephony(self) -> bool:
        return self.scheme in {"sip", "sips", "tel"}

    @property
    def number(self) -> str:
        """The number or name that was dialled or calls, without ";npdi" and its like; "" for an opaque URI."""
        if self.scheme == "tel":
            return _in_context(self.user, param(self.params, "phone-context") or "")
        number, _, parameters = self.user.partition(";")
        context = re.search(r"(?:^|;)phone-context=([^;]+)", parameters, re.IGNORECASE)
        return _in_context(number, context[1] if context else "")


def parse_uri(text: str) -> Uri:
    """Read one URI without angle brackets; PeerError 400 if it is none."""
    match = _SCHEME.fullmatch(text)
    if match is None or _SPACE.search(text):
        raise PeerError("malformed URI", 400)
    scheme = match[1].lower()
    if scheme in {"sip", "sips"}:
        return _parse_sip(scheme, match[2])
    if scheme == "tel":
        subscriber, *params = match[2].split(";")
        return Uri("tel", _unescape(subscriber), "", params=_loose_params(params))
    return Uri(scheme, "", "")


def _parse_sip(scheme: str, rest: str) -> Uri:
    userinfo, at, after = rest.rpartition("@")
    host_port, _, headers = after.partition("?")
    host_port, *params = host_port.split(";")
    match = _HOST_PORT.fullmatch(host_port)
    if match is None or (at and not userinfo) or "@" in userinfo:
        raise PeerError("malformed SIP URI", 400)
    port = parse_number(match[2], 65535) if match[2] else None
    user = _unescape(userinfo.partition(":")[0])
    return Uri(scheme, user, match[1], port, _loose_params(params), headers)


def _loose_params(params: list[str]) -> Params:
    """Parameters of a URI never decide anything here but phone-context, so odd ones are kept, not refused."""
    pairs = (part.partition("=") for part in params)
    return tuple((_unescape(name).lower(), _unescape(value)) for name, _, value in pairs)


def _unescape(text: str) -> str:
    return decode(unquote_to_bytes(encode(text)))


def _in_context(number: str, context: str) -> str:
    """A local number inside a global context ("+81") as a global one; RFC 3966 section 5.1.5."""
    if not context.startswith("+") or number.startswith("+"):
        return number
    return context + number.removeprefix("0")
