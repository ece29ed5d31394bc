"""A real AmiSource at a fake manager interface, run by the real Listener; the test waits for its events."""

import queue
from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeVar

from cti.ami.settings import AmiSettings
from cti.ami.source import AmiSource
from cti.events import CallEvent, SourceChanged, SourceState
from cti.listener import Listener
from cti.wire_message import Tap
from tests.fakes.ami_server import AmiServer, event

Event = TypeVar("Event")


class RunningSource:
    """Watches 201 with the account "omote"."""

    def __init__(
        self, server: str, secret: Callable[[], str | None] = lambda: "secret", tap: Tap | None = None, **settings: Any
    ) -> None:
        self.events: queue.Queue[CallEvent] = queue.Queue()
        self.settings = AmiSettings("pbx", "201", server, "omote", **settings)
        self.source = AmiSource(self.settings, secret, tap=tap)
        self.listener = Listener([self.source], self.events.put)

    def __enter__(self) -> "RunningSource":
        self.listener.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.listener.stop()

    def next(self, kind: type[Event]) -> Event:
        while not isinstance(found := self.events.get(timeout=15), kind):
            pass
        return found

    def wait_for_state(self, state: SourceState) -> SourceChanged:
        while (found := self.next(SourceChanged)).state is not state:
            pass
        return found


def ring(server: AmiServer, number: str = "0312345678", name: str = "", call: str = "1") -> None:
    """201 rings for a caller of the trunk."""
    trunk = {"Channel": f"PJSIP/trunk-{call}", "Uniqueid": f"t.{call}", "Linkedid": f"t.{call}"}
    server.tell(event("Newchannel", **trunk, Exten="0398765432", CallerIDNum=number, CallerIDName=name))
    server.tell(event("DialBegin", **trunk, CallerIDNum=number, CallerIDName=name, **contact(call)))


def contact(call: str = "1") -> dict[str, str]:
    return {"DestChannel": f"PJSIP/201-{call}", "DestUniqueid": f"c.{call}", "DestLinkedid": f"t.{call}"}


def give_up(server: AmiServer, call: str = "1") -> None:
    """The caller of `ring` does."""
    server.tell(event("DialEnd", Uniqueid=f"t.{call}", Linkedid=f"t.{call}", DialStatus="CANCEL", **contact(call)))
    server.tell(event("Hangup", Channel=f"PJSIP/201-{call}", Uniqueid=f"c.{call}", Linkedid=f"t.{call}", Cause="16"))
