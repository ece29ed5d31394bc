"""What no program of ours can beat: a bare Qt window built at start, a raw query, one thread that reads the socket.

Prints JSON like bench/omote_run.py, with two stations only.
"""

import json
import re
import socket
import sys
import time
from pathlib import Path
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from bench.peer_process import PeerProcess
from bench.pop_ground import numbers_to_ring
from bench.raw_bundle import fetch, open_raw
from bench.rounds import Plan, Rounds
from db.engine import FILE_NAME
from ui.painted import PaintWatch

_CALL = re.compile(rb"^INVITE .*^From: <sip:(\+\d+)@.*^Call-ID: (\S+)", re.DOTALL | re.MULTILINE)


class Reader(QObject):
    """Signals: found, the Call-ID, when its datagram was read, and the rows."""

    found = Signal(str, object, object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))

    def run(self) -> None:
        """Until the socket is shut."""
        connection = open_raw(str(self._folder / FILE_NAME))
        fetch(connection, numbers_to_ring(self._folder)[0])
        while data := self.socket.recv(65_535):
            received_ns = time.monotonic_ns()
            if call := _CALL.match(data):
                self.found.emit(call[2].decode(), received_ns, fetch(connection, call[1].decode()))
        connection.close()


class BareWindow(QWidget):
    """A name and the purchases, as two labels."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.resize(1080, 680)
        self.name, self._purchases = QLabel(), QLabel()
        for one in (self.name, self._purchases):
            one.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.addWidget(self.name)
        column.addWidget(self._purchases, 1)
        self.winId()
        self.grab()

    def fill(self, rows: dict[str, Any]) -> None:
        """Draw these rows."""
        self.name.setText(rows["customer"][0][6])
        self._purchases.setText("\n".join(f"{row[2]} {row[1]} {row[4]}" for row in rows["purchases"]))
        self.show()


def main(folder: str, scenario: str, calls: str, pace: str) -> None:
    """`scenario` is hidden or mapped."""
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    reader, window = Reader(Path(folder)), BareWindow()
    times: dict[str, dict[str, int]] = {}

    def show(call: str, received_ns: int, rows: dict[str, Any]) -> None:
        window.fill(rows)
        PaintWatch(window.name, lambda: painted(call, received_ns))

    def painted(call: str, received_ns: int) -> None:
        times[call] = {"received": received_ns, "painted": time.monotonic_ns()}
        rounds.saw(call)

    def put_away(_call: str, rested: Any) -> None:
        window.setVisible(scenario != "hidden")
        peer.wait()
        rested()

    reader.found.connect(show, Qt.ConnectionType.QueuedConnection)
    thread = Thread(target=reader.run, daemon=True)
    thread.start()
    with PeerProcess(Path(folder), reader.socket.getsockname()) as peer:
        plan = Plan(numbers_to_ring(Path(folder)), int(calls), float(pace))
        rounds = Rounds(peer, plan, QTimer.singleShot, put_away, app.exit)
        rounds.start()
        app.exec()
        sent = peer.sent_ns()
    reader.socket.sendto(b"", reader.socket.getsockname())
    thread.join()
    made = [{"call": call, "us": {name: (at - sent[call]) // 1000 for name, at in one.items()}}
            for call, one in times.items()]  # fmt: skip
    print(json.dumps(made))


if __name__ == "__main__":
    main(*sys.argv[1:])
