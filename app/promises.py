"""What a desk writes of follow-ups, as parts of its outbox."""

from dataclasses import dataclass
from typing import Any

from db.follow_ups import Kept, Promise, keep, promise


@dataclass(frozen=True, slots=True)
class PromiseSnapshot:
    """A follow-up as it was promised."""

    made: Promise

    def write(self, connection: Any) -> None:
        """Into the records; written again it adds nothing twice."""
        promise(connection, self.made)


@dataclass(frozen=True, slots=True)
class KeptSnapshot:
    """A follow-up that was done."""

    kept: Kept

    def write(self, connection: Any) -> None:
        """Into the records; whoever was first did it."""
        keep(connection, self.kept)
