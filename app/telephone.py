"""What can be done to the telephone from this desk: the sources' controls, asked and ordered from the desk's thread."""

import logging
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import CancelledError, Future
from typing import Any

from app.db_worker import Post
from app.legs import Leg
from cti.control import Act, Cannot, Control, Done, Order

log = logging.getLogger(__name__)

Submit = Callable[[Coroutine[Any, Any, Done]], "Future[Done]"]
Then = Callable[[Done], object]
_NEVER = frozenset({Cannot.NOT_THIS_SOURCE, Cannot.NOT_SET_UP})  # whatever happens, until somebody changes the settings


class Telephone:
    """`controls` by the name of their source; `submit` runs a coroutine on their thread.

    `dial_with` names the source that dials; "": the first that can.
    """

    def __init__(self, controls: Mapping[str, Control], submit: Submit, post: Post, dial_with: str = "") -> None:
        self._controls, self._submit, self._post = controls, submit, post
        self._dialling = [dial_with] if dial_with else list(controls)

    @property
    def dials_with(self) -> str | None:
        """The source that would dial now; None where none has anything to dial with."""
        able = [name for name in self._dialling if self._cannot_dial(name) is None]
        nearly = [name for name in self._dialling if self._cannot_dial(name) not in _NEVER]
        one_day = [name for name in self._dialling if self._cannot_dial(name) is Cannot.NOT_SET_UP]
        return next(iter([*able, *nearly, *one_day]), None)

    @property
    def cannot_dial(self) -> Cannot | None:
        """Why nothing can be dialled from here now; None if it can."""
        name = self.dials_with
        return Cannot.NOT_THIS_SOURCE if name is None else self._cannot_dial(name)

    def cannot(self, act: Act, legs: tuple[Leg, ...]) -> Cannot | None:
        """Why no source can do it to this call now; None if one that tells of it can.

        A source that does not tell of it, or not yet, counts with its reason: what it can do is grey until then.
        """
        open_legs = [leg for leg in legs if leg.ended_at is None]
        reasons = [self._why(act, leg) for leg in open_legs]
        if None in reasons:
            return None
        silent = self._controls.keys() - {leg.source for leg in open_legs}
        reasons += [self._controls[name].cannot(act) or Cannot.NOT_OURS for name in sorted(silent)]
        return max(reasons, key=_tells_more, default=Cannot.NOT_THIS_SOURCE)

    def dial(self, digits: str, then: Then) -> None:
        """Begin a call; `then` gets the source's own name of it."""
        source = self.dials_with
        assert source is not None  # cannot_dial was asked before
        self._order(source, Order(Act.DIAL, number=digits), then)

    def do(self, act: Act, legs: tuple[Leg, ...], then: Then, number: str = "") -> None:
        """Let the first source that can do it to this call; what comes of it is told by its events."""
        able = (leg for leg in reversed(legs) if leg.ended_at is None and self._why(act, leg) is None)
        leg = next(able, None)
        if leg is None:
            then(Done(failed=self.cannot(act, legs) or Cannot.NOT_NOW))
        else:
            self._order(leg.source, Order(act, leg.source_id, number), then)

    def _why(self, act: Act, leg: Leg) -> Cannot | None:
        control = self._controls.get(leg.source)
        return Cannot.NOT_THIS_SOURCE if control is None else control.cannot(act, leg.source_id)

    def _cannot_dial(self, name: str) -> Cannot | None:
        control = self._controls.get(name)
        return Cannot.NOT_THIS_SOURCE if control is None else control.cannot(Act.DIAL)

    def _order(self, source: str, order: Order, then: Then) -> None:
        def done(future: "Future[Done]") -> None:
            self._post(then, _outcome(source, order.act, future))

        self._submit(self._controls[source].do(order)).add_done_callback(done)


def _outcome(source: str, act: Act, future: "Future[Done]") -> Done:
    """A control promises to raise nothing; what it raises all the same must not leave the operator waiting."""
    try:
        return future.result()
    except CancelledError:
        return Done(failed=Cannot.NOT_CONNECTED)
    except Exception as error:
        log.exception("%s: %s failed", source, act)
        return Done(failed=Cannot.NOT_NOW, detail=type(error).__name__)


def _tells_more(why: Cannot | None) -> bool:
    return why is not Cannot.NOT_THIS_SOURCE
