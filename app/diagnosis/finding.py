"""One finding of `omote diagnose`: how bad it is, the fact, and what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a check wants somebody to do something."""

    OK = "ok"
    ATTENTION = "attention"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says: a fact, and what to do about it ("" if nothing)."""

    level: Level
    text: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A finding with the name of its check, which scripts rely on, and of its source ("" for the whole program)."""

    name: str
    source: str
    finding: Finding


def ok(text: str) -> Finding:
    return Finding(Level.OK, text)


def attention(text: str, todo: str) -> Finding:
    return Finding(Level.ATTENTION, text, todo)


def fault(text: str, todo: str) -> Finding:
    return Finding(Level.FAULT, text, todo)
