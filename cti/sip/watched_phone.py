"""The calls of the phone that is watched: documents of RFC 4235 in, facts for the desk out. No clock here."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from cti.caller_words import direction_of
from cti.events import Caller, EndCause
from cti.sip.dialog import RING_LIMIT, AgentEvent, Answered, Ended, Offered, Transferred
from cti.sip.dialog_info import MAX_DIALOGS, Dialog, DialogInfo, DialogState
from cti.sip.headers import NameAddr
from cti.sip.watched_dialog import CAUSES, DialogInput, DialogLife, Step, WatchedCall, WatchedDialog
from cti.wire_id import MAX_TAG, wire_id

log = logging.getLogger(__name__)

Read = Callable[[NameAddr], Caller]
NOBODY = Caller("", "")


class Gap(StrEnum):
    """What a document lacks to be followed (RFC 4235 section 4.3)."""

    NONE = "none"
    MISSED = "missed"  # changes before it were lost: the whole state is wanted
    STALE = "stale"  # older than what we know, though it came later: the notifier has begun anew


@dataclass(frozen=True, slots=True)
class Heard:
    """What a document says of one dialog. `is_self`: it names the watched phone as its own caller."""

    dialog: Dialog
    caller: Caller
    is_self: bool
    is_extension: bool
    is_news: bool


class WatchedPhone:
    """Every dialog of `watched`, an extension or user@domain. Facts go to `tell`, with ids of our own making.

    A dialog's own id will not do: it may be the extension, the same for every call.
    """

    def __init__(self, watched: str, random: Random, tell: Callable[[AgentEvent], None]) -> None:
        self._watched, self._random, self._tell = watched, random, tell
        self._dialogs: dict[str, WatchedDialog] = {}
        self._version: int | None = None
        self._was_self_said = False
        self.is_unnamed = False

    def begin(self) -> None:
        """A new subscription: its documents are counted anew; the calls are the same."""
        self._version = None

    def hear(self, info: DialogInfo, read: Read, now: float) -> Gap:
        """Take a document; `read` makes a caller of an address."""
        known = self._version
        if known is not None and info.version < known:
            return Gap.STALE
        self._version = info.version
        for dialog in info.dialogs:
            self._hear_dialog(self._understand(dialog, info, read, is_news=known is not None), now)
        if info.is_full:
            self._end_all_but({dialog.id for dialog in info.dialogs}, now)
            return Gap.NONE
        return Gap.NONE if known is not None and info.version <= known + 1 else Gap.MISSED

    def get_timer(self) -> float | None:
        return min((one.deadline for one in self._dialogs.values() if one.ringing is not None), default=None)

    def handle_timer(self, now: float) -> None:
        """Give up what rings and has not been mentioned for minutes: the notifier is gone."""
        for name, dialog in list(self._dialogs.items()):
            if dialog.ringing is not None and now >= dialog.deadline:
                self._move(name, dialog, DialogInput.TIMEOUT, NOBODY, EndCause.TIMED_OUT)

    def _understand(self, dialog: Dialog, info: DialogInfo, read: Read, *, is_news: bool) -> Heard:
        own = {name.lower() for name in (self._watched.partition("@")[0], info.entity) if name}
        is_self = dialog.remote is not None and dialog.remote.uri.user.lower() in own
        if is_self and not self._was_self_said:
            self._was_self_said = True
            log.info("a dialog event names the watched phone as its own caller: no call")
        caller = NOBODY if dialog.remote is None or is_self else read(dialog.remote)
        is_extension = dialog.id.lower() in own and not dialog.call_id
        return Heard(dialog, caller, is_self, is_extension, is_news)

    def _hear_dialog(self, heard: Heard, now: float) -> None:
        name = heard.dialog.id
        dialog = self._dialogs.get(name) or WatchedDialog()
        if name not in self._dialogs and len(self._dialogs) >= MAX_DIALOGS:
            log.debug("more dialogs than any phone has: one passed over")
            return
        dialog.deadline = now + RING_LIMIT
        for what in list(_inputs(dialog, heard)):
            self._move(name, dialog, what, heard.caller, CAUSES.get(heard.dialog.event, EndCause.CANCELLED))

    def _end_all_but(self, named: set[str], now: float) -> None:
        """What a whole document does not name is over."""
        for name, dialog in list(self._dialogs.items()):
            if name not in named:
                self._move(name, dialog, DialogInput.TERMINATE, NOBODY, EndCause.CANCELLED)

    def _move(self, name: str, dialog: WatchedDialog, what: DialogInput, caller: Caller, cause: EndCause) -> None:
        """Take the step that the table allows, and tell the desk."""
        for step in dialog.move(what):
            self._tell_step(step, dialog, caller, cause)
        if dialog.life is DialogLife.IDLE:
            self._dialogs.pop(name, None)
        else:
            self._dialogs[name] = dialog

    def _tell_step(self, step: Step, dialog: WatchedDialog, caller: Caller, cause: EndCause) -> None:
        match step:
            case Step.OFFER:
                self._offer(dialog, caller)
            case Step.ANSWER:
                self._answer(dialog, self._watched)
            case Step.LOSE:
                self._answer(dialog, None)
            case Step.CHANGE:
                self._change(dialog, caller)
            case Step.END:
                self._end_ringing(dialog, cause)
            case Step.HANG_UP:
                self._hang_up(dialog)

    def _offer(self, dialog: WatchedDialog, caller: Caller) -> None:
        call_id = f"{wire_id(self._watched, MAX_TAG)};{self._random.getrandbits(64):016x}"
        dialog.ringing = WatchedCall(call_id, caller)
        self.is_unnamed = _is_unnamed(caller)
        self._tell(Offered(call_id, caller, "", "", "", direction_of(caller), is_test=False))

    def _answer(self, dialog: WatchedDialog, by: str | None) -> None:
        """`by` None: the ringing is over, and nobody can tell who has it."""
        if dialog.ringing is not None:
            self._tell(Answered(dialog.ringing.call_id, by))
            dialog.talking.append(dialog.ringing)
            dialog.ringing = None

    def _change(self, dialog: WatchedDialog, caller: Caller) -> None:
        """A withheld call stays withheld, as in `caller_change.py`: what comes later may name the same person."""
        if (call := dialog.current) is not None and call.caller.withheld is None:
            call.caller = caller
            self.is_unnamed = False
            self._tell(Transferred(call.call_id, caller))

    def _end_ringing(self, dialog: WatchedDialog, cause: EndCause) -> None:
        if dialog.ringing is not None:
            self._tell(Ended(dialog.ringing.call_id, cause))
            dialog.ringing = None

    def _hang_up(self, dialog: WatchedDialog) -> None:
        for call in dialog.talking:
            self._tell(Ended(call.call_id, EndCause.HUNG_UP))
        dialog.talking.clear()


def _inputs(dialog: WatchedDialog, heard: Heard) -> Iterator[DialogInput]:
    """What a word about a dialog means where its life stands now."""
    match heard.dialog.state:
        case DialogState.EARLY if heard.dialog.is_incoming and not heard.is_self:
            yield from _ring_inputs(dialog, heard)
        case DialogState.CONFIRMED:
            yield from _confirm_inputs(dialog, heard)
        case DialogState.TERMINATED:
            yield DialogInput.TERMINATE


def _ring_inputs(dialog: WatchedDialog, heard: Heard) -> Iterator[DialogInput]:
    if _is_unnamed(heard.caller):
        yield DialogInput.RING_UNNAMED
    elif dialog.ringing is None:
        yield DialogInput.RING
    elif _is_unnamed(dialog.ringing.caller) or (_differs(dialog.ringing, heard.caller) and not heard.is_extension):
        yield DialogInput.OTHER_CALLER
    elif _differs(dialog.ringing, heard.caller):
        yield DialogInput.OTHER_CALL


def _confirm_inputs(dialog: WatchedDialog, heard: Heard) -> Iterator[DialogInput]:
    is_named = not _is_unnamed(heard.caller)
    if is_named and dialog.life is DialogLife.IDLE and heard.dialog.is_incoming and heard.is_news:
        yield DialogInput.CONFIRM_CALLER
        return
    if is_named and dialog.current is not None and _differs(dialog.current, heard.caller):
        yield DialogInput.OTHER_CALLER
    yield DialogInput.CONFIRM


def _is_unnamed(caller: Caller) -> bool:
    return not caller.number and not caller.name and caller.withheld is None


def _differs(call: WatchedCall, caller: Caller) -> bool:
    return (call.caller.number, call.caller.withheld) != (caller.number, caller.withheld)
