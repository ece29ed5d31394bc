"""A server on a real TCP or TLS port of this machine; who inherits says how a connection is served."""

import contextlib
import socket
import ssl
import threading
from abc import ABC, abstractmethod
from typing import BinaryIO


class StreamServer(ABC):
    """Serves from its making until closed, each connection in a thread of its own; the newest is the last."""

    def __init__(self, port: int = 0, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self._tls = tls
        self.connections: list[socket.socket] = []
        self._listening = socket.create_server((host, port))
        self.port: int = self._listening.getsockname()[1]
        self.server = f"{host}:{self.port}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @abstractmethod
    def serve(self, connection: socket.socket, file: BinaryIO) -> None:
        """Until the other side ends it; the connection is shut down afterwards. OSError is an end too."""

    def cut(self) -> None:
        """End all connections, as a PBX that stops does; not the one that is made at once because of it."""
        for connection in tuple(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(10)
        self.cut()
        for connection in self.connections:
            connection.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        with contextlib.suppress(OSError):
            connection = self._tls.wrap_socket(plain, server_side=True) if self._tls else plain
            self.connections.append(connection)
            with connection, connection.makefile("rb") as file:
                self.serve(connection, file)
                connection.shutdown(socket.SHUT_RDWR)
