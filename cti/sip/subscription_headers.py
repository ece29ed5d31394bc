"""The header fields of RFC 6665 that a subscriber reads; what only hints is passed over when it is broken."""

import re

from cti.errors import PeerError
from cti.sip.grammar import Params, parse_params
from cti.sip.headers import Headers

EVENT = "dialog"  # the package of RFC 4235
LONGEST_REST = 3600.0  # seconds that a peer may send us away
_LEADING_DIGITS = re.compile(r"[0-9]{1,10}")


def check_event(headers: Headers) -> None:
    """PeerError 489 for another event package than ours."""
    if (headers.get("event") or "").partition(";")[0].strip().lower() != EVENT:
        raise PeerError("not an event that we subscribed to", 489)


def read_subscription_state(headers: Headers) -> tuple[str, Params]:
    """`active`, `pending`, `terminated` or a word of somebody's own, and its parameters. PeerError 400."""
    word, semicolon, params = (headers.get("subscription-state") or "").partition(";")
    if not word.strip():
        raise PeerError("no Subscription-State", 400)
    return word.strip().lower(), parse_params(semicolon + params)


def read_rest(stated: str | None) -> float | None:
    """Seconds of a Retry-After or retry-after, whatever comment follows; None if none are stated."""
    digits = _LEADING_DIGITS.match((stated or "").strip())
    return min(float(digits[0]), LONGEST_REST) if digits else None
