"""A listener that is a program: `python -m tests.cti.sip.listening_process SERVER`; it writes each state it reports."""

import sys
import time

from cti.events import CallEvent, SourceChanged
from cti.listener import Listener
from cti.sip.settings import SipSettings
from cti.sip.source import SipSource


def report(event: CallEvent) -> None:
    if isinstance(event, SourceChanged):
        sys.stdout.write(f"{time.monotonic()} {event.state} {event.detail}\n")
        sys.stdout.flush()


def main(server: str) -> None:
    source = SipSource(SipSettings("desk phone", server=server, username="201"), lambda: "pw201")
    listener = Listener([source], report)
    listener.start()
    sys.stdin.read()
    listener.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
