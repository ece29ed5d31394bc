"""What no Python can beat: one thread, one socket, a regular expression; prints its port and rings until stdin ends."""

import json
import re
import socket
import sys
from threading import Thread

_COPIED = re.compile(rb"^(?:Via|From|To|Call-ID|CSeq): .*\r\n", re.MULTILINE)
_HEAD = {b"INVITE": b"SIP/2.0 180 Ringing\r\n", b"CANCEL": b"SIP/2.0 200 OK\r\n"}


def _ring(listening: socket.socket) -> None:
    while True:
        data, peer = listening.recvfrom(65_535)
        method, _space, _rest = data.partition(b" ")
        if method in _HEAD:
            copied = b"".join(_COPIED.findall(data))
            listening.sendto(_HEAD[method] + copied + b"Content-Length: 0\r\n\r\n", peer)
        if method == b"CANCEL":
            copied = copied.replace(b"1 CANCEL", b"1 INVITE")
            listening.sendto(b"SIP/2.0 487 Request Terminated\r\n" + copied + b"Content-Length: 0\r\n\r\n", peer)


def main() -> None:
    """In a thread beside the main one, as a listener in a program has it."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listening.bind(("127.0.0.1", 0))
    Thread(target=_ring, args=[listening], daemon=True).start()
    print(json.dumps({"port": listening.getsockname()[1]}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
