"""The early dialogs of a recording. Our To tags are others in each run: what came inside a dialog is led to ours."""

import re
from collections.abc import Iterable

from cti.errors import PeerError
from cti.sip.headers import parse_name_addr
from cti.sip.message import Request, Response, parse_message

_RINGING = b"SIP/2.0 18"  # 180 to 189 begin an early dialog (RFC 3261 section 12.1)
_Dialog = tuple[str, str]  # Call-ID and From tag


class RecordedTags:
    """`recorded` is what went out then, `sent` what goes out now."""

    def __init__(self, recorded: Iterable[bytes]) -> None:
        self._then: set[tuple[_Dialog, str]] = {found for data in recorded if (found := _begun(data)) is not None}
        self._now: dict[_Dialog, str] = {}

    def sent(self, data: bytes) -> None:
        """Remember our tag of a dialog that the recording has, too."""
        if self._then and (found := _begun(data)) is not None:
            dialog, self._now[dialog] = found[0], found[1]

    def lead(self, data: bytes) -> bytes:
        """The message with our tag in its To, if it came inside one of those dialogs."""
        if not self._now:
            return data
        try:
            request = parse_message(data)
        except PeerError:
            return data
        if not isinstance(request, Request):
            return data
        dialog = (request.call_id, request.sender.tag)
        if (dialog, request.to.tag) not in self._then or dialog not in self._now:
            return data
        return _with_tag(data, request.to.tag, self._now[dialog])


def _begun(data: bytes) -> tuple[_Dialog, str] | None:
    """The dialog that a 180 begins, and its To tag."""
    if not data.startswith(_RINGING):
        return None
    try:
        response = parse_message(data)
        assert isinstance(response, Response)
        sender, to = (parse_name_addr(response.headers.get(name) or "") for name in ("from", "to"))
    except PeerError:
        return None
    return ((response.call_id, sender.tag), to.tag) if to.tag else None


def _with_tag(data: bytes, then: str, now: str) -> bytes:
    to_tag = rb"(?im)^((?:To|t)[ \t]*:.*;[ \t]*tag[ \t]*=[ \t]*)" + re.escape(then.encode())
    return re.sub(to_tag, rb"\g<1>" + now.encode(), data, count=1)
