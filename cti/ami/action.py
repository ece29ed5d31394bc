"""What we may ask of the PBX, as bytes that no value can break."""

import re
from collections.abc import Sequence

from cti.wire_text import encode

HEARS = frozenset({"Challenge", "Login", "Logoff", "Ping", "CoreSettings", "Getvar", "Status", "QueueStatus"})
DOES = frozenset({"Originate", "Hangup", "BlindTransfer", "Atxfer", "CancelAtxfer"})
ACTIONS = HEARS | DOES
_KEY = re.compile("[A-Za-z]+", re.ASCII)
_BREAKS = re.compile("[\r\n\0]")

Fields = Sequence[tuple[str, str]]


def compose(action: str, fields: Fields = ()) -> bytes:
    """ValueError for an action that is none of ours, and for a value that would begin a line of its own."""
    if action not in ACTIONS:
        raise ValueError(f"not an action of ours: {action!r}")
    return b"".join(_line(key, value) for key, value in (("Action", action), *fields)) + b"\r\n"


def _line(key: str, value: str) -> bytes:
    if _KEY.fullmatch(key) is None:
        raise ValueError(f"not a key: {key!r}")
    if _BREAKS.search(value):
        raise ValueError(f"a line break in {key}")
    return encode(f"{key}: {value}\r\n")
