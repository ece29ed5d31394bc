"""An operator's break: calls still come to the strip and into the log, but nothing shows itself or makes a sound.

The state stands on the board with all others, so that every window and the tray tell it, with the calls that came.
"""

from app.call import Call
from app.clock import Clock
from app.keeping import StatusBoard


class Breaks:
    """On or off; a program that is started anew is not on a break."""

    def __init__(self, board: StatusBoard, clock: Clock) -> None:
        self._board, self._clock = board, clock

    @property
    def is_on(self) -> bool:
        """Whether the operator is away."""
        return self._board.status.break_since is not None

    def turn(self) -> None:
        """Begin one, or end it."""
        self._board.set(break_since=None if self.is_on else self._clock.now(), break_calls=0)

    def silences(self, call: Call) -> bool:
        """Whether this ring is to be kept silent; it then counts as one that came meanwhile."""
        if self.is_on:
            call.came_in_break = call.is_watched = True  # nobody waits for its paint
            self._board.set(break_calls=self._board.status.break_calls + 1)
        return self.is_on
