"""One connection to an NCID server: whole lines out of bytes, and whether it still lives. No socket and no clock.

Nothing of the telephone is ever sent: a client only asks now and then whether the server is there.
"""

import re
from datetime import timedelta

from cti.errors import PeerError
from cti.ncid.told_line import ToldLine, read_line

LONGEST_LINE = 65_536  # bytes
GREETING = b"200 "
GREETING_WITHIN = 5.0  # seconds
ASK_EVERY = 20.0  # seconds of silence
ANSWER_WITHIN = 10.0  # seconds
_END = re.compile(rb"[\r\n]+")
_ACKNOWLEDGES = b"4"  # the feature set with which REQ: YO is answered; without it an empty line only shows a dead way


class NcidSession:
    """`now` is steady seconds."""

    def __init__(self, now: float) -> None:
        self._buffer = b""
        self._unsent: list[bytes] = []
        self._greeting_by: float | None = now + GREETING_WITHIN
        self._features: list[bytes] = []
        self._ask_at = now + ASK_EVERY
        self._answer_by: float | None = None
        self.server = ""

    @property
    def has_begun(self) -> bool:
        """Whether it has said that it is an NCID server."""
        return self._greeting_by is None

    @property
    def speaks_within(self) -> timedelta | None:
        """When its next sign of life is due; None if it only speaks when somebody calls."""
        return timedelta(seconds=ASK_EVERY + ANSWER_WITHIN) if self._acknowledges else None

    def receive(self, data: bytes, now: float) -> list[ToldLine]:
        """What it tells of calls. PeerError if this is no NCID server, or a line does not end."""
        self._ask_at, self._answer_by = now + ASK_EVERY, None
        *lines, self._buffer = _END.split(self._buffer + data)
        if max(map(len, (*lines, self._buffer))) > LONGEST_LINE:
            raise PeerError("a line that does not end")
        told = [self._hear(line) for line in lines if line]
        return [one for one in told if one is not None]

    def data_to_send(self) -> bytes:
        data = b"".join(self._unsent)
        self._unsent.clear()
        return data

    def get_timer(self) -> float:
        """When `handle_timer` is to be called."""
        due = (self._greeting_by, self._answer_by, self._ask_at if self._answer_by is None else None)
        return min(one for one in due if one is not None)

    def handle_timer(self, now: float) -> None:
        """PeerError if it has not greeted, or does not answer any more."""
        if self._greeting_by is not None and now >= self._greeting_by:
            raise PeerError("no greeting")
        if self._answer_by is not None and now >= self._answer_by:
            raise PeerError("no answer")
        if self._answer_by is None and now >= self._ask_at:
            self._ask(now)

    def _ask(self, now: float) -> None:
        self._ask_at = now + ASK_EVERY
        if self._acknowledges:
            self._answer_by = now + ANSWER_WITHIN
            self._unsent.append(b"REQ: YO\n")
        else:
            self._unsent.append(b"\n")

    @property
    def _acknowledges(self) -> bool:
        return _ACKNOWLEDGES in self._features

    def _hear(self, line: bytes) -> ToldLine | None:
        if not self.has_begun:
            if not line.startswith(GREETING):
                raise PeerError("no NCID server")
            self._greeting_by = None
            return None
        if line.startswith(b"210 "):
            self._features = line.partition(b"Feature Set")[2].split()
            return None
        return read_line(line)
