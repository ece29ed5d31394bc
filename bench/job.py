"""One statement of a big database's making, and what to tell of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    told: str
    statement: str
