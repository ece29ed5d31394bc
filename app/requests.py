"""What a second start of the program asks of the running one: `pop`, `show`, `ring-me`, as small JSON objects."""

import argparse
import json
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.call import Call
from app.commands import say
from app.db_worker import Post
from app.dialling import Dialling, DialState, Wish
from app.errors import UserError
from app.screen import Silence, SourceDanger, SourceStatus, Status
from app.words import _
from cti.events import Danger, SourceState

Request = dict[str, Any]
Reply = Callable[[Request], None]

RING_ME_NUMBER = "0312340000"
ANSWER_WITHIN_MS = 8_000
STATUS_WITHIN_MS = 1_500
ALONE_AFTER_MS = 3_000  # until then a source may ring for what `omote pop` has told
_LONGEST = 250
_LONGEST_SHOWN = 60


def request_of(args: argparse.Namespace) -> Request:
    """What these arguments ask of a running program."""
    if args.command == "pop":
        told = {"number": args.number, "name": args.name, "line": args.line, "call": args.call, "what": args.what}
        return {"do": "pop"} | told
    if args.command == "dial":
        return {"do": "dial", "number": args.number}
    return {"do": "ring-me" if args.command == "ring-me" else "show"}


def tell(args: argparse.Namespace, answer: Request) -> int:
    """The running program's answer in words. Raises UserError for what it could not do."""
    match answer.get("error"):
        case None:
            if args.command == "ring-me":
                _tell_stamps(answer["stamps_us"])
            return 0
        case "no_source":
            raise UserError(
                _("No SIP source is listening."), _("Look at the states in the main window, or at the log.")
            )
        case "not_a_number":
            raise UserError(
                _("“{text}” is no number that can be dialled.").format(text=args.number[:_LONGEST_SHOWN]),
                _("Digits, * and #, or a tel:, callto: or sip: address of them."),
            )
        case _:
            raise UserError(
                _("The running program did not answer in time."),
                _("Look at its states and at the log; end it and start it again."),
            )


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
    """Test calls on their way: `place` sends one and gives its Call-ID, `painted` answers who asked."""

    def __init__(self, place: Callable[[], "Future[str] | None"], post: Post) -> None:
        self._place, self._post = place, post
        self._asked: dict[str, Reply] = {}

    def ask(self, reply: Reply) -> None:
        """Send a real INVITE through the whole chain."""
        placed = self._place()
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


def _tell_stamps(stamps: dict[str, int]) -> None:
    say(_("The test call popped: {ms} ms from packet to paint.").format(ms=f"{stamps['painted'] / 1000:.1f}"))
    say(json.dumps(stamps))
