"""What passes between us and the manager interface, packet by packet, for the trace of the wire.

AMI tells in clear who withholds his number, and no packet says that he does: so no number and no name of a party stays.
"""

import re
from datetime import UTC, datetime

from cti.address import Address
from cti.ami.framing import Framing
from cti.errors import PeerError
from cti.wire_message import Tap, Way, WireMessage
from cti.wire_text import decode

CUT = "cut"
_PLAIN = {
    "action", "actionid", "authtype", "bridgenumchannels", "cause", "cause-txt", "count", "desttype", "dialstatus",
    "event", "events", "holdtime", "isexternal", "message", "originalposition", "ping", "position", "privilege",
    "queue", "reason", "response", "result", "ringtime", "systemname", "talktime", "timestamp", "username", "variable",
    "wait",
}  # fmt: skip
_PLAIN_ENDS = ("channel", "channelstate", "channelstatedesc", "context", "exten", "priority")  # DestChannel…
_IDS = ("uniqueid", "linkedid")  # numbers, but of nobody
_SHOWN = re.compile("(allowed|prohib|unavailable)[a-z_]*")  # what Getvar says of a presentation
_OURS = re.compile("omote-[0-9a-f]{16}")  # an ActionID that we gave; another program's may be a number
_NUMBER = re.compile(r"\+?[0-9]{6,}")  # longer than an extension


def redacted(packet: bytes) -> str:
    """Its lines. What may be anybody's number or name is cut, and so is the proof that we know the password."""
    return "\r\n".join(_line(decode(line)) for line in packet.split(b"\r\n"))


def _line(line: str) -> str:
    key, colon, value = line.partition(": ")
    name = key.lower()
    if not colon:
        return CUT
    if name.endswith(_IDS) or (name == "value" and _SHOWN.fullmatch(value)) or _OURS.fullmatch(value):
        return line
    is_plain = name in _PLAIN or name.endswith(_PLAIN_ENDS) or value in {"", "<unknown>"}
    return f"{key}: {_NUMBER.sub(CUT, value) if is_plain else CUT}"


class Wire:
    """`tap` gets each whole packet of one connection."""

    def __init__(self, tap: Tap, source: str, peer: Address, transport: str) -> None:
        self._tap, self._source, self._peer, self._transport = tap, source, peer, transport
        self._framing = Framing()

    def heard(self, data: bytes) -> None:
        """What is whole now; of what is no AMI the session itself tells."""
        try:
            packets = self._framing.receive(data)
        except PeerError:
            return
        for packet in packets:
            self._pass_on(Way.IN, packet.raw)

    def sent(self, data: bytes) -> None:
        for packet in data.split(b"\r\n\r\n"):
            if packet:
                self._pass_on(Way.OUT, packet)

    def _pass_on(self, way: Way, data: bytes) -> None:
        self._tap(WireMessage(self._source, way, self._peer, self._transport, data, datetime.now(UTC)))
