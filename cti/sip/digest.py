"""Digest credentials (RFC 2617, RFC 7616, RFC 8760): MD5, MD5-sess and SHA-256 with qop=auth or none.

SHA-256 is taken before MD5 whatever the order of the challenges.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from cti.errors import PeerError
from cti.sip.grammar import Params, param, quote, split_list, unquote
from cti.sip.headers import Headers

PREFERENCE = ("SHA-256", "SHA-256-SESS", "MD5-SESS", "MD5")
_ANSWERS = {401: ("www-authenticate", "Authorization"), 407: ("proxy-authenticate", "Proxy-Authorization")}
_SCHEME = re.compile(r"digest\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a 401 or 407 asks for; `field` is the header that answers it."""

    realm: str
    nonce: str
    algorithm: str
    opaque: str | None
    qop: str | None
    is_stale: bool
    field: str
    stated_algorithm: str | None


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who we say we are. Never logged: repr hides the secret."""

    username: str
    secret: str

    def __repr__(self) -> str:
        return f"Credentials({self.username!r})"


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a challenge: the nonce count and a client nonce for this request."""

    method: str
    uri: str
    count: int
    cnonce: str


def choose_challenge(status: int, headers: Headers) -> Challenge:
    """Take the strongest challenge that we can answer; PeerError if there is none."""
    asked, answer = _ANSWERS[status]
    found = [challenge for value in headers.all(asked) if (challenge := _parse_challenge(value, answer)) is not None]
    if not found:
        raise PeerError("no digest challenge that we can answer")
    return min(found, key=lambda challenge: PREFERENCE.index(challenge.algorithm))


def _parse_challenge(value: str, field: str) -> Challenge | None:
    scheme = _SCHEME.match(value)
    if scheme is None:
        return None
    params: Params = tuple(_split_pair(part) for part in split_list(value[scheme.end() :], ","))
    stated = param(params, "algorithm")
    algorithm = (stated or "MD5").upper()
    offered = [name.strip().lower() for name in (param(params, "qop") or "").split(",") if name.strip()]
    nonce = param(params, "nonce")
    if algorithm not in PREFERENCE or (offered and "auth" not in offered) or nonce is None:
        return None
    is_stale = (param(params, "stale") or "").lower() == "true"
    qop = "auth" if offered else None
    return Challenge(
        param(params, "realm") or "", nonce, algorithm, param(params, "opaque"), qop, is_stale, field, stated
    )


def _split_pair(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name.strip().lower(), unquote(value.strip())


def authorize(challenge: Challenge, credentials: Credentials, use: Use) -> tuple[str, str]:
    """The header (name, value) that answers a challenge for one request."""
    count = f"{use.count:08x}"
    fields = [
        ("username", quote(credentials.username)),
        ("realm", quote(challenge.realm)),
        ("nonce", quote(challenge.nonce)),
        ("uri", quote(use.uri)),
        ("response", quote(_response(challenge, credentials, use, count))),
    ]
    if challenge.stated_algorithm:
        fields.append(("algorithm", challenge.stated_algorithm))
    if challenge.qop:
        fields += [("qop", challenge.qop), ("nc", count)]
    if challenge.qop or challenge.algorithm.endswith("-SESS"):
        fields.append(("cnonce", quote(use.cnonce)))
    if challenge.opaque is not None:
        fields.append(("opaque", quote(challenge.opaque)))
    return challenge.field, "Digest " + ", ".join(f"{name}={value}" for name, value in fields)


def _response(challenge: Challenge, credentials: Credentials, use: Use, count: str) -> str:
    digest = _digester(challenge.algorithm)
    first = digest(f"{credentials.username}:{challenge.realm}:{credentials.secret}")
    if challenge.algorithm.endswith("-SESS"):
        first = digest(f"{first}:{challenge.nonce}:{use.cnonce}")
    second = digest(f"{use.method}:{use.uri}")
    if challenge.qop:
        return digest(f"{first}:{challenge.nonce}:{count}:{use.cnonce}:{challenge.qop}:{second}")
    return digest(f"{first}:{challenge.nonce}:{second}")


def _digester(algorithm: str) -> Callable[[str], str]:
    name = "sha256" if algorithm.startswith("SHA-256") else "md5"  # MD5 is what most PBXs still ask for
    return lambda text: hashlib.new(name, text.encode("utf-8", "surrogateescape"), usedforsecurity=False).hexdigest()
