"""Sends one burst of INVITEs, each a call of its own, as fast as Python can, and an OPTIONS behind it.

The burst is worked off when the OPTIONS and every call is answered, or when nothing more comes. JSON on stdout.
"""

import json
import secrets
import socket
import sys
import time
from contextlib import suppress

from bench.sip_text import Dialling, call_of, status_of

_PATIENCE = 30.0  # seconds for the OPTIONS
_QUIET = 2.0  # seconds without an answer
_RCVBUFFORCE, _ROOM = 33, 32 * 1024 * 1024  # what comes back must not be lost here; root alone may say so


def main(host: str, port: str, calls: str) -> None:
    """The calls come from numbers that nobody has."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as burst:
        with suppress(PermissionError):
            burst.setsockopt(socket.SOL_SOCKET, _RCVBUFFORCE, _ROOM)
        burst.connect((host, int(port)))
        here, tag = "{}:{}".format(*burst.getsockname()), secrets.token_hex(4)
        made = [
            Dialling(f"burst-{tag}-{given}", f"+8100{given:08}", "0312345678", here).request("INVITE")
            for given in range(int(calls))
        ]
        burst.settimeout(_PATIENCE)
        send = burst.send
        started = time.monotonic()
        for data in made:
            send(data)
        took = time.monotonic() - started
        last = f"behind-{tag}"
        send(Dialling(last, "+81000000000", "0312345678", here).request("OPTIONS"))
        answered, worked_off = _hear(burst, last, int(calls), started)
    told = {
        "calls": int(calls),
        "bytes": len(made[0]),
        "per_second": int(calls) / took,
        "worked_off_ms": worked_off * 1e3,
        "answered": answered,
    }
    print(json.dumps(told))


def _hear(burst: socket.socket, last: str, calls: int, started: float) -> tuple[int, float]:
    """How many calls were answered, and the seconds from `started` to the last of all answers."""
    answered: set[str] = set()
    is_behind, at = False, started
    while not is_behind or len(answered) < calls:
        try:
            data = burst.recv(65_535)
        except TimeoutError:
            if not is_behind:
                raise
            break
        at, call = time.monotonic(), call_of(data)
        if call != last:
            answered.add(call)
        elif status_of(data) == 200:
            is_behind = True
            burst.settimeout(_QUIET)
    return len(answered), at - started


if __name__ == "__main__":
    main(*sys.argv[1:])
