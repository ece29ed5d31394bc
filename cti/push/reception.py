"""What becomes of a request: its answer, and the facts that it tells. No socket here and no clock."""

import json
from dataclasses import dataclass
from http import HTTPStatus

from cti.errors import PeerError
from cti.events import CallEvent, NotOfferedBecause
from cti.push.call_state import Moment, PushedCalls
from cti.push.conversation import Answer, Request
from cti.push.form import read_form
from cti.push.proof import HEADER, has_token, is_our_path, is_signed
from cti.push.pushed import read_pushed
from cti.push.settings import PushSettings


@dataclass(frozen=True, slots=True)
class Verdict:
    """`because` says why nothing came of it. `is_proven`: whoever sent it knows the secret."""

    answer: Answer
    facts: tuple[CallEvent, ...] = ()
    because: NotOfferedBecause | None = None
    is_proven: bool = False


class Reception:
    """Takes the requests of everybody who may connect."""

    def __init__(self, settings: PushSettings, calls: PushedCalls, secret: str) -> None:
        self._settings, self._calls, self._secret = settings, calls, secret

    def take(self, request: Request, moment: Moment) -> Verdict:
        if not is_our_path(request.target):
            return Verdict(_failed(404, "Not found!"), because=NotOfferedBecause.MALFORMED)
        if not self._is_proven(request, moment):
            return Verdict(_failed(401, "Invalid token or signature!"), because=NotOfferedBecause.FORGED)
        if request.method != b"POST":
            refused = Answer(405, _words("Use POST!"), allow="POST")
            return Verdict(refused, because=NotOfferedBecause.MALFORMED, is_proven=True)
        return self._heard(request, moment)

    def _heard(self, request: Request, moment: Moment) -> Verdict:
        try:
            pushed = read_pushed(read_form(request.text("content-type"), request.body))
            facts = self._calls.hear(pushed, moment)
        except PeerError as error:
            is_full = error.status == HTTPStatus.SERVICE_UNAVAILABLE
            because = NotOfferedBecause.TOO_MANY_CALLS if is_full else NotOfferedBecause.MALFORMED
            return Verdict(_failed(error.status or 422, str(error)), because=because, is_proven=True)
        return Verdict(Answer(200, b"{}"), tuple(facts), is_proven=True)

    def _is_proven(self, request: Request, moment: Moment) -> bool:
        if self._settings.proof == "token":
            return has_token(request.target, self._secret)
        signature = request.headers.get(HEADER, b"")
        return is_signed(signature, request.body, self._secret, moment.at.timestamp())


def _failed(status: int, words: str) -> Answer:
    return Answer(status, _words(words))


def _words(words: str) -> bytes:
    return json.dumps({"error": words}).encode()
