"""Omote as a watcher of the desk phone 201, as the documents set it up: the extension 1202, which can't register."""

import queue
from typing import Any

from cti.events import CallEvent, SourceHeard, SourceState
from cti.listener import Listener
from cti.sip.dialog_source import SipDialogSource
from cti.sip.settings import SipDialogSettings
from tests.pbx.asterisk import Asterisk
from tests.pbx.documented import source
from tests.pbx.listening import PASSWORD, DeskSource


class Watcher(DeskSource):
    """`settings` change what the documents say."""

    def __init__(self, asterisk: Asterisk, secret: str = PASSWORD, **settings: Any) -> None:
        documented = source("pbx-asterisk.md", kind="sip-dialog") | {"server": asterisk.network.pbx}
        del documented["kind"]
        self.events: queue.Queue[CallEvent] = queue.Queue()
        self.signs: queue.Queue[SourceHeard] = queue.Queue()
        self.source = SipDialogSource(SipDialogSettings(**(documented | settings)), lambda: secret)
        self.listener = Listener([self.source], self._take)
        self._asterisk = asterisk
        self._state = SourceState.STARTING

    def __enter__(self) -> "Watcher":
        self.listener.start()
        return self


class Watching(Watcher):
    """Begins when both sides say that it is subscribed."""

    def __enter__(self) -> "Watching":
        super().__enter__()
        self.wait_for_state(SourceState.LISTENING)
        assert is_subscribed(self._asterisk)
        return self


def is_subscribed(asterisk: Asterisk) -> bool:
    return "Resource: 201/dialog" in asterisk.cli("pjsip show subscriptions inbound")
