"""Who may push: whoever knows the secret, as the last word of the path or by signing what he sends.

The signature is the header `X-Omote-Signature: t=SECONDS,v1=HEX`: HMAC-SHA-256 of `SECONDS.BODY`, SECONDS since 1970.
"""

import hashlib
import hmac
import re
from urllib.parse import unquote_to_bytes

from cti.push.settings import PATH

HEADER = b"x-omote-signature"
TOLERANCE = 300  # seconds that two clocks may differ
_SIGNATURE = re.compile(rb"t=([0-9]{1,15}),v1=([0-9a-fA-F]{64})")


def is_our_path(target: bytes) -> bool:
    """Whether it is meant for us at all. Parameters behind "?" are refused: they would stand in logs."""
    ours = PATH.encode()
    return b"?" not in target and (target == ours or target.startswith(ours + b"/"))


def has_token(target: bytes, secret: str) -> bool:
    """The last word of the path is the secret."""
    token = unquote_to_bytes(target.removeprefix(PATH.encode()).strip(b"/"))
    return hmac.compare_digest(token, secret.encode())


def is_signed(signature: bytes, body: bytes, secret: str, wall: float) -> bool:
    """The signature is of this body, made with the secret, and not old; `wall` is seconds since 1970."""
    found = _SIGNATURE.fullmatch(signature.strip())
    if found is None or abs(wall - int(found[1])) > TOLERANCE:
        return False
    made = hmac.new(secret.encode(), found[1] + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(made.encode(), found[2].lower())
