"""Sends one burst of INVITEs, each a call of its own, as fast as Python can, and an OPTIONS behind it.

Whoever answers in the order of coming has worked the burst off when the OPTIONS is answered. JSON on stdout.
"""

import json
import secrets
import socket
import sys
import time

from bench.sip_text import Dialling, call_of, status_of

_PATIENCE = 30.0  # seconds


def main(host: str, port: str, calls: str) -> None:
    """The calls come from numbers that nobody has."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as burst:
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
        while (status_of(data := burst.recv(65_535)), call_of(data)) != (200, last):
            pass
        worked_off = time.monotonic() - started
    told = {
        "calls": int(calls),
        "bytes": len(made[0]),
        "per_second": int(calls) / took,
        "worked_off_ms": worked_off * 1e3,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
