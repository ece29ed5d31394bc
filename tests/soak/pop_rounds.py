"""Pops on a real X screen while somebody types: into another program, into a note, or a Japanese conversion there.

Each round starts the program anew, beside a maximised window of another program. What X itself says is counted: every
change of the active window, every key that did not arrive where it was typed.
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from db.demo import COMPANY_NUMBER, CUSTOMER_NUMBER, ENGLISH_NUMBER, HOUSEHOLD_NUMBER, UNKNOWN_NUMBER
from tests.end_to_end.other_program import OtherProgram
from tests.end_to_end.running_program import Folder, RunningProgram, environment, wait_for
from tests.end_to_end.screen import Screen

_CALLERS = (CUSTOMER_NUMBER, ENGLISH_NUMBER, HOUSEHOLD_NUMBER, UNKNOWN_NUMBER, COMPANY_NUMBER)
_PUT_AWAY_EVERY = 5  # the operator puts the window out of sight, so that the next call has to bring it back
_MOST_RINGING = 10


class Kind(StrEnum):
    """Where the keys go."""

    ELSEWHERE = "elsewhere"
    NOTE = "note"
    CONVERSION = "conversion"


@dataclass(frozen=True, slots=True)
class Round:
    """What one round counted. `behind`: pops that did not come up before the maximised window."""

    kind: str
    pops: int
    keys: int = 0
    focus_changes: int = 0
    keys_lost: int = 0
    keys_astray: int = 0
    behind: int = 0
    conversions: int = 0
    conversions_broken: int = 0
    pops_while_converting: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nobody was disturbed."""
        return not (self.focus_changes or self.keys_lost or self.keys_astray or self.behind or self.conversions_broken)


class PopGround:
    """A screen, the demo's records, and a folder for every round's profile."""

    def __init__(self, screen: Screen, folder: Path, records: Path) -> None:
        self._screen, self._folder, self._records = screen, folder, records

    def play(self, kind: Kind, pops: int) -> Round:
        """So many pops while keys go to `kind`."""
        folder = Folder(self._folder / uuid4().hex, self._records)
        module = "tests.end_to_end.converter" if kind is Kind.CONVERSION else "app"
        with RunningProgram(folder, environment(**self._screen.environ), module=module) as program:
            self._screen.window("today's calls")
            other = OtherProgram(self._screen, folder.path / "typed.txt", "maximised")
            try:
                return _Play(self._screen, program, other, kind).play(pops)
            finally:
                other.close()


class _Play:
    """One round on its way."""

    def __init__(self, screen: Screen, program: RunningProgram, other: OtherProgram, kind: Kind) -> None:
        self._screen, self._program, self._other, self._kind = screen, program, other, kind
        self._ringing: list[tuple[str, str]] = []
        self._moved = self._behind = 0

    def play(self, pops: int) -> Round:
        first = self._program.pop(CUSTOMER_NUMBER)["call"]
        self._pop = self._screen.window("ringing – Omote")
        if self._kind is not Kind.ELSEWHERE:
            self._click_into_the_note()
        wanted = ""
        with watching_focus(self._screen) as changes:
            before = (self._screen.focus(), self._screen.active())
            for number in range(pops):
                wanted += self._pop_while_typing(number)
                self._moved += (self._screen.focus(), self._screen.active()) != before
        return self._counted(pops, first, wanted, len(changes) + self._moved)

    def _pop_while_typing(self, number: int) -> str:
        if self._kind is Kind.ELSEWHERE and number % _PUT_AWAY_EVERY == 0:
            self._put_away(number)
        words = "" if self._kind is Kind.CONVERSION else f"words {number} while the phone rings. "
        typist = subprocess.Popen(["xdotool", "type", "--delay", "8", words], env=self._screen.env) if words else None
        caller = _CALLERS[number % len(_CALLERS)]
        call = self._program.ring(caller)
        self._program.popped(call)
        self._ringing.append((call, caller))
        if self._kind is Kind.ELSEWHERE:
            self._behind += not self._comes_before_the_other()
        if typist is not None and typist.wait(timeout=60) != 0:
            raise AssertionError("xdotool could not type")
        if len(self._ringing) >= _MOST_RINGING:
            self._program.cancel(*self._ringing.pop(0))
        return words

    def _put_away(self, number: int) -> None:
        """Closed and minimised by turns."""
        if number % (2 * _PUT_AWAY_EVERY):
            self._screen.xdotool("windowminimize", "--sync", self._pop)
        else:
            self._screen.ask_to_close(self._pop)
        wait_for(lambda: self._pop not in self._visible(), "pop window out of sight")

    def _click_into_the_note(self) -> None:
        """It stands at the right, below the header."""
        self._screen.xdotool("mousemove", "--window", self._pop, "900", "260", "click", "1")
        wait_for(lambda: self._screen.active() == self._pop, "active pop window")

    def _visible(self) -> list[str]:
        return self._screen.xdotool("search", "--onlyvisible", "--name", "Omote", is_sure=False).split("\n")

    def _comes_before_the_other(self) -> bool:
        try:
            wait_for(self._stands_before_the_other, "pop above the maximised window")
        except AssertionError:
            return False
        return True

    def _stands_before_the_other(self) -> bool:
        order = self._screen.stacking()
        return order.index(int(self._other.window)) < order.index(int(self._pop))

    def _counted(self, pops: int, first: str, wanted: str, changes: int) -> Round:
        if self._kind is Kind.CONVERSION:
            told = json.loads((self._program.folder.path / "conversions.json").read_text("utf-8"))
            return Round(
                self._kind, pops, focus_changes=changes, keys_astray=len(self._other.typed),
                conversions=told["conversions"], conversions_broken=told["broken"], pops_while_converting=told["pops"],
            )  # fmt: skip
        is_here = self._kind is Kind.ELSEWHERE
        with suppress(AssertionError):  # what has not come by then is counted as lost
            wait_for(lambda: len(self._arrived(first)) >= len(wanted), "last key")
        drafts = self._program.folder.drafts()
        strays = [text for call, text in drafts.items() if is_here or call != first]
        astray = sum(map(len, strays)) + (0 if is_here else len(self._other.typed))
        lost = len(wanted) - in_common(wanted, self._arrived(first))
        return Round(self._kind, pops, len(wanted), changes, lost, astray, self._behind)

    def _arrived(self, first: str) -> str:
        """What stands where the keys were meant to go."""
        return self._other.typed if self._kind is Kind.ELSEWHERE else self._program.folder.drafts().get(first, "")


def in_common(wanted: str, found: str) -> int:
    """How many letters of `wanted` stand in `found` in their order."""
    return sum(match.size for match in SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks())


@contextmanager
def watching_focus(screen: Screen) -> Iterator[list[str]]:
    """Each time that the window manager names another active window, however short: filled when the block ends."""
    changes: list[str] = []
    spy = subprocess.Popen(
        ["xprop", "-root", "-spy", "_NET_ACTIVE_WINDOW"], env=screen.env, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert spy.stdout is not None
    now = spy.stdout.readline()
    try:
        yield changes
    finally:
        spy.terminate()
        for line in spy.communicate(timeout=20)[0].splitlines():
            if line != now.strip():
                changes.append(line)
