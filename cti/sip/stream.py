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
        if self.is_broken:
            return  # TLS brings what still comes until the other end agrees to close
        self._data += data
        while not self.is_broken and (message := self._cut()) is not None:
            yield message

    def _cut(self) -> bytes | None:
        if self._needed is None:
            self._skip_between()
            if self._data.startswith(PING):
                return self._take(len(PING))
            if not _may_be_stun(self._data):
                self._find_end()
        if self._needed is None or len(self._data) < self._needed:
            return None
        return self._take(self._needed)

    def _skip_between(self) -> None:
        """A lone line end is somebody's pong; STUN begins with a byte that no message begins with."""
        while size := self._size_of_pong() or self._size_of_stun():
            del self._data[:size]

    def _size_of_pong(self) -> int:
        """One byte of a line end, unless that is or may become a ping."""
        is_line_end = self._data.startswith((b"\r", b"\n"))
        is_ping = self._data.startswith(PING) or PING.startswith(self._data)
        return int(is_line_end and not is_ping)

    def _size_of_stun(self) -> int:
        """Of a whole message of STUN, which some use to keep their way open."""
        if len(self._data) < _STUN_HEAD or not _may_be_stun(self._data):
            return 0
        size = _STUN_HEAD + int.from_bytes(self._data[2:4])
        return size if len(self._data) >= size else 0

    def _find_end(self) -> None:
        end = self._data.find(_END_OF_HEAD, max(0, self._searched - 3))
        self._searched = len(self._data)
        head_end = end + len(_END_OF_HEAD) if end >= 0 else len(self._data)
        if head_end > MAX_MESSAGE or not self._may_begin_message():
            self.is_broken = True
        elif end >= 0:
            self._measure(head_end)

    def _may_begin_message(self) -> bool:
        """A first line that is none of SIP's never becomes a message, however long we wait."""
        line_end = self._data.find(b"\r\n")
        return line_end <= 0 or _START.match(self._data, 0, line_end) is not None

    def _measure(self, head_end: int) -> None:
        """A head whose length is wrong is handed on alone, so that it can be answered, and is the last one."""
        length = _content_length(bytes(self._data[:head_end]))
        if length is None or head_end + length > MAX_MESSAGE:
            length, self.is_broken = 0, True
        self._needed = head_end + length

    def _take(self, size: int) -> bytes:
        taken = bytes(self._data[:size])
        del self._data[:size]
        self._searched, self._needed = 0, None
        return taken


def is_stun(data: bytes) -> bool:
    """Whether a datagram is one of STUN."""
    return len(data) >= _STUN_HEAD and _may_be_stun(data)


def _may_be_stun(data: bytes | bytearray) -> bool:
    """As far as it can be seen by now."""
    return data.startswith((b"\0", b"\1")) and _STUN_COOKIE.startswith(data[4:8])


def _content_length(head: bytes) -> int | None:
    """0 if it is not said, None if it is said wrongly or twice."""
    stated = [value.strip(b" \t") for value in _LENGTH.findall(head)]
    if not stated:
        return 0
    if len(stated) > 1 or not re.fullmatch(rb"[0-9]{1,5}", stated[0]):
        return None
    return int(stated[0])
