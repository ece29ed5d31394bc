"""What the running program answers to those who ask it (`app.asking`)."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime

from app.asking import Reply, Request
from app.call import Call
from app.db_worker import Post
from app.dialling import Dialling, DialState, Wish
from app.screen import Silence, SourceDanger, SourceStatus, Status
from cti.events import Danger, SourceState

RING_ME_NUMBER = "0312340000"
ALONE_AFTER_MS = 3_000  # until then a source may ring for what `omote pop` has told
_LONGEST = 250


def status_answer(status: Status) -> Request:
    """The running program's states, for another process."""
    sources = [
        {"name": one.name, "state": one.state, "detail": one.detail, "since": one.since.isoformat(),
         "blind_since": one.blind_since.isoformat() if one.blind_since else None}
        for one in status.sources
    ]  # fmt: skip
    dangers = [{"source": one.source, "danger": one.danger, "detail": one.detail} for one in status.dangers]
    quiet = status.silence
    silence = {"since": quiet.since.isoformat(), "usual": quiet.usual} if quiet is not None else None
    return {"sources": sources, "dangers": dangers, "silence": silence}


def status_of(answer: Request | None) -> Status | None:
    """What the running program answered; None if there is none, or one that does not say (of another version)."""
    if answer is None or "sources" not in answer:
        return None
    dangers = [SourceDanger(one["source"], Danger(one["danger"]), one["detail"]) for one in answer["dangers"]]
    quiet = answer.get("silence")
    return Status(
        sources=tuple(_source_of(one) for one in answer["sources"]),
        dangers=tuple(dangers),
        silence=Silence(datetime.fromisoformat(quiet["since"]), quiet["usual"]) if quiet else None,
    )


def _source_of(told: Request) -> SourceStatus:
    blind = told.get("blind_since")
    since = datetime.fromisoformat(told["since"])
    status = SourceStatus(told["name"], SourceState(told["state"]), told["detail"], since)
    return replace(status, blind_since=datetime.fromisoformat(blind)) if blind else status


def ask_to_dial(dialling: Dialling, request: Request) -> Request:
    """A number, or a URI of one, from a command or a link: what is asked before is asked on the screen."""
    text = request.get("number")
    dialling.wish(Wish(text if isinstance(text, str) and len(text) <= _LONGEST else ""))
    is_none = dialling.now is not None and dialling.now.state is DialState.NOT_A_NUMBER
    return {"error": "not_a_number"} if is_none else {}


class RingMe:
    """Test calls on their way: `place` sends one and gives its Call-ID, `painted` answers who asked.

    `place` is told by which source: "" for the first that takes any.
    """

    def __init__(self, place: Callable[[str], "Future[str] | None"], post: Post) -> None:
        self._place, self._post = place, post
        self._asked: dict[str, Reply] = {}

    def ask(self, reply: Reply, source: str = "") -> None:
        """Send a real INVITE through the whole chain."""
        placed = self._place(source)
        if placed is None:
            reply({"error": "no_source"})
        else:
            placed.add_done_callback(lambda done: self._post(self._placed, done, reply))

    def _placed(self, done: "Future[str]", reply: Reply) -> None:
        if done.cancelled() or done.exception() is not None:
            reply({"error": "no_source"})
        else:
            self._asked[done.result()] = reply

    def painted(self, call: Call) -> None:
        """A call's name stands on the screen."""
        reply = self._asked.pop(call.ring.source_id.partition(";")[0], None)
        if reply is not None:
            reply({"stamps_us": call.stamps.microseconds()})
