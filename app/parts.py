"""What a desk writes beside calls and notes, as parts of its outbox: follow-ups, marks of missed callers, codes."""

from dataclasses import dataclass
from typing import Any

from db.dispositions import DispositionNode, settle_tree
from db.follow_ups import Kept, Promise, keep, promise
from db.missed import Mark, mark


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


@dataclass(frozen=True, slots=True)
class MarkSnapshot:
    """A missed caller who was dealt with, or is not after all."""

    made: Mark

    def write(self, connection: Any) -> None:
        """Into the records; written again it adds nothing twice."""
        mark(connection, self.made)


@dataclass(frozen=True, slots=True)
class TreeSnapshot:
    """The outcome codes as the settings of this desk say them."""

    nodes: tuple[DispositionNode, ...]

    def write(self, connection: Any) -> None:
        """Into the records, unless they offer just these."""
        settle_tree(connection, self.nodes)
