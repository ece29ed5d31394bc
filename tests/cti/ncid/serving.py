"""A caller-ID server at the far edge, and a real NcidSource that is its client."""

import queue
import socket
import threading
from types import TracebackType
from typing import Any

from cti.events import CallAnswered, CallEnded, CallEvent, CallOffered, SourceChanged, SourceState
from cti.listener import Listener
from cti.ncid.settings import NcidSettings
from cti.ncid.source import NcidSource

BEGINNING = [
    b"200 Server: ncidd (NCID) 1.13\n",
    b"210 API: 1.13 Feature Set 1 2 3 4 5\n",
    b"CIDLOG: *DATE*11202026*TIME*0911*LINE*POTS*NMBR*0698765432*MESG*NONE*NAME*OLD CALL*\n",
    b"HUPLOG: *DATE*11202026*TIME*0912*LINE*POTS*NMBR*0698765433*MESG*NONE*NAME*SPAM*\n",
    b"ENDLOG: *HTYPE*BYE*DATE*11202026*TIME*0911*LINE*POTS*NMBR*0698765432*NAME*OLD CALL*\n",
    b"254 Start of call log\n",
    b"250 End of call log\n",
    b"OPT: hangup-1\n",
    b'OPT: LineIDs: "POTS"\n',
    b"300 End of connection startup\n",
]


def call(number: str = "0312345678", name: str = "TANAKA", line: str = "POTS", time: str = "1412") -> bytes:
    told = f"CID: *DATE*11212026*TIME*{time}*LINE*{line}*NMBR*{number}*MESG*NONE*FNMBR*-*NTYPE*-*CTRY*JP*NAME*{name}*\n"
    return told.encode()


def info(count: int, line: str = "POTS") -> bytes:
    return f"CIDINFO: *LINE*{line}*RING*{count}*TIME*14:12:05*\n".encode()


class Box:
    """Takes clients one after the other and greets them; `say` is for the newest."""

    def __init__(self, beginning: list[bytes] | None = None) -> None:
        self._beginning = BEGINNING if beginning is None else beginning
        self._door = socket.create_server(("127.0.0.1", 0))
        self.clients: queue.Queue[socket.socket] = queue.Queue()
        self._taken: list[socket.socket] = []
        self._taking = threading.Thread(target=self._take, daemon=True)
        self._taking.start()

    @property
    def server(self) -> str:
        return f"127.0.0.1:{self._door.getsockname()[1]}"

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._taking.join(10)
        for client in self._taken:
            client.close()

    def _take(self) -> None:
        while True:
            try:
                client, _address = self._door.accept()
            except OSError:
                return
            self._taken.append(client)
            client.sendall(b"".join(self._beginning))
            self.clients.put(client)


class Serving:
    """The two together; the source runs in the real Listener."""

    def __init__(self, box: Box | None = None, **settings: Any) -> None:
        self.box = box or Box()
        self.events: queue.Queue[CallEvent] = queue.Queue()
        self.source = NcidSource(NcidSettings(**({"name": "box", "server": self.box.server} | settings)))
        self.listener = Listener([self.source], self.events.put)

    def __enter__(self) -> "Serving":
        self.listener.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.listener.stop()
        self.box.close()

    def client(self) -> socket.socket:
        return self.box.clients.get(timeout=10)

    def next_fact(self) -> CallOffered | CallAnswered | CallEnded:
        while not isinstance(event := self.events.get(timeout=10), CallOffered | CallAnswered | CallEnded):
            pass
        return event

    def wait_for_state(self, state: SourceState) -> SourceChanged:
        while True:
            event = self.events.get(timeout=10)
            if isinstance(event, SourceChanged) and event.state is state:
                return event
