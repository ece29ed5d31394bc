"""What comes within the early dialog of a call that rings here: UPDATE, re-INVITE, BYE. No clock and no socket here.

Two rules. Each request counts once and in its order. Another caller is heard of whatever we answer about the media.
"""

from collections.abc import Callable
from functools import partial
from random import Random

from cti.sip.answers import Answer, answer_in_dialog
from cti.sip.caller_change import changed_caller
from cti.sip.dialog import Call
from cti.sip.early_dialog import EarlyDialog
from cti.sip.live_calls import LiveCalls
from cti.sip.message import Request
from cti.sip.settings import Identity

LONGEST_RETRY = 10  # seconds: RFC 3261 section 14.2, RFC 3311 section 5.2


class InDialog:
    """The requests of trusted peers within the dialogs of `calls`."""

    def __init__(
        self, calls: LiveCalls, identity: tuple[Identity, ...], contact: Callable[[], str], random: Random
    ) -> None:
        self._calls, self._identity, self._contact, self._random = calls, identity, contact, random

    def receive(self, request: Request, now: float) -> Answer | None:
        """Take any request but ACK and CANCEL: its answer, None if it is of no dialog that we have."""
        if not request.to.tag or (call := self._calls.of_dialog(request)) is None or call.dialog is None:
            return None
        answer = call.dialog.answer_again(request)
        if answer is None:
            answer = self._take(request, call, call.dialog, now)
            call.dialog.remember(request, answer)
        return answer

    def _take(self, request: Request, call: Call, dialog: EarlyDialog, now: float) -> Answer:
        change = partial(changed_caller, request, dialog.told, self._identity)
        if not dialog.take(request):
            return 500, []
        if request.method in {"INVITE", "UPDATE"}:
            self._calls.change_caller(call, change)
        elif request.method == "BYE":
            self._calls.hang_up(call, request.headers, now)
        later = str(self._random.randint(0, LONGEST_RETRY))
        return answer_in_dialog(request, self._contact(), later, has_offer=dialog.has_offer)
