"""A wire in memory between a watcher of dialog events, a PBX that notifies, and a test."""

from random import Random
from typing import Any

from cti.sip.dialog_watcher import DialogWatcher
from cti.sip.settings import SipDialogSettings
from tests.cti.sip.wire import HERE, PBX, Wire
from tests.fakes.notifier import IDLE, FakeNotifier, document
from tests.fakes.sip_peer import Heard


class WatchWire(Wire):
    """`notifier` answers at once, as long as `is_pbx_there`. Times move as in `Wire`."""

    def __init__(self, notifier: FakeNotifier | None = None, **settings: Any) -> None:
        super().__init__()
        chosen = {"name": "watcher", "watch": "201", "server": "192.0.2.10", "username": "204"} | settings
        self.agent = DialogWatcher(SipDialogSettings(**chosen), Random(7))
        self.agent.set_peers([PBX[0]])
        self.agent.set_route(HERE, PBX)
        self.notifier = notifier or FakeNotifier()
        self.version = 0

    def collect(self) -> list[Heard]:
        out = []
        while sent := self.agent.datagrams_to_send():
            for data, address in sent:
                out.append(Heard(data))
                self.sent_to.append(address)
                for answer in self.notifier.answers(data) if self.is_pbx_there else []:
                    self.agent.receive_datagram(answer, PBX, self.now)
        self.sent += out
        while (event := self.agent.next_event()) is not None:
            self.events.append(event)
        return out

    def register(self, secret: str = "pw204") -> None:
        super().register(secret)

    def tell(self, *dialogs: str, state: str = "full", version: int | None = None) -> list[Heard]:
        """The PBX notifies of these dialogs; what the watcher answers."""
        self.version = self.version + 1 if version is None else version
        return self.say(self.notifier.notify(document(self.version, *(dialogs or (IDLE,)), state=state)))
