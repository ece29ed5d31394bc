"""The fake registrar on a real TCP or TLS port, and a peer that connects to a listener; each in its own way."""

import queue
import re
import socket
import ssl
import time
from collections.abc import Iterator
from itertools import islice
from types import TracebackType
from typing import BinaryIO

from tests.fakes.sip_peer import FakeRegistrar, Heard
from tests.fakes.stream_server import StreamServer


def messages(file: BinaryIO) -> Iterator[Heard]:
    """What comes over a connection until its end, cut by Content-Length; a pong is a message too."""
    while first := file.readline():
        lines = [first]
        while lines[-1].strip():
            lines.append(file.readline())
        head = b"".join(lines)
        stated = re.search(rb"^Content-Length: *(\d+)", head, re.MULTILINE)
        yield Heard(head + file.read(int(stated[1]) if stated else 0))


class PbxOnStream(StreamServer):
    """Takes registrations until closed. `call` sends on the newest connection; `answers` has what comes back."""

    def __init__(self, registrar: FakeRegistrar, port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.registrar = registrar
        self.is_dumb = self.is_going_down = False
        self.answers_at_most: int | None = None  # on one connection, which it ends then
        self.answers: queue.Queue[Heard] = queue.Queue()
        super().__init__(port, tls)

    def call(self, data: bytes) -> None:
        self.connections[-1].sendall(data)

    def serve(self, connection: socket.socket, file: BinaryIO) -> None:
        if self.is_going_down:
            return
        for heard in islice(messages(file), self.answers_at_most):
            self._take(heard, connection)

    def _take(self, heard: Heard, connection: socket.socket) -> None:
        if heard.status or not heard.text.strip():
            self.answers.put(heard)
        elif not self.is_dumb:
            connection.sendall(self.registrar.answer(heard.data))


class StreamPeer:
    """A real TCP connection, or one over TLS, to a listener."""

    def __init__(self, target: tuple[str, int], host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        plain = socket.create_connection(target, timeout=10, source_address=(host, 0))
        self.socket = tls.wrap_socket(plain, server_hostname="omote.example") if tls else plain
        self._file = self.socket.makefile("rb")
        self._messages = messages(self._file)

    def __enter__(self) -> "StreamPeer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()
        self.socket.close()

    @property
    def address(self) -> str:
        host, port = self.socket.getsockname()[:2]
        return f"{host}:{port}"

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def send_slowly(self, data: bytes, pause: float = 0.0) -> None:
        """One byte at a time, each in a segment of its own."""
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for at in range(len(data)):
            self.socket.sendall(data[at : at + 1])
            time.sleep(pause)

    def hear(self) -> Heard:
        return next(self._messages)

    def is_closed_by_other(self) -> bool:
        """Waits for the end of the connection, whatever still comes before it."""
        try:
            while self.socket.recv(65_536):
                pass
        except TimeoutError:
            return False
        except OSError:
            return True
        return True
