"""Tries a phone: first looks at its server as `omote diagnose` does, then really connects and waits for a call.

It has a listener of its own: the desk hears nothing of it, and nothing is written.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence

from app.danger_words import danger_words
from app.db_worker import Post
from app.diagnosis.finding import Check, Level
from app.diagnosis.known import Known, Login
from app.diagnosis.source import look_at
from app.first_start.result import Result, Tone
from app.screen import SourceDanger, SourceStatus
from app.source_words import state_words
from app.words import _, in_one_line
from cti.events import CallEvent, CallOffered, SourceChanged, SourceState, SourceWarned
from cti.listener import Listener
from cti.source import Around, SourceSettings
from cti.sources import build_source

log = logging.getLogger(__name__)
Told = Callable[[Result], object]
_OPEN = (SourceState.REGISTERED, SourceState.LISTENING)
_NOT_YET = ("secret", "running", "buffer", "clock", "dialogs")  # nothing that somebody could put right here


class PhoneTrial:
    """One try at a time. `told` hears in the desk's thread how it goes on, until `stop`."""

    def __init__(self, post: Post, *, connects: bool) -> None:
        """`connects` False: it only looks, since the same phone may be in use here already."""
        self._post, self._connects = post, connects
        self._turn = 0
        self._listener: Listener | None = None

    def begin(self, source: SourceSettings, secret: str, number: str, told: Told) -> None:
        """`number` is what somebody can call to see that it works; "" if nobody knows."""
        self.stop()
        told(Result(Tone.BUSY, _("Looking at the phone system…")))
        run = self.run_of(source, secret, number, told)
        threading.Thread(target=self._look, args=(run,), name="phone-trial", daemon=True).start()

    def run_of(self, source: SourceSettings, secret: str, number: str, told: Told) -> "TrialRun":
        """A try that nobody has begun yet."""
        return TrialRun(self._turn, source, secret, number, told)

    def stop(self) -> None:
        """Leave the telephone system; nobody waits for that."""
        self._turn += 1
        if (listener := self._taken()) is not None:
            threading.Thread(target=listener.stop, name="phone-trial-end", daemon=True).start()

    def stop_and_wait(self) -> None:
        """The same, done when this returns (three seconds at most)."""
        self._turn += 1
        if (listener := self._taken()) is not None:
            listener.stop()

    def _taken(self) -> Listener | None:
        listener, self._listener = self._listener, None
        return listener

    def _look(self, run: "TrialRun") -> None:
        try:
            checks = asyncio.run(look_at(run.source, Known(Login(_("this page")), run.secret)))
        except Exception:  # the root of this thread
            log.exception("a look at %s failed", run.source.name)
            failed = Result(Tone.BAD, _("It could not be tried; the log says why."))
            self._post(lambda: run.turn == self._turn and run.told(failed))
        else:
            self._post(self._looked, run, checks)

    def _looked(self, run: "TrialRun", checks: Sequence[Check]) -> None:
        if run.turn != self._turn:
            return
        wrong = [one for one in checks if one.finding.level is not Level.OK and one.name not in _NOT_YET]
        faults = [one for one in wrong if one.finding.level is Level.FAULT]
        run.warnings = [_check_words(one) for one in wrong if one not in faults]
        if faults:
            run.told(Result(Tone.BAD, "\n".join(_check_words(one) for one in faults)))
        elif self._connects:
            self._connect(run)
        else:
            told = [_("The phone system answers and lets Omote in."), *run.warnings]
            run.told(Result(Tone.WARNING if run.warnings else Tone.GOOD, "\n".join(told)))

    def _connect(self, run: "TrialRun") -> None:
        run.told(Result(Tone.BUSY, _("Connecting…")))
        source = build_source(run.source, Around(lambda: run.secret or None))
        listener = self._listener = Listener([source], lambda event: self._post(self._heard, run, event))
        listener.start()

    def _heard(self, run: "TrialRun", event: CallEvent) -> None:
        if run.turn == self._turn and (result := run.after(event)) is not None:
            run.told(result)


class TrialRun:
    """One try, and what is known of it by now."""

    def __init__(self, turn: int, source: SourceSettings, secret: str, number: str, told: Told) -> None:
        self.turn, self.source, self.secret, self._number, self.told = turn, source, secret, number, told
        self.warnings: list[str] = []
        self._state = ""
        self._is_open = self._has_rung = False

    def after(self, event: CallEvent) -> Result | None:
        """What is to be said now; None for nothing new."""
        match event:
            case CallOffered(caller=caller):
                self._has_rung = True
                who = " ".join(one for one in (caller.name, caller.number) if one) or _("a withheld number")
                self._state = _("A call has come: {who}. It works.").format(who=who)
            case SourceWarned(dangers=dangers):
                words = [danger_words(SourceDanger(event.source, danger, who)) for danger, who in dangers]
                self.warnings = words or self.warnings
            case SourceChanged(state=SourceState.STARTING):
                return None
            case SourceChanged() if not self._has_rung:
                self._state, self._is_open = self._state_words(event), event.state in _OPEN
            case _:
                return None
        return self._now() if self._state else None

    def _now(self) -> Result:
        good = Tone.WARNING if self.warnings else Tone.GOOD
        return Result(good if self._is_open or self._has_rung else Tone.BAD, "\n".join([self._state, *self.warnings]))

    def _state_words(self, event: SourceChanged) -> str:
        words = state_words(SourceStatus(event.source, event.state, event.detail, event.at))
        if event.state not in _OPEN:
            return words
        if self._number:
            call = _("Now call {number} from another phone: the call will show here.").format(number=self._number)
        else:
            call = _("As soon as somebody calls, the call will show here.")
        return in_one_line(_("{state}.").format(state=words[:1].upper() + words[1:]), call)


def _check_words(check: Check) -> str:
    """The fact, and what somebody at this page can do about it."""
    todo = {
        "name": _("Is the server's name spelt right?"),
        "answer": _("Is the server right, does it run, and does no firewall stand between?"),
        "server": _("Is the server right, does it run, and does no firewall stand between?"),
        "account": _("Look at the extension, the user name and the password."),
        "phones": _("Choose “Watch my desk phone”, or ask for an extension that Omote has for itself."),
    }.get(check.name, "")
    return in_one_line(check.finding.text, todo)
