"""Cuts AMI's stream into packets, in bounded memory.

Lines end with CR LF alone: a lone LF belongs to the value in which it stands.
"""

from cti.ami.packet import Packet
from cti.errors import PeerError
from cti.wire_text import decode

GREETING = b"Asterisk Call Manager"
LONGEST_GREETING = 256
LONGEST_LINE = 64 * 1024
LONGEST_PACKET = 1024 * 1024
_LINE, _END = b"\r\n", b"\r\n\r\n"


class Framing:
    """Bytes in, packets out. PeerError if what comes is no AMI, or longer than anything that AMI sends."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._searched = 0  # before here there is no end
        self.greeting: str | None = None

    def receive(self, data: bytes) -> list[Packet]:
        """What is whole now."""
        self._buffer += data
        if self.greeting is None and not self._read_greeting():
            return []
        packets = []
        while (end := self._buffer.find(_END, self._searched)) >= 0:
            block = bytes(self._buffer[:end]).removeprefix(_LINE)
            del self._buffer[: end + len(_END)]
            self._searched = 0
            _check(block)
            if block:
                packets.append(Packet(block))
        self._searched = max(0, len(self._buffer) - len(_END) + 1)
        if len(self._buffer) > LONGEST_LINE:
            _check(self._buffer)
        return packets

    def _read_greeting(self) -> bool:
        line, end, rest = self._buffer.partition(_LINE)
        known = min(len(line), len(GREETING))
        if bytes(line[:known]) != GREETING[:known] or len(line) > LONGEST_GREETING:
            raise PeerError("no AMI")
        if not end:
            return False
        self.greeting, self._buffer = decode(bytes(line)), rest
        return True


def _check(block: bytes | bytearray) -> None:
    if len(block) > LONGEST_PACKET:
        raise PeerError("a packet of more than 1 MB")
    if len(block) > LONGEST_LINE and max(map(len, block.split(_LINE))) > LONGEST_LINE:
        raise PeerError("a line of more than 64 kB")
