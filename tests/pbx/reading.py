"""Omote as a reader of the PBX's events for the operator of 201, as the documents set it up: the account "omote"."""

import queue
from pathlib import Path
from typing import Any

from cti.ami.settings import AmiSettings
from cti.ami.source import AmiSource
from cti.events import CallEvent, InQueue, QueuesSeen, SourceHeard, SourceState, SourceWarned
from cti.listener import Listener
from tests.pbx.asterisk import Asterisk
from tests.pbx.documented import source
from tests.pbx.listening import PASSWORD, DeskSource


class Reader(DeskSource):
    """`settings` change what the documents say."""

    def __init__(self, asterisk: Asterisk, secret: str = PASSWORD, **settings: Any) -> None:
        documented = source("pbx-asterisk.md", kind="ami")
        assert Path(documented["ca_file"]).name == asterisk.certificate.name
        documented |= {"server": asterisk.network.pbx, "ca_file": str(asterisk.certificate)}
        del documented["kind"]
        self.events: queue.Queue[CallEvent] = queue.Queue()
        self.source = AmiSource(AmiSettings(**(documented | settings)), lambda: secret)
        self.listener = Listener([self.source], self._take)
        self.warnings: queue.Queue[SourceWarned] = queue.Queue()
        self.waiting: tuple[InQueue, ...] | None = None
        self._asterisk = asterisk
        self._state = SourceState.STARTING

    def _take(self, event: CallEvent) -> None:
        """Signs of life come at any time."""
        if isinstance(event, SourceWarned):
            self.warnings.put(event)
        elif isinstance(event, QueuesSeen):
            self.waiting = event.waiting
        elif not isinstance(event, SourceHeard):
            self.events.put(event)

    def __enter__(self) -> "Reader":
        self.listener.start()
        return self


class Reading(Reader):
    """Begins when it is logged in."""

    def __enter__(self) -> "Reading":
        super().__enter__()
        self.wait_for_state(SourceState.REGISTERED)
        return self
