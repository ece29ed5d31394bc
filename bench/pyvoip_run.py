"""pyVoIP's own way from an INVITE to the user's callback, with its real VoIPPhone registered at the peer."""

import json
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Any

import pyVoIP.VoIP  # first: importing pyVoIP.SIP first fails

from bench.peer_process import PeerProcess

_SETTLES = 1.3  # seconds until its receive loop runs, which starts a second after registering
_PATIENCE = 10.0


class Phone:
    """Denies every call as soon as the callback comes."""

    def __init__(self, server_port: int) -> None:
        self.heard_ns: dict[str, int] = {}
        self.rang = Event()
        # sipPort 0: the system chooses, as for everything else here
        self.phone = pyVoIP.VoIP.VoIPPhone("127.0.0.1", server_port, "bench", "secret", "127.0.0.1", self._called, 0)

    def _called(self, call: Any) -> None:
        self.heard_ns[call.call_id] = time.monotonic_ns()
        self.rang.set()
        with suppress(AttributeError):  # 1.6.8 stops RTP clients that it never started; the 486 is out by then
            call.deny()


def main(folder: str, calls: str) -> None:
    """JSON on stdout: per call, microseconds from the peer's send to the callback."""
    with PeerProcess(Path(folder)) as peer:
        phone = Phone(peer.port)
        peer.tell("register")
        phone.phone.start()
        peer.wait()
        time.sleep(_SETTLES)
        for given in range(int(calls)):
            call = f"pyvoip-{given}"
            phone.rang.clear()
            peer.tell("ring", call=call, number="+81312345678", after=0.1)
            peer.tell("see_off", call=call)
            if not phone.rang.wait(_PATIENCE):
                raise RuntimeError("pyVoIP did not report the call")
            peer.wait(2)
        peer.tell("register")
        phone.phone.stop()
        sent = peer.sent_ns()
    print(json.dumps([{"call": call, "us": {"callback": (at - sent[call]) // 1000}}
                      for call, at in phone.heard_ns.items()]))  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
