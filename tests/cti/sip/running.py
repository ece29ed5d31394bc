"""A real SipSource on a real UDP socket, run by the real Listener; the test waits for its events."""

import queue
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from cti.events import CallEvent, NotOffered, SourceChanged, SourceHeard, SourceState
from cti.listener import Listener
from cti.sip.settings import SipSettings
from cti.sip.source import SipSource
from cti.wire_message import Tap


class RunningSource:
    """Listens on a free port of loopback; `allow` is loopback unless the test says otherwise."""

    def __init__(
        self, secret: Callable[[], str | None] = lambda: "pw201", tap: Tap | None = None, **settings: Any
    ) -> None:
        loopback = {"name": "desk phone", "bind": "127.0.0.1:0", "allow": ("127.0.0.1",), "register": False}
        self.events: queue.Queue[CallEvent] = queue.Queue()
        self.settings = SipSettings(**(loopback | settings))
        self.source = self._make(self.settings, secret, tap)
        self.signs: queue.Queue[SourceHeard] = queue.Queue()  # of life; they come when they come
        self.listener = Listener([self.source], self._take)

    def _take(self, event: CallEvent) -> None:
        if isinstance(event, SourceHeard):
            self.signs.put(event)
        else:
            self.events.put(event)

    def _make(self, settings: SipSettings, secret: Callable[[], str | None], tap: Tap | None) -> SipSource:
        return SipSource(settings, secret, tap=tap)

    def __enter__(self) -> Self:
        self.listener.start()
        if not self.settings.register:
            self.wait_for_state(SourceState.LISTENING)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.listener.stop()

    @property
    def address(self) -> tuple[str, int]:
        assert self.source.bound_address is not None
        return self.source.bound_address

    def next_event(self) -> CallEvent:
        return self.events.get(timeout=10)

    def next_call_event(self) -> CallEvent:
        while isinstance(event := self.next_event(), SourceChanged | NotOffered):
            pass
        return event

    def wait_for_state(self, state: SourceState) -> SourceChanged:
        while True:
            event = self.next_event()
            if isinstance(event, SourceChanged) and event.state is state:
                return event
