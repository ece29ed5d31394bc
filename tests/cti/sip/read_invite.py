"""An INVITE that has been read, for tests of what it says."""

from cti.sip.message import Request, parse_message
from tests.fakes.sip_peer import invite


def request(extra: str = "", caller: str = '"Tanaka" <sip:0312345678@x>', **more: str) -> Request:
    message = parse_message(invite("a", caller=caller, extra=extra, **more))  # type: ignore[arg-type]
    assert isinstance(message, Request)
    return message
