"""The requests of one connection, one after the other, in bounded memory and time. HTTP/1.1 is h11's; no socket here.

Two rules. Whatever is not answered with 200 is the last that is heard of a connection. `now` is steady seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import h11

from cti.events import NotOfferedBecause

MAX_HEAD = 16 * 1024  # bytes
MAX_BODY = 64 * 1024
REQUEST_WITHIN = 5.0  # seconds from a request's first byte to its last
IDLE_LIMIT = 30.0  # seconds between two requests


@dataclass(frozen=True, slots=True)
class Request:
    """Header names are in lower case; of a header that comes twice the first counts."""

    method: bytes
    target: bytes = field(repr=False)  # the token is in it
    headers: Mapping[bytes, bytes]
    body: bytes = field(repr=False)

    def text(self, name: str) -> str:
        """A header, "" if there is none."""
        return self.headers.get(name.encode(), b"").decode("latin-1")


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is JSON; `allow` names the methods that are understood."""

    status: int
    body: bytes
    allow: str = ""


class Conversation:
    """Bytes in, requests out; each is answered before the next one is asked for."""

    def __init__(self, now: float) -> None:
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEAD)
        self._head: h11.Request | None = None
        self._body = bytearray()
        self._unsent: list[bytes] = []
        self._now = now
        self.deadline = now + IDLE_LIMIT
        self.is_over = False
        self.fault: NotOfferedBecause | None = None

    def receive(self, data: bytes, now: float) -> None:
        """Take what was read."""
        if data and self._is_idle:
            self.deadline = now + REQUEST_WITHIN
        self._now = now
        self._http.receive_data(data)

    def next_request(self) -> Request | None:
        """None as long as there is no whole one."""
        try:
            while not self.is_over:
                event = self._http.next_event()
                if isinstance(event, h11.Request):
                    self._begin(event)
                elif isinstance(event, h11.Data):
                    self._add(event.data)
                elif isinstance(event, h11.EndOfMessage):
                    return self._whole()
                elif event is h11.NEED_DATA:
                    self._wave_on()
                    return None
                else:
                    self.is_over = True  # the peer has closed
        except h11.RemoteProtocolError as error:
            self._refuse(error.error_status_hint, NotOfferedBecause.MALFORMED)
        return None

    def answer(self, answer: Answer) -> None:
        """Of the request that was given last."""
        is_last = answer.status != 200
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(answer.body)))]
        headers += [("Allow", answer.allow)] if answer.allow else []
        headers += [("Connection", "close")] if is_last else []
        self._send(h11.Response(status_code=answer.status, headers=headers))
        if self._head is None or self._head.method != b"HEAD":
            self._send(h11.Data(data=answer.body))
        self._send(h11.EndOfMessage())
        if is_last or self._http.our_state is h11.MUST_CLOSE:
            self.is_over = True
            return
        self._head, self.deadline = None, self._now + IDLE_LIMIT
        self._http.start_next_cycle()

    def data_to_send(self) -> bytes:
        data = b"".join(self._unsent)
        self._unsent.clear()
        return data

    @property
    def _is_idle(self) -> bool:
        return self._head is None and not self._http.trailing_data[0]

    def _begin(self, head: h11.Request) -> None:
        self._head = head
        self._body.clear()
        length = dict(head.headers).get(b"content-length", b"0")
        if len(head.target) + sum(len(name) + len(value) for name, value in head.headers) > MAX_HEAD:
            self._refuse(431, NotOfferedBecause.TOO_LONG)  # h11 counts only what comes in several pieces
        elif int(length) > MAX_BODY:
            self._refuse(413, NotOfferedBecause.TOO_LONG)

    def _add(self, data: bytes) -> None:
        self._body += data
        if len(self._body) > MAX_BODY:
            self._refuse(413, NotOfferedBecause.TOO_LONG)

    def _wave_on(self) -> None:
        if self._http.they_are_waiting_for_100_continue:
            self._send(h11.InformationalResponse(status_code=100, headers=[]))

    def _whole(self) -> Request:
        assert self._head is not None, "h11 gives a message's head first"
        headers: dict[bytes, bytes] = {}
        for name, value in self._head.headers:
            headers.setdefault(bytes(name), bytes(value))
        return Request(bytes(self._head.method), bytes(self._head.target), headers, bytes(self._body))

    def _refuse(self, status: int, why: NotOfferedBecause) -> None:
        self.fault = NotOfferedBecause.TOO_LONG if status == 431 else why
        self.is_over = True
        if self._http.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            self.answer(Answer(status, b'{"error": "Bad request!"}'))

    def _send(self, event: h11.Event) -> None:
        self._unsent.append(self._http.send(event) or b"")
