"""One running program per user and desktop: a local socket that carries `pop`, `show` and `ring-me` as JSON lines."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.asking import Reply, Request
from app.errors import UserError
from app.words import _
from ui.program_lock import socket_name

_LONGEST_LINE = 65_536


def ask_for(folder: Path, request: Request, timeout_ms: int) -> Request | None:
    """The answer of the program that runs with the profile whose data lie there; None if there is none.

    Each desktop has one of its own. Who asks from outside of any (ssh, cron, a service) means the one that runs. Raises
    UserError where several do.
    """
    own = socket_name(str(folder))
    answer = ask_running(own, request, timeout_ms)
    if answer is not None or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "SESSIONNAME")):
        return answer
    names = (one.stem for one in sorted(folder.glob("omote-*.lock")) if one.stem != own)
    running = [name for name in names if _connected(name) is not None]
    if len(running) > 1:
        raise UserError(
            _("Omote runs in {n} desktops of this user.").format(n=len(running)),
            _("Type the command inside one of them."),
        )
    return ask_running(running[0], request, timeout_ms) if running else None


def ask_running(name: str, request: Request, timeout_ms: int) -> Request | None:
    """Hand a request to the running program and wait for its answer; None when none is running."""
    socket = _connected(name)
    if socket is None:
        return None
    socket.write(json.dumps(request).encode() + b"\n")
    socket.flush()
    line = b""
    while not line.endswith(b"\n"):
        if not socket.waitForReadyRead(timeout_ms):
            return {"error": "no_answer"}
        line += bytes(socket.readAll().data())
    answer: Request = json.loads(line)
    return answer


def _connected(name: str) -> QLocalSocket | None:
    socket = QLocalSocket()
    socket.connectToServer(name)
    return socket if socket.waitForConnected(500) else None


class SingleInstance(QObject):
    """The running program's end: `on_request(request, reply)` is called for every line that arrives."""

    def __init__(self, name: str, on_request: Callable[[Request, Reply], None]) -> None:
        super().__init__()
        self._on_request = on_request
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        if not self._server.listen(name):
            # a program that was killed leaves its socket behind; ask_running has shown that nobody answers it
            QLocalServer.removeServer(name)
            self._server.listen(name)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _accept(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.setReadBufferSize(_LONGEST_LINE)
        socket.readyRead.connect(lambda: self._read(socket))
        socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        while socket.canReadLine():
            try:
                request = json.loads(bytes(socket.readLine(_LONGEST_LINE).data()))
            except (ValueError, RecursionError):
                socket.abort()
                return
            if isinstance(request, dict):
                self._on_request(request, lambda answer: _answer(socket, answer))


def _answer(socket: QLocalSocket, answer: Request) -> None:
    if socket.state() == QLocalSocket.LocalSocketState.ConnectedState:
        socket.write(json.dumps(answer).encode() + b"\n")
        socket.flush()
