"""A telephone system of its own, in a process of its own: writes SIP by hand and shares nothing with what it measures.

Runs one command per line of stdin (JSON, see `_COMMANDS`), strictly in order; says on stdout when one is done, and
notes in the log when each INVITE left: {"call": …, "sent_ns": …} by time.monotonic_ns(), which all processes share.
"""

import json
import re
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Address = tuple[str, int]

_PATIENCE = 5.0  # seconds for an answer on loopback
_SDP = (
    "v=0\r\no=- 20 20 IN IP4 127.0.0.1\r\ns=call\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 18000 RTP/AVP 0 8 101\r\n"
    "a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n"
    "a=sendrecv\r\n"
)


class Peer:
    """One socket: places calls at `target`, and answers REGISTER with 200 when asked to."""

    def __init__(self, target: Address | None, log: Path) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._target = target
        self._log = log.open("a", encoding="utf-8", buffering=1)
        self._numbers: dict[str, str] = {}

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    def ring(self, call: str, number: str, after: float) -> None:
        """Send an INVITE `after` seconds from now."""
        assert self._target is not None, "nobody to call: register first"
        self._numbers[call] = number
        data = self._request("INVITE", call)
        time.sleep(after)
        sent_ns = time.monotonic_ns()
        self._socket.sendto(data, self._target)
        self._log.write(json.dumps({"call": call, "sent_ns": sent_ns}) + "\n")

    def cancel(self, call: str) -> None:
        """Take the call back and see it through: 200 for the CANCEL, 487 for the INVITE, our ACK."""
        self._send(self._request("CANCEL", call))
        self.see_off(call)

    def see_off(self, call: str) -> None:
        """Wait for the final answer to the INVITE and acknowledge it."""
        answer = self._hear(rf"SIP/2\.0 [3-6]\d\d .*^Call-ID: *{re.escape(call)}\r.*^CSeq: *1 INVITE\r")
        self._send(self._request("ACK", call, _field(answer, "To")))

    def register(self) -> None:
        """Let one phone register (or leave) with no questions asked; from then on it is the target."""
        text = self._hear(r"REGISTER ")
        self._target = self._last_peer
        copied = "".join(f"{name}: {_field(text, name)}\r\n" for name in ("Via", "From", "Call-ID", "CSeq", "Contact"))
        self._send(f"SIP/2.0 200 OK\r\n{copied}To: {_field(text, 'To')};tag=r\r\nContent-Length: 0\r\n\r\n".encode())

    def _send(self, data: bytes) -> None:
        assert self._target is not None
        self._socket.sendto(data, self._target)

    def _hear(self, pattern: str) -> str:
        """The next datagram that fits; TimeoutError when none comes."""
        until = time.monotonic() + _PATIENCE
        while True:
            self._socket.settimeout(max(0.001, until - time.monotonic()))
            data, self._last_peer = self._socket.recvfrom(65_535)
            text = data.decode("utf-8", "replace")
            if re.match(pattern, text, re.DOTALL | re.MULTILINE):
                return text

    def _request(self, method: str, call: str, to: str = "<sip:0312345678@omote.example>") -> bytes:
        here, number = f"127.0.0.1:{self.port}", self._numbers[call]
        body = _SDP if method == "INVITE" else ""
        kind = f"Contact: <sip:pbx@{here}>\r\nContent-Type: application/sdp\r\n" if body else ""
        return (
            f"{method} sip:0312345678@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {here};branch=z9hG4bK-{call};rport\r\n"
            f"Max-Forwards: 70\r\nFrom: <sip:{number}@{here}>;tag=pbx-{call}\r\nTo: {to}\r\nCall-ID: {call}\r\n"
            f"CSeq: 1 {method}\r\n{kind}User-Agent: bench\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


def _field(text: str, name: str) -> str:
    found = re.search(rf"^{name}: *(.*?)\r$", text, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else ""


_COMMANDS: dict[str, Callable[..., None]] = {
    "ring": Peer.ring,
    "cancel": Peer.cancel,
    "see_off": Peer.see_off,
    "register": Peer.register,
}


def main(log: str, target: str = "") -> None:
    """`target` is host:port, or nothing for a peer that waits for a phone to register."""
    host, _, port = target.partition(":")
    peer = Peer((host, int(port)) if target else None, Path(log))
    print(json.dumps({"port": peer.port}), flush=True)
    for line in sys.stdin:
        command: dict[str, Any] = json.loads(line)
        _COMMANDS[command.pop("do")](peer, **command)
        print(json.dumps({"done": True}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
