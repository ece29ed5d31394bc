"""A manager interface on a real port, in its own way: it greets, checks logins, answers, keeps what it is sent."""

import hashlib
import queue
import socket
import ssl
from collections.abc import Callable, Iterator
from typing import BinaryIO

from tests.fakes.stream_server import StreamServer

Request = dict[str, str]
GREETING = b"Asterisk Call Manager/11.0.0\r\n"


def requests(file: BinaryIO) -> Iterator[tuple[bytes, Request]]:
    """What comes over a connection until its end: the bytes of each action, and its fields."""
    lines: list[bytes] = []
    while line := file.readline():
        lines.append(line)
        if line == b"\r\n":
            pairs = [one.decode().rstrip("\r\n").partition(": ")[::2] for one in lines[:-1]]
            assert len(dict(pairs)) == len(pairs), "no field comes twice"
            yield b"".join(lines), dict(pairs)
            lines = []


class AmiServer(StreamServer):
    """`password` is that of the account "omote". `tell` sends to the newest client."""

    def __init__(
        self, password: str = "secret", port: int = 0, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
    ) -> None:
        self.password = password
        self.greeting = GREETING
        self.is_dumb = False
        self.presentation = "allowed_not_screened"
        self.may_ask = True
        self.is_phone_off = False
        self.denied: set[str] = set()  # actions that the account may not use
        self.standing: list[bytes] = []  # what Status tells
        self.queued: list[bytes] = []  # what QueueStatus tells
        self.actions: queue.Queue[Request] = queue.Queue()
        self.received = bytearray()
        self.logins: list[bool] = []
        super().__init__(port, tls, host)

    def tell(self, data: bytes) -> None:
        self.connections[-1].sendall(data)

    def until(self, is_it: Callable[[Request], bool]) -> Request:
        """The next action of which it is true."""
        while not is_it(request := self.actions.get(timeout=30)):
            pass
        return request

    def serve(self, connection: socket.socket, file: BinaryIO) -> None:
        connection.sendall(self.greeting)
        for data, request in requests(file):
            self.received += data
            self.actions.put(request)
            if not self.is_dumb:
                connection.sendall(self._answer(request))

    def _answer(self, request: Request) -> bytes:
        if request["Action"] in self.denied:
            return response(request, "Error", Message="Permission denied")
        if request["Action"] == "Originate" and self.is_phone_off:
            failed = event("OriginateResponse", ActionID=request["ActionID"], Response="Failure", Reason="0")
            return response(request) + failed
        answers = {
            "Challenge": lambda: response(request, Challenge="8675309"),
            "Login": lambda: self._log_in(request),
            "Getvar": lambda: self._getvar(request),
            "Status": lambda: self._status(request),
            "QueueStatus": lambda: self._queue_status(request),
        }
        return answers.get(request["Action"], lambda: response(request, Ping="Pong"))()

    def _getvar(self, request: Request) -> bytes:
        if not self.may_ask:
            return response(request, "Error", Message="Permission denied")
        shown = self.presentation if "-pres" in request["Variable"] else ""
        return response(request, Variable=request["Variable"], Value=shown)

    def _status(self, request: Request) -> bytes:
        complete = event("StatusComplete", Items=str(len(self.standing)))
        return response(request, Message="Channel status will follow") + b"".join(self.standing) + complete

    def _queue_status(self, request: Request) -> bytes:
        complete = event("QueueStatusComplete", EventList="Complete")
        return response(request, Message="Queue status will follow") + b"".join(self.queued) + complete

    def _log_in(self, request: Request) -> bytes:
        proof = hashlib.md5(f"8675309{self.password}".encode(), usedforsecurity=False).hexdigest()
        self.logins.append(request["Username"] == "omote" and request["Key"] == proof)
        if self.logins[-1]:
            return response(request, Message="Authentication accepted")
        return response(request, "Error", Message="Authentication failed")


def response(request: Request, how: str = "Success", **fields: str) -> bytes:
    asked = {"ActionID": request["ActionID"]} if "ActionID" in request else {}
    return _lines({"Response": how, **asked, **fields})


def event(name: str, **fields: str) -> bytes:
    return _lines({"Event": name, "Privilege": "call,all", **fields})


def _lines(fields: dict[str, str]) -> bytes:
    return "".join(f"{key}: {value}\r\n" for key, value in fields.items()).encode() + b"\r\n"
