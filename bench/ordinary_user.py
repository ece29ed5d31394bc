"""Runs a module with no more room per socket than Linux grants an ordinary user, whatever this machine grants.

`python -m bench.ordinary_user BYTES MODULE ARGUMENTS…`; the program itself has no such switch.
"""

import runpy
import socket
import sys
from typing import Any

RMEM_MAX = 212_992  # bytes: net.core.rmem_max of a Linux that nobody has tuned


def grant_no_more_than(room: int) -> None:
    """As the kernel does: whoever asks for more gets so much, and no error."""
    grant = socket.socket.setsockopt

    def setsockopt(self: socket.socket, level: int, name: int, value: Any, *more: Any) -> None:
        is_room = (level, name) == (socket.SOL_SOCKET, socket.SO_RCVBUF)
        grant(self, level, name, min(value, room) if is_room else value, *more)

    socket.socket.setsockopt = setsockopt  # type: ignore[method-assign, assignment]


def main(room: str, module: str, *arguments: str) -> None:
    """`room` 0 leaves all as it is."""
    if int(room):
        grant_no_more_than(int(room))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
