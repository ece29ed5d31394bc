"""Rings listeners and times their 180: a process of its own, so that no listener shares its interpreter.

One round per line of stdin, as JSON: {"target": [host, port], "user": …, "numbers": […], "calls": n, "pace": seconds};
one answer per line of stdout: {"ms": [INVITE sent → 180 received, …], "lost": calls without a 180}.
"""

import json
import socket
import sys
import time
from collections.abc import Sequence
from itertools import count

from bench.sip_text import Dialling, call_of, status_of, to_of

_PATIENCE = 2.0  # seconds for an answer on loopback

Address = tuple[str, int]


class Caller:
    """One socket; one call after the other, each seen through to its ACK."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._here = "{}:{}".format(*self._socket.getsockname())
        self._calls = count()

    def close(self) -> None:
        self._socket.close()

    def round(self, target: Address, user: str, numbers: Sequence[str], calls: int, pace: float) -> dict[str, object]:
        """`calls` of them, with `pace` seconds of rest before each."""
        took = []
        for given in range(calls):
            if pace:
                time.sleep(pace)
            number = numbers[given % len(numbers)]
            took.append(self._ring(Dialling(f"ring-{next(self._calls)}", number, user, self._here), target))
        return {"ms": [one for one in took if one is not None], "lost": took.count(None)}

    def _ring(self, call: Dialling, target: Address) -> float | None:
        invite, cancel = call.request("INVITE"), call.request("CANCEL")
        sent_ns = time.monotonic_ns()
        self._socket.sendto(invite, target)
        ringing = self._hear(call.call, range(180, 181))
        heard_ns = time.monotonic_ns()
        self._socket.sendto(cancel, target)
        final = self._hear(call.call, range(300, 700))
        if final is not None:
            self._socket.sendto(call.request("ACK", to_of(final)), target)
        return None if ringing is None else (heard_ns - sent_ns) / 1e6

    def _hear(self, call: str, wanted: range) -> bytes | None:
        until = time.monotonic() + _PATIENCE
        while (left := until - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                data = self._socket.recv(65_535)
            except TimeoutError:
                break
            if status_of(data) in wanted and call_of(data) == call:
                return data
        return None


def main() -> None:
    """Until stdin ends."""
    caller = Caller()
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(caller.round(**asked | {"target": tuple(asked["target"])})), flush=True)


if __name__ == "__main__":
    main()
