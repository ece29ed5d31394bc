"""What a desk remembers over a restart beside its drafts: who sat here last, and whom to remind later of what.

On this PC alone: a reminder that is put off changes nothing of what was promised.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from app.kept_json import KeptJson

log = logging.getLogger(__name__)


class DeskMemory:
    """Without a file it lasts as long as the program."""

    def __init__(self, file: KeptJson | None = None) -> None:
        self._file = file
        self._sat, self._usual = "", ""
        self._later: dict[str, dict[UUID, datetime]] = {}
        self._recall(file.read() if file is not None else None)

    def operator(self, usual: str) -> str:
        """Who sat here last; `usual` if nobody has changed that, or it is another by now than it was then."""
        return self._sat if self._sat and self._usual == usual else usual

    def sits(self, login: str, usual: str) -> None:
        """This one has sat down where `usual` sits if nobody says otherwise."""
        self._sat, self._usual = login, usual
        self._keep()

    def later(self, login: str) -> Mapping[UUID, datetime]:
        """Until when this operator does not want to be reminded of which follow-ups."""
        return self._later.get(login, {})

    def put_off(self, login: str, follow_up_id: UUID, until: datetime, now: datetime) -> None:
        """This operator wants to be reminded of it then; what is past is forgotten."""
        asked = self._later.get(login, {}) | {follow_up_id: until}
        self._later[login] = {key: at for key, at in asked.items() if at > now}
        self._keep()

    def _keep(self) -> None:
        if self._file is not None:
            later = {
                login: {str(key): at.isoformat() for key, at in asked.items()} for login, asked in self._later.items()
            }
            self._file.write({"operator": self._sat, "usual": self._usual, "later": later})

    def _recall(self, told: Any) -> None:
        if told is None:
            return
        try:
            later = {
                str(login): {UUID(key): datetime.fromisoformat(at) for key, at in asked.items()}
                for login, asked in told["later"].items()
            }
            self._sat, self._usual, self._later = str(told["operator"]), str(told["usual"]), later
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            log.info("what the desk remembers cannot be understood: %s", error)
