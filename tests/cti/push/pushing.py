"""A real PushSource on a free port of loopback, run by the real Listener; requests are sent by another HTTP library."""

import http.client
import json
import queue
from collections.abc import Callable
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

from cti.events import CallAnswered, CallEnded, CallEvent, CallOffered, NotOffered, SourceChanged, SourceState
from cti.listener import Listener
from cti.push.settings import PushSettings
from cti.push.source import PushSource

TOKEN = "canary-0f5c1d7e9b24"
PATH = f"/api/v1/cti/{TOKEN}"
NEW = {"event": "newCall", "from": "493055571600", "to": "49711234567", "direction": "in", "callId": "c-1"}
ANSWER = NEW | {"event": "answer", "answeringNumber": "201"}
HANGUP = NEW | {"event": "hangup", "cause": "normalClearing"}
FORM = "application/x-www-form-urlencoded"


class Pushing:
    """`secret` gives the token; further settings as the test wants them."""

    def __init__(self, secret: Callable[[], str | None] = lambda: TOKEN, **settings: Any) -> None:
        self.events: queue.Queue[CallEvent] = queue.Queue()
        self.settings = PushSettings(**({"name": "pbx", "listen": "127.0.0.1:0"} | settings))
        self.source = PushSource(self.settings, secret)
        self.listener = Listener([self.source], self.events.put)

    def __enter__(self) -> "Pushing":
        self.listener.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.listener.stop()

    @property
    def address(self) -> tuple[str, int]:
        """Waits until it listens."""
        if self.source.bound_address is None:
            self.wait_for_state(SourceState.LISTENING)
        assert self.source.bound_address is not None
        return self.source.bound_address

    def post(self, form: dict[str, Any] | bytes, path: str = PATH, kind: str = FORM, **headers: str) -> tuple[int, Any]:
        """The answer's status and body."""
        if isinstance(form, dict):
            text = json.dumps(form) if kind == "application/json" else urlencode(form, doseq=True)
            form = text.encode()
        return self.ask("POST", path, form, {"Content-Type": kind} | headers)

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> tuple[int, Any]:
        wire = http.client.HTTPConnection(*self.address, timeout=10)
        wire.request(method, path, body, headers or {})
        answer = wire.getresponse()
        said = answer.read()
        wire.close()
        return answer.status, json.loads(said) if said else None

    def next(self, kind: type[Any]) -> Any:
        while not isinstance(event := self.events.get(timeout=10), kind):
            pass
        return event

    def heard(self) -> list[CallEvent]:
        """What has been told of calls, up to now."""
        return [one for one in self.everything() if isinstance(one, CallOffered | CallAnswered | CallEnded)]

    def everything(self) -> list[CallEvent]:
        """What has been told at all, up to now: each request's facts come before its answer."""
        return [self.events.get() for _ in range(self.events.qsize())]

    def turned_away(self) -> NotOffered:
        found: NotOffered = self.next(NotOffered)
        return found

    def wait_for_state(self, state: SourceState) -> SourceChanged:
        while True:
            event: SourceChanged = self.next(SourceChanged)
            if event.state is state:
                return event
