"""What came of a try, for the page to show."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How it went."""

    BUSY = "busy"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Result:
    """In words, one line each."""

    tone: Tone
    text: str
