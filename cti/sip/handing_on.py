"""Handing a call on by REFER (RFC 3515): the URI that says to whom, and what the other side tells. No clock here."""

import re
from urllib.parse import quote

from cti.sip.dialog_ends import DialogEnds
from cti.sip.message import Request

RINGS = 180
ACCEPTED = 202  # asked for: what comes of it is told by NOTIFYs
_STATUS_LINE = re.compile(rb"SIP/2\.0 ([1-6][0-9]{2})(?: |\r|\n|$)")


def user_part(number: str) -> str:
    """Digits, `*`, `#` and `+` as the user of a SIP URI."""
    return number.replace("#", "%23")


def refer_to(number: str, server: str, replaces: DialogEnds | None = None) -> str:
    """Whom to call in our place; `replaces` is our own call with him, which that one takes over (RFC 3891)."""
    uri = f"sip:{user_part(number)}@{server}"
    if replaces is None:
        return uri
    dialog = f"{replaces.call_id};to-tag={replaces.remote_tag};from-tag={replaces.local_tag}"
    return f"{uri}?Replaces={quote(dialog, safe='')}"


def status_told(notify: Request) -> int:
    """The status of the other side's own call, from a message/sipfrag; 0 if it is about something else."""
    event = (notify.headers.get("event") or "").partition(";")[0].strip().lower()
    found = _STATUS_LINE.match(notify.body) if event == "refer" else None
    return int(found[1]) if found is not None else 0
