"""What lets somebody in, cut out of header fields: credentials, challenges, tokens, passwords in addresses.

What stays is as well formed as before.
"""

import re

from cti.errors import PeerError
from cti.sip.grammar import split_list

CUT = "cut"
_DIGEST_FIELDS = frozenset({
    "authorization", "proxy-authorization", "www-authenticate", "proxy-authenticate",
    "authentication-info", "proxy-authentication-info",
})  # fmt: skip
_SCHEMES = {"basic", "bearer", "ntlm", "negotiate"}
_HARMLESS = frozenset({"realm", "algorithm", "qop", "stale", "username", "nc", "charset"})
_TOKEN_FIELD = re.compile(r"auth|token|secret|passw|cookie|api-?key")
_PASSWORD = re.compile(r"""(sips?:[^\s@:<>"\[]*):[^\s@<>"]*@""", re.IGNORECASE)
_URI_HEADERS = re.compile(r"""((?:sips?|tel):[^\s?<>"]*\?)([^\s<>"]*)""", re.IGNORECASE)
_HARMLESS_URI_HEADERS = ("privacy", "reason")


def without_secrets(name: str, value: str) -> str:
    """The value of the header `name` (in lower case), its secrets replaced."""
    if name in _DIGEST_FIELDS:
        return _digest(value)
    if name == "identity" or _TOKEN_FIELD.search(name):  # the token of RFC 8224 holds both numbers once more
        return CUT
    return without_passwords(value)


def without_passwords(text: str) -> str:
    """Text in which no URI carries a password any more, nor header fields that say more than why."""
    return _URI_HEADERS.sub(_uri_headers, _PASSWORD.sub(rf"\1:{CUT}@", text))


def _uri_headers(found: "re.Match[str]") -> str:
    parts = found[2].split("&")
    return found[1] + "&".join(part if part.lower().startswith(_HARMLESS_URI_HEADERS) else CUT for part in parts)


def _digest(value: str) -> str:
    scheme, _, rest = value.partition(" ")
    if scheme.lower() != "digest":
        return f"{scheme} {CUT}" if scheme.lower() in _SCHEMES else CUT
    try:
        return f"{scheme} " + ", ".join(map(_param, split_list(rest, ",")))
    except PeerError:
        return f"{scheme} {CUT}"


def _param(part: str) -> str:
    name = part.partition("=")[0].strip()
    return part if name.lower() in _HARMLESS else f'{name}="{CUT}"'
