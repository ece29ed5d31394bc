"""Sends floods at a given pace and counts what comes back: a process of its own, where the PBX is.

One flood per line of stdin, as JSON (the fields of `Flood`); one answer per line of stdout.
"""

import json
import secrets
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.sip_text import Dialling, call_of, status_of

_RCVBUFFORCE = 33
_ROOM = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Flood:
    """`rate` per second; `what` is one of calls, copies (of one call) and options; `numbers` are taken in turn.

    A single `customer` rings among them, `customer_at` seconds after the start. It is over when no answer came for
    `quiet` seconds.
    """

    target: tuple[str, int]
    source: str
    what: str
    count: int
    rate: float
    numbers: tuple[str, ...]
    customer: str = ""
    customer_at: float = 0.0
    quiet: float = 2.0


class Sender:
    """One flood from one socket."""

    def __init__(self, flood: Flood) -> None:
        self._flood = flood
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, _RCVBUFFORCE, _ROOM)
        self._socket.bind((flood.source, 0))
        self._socket.connect(tuple(flood.target))
        self._here = "{}:{}".format(*self._socket.getsockname())
        self._tag = secrets.token_hex(4)
        self._answered: set[str] = set()
        self._bytes = 0
        self._last_heard = 0.0

    def run(self) -> dict[str, object]:
        """Send it all, wait until it is quiet, tell what came back."""
        before = _heard_by_kernel()
        took, customer_sent_ns = self._send()
        self._last_heard = max(self._last_heard, time.monotonic())
        while time.monotonic() < self._last_heard + self._flood.quiet:
            self._hear()
            time.sleep(0.01)
        self._socket.close()
        return {
            "sent": self._flood.count,
            "per_second": self._flood.count / took,
            "answered": len(self._answered),
            "bytes_back": self._bytes,
            "packets_back": _heard_by_kernel() - before,
            "customer_sent_ns": customer_sent_ns,
            "customer_call": self._customer().call,
        }

    def _send(self) -> tuple[float, int]:
        flood, customer_sent_ns = self._flood, 0
        started = time.monotonic()
        for given, data in enumerate(self._messages()):
            due = started + given / flood.rate
            while (now := time.monotonic()) < due:
                self._hear()
                time.sleep(min(0.001, due - now))
            if flood.customer and not customer_sent_ns and now >= started + flood.customer_at:
                invite = self._customer().request("INVITE")
                customer_sent_ns = time.monotonic_ns()
                self._socket.send(invite)
            self._socket.send(data)
            self._hear()
        return time.monotonic() - started, customer_sent_ns

    def _messages(self) -> Iterator[bytes]:
        flood = self._flood
        method = "OPTIONS" if flood.what == "options" else "INVITE"
        for given in range(flood.count):
            which = 0 if flood.what == "copies" else given
            number = flood.numbers[which % len(flood.numbers)]
            yield Dialling(f"{self._tag}-{which}", number, "0312345678", self._here).request(method)

    def _customer(self) -> Dialling:
        return Dialling(f"customer-{self._tag}", self._flood.customer, "0312345678", self._here)

    def _hear(self) -> None:
        while True:
            try:
                data = self._socket.recv(65_535, socket.MSG_DONTWAIT)
            except (BlockingIOError, ConnectionRefusedError):
                return
            self._bytes += len(data)
            self._last_heard = time.monotonic()
            if status_of(data) == 200 or self._flood.what != "options":
                self._answered.add(call_of(data))


def _heard_by_kernel() -> int:
    """UDP and ICMP packets that reached this namespace, whomever they were for."""
    lines = Path("/proc/self/net/snmp").read_text().splitlines()
    tables = {}
    for names, values in zip(lines[::2], lines[1::2], strict=True):
        tables[names.split(":")[0]] = dict(zip(names.split()[1:], map(int, values.split()[1:]), strict=True))
    return tables["Udp"]["InDatagrams"] + tables["Udp"]["NoPorts"] + tables["Icmp"]["InMsgs"]


def main() -> None:
    """Until stdin ends."""
    for line in sys.stdin:
        print(json.dumps(Sender(Flood(**json.loads(line))).run()), flush=True)


if __name__ == "__main__":
    main()
