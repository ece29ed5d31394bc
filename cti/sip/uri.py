"""SIP, SIPS and tel URIs (RFC 3261 section 19.1, RFC 3966); any other scheme stays opaque."""

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from cti.errors import PeerError
from cti.sip.grammar import Params, param, parse_number
from cti.wire_text import decode, encode

# Three colons in a row and worse are tolerated inside brackets: RFC 5118 section 4.10.
_SIP = re.compile(
    r"([Ss][Ii][Pp][Ss]?):(?:([^\s@]*)@)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._\-]+)(?::([0-9]{1,5}))?"
    r"((?:;[^\s@?]*)?)(?:\?([^\s@]*))?"
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):(.+)", re.DOTALL)
_FIELDS = re.compile("[&?]")  # "?" a second time is wrong, and copied from the examples of RFC 6044
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Uri:
    """`user` has its %-escapes decoded once; it keeps its own ";…" parameters, which belong to the user part.

    `user_params` are those that the sender of the URI wrote: an escaped ";" comes from whoever chose the user.
    """

    scheme: str
    user: str
    host: str
    port: int | None = None
    params: Params = ()
    headers: Params = ()
    user_params: Params = ()

    @property
    def is_telephony(self) -> bool:
        return self.scheme in {"sip", "sips", "tel"}

    @property
    def number(self) -> str:
        """The number or name that was dialled or calls, without ";npdi" and its like; "" for an opaque URI."""
        return _in_context(self.user.partition(";")[0], self.number_param("phone-context") or "")

    def number_param(self, name: str) -> str | None:
        """A parameter of the number itself: a tel: URI has it, a sip: URI in its user part (RFC 3261 19.1.6)."""
        return param(self.params if self.scheme == "tel" else self.user_params, name)


def parse_uri(text: str) -> Uri:
    """Read one URI without angle brackets; PeerError 400 if it is none."""
    if (sip := _SIP.fullmatch(text)) is not None:
        return _sip_uri(sip)
    match = _SCHEME.fullmatch(text)
    if match is None or _SPACE.search(text) or (scheme := match[1].lower()) in {"sip", "sips"}:
        raise PeerError("malformed URI", 400)
    if scheme == "tel":
        number, _, headers = match[2].partition("?")  # not in RFC 3966; seen with ?Privacy= in History-Info
        subscriber, *params = number.split(";")
        return Uri("tel", _unescape(subscriber), "", None, _loose_params(params), _loose_params(_FIELDS.split(headers)))
    return Uri(scheme, "", "")


def _sip_uri(match: re.Match[str]) -> Uri:
    scheme, userinfo, host, port, params, headers = match.groups()
    user = (userinfo or "").partition(":")[0]
    return Uri(
        scheme.lower(),
        _unescape(user),
        host,
        parse_number(port, 65535) if port else None,
        _loose_params(params.split(";")) if params else (),
        _loose_params(_FIELDS.split(headers)) if headers else (),
        _loose_params(user.split(";")[1:]) if ";" in user else (),
    )


def _loose_params(params: list[str]) -> Params:
    """Parameters and header fields of a URI may be odd: they are kept, not refused."""
    if not any(params):
        return ()
    pairs = (part.partition("=") for part in params if part)
    return tuple((_unescape(name).lower(), _unescape(value)) for name, _, value in pairs)


def _unescape(text: str) -> str:
    return decode(unquote_to_bytes(encode(text))) if "%" in text else text


def _in_context(number: str, context: str) -> str:
    """A local number inside a global context ("+81") as a global one; RFC 3966 section 5.1.5."""
    if not context.startswith("+") or number.startswith("+") or number.isalpha():
        return number
    return context + number.removeprefix("0")
