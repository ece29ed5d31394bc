"""Another operator sits down at this PC: each has drafts of his own, and what is under way stays with who took it."""

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from app.call import LIVE, WRAP_UP, Call
from app.calls import Calls
from app.keeping import DraftKeeper, StatusBoard
from app.place import Place
from app.screen import Screen
from db.drafts import Draft

log = logging.getLogger(__name__)


class SharedDesk(Protocol):
    """What this needs of the desk."""

    calls: Calls
    drafts: DraftKeeper
    board: StatusBoard

    def redraw(self) -> None:
        """Draw what there is."""

    def restore(self, drafts: Sequence[Draft]) -> None:
        """Drafts come back to the strip."""


class Shift:
    """`changed` are told, in the desk's thread, that another one sits here."""

    def __init__(self, desk: SharedDesk, screen: Screen, place: Place) -> None:
        self._desk, self._screen, self._place = desk, screen, place
        self._away: dict[str, list[Call]] = {}  # unfinished work of who has sat here since the start
        self._has_sat = {place.seat.login}
        self.changed: list[Callable[[], object]] = []

    def begin(self) -> None:
        """Where the site asks it of each start, the states say that nobody has said who sits here."""
        if self._place.asks_operator:
            self._desk.board.set(unnamed=self._place.operator)

    def change(self, login: str) -> None:
        """The other one's unfinished work leaves the strip; what this one left is there again."""
        before, login = self._place.seat.login, login.strip()
        if not login:
            return
        self._desk.board.set(unnamed="")
        self._place.memory.sits(login, self._place.usual_operator)
        if login == before:
            return
        self._screen.commit_typing()
        self._leave(before, login)
        self._place.seat.login = login
        log.info("another operator sits here")
        self._come(login)
        for tell in self.changed:
            tell()

    def _leave(self, before: str, coming: str) -> None:
        for call in self._desk.calls:
            if call.is_begun and not call.operator:
                call.operator = before
            if call.operator and call.operator != coming and _can_leave(call):
                call.after_call = call.after_call.stopped(self._place.clock.now())
                self._desk.drafts.renew(call)
                self._desk.calls.remove(call.id)
                self._away.setdefault(call.operator, []).append(call)

    def _come(self, login: str) -> None:
        for call in self._away.pop(login, []):
            self._desk.calls.add(call)
            self._desk.calls.offer(call)
        self._desk.redraw()
        if login not in self._has_sat:
            self._desk.drafts.read(login, self._found)

    def _found(self, drafts: Sequence[Draft]) -> None:
        """What this operator had left when the program ended."""
        self._has_sat.add(self._place.seat.login)
        new = [one for one in drafts if one.operator == self._place.seat.login]
        self._desk.restore([one for one in new if self._desk.calls.get(one.call_id) is None])


def _can_leave(call: Call) -> bool:
    """Whoever still speaks is not sent away, nor a call of which more will be told."""
    is_over = call.ended_at is not None or call.is_restored
    return call.state not in LIVE and (call.state in WRAP_UP or bool(call.note)) and is_over
