"""What can be done with the call on the card: each button with whether it works now, and if not, why."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from app.call import LIVE, Call, CallState
from app.dial_rules import to_dial
from app.place import Place
from app.telephone import Telephone
from cti.control import Act, Cannot, Done

__all__ = ["Act", "Button", "Cannot", "Controls", "Said"]


@dataclass(frozen=True, slots=True)
class Button:
    """One thing that can be done; `why_not` is None where it can."""

    act: Act
    why_not: Cannot | None


class Said(StrEnum):
    """What became of an order, where the call's own events do not tell it."""

    NOT_DONE = "not_done"
    NOT_A_NUMBER = "not_a_number"


class Controls:
    """For the calls of one desk. `told(said, act, why, detail)` hears what did not work, `done` that something
    did, in the desk's thread."""

    def __init__(self, place: Place, telephone: Telephone) -> None:
        self._place, self._telephone = place, telephone
        self.told: Callable[[Said, Act, Cannot | None, str], object] = lambda *_nothing: None
        self.done: Callable[[], object] = lambda: None

    def buttons(self, call: Call) -> tuple[Button, ...]:
        """What stands on the bar for this call, each thing always at its place: nothing moves under a hand or a note.

        None where no source of this desk can ever do anything to a call, nor for one that this desk has not heard.
        """
        if call.by_hand is not None or call.is_restored:
            return ()
        made = tuple(Button(act, self._telephone.cannot(act, call.legs)) for act in self._acts(call))
        is_only_heard = all(one.why_not is Cannot.NOT_THIS_SOURCE for one in made)
        return () if is_only_heard else tuple(_as_it_stands(one, call) for one in made)

    def do(self, call: Call, act: Act, text: str = "") -> None:
        """As the operator asks; `text` is whom to hand on to, as he typed it."""
        digits = text if act is Act.DIGITS else to_dial(text, self._place.lines).digits if text else ""
        if text and not digits:
            self.told(Said.NOT_A_NUMBER, act, None, "")
            return
        self._telephone.do(act, call.legs, partial(self._done, act), digits)

    def _acts(self, call: Call) -> tuple[Act, ...]:
        consulting = self._telephone.cannot(Act.TAKE_BACK, call.legs) is None
        hold = Act.RESUME if call.held.is_running else Act.HOLD
        handing_on = (Act.HAND_OVER, Act.TAKE_BACK) if consulting else (Act.TRANSFER, Act.CONSULT)
        return Act.ANSWER, Act.HANG_UP, hold, *self._of_headset(call), *handing_on

    def _of_headset(self, call: Call) -> tuple[Act, ...]:
        """What stands there only where the call is talked in here."""
        mute = Act.UNMUTE if self._telephone.cannot(Act.UNMUTE, call.legs) is None else Act.MUTE
        ours = (mute, Act.DIGITS)
        return tuple(act for act in ours if self._telephone.cannot(act, call.legs) is not Cannot.NOT_THIS_SOURCE)

    def _done(self, act: Act, done: Done) -> None:
        if done.failed is not None:
            self.told(Said.NOT_DONE, act, done.failed, done.detail)
        else:
            self.done()


def _as_it_stands(one: Button, call: Call) -> Button:
    """Nobody answers what rings no more, nor does anything to what is over."""
    is_too_late = call.state not in LIVE or (one.act is Act.ANSWER and call.state is not CallState.RINGING)
    return Button(one.act, Cannot.NOT_NOW) if is_too_late else one
