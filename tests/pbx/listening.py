"""Omote's listener as the documents set it up: registered as the extension 1201, on the PC's own address."""

from pathlib import Path
from typing import Any

from cti.events import CallAnswered, CallEnded, CallEvent, CallOffered, SourceChanged, SourceState
from cti.sip.settings import TransportName
from tests.cti.sip.running import RunningSource
from tests.pbx.asterisk import Asterisk
from tests.pbx.documented import source

PASSWORD = "a-long-random-password"


def over(asterisk: Asterisk, transport: TransportName) -> dict[str, Any]:
    """What a source is told for this transport: for TLS, as the documents say, the PBX's certificate."""
    if transport != "tls":
        return {"transport": transport}
    documented = source("pbx-asterisk.md", transport=transport)
    assert Path(documented["ca_file"]).name == asterisk.certificate.name
    return {"transport": transport, "ca_file": str(asterisk.certificate)}


class DeskSource(RunningSource):
    """`settings` change what the documents say."""

    def __init__(self, asterisk: Asterisk, secret: str = PASSWORD, **settings: Any) -> None:
        documented = source("pbx-asterisk.md", username="1201", transport=None) | {"server": asterisk.network.pbx}
        documented |= {"register": True, "bind": "0.0.0.0:0", "allow": ()}
        super().__init__(lambda: secret, **(documented | settings))
        self._asterisk = asterisk
        self._state = SourceState.STARTING

    def __enter__(self) -> "DeskSource":
        super().__enter__()
        return self

    def next_event(self) -> CallEvent:
        event = super().next_event()
        if isinstance(event, SourceChanged):
            self._state = event.state
        return event

    @property
    def state(self) -> SourceState:
        """What was said last; nothing of a call may lie before it."""
        while self.events.qsize():
            event = self.next_event()
            assert isinstance(event, SourceChanged), event
        return self._state

    def next_of(self, kind: type[CallEvent]) -> Any:
        """The next event of one kind; what comes before it must be of no call."""
        event = self.next_call_event()
        assert isinstance(event, kind), event
        return event

    def offered(self) -> CallOffered:
        event: CallOffered = self.next_of(CallOffered)
        return event

    def end_of(self, offered: CallOffered) -> CallAnswered | CallEnded:
        """How this call ended for the desk."""
        event = self.next_call_event()
        assert isinstance(event, CallAnswered | CallEnded), event
        assert event.source_id == offered.source_id
        return event

    def has_more_calls(self) -> bool:
        """Whether anything of a call waits to be read now."""
        waiting = [self.events.get() for _ in range(self.events.qsize())]
        return any(not isinstance(event, SourceChanged) for event in waiting)


class RegisteredSource(DeskSource):
    """Begins when both sides say that it is registered."""

    def __enter__(self) -> "RegisteredSource":
        super().__enter__()
        self.wait_for_state(SourceState.REGISTERED)
        self._asterisk.wait_for_contact(self.settings.username)
        return self
