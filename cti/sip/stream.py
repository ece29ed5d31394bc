"""Cuts the bytes of a TCP or TLS connection into SIP messages (RFC 3261 section 18.3). No socket and no clock here.

Two rules. A message ends where its Content-Length says; one without it has no body. What can't be cut ends the
connection, since nobody knows where the next message would begin: `is_broken` tells.
"""

import re
from collections.abc import Iterator

from cti.sip.message import MAX_MESSAGE

PING, PONG = b"\r\n\r\n", b"\r\n"  # RFC 5626 section 3.5.1
_END_OF_HEAD = b"\r\n\r\n"
_STUN_HEAD, _STUN_COOKIE = 20, b"\x21\x12\xa4\x42"  # RFC 8489 section 5
_LENGTH = re.compile(rb"\r\n(?:Content-Length|l)[ \t]*:[ \t\r\n]*([^\r\n]*)", re.IGNORECASE)
_START = re.compile(rb"SIP/[0-9]|[^\r\n]* SIP/[0-9]", re.IGNORECASE)


class StreamBuffer:
    """Bytes in, whole messages out; a PING between two messages comes out as it is, to be answered with a PONG."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._searched = 0
        self._needed: int | None = None  # the length of the message at the front, once its head is whole
        self.is_broken = False

    @property
    def has_begun(self) -> bool:
        """Whether a part of a message waits for its rest."""
        return bool(self._data.strip(b"\r\n"))

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Everything that is whole by now."""
        self._data += data
        while not self.is_broken and (message := self._cut()) is not None:
            yield message

    def _cut(self) -> bytes | None:
        if self._needed is None:
            if self._data.startswith(PING):
                return self._take(len(PING))
            self._skip_pong()
            self._skip_stun()
            self._find_end()
        if self._needed is None or len(self._data) < self._needed:
            return None
        return self._take(self._needed)

    def _skip_pong(self) -> None:
        """A lone line end is somebody's pong, unless it is the first half of a ping."""
        if not PING.startswith(self._data):
            del self._data[: len(self._data) - len(self._data.lstrip(b"\r\n"))]

    def _skip_stun(self) -> None:
        """Some keep their way open with STUN, which begins with a byte that no message begins with."""
        while is_stun(self._data):
            size = _STUN_HEAD + int.from_bytes(self._data[2:4])
            if len(self._data) < size:
                return
            del self._data[:size]

    def _find_end(self) -> None:
        end = self._data.find(_END_OF_HEAD, max(0, self._searched - 3))
        self._searched = len(self._data)
        if end >= 0:
            self._measure(end + len(_END_OF_HEAD))
        elif len(self._data) > MAX_MESSAGE or not self._may_begin_message():
            self.is_broken = True

    def _may_begin_message(self) -> bool:
        """A first line that is none of SIP's never becomes a message, however long we wait."""
        line, line_end, _ = self._data.partition(b"\r\n")
        return not line_end or not line or is_stun(self._data) or _START.match(line) is not None

    def _measure(self, head_end: int) -> None:
        """A head whose length is wrong is handed on alone, so that it can be answered, and is the last one."""
        length = _content_length(bytes(self._data[:head_end]))
        if length is None or head_end + length > MAX_MESSAGE or not self._may_begin_message():
            length, self.is_broken = 0, True
        self._needed = head_end + length

    def _take(self, size: int) -> bytes:
        taken = bytes(self._data[:size])
        del self._data[:size]
        self._searched, self._needed = 0, None
        return taken


def is_stun(data: bytes | bytearray) -> bool:
    return data[:1] in (b"\0", b"\1") and data[4:8] == _STUN_COOKIE


def _content_length(head: bytes) -> int | None:
    """0 if it is not said, None if it is said wrongly or twice."""
    stated = [value.strip(b" \t") for value in _LENGTH.findall(head)]
    if not stated:
        return 0
    if len(stated) > 1 or not re.fullmatch(rb"[0-9]{1,5}", stated[0]):
        return None
    return int(stated[0])
