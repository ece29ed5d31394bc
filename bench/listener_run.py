"""The listener alone, as the program runs it but with nobody to tell: prints its port and rings until stdin ends."""

import json
import sys
from threading import Event

from bench.ring_servers import BACK_TO_BACK
from cti.events import CallEvent, SourceChanged, SourceState
from cti.listener import Listener
from cti.sip.settings import SipSettings
from cti.sip.source import SipSource


def main() -> None:
    """answer = "ring", register = false, loopback trusted."""
    settings = SipSettings(
        "bench",
        bind="127.0.0.1:0",
        allow=("127.0.0.1",),
        register=False,
        answer="ring",
        calls_per_second=BACK_TO_BACK,
    )
    source, listening = SipSource(settings, lambda: None), Event()

    def heard(event: CallEvent) -> None:
        if isinstance(event, SourceChanged) and event.state is SourceState.LISTENING:
            listening.set()

    listener = Listener([source], heard)
    listener.start()
    listening.wait()
    assert source.bound_address is not None
    print(json.dumps({"port": source.bound_address[1]}), flush=True)
    sys.stdin.read()
    listener.stop()


if __name__ == "__main__":
    main()
