"""Requests as bytes, for tests without a socket."""

from datetime import UTC, datetime

from cti.push.call_state import Moment

AT = datetime(2026, 11, 21, 5, 3, 22, tzinfo=UTC)
MOMENT = Moment(AT, 0.0, 0)
SECRET = "t0ken-of-the-pbx"
BODY = b'{"event":"newCall","from":"0312345678","to":"0666661111","direction":"in","callId":"c-1","user":["Sato"]}'


def post(body: bytes, kind: bytes = b"application/json", path: bytes = b"/api/v1/cti/" + SECRET.encode()) -> bytes:
    """A request that is understood."""
    head = b"POST " + path + b" HTTP/1.1\r\nHost: h\r\nContent-Type: " + kind
    return head + b"\r\nContent-Length: " + str(len(body)).encode() + b"\r\n\r\n" + body
